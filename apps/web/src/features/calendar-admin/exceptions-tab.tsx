import { CalendarPlus, PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ExceptionView, listExceptions } from '#modules/calendar/contract.ts'
import type { Output } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatDate, weekdayShort } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { Card, DataTable } from '../administration/layout.tsx'
import { calendarWords } from './calendar-words.ts'
import { ExceptionSheet } from './exception-sheet.tsx'
import { RemoveSheet } from './remove-sheet.tsx'
import { sessionsText } from './sessions.ts'

const words = catalogue(
  {
    title: 'Ngày riêng của lịch này',
    empty: 'Lịch này không có ngày riêng trong năm; mọi ngày theo lịch cấp trên.',
    add: 'Thêm ngày',
    date: 'Ngày',
    what: 'Tên',
    type: 'Loại',
    basis: 'Căn cứ',
    actions: 'Việc làm được',
    change: 'Sửa',
    remove: 'Xóa',
    of: (verb: string, date: string) => `${verb} ngày ${date}`,
    candidate: 'dự kiến',
    projection: 'dự báo theo luật',
  },
  {
    title: 'Days of this calendar',
    empty: 'This calendar has no days of its own this year; all follow the higher one.',
    add: 'Add a day',
    date: 'Date',
    what: 'Name',
    type: 'Kind',
    basis: 'Basis',
    actions: 'What can be done',
    change: 'Change',
    remove: 'Remove',
    of: (verb: string, date: string) => `${verb} ${date}`,
    candidate: 'candidate',
    projection: 'projected from the law',
  },
)

type ExceptionsTabProps = { year: number; calendar: string; own: Output<typeof listExceptions> }

export function ExceptionsTab({ year, calendar, own }: ExceptionsTabProps) {
  const w = useWords(words)
  const cw = useWords(calendarWords)
  const { language } = useLanguage()
  const [open, setOpen] = useState<{ kind: 'add' } | { kind: 'change' | 'remove'; row: ExceptionView }>()
  const close = (): void => setOpen(undefined)
  return (
    <Card
      title={w.title}
      actions={
        own.mayChange ? (
          <Button icon={CalendarPlus} onClick={() => setOpen({ kind: 'add' })}>
            {w.add}
          </Button>
        ) : null
      }
    >
      {own.items.length === 0 ? (
        <EmptyState title={w.empty} />
      ) : (
        <DataTable
          label={w.title}
          items={own.items}
          keyOf={({ id }) => id}
          columns={[
            {
              id: 'date',
              head: w.date,
              names: true,
              cell: ({ date }) => (
                <span className="n">
                  {weekdayShort(date, language)} {formatDate(date)}
                </span>
              ),
            },
            {
              id: 'what',
              head: w.what,
              cell: ({ name, candidate, confidence }) => (
                <>
                  {name[language]}{' '}
                  {candidate ? (
                    <Chip tone="nghe">{w.candidate}</Chip>
                  ) : confidence === 'projection' ? (
                    <Chip tone="nghe">{w.projection}</Chip>
                  ) : null}
                </>
              ),
            },
            {
              id: 'type',
              head: w.type,
              cell: ({ type, kind, sessions }) => (
                <>
                  {cw.type[type]}
                  <div className={styles.muted}>
                    {[cw.kind[kind], sessions && sessionsText(sessions)].filter(Boolean).join(', ')}
                  </div>
                </>
              ),
            },
            { id: 'basis', head: w.basis, cell: ({ legalBasis }) => legalBasis },
            ...(own.mayChange
              ? [
                  {
                    id: 'actions',
                    head: w.actions,
                    actions: true,
                    cell: (row: ExceptionView) => (
                      <span className={styles.row}>
                        <Button
                          icon={PencilLine}
                          aria-label={w.of(w.change, formatDate(row.date))}
                          onClick={() => setOpen({ kind: 'change', row })}
                        >
                          {w.change}
                        </Button>
                        <Button
                          look="danger"
                          icon={Trash2}
                          aria-label={w.of(w.remove, formatDate(row.date))}
                          onClick={() => setOpen({ kind: 'remove', row })}
                        >
                          {w.remove}
                        </Button>
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {open?.kind === 'add' ? (
        <ExceptionSheet calendar={calendar} date={`${year}-01-01`} onClose={close} />
      ) : null}
      {open?.kind === 'change' ? (
        <ExceptionSheet calendar={calendar} date={open.row.date} row={open.row} onClose={close} />
      ) : null}
      {open?.kind === 'remove' ? <RemoveSheet row={open.row} onClose={close} /> : null}
    </Card>
  )
}
