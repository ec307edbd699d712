import type { Content, Duration } from './content.ts'
import type { Channel } from './record.ts'

export type LimitKind = 'LEGAL' | 'ANNOUNCED' | 'LOCAL' | 'INTERNAL'

/** A time limit set by a decision: the ministry's, the chairman's cut, or an article where the record has no usable time. */
export type Limit = Duration & {
  kind: LimitKind
  /** Null: every case, every channel. */
  caseId: string | null
  channel: Channel | null
  decisionNo: string
  decisionDate: string | null
  from: string | null
  to: string | null
}

/** A dated version with the limits in force on the day asked for. Immutable; made by the service. */
export type DatedContent = {
  content: { methods: readonly Pick<Content['methods'][number], 'channel' | 'duration'>[] }
  limits: readonly Limit[]
}

export type PromisedDuration = Duration & {
  /** The law's limit, printed small beside the promise. */
  statutory: Duration | null
  source: 'LAW' | 'ANNOUNCED' | 'LOCAL'
  /** Number of the decision or article behind the promise; null for the published record. */
  decisionNo: string | null
  /** The record gives several times for this channel; the longest stands, and these are the others. */
  others: Duration[]
}

const HOURS_PER_DAY = 8

/**
 * Working hours for the standard process, 8 hours a day. Calendar units count the working days they surely contain: five of
 * seven, rounded down, so that the process always ends within the limit.
 */
export const totalProcessHours = ({ amount, unit }: Duration): number => {
  switch (unit) {
    case 'WORKING_DAY':
      return amount * HOURS_PER_DAY
    case 'CALENDAR_DAY':
      return Math.max(1, Math.floor((amount * 5) / 7)) * HOURS_PER_DAY
    case 'MONTH':
      return Math.floor((amount * 30 * 5) / 7) * HOURS_PER_DAY
    case 'WORKING_HOUR':
    case 'HOUR':
      return amount
    case 'SAME_DAY':
      return HOURS_PER_DAY
    case 'IMMEDIATE':
      return 1
  }
}

const same = (a: Duration, b: Duration): boolean => a.amount === b.amount && a.unit === b.unit

const longestFirst = (durations: readonly Duration[]): Duration[] => {
  const distinct = durations.filter((item, i) => durations.findIndex((other) => same(item, other)) === i)
  return distinct.sort((a, b) => totalProcessHours(b) - totalProcessHours(a))
}

/** The most specific limit of a kind: case and channel, case, channel, all. */
const limitFor = (
  limits: readonly Limit[],
  kind: LimitKind,
  caseId: string,
  channel: Channel,
): Limit | undefined =>
  limits
    .filter((limit) => limit.kind === kind)
    .filter((limit) => limit.caseId === null || limit.caseId === caseId)
    .filter((limit) => limit.channel === null || limit.channel === channel)
    .sort(
      (a, b) =>
        Number(b.caseId !== null) * 2 +
        Number(b.channel !== null) -
        (Number(a.caseId !== null) * 2 + Number(a.channel !== null)),
    )[0]

const pick = ({ amount, unit }: Duration): Duration => ({ amount, unit })

/**
 * What the slip may promise: min(local, announced), else the law's limit. Null when nothing usable is published:
 * an unknown time stays unknown. Where the record gives several times for one channel, the longest is the law's limit.
 */
export const durationFor = (
  version: DatedContent,
  caseId: string,
  channel: Channel,
): PromisedDuration | null => {
  const legal = limitFor(version.limits, 'LEGAL', caseId, channel)
  const published = longestFirst(
    version.content.methods
      .filter((method) => method.channel === channel)
      .flatMap((method) => (method.duration ? [method.duration] : [])),
  )
  const statutory = legal ? pick(legal) : (published[0] ?? null)
  const cuts = (['LOCAL', 'ANNOUNCED'] as const).flatMap((kind) => {
    const limit = limitFor(version.limits, kind, caseId, channel)
    return limit ? [limit] : []
  })
  const best = cuts.sort((a, b) => totalProcessHours(a) - totalProcessHours(b))[0]
  if (best) {
    return {
      ...pick(best),
      statutory,
      source: best.kind === 'LOCAL' ? 'LOCAL' : 'ANNOUNCED',
      decisionNo: best.decisionNo,
      others: [],
    }
  }
  if (!statutory) return null
  const others = legal ? [] : published.slice(1)
  return { ...statutory, statutory, source: 'LAW', decisionNo: legal?.decisionNo ?? null, others }
}

/** `effective` is half open: from the first day to the day before `to`; null is unbounded. */
export const inForce = (version: { from: string | null; to: string | null }, date: string): boolean =>
  (version.from === null || version.from <= date) && (version.to === null || date < version.to)

/** Limits in force on a day. */
export const limitsOn = (limits: readonly Limit[], date: string): Limit[] =>
  limits.filter((limit) => inForce(limit, date))
