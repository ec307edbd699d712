/** How many counters are meant to be open, in minutes from opening: lunch, ends of shifts, closing. */
export type PlanSegment = { from: number; to: number; open: number }
export type StaffPlan = readonly PlanSegment[]

/** A change of the number of open counters. */
export type PlanChange = { at: number; by: number }

export const plannedAt = (plan: StaffPlan, at: number): number | null =>
  plan.find(({ from, to }) => at >= from && at < to)?.open ?? null

const boundaries = (plan: StaffPlan): PlanChange[] =>
  plan.flatMap(({ from, open }, i) => {
    const before = plan[i - 1]
    return before && open !== before.open ? [{ at: from, by: open - before.open }] : []
  })

/** How long after its planned moment a change that nobody has reported yet is still expected. */
const LATE_BY = 15

/**
 * What is still to change after `now` when `open` counters are open: the plan's later changes, and an overdue one at once.
 * People who hold a ticket are served after closing, so the end of the plan takes no counter away.
 */
export const changesAhead = (plan: StaffPlan, now: number, open: number): PlanChange[] => {
  const later = boundaries(plan).filter(({ at }) => at > now)
  const last = boundaries(plan).findLast(({ at }) => at <= now)
  const first = plan[0]
  const planned = plannedAt(plan, now)
  if (planned === null)
    return first && now < first.from && open === 0 ? [{ at: first.from, by: first.open }, ...later] : later
  const missing = planned - open
  const since = last ? now - last.at : now - (first?.from ?? now)
  const overdue =
    since <= LATE_BY && (last ? Math.sign(missing) === Math.sign(last.by) : missing > 0) && missing !== 0
  return overdue ? [{ at: now, by: missing }, ...later] : later
}
