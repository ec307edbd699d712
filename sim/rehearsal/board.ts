import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** One thing that a board was told, in the order of the log. */
export type BoardEvent = {
  position: number
  type: string
  ticket: string | null
  number: string | null
  counter: number | null
  /** By the server's clock, milliseconds. */
  at: number
}
export type FollowedBoard = {
  events: readonly BoardEvent[]
  connections: () => number
  stop: () => Promise<void>
}

const Told = z.object({
  type: z.string(),
  ticket: z.string().nullable(),
  number: z.string().nullable(),
  counter: z.number().nullable(),
  at: z.string(),
})
const AGAIN_MS = 100

const blockOf = (block: string) => {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
  return { id: field('id'), event: field('event'), data: field('data') }
}

/**
 * A hall's display: follows the stream, and when it breaks resumes from what it saw last, as a browser does. Answers when the
 * first snapshot is here, so that nothing before it is missed.
 */
export const followHall = async (
  base: string,
  centre: string,
  onEvent: (event: BoardEvent) => void = () => undefined,
): Promise<FollowedBoard> => {
  const events: BoardEvent[] = []
  const stopping = new AbortController()
  let last: string | undefined
  let connections = 0
  let begun = () => {}
  const beginning = new Promise<void>((resolve) => {
    begun = resolve
  })

  const take = (block: string): void => {
    const { id, event, data } = blockOf(block)
    if (id !== undefined) {
      last = id
      begun()
    }
    if (
      id === undefined ||
      data === undefined ||
      (event !== 'call' && event !== 'recall' && event !== 'change')
    )
      return
    const { at, ...told } = Told.parse(JSON.parse(data))
    const one = { position: Number(id), at: Date.parse(at), ...told }
    events.push(one)
    onEvent(one)
  }

  const read = async (): Promise<void> => {
    const answer = await fetch(`${base}/api/centres/${centre}/board/events`, {
      signal: stopping.signal,
      headers: last === undefined ? {} : { 'last-event-id': last },
    })
    if (!answer.ok || !answer.body) throw new Error(`board of ${centre}: ${answer.status}`)
    connections += 1
    let text = ''
    for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + piece).split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
  }

  const running = (async () => {
    while (!stopping.signal.aborted) {
      await read().catch(() => undefined)
      if (!stopping.signal.aborted) await sleep(AGAIN_MS)
    }
  })()
  await beginning
  return {
    events,
    connections: () => connections,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
