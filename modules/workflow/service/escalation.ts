import { sql } from 'kysely'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import type { NewEvent } from '#platform/log/log.ts'
import { eventActor, type WorkflowDeps } from './deps.ts'

/** Parts of a step's time that are told, to whom, and how much of the time lies between one and the next. */
const LEVELS = [
  { level: 50, concerns: 'assignee', next: 0.3 },
  { level: 80, concerns: 'section-lead', next: 0.2 },
  { level: 100, concerns: 'agency-lead', next: null },
] as const
type Level = (typeof LEVELS)[number]

const AT_ONCE = 200

type Due = {
  id: string
  subject_kind: string
  subject_id: string
  step_id: string
  name: string
  role: string
  unit_id: string
  hours: number | null
  due_at: Date | null
  escalation: number
  escalate_at: Date
  assignee_id: string | null
}

/**
 * Steps whose time runs out, told once at half, at four fifths and at the end of it. A task is taken under its row's lock and
 * its next part is written in the same transaction, so that two processes tell each part once; one that stands still with
 * its dossier is left alone, and its next part moves by the pause.
 */
export function createEscalation({
  db,
  log,
  clock,
  deadline,
  officersAt,
}: Pick<WorkflowDeps, 'db' | 'log' | 'clock' | 'deadline' | 'officersAt'>) {
  const concerned = async ({ concerns }: Level, task: Due): Promise<string[]> => {
    if (concerns === 'assignee' && task.assignee_id !== null) return [task.assignee_id]
    const role = { assignee: task.role, 'section-lead': 'UNIT_LEAD', 'agency-lead': 'AGENCY_LEAD' }[concerns]
    return (await officersAt(role, task.unit_id)).map(({ id }) => id)
  }

  const eventOf = async (level: Level, task: Due, at: Date): Promise<NewEvent> => ({
    type: 'task-escalated',
    at,
    actor: eventActor({ kind: 'system', name: 'Theo dõi thời hạn' }),
    subject: { kind: task.subject_kind, id: task.subject_id },
    data: {
      task: task.id,
      step: task.step_id,
      name: task.name,
      unit: task.unit_id,
      level: level.level,
      concerns: level.concerns,
      accounts: await concerned(level, task),
      due: task.due_at?.toISOString() ?? null,
    },
  })

  /** The end of the time is the due date itself, whatever rounding the parts had. */
  const followingOf = async ({ level, next }: Level, task: Due, moment: Date): Promise<Date | null> => {
    if (next === null || task.hours === null) return null
    return level === 80 ? task.due_at : await deadline(moment, task.hours * next, task.unit_id)
  }

  /** All parts that are over by now, in order: after a night without a server none is left out. */
  const passed = async (task: Due, now: Date): Promise<{ levels: Level[]; next: Date | null }> => {
    const levels: Level[] = []
    let moment: Date | null = task.escalate_at
    for (const level of LEVELS.filter((one) => one.level > task.escalation)) {
      if (moment === null || moment > now) break
      levels.push(level)
      moment = await followingOf(level, task, moment)
    }
    return { levels, next: moment }
  }

  const take = async (tx: Tx, now: Date): Promise<Due[]> => {
    const { rows } = await sql<Due>`
      select id, subject_kind, subject_id, step_id, name, role, unit_id, hours, due_at, escalation, escalate_at, assignee_id
      from task where state in ('open', 'claimed') and escalate_at is not null and paused_at is null and escalate_at <= ${now}
      order by escalate_at, id limit ${AT_ONCE} for no key update skip locked`.execute(tx)
    return rows
  }

  const tellSome = (): Promise<number> =>
    inTransaction(db, async (tx) => {
      const now = clock.now()
      const tasks = await take(tx, now)
      const events: NewEvent[] = []
      const writes: { id: string; level: number; next: Date | null }[] = []
      for (const task of tasks) {
        const { levels, next } = await passed(task, now)
        for (const level of levels) events.push(await eventOf(level, task, now))
        writes.push({ id: task.id, level: levels.at(-1)?.level ?? task.escalation, next })
      }
      if (writes.length === 0) return 0
      await sql`update task t set escalation = x.level, escalate_at = x.next
        from jsonb_to_recordset(${JSON.stringify(writes)}::jsonb) as x(id uuid, level smallint, next timestamptz)
        where t.id = x.id`.execute(tx)
      await log.append(tx, events)
      return tasks.length
    })

  return {
    /** Tells what is due; safe to run in several processes at once. Answers how many tasks were told of. */
    async escalate(): Promise<number> {
      let told = 0
      for (let some = await tellSome(); some > 0; some = await tellSome()) told += some
      return told
    },
  }
}
