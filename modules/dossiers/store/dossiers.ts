import { type Selectable, sql, type Updateable } from 'kysely'
import type { DurationUnit } from '#modules/calendar/rules.ts'
import type { FeeAssessment } from '#modules/catalogue/rules.ts'
import type { SignedAs } from '#modules/organisation/rules.ts'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import type { Channel, Outcome, Party, Representative, ReturnWay, State } from '../contract/vocabulary.ts'

/** What the columns hold besides what SQL can say of them; the services write them from these types alone. */
type Narrowed = {
  state: State
  outcome: Outcome | null
  channel: Channel
  return_way: ReturnWay
  duration_unit: DurationUnit | null
  owner: Party
  submitter: Party | null
  representative: Representative | null
  fees: FeeAssessment
  approved_as: SignedAs | null
}
export type DossierRow = Omit<Selectable<Schema['dossier']>, keyof Narrowed> & Narrowed

/** A dossier as it is inserted; instants as ISO text because rows travel as one JSON parameter. */
export type NewDossier = {
  id: string
  code: string
  pin: string
  version: number
  state: State
  procedure_code: string
  procedure_version: string
  procedure_name: string
  procedure_official_name: string
  field: string | null
  case_id: string
  case_name: string
  channel: string
  receiving_centre: string
  resolving_unit: string
  returning_centre: string
  return_way: string
  return_address: string | null
  owner: Party
  submitter: Party | null
  representative: Representative | null
  owner_name: string
  owner_number: string | null
  owner_phone: string | null
  search_tokens: string[]
  sets: number
  note: string | null
  fees: unknown
  duration_amount: number | null
  duration_unit: string | null
  received_at: string
  accepted_at: string | null
  clock_started_at: string | null
  due_at: string | null
  original_due_at: string | null
  due_provisional: boolean
  supplement_items: unknown
  supplement_deadline: string | null
  intake_supplement_asked_at: string | null
  ended_reason: string | null
  ended_basis: string | null
  right_authority: string | null
  ended_at: string | null
  intake_by: string
  intake_by_name: string
  instance: string | null
  process_version: string | null
  book_number: number
  sample: boolean
  moved_at: string
  is_group: boolean
  parent_id: string | null
  member_key: string | null
  result_with_parent: boolean
  on_site: readonly string[]
  authorisation_id: string | null
}

export type NewComponent = {
  dossier_id: string
  component_id: string
  ordinal: number
  name: string
  group_name: string | null
  mandatory: boolean
  status: string
  originals: number
  copies: number
  certified_copies: number
  reason: string | null
  files: string[]
}

/**
 * Whole batches in one statement each: intakes that meet are written together, those that are accepted with the beginning of
 * their clock.
 */
export const insertDossiers = async (tx: Tx, rows: readonly NewDossier[]): Promise<void> => {
  await sql`with written as (
    insert into dossier (id, code, pin, version, state, procedure_code, procedure_version, procedure_name,
      procedure_official_name, field, case_id, case_name, channel, receiving_centre, resolving_unit, returning_centre,
      return_way, return_address, owner, submitter, representative, owner_name, owner_number, owner_phone, search_tokens,
      sets, note, fees, duration_amount, duration_unit, received_at, accepted_at, clock_started_at, due_at,
      original_due_at, due_provisional, supplement_items, supplement_deadline, intake_supplement_asked_at, ended_reason,
      ended_basis, right_authority, ended_at, intake_by, intake_by_name, instance, process_version, book_number, sample,
      moved_at, is_group, parent_id, member_key, result_with_parent, on_site, authorisation_id)
    select id, code, pin, version, state, procedure_code, procedure_version, procedure_name,
      procedure_official_name, field, case_id, case_name, channel, receiving_centre, resolving_unit, returning_centre,
      return_way, return_address, owner, submitter, representative, owner_name, owner_number, owner_phone, search_tokens,
      sets, note, fees, duration_amount, duration_unit, received_at, accepted_at, clock_started_at, due_at,
      original_due_at, due_provisional, supplement_items, supplement_deadline, intake_supplement_asked_at, ended_reason,
      ended_basis, right_authority, ended_at, intake_by, intake_by_name, instance, process_version, book_number, sample,
      moved_at, is_group, parent_id, member_key, result_with_parent, on_site, authorisation_id
    from jsonb_populate_recordset(null::dossier, ${JSON.stringify(rows)}::jsonb)
    returning id, clock_started_at
  )
  insert into dossier_clock (dossier_id, ordinal, kind, from_zero, from_at, document)
    select id, 1, 'RUNNING', true, clock_started_at, 'form-01' from written where clock_started_at is not null`.execute(
    tx,
  )
}

export const insertComponents = async (tx: Tx, rows: readonly NewComponent[]): Promise<void> => {
  if (rows.length === 0) return
  await sql`insert into dossier_component select * from
    jsonb_populate_recordset(null::dossier_component, ${JSON.stringify(rows)}::jsonb)`.execute(tx)
}

/** A supplement replaces what was said of the papers it brings; the others stay. */
export const upsertComponents = async (tx: Tx, rows: readonly NewComponent[]): Promise<void> => {
  if (rows.length === 0) return
  await sql`insert into dossier_component as c select * from
    jsonb_populate_recordset(null::dossier_component, ${JSON.stringify(rows)}::jsonb)
    on conflict (dossier_id, component_id) do update set status = excluded.status, originals = excluded.originals,
      copies = excluded.copies, certified_copies = excluded.certified_copies, reason = excluded.reason,
      files = excluded.files`.execute(tx)
}

export const findDossier = (db: Db, code: string): Promise<DossierRow | undefined> =>
  db.selectFrom('dossier').selectAll().where('code', '=', code).$castTo<DossierRow>().executeTakeFirst()

/** Nobody else changes the dossier until the transaction ends. */
export const lockDossier = (tx: Tx, code: string): Promise<DossierRow | undefined> =>
  tx
    .selectFrom('dossier')
    .selectAll()
    .where('code', '=', code)
    .forNoKeyUpdate()
    .$castTo<DossierRow>()
    .executeTakeFirst()

/**
 * The dossiers of these tasks, locked in the order of their ids. Every use case locks dossiers first and tasks after, so that
 * two that meet wait and never deadlock.
 */
export const lockDossiersOfTasks = async (
  tx: Tx,
  tasks: readonly string[],
): Promise<Map<string, DossierRow>> => {
  const { rows } = await sql<DossierRow>`select d.* from dossier d
    where d.id in (select subject_id from task where id = any(${[...tasks]}::uuid[]) and subject_kind = 'dossier')
    order by d.id for no key update`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What the steps of the process change of a dossier. */
export type StepPatch = {
  id: string
  state: State
  outcome: Outcome | null
  approved_by: string | null
  approved_as: SignedAs | null
  completed_at: string | null
  moved_at: string
}

/** One statement for a batch of moved dossiers; each gets its next version. */
export const applyStepPatches = async (tx: Tx, patches: readonly StepPatch[]): Promise<void> => {
  await sql`update dossier d set version = d.version + 1, state = x.state, outcome = x.outcome,
      approved_by = x.approved_by, approved_as = nullif(x.approved_as, 'null'::jsonb), completed_at = x.completed_at,
      moved_at = x.moved_at
    from jsonb_to_recordset(${JSON.stringify(patches)}::jsonb)
      as x(id uuid, state text, outcome text, approved_by text, approved_as jsonb, completed_at timestamptz,
        moved_at timestamptz)
    where d.id = x.id`.execute(tx)
}

/** Results that were signed and sealed where they are handed over: nothing travels. */
export const markAtCentre = async (tx: Tx, ids: readonly string[], at: Date): Promise<void> => {
  if (ids.length === 0) return
  await tx
    .updateTable('dossier')
    .set({ result_sent_at: at, result_received_at: at })
    .where('id', 'in', [...ids])
    .execute()
}

export type DossierPatch = Updateable<Schema['dossier']>

export const updateDossier = (tx: Tx, id: string, patch: DossierPatch) =>
  tx.updateTable('dossier').set(patch).where('id', '=', id).execute()

export const componentsOf = (db: Db, dossier: string) =>
  db
    .selectFrom('dossier_component')
    .selectAll()
    .where('dossier_id', '=', dossier)
    .orderBy('ordinal')
    .execute()
