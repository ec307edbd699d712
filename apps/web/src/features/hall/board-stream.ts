import { followBoard } from '#modules/queue/contract.ts'
import { addressOf } from '../../api/call.ts'

export type BoardEvent = {
  kind: 'call' | 'recall' | 'change'
  /** The log's own name of what happened. */
  type: string
  position: number
  ticket: string | null
  number: string | null
  counter: number | null
  counterName: string | null
  service: string | null
  calls: number | null
  at: string
}

export type BoardStreamOptions = {
  centre: string
  /** Where the last page had come to; what happened since is told again. */
  after?: number | undefined
  onEvent: (event: BoardEvent) => void
  /** The board as it stands: after a long absence, or at the very beginning. */
  onSnapshot: (position: number) => void
  /** Something was heard, if only that the server lives. */
  onAlive: () => void
  onDown: () => void
}

/** Beats come every 15 seconds; two missed ones and the line is laid anew. */
const SILENCE_MS = 40_000
/** Displays that lost a server together come back one after the other. */
const RETRY_MS = { least: 500, spread: 1_800 } as const

const KINDS = ['call', 'recall', 'change'] as const

/**
 * Follows a hall. The browser reconnects and resumes by itself; what it does not see (a refused connection, a line that is open
 * but dead) is noticed here and begun anew from the last position heard.
 */
export function followHall(options: BoardStreamOptions): () => void {
  let position = options.after
  let source: EventSource | undefined
  let heard = Date.now()
  let retry: number | undefined
  let ended = false

  const alive = (): void => {
    heard = Date.now()
    options.onAlive()
  }
  const reopen = (): void => {
    options.onDown()
    source?.close()
    window.clearTimeout(retry)
    if (!ended) retry = window.setTimeout(open, RETRY_MS.least + Math.random() * RETRY_MS.spread)
  }
  const open = (): void => {
    heard = Date.now()
    source = new EventSource(addressOf(followBoard, { centre: options.centre, after: position }))
    source.addEventListener('open', alive)
    source.addEventListener('beat', alive)
    source.addEventListener('snapshot', ({ lastEventId }) => {
      position = Number(lastEventId)
      alive()
      options.onSnapshot(position)
    })
    for (const kind of KINDS)
      source.addEventListener(kind, ({ data, lastEventId }: MessageEvent<string>) => {
        alive()
        const at = Number(lastEventId)
        // Told again after a reconnection: heard is heard.
        if (position !== undefined && at <= position) return
        position = at
        options.onEvent({ ...JSON.parse(data), kind, position: at })
      })
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) reopen()
      else options.onDown()
    })
  }
  const watchdog = window.setInterval(() => {
    if (Date.now() - heard > SILENCE_MS) reopen()
  }, 5_000)
  open()
  return () => {
    ended = true
    window.clearInterval(watchdog)
    window.clearTimeout(retry)
    source?.close()
  }
}
