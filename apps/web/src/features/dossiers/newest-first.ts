/** By the moment itself, whatever order the answer has; of the same moment the answer's order stays. */
export const newestFirst = <T extends { at: string }>(entries: readonly T[]): T[] =>
  entries.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
