import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { CalendarCheck, HandHelping, Printer, X } from 'lucide-react'
import { useRef, useState } from 'react'
import {
  createHandoverSheets,
  getDossier,
  listHandoverCandidates,
  listHandoverSheets,
  type SheetKind,
  type SheetSummary,
} from '#modules/dossiers/contract.ts'
import type { Output } from '#platform/operation.ts'
import { call, newIdempotencyKey } from '../../api/call.ts'
import { canRetry, messageOf } from '../../api/problem.ts'
import { invalidate } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { useGo } from '../../surfaces/desk/go.ts'
import { Button, IconButton } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { ListWithPreview, TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { useTooMany } from '../bulk/bulk-bar.tsx'
import { type Refused, RefusedReasons } from '../bulk/bulk-result.tsx'
import { useSelection } from '../bulk/use-selection.ts'
import { dueInFull } from '../tasks/due-text.ts'
import styles from './handover.module.css'
import { openSheetPaper } from './open-sheet-paper.ts'
import { useHandoverScanner } from './use-handover-scanner.ts'
import type { HandPlace } from './use-places.ts'
import { handoverWords } from './words.ts'

type Page = Output<typeof listHandoverCandidates>
type Candidate = Page['items'][number]

const words = catalogue(
  {
    kind: 'Giao gì',
    late: 'Lẽ ra đã phải giao',
    waiting: 'Chờ giao',
    what: 'Thủ tục, hồ sơ',
    to: 'Giao cho',
    since: 'Từ lúc',
    due: 'Hạn giao',
    making: 'Phiếu sắp lập',
    hint: 'Quét mã vạch từng hồ sơ, hoặc chọn trong danh sách bằng X.',
    unknown: 'Chưa rõ nơi nhận',
    remove: (code: string) => `Bỏ hồ sơ ${code}`,
    scanned: (code: string) => `Đã chọn ${code}`,
    note: 'Ghi chú trên phiếu',
    make: (n: number) => `Lập phiếu, giao ${n} hồ sơ`,
    none: 'Chọn ít nhất một hồ sơ.',
    made: 'Đã lập phiếu bàn giao',
    refused: 'Hồ sơ không lên phiếu',
    close: 'Xong',
    openSheet: 'Mở phiếu',
    empty: 'Không còn hồ sơ nào chờ giao từ đây.',
    emptyHint: 'Hồ sơ giấy vừa tiếp nhận và kết quả vừa phát hành sẽ hiện ở đây, cùng hạn phải giao.',
    total: (n: string) => `${n} hồ sơ chờ giao`,
    noDue: 'không định hạn',
  },
  {
    kind: 'What',
    late: 'Should have left',
    waiting: 'Waiting',
    what: 'Procedure, dossier',
    to: 'Goes to',
    since: 'Since',
    due: 'Leaves by',
    making: 'Sheets to be made',
    hint: 'Scan the bar code of each dossier, or choose in the list with X.',
    unknown: 'Destination not known yet',
    remove: (code: string) => `Leave out ${code}`,
    scanned: (code: string) => `${code} chosen`,
    note: 'Note on the sheet',
    make: (n: number) => `Make sheets for ${n} dossiers`,
    none: 'Choose at least one dossier.',
    made: 'Hand-over sheets made',
    refused: 'Not on a sheet',
    close: 'Done',
    openSheet: 'Open the sheet',
    empty: 'Nothing waits to be handed over from here.',
    emptyHint:
      'Dossiers just received and results just issued appear here with the time by which they leave.',
    total: (n: string) => `${n} dossiers wait`,
    noDue: 'no limit',
  },
)

/** What has to leave this place; scanning or choosing fills the sheets, one for each destination. */
export function CandidatesTab({ from }: { from: HandPlace }) {
  const w = useWords(words)
  const shared = useWords(handoverWords)
  const { language } = useLanguage()
  const client = useQueryClient()
  const go = useGo()
  const kinds: readonly SheetKind[] = from.side === 'centre' ? ['dossiers', 'uncollected'] : ['results']
  const [kind, setKind] = useState<SheetKind>(kinds[0] ?? 'dossiers')
  const [active, setActive] = useState<string>()
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [heard, setHeard] = useState('')
  const [made, setMade] = useState<{ sheets: SheetSummary[]; refused: Refused[] }>()
  const key = useRef<string>(undefined)
  const selection = useSelection<{ code: string; to?: { id: string; name: string } }>(({ code }) => code)
  const tooMany = useTooMany(selection.items.length)
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | undefined>({
    queryKey: [listHandoverCandidates.id, 'pages', kind, from.id],
    queryFn: ({ signal, pageParam }) =>
      call(
        listHandoverCandidates,
        { kind, from: from.id, limit: 100, ...(pageParam ? { after: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 60_000,
  })
  const pages = query.data?.pages ?? []
  const items = pages.flatMap((page) => page.items)
  const total = pages[0]?.total
  const current = items.some(({ code }) => code === active) ? active : items[0]?.code

  useHandoverScanner((code) => {
    setHeard(w.scanned(code))
    setMade(undefined)
    selection.choose(new Set([...selection.keys, code]), [
      ...items,
      ...(items.some((one) => one.code === code) ? [] : [{ code }]),
    ])
    if (items.some((one) => one.code === code)) setActive(code)
  })

  const make = async (): Promise<void> => {
    const lack = selection.items.length === 0 ? w.none : tooMany
    setProblem(lack)
    if (busy || lack) return
    setBusy(true)
    key.current ??= newIdempotencyKey()
    try {
      const dossiers = selection.items.map(({ code }) => code)
      const body = { kind, from: from.id, dossiers, ...(note.trim() ? { note: note.trim() } : {}) }
      const answer = await call(createHandoverSheets, body, { idempotencyKey: key.current })
      key.current = undefined
      setMade({
        sheets: answer.sheets,
        refused: answer.refused.map(({ code, refusal }) => ({ key: code, code, refusal })),
      })
      selection.clear()
      setNote('')
    } catch (error) {
      if (!canRetry(error)) key.current = undefined
      setProblem(messageOf(error, language))
    } finally {
      setBusy(false)
      for (const operation of [listHandoverCandidates, listHandoverSheets, getDossier])
        void invalidate(client, operation)
    }
  }
  useShortcuts([
    {
      keys: 'Ctrl+Enter',
      label: w.make(selection.items.length),
      run: () => void make(),
      when: selection.items.length > 0,
    },
  ])

  const late = items.filter((item) => item.late)
  const groups = [
    { id: 'late', label: w.late, tone: 'son' as const, items: late },
    { id: 'waiting', label: w.waiting, items: items.filter((item) => !item.late) },
  ]
  const byPlace = Map.groupBy(selection.items, ({ to }) => to?.name ?? w.unknown)
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
      <div className={styles.bar}>
        <SegmentedChoice
          label={w.kind}
          hideLabel
          value={kind}
          options={kinds.map((value) => ({ value, label: shared[value] }))}
          onChange={(next) => {
            selection.clear()
            setKind(next)
          }}
        />
        {total ? (
          <span className={`${desk.note} n`}>{w.total(`${total.value}${total.capped ? '+' : ''}`)}</span>
        ) : null}
        <span className="visually-hidden" aria-live="polite">
          {heard}
        </span>
      </div>
      <div className={desk.fill}>
        <ListWithPreview
          list={
            <WorkList<Candidate>
              label={shared.title}
              groups={groups}
              keyOf={({ code }) => code}
              nameOf={({ code, owner }) => `${code} ${owner}`}
              active={current}
              onActive={setActive}
              selected={selection.keys}
              onSelected={(keys) => selection.choose(keys, items)}
              onOpen={({ code }) =>
                selection.choose(
                  new Set(
                    selection.keys.has(code)
                      ? [...selection.keys].filter((one) => one !== code)
                      : [...selection.keys, code],
                  ),
                  items,
                )
              }
              more={query.hasNextPage}
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
                  id: 'due',
                  head: w.due,
                  width: '168px',
                  cell: ({ due, late: isLate }) =>
                    due ? (
                      isLate ? (
                        <Chip tone="son">
                          <span className="n">{formatMoment(due)}</span>
                        </Chip>
                      ) : (
                        <strong className="n">{dueInFull(due, language)}</strong>
                      )
                    ) : (
                      <span className={desk.muted}>{w.noDue}</span>
                    ),
                },
                {
                  id: 'what',
                  head: w.what,
                  width: 'minmax(0, 1.4fr)',
                  cell: ({ procedure, code, owner }) => (
                    <TwoLines title={procedure} detail={`${code} · ${owner}`} />
                  ),
                },
                { id: 'to', head: w.to, width: 'minmax(0, 1fr)', cell: ({ to }) => to.name },
                {
                  id: 'since',
                  head: w.since,
                  width: '104px',
                  align: 'end',
                  cell: ({ since }) => <span className="n">{formatMoment(since)}</span>,
                },
              ]}
            />
          }
          preview={
            <div className={desk.stack}>
              <h2 className={desk.section}>{w.making}</h2>
              {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
              <p className={desk.muted}>{w.hint}</p>
              {[...byPlace].map(([name, some]) => (
                <section key={name} className={styles.destination}>
                  <h3>
                    {name} <span className="n">{some.length}</span>
                  </h3>
                  <ul className={styles.codes}>
                    {some.map(({ code }) => (
                      <li key={code}>
                        <span className="n">{code}</span>
                        <IconButton
                          icon={X}
                          label={w.remove(code)}
                          onClick={() =>
                            selection.choose(
                              new Set([...selection.keys].filter((one) => one !== code)),
                              items,
                            )
                          }
                        />
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
              <div className={styles.make}>
                {selection.items.length > 0 ? (
                  <TextField id="sheet-note" label={w.note} optional value={note} onChange={setNote} />
                ) : null}
                <Button
                  look="main"
                  wide
                  icon={HandHelping}
                  shortcut="Ctrl+Enter"
                  busy={busy}
                  blocked={selection.items.length === 0 ? w.none : tooMany}
                  onClick={() => void make()}
                >
                  {w.make(selection.items.length)}
                </Button>
              </div>
            </div>
          }
        />
      </div>
      {made ? (
        <Dialog
          open
          onClose={() => setMade(undefined)}
          title={w.made}
          look="sheet"
          actions={
            <Button look="main" onClick={() => setMade(undefined)}>
              {w.close}
            </Button>
          }
        >
          <div className={desk.stack}>
            {made.sheets.map((sheet) => (
              <div key={sheet.code} className={styles.made}>
                <span>
                  <strong className="n">{sheet.code}</strong>
                  <br />
                  {sheet.to.name} · {shared.rows(sheet.rows)}
                </span>
                <span className={styles.end}>
                  <Button onClick={() => go(`/desk/ban-giao/${sheet.code}`)}>{w.openSheet}</Button>
                  <Button look="main" icon={Printer} onClick={() => openSheetPaper(sheet.code)}>
                    {shared.print}
                  </Button>
                </span>
              </div>
            ))}
            {made.refused.length > 0 ? (
              <>
                <h3 className={desk.section}>{w.refused}</h3>
                <RefusedReasons refused={made.refused} />
              </>
            ) : null}
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
