import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { addDays, instantOf } from '#platform/time/vietnam.ts'

/** A printed book is read by people: beyond this it is a report. */
const MOST_ROWS = 5_000

export type SealUse = {
  id: string
  code: string
  sample: boolean
  procedure: string
  owner: string
  number: string
  date: string
  issued_at: Date
  edition: number
  signed_as: readonly string[] | null
  reason: string | null
}

/** Results that carry the seal, in the order in which they were sealed; both days included. */
export const sealUses = async (db: Db, seal: string, from: string, to: string): Promise<SealUse[]> => {
  const { rows } = await sql<SealUse>`
    select d.id, d.code, d.sample, d.procedure_official_name as procedure, d.owner_name as owner,
           r.number, r.date, r.issued_at, r.edition, r.signed_as -> 'lines' as signed_as, r.reason
    from dossier_result r join dossier d on d.id = r.dossier_id
    where r.seal = ${seal} and r.issued_at >= ${instantOf(from)} and r.issued_at < ${instantOf(addDays(to, 1))}
    order by r.issued_at, r.id limit ${MOST_ROWS}`.execute(db)
  return rows
}

type Counts = { accepted: number; appraised: number; approved: number; sealed: number }

/** Of what a centre received in the period and accepted: how many dossiers, and of how many procedures, are done on its spot. */
export const onSiteCounts = async (
  db: Db,
  centre: string,
  from: string,
  to: string,
): Promise<{ dossiers: Counts; procedures: Counts }> => {
  const { rows } = await sql<{ dossiers: Counts; procedures: Counts }>`
    with accepted as (
      select procedure_code, count(*) as accepted,
             count(*) filter (where 'appraise' = any(on_site)) as appraised,
             count(*) filter (where 'approve' = any(on_site)) as approved,
             count(*) filter (where 'seal' = any(on_site)) as sealed
      from dossier
      where receiving_centre = ${centre} and received_at >= ${instantOf(from)}
        and received_at < ${instantOf(addDays(to, 1))} and accepted_at is not null
      group by procedure_code
    )
    select json_build_object(
             'accepted', coalesce(sum(accepted), 0), 'appraised', coalesce(sum(appraised), 0),
             'approved', coalesce(sum(approved), 0), 'sealed', coalesce(sum(sealed), 0)) as dossiers,
           json_build_object(
             'accepted', count(*), 'appraised', count(*) filter (where appraised > 0),
             'approved', count(*) filter (where approved > 0), 'sealed', count(*) filter (where sealed > 0)) as procedures
    from accepted`.execute(db)
  const [counts] = rows
  if (!counts) throw new Error('a sum always has a row')
  return counts
}
