import { sql } from 'kysely'
import type { Tx } from '#platform/db/connect.ts'

export type CodeSeries = { identifier: string; day: string }

const seriesKey = ({ identifier, day }: CodeSeries): string => `${identifier} ${day}`

/** Counts how many numbers each series needs; keys sorted, so that two batches lock the counters in one order. */
const demand = <T>(items: readonly T[], keyOf: (item: T) => string): [string, number][] => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Hands the numbers of one counter row each to the items in their order. */
const spread = <T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  lasts: ReadonlyMap<string, number>,
  demands: readonly [string, number][],
): number[] => {
  const next = new Map(demands.map(([key, count]) => [key, (lasts.get(key) ?? 0) - count + 1]))
  return items.map((item) => {
    const key = keyOf(item)
    const number = next.get(key) ?? 0
    next.set(key, number + 1)
    return number
  })
}

/**
 * Running numbers in the day per agency identifier (Article 28, Decree 118/2025): taken in the transaction that uses them, so
 * there is no gap and no duplicate, across processes as well.
 */
export const takeCodeNumbers = async (tx: Tx, series: readonly CodeSeries[]): Promise<number[]> => {
  const demands = demand(series, seriesKey)
  const rows = demands.map(([key, count]) => {
    const [identifier, day] = key.split(' ')
    return { identifier, day, count }
  })
  const taken = await sql<{ identifier: string; day: string; last: number }>`
    insert into dossier_code_counter as c (identifier, day, last)
    select x.identifier, x.day, x.count
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(identifier text, day date, count integer)
    order by x.identifier, x.day
    on conflict (identifier, day) do update set last = c.last + excluded.last
    returning identifier, day, last`.execute(tx)
  const lasts = new Map(taken.rows.map((row) => [seriesKey(row), row.last]))
  return spread(series, seriesKey, lasts, demands)
}

/** Running numbers in a centre's book of the year ("Vào Sổ theo dõi hồ sơ, Quyển số…, Số thứ tự…"). */
export const takeBookNumbers = async (
  tx: Tx,
  books: readonly { centre: string; year: number }[],
): Promise<number[]> => {
  const keyOf = (book: { centre: string; year: number }) => `${book.centre} ${book.year}`
  const demands = demand(books, keyOf)
  const rows = demands.map(([key, count]) => {
    const [centre, year] = key.split(' ')
    return { centre, year: Number(year), count }
  })
  const taken = await sql<{ centre: string; year: number; last: number }>`
    insert into dossier_book_counter as c (centre, year, last)
    select x.centre, x.year, x.count
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(centre text, year integer, count integer)
    order by x.centre, x.year
    on conflict (centre, year) do update set last = c.last + excluded.last
    returning centre, year, last`.execute(tx)
  const lasts = new Map(taken.rows.map((row) => [keyOf(row), row.last]))
  return spread(books, keyOf, lasts, demands)
}

/** The next free number of an agency's register of results in a year. */
export const takeResultNumber = async (tx: Tx, unit: string, year: number): Promise<number> => {
  const { rows } = await sql<{ last: number }>`
    insert into result_number_counter as c (unit, year, last) values (${unit}, ${year}, 1)
    on conflict (unit, year) do update set last = c.last + 1
    returning last`.execute(tx)
  return rows[0]?.last ?? 1
}
