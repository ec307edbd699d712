import { useState } from 'react'
import type { TaskItem } from '#modules/dossiers/contract.ts'
import { messageOf } from '../../api/problem.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { TextArea } from '../../ui/field/field.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import type { BulkJob } from '../bulk/use-bulk-tasks.tsx'

const words = catalogue(
  {
    title: (n: number) => `Ký số ${n} hồ sơ đã đọc?`,
    result: 'Kết quả ký',
    finished: (n: number) => `Đã ký ${n} hồ sơ.`,
    each: (name: string, n: number) => `${name}: ${n}`,
    happens: [
      'Mỗi hồ sơ được ký đồng ý giải quyết và chuyển văn thư vào sổ, phát hành.',
      'Hồ sơ thay đổi sau khi đọc không được ký; hệ thống để lại và nói lý do.',
      'Muốn từ chối giải quyết thì ký riêng hồ sơ đó, kèm lý do và căn cứ.',
    ],
    opinion: 'Ý kiến ghi vào các hồ sơ này',
    keep: 'Đọc tiếp',
    sign: (n: number) => `Ký số ${n} hồ sơ`,
  },
  {
    title: (n: number) => `Sign the ${n} dossiers that were read?`,
    result: 'Signed',
    finished: (n: number) => `${n} dossiers signed.`,
    each: (name: string, n: number) => `${name}: ${n}`,
    happens: [
      'Each is granted, signed and goes to the registry to be issued.',
      'What changed after it was read is not signed; it stays and says why.',
      'To refuse one, sign it alone with its reason and legal basis.',
    ],
    opinion: 'Opinion for these dossiers',
    keep: 'Go on reading',
    sign: (n: number) => `Sign ${n} dossiers`,
  },
)

type SignSheetProps = {
  tasks: readonly TaskItem[]
  onClose: () => void
  onSend: (job: BulkJob) => Promise<void>
}

/** Repeats what the signature does before it is given; each item carries the version that was read. */
export function SignSheet({ tasks, onClose, onSend }: SignSheetProps) {
  const w = useWords(words)
  return (
    <Dialog open onClose={onClose} look="sheet" title={w.title(tasks.length)}>
      <SignForm tasks={tasks} onClose={onClose} onSend={onSend} />
    </Dialog>
  )
}

function SignForm({ tasks, onClose, onSend }: SignSheetProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [opinion, setOpinion] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const sign = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    const items = tasks.map(({ id, dossier }) => ({ task: id, version: dossier.version }))
    const said = opinion.trim()
    const input = { items, outcome: 'GRANTED', ...(said ? { opinion: said } : {}) } as const
    try {
      await onSend({ kind: 'complete', title: w.result, finished: w.finished, input })
      onClose()
    } catch (error) {
      setProblem(messageOf(error, language))
    } finally {
      setBusy(false)
    }
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.sign(tasks.length), run: () => void sign() }])
  return (
    <div className={desk.form}>
      {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
      <ul>
        {[...Map.groupBy(tasks, ({ dossier }) => dossier.procedureName)].map(([name, some]) => (
          <li key={name}>{w.each(name, some.length)}</li>
        ))}
      </ul>
      <ul className={desk.hint}>
        {w.happens.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <TextArea id="sign-opinion" label={w.opinion} rows={3} optional value={opinion} onChange={setOpinion} />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="main" shortcut="Ctrl+Enter" busy={busy} onClick={() => void sign()}>
          {w.sign(tasks.length)}
        </Button>
      </div>
    </div>
  )
}
