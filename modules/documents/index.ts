/**
 * Files that people send in and papers that the state hands out: quarantine and checks of uploads, the content-addressed
 * store, the printed forms of the one-stop with their versions and legal basis. Knows no dossier: who may read an
 * attached file is decided by the module that attached it, which then calls `open`.
 *
 * Beyond the usual files: `paper-data.ts` (merge data of each paper, part of the contract), `printing.ts` (data into words),
 * `templates.ts` and `template-store.ts` (versions of the forms), `administration.ts` (what administrators do with them),
 * `papers.ts` and `paper-store.ts` (printing and issuing), `receipt-layout.ts` (form 01 for its fast path,
 * docs/adr/0006), `examples.ts` (invented papers for previews, tests and the benchmark).
 */
import path from 'node:path'
import { createPaperRenderer } from '#platform/papers/renderer.ts'
import { createTrials } from '#platform/papers/trial.ts'
import { createDocumentsService, type DocumentsDeps } from './service.ts'
import { readShippedTemplates, storedLibrary } from './templates.ts'

export { paperExamples } from './examples.ts'
export type { IssuedPaper, NewPaper } from './papers.ts'
export { createDocumentRoutes, fileAnswer } from './routes.ts'
export type { DocumentsService, Scanner } from './service.ts'

/** `dataFolder`: the repository's `data/`, with `templates/` and `fonts/`. */
export const createDocuments = ({
  dataFolder,
  ...deps
}: Omit<DocumentsDeps, 'renderer' | 'library' | 'trials' | 'shipped'> & { dataFolder: string }) => {
  const templates = path.join(dataFolder, 'templates')
  const fonts = path.join(dataFolder, 'fonts')
  return createDocumentsService({
    ...deps,
    renderer: createPaperRenderer({ templates, fonts }),
    library: storedLibrary(deps.db),
    trials: createTrials({ fonts }),
    shipped: readShippedTemplates(templates),
  })
}
