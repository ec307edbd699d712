import http from 'node:http'

/** A display as a browser would be one: reconnects after the time that the server named, and says what it heard last. */
export type BoardClient = {
  /** "call Z001" and "recall Z001", as they came. */
  calls: () => readonly string[]
  snapshots: () => number
  /** Each time the line was lost and laid again, in milliseconds of the process. */
  returns: () => readonly { lost: number; back: number }[]
  leave: () => void
}

/** What a browser waits when the server named nothing. */
const UNTOLD_MS = 3_000

export const watchBoard = (base: string, centre: string): BoardClient => {
  const calls: string[] = []
  const returns: { lost: number; back: number }[] = []
  let [snapshots, lastId, retry] = [0, '', UNTOLD_MS]
  let lost: number | undefined
  let request: http.ClientRequest | undefined
  let timer: NodeJS.Timeout | undefined
  let ended = false

  const read = (block: string): void => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
    retry = Number(field('retry') ?? retry)
    lastId = field('id') ?? lastId
    const event = field('event')
    if (event === 'snapshot') snapshots += 1
    if (event === 'call' || event === 'recall')
      calls.push(`${event} ${JSON.parse(field('data') ?? '{}').number}`)
  }
  const again = (): void => {
    if (ended || timer) return
    lost ??= performance.now()
    timer = setTimeout(connect, retry)
  }
  const connect = (): void => {
    timer = undefined
    const headers = { accept: 'text/event-stream', ...(lastId === '' ? {} : { 'last-event-id': lastId }) }
    request = http.get(`${base}/api/centres/${centre}/board/events`, { agent: false, headers })
    request.once('error', again)
    request.once('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        if (response.statusCode !== 200) return
        if (lost !== undefined) returns.push({ lost, back: performance.now() })
        lost = undefined
        text += chunk
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) read(block)
      })
      response.once('error', again)
      response.once('close', again)
    })
  }
  connect()
  return {
    calls: () => calls,
    snapshots: () => snapshots,
    returns: () => returns,
    leave: () => {
      ended = true
      clearTimeout(timer)
      request?.destroy()
    },
  }
}
