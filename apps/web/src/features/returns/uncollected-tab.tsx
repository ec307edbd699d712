import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { BellRing, CalendarCheck, HandHelping, PackageCheck, Printer } from 'lucide-react'
import { useRef, useState } from 'react'
import {
  createHandoverSheets,
  listHandoverCandidates,
  listUncollected,
  remindOfResults,
  type UncollectedItem,
} from '#modules/dossiers/contract.ts'
import type { Output } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { call, newIdempotencyKey } from '../../api/call.ts'
import { canRetry, messageOf } from '../../api/problem.ts'
import { invalidate } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { useGo } from '../../surfaces/desk/go.ts'
import { REGISTERS } from '../../surfaces/desk/rail.ts'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { SelectField, TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { BulkBar, useTooMany } from '../bulk/bulk-bar.tsx'
import { BulkResult, type Refused } from '../bulk/bulk-result.tsx'
import { useSelection } from '../bulk/use-selection.ts'
import styles from './returns.module.css'

type Page = Output<typeof listUncollected>

const words = catalogue(
  {
    label: 'Kết quả chưa ai nhận',
    show: 'Lọc kết quả',
    all: 'Tất cả',
    remind: 'Đến lượt nhắc',
    back: 'Quá hạn giữ',
    'sent-back': 'Đã gửi trả cơ quan',
    month: 'Có kết quả trong tháng',
    anyMonth: 'Mọi tháng',
    monthName: (month: string) => `Tháng ${Number(month.slice(5))}/${month.slice(0, 4)}`,
    days: 'Đã chờ',
    day: (n: number) => `${n} ngày`,
    what: 'Chủ hồ sơ, thủ tục',
    phone: 'Điện thoại',
    reminders: 'Đã nhắc',
    never: 'chưa nhắc',
    last: (n: number, when: string) => `${n} lần, gần nhất ${when}`,
    place: 'Nơi trả',
    hand: 'Trao kết quả',
    record: 'Ghi đã nhắc',
    recordTitle: (n: number) => `Ghi đã nhắc ${n} người`,
    recorded: (n: number) => `Đã ghi nhắc ${n} kết quả.`,
    recordResult: 'Ghi nhắc',
    way: 'Nhắc bằng',
    sms: 'Tin nhắn',
    email: 'Thư điện tử',
    letter: 'Thư giấy',
    other: 'Cách khác',
    byPhone: 'Gọi điện',
    note: 'Ghi chú',
    send: 'Gửi trả cơ quan',
    sent: 'Gửi trả cơ quan',
    sheets: (codes: string) => `Đã lập phiếu ${codes}.`,
    oneCentre: 'Chọn kết quả của một nơi trả thôi: mỗi phiếu giao từ một nơi.',
    keep: 'Để sau',
    save: 'Lưu',
    print: 'In danh sách',
    empty: 'Không có kết quả nào ở đây.',
    emptyHint: 'Kết quả có mà chưa ai đến nhận hiện ở đây, lâu nhất trước.',
    total: (n: string) => `${n} kết quả`,
  },
  {
    label: 'Results not collected',
    show: 'Filter results',
    all: 'All',
    remind: 'To be reminded',
    back: 'Kept too long',
    'sent-back': 'Sent back',
    month: 'Ready in the month',
    anyMonth: 'Any month',
    monthName: (month: string) => `${Number(month.slice(5))}/${month.slice(0, 4)}`,
    days: 'Waits for',
    day: (n: number) => (n === 1 ? '1 day' : `${n} days`),
    what: 'Owner, procedure',
    phone: 'Phone',
    reminders: 'Reminded',
    never: 'not yet',
    last: (n: number, when: string) => `${n} times, last ${when}`,
    place: 'Returned at',
    hand: 'Hand over',
    record: 'Record a reminder',
    recordTitle: (n: number) => `Record that ${n} were reminded`,
    recorded: (n: number) => `${n} reminders recorded.`,
    recordResult: 'Reminders',
    way: 'By',
    sms: 'Message',
    email: 'E-mail',
    letter: 'Letter',
    other: 'Another way',
    byPhone: 'Phone',
    note: 'Note',
    send: 'Send back to the agency',
    sent: 'Send back',
    sheets: (codes: string) => `Sheets ${codes} made.`,
    oneCentre: 'Choose results of one place only: a sheet leaves from one place.',
    keep: 'Later',
    save: 'Save',
    print: 'Print the list',
    empty: 'There is no result here.',
    emptyHint: 'Results that nobody fetched appear here, the longest first.',
    total: (n: string) => `${n} results`,
  },
)

const SHOWS = ['all', 'remind', 'back', 'sent-back'] as const
type Show = (typeof SHOWS)[number]
const WAYS = ['phone', 'sms', 'email', 'letter', 'other'] as const
type Way = (typeof WAYS)[number]

/** The last twelve months, this one first. */
function lastMonths(today: string): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: 12 }, (_, i) => {
    const at = year * 12 + (month - 1) - i
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

type Unfinished = {
  title: string
  done: number
  refused: readonly Refused[]
  again: (codes: readonly string[]) => Promise<void>
}

/** What is ready and fetched by nobody: since when, reminded when, and the way back to the agency. */
export function UncollectedTab({ onHand }: { onHand: (code: string) => void }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const go = useGo()
  const client = useQueryClient()
  const toast = useToast()
  const [show, setShow] = useState<Show>('all')
  const [month, setMonth] = useState('')
  const [active, setActive] = useState<string>()
  const [recording, setRecording] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [unfinished, setUnfinished] = useState<Unfinished>()
  const key = useRef<string>(undefined)
  const selection = useSelection<UncollectedItem>(({ code }) => code)
  const tooMany = useTooMany(selection.items.length)
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | undefined>({
    queryKey: [listUncollected.id, 'pages', show, month],
    queryFn: ({ signal, pageParam }) =>
      call(
        listUncollected,
        { show, limit: 100, ...(month ? { month } : {}), ...(pageParam ? { after: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 120_000,
    placeholderData: (before) => before,
  })
  const pages = query.data?.pages ?? []
  const items = pages.flatMap((page) => page.items)
  const counts = pages[0]?.counts
  const countOf: Partial<Record<Show, { value: number; capped: boolean }>> = counts ?? {}
  const current = items.find(({ code }) => code === active) ?? items[0]
  const hidden = selection.items.filter(({ code }) => !items.some((one) => one.code === code)).length

  const refresh = (): void => {
    for (const operation of [listUncollected, listHandoverCandidates]) void invalidate(client, operation)
  }
  const remind = async (codes: readonly string[], way: Way, note: string): Promise<void> => {
    key.current ??= newIdempotencyKey()
    try {
      const body = { dossiers: [...codes], way, ...(note ? { note } : {}) }
      const { done, refused } = await call(remindOfResults, body, { idempotencyKey: key.current })
      key.current = undefined
      selection.clear()
      setRecording(false)
      if (refused.length === 0) {
        setUnfinished(undefined)
        toast({ message: w.recorded(done.length) })
      } else
        setUnfinished({
          ...{ title: w.recordResult, done: done.length },
          refused: refused.map(({ code, refusal }) => ({ key: code, code, refusal })),
          again: (rest) => remind(rest, way, note),
        })
    } catch (error) {
      if (!canRetry(error)) key.current = undefined
      throw error
    } finally {
      refresh()
    }
  }
  const sendBack = async (codes: readonly string[], from: string): Promise<void> => {
    key.current ??= newIdempotencyKey()
    setProblem(undefined)
    try {
      const body = { kind: 'uncollected' as const, from, dossiers: [...codes] }
      const { sheets, refused } = await call(createHandoverSheets, body, { idempotencyKey: key.current })
      key.current = undefined
      selection.clear()
      const [first] = sheets
      if (refused.length > 0)
        setUnfinished({
          ...{ title: w.sent, done: codes.length - refused.length },
          refused: refused.map(({ code, refusal }) => ({ key: code, code, refusal })),
          again: (rest) => sendBack(rest, from),
        })
      else if (first && sheets.length === 1) go(`/desk/ban-giao/${first.code}`)
      else toast({ message: w.sheets(sheets.map(({ code }) => code).join(', ')) })
    } catch (error) {
      if (!canRetry(error)) key.current = undefined
      setProblem(messageOf(error, language))
    } finally {
      refresh()
    }
  }
  const centres = new Set(selection.items.map(({ returningCentre }) => returningCentre.id))
  const [from = ''] = centres
  const backBlocked = centres.size > 1 ? w.oneCentre : tooMany
  useShortcuts([
    {
      keys: 'n',
      label: w.record,
      run: () => setRecording(true),
      when: selection.items.length > 0 && tooMany === undefined,
    },
  ])
  if (query.error && items.length === 0)
    return <ErrorSummary problems={[{ message: messageOf(query.error, language) }]} />
  if (query.isPending)
    return (
      <Loading>
        <SkeletonRows rows={8} />
      </Loading>
    )
  return (
    <>
      {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
      <fieldset className={classes(desk.pills, styles.filters)} aria-label={w.show}>
        {SHOWS.map((one) => (
          <button
            key={one}
            type="button"
            className={desk.pill}
            aria-pressed={show === one}
            onClick={(event) => {
              setShow(one)
              if (event.detail > 0) event.currentTarget.blur()
            }}
          >
            {w[one]}{' '}
            {countOf[one] ? (
              <span className="n">{`${countOf[one].value}${countOf[one].capped ? '+' : ''}`}</span>
            ) : null}
          </button>
        ))}
        <SelectField
          label={w.month}
          value={month}
          placeholder={w.anyMonth}
          onChange={setMonth}
          options={lastMonths(localDateOf(new Date())).map((value) => ({ value, label: w.monthName(value) }))}
        />
        <Button look="quiet" icon={Printer} onClick={() => go(`${REGISTERS}?so=unclaimed`)}>
          {w.print}
        </Button>
      </fieldset>
      <div className={desk.fill}>
        <WorkList<UncollectedItem>
          label={w.label}
          groups={[{ id: 'all', label: '', items }]}
          keyOf={({ code }) => code}
          nameOf={({ code, owner }) => `${code} ${owner}`}
          active={current?.code}
          onActive={setActive}
          selected={selection.keys}
          onSelected={(keys) => selection.choose(keys, items)}
          onOpen={({ code }) => onHand(code)}
          onNearEnd={() => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
          }}
          empty={
            <EmptyState icon={CalendarCheck} title={w.empty}>
              {w.emptyHint}
            </EmptyState>
          }
          columns={[
            {
              id: 'days',
              head: w.days,
              width: '116px',
              cell: ({ days, backDue, remindNow }) => (
                <Chip tone={backDue ? 'son' : remindNow ? 'nghe' : 'ngoc'}>
                  <span className="n">{w.day(days)}</span>
                </Chip>
              ),
            },
            {
              id: 'what',
              head: w.what,
              width: 'minmax(0, 1.4fr)',
              cell: ({ owner, procedure, code }) => (
                <TwoLines title={`${owner} · ${procedure}`} detail={code} />
              ),
            },
            {
              id: 'phone',
              head: w.phone,
              width: '132px',
              cell: ({ phone }) => <span className="n">{phone ?? '—'}</span>,
            },
            {
              id: 'reminders',
              head: w.reminders,
              width: 'minmax(0, 260px)',
              cell: ({ reminders, lastReminder }) =>
                lastReminder ? (
                  <TwoLines
                    title={w.last(reminders, formatMoment(lastReminder.at))}
                    detail={[lastReminder.by, lastReminder.note].filter(Boolean).join(' · ')}
                  />
                ) : (
                  <span className={desk.muted}>{w.never}</span>
                ),
            },
            {
              id: 'place',
              head: w.place,
              width: 'minmax(0, 180px)',
              cell: ({ returningCentre }) => returningCentre.name,
            },
          ]}
        />
      </div>
      <BulkBar count={selection.items.length} hidden={hidden} onClear={selection.clear}>
        <Button look="main" icon={BellRing} shortcut="N" blocked={tooMany} onClick={() => setRecording(true)}>
          {w.record}
        </Button>
        <Button
          icon={HandHelping}
          blocked={backBlocked}
          onClick={() =>
            void sendBack(
              selection.items.map(({ code }) => code),
              from,
            )
          }
        >
          {w.send}
        </Button>
        {selection.items.length === 1 ? (
          <Button icon={PackageCheck} onClick={() => selection.items[0] && onHand(selection.items[0].code)}>
            {w.hand}
          </Button>
        ) : null}
      </BulkBar>
      {recording ? (
        <Dialog open onClose={() => setRecording(false)} title={w.recordTitle(selection.items.length)}>
          <ReminderForm
            onClose={() => setRecording(false)}
            onSave={(way, note) =>
              remind(
                selection.items.map(({ code }) => code),
                way,
                note,
              )
            }
          />
        </Dialog>
      ) : null}
      {unfinished ? (
        <BulkResult
          title={unfinished.title}
          done={unfinished.done}
          refused={unfinished.refused}
          onClose={() => setUnfinished(undefined)}
          onRest={unfinished.again}
        />
      ) : null}
    </>
  )
}

type ReminderFormProps = { onClose: () => void; onSave: (way: Way, note: string) => Promise<void> }

function ReminderForm({ onClose, onSave }: ReminderFormProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [way, setWay] = useState<Way>('phone')
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    try {
      await onSave(way, note.trim())
    } catch (error) {
      setProblem(messageOf(error, language))
      setBusy(false)
    }
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.save, run: () => void save() }])
  const names: Readonly<Record<Way, string>> = { ...w, phone: w.byPhone }
  return (
    <div className={desk.form}>
      {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
      <SegmentedChoice
        label={w.way}
        value={way}
        options={WAYS.map((value) => ({ value, label: names[value] }))}
        onChange={setWay}
      />
      <TextField id="reminder-note" label={w.note} optional value={note} onChange={setNote} />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="main" shortcut="Ctrl+Enter" busy={busy} onClick={() => void save()}>
          {w.save}
        </Button>
      </div>
    </div>
  )
}
