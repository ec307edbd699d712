import { CircleX } from 'lucide-react'
import { useState } from 'react'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary, type FieldProblem } from '../../ui/feedback/error-summary.tsx'
import { TextArea, TextField } from '../../ui/field/field.tsx'
import { CardChoice } from '../../ui/field/segmented-choice.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'

export const refusalWords = catalogue(
  {
    title: 'Từ chối tiếp nhận hồ sơ (Mẫu 03)',
    happens: 'Hồ sơ được ghi "Không tiếp nhận", in Phiếu từ chối, và không mở lại được.',
    reasonCode: 'Vì sao không tiếp nhận',
    WRONG_AUTHORITY: 'Nộp sai nơi có thẩm quyền',
    NOT_ELIGIBLE: 'Không đủ điều kiện theo quy định',
    FORGED_PAPERS: 'Giấy tờ có dấu hiệu giả mạo',
    OTHER: 'Lý do khác',
    reason: 'Lý do, ghi rõ cho người nộp',
    authority: 'Cơ quan có thẩm quyền, nơi người nộp cần đến',
    refuse: 'Từ chối và in phiếu',
    keep: 'Giữ nguyên',
    needCode: 'Chọn vì sao không tiếp nhận.',
    needReason: 'Ghi rõ lý do, ít nhất 3 chữ.',
    needAuthority: 'Ghi cơ quan có thẩm quyền để người nộp biết đến đâu.',
  },
  {
    title: 'Refuse to receive (form 03)',
    happens: 'The dossier is recorded as not accepted, form 03 is printed, and it cannot be opened again.',
    reasonCode: 'Why it is not received',
    WRONG_AUTHORITY: 'Handed in at the wrong authority',
    NOT_ELIGIBLE: 'Not eligible by the rules',
    FORGED_PAPERS: 'Papers look forged',
    OTHER: 'Another reason',
    reason: 'Reason, for the applicant',
    authority: 'The competent authority to go to',
    refuse: 'Refuse and print',
    keep: 'Keep as it is',
    needCode: 'Choose why it is not received.',
    needReason: 'Give the reason, at least 3 letters.',
    needAuthority: 'Name the competent authority.',
  },
)

export const REASON_CODES = ['WRONG_AUTHORITY', 'NOT_ELIGIBLE', 'FORGED_PAPERS', 'OTHER'] as const
export type ReasonCode = (typeof REASON_CODES)[number]
export type RefusalContent = { reasonCode: ReasonCode; reason: string; rightAuthority?: string }

type RefuseSheetProps = {
  open: boolean
  onClose: () => void
  busy: boolean
  problem: string | undefined
  onSubmit: (content: RefusalContent) => void
}

/** Form 03. What happens is repeated on top, because it cannot be undone. */
export function RefuseSheet(props: RefuseSheetProps) {
  const w = useWords(refusalWords)
  return (
    <Dialog open={props.open} onClose={props.onClose} look="sheet" title={w.title}>
      <RefuseForm {...props} />
    </Dialog>
  )
}

function RefuseForm({ busy, problem, onSubmit, onClose }: RefuseSheetProps) {
  const w = useWords(refusalWords)
  const [code, setCode] = useState<ReasonCode>()
  const [reason, setReason] = useState('')
  const [authority, setAuthority] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const submit = (): void => {
    const found: FieldProblem[] = []
    if (!code) found.push({ message: w.needCode })
    if (reason.trim().length < 3) found.push({ field: 'refusal-reason', message: w.needReason })
    if (code === 'WRONG_AUTHORITY' && !authority.trim())
      found.push({ field: 'refusal-authority', message: w.needAuthority })
    setProblems(found)
    if (found.length > 0 || !code || busy) return
    onSubmit({
      reasonCode: code,
      reason: reason.trim(),
      ...(authority.trim() ? { rightAuthority: authority.trim() } : {}),
    })
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.refuse, run: submit }])
  const errors = problem ? [{ message: problem }, ...problems] : problems
  return (
    <div className={desk.form}>
      {errors.length > 0 ? <ErrorSummary problems={errors} /> : null}
      <p className={desk.hint}>{w.happens}</p>
      <CardChoice
        label={w.reasonCode}
        value={code}
        onChange={setCode}
        options={REASON_CODES.map((value) => ({ value, label: w[value] }))}
      />
      <TextArea id="refusal-reason" label={w.reason} value={reason} onChange={setReason} />
      <TextField
        id="refusal-authority"
        label={w.authority}
        optional={code !== 'WRONG_AUTHORITY'}
        value={authority}
        onChange={setAuthority}
      />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="danger" icon={CircleX} shortcut="Ctrl+Enter" busy={busy} onClick={submit}>
          {w.refuse}
        </Button>
      </div>
    </div>
  )
}
