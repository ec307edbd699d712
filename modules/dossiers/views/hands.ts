import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { predicate } from '#platform/db/policy.ts'
import type { Rule } from '#platform/policy.ts'
import type { ReachColumn } from '../service/rights.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { REACH_COLUMNS } from './reach.ts'

export type HandsFilter = {
  rule: Rule<ReachColumn>
  centre: string | undefined
  since: Date
  now: Date
}

/** So many late dossiers are taken apart, and so many received ones counted: the newest first. */
const MOST_LATE = 500
const MOST_RECEIVED = 20_000

const within = ({ rule, centre, since }: HandsFilter) =>
  sql`${predicate(rule, REACH_COLUMNS)} and d.received_at >= ${since} and d.import_id is null
    ${centre ? sql`and d.receiving_centre = ${centre}` : sql``}`

/** Finished after their date, or still under way past it; each along an index of its own. */
export const lateDossiers = async (
  db: Db,
  filter: HandsFilter,
): Promise<{ rows: DossierRow[]; capped: boolean }> => {
  const { rows } = await sql<DossierRow>`select * from (
      (select d.* from dossier d where d.completed_at > d.due_at and ${within(filter)}
        order by d.received_at desc, d.id desc limit ${MOST_LATE + 1})
      union all
      (select d.* from dossier d where d.state in ('ACCEPTED', 'PROCESSING') and d.completed_at is null
        and d.due_at < ${filter.now} and ${within(filter)} order by d.due_at desc, d.id limit ${MOST_LATE + 1})
    ) as late where not is_group limit ${MOST_LATE + 1}`.execute(db)
  return { rows: rows.slice(0, MOST_LATE), capped: rows.length > MOST_LATE }
}

export type ReceivedPair = {
  receiving_centre: string
  resolving_unit: string
  dossiers: number
  late: number
}

/** How many went from which centre to which agency. */
export const receivedPairs = async (
  db: Db,
  filter: HandsFilter,
): Promise<{ rows: ReceivedPair[]; capped: boolean }> => {
  const { rows } = await sql<ReceivedPair & { looked: number }>`
    with received as materialized (
      select d.receiving_centre, d.resolving_unit, coalesce(d.completed_at, ${filter.now}) > d.due_at
          and d.state in ('ACCEPTED', 'PROCESSING', 'COMPLETED', 'RETURNED', 'RESULT_ERROR') as late
      from dossier d where ${within(filter)} and not d.is_group
      order by d.received_at desc, d.id desc limit ${MOST_RECEIVED + 1}
    )
    select receiving_centre, resolving_unit, count(*)::integer as dossiers,
      (count(*) filter (where late))::integer as late, (select count(*) from received)::integer as looked
    from received group by receiving_centre, resolving_unit order by late desc, dossiers desc`.execute(db)
  return { rows, capped: (rows[0]?.looked ?? 0) > MOST_RECEIVED }
}
