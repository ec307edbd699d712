import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { HOLDERS, LEG_KINDS } from '../rules/hands.ts'
import { Instant } from './vocabulary.ts'

const Named = z.object({ id: z.string(), name: z.string() })
const Words = z.object({ vi: z.string(), en: z.string() })
const Hours = z.number().min(0).describe('Working hours')

/** A stretch of the way in one pair of hands, with its own clock. */
export const LegView = z.object({
  kind: z.enum(LEG_KINDS),
  words: Words,
  holder: z.enum(HOLDERS),
  holderWords: Words,
  unit: Named.nullable().describe('Null of the courier'),
  from: Instant,
  to: Instant.nullable().describe('Null while it lasts'),
  used: Hours,
  allowed: Hours.nullable().describe('Null where nothing limits it'),
  over: Hours,
})
export type LegView = z.infer<typeof LegView>

/** Centre, courier and agency have separate clocks: none is blamed for another (Articles 14, 20, Decree 118/2025). */
export const HandsView = z.object({
  legs: z.array(LegView),
  /** The one-stop of the deciding agency's place, told of a dossier that was received elsewhere. */
  supervisedBy: Named.nullable(),
  /** Of a late dossier: whose time was exceeded, and by how much. */
  late: z
    .object({
      by: z.enum(HOLDERS).nullable().describe('Null when each kept its own time and all together did not'),
      words: Words,
      shares: z.array(z.object({ holder: z.enum(HOLDERS), words: Words, over: Hours })),
    })
    .nullable(),
})
export type HandsView = z.infer<typeof HandsView>

/** Who made dossiers late, and where those received elsewhere go: of what was received in the last days, within the reader's reach. */
export const getLateHands = defineOperation({
  id: 'dossiers.get-late-hands',
  method: 'GET',
  path: '/late-hands',
  summary: 'Late dossiers by who exceeded the own time, and dossiers received outside the agency’s territory',
  access: 'staff',
  input: z.object({
    centre: z.string().max(80).optional(),
    days: z.coerce.number().int().min(1).max(366).default(30).describe('Received in so many days'),
  }),
  output: z.object({
    holders: z.array(
      z.object({
        holder: z.enum(HOLDERS).nullable(),
        words: Words,
        dossiers: z.int(),
        over: Hours,
      }),
    ),
    matrix: z.array(z.object({ receiving: Named, resolving: Named, dossiers: z.int(), late: z.int() })),
    late: z.int(),
    /** More were late, or received, than were looked at: the newest were. */
    capped: z.boolean(),
  }),
  errors: [],
})
