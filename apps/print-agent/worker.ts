import type { Conversation, Printer } from './printer.ts'
import type { Job, JobQueue } from './queue.ts'
import { canPrint, type PrinterState } from './status.ts'

export type Worker = {
  state: () => PrinterState
  /** Something to do has come. */
  nudge: () => void
  stop: () => Promise<void>
}

/** How long a fault of the printer may go unseen. */
const LOOK_MS = 2_000

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Looks after one printer: asks how it is every two seconds, and prints what waits while it can, one after the other. */
export const startWorker = (
  { printer, queue }: { printer: Printer; queue: JobQueue },
  onState: (state: PrinterState) => void,
  lookEveryMs = LOOK_MS,
): Worker => {
  let state: PrinterState = 'OFFLINE'
  let stopped = false
  let wake: () => void = () => undefined
  let wanted = false

  const see = (seen: PrinterState): void => {
    state = seen
    onState(seen)
  }

  /** From the first line on the job counts as begun, so that whatever happens it is never printed a second time. */
  const print = async (conversation: Conversation, job: Job): Promise<boolean> => {
    const { file, content } = await queue.bytes(job)
    const begun = await queue.change(job, 'sending')
    try {
      await conversation.print(content, file, job.id)
      await queue.change(begun, 'printed')
      return true
    } catch (error) {
      await queue.change(begun, 'doubtful', messageOf(error))
      return false
    }
  }

  const look = async (): Promise<boolean> => {
    let conversation: Conversation | undefined
    try {
      conversation = await printer.begin()
    } catch {
      see('OFFLINE')
      await queue.next()
      return false
    }
    try {
      see(conversation.state)
      const job = await queue.next()
      return job !== undefined && canPrint(conversation.state) && (await print(conversation, job))
    } finally {
      await conversation.close().catch(() => undefined)
    }
  }

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      if (wanted) return resolve()
      const timer = setTimeout(resolve, lookEveryMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const going = (async () => {
    while (!stopped) {
      wanted = false
      const more = await look().catch((error: unknown) => {
        console.error(messageOf(error))
        return false
      })
      if (!more) await pause()
    }
  })()

  return {
    state: () => state,
    nudge: () => {
      wanted = true
      wake()
    },
    stop: async () => {
      stopped = true
      wanted = true
      wake()
      await going
    },
  }
}
