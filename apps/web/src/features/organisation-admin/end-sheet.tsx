import { useState } from 'react'
import type { Operation, Request } from '#platform/operation.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, TextArea } from '../../ui/field/field.tsx'
import { parseTypedDate } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { fieldError } from '../administration/problem.tsx'
import { signingWords } from './signing-words.ts'

type EndSheetProps<O extends Operation> = {
  operation: O
  refresh: readonly Operation[]
  title: string
  lead: string
  dayLabel: string
  /** The field of the day in the operation's input. */
  dayField: string
  done: string
  input: (day: string, reason: string) => Request<O>
  onClose: () => void
}

/** A decision is ended with a day and a reason. */
export function EndSheet<O extends Operation>(props: EndSheetProps<O>) {
  const { operation, refresh, title, lead, dayLabel, dayField, done, input, onClose } = props
  const w = useWords(signingWords)
  const { language } = useLanguage()
  const toast = useToast()
  const [day, setDay] = useState('')
  const [reason, setReason] = useState('')
  const command = useCommand(operation, {
    refresh,
    onDone: () => {
      toast({ message: done })
      onClose()
    },
  })
  const parsed = parseTypedDate(day)
  return (
    <FormSheet
      form="end"
      title={title}
      lead={lead}
      submit={w.end}
      danger
      blocked={parsed && reason.trim().length >= 3 ? undefined : w.fillEnd}
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (parsed) void command.run(input(parsed, reason))
      }}
    >
      <DateField
        id="end-day"
        label={dayLabel}
        value={day}
        onChange={setDay}
        error={fieldError(command.problem, dayField, language)}
      />
      <TextArea
        id="end-reason"
        label={w.reason}
        value={reason}
        onChange={setReason}
        error={fieldError(command.problem, 'reason', language)}
      />
    </FormSheet>
  )
}
