import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import type { ClockKind, DueChange, Interval } from '../rules/clock.ts'
import type { DeadlineKind } from '../rules/state-chart.ts'

export type OpenedInterval = {
  kind: ClockKind
  fromZero: boolean
  reason: string | null
  document: string | null
}

/**
 * Ends the open interval and begins the next one at the same instant, so that none overlaps and none is missing. The dossier
 * is locked; gives the interval that ended.
 */
export const turnClock = async (
  tx: Tx,
  dossier: string,
  at: Date,
  next: OpenedInterval,
): Promise<Interval | undefined> => {
  const { rows } = await sql<{
    ordinal: number
    kind: ClockKind
    from_zero: boolean
    from_at: Date
    to_at: Date
  }>`
    with ended as (
      update dossier_clock set to_at = greatest(from_at, ${at}) where dossier_id = ${dossier} and to_at is null
      returning ordinal, kind, from_zero, from_at, to_at
    )
    select * from ended`.execute(tx)
  const [ended] = rows
  await sql`insert into dossier_clock (dossier_id, ordinal, kind, from_zero, from_at, reason, document)
    select ${dossier}, coalesce(max(ordinal), 0) + 1, ${next.kind}, ${next.fromZero}, ${ended?.to_at ?? at},
      ${next.reason}, ${next.document}
    from dossier_clock where dossier_id = ${dossier}`.execute(tx)
  return ended && intervalOf(ended)
}

/** The clock of these dossiers has ended, and with it whatever other agencies were still asked. */
export const stopClocks = async (tx: Tx, dossiers: readonly string[], at: Date): Promise<void> => {
  if (dossiers.length === 0) return
  const ids = [...dossiers]
  await sql`with asked as (
      update consultation_agency set state = 'withdrawn', watch_at = null, withdrawn_at = ${at},
        withdrawn_reason = 'Hồ sơ đã giải quyết xong hoặc đã kết thúc.'
      where dossier_id = any(${ids}::uuid[]) and (state = 'asked' or (state = 'silent' and silence = 'ESCALATION'))
      returning dossier_id
    ), counted as (
      update dossier set opinions_awaited = 0 where id in (select dossier_id from asked)
    ), limits as (
      update dossier_deadline set to_at = greatest(from_at, ${at})
      where dossier_id in (select dossier_id from asked) and kind = 'CONSULTATION' and to_at is null
    )
    update dossier_clock set to_at = greatest(from_at, ${at})
    where dossier_id = any(${ids}::uuid[]) and to_at is null`.execute(tx)
}

type IntervalRow = { ordinal: number; kind: string; from_zero: boolean; from_at: Date; to_at: Date | null }

const intervalOf = (row: IntervalRow): Interval => ({
  ordinal: row.ordinal,
  // The table's check holds exactly these words.
  kind: row.kind as ClockKind,
  fromZero: row.from_zero,
  from: row.from_at,
  to: row.to_at,
})

export type StoredInterval = Interval & { reason: string | null; document: string | null }

export const intervalsOf = async (
  db: Db,
  dossiers: readonly string[],
): Promise<Map<string, StoredInterval[]>> => {
  if (dossiers.length === 0) return new Map()
  const rows = await db
    .selectFrom('dossier_clock')
    .selectAll()
    .where('dossier_id', 'in', dossiers)
    .orderBy('dossier_id')
    .orderBy('ordinal')
    .execute()
  const stored = rows.map((row) => ({
    ...{ id: row.dossier_id, interval: { ...intervalOf(row), reason: row.reason, document: row.document } },
  }))
  return new Map(
    [...Map.groupBy(stored, ({ id }) => id)].map(([id, all]) => [id, all.map(({ interval }) => interval)]),
  )
}

export type StoredDueChange = DueChange & { at: Date; reason: string; document: string | null }

export const dueChangesOf = async (
  db: Db,
  dossiers: readonly string[],
): Promise<Map<string, StoredDueChange[]>> => {
  if (dossiers.length === 0) return new Map()
  const rows = await db
    .selectFrom('dossier_due_change')
    .selectAll()
    .where('dossier_id', 'in', dossiers)
    .orderBy('dossier_id')
    .orderBy('ordinal')
    .execute()
  const stored = rows.map((row) => ({
    id: row.dossier_id,
    change: {
      interval: row.interval,
      // The table's check holds exactly these words.
      kind: row.kind as DueChange['kind'],
      at: row.at,
      before: row.due_before,
      due: row.due_at,
      reason: row.reason,
      document: row.document,
    },
  }))
  return new Map(
    [...Map.groupBy(stored, ({ id }) => id)].map(([id, all]) => [id, all.map(({ change }) => change)]),
  )
}

export type NewDueChange = {
  dossier: string
  kind: DueChange['kind']
  at: Date
  before: Date
  due: Date
  reason: string
  document: string | null
}

/** Written to the interval that is open now; the dossiers are locked. */
export const insertDueChanges = async (tx: Tx, changes: readonly NewDueChange[]): Promise<void> => {
  if (changes.length === 0) return
  await sql`insert into dossier_due_change
      (dossier_id, ordinal, interval, kind, at, due_before, due_at, reason, document)
    select x.dossier, (select coalesce(max(c.ordinal), 0) + 1 from dossier_due_change c where c.dossier_id = x.dossier),
      o.ordinal, x.kind, x.at, x.before, x.due, x.reason, x.document
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as x(dossier uuid, kind text, at timestamptz,
      before timestamptz, due timestamptz, reason text, document text)
    join dossier_clock o on o.dossier_id = x.dossier and o.to_at is null`.execute(tx)
}

export type NewDeadline = {
  dossier: string
  kind: DeadlineKind
  from: Date
  alarm: Date | null
  due: Date | null
  reason?: string | null
  document?: string | null
}

/** Gives the number of each among the limits of its dossier. */
export const openDeadlines = async (tx: Tx, deadlines: readonly NewDeadline[]): Promise<number[]> => {
  if (deadlines.length === 0) return []
  const { rows } = await sql<{
    ordinal: number
  }>`insert into dossier_deadline (dossier_id, ordinal, kind, from_at, alarm_at, due_at, reason, document)
    select x.dossier, (select coalesce(max(d.ordinal), 0) + 1 from dossier_deadline d where d.dossier_id = x.dossier),
      x.kind, x.from, x.alarm, x.due, x.reason, x.document
    from jsonb_to_recordset(${JSON.stringify(deadlines)}::jsonb) as x(dossier uuid, kind text, "from" timestamptz,
      alarm timestamptz, due timestamptz, reason text, document text)
    returning ordinal`.execute(tx)
  return rows.map(({ ordinal }) => ordinal)
}

/**
 * What the dossier waited for has come, or nobody waits for it any more. An agency that is consulted is waited for beside the
 * dossier's state, until the dossier ends.
 */
export const closeDeadlines = async (tx: Tx, dossier: string, at: Date, all: boolean): Promise<void> => {
  await sql`update dossier_deadline set to_at = greatest(from_at, ${at})
    where dossier_id = ${dossier} and to_at is null and (${all} or kind <> 'CONSULTATION')`.execute(tx)
}

export const deadlinesOf = (db: Db, dossier: string) =>
  db.selectFrom('dossier_deadline').selectAll().where('dossier_id', '=', dossier).orderBy('ordinal').execute()
