import { Delete, Space } from 'lucide-react'
import { useWords } from '../../ui/language/language.tsx'
import styles from './kiosk.module.css'
import { words } from './words.ts'

const LETTERS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const
const CODE = ['1234567890', 'QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM.-'] as const
const DIGITS = ['123', '456', '789', '0'] as const
const ROWS = { letters: LETTERS, code: CODE, digits: DIGITS } as const

type TouchKeyboardProps = { kind: keyof typeof ROWS; value: string; onChange: (value: string) => void }

/** A kiosk has no keys. Marks are not needed: the search folds them away. */
export function TouchKeyboard({ kind, value, onChange }: TouchKeyboardProps) {
  const w = useWords(words)
  return (
    <fieldset className={styles.keyboard} data-kind={kind}>
      <legend className="visually-hidden">{w.keyboard}</legend>
      {ROWS[kind].map((row, index) => (
        <div key={row} className={styles.keys}>
          {[...row].map((key) => (
            <button key={key} type="button" onClick={() => onChange(value + key)}>
              {key}
            </button>
          ))}
          {index === ROWS[kind].length - 1 ? (
            <button type="button" className={styles.wideKey} onClick={() => onChange(value.slice(0, -1))}>
              <Delete size="2.25rem" aria-hidden="true" />
              <span className="visually-hidden">{w.erase}</span>
            </button>
          ) : null}
        </div>
      ))}
      {kind === 'letters' ? (
        <div className={styles.keys}>
          <button type="button" className={styles.clearKey} onClick={() => onChange('')}>
            {w.clear}
          </button>
          <button type="button" className={styles.spaceKey} onClick={() => onChange(`${value} `)}>
            <Space size="2.25rem" aria-hidden="true" />
            <span className="visually-hidden">{w.space}</span>
          </button>
        </div>
      ) : null}
    </fieldset>
  )
}
