import { FilePlus2 } from 'lucide-react'
import { useState } from 'react'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary, type FieldProblem } from '../../ui/feedback/error-summary.tsx'
import { TextArea } from '../../ui/field/field.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { ItemsEditor, itemProblems, itemWords, type MissingItem, tidyItems } from './items-editor.tsx'

const words = catalogue(
  {
    title: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02)',
    lead: 'Ghi một lần, đủ mọi giấy và nội dung cần bổ sung. Hồ sơ được lưu và có mã; đồng hồ chưa chạy.',
    legalBasis: 'Căn cứ pháp lý',
    print: 'Lưu và in phiếu',
    cancel: 'Quay lại',
  },
  {
    title: 'Request to supplement the dossier (form 02)',
    lead: 'Name everything once, with reasons. The dossier is saved with a code; its clock does not run yet.',
    legalBasis: 'Legal basis',
    print: 'Save and print',
    cancel: 'Go back',
  },
)

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

/** Form 02 at the counter. */
export function SupplementSheet(props: SheetProps) {
  const w = useWords(words)
  return (
    <Dialog open={props.open} onClose={props.onClose} look="sheet" title={w.title}>
      <SupplementForm {...props} />
    </Dialog>
  )
}

function SupplementForm({ initial, busy, problem, onSubmit, onClose }: SheetProps) {
  const w = useWords(words)
  const forItems = useWords(itemWords)
  const [items, setItems] = useState<MissingItem[]>(() =>
    initial.length > 0 ? [...initial] : [{ what: '', reason: '' }],
  )
  const [legalBasis, setLegalBasis] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const submit = (): void => {
    const found = itemProblems(items, forItems)
    setProblems(found)
    if (found.length > 0 || busy) return
    onSubmit({
      items: tidyItems(items),
      ...(legalBasis.trim() ? { legalBasis: legalBasis.trim() } : {}),
    })
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.print, run: submit }])
  const errors = problem ? [{ message: problem }, ...problems] : problems
  return (
    <div className={desk.form}>
      {errors.length > 0 ? <ErrorSummary problems={errors} /> : null}
      <p className={desk.muted}>{w.lead}</p>
      <ItemsEditor items={items} onChange={setItems} />
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
