import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from '#platform/db/embedded.ts'

export type KeptDatabase = { url: (database: string) => string; stop: () => Promise<void> }

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 5_000

/**
 * The embedded server, started again on the same port whenever it ends by itself (killed, out of memory): connections of the
 * pools find it where it was, and requests meanwhile get 503. A start may fail while processes of the dead server still hold
 * its shared memory, so it is tried again, ever more slowly, for as long as the application runs.
 */
export const keepDatabase = async (
  options: EmbeddedOptions,
  say: (line: string) => void,
): Promise<KeptDatabase> => {
  let server: EmbeddedPostgres = await startEmbedded(options)
  const { port, url } = server
  const stopping = new AbortController()

  const restart = async (): Promise<EmbeddedPostgres | undefined> => {
    for (
      let pause = FIRST_PAUSE_MS;
      !stopping.signal.aborted;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    ) {
      try {
        return await startEmbedded({ ...options, port })
      } catch (error) {
        if (pause === LONGEST_PAUSE_MS) say(`PostgreSQL: ${String(error)}`)
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
    return undefined
  }

  const keep = async (): Promise<void> => {
    for (;;) {
      await server.ended
      if (stopping.signal.aborted) return
      say('PostgreSQL đã dừng ngoài ý muốn, đang khởi động lại… · PostgreSQL ended, starting it again…')
      const next = await restart()
      if (!next) return
      server = next
    }
  }
  const keeping = keep()

  return {
    url,
    stop: async () => {
      stopping.abort()
      await server.stop()
      await keeping
      // A start that was under way when the stop came has its server by now.
      await server.stop()
    },
  }
}
