import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { BookOpen, FolderSearch, SlidersHorizontal } from 'lucide-react'
import { useEffect } from 'react'
import type { z } from 'zod'
import { type DossierSummary, listFilters, STATES, searchDossiers } from '#modules/dossiers/contract.ts'
import { listCentres } from '#modules/organisation/contract.ts'
import type { Output } from '#platform/operation.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { useGo } from '../../surfaces/desk/go.ts'
import { isText, keepWalk, useKept } from '../../surfaces/desk/kept.ts'
import { REGISTERS } from '../../surfaces/desk/rail.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { SelectField, TextField } from '../../ui/field/field.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useScanner, useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { StatusChip } from '../../ui/status/chip.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import { STATUS } from '../../ui/status/status-table.ts'
import { useRested } from '../administration/address.ts'
import { dueInFull } from '../tasks/due-text.ts'
import { codeInScan } from './code-in-scan.ts'
import { type Filter, isAdvanced, isFilter, keepable, readFilter, withCondition } from './conditions.ts'
import styles from './list-page.module.css'
import { MoreConditions } from './more-conditions.tsx'
import { SavedFilters } from './saved-filters.tsx'

type Summary = z.output<typeof DossierSummary>
type Page = Output<typeof searchDossiers>

const words = catalogue(
  {
    title: 'Hồ sơ',
    q: 'Mã hồ sơ, tên, số định danh hoặc điện thoại',
    state: 'Trạng thái',
    centre: 'Nơi nhận',
    all: 'Tất cả',
    paces: 'Lọc theo hạn',
    any: 'Mọi hạn',
    DUE_SOON: 'Sắp đến hạn',
    OVERDUE: 'Quá hạn',
    UNEXPLAINED: 'Quá hạn chưa giải trình',
    newest: 'Mới nhận trước',
    books: 'In sổ, danh sách',
    total: (n: string) => `${n} hồ sơ`,
    pace: 'Tiến độ',
    what: 'Thủ tục, hồ sơ',
    holder: 'Đang ở',
    due: 'Hẹn trả',
    received: 'Nhận lúc',
    nobody: 'chờ nhận việc',
    moreConditions: 'Thêm điều kiện',
    fewer: 'Bớt điều kiện',
    none: 'Không có hồ sơ nào khớp.',
    noneHint: 'Thử bỏ bớt điều kiện, hoặc gõ ít chữ hơn; không cần dấu.',
    clear: 'Bỏ mọi điều kiện',
    empty: 'Chưa có hồ sơ nào trong phạm vi của ông/bà.',
    failed: 'Chưa tải được danh sách',
    retry: 'Tải lại',
    find: 'Tìm hồ sơ',
    upDown: 'lên, xuống',
    open: 'mở',
  },
  {
    title: 'Dossiers',
    q: 'Code, name, personal number or phone',
    state: 'State',
    centre: 'Received at',
    all: 'All',
    paces: 'Filter by due date',
    any: 'Any due date',
    DUE_SOON: 'Due soon',
    OVERDUE: 'Overdue',
    UNEXPLAINED: 'Late, not explained',
    newest: 'Newest first',
    books: 'Print books, lists',
    total: (n: string) => `${n} dossiers`,
    pace: 'Progress',
    what: 'Procedure, dossier',
    holder: 'Held by',
    due: 'Promised',
    received: 'Received',
    nobody: 'to be taken',
    moreConditions: 'More conditions',
    fewer: 'Fewer conditions',
    none: 'No dossier matches.',
    noneHint: 'Drop a condition or type less; marks are not needed.',
    clear: 'Drop all conditions',
    empty: 'There is no dossier within your reach yet.',
    failed: 'The list could not be loaded',
    retry: 'Load again',
    find: 'Find a dossier',
    upDown: 'up, down',
    open: 'open',
  },
)

const PACES = ['', 'DUE_SOON', 'OVERDUE'] as const

/** A thousand rows. */
const FEW_PAGES = 5

const isOpened = (value: unknown): value is boolean => typeof value === 'boolean'

/** Every dossier within reach, newest first, in pages by keyset; conditions combine, filters are kept by name. */
export function DossierListPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const go = useGo()
  const [filter, setFilter] = useKept<Filter>('list.filter', {}, isFilter)
  const [opened, setOpened] = useKept('list.opened', false, isOpened)
  const [more, setMore] = useKept('list.more', false, isOpened)
  const [active, setActive] = useKept('list.active', '', isText)
  const asked = useRested(filter)
  const centres = useOperation(listCentres, {}, { staleTime: 600_000 })
  const saved = useOperation(listFilters, {}, { staleTime: 60_000 })
  const filters = (saved.data?.items ?? []).filter(({ list }) => list === 'dossiers')
  const first = filters.find(({ isDefault }) => isDefault)
  useEffect(() => {
    // The default counts when the list is opened in this tab for the first time, not whenever one comes back to it.
    if (opened || !saved.data) return
    setOpened(true)
    if (first) setFilter(readFilter(first.conditions))
  }, [opened, saved.data, first, setFilter, setOpened])
  const set = <K extends keyof Filter>(name: K, value: Filter[K] | ''): void =>
    setFilter(withCondition(filter, name, value))
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | undefined>({
    queryKey: [searchDossiers.id, 'pages', asked],
    queryFn: ({ signal, pageParam }) =>
      call(searchDossiers, { ...asked, limit: 200, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    // Somebody who looked into another window does not wait for fifty pages again.
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= FEW_PAGES,
  })
  const pages = query.data?.pages ?? []
  const items = pages.flatMap((page) => page.items)
  const total = pages[0]?.total
  const open = (item: Summary): void => {
    keepWalk(
      items.map(({ code }) => code),
      item.code,
    )
    go(`/desk/ho-so/${item.code}`)
  }
  const clear = (): void => setFilter({})
  useShortcuts([{ keys: '/', label: w.find, run: () => document.getElementById('list-q')?.focus() }])
  useScanner((text) => {
    const code = codeInScan(text)
    if (code) go(`/desk/ho-so/${code}`)
  })
  const filtered = Object.keys(filter).length > 0
  const showMore = more || isAdvanced(filter)
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
          {total ? (
            <span className={`${desk.aside} n`}>{w.total(`${total.value}${total.capped ? '+' : ''}`)}</span>
          ) : null}
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.upDown },
        { keys: ['Enter'], label: w.open },
        { keys: ['/'], label: w.find },
      ]}
    >
      <div className={desk.column}>
        <div className={styles.filters}>
          <TextField
            id="list-q"
            label={w.q}
            type="search"
            value={filter.q ?? ''}
            onChange={(value) => set('q', value)}
          />
          <SelectField
            label={w.state}
            value={filter.states?.[0] ?? ''}
            placeholder={w.all}
            onChange={(value) => {
              const state = STATES.find((one) => one === value)
              set('states', state ? [state] : '')
            }}
            options={STATES.map((value) => ({ value, label: STATUS[value][language] }))}
          />
          <SelectField
            label={w.centre}
            value={filter.centre ?? ''}
            placeholder={w.all}
            onChange={(value) => set('centre', value)}
            options={centres.data?.items.map(({ id, shortName }) => ({ value: id, label: shortName })) ?? []}
          />
        </div>
        {showMore ? <MoreConditions filter={filter} onChange={setFilter} /> : null}
        <SavedFilters
          filters={filters}
          conditions={keepable(filter)}
          onApply={(conditions) => setFilter(readFilter(conditions))}
        />
        <fieldset className={desk.pills} aria-label={w.paces}>
          {PACES.map((value) => (
            <button
              key={value}
              type="button"
              className={desk.pill}
              aria-pressed={(filter.pace ?? '') === value}
              onClick={(event) => {
                set('pace', value)
                if (event.detail > 0) event.currentTarget.blur()
              }}
            >
              {value === '' ? w.any : w[value]}
            </button>
          ))}
          <Button
            look="quiet"
            icon={SlidersHorizontal}
            aria-expanded={showMore}
            onClick={() => setMore(!showMore)}
          >
            {showMore ? w.fewer : w.moreConditions}
          </Button>
          {filtered ? (
            <Button look="quiet" onClick={clear}>
              {w.clear}
            </Button>
          ) : null}
          <Button look="quiet" icon={BookOpen} onClick={() => go(REGISTERS)}>
            {w.books}
          </Button>
          <span className={desk.note}>{w.newest}</span>
        </fieldset>
        {query.error && items.length === 0 ? (
          <ErrorSummary
            title={w.failed}
            problems={[{ message: messageOf(query.error, language) }]}
            action={<Button onClick={() => void query.refetch()}>{w.retry}</Button>}
          />
        ) : query.isPending ? (
          <Loading>
            <SkeletonRows rows={10} />
          </Loading>
        ) : (
          <div className={desk.fill}>
            <WorkList
              label={w.title}
              groups={[{ id: 'all', label: '', items }]}
              keyOf={(item) => item.code}
              nameOf={(item) => `${item.code} ${item.owner}`}
              active={items.some(({ code }) => code === active) ? active : items[0]?.code}
              onActive={setActive}
              stale={query.isPlaceholderData || asked !== filter}
              onNearEnd={() => {
                if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
              }}
              onOpen={open}
              empty={
                <EmptyState
                  icon={FolderSearch}
                  title={filtered ? w.none : w.empty}
                  action={filtered ? <Button onClick={clear}>{w.clear}</Button> : null}
                >
                  {filtered ? w.noneHint : null}
                </EmptyState>
              }
              columns={[
                {
                  id: 'state',
                  head: w.state,
                  width: '190px',
                  cell: (item) => <StatusChip status={item.status} />,
                },
                {
                  id: 'pace',
                  head: w.pace,
                  width: '184px',
                  cell: (item) => <PaceChip pace={item.pace} words={item.paceWords} />,
                },
                {
                  id: 'what',
                  head: w.what,
                  width: 'minmax(0, 1.6fr)',
                  cell: (item) => (
                    <TwoLines title={item.procedure.name} detail={`${item.code} · ${item.owner}`} />
                  ),
                },
                {
                  id: 'holder',
                  head: w.holder,
                  width: 'minmax(0, 1fr)',
                  cell: (item) =>
                    item.current ? (
                      <TwoLines
                        title={item.current.step}
                        detail={`${item.current.assignee ?? w.nobody} · ${item.current.unit}`}
                      />
                    ) : (
                      item.receivingCentre.name
                    ),
                },
                {
                  id: 'due',
                  head: w.due,
                  width: '168px',
                  cell: (item) => <strong className="n">{dueInFull(item.due, language)}</strong>,
                },
                {
                  id: 'received',
                  head: w.received,
                  width: '96px',
                  align: 'end',
                  cell: (item) => <span className="n">{formatMoment(item.receivedAt)}</span>,
                },
              ]}
            />
          </div>
        )}
      </div>
    </DeskScreen>
  )
}
