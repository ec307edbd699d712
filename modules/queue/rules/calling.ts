import { DEFAULT_RULE, type OrderRule } from './order.ts'

/** The written rule of a hall, as its people set it. */
export type CallingRule = OrderRule & {
  /** Calls before somebody counts as missing, and how far apart they are at least. */
  callsBeforeMissing: number
  secondsBetweenCalls: number
  /** Who missed the call may come back so often, within so many minutes, and is called after so many others. */
  returnTimes: number
  returnMinutes: number
  returnAfter: number
  /** A time that was chosen is kept so long for the name to be written. */
  holdMinutes: number
  /** A call for help that nobody takes is told again after so long. */
  helpMinutes: number
}

export const DEFAULT_CALLING: CallingRule = {
  ...DEFAULT_RULE,
  ...{ callsBeforeMissing: 3, secondsBetweenCalls: 20, returnTimes: 1, returnMinutes: 60, returnAfter: 2 },
  ...{ holdMinutes: 5, helpMinutes: 3 },
}

/** What a hall may choose; beyond these a rule would starve somebody or call nobody. */
export const CALLING_BOUNDS: Readonly<Record<keyof CallingRule, readonly [least: number, most: number]>> = {
  ...{ priorityInRow: [1, 10], ageingMinutes: [5, 120], graceMinutes: [0, 60] },
  ...{ callsBeforeMissing: [1, 5], secondsBetweenCalls: [5, 120] },
  ...{ returnTimes: [0, 3], returnMinutes: [5, 240], returnAfter: [1, 20] },
  ...{ holdMinutes: [2, 30], helpMinutes: [1, 30] },
}

/** What a ticket promises whoever misses the call; null where nobody may come back. */
export const returnMinutesOf = ({ returnTimes, returnMinutes }: CallingRule): number | null =>
  returnTimes === 0 ? null : returnMinutes
