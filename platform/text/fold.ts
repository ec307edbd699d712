/**
 * The one folding that writers and readers of every search index share: NFC in, then marks stripped, đ → d, lower case,
 * anything that is not a letter or digit becomes one space.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

export const syllables = (text: string): string[] => {
  const folded = fold(text)
  return folded === '' ? [] : folded.split(' ')
}

/** Syllables that stand together: `nguyen_van`, `nguyen_van_an`. */
export const runsOf = (words: readonly string[], length: number): string[] =>
  words.slice(length - 1).map((_, i) => words.slice(i, i + length).join('_'))

/**
 * Each syllable, each pair and each three in a row. A tenth of the people may be a `nguyen_van`; the rows of a run of three are
 * few, so that whoever types a whole name is answered from short lists.
 */
export const tokensOfWords = (words: readonly string[]): string[] => [
  ...new Set([...words, ...runsOf(words, 2), ...runsOf(words, 3)]),
]

export const searchTokens = (text: string): string[] => tokensOfWords(syllables(text))
