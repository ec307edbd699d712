import { fork } from 'node:child_process'
import path from 'node:path'

/** Has one job done by a load generator in a process of its own. */
export const inChild = <Job extends object, Result>(file: string, job: Job): Promise<Result> =>
  new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, file))
    child.once('error', reject)
    child.once('message', ({ result, error }: { result?: Result; error?: string }) => {
      child.disconnect()
      if (result) resolve(result)
      else reject(new Error(error))
    })
    child.send(job)
  })
