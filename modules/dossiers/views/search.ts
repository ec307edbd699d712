import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { searchTokens, syllables } from '#platform/text/fold.ts'

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
  const pairs = searchTokens(q).filter((token) => token.includes('_'))
  const tokens = pairs.length > 0 ? pairs : syllables(q)
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

/**
 * Names with one syllable mistyped, for when nobody has the name as typed: the neighbours of that syllable are tried in its
 * pairs, and the index is asked for all of them at once. No index of letters is needed, which would be as large as the names.
 */
export const nearlyNamed = (q: string): RawBuilder<SqlBool> | undefined => {
  const words = syllables(q)
  if (words.length === 0 || words.length > MOST_SYLLABLES || words.some((word) => /\d/.test(word)))
    return undefined
  const [only] = words
  if (words.length === 1)
    return only !== undefined && only.length >= SHORTEST_ALONE
      ? sql<SqlBool>`d.search_tokens && ${oneErrorFrom(only)}::text[]`
      : undefined
  const ways = words.map((word, i) => {
    const neighbours = oneErrorFrom(word)
    const kept = words.slice(1).flatMap((next, k) => (k + 1 === i || k === i ? [] : [`${words[k]}_${next}`]))
    const [before, after] = [words[i - 1], words[i + 1]]
    const parts = [
      ...(kept.length > 0 ? [sql<SqlBool>`d.search_tokens @> ${kept}::text[]`] : []),
      ...(before === undefined
        ? []
        : [sql<SqlBool>`d.search_tokens && ${neighbours.map((one) => `${before}_${one}`)}::text[]`]),
      ...(after === undefined
        ? []
        : [sql<SqlBool>`d.search_tokens && ${neighbours.map((one) => `${one}_${after}`)}::text[]`]),
    ]
    return sql<SqlBool>`(${sql.join(parts, sql` and `)})`
  })
  return sql<SqlBool>`(${sql.join(ways, sql` or `)})`
}
