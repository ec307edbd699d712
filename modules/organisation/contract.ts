import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { LEVELS, UNIT_KINDS } from './rules.ts'

const Slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const UnitId = Slug.describe('Id of a unit, e.g. `so-tu-phap`')
const CounterId = z
  .string()
  .max(100)
  .regex(/^[a-z0-9-]+$/)
const LegalDate = z.iso.date().describe('Legal day of Vietnam')
const Level = z.enum(LEVELS)
const Kind = z.enum(UNIT_KINDS)
const Fields = z.array(z.string().trim().min(1).max(120)).max(60).default([])
const LegalBasis = z.string().trim().min(3).max(300).describe('Number, date and issuer of the decision')

/** What a counter is for; one counter may do several. */
export const COUNTER_KINDS = ['reception', 'return', 'cashier', 'guide'] as const
const CounterKind = z.enum(COUNTER_KINDS)
export type CounterKind = z.output<typeof CounterKind>

const CentreView = z.object({
  id: UnitId,
  name: z.string(),
  shortName: z.string(),
  kind: Kind,
  level: Level,
  address: z.string().nullable(),
  phone: z.string().nullable(),
  adminCode: z.string().nullable().describe('Code of the place the centre serves; null for the province'),
  place: z.string().nullable().describe('Name of that place'),
  receptionPoints: z.array(z.object({ name: z.string(), address: z.string().nullable() })),
})
/** A service centre as the public sees it. */
export type CentreView = z.output<typeof CentreView>

const CounterView = z.object({
  id: CounterId,
  centre: UnitId,
  number: z.number().int(),
  name: z.string(),
  kinds: z.array(CounterKind),
  agencies: z.array(z.object({ id: UnitId, name: z.string() })),
  fields: z.array(z.string()),
  priority: z
    .boolean()
    .describe('Reserved for elderly, pregnant and disabled people (NĐ 118/2025 Đ13(2)(b))'),
  closedOn: LegalDate.nullable(),
})
/** A counter of a centre. */
export type CounterView = z.output<typeof CounterView>

const UnitSummary = z.object({
  id: UnitId,
  name: z.string(),
  shortName: z.string(),
  kind: Kind,
  level: Level,
  parent: UnitId.nullable(),
  parentName: z.string().nullable(),
  adminCode: z.string().nullable(),
  inForce: z.boolean(),
})
/** A unit in a list. */
export type UnitSummary = z.output<typeof UnitSummary>

const Neighbour = z.object({ id: UnitId, name: z.string(), date: LegalDate, partial: z.boolean() })
const UnitView = UnitSummary.extend({
  function: z.string().nullable(),
  identifier: z.string().nullable().describe('Own identifier by QĐ 20/2020; null where none is published'),
  effectiveIdentifier: z.string().nullable().describe('What dossier codes of this unit begin with'),
  legacyIdentifier: z.string().nullable(),
  centralBody: z.string().nullable(),
  validFrom: LegalDate.nullable(),
  validTo: LegalDate.nullable().describe('Last day'),
  confidence: z.enum(['verified', 'from-knowledge', 'local']),
  note: z.string().nullable(),
  ancestors: z.array(z.object({ id: UnitId, name: z.string() })).describe('From the parent up'),
  children: z.number().int(),
  predecessors: z.array(Neighbour),
  successors: z.array(Neighbour),
  formerNames: z.array(z.object({ name: z.string(), until: LegalDate })),
  version: z.number().int(),
})
/** A unit with its place in the tree and in time. */
export type UnitView = z.output<typeof UnitView>

const AdminUnitView = z.object({
  code: z.string(),
  level: z.enum(['province', 'district', 'commune']),
  name: z.string(),
  fullName: z.string(),
  type: z.string(),
  parent: z.string().nullable(),
  parentName: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  formerNames: z
    .array(z.object({ code: z.string(), name: z.string(), partial: z.boolean() }))
    .describe('Units of the previous list that went into this one, wholly or in part'),
})
/** A place for an address picker. */
export type AdminUnitView = z.output<typeof AdminUnitView>

const StaffCard = z.object({
  id: z.uuid(),
  name: z.string(),
  position: z.string(),
  unit: z.object({ id: UnitId, name: z.string() }).describe('Employing unit'),
  seconded: z.boolean(),
  leader: z.boolean(),
  fields: z.array(z.string()),
  phone: z.string().nullable().describe('Telephone of the office'),
  counter: z.number().int().nullable(),
})
/** What NĐ 118/2025 Đ9(8) has published about leaders and officers: name, title, phone, field. */
export type StaffCard = z.output<typeof StaffCard>

const SecondmentView = z.object({
  id: z.uuid(),
  staff: z.uuid(),
  name: z.string(),
  sendingUnit: z.object({ id: UnitId, name: z.string() }),
  centre: UnitId,
  from: LegalDate,
  to: LegalDate,
  endedOn: LegalDate.nullable(),
  decisionNo: z.string(),
  fields: z.array(z.string()),
  backupOf: z.uuid().nullable(),
  exceptionBasis: z.string().nullable(),
})
/** A tour of duty of an officer at a centre (NĐ 118/2025 Đ11). */
export type SecondmentView = z.output<typeof SecondmentView>

export const listCentres = defineOperation({
  id: 'organisation.list-centres',
  method: 'GET',
  path: '/centres',
  summary: 'Service centres in operation today',
  access: 'public',
  input: z.object({ level: Level.optional() }),
  output: z.object({ items: z.array(CentreView) }),
  errors: [],
})

export const getCentre = defineOperation({
  id: 'organisation.get-centre',
  method: 'GET',
  path: '/centres/:centre',
  summary: 'A centre with its rooms and open counters',
  access: 'public',
  input: z.object({ centre: UnitId }),
  output: CentreView.extend({
    rooms: z.array(z.object({ id: UnitId, name: z.string() })),
    counters: z.array(CounterView),
  }),
  errors: ['organisation.centre-not-found'],
})

export const listCentreStaff = defineOperation({
  id: 'organisation.list-centre-staff',
  method: 'GET',
  path: '/centres/:centre/staff',
  summary: 'Public directory of the people who work at a centre',
  access: 'public',
  input: z.object({ centre: UnitId }),
  output: z.object({ items: z.array(StaffCard) }),
  errors: ['organisation.centre-not-found'],
})

export const listCounters = defineOperation({
  id: 'organisation.list-counters',
  method: 'GET',
  path: '/centres/:centre/counters',
  summary: 'All counters of a centre, closed ones too, with who sits there',
  access: 'staff',
  input: z.object({ centre: UnitId }),
  output: z.object({
    items: z.array(CounterView.extend({ officer: z.object({ id: z.uuid(), name: z.string() }).nullable() })),
  }),
  errors: ['organisation.centre-not-found'],
})

export const listUnitStaff = defineOperation({
  id: 'organisation.list-unit-staff',
  method: 'GET',
  path: '/units/:unit/staff',
  summary: 'Officers that a unit employs, wherever they serve today',
  access: 'staff',
  input: z.object({ unit: UnitId }),
  output: z.object({
    items: z.array(
      StaffCard.extend({
        centre: z
          .object({ id: UnitId, name: z.string() })
          .nullable()
          .describe('Centre the officer is seconded to today'),
      }),
    ),
  }),
  errors: ['organisation.unit-not-found'],
})

export const listUnits = defineOperation({
  id: 'organisation.list-units',
  method: 'GET',
  path: '/units',
  summary: 'Search units by name (without accents), parent or kind',
  access: 'public',
  input: z.object({
    q: z.string().max(200).default(''),
    parent: UnitId.optional(),
    kind: Kind.optional(),
    level: Level.optional(),
    ended: z.stringbool().default(false).describe('Also units that have ended'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    after: z.string().max(400).optional(),
  }),
  output: z.object({ items: z.array(UnitSummary), next: z.string().nullable() }),
  errors: [],
})

export const getUnit = defineOperation({
  id: 'organisation.get-unit',
  method: 'GET',
  path: '/units/:unit',
  summary: 'A unit with its place in the tree and in time',
  access: 'public',
  input: z.object({ unit: UnitId }),
  output: UnitView,
  errors: ['organisation.unit-not-found'],
})

export const listAdminUnits = defineOperation({
  id: 'organisation.list-admin-units',
  method: 'GET',
  path: '/admin-units',
  summary: 'Places for address pickers; names of the previous list find the places they became',
  access: 'public',
  input: z.object({
    parent: z
      .string()
      .regex(/^\d{2,5}$/)
      .optional()
      .describe('Children of this place; without it and without q, the provinces'),
    q: z.string().max(100).default(''),
    limit: z.coerce.number().int().min(1).max(500).default(300),
  }),
  output: z.object({ edition: z.string(), items: z.array(AdminUnitView) }),
  errors: [],
})

export const editUnit = defineOperation({
  id: 'organisation.edit-unit',
  method: 'PATCH',
  path: '/units/:unit',
  summary: 'Rename a unit or record its identifier, with the legal basis',
  access: 'staff',
  input: z.object({
    unit: UnitId,
    name: z.string().trim().min(2).max(200).optional(),
    shortName: z.string().trim().min(2).max(120).optional(),
    identifier: z.string().trim().max(35).nullable().optional(),
    legalBasis: LegalBasis,
    effectiveFrom: LegalDate,
    version: z.number().int().min(1).describe('The version read (If-Match)'),
  }),
  output: UnitView,
  errors: [
    'organisation.unit-not-found',
    'organisation.outside-your-unit',
    'organisation.changed-meanwhile',
    'organisation.date-in-future',
    'organisation.identifier-invalid',
    'organisation.identifier-taken',
  ],
  versioned: true,
})

export const openCounter = defineOperation({
  id: 'organisation.open-counter',
  method: 'POST',
  path: '/centres/:centre/counters',
  summary: 'Set up a counter',
  access: 'staff',
  input: z.object({
    centre: UnitId,
    number: z.number().int().min(1).max(999),
    name: z.string().trim().min(2).max(120),
    kinds: z.array(CounterKind).min(1).max(4),
    agencies: z.array(UnitId).max(60).default([]),
    fields: Fields,
    priority: z.boolean().default(false),
  }),
  output: CounterView,
  status: 201,
  errors: [
    'organisation.centre-not-found',
    'organisation.unit-not-found',
    'organisation.outside-your-unit',
    'organisation.counter-number-taken',
  ],
  idempotent: true,
})

export const closeCounter = defineOperation({
  id: 'organisation.close-counter',
  method: 'POST',
  path: '/counters/:counter/close',
  summary: 'Take a counter out of use; its officer is released',
  access: 'staff',
  input: z.object({ counter: CounterId }),
  output: CounterView,
  errors: ['organisation.counter-not-found', 'organisation.outside-your-unit'],
})

export const reopenCounter = defineOperation({
  id: 'organisation.reopen-counter',
  method: 'POST',
  path: '/counters/:counter/reopen',
  summary: 'Put a closed counter back into use',
  access: 'staff',
  input: z.object({ counter: CounterId }),
  output: CounterView,
  errors: [
    'organisation.counter-not-found',
    'organisation.outside-your-unit',
    'organisation.counter-number-taken',
  ],
})

export const assignCounter = defineOperation({
  id: 'organisation.assign-counter',
  method: 'POST',
  path: '/counters/:counter/officer',
  summary: 'Give a counter its officer; null leaves it empty',
  access: 'staff',
  input: z.object({ counter: CounterId, staff: z.uuid().nullable() }),
  output: CounterView,
  errors: [
    'organisation.counter-not-found',
    'organisation.counter-closed',
    'organisation.staff-not-found',
    'organisation.outside-your-unit',
    'organisation.counter-occupied',
  ],
})

export const addStaff = defineOperation({
  id: 'organisation.add-staff',
  method: 'POST',
  path: '/units/:unit/staff',
  summary: 'Add an officer to a unit',
  access: 'staff',
  input: z.object({
    unit: UnitId,
    fullName: z.string().trim().min(2).max(120),
    position: z.string().trim().min(2).max(160),
    account: z.string().max(80).nullable().default(null).describe('Account id, when the officer signs in'),
    phone: z.string().trim().max(40).nullable().default(null),
    fields: Fields,
    leader: z.boolean().default(false),
  }),
  output: z.object({ id: z.uuid(), fullName: z.string(), position: z.string(), unit: UnitId }),
  status: 201,
  errors: [
    'organisation.unit-not-found',
    'organisation.unit-ended',
    'organisation.outside-your-unit',
    'organisation.account-taken',
  ],
  idempotent: true,
})

export const listSecondments = defineOperation({
  id: 'organisation.list-secondments',
  method: 'GET',
  path: '/centres/:centre/secondments',
  summary: 'Officers sent to a centre, past and present',
  access: 'staff',
  input: z.object({ centre: UnitId }),
  output: z.object({ items: z.array(SecondmentView) }),
  errors: ['organisation.centre-not-found', 'organisation.outside-your-unit'],
})

export const startSecondment = defineOperation({
  id: 'organisation.start-secondment',
  method: 'POST',
  path: '/centres/:centre/secondments',
  summary: 'Send an officer to a centre',
  access: 'staff',
  input: z.object({
    centre: UnitId,
    staff: z.uuid(),
    from: LegalDate,
    to: LegalDate,
    decisionNo: z.string().trim().min(1).max(120),
    fields: Fields,
    backupOf: z.uuid().nullable().default(null).describe('The secondment this one is the backup for'),
    exceptionBasis: LegalBasis.nullable().default(null).describe('Why the tour is shorter or longer'),
  }),
  output: SecondmentView,
  status: 201,
  errors: [
    'organisation.centre-not-found',
    'organisation.staff-not-found',
    'organisation.secondment-not-found',
    'organisation.outside-your-unit',
    'organisation.unit-ended',
    'organisation.secondment-length',
    'organisation.secondment-overlap',
  ],
  idempotent: true,
})

export const endSecondment = defineOperation({
  id: 'organisation.end-secondment',
  method: 'POST',
  path: '/secondments/:secondment/end',
  summary: 'End a secondment before its time',
  access: 'staff',
  input: z.object({ secondment: z.uuid(), endedOn: LegalDate, reason: z.string().trim().min(3).max(500) }),
  output: SecondmentView,
  errors: [
    'organisation.secondment-not-found',
    'organisation.outside-your-unit',
    'organisation.secondment-dates',
  ],
})

export const importOrganisation = defineOperation({
  id: 'organisation.import',
  method: 'POST',
  path: '/organisation/import',
  summary: 'Import an organisation document; all of it or nothing',
  access: 'staff',
  input: z.object({ document: z.unknown().describe('JSON of the format mot-cua/organisation@1') }),
  output: z.object({ units: z.number().int(), changed: z.number().int(), centres: z.number().int() }),
  errors: ['organisation.outside-your-unit', 'organisation.import-head', 'organisation.import-row'],
})

export * from './contract/signing.ts'
