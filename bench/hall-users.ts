import net from 'node:net'
import { boardRequest } from './board-sockets.ts'
import { type Address, type Connection, openConnection, requestOf } from './connection.ts'

/**
 * A process of its own that is everybody in a hall: officers who serve visitors at their counters, and displays. Users come at a
 * rate, whatever is still under way; each goes through its whole round.
 */
export type HallJob = Address & {
  centre: string
  group: string
  officers: { counter: string; cookie: string }[]
  displays: number
  /** The share of officers among those who come. */
  officerShare: number
  phases: { name: string; from: number; to: number; milliseconds: number }[]
}
export type HallResult = {
  /** Of every request: in which phase it was asked and how long it took. */
  requests: { phase: string; route: string; ms: number }[]
  rounds: number
  failures: string[]
}

type Ask = (route: string, request: Buffer) => Promise<{ body: string }>
type User = { name: string; round: (ask: Ask) => Promise<void>; connection?: Connection }

const EMPTY = '{}'

const officerOf = ({ centre, group }: HallJob, { counter, cookie }: HallJob['officers'][number]): User => {
  const at = `/counters/${encodeURIComponent(counter)}`
  const post = (path: string, body = EMPTY) =>
    requestOf('POST', path, { cookie, body, key: crypto.randomUUID() })
  return {
    name: counter,
    round: async (ask) => {
      const wanted = JSON.stringify({ serviceGroup: group, channel: 'DESK' })
      await ask('take', post(`/centres/${encodeURIComponent(centre)}/tickets`, wanted))
      await ask('queue', requestOf('GET', `${at}/queue`, { cookie }))
      const { body } = await ask('call', post(`${at}/call-next`))
      const { id }: { id: string } = JSON.parse(body)
      await ask('start', post(`${at}/tickets/${id}/start`))
      await ask('finish', post(`${at}/tickets/${id}/finish`))
    },
  }
}

const displayOf = ({ centre }: HallJob, index: number): User => {
  const get = (path: string) =>
    requestOf('GET', `/centres/${encodeURIComponent(centre)}${path}`, { cookie: '' })
  return {
    name: `display ${index}`,
    round: async (ask) => {
      await ask('board', get('/board'))
      await ask('services', get('/service-groups'))
      await ask('hall', get('/hall'))
    },
  }
}

/** Displays hear the hall all the time. */
const listen = (job: HallJob): net.Socket => {
  const socket = net.connect({ host: job.host, port: job.port, noDelay: true })
  socket.on('error', () => undefined)
  socket.on('data', () => undefined)
  socket.write(boardRequest(job.centre))
  return socket
}

const run = async (job: HallJob): Promise<HallResult> => {
  const result: HallResult = { requests: [], rounds: 0, failures: [] }
  const officers = job.officers.map((one) => officerOf(job, one))
  const displays = Array.from({ length: job.displays }, (_, index) => displayOf(job, index))
  const streams = displays.map(() => listen(job))
  const underWay = new Set<Promise<void>>()

  const arrive = async (phase: string, free: User[]): Promise<void> => {
    const user = free.shift()
    if (!user) {
      result.failures.push('everybody is still busy')
      return
    }
    try {
      user.connection ??= await openConnection(job)
      const { connection } = user
      await user.round(async (route, request) => {
        const asked = performance.now()
        const answer = await connection.ask(request)
        result.requests.push({ phase, route, ms: performance.now() - asked })
        if (answer.status >= 300) throw new Error(`${route}: ${answer.status} ${answer.body.slice(0, 200)}`)
        return answer
      })
      result.rounds += 1
    } catch (error) {
      result.failures.push(`${user.name}: ${String(error)}`)
      user.connection?.close()
      delete user.connection
    }
    free.push(user)
  }

  let [came, ofOfficers] = [0, 0]
  for (const { name, from, to, milliseconds } of job.phases) {
    const begun = performance.now()
    for (let at = 0; at < milliseconds; ) {
      const wait = begun + at - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      came += 1
      const isOfficer = ofOfficers < came * job.officerShare
      if (isOfficer) ofOfficers += 1
      const work = arrive(name, isOfficer ? officers : displays).finally(() => underWay.delete(work))
      underWay.add(work)
      at += 1_000 / (from + (to - from) * (at / milliseconds))
    }
  }
  await Promise.all(underWay)
  const lost = streams.filter(({ destroyed, readableEnded }) => destroyed || readableEnded).length
  if (lost > 0) result.failures.push(`${lost} displays lost their line`)
  for (const stream of streams) stream.destroy()
  for (const { connection } of [...officers, ...displays]) connection?.close()
  return result
}

process.on('message', (job: HallJob) => {
  run(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
