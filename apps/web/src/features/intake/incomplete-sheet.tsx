import { FilePlus2, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary, type FieldProblem } from '../../ui/feedback/error-summary.tsx'
import { TextArea, TextField } from '../../ui/field/field.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from './intake.module.css'

const words = catalogue(
  {
    title: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02)',
    lead: 'Ghi một lần, đủ mọi giấy và nội dung cần bổ sung. Hồ sơ được lưu và có mã; đồng hồ chưa chạy.',
    what: 'Giấy tờ, nội dung cần bổ sung',
    reason: 'Lý do',
    legalBasis: 'Căn cứ pháp lý',
    add: 'Thêm mục',
    remove: (n: number) => `Bỏ mục ${n}`,
    print: 'Lưu và in phiếu',
    cancel: 'Quay lại',
    needWhat: (n: number) => `Mục ${n}: ghi giấy tờ cần bổ sung.`,
    needReason: (n: number) => `Mục ${n}: ghi lý do, ít nhất 3 chữ.`,
    none: 'Nêu ít nhất một giấy tờ cần bổ sung.',
    default: 'Chưa có trong hồ sơ nộp.',
  },
  {
    title: 'Request to supplement the dossier (form 02)',
    lead: 'Name everything once, with reasons. The dossier is saved with a code; its clock does not run yet.',
    what: 'Paper or content to add',
    reason: 'Reason',
    legalBasis: 'Legal basis',
    add: 'Add an item',
    remove: (n: number) => `Remove item ${n}`,
    print: 'Save and print',
    cancel: 'Go back',
    needWhat: (n: number) => `Item ${n}: say what is needed.`,
    needReason: (n: number) => `Item ${n}: give the reason, at least 3 letters.`,
    none: 'Name at least one paper.',
    default: 'Not among the papers handed in.',
  },
)

export type MissingItem = { component?: string; what: string; reason: string }
export type Incomplete = { items: MissingItem[]; legalBasis?: string }

type SheetProps = {
  open: boolean
  onClose: () => void
  /** From the rows that are missing. */
  initial: readonly MissingItem[]
  busy: boolean
  problem: string | undefined
  onSubmit: (content: Incomplete) => void
}

/** Form 02: what is missing is named once, completely, each with its reason. Also used for dossiers under way. */
export function SupplementSheet(props: SheetProps) {
  const w = useWords(words)
  return (
    <Dialog open={props.open} onClose={props.onClose} look="sheet" title={w.title}>
      <SupplementForm {...props} />
    </Dialog>
  )
}

type Row = MissingItem & { key: number }

function SupplementForm({ initial, busy, problem, onSubmit, onClose }: SheetProps) {
  const w = useWords(words)
  const [rows, setRows] = useState<Row[]>(() =>
    (initial.length > 0 ? initial : [{ what: '', reason: '' }]).map((item, key) => ({
      ...item,
      reason: item.reason || (item.component ? w.default : ''),
      key,
    })),
  )
  const [legalBasis, setLegalBasis] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const change = (key: number, next: Partial<MissingItem>): void =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...next } : row)))
  const submit = (): void => {
    const found = rows.flatMap((row, index): FieldProblem[] => [
      ...(row.what.trim().length < 3 ? [{ field: `what-${row.key}`, message: w.needWhat(index + 1) }] : []),
      ...(row.reason.trim().length < 3
        ? [{ field: `reason-${row.key}`, message: w.needReason(index + 1) }]
        : []),
    ])
    if (rows.length === 0) found.push({ message: w.none })
    setProblems(found)
    if (found.length > 0 || busy) return
    onSubmit({
      items: rows.map(({ component, what, reason }) => ({
        ...(component ? { component } : {}),
        what: what.trim(),
        reason: reason.trim(),
      })),
      ...(legalBasis.trim() ? { legalBasis: legalBasis.trim() } : {}),
    })
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.print, run: submit }])
  const errors = problem ? [{ message: problem }, ...problems] : problems
  return (
    <div className={desk.form}>
      {errors.length > 0 ? <ErrorSummary problems={errors} /> : null}
      <p className={desk.muted}>{w.lead}</p>
      {rows.map((row, index) => (
        <div key={row.key} className={styles.item}>
          <TextField
            id={`what-${row.key}`}
            label={`${index + 1}. ${w.what}`}
            value={row.what}
            onChange={(what) => change(row.key, { what })}
          />
          <TextField
            id={`reason-${row.key}`}
            label={w.reason}
            value={row.reason}
            onChange={(reason) => change(row.key, { reason })}
          />
          {rows.length > 1 ? (
            <Button
              look="quiet"
              icon={Trash2}
              onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
            >
              {w.remove(index + 1)}
            </Button>
          ) : null}
        </div>
      ))}
      <Button
        icon={Plus}
        onClick={() =>
          setRows([...rows, { what: '', reason: '', key: Math.max(0, ...rows.map(({ key }) => key)) + 1 }])
        }
      >
        {w.add}
      </Button>
      <TextArea label={w.legalBasis} optional value={legalBasis} onChange={setLegalBasis} />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.cancel}</Button>
        <Button look="main" icon={FilePlus2} shortcut="Ctrl+Enter" busy={busy} onClick={submit}>
          {w.print}
        </Button>
      </div>
    </div>
  )
}
