import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { runsOf, syllables } from '#platform/text/fold.ts'

/** `exact`: a code, its end, a card or a phone, which few rows have; `name`: words of a name. */
export type Search = { kind: 'exact' | 'name' | 'nothing'; where: RawBuilder<SqlBool> }

/** A tax code of a dependent unit is kept as it was typed, with its dash or without. */
const numbersOf = (digits: string): string[] =>
  /^\d{13}$/.test(digits) ? [digits, `${digits.slice(0, 10)}-${digits.slice(10)}`] : [digits]

/** The same phone written for this country and for abroad. */
const phonesOf = (digits: string): string[] => {
  const own = digits.replace(/^\+?84/, '0')
  return own.startsWith('0') ? [own, `+84${own.slice(1)}`] : [digits]
}

/** The longest runs of syllables that the index knows: of few rows each. */
const LONGEST_RUN = 3

/** What somebody typed: a code or its end, a card or phone number, or a name with or without accents. */
export const searchOf = (q: string): Search => {
  const text = q.trim().toUpperCase()
  if (/^[A-Z0-9]{3}(\.[A-Z0-9]+)*-\d{6}-\d{4,}$/.test(text))
    return { kind: 'exact', where: sql<SqlBool>`d.code = ${text}` }
  if (/^\d{6}-\d{1,6}$/.test(text))
    return { kind: 'exact', where: sql<SqlBool>`substr(d.code, strpos(d.code, '-') + 1) like ${`${text}%`}` }
  const digits = q.replace(/[\s.-]/g, '')
  if (/^\+?\d{9,13}$/.test(digits))
    return {
      kind: 'exact',
      where: sql<SqlBool>`(d.owner_number = any(${numbersOf(digits)}::text[]) or d.owner_phone = any(${phonesOf(digits)}::text[]))`,
    }
  const words = syllables(q)
  const tokens = [...new Set(runsOf(words, Math.min(words.length, LONGEST_RUN)))]
  // Nothing but signs was typed: everything would contain that.
  if (tokens.length === 0) return { kind: 'nothing', where: sql<SqlBool>`false` }
  return { kind: 'name', where: sql<SqlBool>`d.search_tokens @> ${tokens}::text[]` }
}

/** Letters that a Vietnamese syllable has when its marks are off. */
const LETTERS = [...'abcdeghiklmnopqrstuvxy']
const MOST_SYLLABLES = 6
/** One letter more, less, other, or two swapped: of shorter words that is nearly every word there is. */
const SHORTEST_ALONE = 4

/** Everything that is one typing error away. */
const oneErrorFrom = (word: string): string[] => {
  const made = new Set<string>()
  for (let i = 0; i <= word.length; i++) {
    const [head, tail] = [word.slice(0, i), word.slice(i)]
    if (tail !== '') made.add(head + tail.slice(1))
    if (tail.length > 1) made.add(`${head}${tail[1]}${tail[0]}${tail.slice(2)}`)
    for (const letter of LETTERS) {
      made.add(head + letter + tail)
      if (tail !== '') made.add(head + letter + tail.slice(1))
    }
  }
  made.delete(word)
  made.delete('')
  return [...made]
}

type Run = { at: number; token: string }

/** The runs over a syllable, with what else may have been meant in its place; and the runs that stand as they were typed. */
const around = (
  words: readonly string[],
  at: number,
  length: number,
): { other: string[][]; kept: string[] } => {
  const runs: Run[] = runsOf(words, length).map((token, start) => ({ at: start, token }))
  const [over, beside] = [
    runs.filter((run) => run.at <= at && at < run.at + length),
    runs.filter((run) => run.at > at || at >= run.at + length),
  ]
  const neighbours = oneErrorFrom(words[at] ?? '')
  return {
    other: over.map((run) =>
      neighbours.map((word) =>
        words
          .slice(run.at, run.at + length)
          .with(at - run.at, word)
          .join('_'),
      ),
    ),
    kept: beside.map(({ token }) => token),
  }
}

/**
 * Names with one syllable mistyped, for when nobody has the name as typed: the neighbours of that syllable are tried in its
 * runs, and the index is asked for all of them at once. No index of letters is needed, which would be as large as the names.
 */
export const nearlyNamed = (q: string): RawBuilder<SqlBool> | undefined => {
  const words = syllables(q)
  const [only = ''] = words
  if (words.length === 0 || words.length > MOST_SYLLABLES || words.some((word) => /\d/.test(word)))
    return undefined
  if (words.length === 1 && only.length < SHORTEST_ALONE) return undefined
  const length = Math.min(words.length, LONGEST_RUN)
  const ways = words.map((_, at) => {
    const { other, kept } = around(words, at, length)
    return sql<SqlBool>`(${sql.join(
      [
        ...other.map((tokens) => sql`d.search_tokens && ${tokens}::text[]`),
        ...(kept.length > 0 ? [sql`d.search_tokens @> ${kept}::text[]`] : []),
      ],
      sql` and `,
    )})`
  })
  return sql<SqlBool>`(${sql.join(ways, sql` or `)})`
}
