import { CalendarX } from 'lucide-react'
import { useState } from 'react'
import type { Operation } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { Button } from '../../ui/button/button.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { useCommand } from '../administration/command.ts'
import { type Column, DataTable } from '../administration/layout.tsx'
import { fieldError } from '../administration/problem.tsx'
import { signingWords } from './signing-words.ts'

type Dated = { from: string; to: string | null; inForce: boolean }

/** From when to when a decision stands. */
function Period({ from, to }: Dated) {
  const w = useWords(signingWords)
  return (
    <span className="n">
      {formatDate(from)} – {to === null ? w.open : formatDate(to)}
    </span>
  )
}

/** Whether it stands today. */
function Standing({ from, inForce }: Dated) {
  const w = useWords(signingWords)
  const words = inForce ? w.running : from > localDateOf(new Date()) ? w.planned : w.over
  return <Chip tone={inForce ? 'ngoc' : 'tro'}>{words}</Chip>
}

type Decided = Dated & { id: string; decisionNo: string }
type Ending<T> = {
  label: string
  /** What the key says to whoever hears it: which one ends. */
  of: (row: T) => string
  may: (row: T) => boolean
  open: (row: T) => void
}

/** Decisions with a first and a last day: what each is about first, then period, number and whether it stands; its end last. */
export function DecisionTable<T extends Decided>({
  label,
  items,
  columns,
  ending,
}: {
  label: string
  items: readonly T[]
  columns: readonly Column<T>[]
  ending: Ending<T> | undefined
}) {
  const w = useWords(signingWords)
  const end: Column<T>[] = ending
    ? [
        {
          id: 'actions',
          head: w.actions,
          actions: true,
          cell: (row) =>
            ending.may(row) ? (
              <Button icon={CalendarX} aria-label={ending.of(row)} onClick={() => ending.open(row)}>
                {ending.label}
              </Button>
            ) : null,
        },
      ]
    : []
  return (
    <DataTable<T>
      label={label}
      items={items}
      keyOf={({ id }) => id}
      dim={({ inForce }) => !inForce}
      columns={[
        ...columns,
        { id: 'period', head: w.period, cell: (row) => <Period {...row} /> },
        { id: 'decision', head: w.decision, cell: ({ decisionNo }) => decisionNo },
        { id: 'state', head: w.state, keep: true, cell: (row) => <Standing {...row} /> },
        ...end,
      ]}
    />
  )
}

type SheetOptions<O extends Operation, V> = {
  operation: O
  refresh: readonly Operation[]
  form: string
  empty: V
  done: string
  onClose: () => void
}

/** What is typed in the sheet of a new decision: each field with its name for the server's refusals. */
export function useDecisionSheet<O extends Operation, V extends Record<string, string>>({
  operation,
  refresh,
  form,
  empty,
  done,
  onClose,
}: SheetOptions<O, V>) {
  const { language } = useLanguage()
  const toast = useToast()
  const [values, setValues] = useState(empty)
  const command = useCommand(operation, {
    refresh,
    onDone: () => {
      toast({ message: done })
      onClose()
    },
  })
  const field = (name: keyof V & string) => ({
    id: `${form}-${name}`,
    value: values[name] ?? '',
    onChange: (value: string) => setValues({ ...values, [name]: value }),
    error: fieldError(command.problem, name, language),
  })
  return { values, command, field }
}
