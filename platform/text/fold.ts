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

/** Search tokens: each syllable and each pair of neighbours (`nguyen_van`); pairs are the selective ones in Vietnamese. */
export const searchTokens = (text: string): string[] => {
  const words = syllables(text)
  const tokens = new Set(words)
  for (let i = 1; i < words.length; i++) tokens.add(`${words[i - 1]}_${words[i]}`)
  return [...tokens]
}
