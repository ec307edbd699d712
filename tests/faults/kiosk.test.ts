import { randomBytes, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createKiosk,
  type Kiosk,
  type KioskDeps,
  type KioskTicket,
} from '#web/src/features/kiosk-offline/kiosk.ts'
import { type KioskState, NEW_KIOSK } from '#web/src/features/kiosk-offline/state.ts'
import { makeEmptyProvince } from '../support/empty-province.ts'
import { createHttpClient } from '../support/http-client.ts'
import {
  embeddedDatabase,
  type ServerProcess,
  startServerProcess,
  unusedPort,
} from '../support/server-process.ts'
import { type FaultProxy, startFaultProxy } from '../support/tcp-proxy.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** F12: kiosks cut off and back, killed between number and paper; the server killed between number and answer. */
const CENTRE = 'tthcc-tinh'
const PATIENCE_MS = 400

let folder: string
let port: number
let server: ServerProcess
let proxy: FaultProxy
let database: pg.Client
let group: string

const openDatabase = async (): Promise<void> => {
  database = new pg.Client({ connectionString: (await embeddedDatabase(folder)).url })
  database.on('error', () => undefined)
  await database.connect()
}

type Account = { username: string; roles: string[]; centre: string | null }
const register = async (names: readonly string[]): Promise<string[]> => {
  const http = createHttpClient(server.base)
  const accounts: Account[] = JSON.parse(
    (await http.call({ method: 'GET', path: '/demo/accounts' })).body,
  ).items
  const cookieOf = async (role: string) => {
    const account = accounts.find(({ roles, centre }) => roles.includes(role) && centre === CENTRE)
    return http.signIn(account?.username ?? '')
  }
  const [director, clerk] = [await cookieOf('CENTRE_DIRECTOR'), await cookieOf('RECEPTION')]
  await http.call({ path: `/counters/${CENTRE}-quay-1/start-serving`, cookie: clerk, body: {} })
  const tokens: string[] = []
  for (const name of names) {
    const body = { kind: 'KIOSK', name }
    const answer = await http.call({ path: `/centres/${CENTRE}/devices`, cookie: director, body })
    tokens.push(JSON.parse(answer.body).token)
  }
  http.close()
  return tokens
}

beforeAll(async () => {
  folder = await temporaryFolder('f12')
  await makeEmptyProvince(folder)
  port = await unusedPort()
  server = await startServerProcess({ dataDir: folder, port })
  proxy = await startFaultProxy({ port })
  await openDatabase()
  // The test runs on any day and at any hour.
  const always = JSON.stringify([{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1_440 }])
  await database.query('insert into hall_settings (centre_id, sessions) values ($1, $2)', [CENTRE, always])
  group = randomUUID()
  await database.query(
    `insert into service_group (id, centre_id, prefix, name, name_en, ordinal, kind, stops_before)
     values ($1, $2, 'A', 'Đất đai', 'Land', 0, 'reception', 0)`,
    [group, CENTRE],
  )
  await database.query('insert into service_group_counter (group_id, counter_id) values ($1, $2)', [
    ...[group, `${CENTRE}-quay-1`],
  ])
}, 180_000)

afterAll(async () => {
  await database?.end().catch(() => undefined)
  await proxy?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

class Unanswered extends Error {
  readonly status: number
  constructor(status: number) {
    super(`no answer: ${status}`)
    this.status = status
  }
}

/** The kiosk's program over its disk: what is not on the disk is gone after `reload`. */
const aMachine = (base: string) => {
  let disk = JSON.stringify(NEW_KIOSK)
  let order: Promise<unknown> = Promise.resolve()
  const store: KioskDeps['store'] = {
    update: (change) => {
      const turn = order.then(async () => {
        await sleep(1)
        const before: KioskState = JSON.parse(disk)
        const { state, result } = change(before)
        disk = JSON.stringify(state)
        return result
      })
      order = turn.catch(() => undefined)
      return turn
    },
  }
  const ask: KioskDeps['ask'] = async (operation, input, { idempotencyKey, signal }) => {
    const given: Record<string, unknown> = { ...input }
    const url = operation.path.replace(/:(\w+)/g, (_all, name: string) => {
      const value = String(given[name])
      delete given[name]
      return value
    })
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (idempotencyKey) headers['idempotency-key'] = idempotencyKey
    const options = { method: operation.method, headers, body: JSON.stringify(given), signal }
    const answer = await fetch(`${base}/api${url}`, options).catch(() => {
      throw new Unanswered(0)
    })
    const text = await answer.text().catch(() => {
      throw new Unanswered(0)
    })
    if (!answer.ok) throw new Unanswered(answer.status)
    return JSON.parse(text)
  }
  const start = (): Kiosk => {
    const [session, born] = [randomUUID(), performance.now()]
    return createKiosk(CENTRE, {
      ...{ store, ask, patienceMs: PATIENCE_MS, newId: randomUUID },
      isUnreachable: (error) => error instanceof Unanswered && (error.status === 0 || error.status >= 502),
      moment: () => ({ at: Date.now(), session, mono: performance.now() - born }),
      newToken: () => randomBytes(15).toString('base64url'),
    })
  }
  let kiosk = start()
  return {
    kiosk: () => kiosk,
    reload: () => {
      kiosk = start()
    },
  }
}
type Machine = ReturnType<typeof aMachine>
const wish = () => ({ centre: CENTRE, serviceGroup: group })
const tryFor = async <T>(work: () => Promise<T>, tries = 20): Promise<T> => {
  for (let left = tries; ; left -= 1)
    try {
      return await work()
    } catch (error) {
      if (left <= 0) throw error
      await sleep(200)
    }
}
type Row = { id: string; number: number; code: string; state: string; token: string; lease_id: string | null }
const rows = async (): Promise<Row[]> =>
  (
    await database.query(
      `select id, number, code, state, token, lease_id from ticket where number_group = $1 order by queued_at, id`,
      [group],
    )
  ).rows

test('two kiosks cut off at once, reloaded between number and paper, and back', async () => {
  const base = `http://127.0.0.1:${proxy.port}`
  const machines = [aMachine(base), aMachine(base)]
  const tokens = await register(['Kiosk cửa đông', 'Kiosk cửa tây'])
  for (const [i, machine] of machines.entries()) {
    await machine.kiosk().pair({ token: tokens[i] ?? '' })
    await tryFor(() => machine.kiosk().sync())
    expect((await machine.kiosk().look()).left).toBeGreaterThanOrEqual(20)
  }
  const printed = new Map<string, KioskTicket>()
  const takeAt = async (machine: Machine, count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      const key = randomUUID()
      const first = await machine.kiosk().take(wish(), key)
      // Killed before the paper: the page comes back and asks for the same wish.
      if (i % 3 === 1) machine.reload()
      const again = await machine.kiosk().take(wish(), key)
      expect([again.number, again.token]).toEqual([first.number, first.token])
      printed.set(key, again)
    }
  }
  /** From a phone, past the network that is broken. */
  const phones = async (count: number): Promise<void> => {
    const machine = aMachine(server.base)
    for (let i = 0; i < count; i += 1) {
      const key = randomUUID()
      printed.set(key, await machine.kiosk().take(wish(), key))
    }
  }
  await Promise.all(machines.map((machine) => takeAt(machine, 2)))
  proxy.set({ refuse: true })
  proxy.cut('reset')
  await Promise.all([...machines.map((machine) => takeAt(machine, 6)), phones(6)])
  // A network so slow that the kiosk gives up and the server gives a number all the same.
  proxy.set({ delayMs: PATIENCE_MS * 2 })
  await Promise.all(machines.map((machine) => takeAt(machine, 2)))
  await Promise.allSettled(machines.map((machine) => machine.kiosk().sync()))
  proxy.cut('reset')
  proxy.set({})
  for (const machine of machines) {
    machine.reload()
    await tryFor(() => machine.kiosk().sync())
    expect((await machine.kiosk().look()).untold).toBe(0)
  }
  await Promise.all(machines.map((machine) => takeAt(machine, 2)))

  const numbers = [...printed.values()].map(({ number }) => number)
  expect(new Set(numbers).size).toBe(printed.size)
  expect(printed.size).toBe(2 * 12 + 6)
  const all = await rows()
  const waiting = all.filter(({ state }) => state === 'WAITING')
  // Whoever holds a paper waits, under that number and with that page; nobody else does.
  expect(waiting.map(({ code }) => code).toSorted()).toEqual(numbers.toSorted())
  for (const { number, token, id } of printed.values())
    expect(all.find((row) => row.code === number)).toMatchObject({ token, id })
  const unseen = all.filter(({ state }) => state === 'CANCELLED').length
  expect(all.length).toBe(waiting.length + unseen)
  const offline = all.filter(({ lease_id }) => lease_id !== null)
  expect(offline.length).toBeGreaterThanOrEqual(2 * 8)
  // Each kiosk's own numbers stand in the order in which they were given.
  for (const [, own] of Map.groupBy(offline, ({ lease_id }) => lease_id))
    expect(own.map(({ number }) => number)).toEqual(own.map(({ number }) => number).toSorted((a, b) => a - b))
  const { rows: counted } = await database.query(
    `select c.last - (select count(*) from ticket t where t.number_group = c.group_id and t.day = c.day)
       - (select coalesce(sum(l.last - l.first + 1), 0) from number_lease l where l.group_id = c.group_id and l.day = c.day)
       + (select count(*) from ticket t where t.number_group = c.group_id and t.lease_id is not null) as missing
     from ticket_counter c where c.group_id = $1`,
    [group],
  )
  expect(Number(counted[0]?.missing)).toBe(0)
  console.log(
    `F12 ${printed.size} papers, ${offline.length} given without network, ${unseen} unseen numbers withdrawn, 0 doubled, 0 lost`,
  )
}, 120_000)

test('the server killed between number and paper: the retry gets the same number, or the only one', async () => {
  const machine = aMachine(server.base)
  for (let run = 0; run < 3; run += 1) {
    const before = (await rows()).length
    const key = randomUUID()
    const first = machine
      .kiosk()
      .take(wish(), key)
      .catch(() => undefined)
    await sleep(run * 12)
    await database.end().catch(() => undefined)
    await server.kill()
    const seen = await first
    server = await startServerProcess({ dataDir: folder, port })
    await openDatabase()
    machine.reload()
    const second = await tryFor(() => machine.kiosk().take(wish(), key))
    const third = await machine.kiosk().take(wish(), key)
    if (seen) expect(second.number).toBe(seen.number)
    expect([third.number, third.token]).toEqual([second.number, second.token])
    expect((await rows()).length).toBe(before + 1)
  }
}, 180_000)
