import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import { movableClock } from '#platform/clock/clock.ts'
import { createLog } from '#platform/log/log.ts'
import { testDatabase } from '../../tests/support/database.ts'
import type { HeldRight, Officer } from './rules.ts'
import type { OpenedTask } from './service/carry-out.ts'
import type { ServiceOperations, WorkflowDeps } from './service/deps.ts'
import type { Act, MoveItem } from './service/moves.ts'
import { createWorkflowService } from './service.ts'

export const MORNING = new Date('2026-04-21T08:00:00+07:00')

export const places = {
  receivingCentre: 'tt-hcc-tinh',
  resolvingAgency: 'so-tu-phap',
  returningPlace: 'tt-hcc-ha-long',
}
export const an = { id: 'an', name: 'Mẫu Thị An' }
export const binh = { id: 'binh', name: 'Ví Dụ Bình' }

export const processAdmin = (id: string, name: string): StaffActor => ({
  kind: 'staff',
  id,
  username: id,
  name,
  position: 'Chuyên viên kiểm soát TTHC',
  unit: 'vp-ubnd',
  centre: null,
  counter: null,
  grants: [{ role: 'PROCESS_ADMIN', scope: 'province', unit: null }],
  session: 'session',
})

/** A migrated database with the service on it, and the standard 40-hour process in force. */
type BenchOptions = {
  fourEyes?: boolean
  operations?: ServiceOperations
  tree?: () => Promise<Tree>
  agencies?: readonly string[]
  rightsHeld?: () => Promise<readonly HeldRight[]>
  officersAt?: (role: string, unit: string) => Promise<readonly Officer[]>
}

export async function workflowBench(options: BenchOptions = {}) {
  const database = await testDatabase({ poolSize: 20 })
  const clock = movableClock(MORNING)
  const { db } = database
  const deps: WorkflowDeps = {
    db,
    log: createLog(),
    clock,
    // An hour of the clock is enough of a calendar here: the calendar has tests of its own.
    deadline: (from, hours) => new Date(from.getTime() + hours * 3_600_000),
    fourEyes: options.fourEyes ?? false,
    operations: options.operations ?? {},
    agencies: async () => new Set([...Object.values(places), ...(options.agencies ?? [])]),
    movedByPause: (due, from, to) => new Date(due.getTime() + to.getTime() - from.getTime()),
    tree: options.tree ?? (() => Promise.reject(new Error('this bench has no organisation'))),
    rightsHeld: options.rightsHeld ?? (async () => []),
    subjectCodes: async (ids) => new Map(ids.map((id) => [id, `H-${id.slice(-4)}`])),
    officersAt: options.officersAt ?? (async () => []),
  }
  const service = createWorkflowService(deps)
  await service.ensureStandardProcesses([40], '2026-01-01')
  const inForce = await service.versionsInForce(db, ['standard/40h'], '2026-04-21')
  const standard = inForce.get('standard/40h') ?? ''

  /** Brings a drawing in force as a process of its own. */
  const publish = async (key: string, xml: string): Promise<string> => {
    const author = processAdmin('author', 'Minh Họa Soạn')
    const { id, state } = await service.importProcess({ xml, key }, author)
    if (state !== 'draft') return id
    const publication = { id, decisionNumber: '1/QĐ-UBND', effectiveFrom: '2026-01-01' }
    await service.publishProcessVersion(publication, processAdmin('approver', 'Minh Họa Duyệt'))
    return id
  }
  const open = async (subject: { id: string }) => {
    const tasks = (await service.tasksOfSubjects(db, [subject.id])).get(subject.id) ?? []
    return tasks.filter(({ state }) => state === 'open' || state === 'claimed')
  }
  const start = async (version = standard, at = MORNING) => {
    const subject = { kind: 'dossier', id: newId() }
    const facts = { channel: 'direct', fees: 0 }
    const [started] = await db
      .transaction()
      .execute((tx) => service.startInstances(tx, [{ subject, version, places, facts, at }]))
    const [task] = started?.opened ?? []
    if (!started || !task) throw new Error('nothing was started')
    return { subject, instance: started.instance, task }
  }
  const move = (...items: MoveItem[]) => db.transaction().execute((tx) => service.moveTasks(tx, items))
  /** Everything that any step may ask for. */
  const all: Act = { kind: 'complete', opinion: 'Đủ điều kiện', hasResult: true, signed: true }
  const completeUntil = async (first: OpenedTask, step: string | null, by = an): Promise<OpenedTask> => {
    let task = first
    while (task.step !== step) {
      const [moved] = await move({ task: task.id, by, at: clock.now(), act: all })
      if (!moved?.ok) throw new Error(`refused: ${moved?.refusal.code}`)
      const [next] = moved.opened
      if (!next) return task
      task = next
    }
    return task
  }
  return { ...database, clock, deps, service, standard, publish, open, start, move, all, completeUntil }
}
