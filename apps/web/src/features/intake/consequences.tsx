import { FilePlus2, Printer } from 'lucide-react'
import { NO_LIMIT_WORDS } from '#modules/calendar/contract.ts'
import type { previewIntake } from '#modules/dossiers/contract.ts'
import type { Output } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { explanationOf } from '../../ui/due/date-explanation.ts'
import { DateReasons } from '../../ui/due/why-this-date.tsx'
import { formatLongDate, formatMoney, partsOf } from '../../ui/format/format.ts'
import { Key } from '../../ui/key/key.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { MissingSection, SummaryPanel, SummarySection } from '../../ui/summary/summary-panel.tsx'
import styles from './intake.module.css'

export type Preview = Output<typeof previewIntake>

const words = catalogue(
  {
    label: 'Ngày hẹn, phí và việc còn thiếu',
    lead: 'Hẹn trả kết quả',
    before: (time: string) => `trước ${time}, nếu nhận ngay bây giờ`,
    noDue: NO_LIMIT_WORDS.promise.vi,
    noDueNote: NO_LIMIT_WORDS.sentence.vi,
    waiting: 'Chọn thủ tục và trường hợp để xem ngày hẹn, phí.',
    why: 'Vì sao ngày này?',
    fees: 'Phí, lệ phí',
    free: 'Không thu',
    unknown: 'Chưa rõ mức thu',
    missingHelp:
      'Bổ sung ngay tại quầy, hoặc in một phiếu yêu cầu ghi đủ mọi giấy còn thiếu. Chỉ được yêu cầu một lần.',
    form02: 'In phiếu bổ sung (Mẫu 02)',
    refuse: 'Từ chối tiếp nhận',
    save: 'Lưu và in giấy tiếp nhận',
    saveOne: 'Lưu riêng hồ sơ này',
  },
  {
    label: 'Due date, fees and what is missing',
    lead: 'Result due',
    before: (time: string) => `before ${time}, if received now`,
    noDue: NO_LIMIT_WORDS.promise.en,
    noDueNote: NO_LIMIT_WORDS.sentence.en,
    waiting: 'Choose the procedure and the case to see the date and the fees.',
    why: 'Why this date?',
    fees: 'Fees',
    free: 'Free',
    unknown: 'Amount not known',
    missingHelp:
      'Add them now, or print one request that names every missing paper. It may be asked only once.',
    form02: 'Print supplement request (form 02)',
    refuse: 'Refuse to receive',
    save: 'Save and print the slip',
    saveOne: 'Save this dossier alone',
  },
)

type ConsequencesProps = {
  preview: Preview | undefined
  whyOpen: boolean
  problems: readonly string[]
  missing: readonly string[]
  blocked: string | undefined
  busy: boolean
  started: boolean
  /** The button's words where one save makes several dossiers. */
  saveLabel?: string | undefined
  /** Saves the dossier on the screen alone. */
  onSaveOne?: (() => void) | undefined
  onSave: () => void
  onSupplement: () => void
  onRefuse: () => void
}

/** What follows from what was typed: date, why, fee, what is missing, then the button. */
export function Consequences(props: ConsequencesProps) {
  const { preview, whyOpen, problems, missing, blocked, busy, started, onSave, onSupplement, onRefuse } =
    props
  const w = useWords(words)
  const { language } = useLanguage()
  const deadline = preview?.deadline
  const due = deadline?.due ? partsOf(deadline.due) : undefined
  return (
    <SummaryPanel
      label={w.label}
      {...(deadline
        ? {
            due: {
              lead: w.lead,
              date: due ? formatLongDate(due.date, language) : w.noDue,
              note: due ? w.before(due.time) : w.noDueNote,
              chip: due ? <Chip tone="cham">{deadline.amount}</Chip> : null,
              provisional: deadline.provisional,
            },
          }
        : {})}
      actions={
        <>
          <Button wide icon={FilePlus2} shortcut="F9" onClick={onSupplement} blocked={undefined}>
            {w.form02}
          </Button>
          {props.onSaveOne ? (
            <Button wide onClick={props.onSaveOne}>
              {w.saveOne}
            </Button>
          ) : null}
          {started ? (
            <Button wide look="quiet" onClick={onRefuse}>
              {w.refuse}
            </Button>
          ) : null}
          <div>
            <Button
              wide
              look="main"
              icon={Printer}
              shortcut="Ctrl+Enter"
              blocked={blocked}
              busy={busy}
              onClick={onSave}
            >
              {props.saveLabel ?? w.save}
            </Button>
          </div>
        </>
      }
    >
      {deadline ? (
        <>
          <SummarySection title={w.why} aside={<Key keys="V" />}>
            {whyOpen ? <DateReasons explanation={explanationOf(deadline)} /> : null}
          </SummarySection>
          <Fees fees={preview.fees} />
        </>
      ) : (
        <SummarySection title={w.lead}>
          <p className={styles.feeNote}>{w.waiting}</p>
        </SummarySection>
      )}
      {problems.length > 0 ? (
        <SummarySection title="">
          <ul className={styles.problems}>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </SummarySection>
      ) : null}
      <MissingSection papers={missing}>
        <p className={styles.feeNote}>{w.missingHelp}</p>
      </MissingSection>
    </SummaryPanel>
  )
}

function Fees({ fees }: { fees: Preview['fees'] }) {
  const w = useWords(words)
  const amount = (value: number | null): string =>
    value === null ? w.unknown : value === 0 ? w.free : formatMoney(value)
  return (
    <SummarySection title={w.fees} aside={<strong className="n">{amount(fees.total)}</strong>}>
      {fees.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the catalogue may name two lines alike
        <div key={index}>
          <p className={styles.feeLine}>
            <span>{line.name}</span>
            <span className="n">{amount(line.amount)}</span>
          </p>
          {line.note ? <p className={styles.feeNote}>{line.note}</p> : null}
        </div>
      ))}
    </SummarySection>
  )
}
