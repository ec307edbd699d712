import { type FileInfo, uploadFile } from '#modules/documents/contract.ts'
import { prepare } from './call.ts'
import { offlineProblem, problemFrom } from './problem.ts'
import { signedInAgain } from './sign-in-gate.ts'

type UploadOptions = { onProgress?: (share: number) => void; signal?: AbortSignal }
type Answer = { status: number; body: unknown }

/** `fetch` tells nothing about the way up, so this is the one place that uses XMLHttpRequest. */
function post(file: File, { onProgress, signal }: UploadOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append('file', file)
    request.open('POST', prepare(uploadFile, {}).url)
    request.setRequestHeader('Accept-Language', document.documentElement.lang || 'vi')
    request.responseType = 'json'
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    }
    request.onload = () => resolve({ status: request.status, body: request.response })
    request.onerror = () => reject(offlineProblem())
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}

/** Sends one file and answers how the server keeps it; refusals are `ProblemError` with the server's words. */
export async function upload(file: File, options: UploadOptions = {}): Promise<FileInfo> {
  const { status, body } = await post(file, options)
  if (status === 401 && (await signedInAgain())) return upload(file, options)
  if (status < 200 || status > 299) throw problemFrom(status, body)
  // The server has validated its answer against the same contract (see `call`).
  return body as FileInfo
}
