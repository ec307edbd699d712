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
import type { BulkJob } from './use-bulk-tasks.tsx'

const words = catalogue(
  {
    title: (n: number) => `Hoàn thành ${n} việc`,
    what: 'Các việc sẽ hoàn thành',
    row: (name: string, n: number) => `${name}: ${n} hồ sơ`,
    next: 'Mỗi hồ sơ sang bước kế tiếp của quy trình; hồ sơ nào chưa đủ điều kiện được để lại kèm lý do.',
    opinion: 'Ý kiến chung cho các hồ sơ',
    keep: 'Giữ nguyên',
    send: (n: number) => `Hoàn thành ${n} việc`,
    finished: (n: number) => `Đã hoàn thành ${n} việc.`,
    result: 'Kết quả hoàn thành việc',
  },
  {
    title: (n: number) => `Finish ${n} tasks`,
    what: 'What will be finished',
    row: (name: string, n: number) => `${name}: ${n} dossiers`,
    next: 'Each dossier goes to the next step; whatever is not ready stays, with the reason.',
    opinion: 'One opinion for all',
    keep: 'Leave as it is',
    send: (n: number) => `Finish ${n} tasks`,
    finished: (n: number) => `${n} tasks finished.`,
    result: 'Finished tasks',
  },
)

type CompleteSheetProps = {
  tasks: readonly TaskItem[]
  onClose: () => void
  onSend: (job: BulkJob) => Promise<void>
}

/** Transfers or finishes many steps with one opinion. Approvals have a screen of their own, where each is read. */
export function CompleteSheet({ tasks, onClose, onSend }: CompleteSheetProps) {
  const w = useWords(words)
  return (
    <Dialog open onClose={onClose} look="sheet" title={w.title(tasks.length)}>
      <CompleteForm tasks={tasks} onClose={onClose} onSend={onSend} />
    </Dialog>
  )
}

function CompleteForm({ tasks, onClose, onSend }: CompleteSheetProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [opinion, setOpinion] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      const items = tasks.map(({ id, dossier }) => ({ task: id, version: dossier.version }))
      const input = { items, ...(opinion.trim() ? { opinion: opinion.trim() } : {}) }
      await onSend({ kind: 'complete', title: w.result, finished: w.finished, input })
      onClose()
    } catch (error) {
      setProblem(messageOf(error, language))
    } finally {
      setBusy(false)
    }
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.title(tasks.length), run: () => void submit() }])
  return (
    <div className={desk.form}>
      {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
      <section>
        <h3 className={desk.section}>{w.what}</h3>
        <ul>
          {[...Map.groupBy(tasks, ({ name }) => name)].map(([name, some]) => (
            <li key={name}>{w.row(name, some.length)}</li>
          ))}
        </ul>
      </section>
      <p className={desk.hint}>{w.next}</p>
      <TextArea id="bulk-opinion" label={w.opinion} rows={4} optional value={opinion} onChange={setOpinion} />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="main" shortcut="Ctrl+Enter" busy={busy} onClick={() => void submit()}>
          {w.send(tasks.length)}
        </Button>
      </div>
    </div>
  )
}
