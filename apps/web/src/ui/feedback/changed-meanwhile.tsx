import { useState } from 'react'
import { Button } from '../button/button.tsx'
import { classes } from '../classes.ts'
import { Dialog } from '../dialog/dialog.tsx'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './feedback.module.css'

export type ChangedField = { id: string; label: string; theirs: string; mine: string }
export type Choice = 'theirs' | 'mine'

const words = catalogue(
  {
    title: 'Hồ sơ vừa được người khác sửa',
    lead: (who: string, when: string) =>
      `${who} đã lưu lúc ${when}. Chọn nội dung giữ lại ở từng ô; chữ ông/bà đã nhập không mất.`,
    theirs: 'Của người kia',
    mine: 'Của tôi',
    keep: 'Lưu theo lựa chọn',
    back: 'Quay lại sửa tiếp',
    empty: '(để trống)',
  },
  {
    title: 'Someone else changed this meanwhile',
    lead: (who: string, when: string) =>
      `${who} saved at ${when}. Choose what to keep, field by field; nothing you typed is lost.`,
    theirs: 'Theirs',
    mine: 'Mine',
    keep: 'Save as chosen',
    back: 'Go back to editing',
    empty: '(empty)',
  },
)

type ChangedMeanwhileProps = {
  open: boolean
  who: string
  when: string
  fields: readonly ChangedField[]
  onResolve: (choices: Readonly<Record<string, Choice>>) => void
  onClose: () => void
}

/** After a 412: theirs and mine, field by field. Mine is chosen first, because nothing typed may be lost by a quick Enter. */
export function ChangedMeanwhile({ open, who, when, fields, onResolve, onClose }: ChangedMeanwhileProps) {
  const w = useWords(words)
  const [choices, setChoices] = useState<Record<string, Choice>>({})
  const choiceOf = (id: string): Choice => choices[id] ?? 'mine'
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={w.title}
      look="sheet"
      actions={
        <>
          <Button onClick={onClose}>{w.back}</Button>
          <Button
            look="main"
            onClick={() => onResolve(Object.fromEntries(fields.map((f) => [f.id, choiceOf(f.id)])))}
          >
            {w.keep}
          </Button>
        </>
      }
    >
      <p>{w.lead(who, when)}</p>
      {fields.map((field) => (
        <fieldset key={field.id} className={styles.conflict}>
          <legend>{field.label}</legend>
          {(['theirs', 'mine'] as const).map((side) => (
            <label key={side} className={classes(styles.side, choiceOf(field.id) === side && styles.chosen)}>
              <input
                type="radio"
                name={`changed-${field.id}`}
                checked={choiceOf(field.id) === side}
                onChange={() => setChoices({ ...choices, [field.id]: side })}
              />
              <span>
                <span className={styles.sideName}>{w[side]}</span>
                <span className={styles.value}>{field[side] || w.empty}</span>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
    </Dialog>
  )
}
