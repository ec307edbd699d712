import { type Calendar, dueDate, paperTransfer, workingMinutesBetween } from '#modules/calendar/rules.ts'
import type { Words } from '#platform/errors.ts'
import { paperDue } from './handover.ts'
import { type Pause, workedMinutes } from './worked.ts'

/**
 * Whose hands a dossier is in. The centre that received it is not blamed for the agency's delay, nor the agency for the courier's:
 * each has a clock of its own (Decree 118/2025, Articles 14, 18, 20).
 */
export const HOLDERS = ['CENTRE', 'COURIER', 'AGENCY'] as const
export type Holder = (typeof HOLDERS)[number]

export const LEG_KINDS = [
  /** The electronic dossier is passed on. */
  'TRANSFER',
  /** Paper leaves the centre, travels, and the agency works. */
  'PAPER_OUT',
  'PAPER_TRAVEL',
  'WORK',
  /** The result leaves the agency and travels back. */
  'RESULT_OUT',
  'RESULT_TRAVEL',
] as const
export type LegKind = (typeof LEG_KINDS)[number]

export const HOLDER_WORDS: Readonly<Record<Holder, Words>> = {
  CENTRE: { vi: 'Nơi tiếp nhận', en: 'Receiving centre' },
  COURIER: { vi: 'Vận chuyển', en: 'Courier' },
  AGENCY: { vi: 'Cơ quan giải quyết', en: 'Deciding agency' },
}
export const LEG_WORDS: Readonly<Record<LegKind, Words>> = {
  TRANSFER: { vi: 'Chuyển hồ sơ điện tử', en: 'Passes the electronic dossier on' },
  PAPER_OUT: { vi: 'Giao hồ sơ giấy', en: 'Hands the paper over' },
  PAPER_TRAVEL: { vi: 'Hồ sơ giấy đi đường', en: 'Paper on its way' },
  WORK: { vi: 'Giải quyết', en: 'Decides' },
  RESULT_OUT: { vi: 'Giao kết quả', en: 'Hands the result over' },
  RESULT_TRAVEL: { vi: 'Kết quả đi đường', en: 'Result on its way' },
}

/** The longest that a courier has, by working day: Article 20(1)(a), Decree 118/2025. */
const COURIER_DAYS = 1

export type Step = {
  step: string
  /** The agency or centre, not a room of it. */
  unit: string
  atCentre: boolean
  /** What is done with a result that is ready belongs to nobody's lateness. */
  returns: boolean
  hours: number | null
  openedAt: Date
  closedAt: Date | null
}

export type Travelled = {
  acceptedAt: Date | null
  paperSentAt: Date | null
  paperReceivedAt: Date | null
  completedAt: Date | null
  resultSentAt: Date | null
  resultReceivedAt: Date | null
  returnedAt: Date | null
  /** Paper and result travel on sheets; otherwise only the electronic dossier moves. */
  paperTravels: boolean
  resultTravels: boolean
  beyondTerritory: boolean
  receivingCentre: string
  resolvingUnit: string
}

export type Leg = {
  kind: LegKind
  holder: Holder
  unit: string
  from: Date
  /** Null while it lasts. */
  to: Date | null
  /** Working minutes; `allowed` is null where nothing limits it. */
  used: number
  allowed: number | null
  over: number
}

type Measure = { calendar: Calendar; now: Date; pauses: readonly Pause[] }

const leg = (
  base: Pick<Leg, 'kind' | 'holder' | 'unit' | 'from' | 'to'>,
  until: Date | null,
  { calendar, now }: Measure,
): Leg => {
  const used = workingMinutesBetween(calendar, base.from, base.to ?? now)
  const allowed = until && workingMinutesBetween(calendar, base.from, until)
  return { ...base, used, allowed, over: allowed === null ? 0 : Math.max(0, used - allowed) }
}

const afterDays = (calendar: Calendar, start: Date, amount: number): Date | null =>
  dueDate({ start, amount, unit: 'WORKING_DAY', calendar }).due

/** All steps of one side as one leg: what they used, while the clock ran, against what the process gives them. */
const worked = (
  base: Pick<Leg, 'kind' | 'holder' | 'unit'>,
  steps: readonly Step[],
  { calendar, now, pauses }: Measure,
): Leg[] => {
  const [first] = steps
  if (!first) return []
  const used = steps.reduce(
    (sum, { openedAt, closedAt }) => sum + workedMinutes(calendar, openedAt, closedAt ?? now, pauses),
    0,
  )
  const limited = steps.every(({ hours }) => hours !== null)
  const given = new Map(steps.map(({ step, hours }) => [step, hours ?? 0]))
  const allowed = limited ? [...given.values()].reduce((sum, hours) => sum + hours * 60, 0) : null
  const to = steps.some(({ closedAt }) => closedAt === null) ? null : (steps.at(-1)?.closedAt ?? null)
  return [
    {
      ...{ ...base, from: first.openedAt, to, used, allowed },
      over: allowed === null ? 0 : Math.max(0, used - allowed),
    },
  ]
}

/** The legs of a dossier's way so far, in their order. */
export const legsOf = (way: Travelled, steps: readonly Step[], measure: Measure): Leg[] => {
  const { calendar } = measure
  const { acceptedAt, paperSentAt, paperReceivedAt, completedAt, resultSentAt, resultReceivedAt } = way
  if (!acceptedAt) return []
  const centre = { holder: 'CENTRE', unit: way.receivingCentre } as const
  const courier = { holder: 'COURIER' } as const
  const agency = { holder: 'AGENCY', unit: way.resolvingUnit } as const
  const before = steps.filter(({ returns }) => !returns)
  const legs: Leg[] = [
    ...worked(
      { kind: 'TRANSFER', ...centre },
      before.filter(({ atCentre }) => atCentre),
      measure,
    ),
  ]
  // Where the agency got on without a sheet, no paper was waited for: only what was handed over is measured.
  const worksWithout =
    paperSentAt === null && before.some(({ atCentre, closedAt }) => !atCentre && closedAt !== null)
  if (way.paperTravels && !worksWithout) {
    const out = { kind: 'PAPER_OUT', ...centre, from: acceptedAt, to: paperSentAt ?? completedAt } as const
    legs.push(leg(out, paperDue(calendar, acceptedAt, way.beyondTerritory), measure))
    if (paperSentAt) {
      const travel = { kind: 'PAPER_TRAVEL', ...courier, unit: way.resolvingUnit } as const
      legs.push(
        leg(
          { ...travel, from: paperSentAt, to: paperReceivedAt ?? completedAt },
          afterDays(calendar, paperSentAt, COURIER_DAYS),
          measure,
        ),
      )
    }
  }
  const elsewhere = Map.groupBy(
    before.filter(({ atCentre }) => !atCentre),
    ({ unit }) => unit,
  )
  for (const [unit, own] of elsewhere)
    legs.push(...worked({ kind: 'WORK', holder: 'AGENCY', unit }, own, measure))
  if (completedAt && way.resultTravels) {
    const out = {
      kind: 'RESULT_OUT',
      ...agency,
      from: completedAt,
      to: resultSentAt ?? way.returnedAt,
    } as const
    legs.push(leg(out, paperTransfer(calendar, completedAt).by, measure))
    if (resultSentAt) {
      const travel = { kind: 'RESULT_TRAVEL', ...courier, unit: way.receivingCentre } as const
      legs.push(
        leg(
          { ...travel, from: resultSentAt, to: resultReceivedAt ?? way.returnedAt },
          afterDays(calendar, resultSentAt, COURIER_DAYS),
          measure,
        ),
      )
    }
  }
  return legs
}

/** Working minutes by which each holder went beyond its own time, before the result was ready. */
export type Shares = Readonly<Record<Holder, number>>

const UNTIL_RESULT: readonly LegKind[] = ['TRANSFER', 'PAPER_OUT', 'PAPER_TRAVEL', 'WORK']

/**
 * What the agency took too long while it had no paper is not its own. Paper and electronic dossier set out at the same moment, so
 * it was without paper for as long as the paper took beyond the transfer.
 */
export const sharesOf = (legs: readonly Leg[]): Shares => {
  const counted = legs.filter(({ kind }) => UNTIL_RESULT.includes(kind))
  const sum = (what: 'over' | 'used', ...kinds: LegKind[]) =>
    counted.filter(({ kind }) => kinds.includes(kind)).reduce((all, one) => all + one[what], 0)
  const withoutPaper = Math.max(0, sum('used', 'PAPER_OUT', 'PAPER_TRAVEL') - sum('used', 'TRANSFER'))
  return {
    CENTRE: sum('over', 'TRANSFER', 'PAPER_OUT'),
    COURIER: sum('over', 'PAPER_TRAVEL'),
    AGENCY: Math.max(0, sum('over', 'WORK') - withoutPaper),
  }
}

/** Who made it late: whoever went furthest beyond its own time; null when each kept its own and all of them together did not. */
export const lateBy = (shares: Shares): Holder | null => {
  const most = HOLDERS.reduce((a, b) => (shares[b] > shares[a] ? b : a))
  return shares[most] > 0 ? most : null
}
