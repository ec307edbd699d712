export type DiffPart = { kind: 'same' | 'inserted' | 'struck'; text: string }

/** Words with the spaces after them, so that joined parts are the text again. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+\s*/g) ?? []
/** Beyond this a table of lengths would be large; a text so long is shown as a whole instead. */
const MOST_WORDS = 3_000

/** Lengths of the longest common runs of words from each pair of positions to the end. */
const commonLengths = (a: readonly string[], b: readonly string[]): Uint16Array[] => {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i]
      const below = table[i + 1]
      if (!row || !below) continue
      row[j] =
        a[i]?.trim() === b[j]?.trim() ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  return table
}

/** What was struck and inserted from one text to the next, word by word; neighbours of one kind are one part. */
export const diffWords = (before: string, after: string): DiffPart[] => {
  if (before === after) return after === '' ? [] : [{ kind: 'same', text: after }]
  const [a, b] = [wordsOf(before), wordsOf(after)]
  const parts: DiffPart[] = []
  const add = (kind: DiffPart['kind'], text: string): void => {
    const last = parts.at(-1)
    if (last?.kind === kind) last.text += text
    else parts.push({ kind, text })
  }
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) {
    add('struck', before)
    add('inserted', after)
    return parts
  }
  const table = commonLengths(a, b)
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const [old, next] = [a[i], b[j]]
    if (old !== undefined && next !== undefined && old.trim() === next.trim()) {
      add('same', next)
      i += 1
      j += 1
    } else if (
      next !== undefined &&
      (old === undefined || (table[i]?.[j + 1] ?? 0) > (table[i + 1]?.[j] ?? 0))
    ) {
      add('inserted', next)
      j += 1
    } else if (old !== undefined) {
      add('struck', old)
      i += 1
    }
  }
  return parts
}
