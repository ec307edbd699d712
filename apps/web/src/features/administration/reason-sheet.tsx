import { type ReactNode, useState } from 'react'
import type { Operation, Output, Request } from '#platform/operation.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextArea } from '../../ui/field/field.tsx'
import { useLanguage } from '../../ui/language/language.tsx'
import { useCommand } from './command.ts'
import { FormSheet } from './form-sheet.tsx'
import { controlId, fieldError } from './problem.tsx'

/** What every operation asks that wants a reason. */
const LEAST = 3

type ReasonProps<O extends Operation> = {
  form: string
  title: string
  /** What will happen, in a sentence. */
  lead: string
  submit: string
  danger?: boolean
  words: { reason: string; reasonHint?: string; fill: string }
  operation: O
  /** Reads that it makes old. */
  refresh: readonly Operation[]
  input: (reason: string) => Request<O>
  /** The version that was looked at, where the operation asks for it. */
  version?: number
  /** Said when it is done and the sheet is closed. */
  done: (answer: Output<O>) => string
  onClose: () => void
  /** What it is about, and choices before the reason. */
  children?: ReactNode
}

/** A change that is written down with its reason. */
export function ReasonSheet<O extends Operation>(props: ReasonProps<O>) {
  const { form, words, operation, refresh, input, version, done, onClose, children, ...sheet } = props
  const { language } = useLanguage()
  const toast = useToast()
  const [reason, setReason] = useState('')
  const command = useCommand(operation, {
    refresh,
    onDone: (answer) => {
      toast({ message: done(answer) })
      onClose()
    },
  })
  return (
    <FormSheet
      {...sheet}
      form={form}
      blocked={reason.trim().length >= LEAST ? undefined : words.fill}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run(input(reason), version === undefined ? {} : { version })}
    >
      {children}
      <TextArea
        id={controlId(form, 'reason')}
        label={words.reason}
        hint={words.reasonHint}
        value={reason}
        onChange={setReason}
        error={fieldError(command.problem, 'reason', language)}
      />
    </FormSheet>
  )
}
