import { refuse } from '#platform/errors.ts'
import { type RawAnswer, type Route, route } from '#platform/http/route.ts'
import * as contract from './contract.ts'
import { type FileInfo, readFile, uploadFile } from './contract.ts'
import { downloadHeaders } from './rules.ts'
import type { DocumentsService } from './service.ts'

/** The answer of every route that hands out a stored file, here and in modules that attach files. */
export const fileAnswer = ({ info, stream }: Awaited<ReturnType<DocumentsService['open']>>): RawAnswer => ({
  raw: stream,
  mediaType: info.mediaType,
  headers: downloadHeaders(info),
})

export const createDocumentRoutes = (documents: DocumentsService): Route[] => [
  route(uploadFile, async (_input, { actor, files }) => {
    let kept: FileInfo | undefined
    for await (const file of files()) {
      if (kept) {
        file.stream.resume()
        return refuse(uploadFile, 'documents.one-file-only')
      }
      kept = await documents.upload(file, actor.id)
    }
    return kept ?? refuse(uploadFile, 'documents.file-missing')
  }),
  route(readFile, async ({ id }, { actor }) => {
    await documents.assertOwn(id, actor.id)
    return fileAnswer(await documents.open(id))
  }),
  route(contract.listPaperTemplates, (_input, { actor }) => documents.templates.list(actor)),
  route(contract.getPaperTemplate, (input, { actor }) => documents.templates.get(input, actor)),
  route(contract.getPaperTemplateSource, async (input, { actor }) => ({
    raw: Buffer.from(await documents.templates.source(input, actor)),
    mediaType: 'text/plain; charset=utf-8',
    headers: downloadHeaders({ name: `${input.kind}.v${input.version}.typ` }),
  })),
  route(contract.previewPaperTemplate, async (input, { actor }) => ({
    raw: await documents.templates.preview(input, actor),
    mediaType: 'application/pdf',
    headers: {
      'Content-Disposition': `inline; filename="${input.kind}.v${input.version}.pdf"`,
      'Cache-Control': 'no-store',
    },
  })),
  route(contract.draftPaperTemplate, (input, { actor, idempotency }) =>
    documents.templates.draft(input, actor, idempotency),
  ),
  route(contract.publishPaperTemplate, (input, { actor }) => documents.templates.publish(input, actor)),
  route(contract.withdrawPaperTemplate, (input, { actor }) => documents.templates.withdraw(input, actor)),
]
