const STEP = 5

/**
 * What people are shown of a promise: both ends rounded outwards to five minutes, so that it can be remembered and is never
 * narrower than what was computed. Promises are held against this.
 */
export const shownRange = ({ p10, p90 }: { p10: number; p90: number }): { from: number; to: number } => ({
  from: Math.floor(p10 / STEP) * STEP,
  to: Math.max(STEP, Math.ceil(p90 / STEP) * STEP),
})

/** One called visitor: what was promised and how it came, in minutes. */
export type Kept = { p10: number; p50: number; p90: number; waited: number; comeBackAfter: number | null }

/** Fewer than this and a figure says more about chance than about the hall. */
export const LEAST_TICKETS = 30

const at = (values: readonly number[], share: number): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? null
}

const rounded = (minutes: number | null): number | null => (minutes === null ? null : Math.round(minutes))

/** Promises held against what came of them; under thirty tickets no minutes are told. */
export const measure = (kept: readonly Kept[]) => {
  const enough = kept.length >= LEAST_TICKETS
  const waited = kept.map((one) => one.waited)
  const said = kept.map((one) => ({ ...shownRange(one), waited: one.waited }))
  return {
    tickets: kept.length,
    within: said.filter((one) => one.waited >= one.from && one.waited <= one.to).length,
    sooner: said.filter((one) => one.waited < one.from).length,
    later: said.filter((one) => one.waited > one.to).length,
    tooEarly: kept.filter((one) => one.comeBackAfter !== null && one.waited < one.comeBackAfter).length,
    promised: enough
      ? rounded(
          at(
            kept.map((one) => one.p50),
            0.5,
          ),
        )
      : null,
    waited: enough ? rounded(at(waited, 0.5)) : null,
    ninety: enough ? rounded(at(waited, 0.9)) : null,
  }
}
