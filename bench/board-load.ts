import { fork } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import path from 'node:path'
import { boardRequest, openSockets } from './board-sockets.ts'
import { type Address, openConnection, requestOf } from './connection.ts'
import type { BareReady } from './raw-boards.ts'

/** A process of its own that is all the boards of a hall, the bare sockets beside them, and the officer who presses. */
export type BoardJob = Address & {
  centre: string
  counter: string
  cookie: string
  boards: number
  events: number
}
export type BoardResult = {
  /** From the first to the last board, and to the last bare socket; from the press to the last board. Milliseconds. */
  boards: number[]
  bare: number[]
  press: number[]
}

/** Lets an event's last reader be heard by the system before the next one is written. */
const PAUSE_MS = 15
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS))

const startBare = async (): Promise<{ port: number; end: () => void }> => {
  const child = fork(path.join(import.meta.dirname, 'raw-boards.ts'))
  const [ready]: BareReady[] = await once(child, 'message')
  return { port: ready?.port ?? 0, end: () => child.disconnect() }
}

const run = async (job: BoardJob): Promise<BoardResult> => {
  const bareServer = await startBare()
  const bareAddress = { host: '127.0.0.1', port: bareServer.port }
  const boards = await openSockets(job, job.boards, boardRequest(job.centre))
  await boards.hear('event: snapshot')
  const bare = await openSockets(bareAddress, job.boards, 'hear\n')
  const speaker = net.connect({ ...bareAddress, noDelay: true })
  await once(speaker, 'connect')
  speaker.write('say\n')
  const officer = await openConnection(job)
  const result: BoardResult = { boards: [], bare: [], press: [] }
  const call = requestOf('POST', `/counters/${encodeURIComponent(job.counter)}/call-next`, {
    ...{ cookie: job.cookie, body: '{}' },
  })
  for (let event = 0; event < job.events; event++) {
    await pause()
    const pressed = performance.now()
    const hearing = boards.hear('event: call\n')
    const answer = await officer.ask(call)
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body.slice(0, 300)}`)
    const heard = await hearing
    result.boards.push(heard.last - heard.first)
    result.press.push(heard.last - pressed)
    await pause()
    const alike = bare.hear('event: call\n')
    speaker.write(heard.bytes)
    const raw = await alike
    result.bare.push(raw.last - raw.first)
  }
  officer.close()
  boards.close()
  bare.close()
  speaker.destroy()
  bareServer.end()
  return result
}

process.on('message', (job: BoardJob) => {
  run(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
