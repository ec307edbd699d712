import { setTimeout as sleep } from 'node:timers/promises'
import { createHttpClient, type Reply } from './http-client.ts'
import { openLedger, type Request } from './ledger.ts'

/**
 * A process of its own: officers who receive dossiers and move them through their whole journey over HTTP, each repeating an
 * unanswered request under its key until it is answered, as the desk does. Whatever happens is in the ledger first.
 */
export type Command =
  | { do: 'begin'; base: string; ledger: string; clients: number; seed: number }
  | { do: 'load' }
  | { do: 'halt' }
  /** Sends the latest answered requests again, under their keys, several at once. */
  | { do: 'repeat' }
  | { do: 'report' }

/** Since the last report; instants are milliseconds of the wall clock. */
export type Report = {
  acknowledged: number[]
  unavailable: { at: number; ms: number; retryAfter: string | undefined }[]
  disconnected: number
  slowestMs: number
  /** Answers that no officer should have got. */
  surprises: string[]
}

type Place = { centre: string; reception: string[]; returnDesk: string }
type Case = { procedure: string; case: string; components: { component: string; originals: number }[] }
type Dossier = { code: string; reception: string; place: Place }
type Step = { task: string | null; role: string; state: string }
type View = { code: string; version: number; process: { steps: Step[] } | null }

const PLACES: readonly Place[] = ['halong ha-long', 'mongcai mong-cai', 'campha cam-pha'].map((words) => {
  const [name, id] = words.split(' ')
  return {
    centre: `tthcc-${id}`,
    reception: [`tiepnhan.${name}1`, `tiepnhan.${name}2`],
    returnDesk: `traketqua.${name}`,
  }
})
/** Officers of the permanent office, whose grants cover every unit. */
const OFFICERS: Readonly<Record<string, string>> = {
  SPECIALIST: 'chuyenvien.thuongtruc',
  UNIT_LEAD: 'truongphong.thuongtruc',
  AGENCY_LEAD: 'lanhdao.thuongtruc',
  CLERK: 'vanthu.thuongtruc',
}
/** Five steps with one paper, seven steps with ten. */
const PROCEDURES = ['2.000815', '2.000635'] as const
const RETRY_MS = 25
const REPEATED = 24
const REPEATS = 3
/** Of requests, how many are intakes while dossiers wait to be moved. */
const INTAKE_SHARE = 0.35

const createRandom = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const freshReport = (): Report => ({
  acknowledged: [],
  unavailable: [],
  disconnected: 0,
  slowestMs: 0,
  surprises: [],
})

const begin = async ({ base, ledger: file, clients, seed }: Extract<Command, { do: 'begin' }>) => {
  const ledger = openLedger(file)
  const http = createHttpClient(base, clients * 2)
  const random = createRandom(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T // never empty here
  const cookies = new Map<string, string>()
  for (const account of [
    ...PLACES.flatMap((place) => [...place.reception, place.returnDesk]),
    ...Object.values(OFFICERS),
  ])
    cookies.set(account, await http.signIn(account))
  const cases: Case[] = await Promise.all(
    PROCEDURES.map(async (procedure) => {
      const { body } = await http.call({ method: 'GET', path: `/procedures/${procedure}` })
      const [first]: { id: string; components: { id: string; originals: number | null }[] }[] =
        JSON.parse(body).cases
      return {
        procedure,
        case: first?.id ?? '',
        components: (first?.components ?? []).map(({ id, originals }) => ({
          component: id,
          originals: originals || 1,
        })),
      }
    }),
  )
  let report = freshReport()
  let loading = false
  let workers: Promise<void>[] = []
  const moving: Dossier[] = []
  const latest: { request: Request; headers: Record<string, string>; reply: Reply }[] = []

  /** Asks until there is an answer that is not "come back later". */
  const persist = async (
    ask: () => Promise<Reply>,
    onMiss: (why: string, ms: number) => void,
  ): Promise<Reply> => {
    for (;;) {
      const at = Date.now()
      try {
        const reply = await ask()
        report.slowestMs = Math.max(report.slowestMs, reply.ms)
        if (reply.status !== 503) return reply
        report.unavailable.push({ at, ms: reply.ms, retryAfter: reply.headers['retry-after'] })
        onMiss('503', reply.ms)
      } catch (error) {
        report.disconnected += 1
        report.slowestMs = Math.max(report.slowestMs, Date.now() - at)
        onMiss(String(error), Date.now() - at)
      }
      await sleep(RETRY_MS)
    }
  }

  const ask = async (request: Request, headers: Record<string, string>): Promise<Reply> => {
    const { key, account, path, body } = request
    const cookie = cookies.get(account) ?? ''
    ledger.write({ entry: 'sent', ...request })
    const reply = await persist(
      () => http.call({ path, body, cookie, headers: { ...headers, 'idempotency-key': key } }),
      (why, ms) => ledger.write({ entry: 'unanswered', key, why, ms }),
    )
    ledger.write({ entry: 'answered', key, status: reply.status, body: reply.body, ms: reply.ms })
    return reply
  }

  const send = async (request: Request, headers: Record<string, string> = {}): Promise<Reply> => {
    const reply = await ask(request, headers)
    if (reply.status < 300) report.acknowledged.push(Date.now())
    else report.surprises.push(`${request.does} ${request.path}: ${reply.status} ${reply.body}`)
    latest.push({ request, headers, reply })
    if (latest.length > REPEATED) latest.shift()
    return reply
  }

  const repeatLatest = async (): Promise<void> => {
    const again = latest.flatMap((one) => Array.from({ length: REPEATS }, () => one))
    await Promise.all(
      again.map(async ({ request, headers, reply }) => {
        const repeated = await ask(request, headers)
        if (repeated.status !== reply.status || repeated.body !== reply.body)
          report.surprises.push(
            `${request.does} again: ${repeated.status} ${repeated.body}, first ${reply.body}`,
          )
      }),
    )
  }

  const receive = async (): Promise<Dossier | undefined> => {
    const key = crypto.randomUUID()
    const place = pick(PLACES)
    const reception = pick(place.reception)
    const reply = await send({
      key,
      does: 'intake',
      account: reception,
      path: '/dossiers',
      body: {
        ...pick(cases),
        receivingCentre: place.centre,
        channel: 'direct',
        owner: { kind: 'person', name: 'Nguyễn Văn Mẫu', personalId: '000000000001', phone: '0900000001' },
        resultReturn: { way: 'counter' },
        note: key,
      },
    })
    return reply.status === 201 ? { code: JSON.parse(reply.body).code, reception, place } : undefined
  }

  const move = async (dossier: Dossier): Promise<boolean> => {
    const read = await persist(
      () =>
        http.call({
          method: 'GET',
          path: `/dossiers/${dossier.code}`,
          cookie: cookies.get(dossier.reception) ?? '',
        }),
      () => undefined,
    )
    if (read.status !== 200) {
      report.surprises.push(`GET ${dossier.code}: ${read.status} ${read.body}`)
      return false
    }
    const view: View = JSON.parse(read.body)
    const step = view.process?.steps.find(({ state }) => state === 'current')
    if (!step) return false
    const key = crypto.randomUUID()
    const last = step.role === 'RETURN_DESK'
    const reply = last
      ? await send(
          {
            key,
            does: 'return',
            account: dossier.place.returnDesk,
            path: `/dossiers/${dossier.code}/actions/return`,
            body: { receiver: { name: 'Nguyễn Văn Mẫu', relation: 'owner', slipShown: true } },
          },
          { 'if-match': `"${view.version}"` },
        )
      : await send({
          key,
          does: 'complete',
          account: step.role === 'RECEPTION' ? dossier.reception : (OFFICERS[step.role] ?? ''),
          path: `/tasks/${step.task}/complete`,
          body: { opinion: `Đã xem ${key}` },
        })
    return !last && reply.status < 300
  }

  const work = async (): Promise<void> => {
    while (loading) {
      const taken = random() < INTAKE_SHARE ? undefined : moving.shift()
      const goesOn = taken ? await move(taken) : true
      const dossier = taken ?? (await receive())
      if (dossier && goesOn) moving.push(dossier)
    }
  }

  return {
    load: () => {
      loading = true
      workers = Array.from({ length: clients }, work)
    },
    halt: async () => {
      loading = false
      await Promise.all(workers)
    },
    repeat: repeatLatest,
    report: (): Report => {
      const told = report
      report = freshReport()
      return told
    },
  }
}

let client: Awaited<ReturnType<typeof begin>> | undefined

const obey = async (command: Command): Promise<unknown> => {
  if (command.do === 'begin') client = await begin(command)
  if (command.do === 'load') client?.load()
  if (command.do === 'halt') await client?.halt()
  if (command.do === 'repeat') await client?.repeat()
  return command.do === 'report' ? client?.report() : null
}

process.on('message', (command: Command) => {
  obey(command).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
// A test that dies leaves nobody behind.
process.on('disconnect', () => process.exit())
