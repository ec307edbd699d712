import { catalogue, useWords } from '../language/language.tsx'
import styles from './changed-text.module.css'
import { diffWords } from './word-diff.ts'

const words = catalogue({ struck: 'bỏ', inserted: 'thêm' }, { struck: 'struck', inserted: 'inserted' })

/** A text with what changed since the former one: inserted marked, struck through; without a former one as it is. */
export function ChangedText({ before, text }: { before: string | undefined; text: string }) {
  const w = useWords(words)
  if (before === undefined) return <>{text}</>
  return diffWords(before, text).map((part, i) => {
    // Parts have no name of their own; their order is their identity and never changes under the reader.
    const key = `${i}-${part.kind}`
    if (part.kind === 'same') return <span key={key}>{part.text}</span>
    const Mark = part.kind === 'struck' ? 'del' : 'ins'
    return (
      <Mark key={key} className={styles[part.kind]}>
        <span className="visually-hidden"> {w[part.kind]}: </span>
        {part.text}
      </Mark>
    )
  })
}
