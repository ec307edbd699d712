import { setTimeout as sleep } from 'node:timers/promises'
import { listHalls } from '#modules/queue/contract.ts'
import { instantOf, type LocalDate, localDateOf } from '#platform/time/vietnam.ts'
import type { Api } from './api.ts'

/**
 * The minutes of the played day. Either the server's own clock goes through that day (a demo server started with DEMO_TIME and
 * DEMO_SPEED): then a minute is its minute, and what it promises can be held against what came. Or the server's clock is as
 * it is, and only the intervals shrink: numbers, order and calls are real, minutes are not.
 */
export type DayTime = {
  /** Minute of the played day now. */
  minute: () => number
  until: (minute: number) => Promise<void>
  pause: (minutes: number) => Promise<void>
  /** So many seconds by the server's clock, for what the product itself times. */
  serverSeconds: (seconds: number) => Promise<void>
  /** The server's clock, as far as it was looked at. */
  now: () => Date
  speed: number
  ownClock: boolean
  /** Looks at the server's clock again: it was started anew, or estimates drift. */
  sync: () => Promise<void>
}

const MINUTE = 60_000
/** Faster than this is no clock that merely runs a little ahead. */
const FAST_FROM = 1.5
const LOOK_MS = 1_500
/** The server tells whole seconds. */
const HALF_SECOND = 500
const SURE_MS = 60

/** Not asked for: the server lives on another day than the one to be played. */
export class OtherDay extends Error {}

export const createDayTime = async (
  api: Api,
  { day, from, speed: wanted }: { day: LocalDate; from: number; speed: number },
): Promise<DayTime> => {
  const look = async () => {
    const { value, sent, answered } = await api.ask(listHalls, {})
    return { at: Date.parse(value.at) + HALF_SECOND, seen: (sent + answered) / 2, tookMs: answered - sent }
  }
  const first = await look()
  await sleep(LOOK_MS)
  let base: { at: number; seen: number } = await look()
  const measured = (base.at - first.at) / (base.seen - first.seen)
  const ownClock = measured >= FAST_FROM
  const sameDay = localDateOf(new Date(base.at)) === day
  if (ownClock && !sameDay)
    throw new OtherDay(
      `the server's clock shows ${localDateOf(new Date(base.at))}, not ${day}: start it with DEMO_TIME=${day}T07:00:00+07:00, or rehearse that day`,
    )
  // Nearly what was asked for is what was asked for: a second is much of a short look.
  const near = Math.abs(measured / wanted - 1) < 0.15
  const serverSpeed = ownClock ? (near ? wanted : measured) : 1
  const speed = ownClock ? serverSpeed : wanted
  const started = performance.now()
  const now = () => base.at + (performance.now() - base.seen) * serverSpeed
  const minute = () =>
    ownClock
      ? (now() - instantOf(day).getTime()) / MINUTE
      : from + ((performance.now() - started) * speed) / MINUTE
  const until = async (wantedMinute: number): Promise<void> => {
    for (;;) {
      const left = ((wantedMinute - minute()) * MINUTE) / speed
      if (left <= 0) return
      // In pieces, so that a look at the server's clock counts.
      await sleep(Math.min(left, 1_000))
    }
  }
  return {
    ...{ minute, until, speed, ownClock, now: () => new Date(now()) },
    pause: (minutes) => until(minute() + minutes),
    serverSeconds: (seconds) => sleep((seconds * 1_000) / serverSpeed),
    sync: async () => {
      const { tookMs, ...seen } = await look()
      const off = Math.abs(seen.at - (base.at + (seen.seen - base.seen) * serverSpeed))
      // A slow answer says little about the moment it was made in, unless the clock was set.
      if (tookMs < SURE_MS || off > tookMs * serverSpeed) base = seen
    },
  }
}
