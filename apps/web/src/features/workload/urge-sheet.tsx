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
    title: (n: number) => `Đôn đốc ${n} việc`,
    line: 'Người giữ việc thấy lời nhắc ngay trong danh sách của mình; lời nhắc ghi vào nhật ký hồ sơ.',
    message: 'Lời nhắc',
    usual: 'Đề nghị xử lý xong trước hạn.',
    lack: 'Ghi lời nhắc, ít nhất 3 chữ.',
    keep: 'Để sau',
    send: (n: number) => `Đôn đốc ${n} việc`,
    finished: (n: number) => `Đã đôn đốc ${n} việc.`,
    result: 'Kết quả đôn đốc',
  },
  {
    title: (n: number) => `Urge ${n} tasks`,
    line: 'Whoever holds the task sees it in the list at once; it is recorded in the history.',
    message: 'Message',
    usual: 'Please finish before it is due.',
    lack: 'Write a message, at least 3 letters.',
    keep: 'Later',
    send: (n: number) => `Urge ${n} tasks`,
    finished: (n: number) => `${n} tasks urged.`,
    result: 'Urging',
  },
)

type UrgeSheetProps = {
  tasks: readonly TaskItem[]
  onClose: () => void
  onSend: (job: BulkJob) => Promise<void>
}

export function UrgeSheet({ tasks, onClose, onSend }: UrgeSheetProps) {
  const w = useWords(words)
  return (
    <Dialog open onClose={onClose} look="sheet" title={w.title(tasks.length)}>
      <UrgeForm tasks={tasks} onClose={onClose} onSend={onSend} />
    </Dialog>
  )
}

function UrgeForm({ tasks, onClose, onSend }: UrgeSheetProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [message, setMessage] = useState(w.usual)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const send = async (): Promise<void> => {
    if (busy) return
    if (message.trim().length < 3) {
      setProblem(w.lack)
      return
    }
    setBusy(true)
    try {
      const input = { tasks: tasks.map(({ id }) => id), message: message.trim() }
      await onSend({ kind: 'urge', title: w.result, finished: w.finished, input })
      onClose()
    } catch (error) {
      setProblem(messageOf(error, language))
    } finally {
      setBusy(false)
    }
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.send(tasks.length), run: () => void send() }])
  return (
    <div className={desk.form}>
      {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
      <p className={desk.muted}>{w.line}</p>
      <TextArea id="urge-message" label={w.message} rows={3} value={message} onChange={setMessage} />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="main" shortcut="Ctrl+Enter" busy={busy} onClick={() => void send()}>
          {w.send(tasks.length)}
        </Button>
      </div>
    </div>
  )
}
