import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Channel, Level, PROCEDURE_CODE } from './rules/record.ts'

/** National code of a procedure (`1.001193`) or a province's sub-code. */
export const ProcedureCode = z.string().regex(PROCEDURE_CODE).describe('Procedure code, e.g. 1.001193')
/** A day of Vietnam, `YYYY-MM-DD`. */
const Day = z.iso.date()
const Unit = z.enum(['WORKING_DAY', 'CALENDAR_DAY', 'WORKING_HOUR', 'HOUR', 'MONTH', 'SAME_DAY', 'IMMEDIATE'])
const DurationShape = z.object({ amount: z.number().positive().max(10_000), unit: Unit })

/** What may be promised: min(local, announced), else the law's limit; `others` are further times of the record. */
export const PromisedDurationShape = DurationShape.extend({
  statutory: DurationShape.nullable(),
  source: z.enum(['LAW', 'ANNOUNCED', 'LOCAL']),
  decisionNo: z.string().nullable(),
  others: z.array(DurationShape),
})

/** A procedure in a list. `name` is the official title, `plainName` the words of a citizen where one is kept. */
export const ProcedureSummary = z.object({
  code: z.string(),
  name: z.string(),
  plainName: z.string().nullable(),
  field: z.string().describe('Name of the field'),
  fieldId: z.string(),
  levels: z.array(Level),
  ministry: z.string(),
  agency: z.string().nullable(),
  duration: PromisedDurationShape.nullable().describe('At a counter, first case; null where unknown'),
  online: z.boolean(),
})
export type ProcedureSummary = z.infer<typeof ProcedureSummary>

const FeeLineShape = z.object({
  kind: z.enum(['PHI', 'LE_PHI', 'UNKNOWN']),
  state: z.enum(['PAYABLE', 'FREE', 'SET_BY_PROVINCE', 'UNKNOWN']),
  amount: z.number().nullable().describe('Đồng'),
  source: z
    .object({ amount: z.number().nullable(), currency: z.enum(['VND', 'USD']), suspect: z.boolean() })
    .nullable(),
  per: z.string().nullable().describe('What one amount is for; null: the dossier'),
  note: z.string().nullable(),
})

const AgencyShape = z.object({
  units: z.array(z.string()).describe('Organisation unit ids'),
  types: z.array(z.string()).describe('Kinds of unit of which each commune or district has one'),
  text: z.string().nullable(),
})

const ComponentShape = z.object({
  id: z.string(),
  name: z.string(),
  originals: z.number().int().nullable(),
  copies: z.number().int().nullable(),
  mandatory: z.boolean().describe('Must be handed in at a counter'),
  mandatorySource: z.enum(['derived', 'edited']),
  group: z.string().nullable(),
  conditionText: z.string().nullable(),
  channels: z.array(Channel).nullable(),
  form: z.object({ file: z.string().nullable(), code: z.string().nullable() }).nullable(),
  typeCode: z.string().nullable(),
})

/** The whole procedure as one version says it. Dirty source values keep their flag (`flags`) and are never guessed. */
export const ProcedureDetail = z.object({
  code: z.string(),
  name: z.string(),
  plainName: z.string().nullable(),
  synonyms: z.array(z.string()),
  field: z.string(),
  fieldId: z.string(),
  ministry: z.string(),
  levels: z.array(Level),
  agency: z.string().nullable(),
  competentAuthority: z.string().nullable(),
  coordinatingAgency: z.string().nullable(),
  profiles: z.record(
    z.string(),
    z.object({ levels: z.array(Level).nullable(), agency: AgencyShape.nullable() }),
  ),
  objects: z.array(z.string()),
  online: z.object({ offered: z.boolean(), level: z.enum(['FULL', 'PARTIAL']).nullable() }),
  cases: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      heading: z.string().nullable(),
      components: z.array(ComponentShape),
      notes: z.array(z.string()),
      channels: z.array(
        z.object({
          channel: Channel,
          duration: PromisedDurationShape.nullable(),
          fees: z.object({
            lines: z.array(FeeLineShape),
            total: z.number().nullable(),
            text: z.string().nullable(),
          }),
        }),
      ),
    }),
  ),
  methods: z.array(
    z.object({
      channel: Channel,
      duration: DurationShape.nullable(),
      sourceTime: z.object({ number: z.number().nullable(), unit: z.string() }).nullable(),
      free: z.boolean().nullable(),
      fees: z.array(
        z.object({
          amount: z.number().nullable(),
          currency: z.enum(['VND', 'USD']),
          note: z.string().nullable(),
          suspect: z.boolean(),
        }),
      ),
      note: z.string().nullable(),
      flags: z.array(z.string()),
    }),
  ),
  results: z.array(z.object({ name: z.string(), code: z.string().nullable() })),
  legalBasis: z.array(z.string()),
  flags: z.array(z.string()),
  situations: z.array(z.string()),
  version: z.object({
    id: z.string(),
    state: z.enum(['DRAFT', 'CHECKED', 'PUBLISHED', 'AMENDED', 'REPEALED']),
    decisionNo: z.string().nullable(),
    decisionDate: z.string().nullable(),
    effectiveFrom: z.string().nullable().describe('Null: since before the source was read'),
    effectiveTo: z.string().nullable(),
  }),
  source: z.object({
    key: z.string(),
    url: z.string().nullable(),
    asOf: z.string(),
    confidence: z.string(),
  }),
  revision: z.number().int(),
})
export type ProcedureDetail = z.infer<typeof ProcedureDetail>

/** Search in force today: by code, name, plain name, synonyms, field, level, agency and life situation; forgiving. */
export const searchProcedures = defineOperation({
  id: 'catalogue.search-procedures',
  method: 'GET',
  path: '/procedures',
  summary: 'Search the catalogue of procedures',
  access: 'public',
  input: z.object({
    q: z.string().trim().max(300).optional(),
    field: z.string().max(300).optional().describe('Id or name'),
    level: Level.optional(),
    agency: z.string().max(300).optional().describe('Unit id, kind or part of the name'),
    situation: z.string().max(60).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    after: ProcedureCode.optional().describe('`next` of the page before'),
  }),
  output: z.object({
    items: z.array(ProcedureSummary),
    next: z.string().nullable(),
    total: z.number().int(),
    near: z.array(ProcedureSummary).optional().describe('Three near names when nothing was found'),
  }),
  errors: [],
})

export const getProcedure = defineOperation({
  id: 'catalogue.get-procedure',
  method: 'GET',
  path: '/procedures/:code',
  summary: 'One procedure as it is, or was on a day',
  access: 'public',
  input: z.object({ code: ProcedureCode, on: Day.optional() }),
  output: ProcedureDetail,
  errors: ['catalogue.unknown-procedure', 'catalogue.not-in-force'],
})

export const listSituations = defineOperation({
  id: 'catalogue.list-situations',
  method: 'GET',
  path: '/situations',
  summary: 'Life situations with their procedures',
  access: 'public',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        line: z.string(),
        icon: z.string(),
        procedures: z.array(
          z.object({ code: z.string(), name: z.string(), plainName: z.string().nullable() }),
        ),
      }),
    ),
  }),
  errors: [],
})

export const listFields = defineOperation({
  id: 'catalogue.list-fields',
  method: 'GET',
  path: '/fields',
  summary: 'Fields with the number of procedures in force',
  access: 'public',
  input: z.object({}),
  output: z.object({
    items: z.array(z.object({ id: z.string(), name: z.string(), count: z.number().int() })),
  }),
  errors: [],
})

const Changed = z.object({ code: z.string(), revision: z.number().int() })
const VersionChanged = z.object({
  id: z.string(),
  code: z.string(),
  state: z.enum(['DRAFT', 'CHECKED', 'PUBLISHED', 'AMENDED', 'REPEALED']),
})

const VersionRow = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  state: z.enum(['DRAFT', 'CHECKED', 'PUBLISHED', 'AMENDED', 'REPEALED']),
  decisionNo: z.string().nullable(),
  decisionDate: z.string().nullable(),
  effectiveFrom: z.string().nullable(),
  effectiveTo: z.string().nullable().describe('First day it is no longer in force'),
  createdAt: z.string(),
  mine: z.boolean().describe('The caller wrote it, so somebody else checks and publishes it'),
})
export type VersionRow = z.infer<typeof VersionRow>

/** What stands behind a procedure: every version, every limit with its decision, every mark with its reason. */
export const getProcedureAdministration = defineOperation({
  id: 'catalogue.get-procedure-administration',
  method: 'GET',
  path: '/procedures/:code/administration',
  summary: 'Versions, limits and marks of a procedure',
  access: 'staff',
  input: z.object({ code: ProcedureCode }),
  output: z.object({
    versions: z.array(VersionRow).describe('Newest first'),
    limits: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['LEGAL', 'ANNOUNCED', 'LOCAL', 'INTERNAL']),
        case: z.string().nullable(),
        channel: Channel.nullable(),
        amount: z.number(),
        unit: Unit,
        decisionNo: z.string(),
        decisionDate: z.string().nullable(),
        effectiveFrom: z.string().nullable(),
        effectiveTo: z.string().nullable(),
      }),
    ),
    marks: z.array(
      z.object({ component: z.string(), mandatory: z.boolean(), reason: z.string(), decidedAt: z.string() }),
    ),
  }),
  errors: ['catalogue.unknown-procedure', 'platform.forbidden'],
})

/** Drafts and checked versions: what waits for a second person. */
export const listVersionsInPreparation = defineOperation({
  id: 'catalogue.list-versions-in-preparation',
  method: 'GET',
  path: '/procedure-versions',
  summary: 'Versions that wait for a check or for publication, newest first',
  access: 'staff',
  input: z.object({ limit: z.coerce.number().int().min(1).max(500).default(200) }),
  output: z.object({ items: z.array(VersionRow) }),
  errors: ['platform.forbidden'],
})

export const getProcedureVersion = defineOperation({
  id: 'catalogue.get-procedure-version',
  method: 'GET',
  path: '/procedure-versions/:id',
  summary: 'One version whatever its state, to be read before it is checked',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: ProcedureDetail,
  errors: ['catalogue.unknown-version', 'platform.forbidden'],
})

export const editProcedureNames = defineOperation({
  id: 'catalogue.edit-procedure-names',
  method: 'PUT',
  path: '/procedures/:code/names',
  summary: 'Change the plain name and the search synonyms',
  access: 'staff',
  input: z.object({
    code: ProcedureCode,
    version: z.number().int().optional().describe('Revision read (If-Match)'),
    plainName: z.string().trim().min(2).max(120).nullable(),
    synonyms: z.array(z.string().trim().min(2).max(120)).max(40),
  }),
  output: Changed,
  errors: ['catalogue.unknown-procedure', 'catalogue.stale', 'platform.forbidden'],
  versioned: true,
})

/** A limit below the law's: announced by the ministry, cut by the chairman, or the sum of the internal process. */
export const setProcedureLimit = defineOperation({
  id: 'catalogue.set-procedure-limit',
  method: 'POST',
  path: '/procedures/:code/limits',
  summary: 'Set a time limit with its decision',
  access: 'staff',
  input: z.object({
    code: ProcedureCode,
    kind: z.enum(['LEGAL', 'ANNOUNCED', 'LOCAL', 'INTERNAL']),
    case: z.string().max(80).nullable().default(null),
    channel: Channel.nullable().default(null),
    amount: z.number().positive().max(10_000),
    unit: Unit,
    decisionNo: z.string().trim().min(2).max(200),
    decisionDate: Day,
    effectiveFrom: Day,
  }),
  output: Changed,
  status: 201,
  errors: [
    'catalogue.unknown-procedure',
    'catalogue.unknown-case',
    'catalogue.limit-overlaps',
    'catalogue.limit-not-shorter',
    'platform.forbidden',
  ],
  idempotent: true,
})

export const markComponent = defineOperation({
  id: 'catalogue.mark-component',
  method: 'PUT',
  path: '/procedures/:code/components/:component/mark',
  summary: 'Decide whether a paper is mandatory',
  access: 'staff',
  input: z.object({
    code: ProcedureCode,
    component: z.string().max(100),
    mandatory: z.boolean(),
    reason: z.string().trim().min(3).max(500),
  }),
  output: Changed,
  errors: ['catalogue.unknown-procedure', 'catalogue.unknown-component', 'platform.forbidden'],
})

export const draftVersion = defineOperation({
  id: 'catalogue.draft-version',
  method: 'POST',
  path: '/procedures/:code/versions',
  summary: 'Write a new version from a published record',
  access: 'staff',
  input: z.object({
    code: ProcedureCode,
    decisionNo: z.string().trim().min(2).max(200),
    decisionDate: Day,
    record: z
      .record(z.string(), z.unknown())
      .describe('The procedure in the import format, one line of the file'),
  }),
  output: VersionChanged,
  status: 201,
  errors: ['platform.invalid-input', 'platform.forbidden'],
  idempotent: true,
})

export const checkVersion = defineOperation({
  id: 'catalogue.check-version',
  method: 'POST',
  path: '/procedure-versions/:id/check',
  summary: 'Confirm that a draft agrees with its decision',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: VersionChanged,
  errors: [
    'catalogue.unknown-version',
    'catalogue.wrong-state',
    'catalogue.same-person',
    'platform.forbidden',
  ],
})

export const publishVersion = defineOperation({
  id: 'catalogue.publish-version',
  method: 'POST',
  path: '/procedure-versions/:id/publish',
  summary: 'Put a checked version in force from a day; the one before ends the day before',
  access: 'staff',
  input: z.object({ id: z.uuid(), effectiveFrom: Day }),
  output: VersionChanged,
  errors: [
    'catalogue.unknown-version',
    'catalogue.wrong-state',
    'catalogue.same-person',
    'catalogue.effective-date-taken',
    'platform.forbidden',
  ],
})

export const repealVersion = defineOperation({
  id: 'catalogue.repeal-version',
  method: 'POST',
  path: '/procedure-versions/:id/repeal',
  summary: 'End a published version on a day',
  access: 'staff',
  input: z.object({ id: z.uuid(), effectiveTo: Day, decisionNo: z.string().trim().min(2).max(200) }),
  output: VersionChanged,
  errors: [
    'catalogue.unknown-version',
    'catalogue.wrong-state',
    'catalogue.effective-date-taken',
    'platform.forbidden',
  ],
})

/** A file of procedures (JSON Lines). Good rows become drafts; each bad row is named with its reason; nothing is lost. */
export const importProcedures = defineOperation({
  id: 'catalogue.import-procedures',
  method: 'POST',
  path: '/procedures/import',
  summary: 'Import a file of procedures as drafts',
  access: 'staff',
  input: z.object({}),
  output: z.object({
    drafted: z.array(z.object({ row: z.number().int(), code: z.string(), version: z.string() })),
    unchanged: z.array(z.object({ row: z.number().int(), code: z.string() })),
    refused: z.array(
      z.object({
        row: z.number().int().describe('Line of the file, from 1'),
        code: z.string().nullable(),
        reason: z.enum(['NOT_JSON', 'INVALID', 'DUPLICATE_IN_FILE']),
        fields: z.array(z.object({ path: z.string(), vi: z.string(), en: z.string() })),
      }),
    ),
  }),
  errors: ['catalogue.import-unreadable', 'platform.forbidden'],
  consumes: 'multipart/form-data',
})

export type CatalogueEventType =
  | 'procedure-names-edited'
  | 'procedure-limit-set'
  | 'procedure-component-marked'
  | 'procedure-version-drafted'
  | 'procedure-version-checked'
  | 'procedure-version-published'
  | 'procedure-version-repealed'
