import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/db/connect.ts'
import type { AdminUnits, CentreRow, SuccessionRow, UnitRow } from './document.ts'
import {
  type AgencyDefault,
  type AgencyReference,
  LEVELS,
  type OrganisationRecords,
  UNIT_KINDS,
} from './rules.ts'

/** What every change raises; a process that sees a new number reads the tree again. */
export const readVersion = async (db: Db): Promise<number> => {
  const row = await db.selectFrom('organisation').select('version').executeTakeFirst()
  return row?.version ?? 0
}

/** Also the lock that makes changes of the organisation follow one another: they are rare. */
export const raiseVersion = async (tx: Db): Promise<void> => {
  await tx
    .updateTable('organisation')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .execute()
}

export type Head = { profile: string; title: string; asOf: string; adminEdition: string }

export const lockHead = async (tx: Db): Promise<Head | undefined> => {
  const row = await tx.selectFrom('organisation').selectAll().forUpdate().executeTakeFirst()
  return row && { profile: row.profile, title: row.title, asOf: row.as_of, adminEdition: row.admin_edition }
}

export const writeHead = async (tx: Db, head: Head): Promise<void> => {
  await sql`
    insert into organisation (profile, title, as_of, admin_edition)
    values (${head.profile}, ${head.title}, ${head.asOf}, ${head.adminEdition})
    on conflict (only_row) do update set profile = excluded.profile, title = excluded.title, as_of = excluded.as_of,
      admin_edition = excluded.admin_edition, version = organisation.version + 1`.execute(tx)
}

export const upsertUnits = async (tx: Db, rows: readonly (UnitRow & { path: string })[]): Promise<number> => {
  const { rows: written } = await sql`
    insert into unit (id, name, short_name, kind, level, parent_id, path, function, admin_code, identifier,
      legacy_identifier, central_body, valid_from, valid_to, date_precision, confidence, source, note)
    select r.id, r.name, r."shortName", r.kind, r.level, r.parent, r.path, r.function, r."adminCode", r.identifier,
      r."legacyIdentifier", r."centralBody", r."validFrom", r."validTo", coalesce(r.precision, 'day'), r.confidence,
      r.source, r.note
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, name text, "shortName" text, kind text,
      level text, parent text, path text, function text, "adminCode" text, identifier text, "legacyIdentifier" text,
      "centralBody" text, "validFrom" date, "validTo" date, precision text, confidence text, source text, note text)
    on conflict (id) do update set name = excluded.name, short_name = excluded.short_name, kind = excluded.kind,
      level = excluded.level, parent_id = excluded.parent_id, path = excluded.path, function = excluded.function,
      admin_code = excluded.admin_code, identifier = excluded.identifier,
      legacy_identifier = excluded.legacy_identifier, central_body = excluded.central_body,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to, date_precision = excluded.date_precision,
      confidence = excluded.confidence, source = excluded.source, note = excluded.note, version = unit.version + 1
    where (unit.name, unit.short_name, unit.kind, unit.level, unit.parent_id, unit.path, unit.function,
        unit.admin_code, unit.identifier, unit.legacy_identifier, unit.central_body, unit.valid_from, unit.valid_to,
        unit.date_precision, unit.confidence, unit.source, unit.note)
      is distinct from (excluded.name, excluded.short_name, excluded.kind, excluded.level, excluded.parent_id,
        excluded.path, excluded.function, excluded.admin_code, excluded.identifier, excluded.legacy_identifier,
        excluded.central_body, excluded.valid_from, excluded.valid_to, excluded.date_precision, excluded.confidence,
        excluded.source, excluded.note)
    returning id`.execute(tx)
  return written.length
}

export const updatePaths = async (tx: Db, rows: readonly { id: string; to: string }[]): Promise<void> => {
  if (rows.length === 0) return
  await sql`
    update unit set path = r."to"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, "to" text)
    where unit.id = r.id`.execute(tx)
}

export type NameRow = {
  unit: string
  until: string
  name: string
  shortName?: string
  identifier?: string | null
  legalBasis?: string
  precision?: string
}

export const insertFormerNames = async (tx: Db, rows: readonly NameRow[]): Promise<void> => {
  await sql`
    insert into unit_name (unit_id, until, name, short_name, identifier, legal_basis, date_precision)
    select r.unit, r.until, r.name, r."shortName", r.identifier, r."legalBasis", coalesce(r.precision, 'day')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(unit text, until date, name text, "shortName" text,
      identifier text, "legalBasis" text, precision text)
    on conflict (unit_id, until) do nothing`.execute(tx)
}

export const upsertSuccessions = async (tx: Db, rows: readonly SuccessionRow[]): Promise<void> => {
  await sql`
    insert into unit_succession (from_unit, to_unit, date, partial, date_precision, confidence, source, note)
    select r."from", r."to", r.date, r.partial, coalesce(r.precision, 'day'), r.confidence, r.source, r.note
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("from" text, "to" text, date date, partial boolean,
      precision text, confidence text, source text, note text)
    on conflict (from_unit, to_unit) do update set date = excluded.date, partial = excluded.partial,
      date_precision = excluded.date_precision, confidence = excluded.confidence, source = excluded.source,
      note = excluded.note`.execute(tx)
}

export const upsertCentres = async (tx: Db, rows: readonly CentreRow[]): Promise<void> => {
  await sql`
    insert into centre (unit_id, address, phone, seat_admin_code, reception_points, note)
    select r.unit, r.address, r.phone, r."seatAdminCode", r."receptionPoints", r.note
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(unit text, address text, phone text,
      "seatAdminCode" text, "receptionPoints" jsonb, note text)
    on conflict (unit_id) do update set address = excluded.address, phone = excluded.phone,
      seat_admin_code = excluded.seat_admin_code, reception_points = excluded.reception_points,
      note = excluded.note`.execute(tx)
}

export const insertAdminUnits = async (tx: Db, data: AdminUnits): Promise<void> => {
  await sql`
    insert into admin_unit (edition, code, level, name, full_name, type, parent_code, seat, lon, lat, area_km2,
      population, main_former_district)
    select r.edition, r.code, r.level, r.name, r."fullName", r.type, r.parent, r.seat, r.lon, r.lat, r."areaKm2",
      r.population, r."mainFormerDistrict"
    from jsonb_to_recordset(${JSON.stringify(data.units)}::jsonb) as r(edition text, code text, level text, name text,
      "fullName" text, type text, parent text, seat text, lon float8, lat float8, "areaKm2" float8, population int,
      "mainFormerDistrict" text)
    on conflict (edition, code) do nothing`.execute(tx)
  await sql`
    insert into admin_unit_succession (from_edition, from_code, to_edition, to_code, date, partial, from_name)
    select '2016', r."from", '2025', r."to", r.date, r.partial, r."fromName"
    from jsonb_to_recordset(${JSON.stringify(data.successions)}::jsonb) as r("from" text, "to" text, date date,
      partial boolean, "fromName" text)
    on conflict do nothing`.execute(tx)
}

export const upsertReferences = async (tx: Db, rows: readonly AgencyReference[]): Promise<void> => {
  await sql`
    insert into agency_reference (text, targets, outside)
    select r.text, r.targets, r.outside
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(text text, targets jsonb, outside boolean)
    on conflict (text) do update set targets = excluded.targets, outside = excluded.outside`.execute(tx)
}

export const upsertDefaults = async (tx: Db, rows: readonly AgencyDefault[]): Promise<void> => {
  await sql`
    insert into agency_default (ministry, field, wordings)
    select r.ministry, r.field, r.wordings
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(ministry text, field text, wordings jsonb)
    on conflict (ministry, field) do update set wordings = excluded.wordings`.execute(tx)
}

const Kind = z.enum(UNIT_KINDS)
const LevelName = z.enum(LEVELS)
const PlaceLevel = z.enum(['province', 'district', 'commune'])
const Confidence = z.enum(['verified', 'from-knowledge', 'local'])
const Points = z.array(z.object({ name: z.string(), address: z.string().nullable() }))
const Wordings = z.object({ province: z.string().nullable(), commune: z.string().nullable() })
const Targets = z.array(
  z.object({
    unit: z.string().optional(),
    kind: Kind.optional(),
    function: z.string().optional(),
    level: LevelName,
    districtTypes: z.array(z.string()).optional(),
  }),
)

const EMPTY: OrganisationRecords = {
  profile: '',
  title: '',
  asOf: '1900-01-01',
  adminEdition: '',
  version: 0,
  units: [],
  successions: [],
  formerNames: [],
  centres: [],
  adminUnits: [],
  adminSuccessions: [],
  references: [],
  defaults: [],
}

/** The whole organisation as of one version: read in one snapshot, so a change in between is not half seen. */
export const loadRecords = (db: Db): Promise<OrganisationRecords> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const head = await tx.selectFrom('organisation').selectAll().executeTakeFirst()
      if (!head) return EMPTY
      const units = await tx.selectFrom('unit').selectAll().orderBy('path').execute()
      const successions = await tx.selectFrom('unit_succession').selectAll().orderBy('date').execute()
      const formerNames = await tx.selectFrom('unit_name').selectAll().orderBy('until').execute()
      const centres = await tx.selectFrom('centre').selectAll().execute()
      const adminUnits = await tx.selectFrom('admin_unit').selectAll().orderBy('code').execute()
      const adminSuccessions = await tx.selectFrom('admin_unit_succession').selectAll().execute()
      const references = await tx.selectFrom('agency_reference').selectAll().execute()
      const defaults = await tx.selectFrom('agency_default').selectAll().execute()
      return {
        profile: head.profile,
        title: head.title,
        asOf: head.as_of,
        adminEdition: head.admin_edition,
        version: head.version,
        units: units.map((row) => ({
          id: row.id,
          name: row.name,
          shortName: row.short_name,
          kind: Kind.parse(row.kind),
          level: LevelName.parse(row.level),
          parent: row.parent_id,
          function: row.function,
          adminCode: row.admin_code,
          identifier: row.identifier,
          legacyIdentifier: row.legacy_identifier,
          centralBody: row.central_body,
          validFrom: row.valid_from,
          validTo: row.valid_to,
          confidence: Confidence.parse(row.confidence),
          note: row.note,
          version: row.version,
        })),
        successions: successions.map((row) => ({
          from: row.from_unit,
          to: row.to_unit,
          date: row.date,
          partial: row.partial,
        })),
        formerNames: formerNames.map((row) => ({
          unit: row.unit_id,
          until: row.until,
          name: row.name,
          shortName: row.short_name,
        })),
        centres: centres.map((row) => ({
          unit: row.unit_id,
          address: row.address,
          phone: row.phone,
          seatAdminCode: row.seat_admin_code,
          receptionPoints: Points.parse(row.reception_points),
          note: row.note,
        })),
        adminUnits: adminUnits.map((row) => ({
          edition: row.edition,
          code: row.code,
          level: PlaceLevel.parse(row.level),
          name: row.name,
          fullName: row.full_name,
          type: row.type,
          parent: row.parent_code,
          seat: row.seat,
          lon: row.lon,
          lat: row.lat,
          mainFormerDistrict: row.main_former_district,
        })),
        adminSuccessions: adminSuccessions.map((row) => ({
          from: row.from_code,
          to: row.to_code,
          date: row.date,
          partial: row.partial,
          fromName: row.from_name,
        })),
        references: references.map((row) => ({
          text: row.text,
          targets: Targets.parse(row.targets),
          outside: row.outside,
        })),
        defaults: defaults.map((row) => ({
          ministry: row.ministry,
          field: row.field,
          wordings: Wordings.parse(row.wordings),
        })),
      }
    })

type CounterRow = {
  id: string
  centre: string
  number: number
  name: string
  kinds: readonly string[]
  agencies: readonly string[]
  fields: readonly string[]
  priority: boolean
}

export const insertCounters = async (tx: Db, rows: readonly CounterRow[]): Promise<void> => {
  await sql`
    insert into counter (id, centre_id, number, name, kinds, agencies, fields, priority)
    select r.id, r.centre, r.number, r.name, r.kinds, r.agencies, r.fields, r.priority
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, centre text, number int, name text,
      kinds text[], agencies text[], fields text[], priority boolean)`.execute(tx)
}

type StaffRow = {
  id: string
  account: string | null
  fullName: string
  position: string
  unit: string
  phone?: string | null
  fields: readonly string[]
  leader: boolean
}

export const insertStaff = async (tx: Db, rows: readonly StaffRow[]): Promise<void> => {
  await sql`
    insert into staff (id, account_id, full_name, position, unit_id, office_phone, fields, leader)
    select r.id, r.account, r."fullName", r.position, r.unit, r.phone, r.fields, r.leader
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, account text, "fullName" text, position text,
      unit text, phone text, fields text[], leader boolean)`.execute(tx)
}

type SecondmentRow = {
  id: string
  staff: string
  sending: string
  centre: string | null
  from: string
  to: string
  decision: string
  fields: readonly string[]
  backupOf?: string | null
  exceptionBasis?: string | null
}

export const insertSecondments = async (tx: Db, rows: readonly SecondmentRow[]): Promise<void> => {
  await sql`
    insert into secondment (id, staff_id, sending_unit, centre_id, from_date, to_date, decision_no, fields, backup_of,
      exception_basis)
    select r.id, r.staff, r.sending, r.centre, r."from", r."to", r.decision, r.fields, r."backupOf", r."exceptionBasis"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, staff uuid, sending text, centre text,
      "from" date, "to" date, decision text, fields text[], "backupOf" uuid, "exceptionBasis" text)`.execute(
    tx,
  )
}

export const insertAssignments = async (
  tx: Db,
  rows: readonly { id: string; staff: string; counter: string }[],
  at: Date,
): Promise<void> => {
  await sql`
    insert into counter_assignment (id, counter_id, staff_id, from_at)
    select r.id, r.counter, r.staff, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, counter text, staff uuid)`.execute(
    tx,
  )
}

export const lockUnit = (tx: Db, id: string) =>
  tx.selectFrom('unit').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const updateUnit = async (
  tx: Db,
  id: string,
  to: { name: string; shortName: string; identifier: string | null },
): Promise<void> => {
  await tx
    .updateTable('unit')
    .set((eb) => ({
      name: to.name,
      short_name: to.shortName,
      identifier: to.identifier,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

export const lockCounter = (tx: Db, id: string) =>
  tx.selectFrom('counter').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const setCounterClosed = async (tx: Db, id: string, closedOn: string | null): Promise<void> => {
  await tx.updateTable('counter').set({ closed_on: closedOn }).where('id', '=', id).execute()
}

/** Ends whatever assignment this counter or this officer has. */
export const endAssignments = async (
  tx: Db,
  { counter, staff, at }: { counter: string; staff: string | null; at: Date },
): Promise<void> => {
  await tx
    .updateTable('counter_assignment')
    .set({ to_at: sql<Date>`greatest(from_at, ${at})` })
    .where('to_at', 'is', null)
    .where((eb) =>
      staff === null
        ? eb('counter_id', '=', counter)
        : eb.or([eb('counter_id', '=', counter), eb('staff_id', '=', staff)]),
    )
    .execute()
}

export const findStaff = (tx: Db, id: string) =>
  tx.selectFrom('staff').selectAll().where('id', '=', id).where('left_on', 'is', null).executeTakeFirst()

export const lockSecondment = (tx: Db, id: string) =>
  tx.selectFrom('secondment').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const setSecondmentEnd = async (tx: Db, id: string, endedOn: string): Promise<void> => {
  await tx.updateTable('secondment').set({ ended_on: endedOn }).where('id', '=', id).execute()
}
