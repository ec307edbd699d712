import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { AdminUnits } from '../document.ts'
import type { AgencyDefault, AgencyReference } from '../rules.ts'

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
