import { CalendarPlus, PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ExceptionView, listExceptions, showYear } from '#modules/calendar/contract.ts'
import type { Output } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { formatLongDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { Card, Facts } from '../administration/layout.tsx'
import { calendarWords } from './calendar-words.ts'
import { ExceptionSheet } from './exception-sheet.tsx'
import { RemoveSheet } from './remove-sheet.tsx'

const words = catalogue(
  {
    what: 'Tên',
    sessions: 'Giờ',
    basis: 'Căn cứ',
    none: 'không có giờ làm việc',
    add: 'Thêm ngày riêng',
    change: 'Sửa ngày này',
    remove: 'Xóa ngày này',
    readOnly: 'Lịch này do người khác quản lý; ông/bà xem được, không sửa được.',
  },
  {
    what: 'Name',
    sessions: 'Hours',
    basis: 'Basis',
    none: 'no working hours',
    add: 'Add an own day',
    change: 'Change this day',
    remove: 'Remove this day',
    readOnly: 'Others keep this calendar; you can read it and not change it.',
  },
)

type DayPanelProps = {
  date: string
  data: Output<typeof showYear>
  calendar: string
  own: Output<typeof listExceptions>
}

/** What the chosen day is and why, with what may be done about it. */
export function DayPanel({ date, data, calendar, own }: DayPanelProps) {
  const w = useWords(words)
  const cw = useWords(calendarWords)
  const { language } = useLanguage()
  const [open, setOpen] = useState<'add' | 'change' | 'remove'>()
  const day = data.days.find((one) => one.date === date)
  const row: ExceptionView | undefined = own.items.find((one) => one.date === date)
  if (!day) return null
  return (
    <Card
      title={formatLongDate(date, language)}
      actions={
        <Chip tone={day.working ? (day.kind === 'working' ? 'ngoc' : 'cham') : 'tro'}>
          {cw.kind[day.kind]}
        </Chip>
      }
    >
      <div className={styles.stack}>
        <Facts
          facts={[
            { label: w.what, value: day.reason?.[language] },
            {
              label: w.sessions,
              value: (
                <span className="n">
                  {day.sessions.map(({ from, to }) => `${from}–${to}`).join(', ') || w.none}
                </span>
              ),
            },
            { label: w.basis, value: day.legalBasis },
          ]}
        />
        {own.mayChange ? (
          <div className={styles.row}>
            {row ? (
              <>
                <Button icon={PencilLine} onClick={() => setOpen('change')}>
                  {w.change}
                </Button>
                <Button look="danger" icon={Trash2} onClick={() => setOpen('remove')}>
                  {w.remove}
                </Button>
              </>
            ) : (
              <Button icon={CalendarPlus} onClick={() => setOpen('add')}>
                {w.add}
              </Button>
            )}
          </div>
        ) : (
          <p className={styles.muted}>{w.readOnly}</p>
        )}
      </div>
      {open === 'add' ? (
        <ExceptionSheet calendar={calendar} date={date} onClose={() => setOpen(undefined)} />
      ) : null}
      {open === 'change' && row ? (
        <ExceptionSheet calendar={calendar} date={date} row={row} onClose={() => setOpen(undefined)} />
      ) : null}
      {open === 'remove' && row ? <RemoveSheet row={row} onClose={() => setOpen(undefined)} /> : null}
    </Card>
  )
}
