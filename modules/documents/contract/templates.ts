import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { PaperKind } from '../paper-data.ts'

const Instant = z.iso.datetime({ offset: true })
const Day = z.iso.date('Ngày có dạng năm-tháng-ngày, ví dụ 2026-04-21.')

/** What makes the form legal, and whose wording it has while the text of an annex is not verified. */
export const LegalBasis = z.object({
  document: z.string().trim().min(3).max(300),
  wordingFrom: z.string().trim().min(3).max(300),
})
export type LegalBasis = z.output<typeof LegalBasis>

/** `draft`: written, not yet in force for anybody; `published`: in force in its period; `withdrawn`: as if it had not been published. */
export const TemplateState = z.enum(['draft', 'published', 'withdrawn'])

/** Papers to look at a template with: a usual one, one as long as they come, one with nothing that may be left out. */
export const PaperExample = z.enum(['usual', 'long', 'bare'])
export type PaperExample = z.output<typeof PaperExample>

export const PaperTemplateVersion = z.object({
  kind: PaperKind,
  version: z.number().int().positive(),
  shipped: z.boolean().describe('Came with the product; others were uploaded here'),
  title: z.string(),
  page: z.string().describe('Paper size, e.g. A5'),
  legalBasis: LegalBasis,
  state: TemplateState,
  effectiveFrom: Day.nullable(),
  effectiveTo: Day.nullable().describe('The first day on which it is no longer in force'),
  decisionNumber: z.string().nullable(),
  sha256: z.string().describe('Of its text and the shared parts'),
  author: z.string(),
  createdAt: Instant,
  mine: z.boolean().describe('Written by who asks, who therefore may not publish it'),
  publisher: z.string().nullable(),
  publishedAt: Instant.nullable(),
  withdrawnReason: z.string().nullable(),
})
export type PaperTemplateVersion = z.output<typeof PaperTemplateVersion>

/** A form with the version in force today and how much waits. */
export const PaperTemplateRow = z.object({
  kind: PaperKind,
  title: z.string(),
  page: z.string(),
  legalBasis: LegalBasis,
  inForce: z.object({ version: z.number().int(), effectiveFrom: Day }).nullable(),
  next: z
    .object({ version: z.number().int(), effectiveFrom: Day })
    .nullable()
    .describe('Published for later'),
  drafts: z.number().int().describe('Versions that wait to be published'),
})
export type PaperTemplateRow = z.output<typeof PaperTemplateRow>

const version = { kind: PaperKind, version: z.coerce.number().int().min(1).max(10_000) }

export const listPaperTemplates = defineOperation({
  id: 'documents.list-paper-templates',
  method: 'GET',
  path: '/paper-templates',
  summary: 'Forms that can be printed, with legal basis and the version in force today',
  access: 'staff',
  input: z.object({}),
  output: z.object({ items: z.array(PaperTemplateRow) }),
  errors: [],
})

/** One form with all its versions, newest first, and what a template is given to print, as an example. */
export const getPaperTemplate = defineOperation({
  id: 'documents.get-paper-template',
  method: 'GET',
  path: '/paper-templates/:kind',
  summary: 'One form with its versions and the values a template is given',
  access: 'staff',
  input: z.object({ kind: PaperKind }),
  output: PaperTemplateRow.extend({
    versions: z.array(PaperTemplateVersion),
    values: z.record(z.string(), z.unknown()).describe('What the template reads, with invented values'),
  }),
  errors: ['documents.unknown-template'],
})

export const getPaperTemplateSource = defineOperation({
  id: 'documents.get-paper-template-source',
  method: 'GET',
  path: '/paper-templates/:kind/versions/:version/source',
  summary: 'The Typst text of a version',
  access: 'staff',
  input: z.object(version),
  output: z.unknown(),
  produces: 'text/plain',
  errors: ['documents.unknown-template'],
})

/** A version filled with invented people. A draft is set apart from the server, as at its upload. */
export const previewPaperTemplate = defineOperation({
  id: 'documents.preview-paper-template',
  method: 'GET',
  path: '/paper-templates/:kind/versions/:version/preview',
  summary: 'A version printed with example data, as PDF',
  access: 'staff',
  input: z.object({ ...version, example: PaperExample.default('usual') }),
  output: z.unknown(),
  produces: 'application/pdf',
  errors: ['documents.unknown-template', 'documents.template-broken', 'documents.template-too-heavy'],
})

/**
 * A new version as a draft. Its text is set with all examples first, in a process of its own without network or files, within a
 * time limit; `problems` of the refusal names each mistake with its line.
 */
export const draftPaperTemplate = defineOperation({
  id: 'documents.draft-paper-template',
  method: 'POST',
  path: '/paper-templates/:kind/versions',
  summary: 'Upload a new version of a form as a draft',
  access: 'staff',
  input: z.object({
    kind: PaperKind,
    source: z.string().min(1).max(200_000).describe('Typst text; may import "common.typ" and nothing else'),
    title: z.string().trim().min(3).max(200).optional(),
    legalBasis: LegalBasis,
  }),
  output: PaperTemplateVersion,
  status: 201,
  errors: [
    'documents.unknown-template',
    'documents.template-forbidden-word',
    'documents.template-broken',
    'documents.template-too-heavy',
    'documents.template-unchanged',
  ],
  idempotent: true,
})

/** Somebody else than the author puts a draft in force from a day on; the version before ends on that day. */
export const publishPaperTemplate = defineOperation({
  id: 'documents.publish-paper-template',
  method: 'POST',
  path: '/paper-templates/:kind/versions/:version/publish',
  summary: 'Publish a draft from a day on',
  access: 'staff',
  input: z.object({
    ...version,
    effectiveFrom: Day,
    decisionNumber: z.string().trim().min(3).max(100).describe('Decision or circular that orders it'),
  }),
  output: PaperTemplateVersion,
  errors: [
    'documents.unknown-template',
    'documents.template-not-a-draft',
    'documents.template-same-person',
    'documents.template-in-past',
    'documents.template-day-taken',
  ],
})

/**
 * Takes a version back: a draft is dropped; of a published one the version before is in force again. Papers already issued
 * with it stay as they are.
 */
export const withdrawPaperTemplate = defineOperation({
  id: 'documents.withdraw-paper-template',
  method: 'POST',
  path: '/paper-templates/:kind/versions/:version/withdraw',
  summary: 'Withdraw a version',
  access: 'staff',
  input: z.object({ ...version, reason: z.string().trim().min(3).max(500) }),
  output: PaperTemplateVersion,
  errors: [
    'documents.unknown-template',
    'documents.template-already-withdrawn',
    'documents.template-not-the-last',
    'documents.template-nothing-before',
  ],
})

/** Events of the templates; the subject is the form (`paper-template`, its kind). */
export type PaperTemplateEvent = {
  type: 'paper-template-drafted' | 'paper-template-published' | 'paper-template-withdrawn'
  data: { version: number; effectiveFrom?: string; decisionNumber?: string; reason?: string }
}
