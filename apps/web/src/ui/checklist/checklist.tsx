import { Check, CircleMinus, Database, Minus } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { classes } from '../classes.ts'
import { catalogue, useWords } from '../language/language.tsx'
import { Chip } from '../status/chip.tsx'
import styles from './checklist.module.css'

export type PaperState = 'enough' | 'missing' | 'not-applicable'
export type PaperKind = 'originals' | 'copies' | 'certified'
export type ChecklistRow = {
  id: string
  name: string
  state: PaperState
  originals: number
  copies: number
  certified?: number
  /** Why it is missing, does not apply, or is asked although the data store has it. */
  reason?: string
  /** Held in the data store already: asking for it again needs a reason. */
  inStore?: boolean
  /** Whatever stands at the row's end: scanned files, buttons. */
  trailing?: ReactNode
}
export type ChecklistChange = Partial<
  Pick<ChecklistRow, 'state' | 'originals' | 'copies' | 'certified' | 'reason'>
>

const words = catalogue(
  {
    paper: 'Giấy tờ',
    state: 'Đã có',
    originals: 'Bản chính',
    copies: 'Bản sao',
    certified: 'Chứng thực',
    note: 'Ghi chú',
    enough: 'Đủ',
    missing: 'Thiếu',
    'not-applicable': 'Không áp dụng',
    inStore: 'Có trong kho dữ liệu',
    none: 'không',
    reasonMissing: 'Lý do thiếu',
    reasonNot: 'Lý do không áp dụng',
    reasonAgain: 'Lý do phải nộp lại giấy đã có trong kho',
    needed: 'Cần ghi lý do',
    counts: (enough: number, missing: number, not: number) =>
      `${enough} đủ · ${missing} thiếu · ${not} không áp dụng`,
    empty: 'Thủ tục này không yêu cầu giấy tờ.',
  },
  {
    paper: 'Paper',
    state: 'Present',
    originals: 'Originals',
    copies: 'Copies',
    certified: 'Certified',
    note: 'Note',
    enough: 'Present',
    missing: 'Missing',
    'not-applicable': 'Not applicable',
    inStore: 'In the data store',
    none: 'none',
    reasonMissing: 'Why it is missing',
    reasonNot: 'Why it does not apply',
    reasonAgain: 'Why a paper held in the store is asked again',
    needed: 'A reason is needed',
    counts: (enough: number, missing: number, not: number) =>
      `${enough} present · ${missing} missing · ${not} not applicable`,
    empty: 'This procedure asks for no papers.',
  },
)

const CHECKED = { enough: true, missing: false, 'not-applicable': 'mixed' } as const

/** Counts by state, and whether a needed reason is still open. Pure: the summary and the save button use it too. */
export function countPapers(rows: readonly ChecklistRow[]) {
  const count = (state: PaperState): number => rows.filter((row) => row.state === state).length
  const reasonless = rows.filter(needsReason)
  return {
    enough: count('enough'),
    missing: count('missing'),
    notApplicable: count('not-applicable'),
    reasonless,
  }
}

/** A paper left out, or asked again although the store has it, needs its reason before the dossier is saved. */
export const needsReason = (row: ChecklistRow): boolean =>
  !row.reason?.trim() && (row.state === 'not-applicable' || (row.state === 'missing' && row.inStore === true))

export function ChecklistCounts({ rows }: { rows: readonly ChecklistRow[] }) {
  const w = useWords(words)
  const counts = countPapers(rows)
  return (
    <Chip tone={counts.missing > 0 ? 'nghe' : 'ngoc'}>
      {w.counts(counts.enough, counts.missing, counts.notApplicable)}
    </Chip>
  )
}

type ChecklistProps = {
  rows: readonly ChecklistRow[]
  /** Absent: shown only. */
  onChange?: (id: string, change: ChecklistChange) => void
  kinds?: readonly PaperKind[]
  label: string
}

/**
 * Space toggles đủ/thiếu, K marks not applicable, a number sets the first kind of copies and Shift + number the second,
 * arrows walk the rows. Missing rows carry a colour and the word.
 */
export function Checklist({ rows, onChange, kinds = ['originals', 'copies'], label }: ChecklistProps) {
  const w = useWords(words)
  const body = useRef<HTMLTableSectionElement>(null)
  const [active, setActive] = useState(0)
  const at = Math.min(active, rows.length - 1)

  const toggle = (row: ChecklistRow): void =>
    onChange?.(row.id, { state: row.state === 'enough' ? 'missing' : 'enough' })
  const onKeyDown = (event: KeyboardEvent, row: ChecklistRow, index: number): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return
    const digit = /^Digit(\d)$|^Numpad(\d)$/.exec(event.code)
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = Math.max(0, Math.min(rows.length - 1, index + (event.key === 'ArrowDown' ? 1 : -1)))
      setActive(next)
      body.current?.querySelectorAll<HTMLElement>('[role=checkbox]')[next]?.focus()
    } else if (event.key === ' ') toggle(row)
    else if (event.key.toLowerCase() === 'k')
      onChange?.(row.id, { state: row.state === 'not-applicable' ? 'missing' : 'not-applicable' })
    else if (digit) {
      const kind = kinds[event.shiftKey ? 1 : 0]
      if (kind) onChange?.(row.id, { [kind]: Number(digit[1] ?? digit[2]), state: 'enough' })
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  if (rows.length === 0) return <p className={styles.empty}>{w.empty}</p>
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{label}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{w.state}</span>
          </th>
          <th scope="col">{w.paper}</th>
          {kinds.map((kind) => (
            <th key={kind} scope="col" className={styles.count}>
              {w[kind]}
            </th>
          ))}
          <th scope="col">{w.note}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <tr key={row.id} className={styles[row.state]}>
            <td className={styles.tick}>
              {/* biome-ignore lint/a11y/useSemanticElements: a native checkbox has no settable third state that a key can leave */}
              <button
                type="button"
                role="checkbox"
                className={styles.box}
                aria-checked={CHECKED[row.state]}
                aria-label={`${row.name}: ${w[row.state]}`}
                aria-disabled={onChange === undefined || undefined}
                tabIndex={index === at ? 0 : -1}
                onFocus={() => setActive(index)}
                onClick={() => toggle(row)}
                onKeyDown={(event) => onKeyDown(event, row, index)}
              >
                {row.state === 'enough' ? <Check size={16} strokeWidth={3} aria-hidden="true" /> : null}
                {row.state === 'not-applicable' ? (
                  <Minus size={16} strokeWidth={3} aria-hidden="true" />
                ) : null}
              </button>
            </td>
            <th scope="row" className={styles.name}>
              {row.name}
              {row.state === 'missing' ? <strong className={styles.word}> · {w.missing}</strong> : null}
            </th>
            {kinds.map((kind) => (
              <td key={kind} className={styles.count}>
                <span className={styles.kind}>{w[kind]}</span>
                {row.state === 'not-applicable' || (row.inStore && row.state === 'enough') ? (
                  <span className={styles.none}>{w.none}</span>
                ) : onChange ? (
                  <input
                    className={classes(styles.number, 'n')}
                    inputMode="numeric"
                    value={row[kind] ?? 0}
                    aria-label={`${w[kind]}: ${row.name}`}
                    onFocus={(event) => event.target.select()}
                    onChange={(event) =>
                      onChange(row.id, { [kind]: Number(event.target.value.replace(/\D/g, '').slice(-2)) })
                    }
                  />
                ) : (
                  <span className="n">{row[kind] ?? 0}</span>
                )}
              </td>
            ))}
            <td className={styles.note}>
              {row.inStore && row.state === 'enough' ? (
                <span className={styles.store}>
                  <Database size={16} aria-hidden="true" /> {w.inStore}
                </span>
              ) : null}
              {row.state === 'enough' ? null : onChange ? (
                <ReasonInput
                  value={row.reason ?? ''}
                  label={
                    row.state === 'not-applicable'
                      ? w.reasonNot
                      : row.inStore
                        ? w.reasonAgain
                        : w.reasonMissing
                  }
                  of={row.name}
                  error={needsReason(row) ? w.needed : undefined}
                  onChange={(reason) => onChange(row.id, { reason })}
                />
              ) : (
                <span className={styles.store}>
                  <CircleMinus size={16} aria-hidden="true" /> {row.reason ?? w[row.state]}
                </span>
              )}
              {row.trailing}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ReasonInput({
  value,
  label,
  of,
  error,
  onChange,
}: {
  value: string
  label: string
  of: string
  error: string | undefined
  onChange: (value: string) => void
}) {
  return (
    <label className={styles.reason}>
      <span className="visually-hidden">
        {label}: {of}
      </span>
      {error ? <em>{error}</em> : null}
      <input
        value={value}
        placeholder={label}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}
