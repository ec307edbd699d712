import { CalendarSync } from 'lucide-react'
import { useState } from 'react'
import { listRecomputations, previewRecomputation, startRecomputation } from '#modules/dossiers/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatCount, formatMoment } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { Card, DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { ReasonSheet } from '../administration/reason-sheet.tsx'

const words = catalogue(
  {
    title: 'Hạn trả sẽ đổi theo lịch bây giờ',
    lead: (looked: string, moved: string, kept: string, confirmed: string) =>
      `Đã xem ${looked} hồ sơ đang giải quyết: ${moved} hạn lùi lại, ${kept} hạn lẽ ra sớm hơn nhưng giữ như đã hẹn với người dân, ${confirmed} hạn tạm tính thành chính thức.`,
    start: 'Tính lại hạn',
    nothing: 'Lịch bây giờ không làm đổi hạn của hồ sơ nào.',
    code: 'Hồ sơ',
    from: 'Đã hẹn',
    to: 'Theo lịch mới',
    what: 'Thế nào',
    CALENDAR: 'Lùi lại',
    PROMISE_KEPT: 'Giữ như đã hẹn',
    CONFIRMED: 'Thành chính thức',
    first: 'Danh sách có nhiều nhất 100 hồ sơ đầu.',
    sheet: 'Tính lại hạn của các hồ sơ?',
    sheetLead: 'Mỗi thay đổi ghi vào nhật ký của hồ sơ; người nộp được báo khi hạn lùi lại.',
    reason: 'Lý do',
    fill: 'Ghi lý do, ít nhất 3 ký tự.',
    done: (moved: string) => `Đã tính lại, ${moved} hạn lùi lại.`,
    runs: 'Những lần đã tính',
    none: 'Chưa tính lại lần nào.',
    at: 'Lúc',
    by: 'Ai tính',
    result: 'Kết quả',
    counts: (looked: string, moved: string, kept: string) => `${looked} hồ sơ, ${moved} lùi lại, ${kept} giữ`,
    running: 'đang chạy',
    finished: 'xong',
  },
  {
    title: 'Dates that the calendar as it is now would move',
    lead: (looked: string, moved: string, kept: string, confirmed: string) =>
      `${looked} open dossiers were looked at: ${moved} dates come later, ${kept} would come earlier and stay as promised, ${confirmed} provisional dates become firm.`,
    start: 'Compute dates anew',
    nothing: 'The calendar as it is now moves no date.',
    code: 'Dossier',
    from: 'Promised',
    to: 'By the calendar',
    what: 'What happens',
    CALENDAR: 'Comes later',
    PROMISE_KEPT: 'Stays as promised',
    CONFIRMED: 'Becomes firm',
    first: 'The list holds the first 100 dossiers at most.',
    sheet: 'Compute the dates of dossiers anew?',
    sheetLead: 'Each change is logged; applicants are told when a date comes later.',
    reason: 'Reason',
    fill: 'Give the reason, at least 3 characters.',
    done: (moved: string) => `Done; ${moved} dates come later.`,
    runs: 'Computations so far',
    none: 'Nothing was computed anew yet.',
    at: 'At',
    by: 'By',
    result: 'Result',
    counts: (looked: string, moved: string, kept: string) =>
      `${looked} dossiers, ${moved} later, ${kept} kept`,
    running: 'running',
    finished: 'finished',
  },
)

/** What a change of the calendar does to dates that were promised: seen first, then done. */
export function RecomputeTab() {
  const w = useWords(words)
  const [open, setOpen] = useState(false)
  const preview = useOperation(previewRecomputation, {})
  const runs = useOperation(listRecomputations, {}, { refetchInterval: 15_000 })
  return (
    <div className={styles.stack}>
      <Loaded query={preview}>
        {({ looked, moved, kept, confirmed, items }) => (
          <Card
            title={w.title}
            actions={
              items.length > 0 ? (
                <Button look="main" icon={CalendarSync} onClick={() => setOpen(true)}>
                  {w.start}
                </Button>
              ) : null
            }
          >
            <p className={styles.lead}>
              {w.lead(formatCount(looked), formatCount(moved), formatCount(kept), formatCount(confirmed))}
            </p>
            {items.length === 0 ? (
              <EmptyState title={w.nothing} />
            ) : (
              <>
                <DataTable
                  label={w.title}
                  items={items}
                  keyOf={({ code }) => code}
                  columns={[
                    {
                      id: 'code',
                      head: w.code,
                      names: true,
                      cell: ({ code }) => <span className="n">{code}</span>,
                    },
                    {
                      id: 'from',
                      head: w.from,
                      cell: ({ from }) => <span className="n">{formatMoment(from)}</span>,
                    },
                    { id: 'to', head: w.to, cell: ({ to }) => <span className="n">{formatMoment(to)}</span> },
                    { id: 'what', head: w.what, cell: ({ kind }) => w[kind] },
                  ]}
                />
                {items.length >= 100 ? <p className={styles.muted}>{w.first}</p> : null}
              </>
            )}
          </Card>
        )}
      </Loaded>
      <Loaded query={runs}>
        {({ items }) => (
          <Card title={w.runs}>
            {items.length === 0 ? (
              <EmptyState title={w.none} />
            ) : (
              <DataTable
                label={w.runs}
                items={items}
                keyOf={({ id }) => id}
                columns={[
                  {
                    id: 'at',
                    head: w.at,
                    names: true,
                    cell: ({ startedAt }) => <span className="n">{formatMoment(startedAt)}</span>,
                  },
                  { id: 'by', head: w.by, cell: ({ by, reason }) => `${by}: ${reason}` },
                  {
                    id: 'result',
                    head: w.result,
                    cell: ({ looked, moved, kept, finishedAt }) => (
                      <>
                        {w.counts(formatCount(looked), formatCount(moved), formatCount(kept))}{' '}
                        <Chip tone={finishedAt ? 'ngoc' : 'nghe'}>{finishedAt ? w.finished : w.running}</Chip>
                      </>
                    ),
                  },
                ]}
              />
            )}
          </Card>
        )}
      </Loaded>
      {open ? <StartSheet onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

function StartSheet({ onClose }: { onClose: () => void }) {
  const w = useWords(words)
  return (
    <ReasonSheet
      form="recompute"
      title={w.sheet}
      lead={w.sheetLead}
      submit={w.start}
      words={w}
      operation={startRecomputation}
      refresh={[previewRecomputation, listRecomputations]}
      input={(reason) => ({ reason })}
      done={({ moved }) => w.done(formatCount(moved))}
      onClose={onClose}
    />
  )
}
