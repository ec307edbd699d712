import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { predicate } from '#platform/db/policy.ts'
import type { Rule } from '#platform/policy.ts'
import { ALARMS, type Alarm } from '../rules/watch.ts'
import type { ReachColumn } from '../service/rights.ts'
import { REACH_COLUMNS } from './reach.ts'

/** Moments that the alarms compare with, computed once per request. */
export type AlarmMoments = {
  now: Date
  /** Nothing has happened since. */
  silentBefore: Date
  uncollectedBefore: Date
  /** Due dates whose window to be moved closes today. */
  closing: { from: Date; to: Date } | null
}
export type AlarmPosition = { at: Date; kind: Alarm; id: string }
type Row = { kind: Alarm; at: Date; id: string }

const rankOf = (kind: Alarm): number => ALARMS.indexOf(kind)

type Arm = { at: RawBuilder<unknown>; from: RawBuilder<unknown>; where: RawBuilder<SqlBool> }

/** One arm per alarm, each along an index of its own, so that the oldest few never cost a look at all dossiers. */
const limitArm = (kind: string, now: Date): Arm => ({
  at: sql.ref('l.alarm_at'),
  from: sql`dossier_deadline l join dossier d on d.id = l.dossier_id`,
  where: sql<SqlBool>`l.to_at is null and l.kind = ${kind} and l.alarm_at <= ${now}`,
})
const running = sql`d.state in ('ACCEPTED', 'PROCESSING')`
const openTask = sql`exists (select from task t where t.subject_id = d.id and t.state in ('open', 'claimed'))`
const dossiers = sql`dossier d`

const armOf = (kind: Alarm, { now, silentBefore, uncollectedBefore, closing }: AlarmMoments): Arm => {
  switch (kind) {
    case 'INTAKE_UNCHECKED':
      return limitArm('INTAKE_CHECK', now)
    case 'SUPPLEMENT_EXPIRED':
      return limitArm('APPLICANT', now)
    case 'PAYMENT_UNPAID':
      return limitArm('PAYMENT', now)
    case 'CORRECTION_OVERDUE':
      return limitArm('CORRECTION', now)
    case 'RESULT_UNCOLLECTED':
      return {
        ...{ at: sql.ref('d.completed_at'), from: dossiers },
        where: sql<SqlBool>`d.state = 'COMPLETED' and not d.result_with_parent
          and d.completed_at <= ${uncollectedBefore}`,
      }
    case 'OPINION_OVERDUE': {
      const arm = limitArm('CONSULTATION', now)
      return { ...arm, where: sql<SqlBool>`${arm.where} and ${running}` }
    }
    case 'MEMBER_FAILED':
      return {
        at: sql.ref('m.changed_at'),
        from: sql`dossier_group_member m join dossier d on d.id = m.parent_id`,
        where: sql<SqlBool>`m.state = 'failed' and ${running}`,
      }
    case 'EXTENSION_CLOSING':
      return {
        ...{ at: sql.ref('d.due_at'), from: dossiers },
        where: closing
          ? sql<SqlBool>`${running} and d.extended_at is null and d.due_at > ${closing.from} and d.due_at <= ${closing.to}`
          : sql<SqlBool>`false`,
      }
    case 'SILENT':
      return {
        ...{ at: sql.ref('d.moved_at'), from: dossiers },
        where: sql<SqlBool>`${running} and d.moved_at <= ${silentBefore} and ${openTask}`,
      }
    // Without a task nothing can happen, so it is among the silent ones before long.
    case 'NO_OPEN_TASK':
      return {
        ...{ at: sql.ref('d.moved_at'), from: dossiers },
        where: sql<SqlBool>`${running} and not d.is_group and d.moved_at <= ${silentBefore} and not ${openTask}`,
      }
  }
}

type AlarmQuery = {
  rule: Rule<ReachColumn>
  moments: AlarmMoments
  kinds: readonly Alarm[]
}

/** Oldest first in pages by (moment, kind, id): one query whatever there is. */
export const alarmRows = async (
  db: Db,
  { rule, moments, kinds, after, limit }: AlarmQuery & { after?: AlarmPosition | undefined; limit: number },
): Promise<{ rows: Row[]; next: AlarmPosition | null }> => {
  if (kinds.length === 0) return { rows: [], next: null }
  const arms = kinds.map((kind) => {
    const { at, from, where } = armOf(kind, moments)
    const rank = rankOf(kind)
    // The plain comparison lets the index begin where the page does.
    const past = after
      ? sql` and ${at} >= ${after.at} and (${at}, ${rank}::integer, d.id) > (${after.at}, ${rankOf(after.kind)}::integer, ${after.id}::uuid)`
      : sql``
    return sql`(select ${at} as at, ${rank}::integer as rank, d.id from ${from}
      where ${where} and ${predicate(rule, REACH_COLUMNS)}${past} order by ${at}, d.id limit ${limit + 1})`
  })
  const { rows } = await sql<{ at: Date; rank: number; id: string }>`
    select * from (${sql.join(arms, sql` union all `)}) as alarm order by at, rank, id limit ${limit + 1}`.execute(
    db,
  )
  const found = rows.map(({ at, rank, id }): Row => ({ at, id, kind: ALARMS[rank] ?? 'SILENT' }))
  const page = found.slice(0, limit)
  return { rows: page, next: found.length > limit ? (page.at(-1) ?? null) : null }
}

const COUNT_CAP = 1_000

export const countAlarms = async (
  db: Db,
  { rule, moments, kinds }: AlarmQuery,
): Promise<Map<Alarm, { value: number; capped: boolean }>> => {
  if (kinds.length === 0) return new Map()
  const arms = kinds.map((kind) => {
    const { from, where } = armOf(kind, moments)
    return sql`select ${rankOf(kind)}::integer as rank, (select count(*) from
      (select 1 from ${from} where ${where} and ${predicate(rule, REACH_COLUMNS)} limit ${COUNT_CAP + 1}) as counted) as count`
  })
  const { rows } = await sql<{ rank: number; count: number }>`${sql.join(arms, sql` union all `)}`.execute(db)
  return new Map(
    rows.map(({ rank, count }) => [
      ALARMS[rank] ?? 'SILENT',
      { value: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP },
    ]),
  )
}
