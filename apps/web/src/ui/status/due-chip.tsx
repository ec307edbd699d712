import type { Pace } from '#modules/dossiers/contract.ts'
import { catalogue, useLanguage, useWords } from '../language/language.tsx'
import { StatusChip } from './chip.tsx'
import { PACE_STATUS, type StatusKey } from './status-table.ts'

/**
 * What the server's clock says about a due date. `left` and `over` are working time in the unit that people count in;
 * the server computes them, because only the calendar knows holidays.
 */
export type DueState =
  | { kind: 'on-track'; left?: DueAmount }
  | { kind: 'due-soon'; left: DueAmount }
  | { kind: 'overdue'; over: DueAmount }
  | { kind: 'early' | 'in-time' }
export type DueAmount = { amount: number; unit: 'DAY' | 'HOUR' | 'MINUTE' }

const words = catalogue(
  {
    left: (n: string) => `Còn ${n}`,
    over: (n: string) => `Quá ${n}`,
    DAY: (n: number) => `${n} ngày`,
    HOUR: (n: number) => `${n} giờ`,
    MINUTE: (n: number) => `${n} phút`,
  },
  {
    left: (n: string) => `${n} left`,
    over: (n: string) => `${n} over`,
    DAY: (n: number) => (n === 1 ? '1 day' : `${n} days`),
    HOUR: (n: number) => (n === 1 ? '1 hour' : `${n} hours`),
    MINUTE: (n: number) => `${n} min`,
  },
)

export function DueChip({ due }: { due: DueState }) {
  const w = useWords(words)
  const amount = (value: DueAmount): string => w[value.unit](value.amount)
  const status: StatusKey = due.kind
  if (due.kind === 'overdue') return <StatusChip status={status}>{w.over(amount(due.over))}</StatusChip>
  if (due.kind === 'due-soon') return <StatusChip status={status}>{w.left(amount(due.left))}</StatusChip>
  return <StatusChip status={status} />
}

/** The server's pace with its own words ("Còn 7 ngày làm việc"); nothing is computed in the browser. */
export function PaceChip({ pace, words: said }: { pace: Pace; words?: { vi: string; en: string } }) {
  const { language } = useLanguage()
  return <StatusChip status={PACE_STATUS[pace]}>{said?.[language]}</StatusChip>
}
