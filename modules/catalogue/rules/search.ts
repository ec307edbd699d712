import { withinEdits } from '#platform/text/edits.ts'
import { fold } from '#platform/text/fold.ts'

/** What the index knows of a procedure; made from promoted columns, so that content stays on disk. */
export type SearchEntry = {
  code: string
  name: string
  plainName: string | null
  synonyms: readonly string[]
  field: string
  fieldName: string
  levels: readonly string[]
  /** Every agency text and unit id of the procedure, joined. */
  agency: string
  situations: readonly string[]
  popularity: number
}

export type SearchWords = {
  synonyms: readonly { say: readonly string[]; means: string }[]
  /** Words of asking ("xin", "làm") that say nothing about the procedure. */
  ignored: readonly string[]
}

export type SearchQuery = {
  q?: string | undefined
  field?: string | undefined
  level?: string | undefined
  agency?: string | undefined
  situation?: string | undefined
}

export type SearchIndex = {
  /** Codes, best first. */
  find: (query: SearchQuery) => string[]
  /** The three nearest when nothing was found. */
  near: (q: string) => string[]
}

/** `ký` and `kí` are one word in two spellings. */
export const searchFold = (text: string): string => fold(text).replace(/y/g, 'i')
const words = (text: string): string[] => {
  const folded = searchFold(text)
  return folded === '' ? [] : folded.split(' ')
}

/** Folded words by text: fields and agencies repeat thousands of times, and a rebuilt index reads the same titles again. */
export type FoldedTexts = Map<string, string[]>

const wordsOnce = (texts: FoldedTexts, text: string): string[] => {
  const known = texts.get(text)
  if (known) return known
  const made = words(text)
  texts.set(text, made)
  return made
}

/** Where a word stands decides its weight: a citizen's words name the thing, official titles describe it. */
const WEIGHT = { plain: 1, synonym: 0.9, name: 0.72, field: 0.35, agency: 0.25 } as const
const PAIR_BONUS = 0.9
const EXACT_BONUS = 6
const START_BONUS = 1.5
const INSIDE_BONUS = 1.4
const ACCENT_BONUS = 0.12
const POPULARITY_BONUS = 1.2
/** Share of the query's information that an answer must contain. */
const ENOUGH = 0.62
const TYPO_PENALTY = 0.35
const PREFIX_PENALTY = 0.15
const MAX_QUERY_WORDS = 24
/** Titles with the word, up to which it may be a typing error. */
const RARE = 8
const CODE_LIKE = /^\d(\.\d{0,6})?[\d.]*$/

type Posting = { doc: number; weight: number }
type Doc = {
  entry: SearchEntry
  phrases: string[]
  pairs: Map<string, number>
  accented: Set<string>
  length: number
}

const pairsOf = (list: readonly string[]): string[] => list.slice(1).map((word, i) => `${list[i]}_${word}`)

const indexDoc = (
  entry: SearchEntry,
  texts: FoldedTexts,
  add: (word: string, weight: number) => void,
): Doc => {
  const pairs = new Map<string, number>()
  const put = (text: string, weight: number): string[] => {
    const list = wordsOnce(texts, text)
    for (const word of list) add(word, weight)
    for (const pair of pairsOf(list)) pairs.set(pair, Math.max(pairs.get(pair) ?? 0, weight))
    return list
  }
  const phrases = [entry.plainName, ...entry.synonyms].flatMap((phrase) =>
    phrase ? [wordsOnce(texts, phrase).join(' ')] : [],
  )
  if (entry.plainName) put(entry.plainName, WEIGHT.plain)
  for (const synonym of entry.synonyms) put(synonym, WEIGHT.synonym)
  const name = put(entry.name, WEIGHT.name)
  put(entry.fieldName, WEIGHT.field)
  put(entry.agency, WEIGHT.agency)
  const spoken = `${entry.plainName ?? ''} ${entry.synonyms.join(' ')} ${entry.name}`
    .normalize('NFC')
    .toLowerCase()
  const bare = name.join(' ').replace(/^thu tuc /, '')
  return {
    entry,
    phrases: [...phrases, bare],
    pairs,
    accented: new Set(spoken.split(/[^\p{L}\p{N}]+/u)),
    length: name.length,
  }
}

const trigramsOf = (text: string): Set<string> => {
  const padded = `  ${text} `
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, i) => padded.slice(i, i + 3)))
}

const similarity = (a: Set<string>, b: Set<string>): number => {
  let shared = 0
  for (const gram of a) if (b.has(gram)) shared += 1
  return (2 * shared) / (a.size + b.size || 1)
}

type Candidate = { word: string; factor: number }

/**
 * An index in memory: 2,436 procedures answer in a few milliseconds, and a storm of look-ups never reaches the database.
 * Words are folded (no accents, `y` = `i`); a word also finds its neighbours by typing error, the last one its continuations.
 */
export const buildSearchIndex = (
  entries: readonly SearchEntry[],
  vocabulary: SearchWords,
  texts: FoldedTexts = new Map(),
): SearchIndex => {
  const postings = new Map<string, Posting[]>()
  const docs = entries.map((entry, doc) => {
    const mine = new Map<string, number>()
    const built = indexDoc(entry, texts, (word, weight) =>
      mine.set(word, Math.max(mine.get(word) ?? 0, weight)),
    )
    for (const [word, weight] of mine) {
      const list = postings.get(word)
      if (list) list.push({ doc, weight })
      else postings.set(word, [{ doc, weight }])
    }
    return built
  })
  const known = [...postings.keys()]
  const maxPopularity = Math.max(1, ...entries.map((entry) => entry.popularity))
  const ignored = vocabulary.ignored.map((phrase) => ` ${searchFold(phrase)} `)
  const synonyms = vocabulary.synonyms.map(({ say, means }) => ({
    say: say.map(searchFold),
    means: searchFold(means),
  }))
  const neighbours = new Map<string, Candidate[]>()
  const grams = new Map<number, Set<string>[]>()

  const idf = (word: string): number => Math.log(1 + docs.length / (1 + (postings.get(word)?.length ?? 0)))

  const typosOf = (word: string): Candidate[] => {
    const before = neighbours.get(word)
    if (before) return before
    const edits = word.length >= 7 ? 2 : 1
    const found =
      word.length < 3 || /\d/.test(word)
        ? []
        : known
            .filter((other) => other !== word && withinEdits(word, other, edits))
            .map((other) => ({ word: other, factor: 1 - TYPO_PENALTY }))
    // Bounded: a storm of random words must not fill the memory.
    if (neighbours.size > 5_000) neighbours.clear()
    neighbours.set(word, found)
    return found
  }

  const candidatesOf = (word: string, last: boolean, alone: boolean): Candidate[] => {
    const exact = postings.has(word) ? [{ word, factor: 1 }] : []
    const continued =
      last && (word.length >= 2 || !alone)
        ? known
            .filter((other) => other !== word && other.startsWith(word))
            .map((other) => ({ word: other, factor: (1 - PREFIX_PENALTY) * (exact.length > 0 ? 0.75 : 1) }))
        : []
    // A word of many titles was meant; a rare one may be a slip for another, weakly.
    const frequency = postings.get(word)?.length ?? 0
    const slips =
      frequency > RARE
        ? []
        : typosOf(word).map((slip) => (frequency > 0 ? { ...slip, factor: slip.factor * 0.45 } : slip))
    return [...exact, ...continued, ...slips]
  }

  /** `khaisinh` → `khai sinh`, when both halves are words. */
  const unglued = (word: string): string[] => {
    if (postings.has(word) || word.length < 5) return [word]
    const options = Array.from({ length: word.length - 3 }, (_, i) => [
      word.slice(0, i + 2),
      word.slice(i + 2),
    ])
      .filter((halves) => halves.every((half) => postings.has(half)))
      .sort((a, b) => Math.max(...b.map((half) => -idf(half))) - Math.max(...a.map((half) => -idf(half))))
    const common = options.sort((a, b) => popularityOfPair(b) - popularityOfPair(a))[0]
    return common && popularityOfPair(common) > 0 ? common : [word]
  }
  const popularityOfPair = (halves: readonly string[]): number => {
    const pair = halves.join('_')
    const first = postings.get(halves[0] ?? '') ?? []
    return first.reduce((sum, { doc }) => sum + Number(docs[doc]?.pairs.has(pair) ?? false), 0)
  }

  const agencyText = (entry: SearchEntry): string => wordsOnce(texts, entry.agency).join(' ')

  const matches = (entry: SearchEntry, query: SearchQuery): boolean => {
    if (
      query.field &&
      query.field !== entry.field &&
      searchFold(query.field) !== wordsOnce(texts, entry.fieldName).join(' ')
    )
      return false
    if (query.level && !entry.levels.includes(query.level)) return false
    if (query.situation && !entry.situations.includes(query.situation)) return false
    return !query.agency || agencyText(entry).includes(searchFold(query.agency))
  }

  const scoreWords = (asked: readonly string[], typed: ReadonlySet<string>): Map<number, number> => {
    const total = asked.reduce((sum, word) => sum + idf(word), 0) || 1
    const covered = new Map<number, { best: (Candidate | undefined)[]; score: number; share: number }>()
    asked.forEach((word, position) => {
      const worth = idf(word)
      const best = new Map<number, { candidate: Candidate; value: number }>()
      for (const candidate of candidatesOf(word, position === asked.length - 1, asked.length === 1)) {
        for (const { doc, weight } of postings.get(candidate.word) ?? []) {
          const value = candidate.factor * weight
          if (value > (best.get(doc)?.value ?? 0)) best.set(doc, { candidate, value })
        }
      }
      for (const [doc, { candidate, value }] of best) {
        const row = covered.get(doc) ?? { best: [], score: 0, share: 0 }
        row.best[position] = candidate
        row.score += worth * value
        row.share += worth * candidate.factor
        covered.set(doc, row)
      }
    })
    const scores = new Map<number, number>()
    const phrase = asked.join(' ')
    for (const [index, row] of covered) {
      const doc = docs[index]
      if (!doc || row.share / total < ENOUGH) continue
      let score = row.score / total
      let together = 0
      for (let i = 1; i < asked.length; i++) {
        together += doc.pairs.get(`${row.best[i - 1]?.word}_${row.best[i]?.word}`) ?? 0
      }
      if (asked.length > 1) score += (PAIR_BONUS * together) / (asked.length - 1)
      if (doc.phrases.includes(phrase)) score += EXACT_BONUS
      else if (doc.phrases.some((one) => `${one} `.startsWith(`${phrase} `))) score += START_BONUS
      else if (doc.phrases.some((one) => ` ${one}`.includes(` ${phrase}`))) score += INSIDE_BONUS
      for (const word of typed) if (doc.accented.has(word)) score += ACCENT_BONUS
      const quality = Math.min(1, row.share / total) ** 2
      score += (POPULARITY_BONUS * quality * doc.entry.popularity) / maxPopularity
      // Of two titles with the same words, the shorter says nothing else.
      scores.set(index, score - Math.min(doc.length, 60) / 400)
    }
    return scores
  }

  const useful = (text: string): string[] => {
    const left = ignored.reduce((rest, phrase) => rest.replaceAll(phrase, ' '), ` ${text} `)
    return words(left.trim() === '' ? text : left).slice(0, MAX_QUERY_WORDS)
  }

  const wordings = (q: string): string[][] => {
    const folded = searchFold(q)
    const said = synonyms.flatMap(({ say, means }) =>
      say
        .filter((phrase) => ` ${folded} `.includes(` ${phrase} `))
        .map((phrase) => ` ${folded} `.replace(` ${phrase} `, ` ${means} `)),
    )
    return [useful(folded).flatMap(unglued), ...said.map(useful)]
  }

  const ranked = (q: string): { doc: number; score: number }[] => {
    const typed = new Set(
      q
        .normalize('NFC')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => word !== fold(word)),
    )
    const best = new Map<number, number>()
    wordings(q).forEach((asked, i) => {
      for (const [doc, score] of scoreWords(asked, typed)) {
        const value = i === 0 ? score : score * 0.9
        if (value > (best.get(doc) ?? Number.NEGATIVE_INFINITY)) best.set(doc, value)
      }
    })
    return [...best].map(([doc, score]) => ({ doc, score }))
  }

  const byCode = (q: string): { doc: number; score: number }[] => {
    const digits = q.trim()
    return docs.flatMap((doc, i) => {
      if (doc.entry.code === digits) return [{ doc: i, score: 2 }]
      return doc.entry.code.startsWith(digits) || doc.entry.code.slice(2).startsWith(digits)
        ? [{ doc: i, score: 1 + doc.entry.popularity / maxPopularity / 2 }]
        : []
    })
  }

  const entryOf = (doc: number): SearchEntry | undefined => docs[doc]?.entry

  const find = (query: SearchQuery): string[] => {
    const q = query.q?.trim() ?? ''
    const all = (): { doc: number; score: number }[] =>
      docs.map((doc, i) => ({ doc: i, score: doc.entry.popularity }))
    const found = q === '' ? all() : CODE_LIKE.test(q) ? byCode(q) : ranked(q)
    return found
      .flatMap(({ doc, score }) => {
        const entry = entryOf(doc)
        return entry && matches(entry, query) ? [{ code: entry.code, score }] : []
      })
      .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
      .map((item) => item.code)
  }

  const near = (q: string): string[] => {
    const asked = trigramsOf(searchFold(q))
    return docs
      .map((doc, i) => {
        const mine = grams.get(i) ?? doc.phrases.map(trigramsOf)
        grams.set(i, mine)
        const closest = Math.max(0, ...mine.map((one) => similarity(asked, one)))
        return { code: doc.entry.code, score: closest + (0.1 * doc.entry.popularity) / maxPopularity }
      })
      .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
      .slice(0, 3)
      .map((item) => item.code)
  }

  return { find, near }
}
