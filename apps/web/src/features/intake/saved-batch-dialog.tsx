import { Printer, UserRound } from 'lucide-react'
import { NO_LIMIT_WORDS } from '#modules/calendar/contract.ts'
import type { createBatch } from '#modules/dossiers/contract.ts'
import type { Output } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import styles from './intake.module.css'

export type SavedBatch = Output<typeof createBatch> & { owner: string }

const words = catalogue(
  {
    title: (n: number) => `Đã tiếp nhận ${n} hồ sơ`,
    of: (owner: string) => `Của ${owner}; mỗi hồ sơ có mã và ngày hẹn riêng.`,
    code: 'Mã hồ sơ',
    procedure: 'Thủ tục',
    pin: 'Mã tra cứu',
    due: 'Hẹn trả',
    print: 'In giấy tiếp nhận nhiều hồ sơ',
    next: 'Tiếp nhận người khác',
  },
  {
    title: (n: number) => `${n} dossiers received`,
    of: (owner: string) => `Of ${owner}; each has its own code and date.`,
    code: 'Code',
    procedure: 'Procedure',
    pin: 'PIN',
    due: 'Due',
    print: 'Print the receipt of all',
    next: 'Receive another person',
  },
)

type SavedBatchDialogProps = { saved: SavedBatch | undefined; onPrint: () => void; onNext: () => void }

/** What the person is told of each dossier; one receipt names them all. */
export function SavedBatchDialog({ saved, ...rest }: SavedBatchDialogProps) {
  const w = useWords(words)
  return (
    <Dialog open={saved !== undefined} onClose={rest.onNext} title={w.title(saved?.items.length ?? 0)}>
      {saved ? <SavedList saved={saved} {...rest} /> : null}
    </Dialog>
  )
}

function SavedList({ saved, onPrint, onNext }: Omit<SavedBatchDialogProps, 'saved'> & { saved: SavedBatch }) {
  const w = useWords(words)
  const { language } = useLanguage()
  useShortcuts([
    { keys: 'p', label: w.print, run: onPrint },
    { keys: 'Ctrl+Enter', label: w.next, run: onNext },
  ])
  return (
    <div className={styles.work}>
      <p>{w.of(saved.owner)}</p>
      <div className={styles.batch}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.code}</th>
              <th scope="col">{w.procedure}</th>
              <th scope="col">{w.pin}</th>
              <th scope="col">{w.due}</th>
            </tr>
          </thead>
          <tbody>
            {saved.items.map((one) => (
              <tr key={one.code}>
                <td className="n">
                  <AppLink href={`/desk/ho-so/${one.code}`}>{one.code}</AppLink>
                </td>
                <td>{one.name}</td>
                <td className="n">{one.pin}</td>
                <td className="n">{one.due ? formatMoment(one.due) : NO_LIMIT_WORDS.promise[language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button icon={Printer} shortcut="P" onClick={onPrint} wide>
        {w.print}
      </Button>
      <Button look="main" icon={UserRound} shortcut="Ctrl+Enter" onClick={onNext} wide>
        {w.next}
      </Button>
    </div>
  )
}
