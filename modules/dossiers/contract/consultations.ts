import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { OPINIONS, SILENCES } from '../rules/consultation.ts'
import { ConsultationView } from './consultation-view.ts'
import { DossierView } from './dossier.ts'
import { DossierCode, Reason } from './vocabulary.ts'

const Unit = z.string().min(1).max(80)
const Count = z.object({ value: z.int(), capped: z.boolean() })

/**
 * Asks other agencies for their opinion on a dossier in hand (Articles 19(4), 20(2), Decree 118/2025). The dossier's own clock
 * runs on; the step that asks waits until everybody has answered, was silent or is no longer asked.
 */
export const askOpinions = defineOperation({
  id: 'dossiers.ask-opinions',
  method: 'POST',
  path: '/dossiers/:code/consultations',
  summary: 'Ask other agencies for their opinion, with a question and a time',
  access: 'staff',
  input: z.object({
    code: DossierCode,
    agencies: z.array(Unit).min(1).max(10),
    question: z.string().trim().min(10, 'Ghi rõ nội dung cần hỏi, ít nhất 10 ký tự.').max(4_000),
    workingDays: z.int().min(1).max(60).describe('Working days, to the end of the last one'),
    silence: z.enum(SILENCES),
    /** The article by which silence is agreement; needed for `AGREEMENT`. */
    silenceBasis: z.string().trim().max(300).optional(),
    files: z.array(z.uuid()).max(20).default([]),
  }),
  output: DossierView,
  status: 201,
  errors: [
    'dossiers.unknown',
    'dossiers.not-your-role',
    'dossiers.action-not-allowed',
    'workflow.task-taken',
    'workflow.task-assigned',
    'dossiers.consulted-unit',
    'dossiers.consulted-already',
    'dossiers.silence-basis-required',
    'dossiers.unknown-file',
  ],
  idempotent: true,
})

const FOLLOW_ERRORS = [
  'dossiers.unknown-consultation',
  'dossiers.not-your-role',
  'dossiers.consultation-over',
] as const
const One = { id: z.uuid(), unit: Unit.describe('The agency that was asked') }

export const answerConsultation = defineOperation({
  id: 'dossiers.answer-consultation',
  method: 'POST',
  path: '/consultations/:id/agencies/:unit/answer',
  summary: 'Give the opinion of my agency, with a file',
  access: 'staff',
  input: z.object({
    ...One,
    opinion: z.enum(OPINIONS),
    answer: z.string().trim().min(3, 'Ghi nội dung ý kiến, ít nhất 3 ký tự.').max(8_000),
    file: z.uuid().optional(),
  }),
  output: ConsultationView,
  errors: [...FOLLOW_ERRORS, 'dossiers.unknown-file'],
  idempotent: true,
})

export const remindConsulted = defineOperation({
  id: 'dossiers.remind-consulted',
  method: 'POST',
  path: '/consultations/:id/agencies/:unit/reminder',
  summary: 'Remind an agency that its opinion is waited for',
  access: 'staff',
  input: z.object(One),
  output: ConsultationView,
  errors: FOLLOW_ERRORS,
  idempotent: true,
})

/** Nobody waits for this agency any more; also after its silence was told, so that the alarm ends. */
export const withdrawConsultation = defineOperation({
  id: 'dossiers.withdraw-consultation',
  method: 'POST',
  path: '/consultations/:id/agencies/:unit/withdrawal',
  summary: 'Ask an agency no longer, with the reason',
  access: 'staff',
  input: z.object({ ...One, reason: Reason }),
  output: ConsultationView,
  errors: FOLLOW_ERRORS,
  idempotent: true,
})

/** A question as a list shows it, with the dossier it is about. */
export const ConsultationItem = ConsultationView.extend({
  dossier: z.object({ code: z.string(), procedureName: z.string(), owner: z.string() }),
  /** The agency of the reader that was asked; null in the list of what one asked oneself. */
  asked: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type ConsultationItem = z.infer<typeof ConsultationItem>

/** `answer`: what my units are asked and have not answered; `ask`: what my units asked and still wait for. By the end of the time. */
export const listConsultations = defineOperation({
  id: 'dossiers.list-consultations',
  method: 'GET',
  path: '/consultations',
  summary: 'Opinions that my units owe, or wait for',
  access: 'staff',
  input: z.object({
    side: z.enum(['answer', 'ask']).default('answer'),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    items: z.array(ConsultationItem),
    next: z.string().nullable(),
    counts: z.object({ answer: Count, ask: Count }),
  }),
  errors: [],
})
