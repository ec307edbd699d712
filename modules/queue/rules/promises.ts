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
  return {
    tickets: kept.length,
    within: kept.filter((one) => one.waited >= one.p10 && one.waited <= one.p90).length,
    sooner: kept.filter((one) => one.waited < one.p10).length,
    later: kept.filter((one) => one.waited > one.p90).length,
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
