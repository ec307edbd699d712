import {
  addDays,
  type LocalDate,
  localDateOf,
  minuteOfDay,
  textFromMinute,
  weekdayOf,
} from '#platform/time/vietnam.ts'
import { dayMonth, joinWords, type Language, weekdayAndDate, weekdayName } from '#platform/time/words.ts'
import type { DurationUnit, Session } from './model.ts'
import { NO_LIMIT_WORDS } from './no-limit.ts'
import type { DueTrace, SkippedDay } from './trace.ts'

/** Three lines at most (received, amount, what is not counted) and, apart from them, what law they rest on. */
export type Explanation = { lines: readonly string[]; legalBasis: string }

const timeText = (instant: Date): string => textFromMinute(minuteOfDay(instant))

const amountText = (amount: number, language: Language): string => {
  const text = String(amount)
  return language === 'vi' ? text.replace('.', ',') : text
}

const UNIT_NAMES: Record<
  Exclude<DurationUnit, 'SAME_DAY' | 'IMMEDIATE' | 'NONE'>,
  { vi: string; one: string; en: string }
> = {
  WORKING_DAY: { vi: 'ngày làm việc', one: 'working day', en: 'working days' },
  CALENDAR_DAY: {
    vi: 'ngày, tính cả ngày nghỉ',
    one: 'day, days of rest included',
    en: 'days, days of rest included',
  },
  WORKING_HOUR: { vi: 'giờ làm việc', one: 'working hour', en: 'working hours' },
  HOUR: { vi: 'giờ', one: 'hour', en: 'hours' },
  MINUTE: { vi: 'phút', one: 'minute', en: 'minutes' },
  MONTH: { vi: 'tháng', one: 'month', en: 'months' },
  YEAR: { vi: 'năm', one: 'year', en: 'years' },
}

type Speaker = { language: Language; trace: DueTrace; year: string }

const say = ({ language }: Speaker, vi: string, en: string): string => (language === 'vi' ? vi : en)
const dayText = (speaker: Speaker, date: LocalDate): string =>
  weekdayAndDate(date, speaker.language, speaker.year)
const momentText = (speaker: Speaker, instant: Date): string =>
  `${timeText(instant)} ${dayText(speaker, localDateOf(instant))}`

/** Terms that run from the moment of receipt; the others begin with the day after it. */
const runsByHours = ({ unit, amount }: DueTrace): boolean =>
  unit === 'WORKING_HOUR' ||
  unit === 'HOUR' ||
  unit === 'MINUTE' ||
  (unit === 'WORKING_DAY' && !Number.isInteger(amount))

const onWholeDays = ({ unit }: DueTrace): boolean =>
  unit === 'WORKING_DAY' || unit === 'CALENDAR_DAY' || unit === 'MONTH' || unit === 'YEAR'

const receivedLine = (speaker: Speaker): string => {
  const { trace } = speaker
  const received = say(
    speaker,
    `Nhận đủ hồ sơ ${momentText(speaker, trace.receivedAt)}`,
    `Complete dossier received at ${momentText(speaker, trace.receivedAt)}`,
  )
  if (trace.unit === 'NONE') return `${received}.`
  if (trace.unit === 'SAME_DAY' || trace.unit === 'IMMEDIATE') return sameDayLine(speaker, received)
  if (runsByHours(trace)) return hoursLine(speaker, received)
  const first = trace.counted[0]?.date ?? addDays(trace.receivedOn, 1)
  return say(
    speaker,
    `${received}. Ngày nhận không tính, đếm từ ${dayText(speaker, first)}.`,
    `${received}. That day is not counted; counting starts on ${dayText(speaker, first)}.`,
  )
}

const hoursLine = (speaker: Speaker, received: string): string => {
  const { trace } = speaker
  const plain = trace.unit === 'HOUR' || trace.unit === 'MINUTE'
  if (plain || trace.runsFrom.getTime() === trace.receivedAt.getTime())
    return say(speaker, `${received}. Tính ngay từ lúc nhận.`, `${received}. Time runs from that moment.`)
  return say(
    speaker,
    `${received}, ngoài giờ làm việc. Tính từ ${momentText(speaker, trace.runsFrom)}.`,
    `${received}, outside working hours. Time runs from ${momentText(speaker, trace.runsFrom)}.`,
  )
}

const sameDayLine = (speaker: Speaker, received: string): string => {
  const { trace } = speaker
  if (trace.dueOn === trace.receivedOn)
    return trace.unit === 'SAME_DAY'
      ? say(speaker, `${received}, trước 15:00.`, `${received}, before 15:00.`)
      : `${received}.`
  const late = trace.unit === 'SAME_DAY' && trace.receivedOnWorkingDay
  return say(
    speaker,
    `${received}, ${late ? 'từ 15:00 trở đi' : 'ngoài giờ làm việc'}. Trả trong ngày làm việc tiếp theo.`,
    `${received}, ${late ? 'from 15:00 on' : 'outside working hours'}. Handed over within the next working day.`,
  )
}

const amountLine = (speaker: Speaker): string => {
  const { trace, language } = speaker
  if (trace.unit === 'SAME_DAY')
    return say(speaker, 'Thủ tục này trả kết quả trong ngày.', 'This procedure is completed within the day.')
  if (trace.unit === 'IMMEDIATE')
    return say(speaker, 'Thủ tục này trả kết quả ngay.', 'This procedure is completed at once.')
  if (trace.unit === 'NONE') return NO_LIMIT_WORDS.sentence[language]
  const unit = UNIT_NAMES[trace.unit]
  const amount = amountText(trace.amount, language)
  return say(
    speaker,
    `Thủ tục này có ${amount} ${unit.vi}.`,
    `This procedure has ${amount} ${trace.amount === 1 ? unit.one : unit.en}.`,
  )
}

const weekendWords = (skipped: readonly SkippedDay[], language: Language): string | null => {
  const weekdays = [
    ...new Set(skipped.filter(({ reason }) => reason.weekend).map(({ date }) => weekdayOf(date))),
  ].sort()
  if (weekdays.length === 0) return null
  if (weekdays.join() === '6,7') return language === 'vi' ? 'cuối tuần' : 'weekends'
  return joinWords(
    weekdays.map((weekday) => weekdayName(weekday, language)),
    language,
  )
}

type Run = { from: LocalDate; to: LocalDate; first: SkippedDay; days: number }

/** Neighbouring days off for one reason are one run; a weekend between them does not break it. */
const runsOf = (skipped: readonly SkippedDay[]): Run[] => {
  const runs: Run[] = []
  let between = 0
  for (const day of skipped) {
    if (day.reason.weekend) continue
    const last = runs.at(-1)
    between = last ? (Date.parse(day.date) - Date.parse(last.to)) / 86_400_000 : 0
    const same =
      last &&
      last.first.reason.kind === day.reason.kind &&
      last.first.reason.holiday === day.reason.holiday &&
      last.first.reason.name.vi === day.reason.name.vi
    if (same && between <= 3) Object.assign(last, { to: day.date, days: last.days + 1 })
    else runs.push({ from: day.date, to: day.date, first: day, days: 1 })
  }
  return runs
}

const REST_WORDS: Partial<Record<SkippedDay['reason']['kind'], { vi: string; en: string }>> = {
  statutory: { vi: 'nghỉ ', en: '' },
  compensatory: { vi: 'nghỉ bù ', en: 'in lieu of ' },
  'swap-off': { vi: 'nghỉ hoán đổi ', en: 'swapped for ' },
}

const runWords = (run: Run, speaker: Speaker): string => {
  const { language } = speaker
  const { reason } = run.first
  const date = (value: LocalDate) => dayMonth(value, language)
  const dates =
    run.days === 1
      ? date(run.from)
      : say(speaker, `từ ${date(run.from)} đến ${date(run.to)}`, `${date(run.from)} to ${date(run.to)}`)
  if (reason.kind === 'statutory' && reason.knownByDate) return dates
  const rest = REST_WORDS[reason.kind]
  const name = `${rest?.[language] ?? ''}${reason.name[language]}`
  return language === 'vi' && rest ? `${dates} ${name}` : `${dates} (${name})`
}

const sessionsText = (sessions: readonly Session[], language: Language): string =>
  joinWords(
    sessions.map(({ from, to }) => `${textFromMinute(from)}–${textFromMinute(to)}`),
    language,
  )

/** A long term passes so many holidays that naming all would bury the date. */
const NAMED_AT_MOST = 6
const NAMED_OF_MANY = 4

const restWords = (speaker: Speaker): string[] => {
  const runs = runsOf(speaker.trace.skipped)
  const named = runs.length > NAMED_AT_MOST ? runs.slice(0, NAMED_OF_MANY) : runs
  const words = named.map((run) => runWords(run, speaker))
  const others = runs.slice(named.length).reduce((sum, { days }) => sum + days, 0)
  return others === 0
    ? words
    : [...words, say(speaker, `${others} ngày nghỉ khác`, `${others} other days off`)]
}

const notCounted = (speaker: Speaker): string | null => {
  const weekend = weekendWords(speaker.trace.skipped, speaker.language)
  const named = weekend === null ? restWords(speaker) : [weekend, ...restWords(speaker)]
  if (named.length === 0) return null
  return say(speaker, `Không tính ${joinWords(named, 'vi')}.`, `Not counted: ${joinWords(named, 'en')}.`)
}

const madeUp = (speaker: Speaker): string | null => {
  const days = speaker.trace.counted.filter((day) => day.makeUp).map(({ date }) => dayText(speaker, date))
  if (days.length === 0) return null
  if (days.length > NAMED_OF_MANY)
    return say(speaker, `${days.length} ngày làm bù được tính.`, `${days.length} make-up working days count.`)
  const list = joinWords(days, speaker.language)
  const start = `${list.charAt(0).toUpperCase()}${list.slice(1)}`
  return say(
    speaker,
    `${start} là ngày làm bù nên được tính.`,
    `${start} ${days.length === 1 ? 'is a make-up working day and counts' : 'are make-up working days and count'}.`,
  )
}

const rolledWords = (speaker: Speaker): string | null => {
  const { trace } = speaker
  if (trace.countEndsOn === null || trace.dueOn === null || trace.countEndsOn === trace.dueOn) return null
  const reason = runsOf(trace.skipped.slice(0, 1))[0]?.first.reason
  const rest = reason && REST_WORDS[reason.kind]
  const named = reason && !(reason.kind === 'statutory' && reason.knownByDate)
  const why = named
    ? say(speaker, ` (${rest?.vi ?? ''}${reason.name.vi})`, ` (${rest?.en ?? ''}${reason.name.en})`)
    : ''
  return say(
    speaker,
    `Ngày cuối ${dayText(speaker, trace.countEndsOn)}${why} là ngày nghỉ nên hạn lùi đến ${dayText(speaker, trace.dueOn)}.`,
    `The last day, ${dayText(speaker, trace.countEndsOn)}${why}, is a day of rest, so the term ends on ${dayText(speaker, trace.dueOn)}.`,
  )
}

const clippedWords = (speaker: Speaker): string | null => {
  const { trace } = speaker
  if (!trace.clipped || trace.countEndsOn === null) return null
  const day = Number(trace.receivedOn.slice(8))
  return say(
    speaker,
    `Tháng cuối không có ngày ${day} nên tính đến ${dayMonth(trace.countEndsOn)}.`,
    `The last month has no day ${day}, so its last day ${dayMonth(trace.countEndsOn, 'en')} is taken.`,
  )
}

const workingHoursWords = (speaker: Speaker): string =>
  say(
    speaker,
    `Chỉ tính giờ làm việc ${sessionsText(speaker.trace.sessions, 'vi')}.`,
    `Only working hours count: ${sessionsText(speaker.trace.sessions, 'en')}.`,
  )

const provisionalWords = (speaker: Speaker): string | null => {
  const years = speaker.trace.unofficialYears
  if (years.length === 0) return null
  return say(
    speaker,
    `Ngày này là tạm tính vì lịch nghỉ năm ${joinWords(years.map(String), 'vi')} chưa công bố.`,
    `This date is provisional: the days off of ${joinWords(years.map(String), 'en')} are not announced yet.`,
  )
}

const restLine = (speaker: Speaker): string | null => {
  const { trace } = speaker
  const parts: (string | null)[] = []
  if (trace.unit === 'CALENDAR_DAY' || trace.unit === 'MONTH' || trace.unit === 'YEAR')
    parts.push(clippedWords(speaker), rolledWords(speaker))
  else if (trace.unit === 'HOUR' || trace.unit === 'MINUTE')
    parts.push(
      say(speaker, 'Tính liên tục, cả ngoài giờ làm việc.', 'Time runs on outside working hours too.'),
    )
  else if (trace.unit !== 'NONE') {
    if (runsByHours(trace)) parts.push(workingHoursWords(speaker))
    parts.push(notCounted(speaker), madeUp(speaker))
  }
  parts.push(provisionalWords(speaker))
  const said = parts.filter((part) => part !== null)
  return said.length > 0 ? said.join(' ') : null
}

const basisText = (speaker: Speaker): string => {
  const { trace, year } = speaker
  if (trace.unit === 'SAME_DAY')
    return say(speaker, 'Theo Điều 7 Nghị định 23/2015/NĐ-CP.', 'Decree 23/2015/NĐ-CP, Article 7.')
  const dueYear = trace.dueOn?.slice(0, 4) ?? year
  const years = Array.from({ length: Number(dueYear) - Number(year) + 1 }, (_, index) =>
    String(Number(year) + index),
  )
  const yearWords = years.length > 2 ? `${year}–${dueYear}` : joinWords(years, speaker.language)
  const code = say(speaker, 'Theo Điều 147, 148 Bộ luật Dân sự', 'Civil Code, Articles 147 and 148')
  if (!onWholeDays(trace) && trace.unit !== 'WORKING_HOUR') return `${code}.`
  return say(
    speaker,
    `${code} và lịch nghỉ lễ năm ${yearWords}.`,
    `${code}, and the public holidays of ${yearWords}.`,
  )
}

/** The trace in words, for the portal, the desk and form 01. */
export const explainDue = (trace: DueTrace, language: Language = 'vi'): Explanation => {
  const speaker: Speaker = { language, trace, year: trace.receivedOn.slice(0, 4) }
  const lines = [receivedLine(speaker), amountLine(speaker), restLine(speaker)].filter(
    (line) => line !== null,
  )
  return { lines, legalBasis: trace.unit === 'NONE' ? '' : basisText(speaker) }
}

/** `trước 17:00 thứ Sáu 08/5/2026`; says "tạm tính" where it is. */
export const dueInWords = (due: Date, provisional: boolean, language: Language = 'vi'): string => {
  const date = weekdayAndDate(localDateOf(due), language, '')
  const words = language === 'vi' ? `trước ${timeText(due)} ${date}` : `by ${timeText(due)} on ${date}`
  if (!provisional) return words
  return `${words}${language === 'vi' ? ' (tạm tính)' : ' (provisional)'}`
}
