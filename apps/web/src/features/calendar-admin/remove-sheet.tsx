import { type ExceptionView, listExceptions, removeException, showYear } from '#modules/calendar/contract.ts'
import { formatLongDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { ReasonSheet } from '../administration/reason-sheet.tsx'
import { calendarWords } from './calendar-words.ts'

const words = catalogue(
  {
    title: (date: string) => `Xóa ${date} khỏi lịch này`,
    lead: 'Ngày này trở lại như lịch cấp trên hoặc thứ trong tuần quy định.',
    submit: 'Xóa ngày',
    fill: 'Ghi lý do, ít nhất 3 ký tự.',
    removed: 'Đã xóa ngày khỏi lịch.',
  },
  {
    title: (date: string) => `Remove ${date} from this calendar`,
    lead: 'The day is again what a higher calendar or its weekday says.',
    submit: 'Remove the day',
    fill: 'Give the reason, at least 3 characters.',
    removed: 'The day is removed from the calendar.',
  },
)

export function RemoveSheet({ row, onClose }: { row: ExceptionView; onClose: () => void }) {
  const w = useWords(words)
  const cw = useWords(calendarWords)
  const { language } = useLanguage()
  return (
    <ReasonSheet
      form="remove"
      title={w.title(formatLongDate(row.date, language))}
      lead={w.lead}
      submit={w.submit}
      danger
      words={{ reason: cw.reason, reasonHint: cw.reasonHint, fill: w.fill }}
      operation={removeException}
      refresh={[showYear, listExceptions]}
      input={(reason) => ({ exception: row.id, version: row.version, reason })}
      version={row.version}
      done={() => w.removed}
      onClose={onClose}
    >
      <p className={styles.strong}>{row.name[language]}</p>
    </ReasonSheet>
  )
}
