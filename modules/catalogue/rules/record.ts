import { z } from 'zod'

/** National code, or a province's sub-code of it. */
export const PROCEDURE_CODE = /^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2})?$/

export const Channel = z.enum(['direct', 'online', 'postal'])
export type Channel = z.infer<typeof Channel>

export const Level = z.enum(['ministry', 'province', 'district', 'commune', 'other'])
export type Level = z.infer<typeof Level>

/** What the portal shows; `OTHER` is its "Khác", whose number alone says nothing. */
const SourceTime = z.object({
  number: z.number().nonnegative().nullable(),
  unit: z.enum(['WORKING_DAY', 'CALENDAR_DAY', 'WORKING_HOUR', 'HOUR', 'MONTH', 'YEAR', 'MINUTE', 'OTHER']),
  splitInferred: z.boolean().optional().describe('Time and fee were glued in the source and split by rule'),
})

const text = (max: number) => z.string().trim().min(1).max(max)
const count = z.number().int().min(0).max(999).nullable()

const SourceComponent = z.object({
  name: text(6000),
  originals: count,
  copies: count,
  formFile: text(500).optional(),
  formCode: text(200).optional(),
  typeCode: text(100).optional(),
})

const SourceFee = z.object({
  amount: z.number().nonnegative().nullable(),
  currency: z.enum(['VND', 'USD']),
  note: text(6000).optional(),
  suspect: z.boolean().optional().describe('Under 1,000 đồng: probably typed in thousands'),
})

const AgencyText = z.object({
  units: z.array(z.string()).default([]).describe('Ids of organisation units of the province'),
  types: z.array(z.string()).default([]).describe('Kinds of unit of which each commune or district has one'),
  text: z.string().optional(),
})

/**
 * One procedure as published, in this project's own format; the same for the files in `data/catalogue/procedures` and for
 * an administrator's import. Raw headings, counts and amounts are kept; what the product reads is derived by `normalise`.
 */
export const ProcedureRecord = z.object({
  code: z.string().regex(PROCEDURE_CODE),
  name: text(2000),
  ministry: text(200),
  field: text(300),
  levels: z.array(Level).min(1),
  agency: text(3000).optional(),
  competentAuthority: text(3000).optional(),
  coordinatingAgency: text(3000).optional(),
  decisionNo: text(200).optional(),
  formality: text(300).optional(),
  objects: z.array(text(300)).default([]),
  online: z.object({ offered: z.boolean(), level: z.enum(['FULL', 'PARTIAL']).optional() }),
  methods: z.array(
    z.object({
      channel: Channel,
      time: SourceTime.nullable(),
      free: z.boolean().nullable(),
      fees: z.array(SourceFee),
      note: text(6000).optional(),
    }),
  ),
  cases: z.array(z.object({ name: text(6000).nullable(), components: z.array(SourceComponent) })),
  casesMissingInSource: z.boolean().optional(),
  results: z.array(z.object({ name: text(3000), code: text(100).optional() })).default([]),
  legalBasis: z.array(text(300)).default([]),
  quangNinh: z
    .object({
      levels2016: z.array(Level).optional(),
      agency2016: AgencyText.optional(),
      agency2025: AgencyText.optional(),
      confidence: z.string(),
      group: z.string().optional(),
    })
    .optional(),
  source: z.object({
    key: z.string(),
    url: z.string().optional(),
    asOf: z.string(),
    confidence: z.string(),
  }),
})
export type ProcedureRecord = z.infer<typeof ProcedureRecord>
export type SourceComponent = z.infer<typeof SourceComponent>
