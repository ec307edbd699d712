import { EventEmitter } from 'node:events'
import { Engine } from 'bpmn-engine'
import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import {
  createWorkflowService,
  type MoveItem,
  type MoveResult,
  type WorkflowService,
} from '#modules/workflow/index.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { connect, type Database } from '#platform/db/connect.ts'
import { createGroup } from '#platform/db/group.ts'
import { migrate } from '#platform/db/migrate.ts'
import { createLog } from '#platform/log/log.ts'

/** `value` is the best round's ratio; `spread` the worst and best round of both sides, in moves a second. */
export type BenchRow = {
  name: string
  value: number
  target: number
  ok: boolean
  spread: { ours: [number, number]; theirs: [number, number] }
}
export type WorkflowBenchOptions = {
  /** A PostgreSQL database of its own, with durable commits. */
  url: string
  rounds?: number
  /** Dossiers that travel the whole process in each round. */
  dossiers?: number
  /** Officers acting at once. The ratio depends on it (ADR 0004): fewer share a commit, and the figure is lower. */
  clients?: number
}

const PEER_TASKS = 5
const PEER_INSTANCES = 200
const LIMIT_HOURS = 40
const PLACES = { receivingCentre: 'tt-hcc', resolvingAgency: 'so-tu-phap', returningPlace: 'tt-hcc' }
const OFFICER = { id: 'minh-hoa', name: 'Minh Họa Một' }

const best = (values: readonly number[]): number => Math.max(...values)
const spreadOf = (values: readonly number[]): [number, number] =>
  [Math.min(...values), best(values)].map(Math.round) as [number, number] // two in, two out

const perSecond = (count: number, since: number): number => count / ((performance.now() - since) / 1000)

/** Five user tasks in a row, as `bpmn-engine` reads them. */
const peerModel = (): string => {
  const ids = ['start', ...Array.from({ length: PEER_TASKS }, (_, index) => `task${index}`), 'end']
  const flows = ids
    .slice(1)
    .map((to, index) => `<sequenceFlow id="flow${index}" sourceRef="${ids[index]}" targetRef="${to}"/>`)
  const tasks = ids.slice(1, -1).map((id) => `<userTask id="${id}"/>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="peer" targetNamespace="urn:peer">
    <process id="process" isExecutable="true"><startEvent id="start"/>${tasks.join('')}<endEvent id="end"/>${flows.join('')}</process>
    </definitions>`
}

/** The peer's model is parsed once: an engine keeps its parsed source and builds each execution from it. */
async function peerMoves(engine: Engine): Promise<number> {
  let moves = 0
  const began = performance.now()
  for (let instance = 0; instance < PEER_INSTANCES; instance++) {
    const listener = new EventEmitter()
    listener.on('activity.wait', (api: { signal: () => void }) => {
      moves += 1
      api.signal()
    })
    const ended = engine.waitFor('end')
    await engine.execute({ listener: listener as never }) // the engine's type asks for its own emitter class
    await ended
  }
  if (moves !== PEER_INSTANCES * PEER_TASKS) throw new Error(`bpmn-engine made ${moves} moves`)
  return perSecond(moves, began)
}

async function startDossiers(database: Database, service: WorkflowService, count: number): Promise<string[]> {
  const keys = await service.ensureStandardProcesses([LIMIT_HOURS], '2020-01-01')
  const key = keys.get(LIMIT_HOURS) ?? ''
  const version = (await service.versionsInForce(database.db, [key], '2026-01-01')).get(key) ?? ''
  const items = Array.from({ length: count }, () => ({
    subject: { kind: 'dossier', id: newId() },
    version,
    places: PLACES,
    at: new Date(),
  }))
  const started = await database.db.transaction().execute((tx) => service.startInstances(tx, items))
  return started.flatMap(({ opened }) => opened.map(({ id }) => id))
}

/** The service's own way: requests that arrive while a commit is in flight share the next one, each with its event. */
const createMover = (database: Database, service: WorkflowService) => {
  const log = createLog()
  return createGroup<MoveItem, MoveResult>({
    lanes: 2,
    run: (items) =>
      database.db.transaction().execute(async (tx) => {
        const results = await service.moveTasks(tx, items)
        const moved = results.filter((result) => result.ok)
        await log.append(
          tx,
          moved.map(({ task, opened, ended }) => ({
            type: 'dossier-moved',
            at: new Date(),
            actor: { kind: 'staff' as const, ...OFFICER },
            subject: task.subject,
            data: { task: task.id, from: task.step, to: opened[0]?.step ?? null, ended },
          })),
        )
        return results
      }),
  })
}

async function ourMoves(
  database: Database,
  service: WorkflowService,
  { dossiers, clients }: { dossiers: number; clients: number },
): Promise<number> {
  const tasks = await startDossiers(database, service, dossiers)
  const mover = createMover(database, service)
  let moves = 0
  const travel = async (first: string): Promise<void> => {
    let task: string | undefined = first
    while (task !== undefined) {
      const act = { kind: 'complete', opinion: 'Đủ điều kiện', hasResult: true, signed: true } as const
      const result = await mover.submit({ task, by: OFFICER, at: new Date(), act })
      if (!result.ok) throw new Error(`refused: ${result.refusal.code}`)
      moves += 1
      task = result.opened[0]?.id
    }
  }
  const began = performance.now()
  const client = async (): Promise<void> => {
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) await travel(task)
  }
  await Promise.all(Array.from({ length: clients }, client))
  return perSecond(moves, began)
}

/** A round counts only when every acknowledged move is there: seven tasks done, one event each, nothing left open. */
async function assertComplete(database: Database, dossiers: number): Promise<void> {
  const { rows } = await sql<{ done: number; waiting: number; events: number }>`
    select (select count(*) from task where state = 'done') as done,
      (select count(*) from task where state in ('open', 'claimed')) as waiting,
      (select count(*) from event where type = 'dossier-moved') as events`.execute(database.db)
  const expected = dossiers * 7
  const [found] = rows
  if (found?.done !== expected || found.events !== expected || found.waiting !== 0)
    throw new Error(`expected ${expected} moves, found ${JSON.stringify(found)}`)
}

/** R6: durable moves a second through the service against `bpmn-engine` in memory with the model parsed once. */
export async function benchWorkflow({
  url,
  rounds = 5,
  dossiers = 1024,
  clients = 512,
}: WorkflowBenchOptions): Promise<BenchRow[]> {
  const database = connect({ url, poolSize: 4 })
  try {
    await migrate(database.db)
    const service = createWorkflowService({
      db: database.db,
      log: createLog(),
      clock: systemClock,
      deadline: (from, hours) => new Date(from.getTime() + hours * 3_600_000),
      movedByPause: (due, from, to) => new Date(due.getTime() + to.getTime() - from.getTime()),
      fourEyes: false,
      operations: {},
      agencies: async () => new Set(),
      officersAt: async () => [],
      tree: () => Promise.reject(new Error('no move asks for the organisation')),
      rightsHeld: async () => [],
      subjectCodes: async () => new Map(),
    })
    const engine = new Engine({ name: 'peer', source: peerModel() })
    // Both sides warm up once: neither pays for compilation in a round.
    await peerMoves(engine)
    await ourMoves(database, service, { dossiers, clients })
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < rounds; round++) {
      theirs.push(await peerMoves(engine))
      ours.push(await ourMoves(database, service, { dossiers, clients }))
    }
    await assertComplete(database, dossiers * (rounds + 1))
    const value = best(ours) / best(theirs)
    return [
      {
        name: `R6 process moves / bpmn-engine in memory, parsed once (${clients} clients)`,
        value,
        target: 8,
        ok: value >= 8,
        spread: { ours: spreadOf(ours), theirs: spreadOf(theirs) },
      },
    ]
  } finally {
    await database.close()
  }
}
