import { Eye, EyeOff } from 'lucide-react'
import { useId, useState } from 'react'
import { Button, IconButton } from '../button/button.tsx'
import { Dialog } from '../dialog/dialog.tsx'
import { TextField } from '../field/field.tsx'
import { groupDigits } from '../format/format.ts'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './masked-number.module.css'

const words = catalogue(
  {
    show: (what: string) => `Xem đủ ${what}`,
    hide: (what: string) => `Ẩn ${what}`,
    lead: 'Việc xem được ghi lại cùng tên ông/bà và lý do. Người có số này được biết khi hỏi.',
    choose: 'Lý do xem',
    other: 'Lý do khác',
    write: 'Ghi rõ lý do',
    open: 'Xem số',
    needed: 'Chọn lý do trước khi xem.',
    failed: 'Chưa mở được số. Thử lại sau ít phút.',
  },
  {
    show: (what: string) => `Show the whole ${what}`,
    hide: (what: string) => `Hide ${what}`,
    lead: 'Your name and the reason are recorded. The person concerned may learn of it.',
    choose: 'Reason',
    other: 'Another reason',
    write: 'State the reason',
    open: 'Show number',
    needed: 'Choose a reason first.',
    failed: 'The number could not be opened. Try again in a few minutes.',
  },
)

type MaskedNumberProps = {
  /** What it is, within a sentence: "số định danh". */
  what: string
  /** What the server sends before a reason is given: the last digits only. */
  lastDigits: string
  length: number
  group?: number
  reasons: readonly string[]
  /** Asks the server for the whole number; the server logs who and why. Absent: it cannot be opened. */
  onReveal?: (reason: string) => Promise<string>
}

/** Shows four digits, and an eye that asks for the reason. The whole number is not in the page before that. */
export function MaskedNumber({ what, lastDigits, length, group = 4, reasons, onReveal }: MaskedNumberProps) {
  const w = useWords(words)
  const name = useId()
  const [asking, setAsking] = useState(false)
  const [whole, setWhole] = useState<string>()
  const [reason, setReason] = useState<string>()
  const [other, setOther] = useState('')
  const [problem, setProblem] = useState<string>()
  const stated = reason === w.other ? other.trim() : reason
  const hidden = '•'.repeat(Math.max(0, length - lastDigits.length)) + lastDigits
  const reveal = async (): Promise<void> => {
    if (!stated) return setProblem(w.needed)
    try {
      setWhole(await onReveal?.(stated))
      setAsking(false)
    } catch {
      setProblem(w.failed)
    }
  }
  return (
    <span className={styles.masked}>
      <span className="n">{groupDigits(whole ?? hidden, group)}</span>
      {onReveal ? (
        <IconButton
          icon={whole ? EyeOff : Eye}
          label={whole ? w.hide(what) : w.show(what)}
          className={styles.eye}
          onClick={() => {
            setProblem(undefined)
            if (whole) setWhole(undefined)
            else setAsking(true)
          }}
        />
      ) : null}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={w.show(what)}
        actions={
          <Button look="main" onClick={() => void reveal()}>
            {w.open}
          </Button>
        }
      >
        <p className={styles.lead}>{w.lead}</p>
        <fieldset className={styles.reasons}>
          <legend>{w.choose}</legend>
          {[...reasons, w.other].map((option) => (
            <label key={option}>
              <input
                type="radio"
                name={name}
                checked={reason === option}
                onChange={() => setReason(option)}
              />{' '}
              {option}
            </label>
          ))}
        </fieldset>
        {reason === w.other ? <TextField label={w.write} value={other} onChange={setOther} /> : null}
        {problem ? (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        ) : null}
      </Dialog>
    </span>
  )
}
