import { z } from 'zod'
import type { Db } from '#platform/db/connect.ts'
import { LEVELS, NO_SIGNING, type OrganisationRecords, UNIT_KINDS } from '../rules.ts'
import { loadSigning } from './signing.ts'

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
  signing: NO_SIGNING,
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
      const signing = await loadSigning(tx)
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
        signing,
      }
    })
