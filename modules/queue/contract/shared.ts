import { z } from 'zod'

/** Shapes that the files of this contract share. */
export const Centre = z.string().max(80).describe('Id of a centre')
export const Counter = z.string().max(100).describe('Id of a counter')
export const Instant = z.string().describe('RFC 3339 with offset')
export const Code = z.string().describe('Number as printed and called, e.g. A005')
export const Words = z.object({ vi: z.string(), en: z.string() })
/** Minutes of waiting: eight in ten wait between `p10` and `p90`; null while too little is known to promise anything. */
export const WaitRange = z.object({ p10: z.number(), p50: z.number(), p90: z.number() })
export type WaitRange = z.output<typeof WaitRange>
/** How full a hall or a service feels, in words. */
export const Crowd = z.enum(['FEW', 'SOME', 'MANY'])
export type Crowd = z.output<typeof Crowd>

/** What a group of services is for. */
export const GROUP_KINDS = ['reception', 'return', 'cashier', 'guide'] as const
