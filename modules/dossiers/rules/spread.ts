export type Spread = { item: string; candidates: readonly string[] }

/**
 * Gives each item to one of its candidates so that nobody ends with two more than somebody else who could have taken one of
 * theirs. Loads are what each holds before. An item without candidates goes to nobody.
 */
export const spreadEvenly = (
  items: readonly Spread[],
  loads: ReadonlyMap<string, number>,
): Map<string, string> => {
  const load = new Map(loads)
  const at = (officer: string): number => load.get(officer) ?? 0
  const given = new Map<string, string>()
  const give = (item: string, officer: string): void => {
    const before = given.get(item)
    if (before !== undefined) load.set(before, at(before) - 1)
    given.set(item, officer)
    load.set(officer, at(officer) + 1)
  }
  const least = (candidates: readonly string[]): string | undefined =>
    candidates.reduce<string | undefined>(
      (best, one) => (best === undefined || at(one) < at(best) ? one : best),
      undefined,
    )
  for (const { item, candidates } of items) {
    const officer = least(candidates)
    if (officer !== undefined) give(item, officer)
  }
  // Officers differ in what they may do, so that an early choice can be wrong later. Each move lowers the sum of squares.
  for (let moved = true; moved; ) {
    moved = false
    for (const { item, candidates } of items) {
      const holder = given.get(item)
      const other = least(candidates)
      if (holder === undefined || other === undefined || at(other) + 1 >= at(holder)) continue
      give(item, other)
      moved = true
    }
  }
  return given
}
