import { useState } from 'react'
import { DateField, TextField } from '../../ui/field/field.tsx'
import { parseTypedDate } from '../../ui/format/format.ts'
import { useLanguage } from '../../ui/language/language.tsx'
import styles from './administration.module.css'
import type { Command } from './command.ts'
import { FormSheet } from './form-sheet.tsx'
import { controlId, fieldError } from './problem.tsx'

type PublishProps = {
  form: string
  title: string
  lead: string
  submit: string
  /** What is published. */
  about: string
  words: { decision: string; from: string; fill: string }
  command: Command
  onClose: () => void
  onSubmit: (decided: { decisionNumber: string; effectiveFrom: string }) => void
}

/** A version comes into force by a decision, from a day on. */
export function PublishForm({ form, about, words, command, onSubmit, ...sheet }: PublishProps) {
  const { language } = useLanguage()
  const [decisionNumber, setDecision] = useState('')
  const [day, setDay] = useState('')
  const effectiveFrom = parseTypedDate(day)
  return (
    <FormSheet
      {...sheet}
      form={form}
      command={command}
      blocked={effectiveFrom && decisionNumber.trim() !== '' ? undefined : words.fill}
      onSubmit={() => {
        if (effectiveFrom) onSubmit({ decisionNumber, effectiveFrom })
      }}
    >
      <p className={styles.strong}>{about}</p>
      <TextField
        id={controlId(form, 'decisionNumber')}
        label={words.decision}
        value={decisionNumber}
        onChange={setDecision}
        error={fieldError(command.problem, 'decisionNumber', language)}
      />
      <DateField
        id={controlId(form, 'effectiveFrom')}
        label={words.from}
        value={day}
        onChange={setDay}
        error={fieldError(command.problem, 'effectiveFrom', language)}
      />
    </FormSheet>
  )
}
