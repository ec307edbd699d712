/**
 * Priority classes by law: Decree 63/2010 Article 18(8), Decree 118/2025 Article 13(2)(b), Law on the Elderly Article 3(1)(c).
 * Declared by the person, confirmed by an officer.
 */
export const PRIORITY_CLASSES = ['NONE', 'ELDERLY', 'DISABLED', 'PREGNANT', 'MERIT', 'SMALL_CHILD'] as const
export type PriorityClass = (typeof PRIORITY_CLASSES)[number]

/** The written rule of a centre. */
export type OrderRule = {
  /** After so many priority calls in a row one visitor without priority is called. */
  priorityInRow: number
  /** A visitor who has waited so many minutes beyond others counts as one level higher; the bound on starvation. */
  ageingMinutes: number
  /** An appointment counts from so many minutes before its time to as many after. */
  graceMinutes: number
}

export const DEFAULT_RULE: OrderRule = { priorityInRow: 2, ageingMinutes: 20, graceMinutes: 15 }

/** What of a ticket decides when it is called; instants in milliseconds. */
export type Waiting = {
  id: string
  priority: PriorityClass
  queuedAt: number
  appointmentAt: number | null
}

export type Why = 'priority' | 'appointment' | 'turn-after-priority' | 'waited-long' | 'first-come'

const MINUTE = 60_000

const inGrace = ({ graceMinutes }: OrderRule, { appointmentAt }: Waiting, now: number): boolean =>
  appointmentAt !== null && Math.abs(now - appointmentAt) <= graceMinutes * MINUTE

/** Before its time an appointment waits: it was promised for later, and others are here. */
const isEarly = ({ graceMinutes }: OrderRule, { appointmentAt }: Waiting, now: number): boolean =>
  appointmentAt !== null && now < appointmentAt - graceMinutes * MINUTE

/** 0 first come, 1 appointment in its time, 2 priority by law; each full ageing period of waiting is a level more. */
export const levelOf = (rule: OrderRule, ticket: Waiting, now: number): number => {
  if (isEarly(rule, ticket, now)) return -1
  const base = ticket.priority !== 'NONE' ? 2 : inGrace(rule, ticket, now) ? 1 : 0
  return base + Math.max(0, Math.floor((now - ticket.queuedAt) / (rule.ageingMinutes * MINUTE)))
}

const seniority = ({ queuedAt, appointmentAt }: Waiting): number => Math.max(queuedAt, appointmentAt ?? 0)

const before =
  (rule: OrderRule, now: number) =>
  (a: Waiting, b: Waiting): number =>
    levelOf(rule, b, now) - levelOf(rule, a, now) ||
    seniority(a) - seniority(b) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export type Turn<T extends Waiting = Waiting> = { ticket: T; why: Why }

const whyOf = (rule: OrderRule, ticket: Waiting, oldest: number, now: number): Why => {
  if (ticket.priority !== 'NONE') return 'priority'
  if (inGrace(rule, ticket, now)) return 'appointment'
  return oldest < seniority(ticket) ? 'waited-long' : 'first-come'
}

/** Whose turn it is: the highest level, then who came first; after `priorityInRow` calls with priority, one without. */
export const nextTurn = <T extends Waiting>(
  rule: OrderRule,
  waiting: readonly T[],
  streak: number,
  now: number,
): Turn<T> | undefined => {
  const order = before(rule, now)
  const first = (tickets: readonly T[]) =>
    tickets.reduce<T | undefined>(
      (best, one) => (best === undefined || order(one, best) < 0 ? one : best),
      undefined,
    )
  const normal =
    streak >= rule.priorityInRow ? first(waiting.filter(({ priority }) => priority === 'NONE')) : undefined
  if (normal) return { ticket: normal, why: 'turn-after-priority' }
  const ticket = first(waiting)
  if (!ticket) return undefined
  const oldest = waiting.reduce((least, one) => Math.min(least, seniority(one)), Number.POSITIVE_INFINITY)
  return { ticket, why: whyOf(rule, ticket, oldest, now) }
}

export const streakAfter = (streak: number, called: PriorityClass): number =>
  called === 'NONE' ? 0 : streak + 1

/**
 * The order in which those who wait now would be called if nobody else came: `nextTurn` again and again, but sorted once, since
 * boards and phones ask for it and a morning's line has a thousand people.
 */
export const callOrder = <T extends Waiting>(
  rule: OrderRule,
  waiting: readonly T[],
  streak: number,
  now: number,
): Turn<T>[] => {
  const order = before(rule, now)
  const sorted = waiting.toSorted(order)
  const normal = sorted.filter(({ priority }) => priority === 'NONE')
  const privileged = sorted.filter(({ priority }) => priority !== 'NONE')
  const bySeniority = waiting.toSorted((a, b) => seniority(a) - seniority(b))
  const called = new Set<T>()
  const turns: Turn<T>[] = []
  let [n, p, oldest, row] = [0, 0, 0, streak]
  for (;;) {
    const [mine, theirs] = [normal[n], privileged[p]]
    const due = mine !== undefined && row >= rule.priorityInRow
    const ticket = due || !theirs || (mine && order(mine, theirs) < 0) ? mine : theirs
    if (!ticket) return turns
    for (let one = bySeniority[oldest]; one && called.has(one); one = bySeniority[oldest]) oldest += 1
    const since = seniority(bySeniority[oldest] ?? ticket)
    turns.push({ ticket, why: due ? 'turn-after-priority' : whyOf(rule, ticket, since, now) })
    called.add(ticket)
    if (ticket === mine) n += 1
    else p += 1
    row = streakAfter(row, ticket.priority)
  }
}

/** Seniority of who missed the call and is back: called after so many of those who wait. */
export const requeuedAt = (waiting: readonly Waiting[], after: number, now: number): number => {
  const ahead = waiting.map(seniority).sort((a, b) => a - b)
  const behind = ahead[after - 1]
  return behind === undefined ? now : behind + 1
}
