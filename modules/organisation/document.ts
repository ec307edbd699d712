import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Role, Scope } from '#modules/identity/contract.ts'
import { atRoot } from '#platform/root.ts'
import type { Profile } from './profiles.ts'
import { type AgencyDefault, LEVELS, UNIT_KINDS } from './rules.ts'

const LegalDate = z.iso.date()
const Slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const Precision = z.enum(['day', 'year', 'latest'])
const Confidence = z.enum(['verified', 'from-knowledge', 'local'])

export const UnitRow = z.strictObject({
  id: Slug,
  name: z.string().trim().min(2).max(200),
  shortName: z.string().trim().min(2).max(120),
  kind: z.enum(UNIT_KINDS),
  level: z.enum(LEVELS),
  parent: Slug.nullable(),
  function: Slug.optional(),
  adminCode: z
    .string()
    .regex(/^\d{2,5}$/)
    .optional(),
  identifier: z
    .string()
    .max(35)
    .regex(/^[A-Y]\d{2}(\.[0-9A-Z]+)*$/)
    .optional(),
  legacyIdentifier: z
    .string()
    .regex(/^\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}$/)
    .optional(),
  centralBody: z.string().max(200).optional(),
  validFrom: LegalDate.optional(),
  validTo: LegalDate.optional(),
  precision: Precision.optional(),
  formerNames: z
    .array(z.strictObject({ name: z.string().min(2).max(200), until: LegalDate, precision: Precision }))
    .optional(),
  confidence: Confidence,
  source: z.string().min(1).max(200),
  note: z.string().max(1000).optional(),
})
export type UnitRow = z.output<typeof UnitRow>

export const SuccessionRow = z.strictObject({
  from: Slug,
  to: Slug,
  date: LegalDate,
  precision: Precision.optional(),
  partial: z.boolean(),
  confidence: Confidence,
  source: z.string().min(1).max(200),
  note: z.string().max(1000).optional(),
})
export type SuccessionRow = z.output<typeof SuccessionRow>

export const CentreRow = z.strictObject({
  unit: Slug,
  address: z.string().max(300).nullable(),
  phone: z.string().max(40).nullable(),
  receptionPoints: z.array(
    z.strictObject({ name: z.string().min(2).max(160), address: z.string().max(300).nullable() }),
  ),
  seatAdminCode: z.string().regex(/^\d{2,5}$/),
  note: z.string().max(1000).optional(),
})
export type CentreRow = z.output<typeof CentreRow>

/** The head of a document; its rows are checked one by one, so that a refusal can name the row. */
export const DocumentHead = z.object({
  format: z.literal('mot-cua/organisation@1'),
  profile: Slug,
  title: z.string().min(2).max(200),
  asOf: LegalDate,
  adminEdition: z.string().regex(/^\d{4}$/),
  sources: z.record(z.string(), z.string()),
  units: z.array(z.unknown()).max(20_000),
  successions: z.array(z.unknown()).max(20_000).default([]),
  centres: z.array(z.unknown()).max(2_000).default([]),
})
export type DocumentHead = z.output<typeof DocumentHead>

const AdminUnitRow = z.strictObject({
  code: z.string().regex(/^\d{2,5}$/),
  edition: z.string(),
  level: z.enum(['province', 'district', 'commune']),
  name: z.string(),
  fullName: z.string(),
  type: z.string(),
  parent: z.string().nullable(),
  seat: z.string().nullable().default(null),
  lon: z.number().nullable().default(null),
  lat: z.number().nullable().default(null),
  areaKm2: z.number().nullable().default(null),
  population: z.number().int().nullable().default(null),
  mainFormerDistrict: z.string().nullable().default(null),
})
const AdminUnits = z.object({
  units: z.array(AdminUnitRow),
  successions: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      date: LegalDate,
      partial: z.boolean(),
      fromName: z.string(),
    }),
  ),
})
export type AdminUnits = z.output<typeof AdminUnits>

const AgencyTarget = z.strictObject({
  unit: Slug.optional(),
  kind: z.enum(UNIT_KINDS).optional(),
  function: Slug.optional(),
  level: z.enum(LEVELS),
  districtTypes: z.array(z.string()).optional(),
})
const References = z.object({
  references: z.array(
    z.strictObject({ text: z.string().min(1), targets: z.array(AgencyTarget), outside: z.boolean() }),
  ),
})

const Wordings = z.strictObject({ province: z.string().nullable(), commune: z.string().nullable() })
const Defaults = z.object({
  defaults: z.array(
    z.strictObject({
      ministry: z.string().min(1),
      fields: z.array(z.string().min(1)).nullable(),
      wordings: z.record(z.string(), Wordings),
    }),
  ),
})

const DemoStaff = z.object({
  counters: z.array(
    z.strictObject({
      id: Slug,
      centre: Slug,
      number: z.number().int(),
      name: z.string(),
      kinds: z.array(z.enum(['reception', 'return', 'cashier', 'guide'])),
      agencies: z.array(Slug),
      fields: z.array(z.string()),
      priority: z.boolean(),
    }),
  ),
  staff: z.array(
    z.strictObject({
      username: z.string().regex(/^[a-z]+\.[a-z0-9]+$/),
      fullName: z.string(),
      position: z.string(),
      /** The employing unit. */
      unit: Slug,
      /** Where the person works seconded or employed; null outside the centres. */
      centre: Slug.nullable(),
      counter: Slug.nullable(),
      fields: z.array(z.string()),
      leader: z.boolean(),
      grants: z.array(z.strictObject({ role: Role, scope: Scope, unit: Slug.nullable() })),
    }),
  ),
})
export type DemoStaff = z.output<typeof DemoStaff>

const read = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(atRoot('data/organisation', file), 'utf8'))

export const readProfile = (profile: Profile): Promise<unknown> => read(`${profile}.json`)
export const readAdminUnits = async (): Promise<AdminUnits> =>
  AdminUnits.parse(await read('admin-units.json'))
export const readReferences = async () => References.parse(await read('agency-references.json')).references
/** The rules of one edition, one row a field. */
export const readDefaults = async (edition: string): Promise<AgencyDefault[]> =>
  Defaults.parse(await read('agency-defaults.json')).defaults.flatMap(({ ministry, fields, wordings }) => {
    const own = wordings[edition]
    return own ? (fields ?? ['']).map((field) => ({ ministry, field, wordings: own })) : []
  })
export const readDemoStaff = async (profile: Profile): Promise<DemoStaff> =>
  DemoStaff.parse(await read(`demo-staff-${profile.slice(-4)}.json`))
