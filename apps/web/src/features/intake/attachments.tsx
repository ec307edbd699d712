import { Database, FileText, Paperclip, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { messageOf } from '../../api/problem.ts'
import { upload } from '../../api/upload.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from './intake.module.css'

const words = catalogue(
  {
    attach: 'Đính tệp',
    attachTo: (paper: string) => `Đính tệp cho: ${paper}`,
    remove: (file: string) => `Bỏ tệp ${file}`,
    sending: (file: string, percent: number) => `Đang gửi ${file}: ${percent} %`,
    again: 'Gửi lại',
    inStore: 'Có trong kho',
    inStoreOf: (paper: string) => `Đã có trong kho dữ liệu: ${paper}`,
  },
  {
    attach: 'Attach',
    attachTo: (paper: string) => `Attach a file to: ${paper}`,
    remove: (file: string) => `Remove ${file}`,
    sending: (file: string, percent: number) => `Sending ${file}: ${percent} %`,
    again: 'Send again',
    inStore: 'In the store',
    inStoreOf: (paper: string) => `Already in the data store: ${paper}`,
  },
)

type Attached = { id: string; name: string }
type Sending = { name: string; share: number; problem?: string; file: File }

type AttachmentsProps = {
  paper: string
  files: readonly Attached[]
  inStore?: boolean
  onAdd: (file: Attached) => void
  onRemove: (id: string) => void
  /** Present where a paper may be taken from the data store. */
  onInStore?: () => void
  /** Counts files under way: a dossier must not be saved without them. */
  onSending: (delta: 1 | -1) => void
}

/** Files of one paper: each goes up by itself, shows how far it is, and a refused one says why and can be sent again. */
export function Attachments({
  paper,
  files,
  inStore,
  onAdd,
  onRemove,
  onInStore,
  onSending,
}: AttachmentsProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState<readonly Sending[]>([])
  const change = (file: File, next: Partial<Sending> | undefined): void =>
    setSending((before) =>
      before.flatMap((one) => (one.file === file ? (next ? [{ ...one, ...next }] : []) : [one])),
    )
  const send = async (file: File): Promise<void> => {
    setSending((before) => [
      ...before.filter((one) => one.file !== file),
      { name: file.name, share: 0, file },
    ])
    onSending(1)
    try {
      const kept = await upload(file, { onProgress: (share) => change(file, { share }) })
      change(file, undefined)
      onAdd({ id: kept.id, name: kept.name })
    } catch (error) {
      change(file, { problem: messageOf(error, language) })
    } finally {
      onSending(-1)
    }
  }
  return (
    <div className={styles.attachments}>
      {files.map((file) => (
        <span key={file.id} className={styles.file}>
          <FileText size={16} aria-hidden="true" />
          <span className={styles.fileName} title={file.name}>
            {file.name}
          </span>
          <button type="button" aria-label={w.remove(file.name)} onClick={() => onRemove(file.id)}>
            <X size={15} aria-hidden="true" />
          </button>
        </span>
      ))}
      {sending.map((one) =>
        one.problem ? (
          <span key={one.name} className={styles.refused} role="alert">
            {one.problem}{' '}
            <button type="button" onClick={() => void send(one.file)}>
              {w.again}
            </button>
            <button type="button" aria-label={w.remove(one.name)} onClick={() => change(one.file, undefined)}>
              <X size={15} aria-hidden="true" />
            </button>
          </span>
        ) : (
          <span key={one.name} className={styles.file} role="status">
            {w.sending(one.name, Math.round(one.share * 100))}
          </span>
        ),
      )}
      <span className={styles.fileButtons}>
        {inStore ? null : (
          <button
            type="button"
            className={styles.smallButton}
            aria-label={w.attachTo(paper)}
            onClick={() => input.current?.click()}
          >
            <Paperclip size={15} aria-hidden="true" /> {w.attach}
          </button>
        )}
        {inStore || files.length > 0 || !onInStore ? null : (
          <button
            type="button"
            className={styles.smallButton}
            aria-label={`${w.inStore}. ${w.inStoreOf(paper)}`}
            onClick={onInStore}
          >
            <Database size={15} aria-hidden="true" /> {w.inStore}
          </button>
        )}
      </span>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx"
        onChange={(event) => {
          for (const file of event.target.files ?? []) void send(file)
          event.target.value = ''
        }}
      />
    </div>
  )
}
