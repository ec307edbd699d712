import type { AgentConfig } from './config.ts'
import type { JobQueue } from './queue.ts'
import type { PrinterState } from './status.ts'

/** The server takes a printer that says nothing for a minute for a machine that is off. */
const EVERY_MS = 20_000
const PATIENCE_MS = 5_000

/** Tells the server how the printer is: at once when that changes, else three times a minute. What does not get through is told next time. */
export const startReporter = ({ server, token }: Pick<AgentConfig, 'server' | 'token'>, queue: JobQueue) => {
  let state: PrinterState = 'OFFLINE'
  let told = ''
  let at = 0
  let telling: Promise<void> | undefined

  const tell = async (): Promise<void> => {
    const what = JSON.stringify({ state, ...queue.counts() })
    if (server === null || (what === told && Date.now() - at < EVERY_MS)) return
    const answer = await fetch(`${server}/api/printers/report`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token, state, ...queue.counts() }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
    told = what
    at = Date.now()
  }

  let said = ''
  const begin = (): void => {
    telling ??= tell()
      .then(() => {
        said = ''
      })
      .catch((error: unknown) => {
        const message = `report: ${error instanceof Error ? error.message : String(error)}`
        // Once, not three times a minute all night.
        if (message !== said) console.error(message)
        said = message
      })
      .finally(() => {
        telling = undefined
      })
  }

  return {
    see: (seen: PrinterState): void => {
      state = seen
      begin()
    },
    stop: async (): Promise<void> => {
      await telling
    },
  }
}
