import { z } from 'zod'

/** RFC 3339 with offset; printed in Vietnam's time. */
export const Instant = z.iso.datetime({ offset: true }).describe('RFC 3339 instant with offset')
/** `YYYY-MM-DD`. */
export const LegalDay = z.iso.date()
export const Line = z.string().trim().min(1).max(300)
export const Prose = z.string().trim().min(1).max(4_000)
/** Whole đồng. */
export const Dong = z.number().int().nonnegative().max(1e13).describe('đồng')

/** Head block of Nghị định 30/2020/NĐ-CP: superior body, own name, place of issue. */
export const Letterhead = z.object({ superior: Line, agency: Line, place: Line })

/** Book and running number of the dossier register (form 07). */
export const BookEntry = z.object({
  volume: z.number().int().positive(),
  number: z.number().int().positive(),
})

export const Identity = z.object({
  kind: z.enum(['personal-id', 'old-id', 'passport', 'tax-code', 'registration-number']),
  number: Line,
})

export const Applicant = z.object({
  kind: z.enum(['person', 'organisation']),
  name: Line.describe('Owner of the dossier'),
  representative: Line.nullable().default(null).describe('Who hands the dossier in, when not the owner'),
  identity: Identity.nullable().default(null),
  address: Prose.nullable().default(null),
  phone: Line.nullable().default(null),
  email: Line.nullable().default(null),
})

export const Procedure = z.object({ code: Line, name: z.string().trim().min(1).max(4_000) })

export const Count = z.number().int().nonnegative().max(9_999)
export const Component = z.object({
  name: Prose,
  originals: Count.default(0),
  certified: Count.default(0),
  copies: Count.default(0),
  electronic: z.boolean().default(false),
})

export const Duration = z.object({
  amount: z.number().nonnegative().max(9_999).nullable(),
  unit: z.enum([
    'WORKING_DAY',
    'CALENDAR_DAY',
    'WORKING_HOUR',
    'HOUR',
    'MINUTE',
    'MONTH',
    'YEAR',
    'SAME_DAY',
    'IMMEDIATE',
    'NONE',
  ]),
})

export const Fee = z.object({
  name: Line,
  amount: Dong.nullable().describe('null: the deciding agency will tell; 0: not charged'),
  paid: z.boolean().default(false),
})

export const ResultReturn = z.object({
  way: z.enum(['counter', 'post', 'online', 'other-centre']),
  place: Prose.nullable().default(null).describe('Counter and centre, or postal address'),
})

/** What everybody needs to follow the dossier; the QR carries `url`. */
export const Tracking = z.object({
  url: z.url().max(300),
  pin: z
    .string()
    .regex(/^\d{4,8}$/)
    .nullable()
    .default(null),
  hotline: Line.nullable().default(null),
})

export const base = {
  letterhead: Letterhead,
  issuedAt: Instant,
  sample: z.boolean().default(false).describe('Prints MẪU on each page (TT 01/2018 Đ5(2))'),
}
export const dossierBase = { ...base, dossierCode: Line, applicant: Applicant, procedure: Procedure }
/** `title` is one line, or those of a signature by order or authority: "TUQ. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC". */
export const Signer = z.object({ title: Line, name: Line })
