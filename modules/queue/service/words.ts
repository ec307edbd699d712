import type { Calendar } from '#modules/calendar/rules.ts'
import { isOpen, nextSession } from '#modules/calendar/rules.ts'
import {
  addDays,
  instantOf,
  localDateOf,
  minuteOfDay,
  textFromMinute,
  weekdayOf,
} from '#platform/time/vietnam.ts'
import type { APPOINTMENT_STATES } from '../contract.ts'
import type { TicketState, Why } from '../rules.ts'

type Words = { vi: string; en: string }

export const STATE_WORDS: Readonly<Record<TicketState, Words>> = {
  WAITING: { vi: 'Đang chờ', en: 'waiting' },
  CALLED: { vi: 'Đã gọi', en: 'called' },
  SERVING: { vi: 'Đang phục vụ', en: 'being served' },
  HELD: { vi: 'Tạm giữ', en: 'held' },
  DONE: { vi: 'Đã xong', en: 'done' },
  NO_SHOW: { vi: 'Vắng khi gọi', en: 'missed the call' },
  CANCELLED: { vi: 'Đã hủy', en: 'cancelled' },
}

export const WHY_WORDS: Readonly<Record<Why | 'out-of-order', Words>> = {
  priority: { vi: 'Ưu tiên theo luật', en: 'Priority by law' },
  appointment: { vi: 'Đến đúng giờ đã đặt', en: 'Appointment in its time' },
  'turn-after-priority': { vi: 'Tới lượt sau các số ưu tiên', en: 'Turn after those with priority' },
  'waited-long': { vi: 'Đã chờ lâu', en: 'Waited long' },
  'first-come': { vi: 'Đến trước gọi trước', en: 'First come, first called' },
  'out-of-order': {
    vi: 'Cán bộ gọi trái thứ tự, có ghi lý do',
    en: 'Called out of order, with a reason on record',
  },
}

/** 07:30 thứ … is long for a kiosk: `07:30 ngày 22/04`. */
export const momentShort = (instant: Date): string => {
  const [, month, day] = localDateOf(instant).split('-')
  return `${textFromMinute(minuteOfDay(instant))} ngày ${day}/${month}`
}

type GivenWhen = { weekdays: readonly number[]; sessions: 'ALL' | 'MORNING' | 'AFTERNOON' }

const NOON = 12 * 60
/** A group that is given on no working day of two months is set up wrongly, and its next opening is the centre's own. */
const SESSIONS_AHEAD = 120

const givenIn = ({ weekdays, sessions }: GivenWhen, from: Date): boolean => {
  if (!weekdays.includes(weekdayOf(localDateOf(from)))) return false
  if (sessions === 'ALL') return true
  return minuteOfDay(from) < NOON === (sessions === 'MORNING')
}

/** Today's last closing and the next opening after it, by the centre's calendar and the sessions of the group. */
export const hoursOf = (calendar: Calendar, now: Date, when?: GivenWhen) => {
  const tomorrow = instantOf(addDays(localDateOf(now), 1), 0)
  let closes: Date | null = null
  let opens: Date | null = null
  let open = false
  let from = now
  for (let seen = 0; seen < SESSIONS_AHEAD && opens === null; seen += 1) {
    const session = nextSession(calendar, from)
    from = session.to
    if (when && !givenIn(when, session.from)) continue
    if (session.from >= tomorrow) opens = session.from
    else {
      closes = session.to
      open ||= session.from <= now
    }
  }
  return {
    open: open && isOpen(calendar, now),
    closes,
    opens: opens ?? nextSession(calendar, closes ?? now).from,
  }
}

/** The working sessions of a day, in minutes of it. */
export const sessionsOn = (calendar: Calendar, date: string): { from: number; to: number }[] => {
  const begins = instantOf(date)
  const ends = instantOf(addDays(date, 1))
  const sessions: { from: number; to: number }[] = []
  for (let from = begins; ; ) {
    const session = nextSession(calendar, from)
    if (session.from >= ends) return sessions
    const minutes = (at: Date) => Math.round((at.getTime() - begins.getTime()) / 60_000)
    sessions.push({ from: minutes(session.from), to: minutes(session.to) })
    from = session.to
  }
}

export const APPOINTMENT_WORDS: Readonly<Record<(typeof APPOINTMENT_STATES)[number], Words>> = {
  HELD: { vi: 'Đang giữ giờ', en: 'kept' },
  BOOKED: { vi: 'Đã đặt', en: 'booked' },
  ARRIVED: { vi: 'Đã đến', en: 'arrived' },
  CANCELLED: { vi: 'Đã hủy', en: 'cancelled' },
  EXPIRED: { vi: 'Hết giờ giữ', en: 'no longer kept' },
  MISSED: { vi: 'Không đến', en: 'missed' },
}
