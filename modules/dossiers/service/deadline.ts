import {
  type Calendar,
  type DueTrace,
  type DurationUnit,
  dayRuler,
  dueDate,
  explainDue,
  NO_LIMIT_WORDS,
  punctuality,
  standing,
  standingInWords,
  traceMoved,
} from '#modules/calendar/rules.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { Deadline } from '../contract/dossier.ts'
import type { Pace, State } from '../contract/vocabulary.ts'
import { ENDED, WAITING_FOR_APPLICANT } from '../rules.ts'

export type Limit = { amount: number; unit: DurationUnit } | null

export type Clocked = {
  state: State
  duration_amount: number | null
  duration_unit: DurationUnit | null
  clock_started_at: Date | null
  due_at: Date | null
  original_due_at: Date | null
  due_provisional: boolean
  completed_at: Date | null
  extended_at: Date | null
  extension_reason: string | null
}

export type PaceView = { pace: Pace; paceWords: { vi: string; en: string } }

const unitOf = (limit: { duration_unit: DurationUnit | null }): DurationUnit => limit.duration_unit ?? 'NONE'

const FINISHED: Readonly<Record<'early' | 'on-time' | 'late', PaceView>> = {
  early: { pace: 'EARLY', paceWords: { vi: 'Trước hạn', en: 'Early' } },
  'on-time': { pace: 'ON_TIME', paceWords: { vi: 'Đúng hạn', en: 'In time' } },
  late: { pace: 'LATE', paceWords: { vi: 'Quá hạn', en: 'Late' } },
}
const WAITING: PaceView = {
  pace: 'PAUSED',
  paceWords: { vi: 'Chờ người nộp', en: 'Waiting for the applicant' },
}
const RUNNING_PACE = {
  running: 'ON_TRACK',
  'due-soon': 'DUE_SOON',
  late: 'OVERDUE',
  'no-limit': 'NO_LIMIT',
} as const

/** How a running clock stands: left, soon or over, in the words of the chip. */
export const paceOf = (calendar: Calendar, due: Date | null, now: Date, unit: DurationUnit): PaceView => {
  const where = standing(calendar, due, now, unit)
  return {
    pace: RUNNING_PACE[where.state],
    paceWords: { vi: standingInWords(where, 'vi'), en: standingInWords(where, 'en') },
  }
}

/** The pace of a step; while the dossier waits for the applicant nobody is late. */
export const stepPace = (
  calendar: Calendar,
  task: { dueAt: Date | null; pausedAt: Date | null },
  now: Date,
): PaceView => (task.pausedAt ? WAITING : paceOf(calendar, task.dueAt, now, 'WORKING_HOUR'))

/** The pace of a dossier: finished ones against the promised moment, waiting ones stand still, the others run. */
export const dossierPace = (calendar: Calendar, dossier: Clocked, now: Date): PaceView => {
  if (dossier.completed_at)
    return FINISHED[punctuality(dossier.due_at, dossier.completed_at, unitOf(dossier))]
  if (WAITING_FOR_APPLICANT.includes(dossier.state)) {
    return WAITING
  }
  if (ENDED.includes(dossier.state))
    return { pace: 'NO_LIMIT', paceWords: { vi: 'Đã kết thúc', en: 'Ended' } }
  return paceOf(calendar, dossier.due_at, now, unitOf(dossier))
}

const UNIT_WORDS: Readonly<Record<DurationUnit, (amount: string) => string>> = {
  WORKING_DAY: (amount) => `${amount} ngày làm việc`,
  CALENDAR_DAY: (amount) => `${amount} ngày`,
  WORKING_HOUR: (amount) => `${amount} giờ làm việc`,
  HOUR: (amount) => `${amount} giờ`,
  MINUTE: (amount) => `${amount} phút`,
  MONTH: (amount) => `${amount} tháng`,
  YEAR: (amount) => `${amount} năm`,
  SAME_DAY: () => 'Trong ngày',
  IMMEDIATE: () => 'Trả ngay',
  NONE: () => NO_LIMIT_WORDS.short.vi,
}

export const limitWords = (limit: Limit): string =>
  UNIT_WORDS[limit?.unit ?? 'NONE'](String(limit?.amount ?? '').replace('.', ','))

export const computeDue = (calendar: Calendar, start: Date, limit: Limit) =>
  dueDate({ start, amount: limit?.amount ?? 0, unit: limit?.unit ?? 'NONE', calendar })

type Explained = {
  calendar: Calendar
  start: Date
  limit: Limit
  now: Date
  language?: 'vi' | 'en'
  /** The moment promised now, where it is another than the one that the limit gives. */
  promised?: Date | null
}

const rulerTo = (calendar: Calendar, trace: DueTrace, promised: string, now: Date) =>
  dayRuler(trace, localDateOf(now), traceMoved(calendar, trace, promised))

/** What screens draw and papers say about a date that starts to run at `start`. */
export const explainDeadline = ({
  calendar,
  start,
  limit,
  now,
  language = 'vi',
  promised = null,
}: Explained): Deadline => {
  const answer = computeDue(calendar, start, limit)
  const words = explainDue(answer.trace, language)
  return {
    due: answer.due && toLocalIso(answer.due),
    originalDue: answer.due && toLocalIso(answer.due),
    moved: null,
    provisional: answer.provisional,
    ...paceOf(calendar, answer.due, now, limit?.unit ?? 'NONE'),
    amount: limitWords(limit),
    explanation: [...words.lines],
    legalBasis: words.legalBasis,
    ruler: answer.due && rulerTo(calendar, answer.trace, localDateOf(promised ?? answer.due), now),
  }
}

/** The promised limit of a stored dossier; null when the catalogue has none. */
export const limitOf = (dossier: {
  duration_amount: number | null
  duration_unit: DurationUnit | null
}): Limit =>
  dossier.duration_unit === null
    ? null
    : { amount: dossier.duration_amount ?? 0, unit: dossier.duration_unit }

const PAUSED_REASON = {
  vi: 'Thời gian chờ người nộp thực hiện nghĩa vụ tài chính không tính vào thời hạn.',
  en: 'The time in which the applicant had to pay does not count.',
} as const

/** Moved in the term that runs now: after a supplement the term begins anew, and a former extension says nothing of its date. */
export const isExtended = ({ extended_at: at, clock_started_at: start }: Clocked): boolean =>
  at !== null && (start === null || at >= start)

const movedOf = (dossier: Clocked, language: 'vi' | 'en'): Deadline['moved'] => {
  const { due_at: due, original_due_at: first } = dossier
  if (!due || !first || due.getTime() === first.getTime()) return null
  const extension = isExtended(dossier) ? dossier.extension_reason : null
  return { from: toLocalIso(first), reason: extension ?? PAUSED_REASON[language] }
}

/** The same for a stored dossier: its own due date counts, also after an extension or a pause. */
export const dossierDeadline = (
  calendar: Calendar,
  dossier: Clocked,
  now: Date,
  language: 'vi' | 'en' = 'vi',
): Deadline => {
  const limit = limitOf(dossier)
  const start = dossier.clock_started_at ?? now
  const base = explainDeadline({ calendar, start, limit, now, language, promised: dossier.due_at })
  const started = dossier.clock_started_at !== null
  return {
    ...base,
    due: dossier.due_at && toLocalIso(dossier.due_at),
    originalDue: dossier.original_due_at && toLocalIso(dossier.original_due_at),
    moved: movedOf(dossier, language),
    provisional: dossier.due_provisional,
    ...dossierPace(calendar, dossier, now),
    explanation: started ? base.explanation : [],
    ruler: started ? base.ruler : null,
  }
}
