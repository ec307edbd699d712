import { FolderOpen, Plus, Printer, UserRound } from 'lucide-react'
import { NO_LIMIT_WORDS } from '#modules/calendar/contract.ts'
import type { createDossier, getPaper } from '#modules/dossiers/contract.ts'
import type { Output, Request } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { formatLongDate, partsOf } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from './intake.module.css'

export type Saved = Output<typeof createDossier> & {
  form: Request<typeof getPaper>['form']
  owner: string
  procedure: string
}

const words = catalogue(
  {
    'form-01': 'Đã tiếp nhận hồ sơ',
    'form-02': 'Đã lưu, chờ bổ sung giấy tờ',
    'form-03': 'Đã ghi từ chối tiếp nhận',
    code: 'Mã hồ sơ',
    pin: 'Mã tra cứu',
    due: 'Hẹn trả kết quả',
    noDue: NO_LIMIT_WORDS.promise.vi,
    printSlip: 'In giấy tiếp nhận',
    printForm: 'In phiếu',
    add: 'Thêm thủ tục cho người này',
    continue: 'Làm tiếp thủ tục còn lại',
    next: 'Tiếp nhận người khác',
    open: 'Mở hồ sơ',
    of: (procedure: string, owner: string) => `${procedure} · ${owner}`,
  },
  {
    'form-01': 'Dossier received',
    'form-02': 'Saved, waiting for papers',
    'form-03': 'Refusal recorded',
    code: 'Dossier code',
    pin: 'Look-up PIN',
    due: 'Result due',
    noDue: NO_LIMIT_WORDS.promise.en,
    printSlip: 'Print the slip',
    printForm: 'Print the form',
    add: 'Another procedure for this person',
    continue: 'Go on with the other procedure',
    next: 'Receive another person',
    open: 'Open the dossier',
    of: (procedure: string, owner: string) => `${procedure} · ${owner}`,
  },
)

type SavedDialogProps = {
  saved: Saved | undefined
  hasSibling: boolean
  onPrint: () => void
  onAdd: () => void
  onNext: () => void
  onOpen: () => void
}

/** What the person is told: code, PIN, date. Escape goes on to the next person. */
export function SavedDialog({ saved, ...rest }: SavedDialogProps) {
  const w = useWords(words)
  const form = saved?.form
  const title = form === 'form-01' || form === 'form-02' || form === 'form-03' ? w[form] : w['form-01']
  return (
    <Dialog open={saved !== undefined} onClose={rest.onNext} title={title}>
      {saved ? <SavedContent saved={saved} {...rest} /> : null}
    </Dialog>
  )
}

function SavedContent({
  saved,
  hasSibling,
  onPrint,
  onAdd,
  onNext,
  onOpen,
}: Omit<SavedDialogProps, 'saved'> & { saved: Saved }) {
  const w = useWords(words)
  const { language } = useLanguage()
  useShortcuts([
    { keys: 'p', label: w.printSlip, run: onPrint },
    { keys: 'Ctrl+Enter', label: w.next, run: onNext },
  ])
  const due = saved.due ? partsOf(saved.due) : undefined
  return (
    <div className={styles.work}>
      <p>{w.of(saved.procedure, saved.owner)}</p>
      <dl className={styles.done}>
        <div className={styles.wide}>
          <dt>{w.code}</dt>
          <dd className={`n ${styles.big}`}>{saved.code}</dd>
        </div>
        {saved.form === 'form-03' ? null : (
          <div>
            <dt>{w.pin}</dt>
            <dd className="n">{saved.pin}</dd>
          </div>
        )}
        {saved.form === 'form-01' ? (
          <div>
            <dt>{w.due}</dt>
            <dd className="n">{due ? `${formatLongDate(due.date, language)} ${due.time}` : w.noDue}</dd>
          </div>
        ) : null}
      </dl>
      <Button icon={Printer} shortcut="P" onClick={onPrint} wide>
        {saved.form === 'form-01' ? w.printSlip : w.printForm}
      </Button>
      <Button icon={Plus} onClick={onAdd} wide>
        {hasSibling ? w.continue : w.add}
      </Button>
      <Button icon={FolderOpen} onClick={onOpen} wide>
        {w.open}
      </Button>
      <Button look="main" icon={UserRound} shortcut="Ctrl+Enter" onClick={onNext} wide>
        {w.next}
      </Button>
    </div>
  )
}
