import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { ALARMS } from '../rules/watch.ts'
import { DossierSummary } from './dossier.ts'
import { Action, Instant } from './vocabulary.ts'

/** Kinds of alarms, in the order in which they are told when two come at one moment. */
export const ALARM_KINDS = ALARMS

const Words = z.object({ vi: z.string(), en: z.string() })
const Kind = z.enum(ALARMS)

/** Something that must not stay silent: which dossier, since when, whose it is, and what is proposed. */
export const AlarmItem = z.object({
  kind: Kind,
  words: Words,
  /** Since when it is told; of a window that closes, when the date comes. */
  at: Instant,
  dossier: DossierSummary,
  /** Who has to act, in words. */
  owner: z.object({ role: Words, unit: z.string() }),
  /** What this person may do about it now, or null. */
  action: z.object({ action: Action, label: Words }).nullable(),
})
export type AlarmItem = z.infer<typeof AlarmItem>

/** No silent state: what waits too long, longest first, of the dossiers that this officer may read. */
export const listAlarms = defineOperation({
  id: 'dossiers.list-alarms',
  method: 'GET',
  path: '/alarms',
  summary: 'Dossiers that wait too long somewhere, with what to do; counts by kind',
  access: 'staff',
  input: z.object({
    kind: Kind.optional(),
    /** Only those that I may act on. */
    mine: z.stringbool().default(false),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    items: z.array(AlarmItem),
    next: z.string().nullable(),
    counts: z.array(z.object({ kind: Kind, words: Words, value: z.int(), capped: z.boolean() })),
  }),
  errors: [],
})
