import { z } from 'zod'
import { MEMBER_STATES } from '../rules/group.ts'
import { Instant, Pace, State, Status } from './vocabulary.ts'

const Named = z.object({ id: z.string(), name: z.string() })
const Words = z.object({ vi: z.string(), en: z.string() })

/** One procedure of a group that was received once. */
export const GroupMember = z.object({
  key: z.string(),
  name: z.string(),
  procedure: z.string(),
  state: z.enum(MEMBER_STATES),
  stateWords: Words,
  /** Names of the procedures whose results it needs. */
  after: z.array(z.string()),
  /** The dossier that counts; null while it waits. */
  dossier: z
    .object({
      code: z.string(),
      state: State,
      status: Status,
      unit: Named,
      due: Instant.nullable(),
      pace: Pace,
      paceWords: Words,
      result: z.string().nullable().describe('Number of the result'),
    })
    .nullable(),
  /** How often it was begun. */
  attempts: z.int(),
  /** Why it is left out. */
  reason: z.string().nullable(),
  /** Left out with it, when it is. */
  dependants: z.array(z.string()),
  mayRetry: z.boolean(),
  mayDrop: z.boolean(),
})
export type GroupMember = z.infer<typeof GroupMember>

/** A group of procedures (nhóm thủ tục liên thông): status and dates derived from its members. */
export const GroupView = z.object({
  status: z.enum(['RUNNING', 'WAITS_FOR_APPLICANT', 'BLOCKED', 'FINISHED']),
  statusWords: Words,
  legalBasis: z.string(),
  /** When the last result is to be expected, along the path of the members. */
  expected: Instant.nullable(),
  /** That is after the day promised. */
  beyondDue: z.boolean(),
  members: z.array(GroupMember),
})
export type GroupView = z.infer<typeof GroupView>

/** A group of procedures before it is received: each becomes a dossier of its own once what it needs is there. */
export const IntakeGroup = z.object({
  legalBasis: z.string(),
  members: z.array(
    z.object({
      key: z.string(),
      procedure: z.string(),
      name: Words,
      unit: z.string().nullable().describe('Name of the agency that decides it; null while that is open'),
      after: z.array(Words).describe('Names of the procedures whose results it needs'),
    }),
  ),
})
export type IntakeGroup = z.infer<typeof IntakeGroup>
