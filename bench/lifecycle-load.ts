import { type Address, type Connection, openConnection, requestOf } from './connection.ts'

/**
 * A process of its own that leads dossiers through four authenticated calls: received (create), handed to the agency by name of
 * the step (assign), decided on by the specialist (resolve), and looked up by name among all others (search).
 */
export type LifecycleJob = Address & {
  officers: LifecycleOfficer[]
  /** Closed: this many go round without a pause. Open: arrivals a second, whatever is still under way. */
  load:
    | { kind: 'closed'; clients: number }
    | { kind: 'open'; phases: { perSecond: number; milliseconds: number }[] }
  milliseconds: number
}
export type LifecycleOfficer = { reception: string; specialist: string; body: string; names: string[] }
export type LifecycleCall = 'create' | 'assign' | 'resolve' | 'search'
export type LifecycleResult = {
  finished: number
  milliseconds: number
  /** Of every call: when it was asked (since the start) and how long it took, in milliseconds. */
  calls: { call: LifecycleCall; at: number; ms: number }[]
  errors: string[]
}

type Timed = (call: LifecycleCall, request: Buffer) => Promise<{ status: number; body: string }>

const once = () => crypto.randomUUID()

const lead = async (officer: LifecycleOfficer, timed: Timed): Promise<void> => {
  const name = officer.names[Math.floor(Math.random() * officer.names.length)] ?? ''
  const { reception, specialist } = officer
  const body = officer.body.replace('{name}', name)
  const created = await timed(
    'create',
    requestOf('POST', '/dossiers', { cookie: reception, body, key: once() }),
  )
  const [first] = JSON.parse(created.body).tasks
  const handed = await timed(
    'assign',
    requestOf('POST', `/tasks/${first}/complete`, { cookie: reception, body: '{}', key: once() }),
  )
  const [second] = JSON.parse(handed.body).tasks
  const opinion = JSON.stringify({ opinion: 'Đủ điều kiện, đề nghị cấp.' })
  await timed(
    'resolve',
    requestOf('POST', `/tasks/${second}/complete`, { cookie: specialist, body: opinion, key: once() }),
  )
  await timed(
    'search',
    requestOf('GET', `/dossiers?limit=20&q=${encodeURIComponent(name)}`, { cookie: specialist }),
  )
}

const run = async (job: LifecycleJob): Promise<LifecycleResult> => {
  const calls: LifecycleResult['calls'] = []
  const errors: string[] = []
  const started = performance.now()
  let finished = 0
  const timedOn =
    (connection: Connection): Timed =>
    async (call, request) => {
      const asked = performance.now()
      const answer = await connection.ask(request)
      calls.push({ call, at: asked - started, ms: performance.now() - asked })
      if (answer.status >= 300) throw new Error(`${call}: ${answer.status} ${answer.body.slice(0, 200)}`)
      return answer
    }
  const one = async (connection: Connection, index: number): Promise<void> => {
    const officer = job.officers[index % job.officers.length]
    if (!officer) return
    try {
      await lead(officer, timedOn(connection))
      finished += 1
    } catch (error) {
      errors.push(String(error))
    }
  }
  await (job.load.kind === 'closed' ? closed(job, job.load.clients, one) : open(job, job.load.phases, one))
  return { finished, milliseconds: performance.now() - started, calls, errors: errors.slice(0, 20) }
}

type One = (connection: Connection, index: number) => Promise<void>

const closed = async (job: LifecycleJob, clients: number, one: One): Promise<void> => {
  const until = performance.now() + job.milliseconds
  await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const connection = await openConnection(job)
      while (performance.now() < until) await one(connection, index)
      connection.close()
    }),
  )
}

/** Who comes does not wait for who came before: a connection is taken from those at rest, or a new one opened. */
const open = async (
  job: LifecycleJob,
  phases: readonly { perSecond: number; milliseconds: number }[],
  one: One,
): Promise<void> => {
  const resting: Connection[] = []
  const underWay = new Set<Promise<void>>()
  let index = 0
  const arrive = async (): Promise<void> => {
    const connection = resting.pop() ?? (await openConnection(job))
    index += 1
    await one(connection, index)
    resting.push(connection)
  }
  for (const { perSecond, milliseconds } of phases) {
    const begun = performance.now()
    for (let n = 0; n < (milliseconds / 1_000) * perSecond; n++) {
      const due = begun + (n * 1_000) / perSecond
      const wait = due - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      const work = arrive().finally(() => underWay.delete(work))
      underWay.add(work)
    }
  }
  await Promise.all(underWay)
  for (const connection of resting) connection.close()
}

process.on('message', (job: LifecycleJob) => {
  run(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
