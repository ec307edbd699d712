import { addWorkingMinutes, type Calendar, dueDate, workingMinutesBetween } from '#modules/calendar/rules.ts'
import type { Role } from '#modules/identity/contract.ts'
import type { Words } from '#platform/errors.ts'

/** What no answer in time means: agreement where a law says so, else the head of the one-stop is told (Article 20(2), Decree 118/2025). */
export const SILENCES = ['AGREEMENT', 'ESCALATION'] as const
export type Silence = (typeof SILENCES)[number]

export const OPINIONS = ['AGREES', 'CONDITIONS', 'DISAGREES'] as const
export type Opinion = (typeof OPINIONS)[number]

export const ASK_STATES = ['asked', 'answered', 'silent', 'withdrawn'] as const
export type AskState = (typeof ASK_STATES)[number]

/** Whoever works on a step of the agency in charge asks; whoever works in the other agency answers. */
export const ASKS: readonly Role[] = ['SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD']
export const ANSWERS: readonly Role[] = ['SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD', 'CLERK']
/** Steps in which opinions are asked, and which wait for them. */
export const ASKING_STEPS: readonly string[] = ['appraise', 'review', 'approve']

export const OPINION_WORDS: Readonly<Record<Opinion, Words>> = {
  AGREES: { vi: 'Đồng ý', en: 'Agrees' },
  CONDITIONS: { vi: 'Đồng ý kèm điều kiện', en: 'Agrees with conditions' },
  DISAGREES: { vi: 'Không đồng ý', en: 'Disagrees' },
}
export const ASK_STATE_WORDS: Readonly<Record<AskState, Words>> = {
  asked: { vi: 'Chờ trả lời', en: 'Waiting for the answer' },
  answered: { vi: 'Đã trả lời', en: 'Answered' },
  silent: { vi: 'Không trả lời đúng hạn', en: 'No answer in time' },
  withdrawn: { vi: 'Không hỏi nữa', en: 'No longer asked' },
}
/** Said to both sides before the time is over, and after it. */
export const SILENCE_WORDS: Readonly<Record<Silence, Words>> = {
  AGREEMENT: {
    vi: 'Quá hạn không trả lời được coi là đồng ý.',
    en: 'No answer in time counts as agreement.',
  },
  ESCALATION: {
    vi: 'Quá hạn không trả lời thì báo người đứng đầu Bộ phận Một cửa và lãnh đạo cơ quan được hỏi.',
    en: 'No answer in time is told to the head of the one-stop and to the agency’s own head.',
  },
}

/** The time to answer, and when it is remembered: after two thirds of it. */
export const consultationDates = (
  calendar: Calendar,
  at: Date,
  workingDays: number,
): { due: Date; remind: Date } => {
  const { due } = dueDate({ start: at, amount: workingDays, unit: 'WORKING_DAY', calendar })
  if (!due) throw new Error('a number of working days always has an end')
  const minutes = workingMinutesBetween(calendar, at, due)
  return { due, remind: addWorkingMinutes(calendar, at, Math.floor((minutes * 2) / 3)) }
}

type Asked = { state: AskState; due: Date; silence: Silence }

/** An opinion counts while it is waited for; one that comes too late still does where silence was no agreement. */
export const mayAnswer = ({ state, due, silence }: Asked, now: Date): boolean => {
  if (silence === 'ESCALATION') return state === 'asked' || state === 'silent'
  return state === 'asked' && now <= due
}

/** What there is to do by itself at this moment: remind, or record that nothing came. */
export const watchedNow = (
  { state, due }: Asked,
  remindedAt: Date | null,
  now: Date,
): 'silence' | 'remind' | null => {
  if (state !== 'asked') return null
  if (now > due) return 'silence'
  return remindedAt === null ? 'remind' : null
}
