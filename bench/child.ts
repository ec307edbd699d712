import { fork } from 'node:child_process'
import path from 'node:path'

type Answer<Result> = { result?: Result; error?: string }

/** A process of its own that does one job after the other. */
export const openChild = <Job extends object, Result>(file: string) => {
  const child = fork(path.join(import.meta.dirname, file))
  return {
    ask: (job: Job) =>
      new Promise<Result>((resolve, reject) => {
        child.once('error', reject)
        child.once('message', ({ result, error }: Answer<Result>) => {
          child.off('error', reject)
          if (result) resolve(result)
          else reject(new Error(error))
        })
        child.send(job)
      }),
    end: () => child.disconnect(),
  }
}

/** Has one job done by a load generator in a process of its own. */
export const inChild = async <Job extends object, Result>(file: string, job: Job): Promise<Result> => {
  const child = openChild<Job, Result>(file)
  try {
    return await child.ask(job)
  } finally {
    child.end()
  }
}
