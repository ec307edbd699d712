import { useId, useState } from 'react'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from './official-name.module.css'

const words = catalogue({ more: 'Xem đủ', less: 'Thu gọn' }, { more: 'Show all', less: 'Shorten' })

/** Official titles run to 341 letters: two lines, and all of it one press away. Never cut for good. */
export function OfficialName({ code, name }: { code: string; name: string }) {
  const w = useWords(words)
  const id = useId()
  const [whole, setWhole] = useState(false)
  const long = name.length > 150
  return (
    <div className={styles.official}>
      <p id={id} className={long && !whole ? styles.tamed : undefined}>
        <strong className="n">{code}</strong> · {name}
      </p>
      {long ? (
        <button type="button" aria-expanded={whole} aria-controls={id} onClick={() => setWhole(!whole)}>
          {whole ? w.less : w.more}
        </button>
      ) : null}
    </div>
  )
}
