import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { CentreRow, SuccessionRow, UnitRow } from '../document.ts'

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
