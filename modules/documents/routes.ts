import { refuse } from '#platform/errors.ts'
import { type RawAnswer, type Route, route } from '#platform/http/route.ts'
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
]
