import type { ReactNode } from 'react'
import type { Operation, Output, Request } from '#platform/operation.ts'
import { useCommand } from './command.ts'
import { FormSheet } from './form-sheet.tsx'

type ConfirmProps<O extends Operation> = {
  form: string
  title: string
  /** What will happen, in a sentence. */
  lead: string
  submit: string
  danger?: boolean
  operation: O
  /** Reads that it makes old. */
  refresh: readonly Operation[]
  input: Request<O>
  onDone: (answer: Output<O>) => void
  onClose: () => void
  /** What it is about. */
  children?: ReactNode
}

/** A change that needs no words of its maker: it says what happens, and is done with one press. */
export function ConfirmSheet<O extends Operation>(props: ConfirmProps<O>) {
  const { operation, refresh, input, onDone, ...sheet } = props
  const command = useCommand(operation, { refresh, onDone })
  return <FormSheet {...sheet} command={command} onSubmit={() => void command.run(input)} />
}
