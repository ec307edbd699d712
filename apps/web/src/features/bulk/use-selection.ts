import { useState } from 'react'

export type Selection<T> = {
  keys: ReadonlySet<string>
  /** What was chosen, also rows that the present filter does not show. */
  items: readonly T[]
  /** `shown` are the rows in sight, from which new keys are taken. */
  choose: (keys: ReadonlySet<string>, shown: readonly T[]) => void
  clear: () => void
}

/** Rows stay chosen while filters change, until they are dealt with or let go. */
export function useSelection<T>(keyOf: (item: T) => string): Selection<T> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, T>>(new Map())
  return {
    keys: new Set(chosen.keys()),
    items: [...chosen.values()],
    choose: (keys, shown) => {
      const known = new Map([...chosen, ...shown.map((item): [string, T] => [keyOf(item), item])])
      setChosen(
        new Map(
          [...keys].flatMap((key): [string, T][] => {
            const item = known.get(key)
            return item === undefined ? [] : [[key, item]]
          }),
        ),
      )
    },
    clear: () => setChosen(new Map()),
  }
}
