/**
 * Files that people send in and papers that the state hands out: quarantine and checks of uploads, the content-addressed
 * store, the printed forms of the one-stop with their versions and legal basis. Knows no dossier: who may read an
 * attached file is decided by the module that attached it, which then calls `open`.
 *
 * Beyond the usual files: `paper-data.ts` (merge data of each paper, part of the contract), `printing.ts` (data into words),
 * `templates.ts` (registry), `papers.ts` (printing and issuing), `receipt-layout.ts` (form 01 for its fast path,
 * docs/adr/0006), `examples.ts` (invented papers for previews, tests and the benchmark).
 */
import path from 'node:path'
import { createPaperRenderer } from '#platform/papers/renderer.ts'
import { createDocumentsService, type DocumentsDeps } from './service.ts'
import { readTemplates } from './templates.ts'

export { paperExamples } from './examples.ts'
export type { IssuedPaper, NewPaper } from './papers.ts'
export { createDocumentRoutes, fileAnswer } from './routes.ts'
export type { DocumentsService, Scanner } from './service.ts'

/** `dataFolder`: the repository's `data/`, with `templates/` and `fonts/`. */
export const createDocuments = ({
  dataFolder,
  ...deps
}: Omit<DocumentsDeps, 'renderer' | 'templates'> & { dataFolder: string }) => {
  const templates = path.join(dataFolder, 'templates')
  const renderer = createPaperRenderer({ templates, fonts: path.join(dataFolder, 'fonts') })
  return createDocumentsService({ ...deps, renderer, templates: readTemplates(templates) })
}
