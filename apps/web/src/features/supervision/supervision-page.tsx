import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { CalendarCheck, RefreshCw } from 'lucide-react'
import { type DossierSummary, listDossiers } from '#modules/dossiers/contract.ts'
import { listCentres } from '#modules/organisation/contract.ts'
import { call } from '../../api/call.ts'
import { keyOf, useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatCount, formatMoment } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Loaded } from '../administration/loaded.tsx'
import { AlarmCounts } from '../alarms/alarm-counts.tsx'
import { useMe } from '../session/me.tsx'
import { LateHolders, TerritoryMatrix } from './late-hands.tsx'
import own from './supervision.module.css'

const words = catalogue(
  {
    title: 'Giám sát hạn',
    OVERDUE: 'Quá hạn',
    DUE_SOON: 'Sắp đến hạn',
    all: 'Mọi nơi nhận',
    centre: 'Nơi nhận',
    table: 'Số hồ sơ theo nơi nhận',
    openList: (what: string, where: string, n: string) => `${what}, ${where}: ${n} hồ sơ, mở danh sách`,
    list: (what: string, where: string) => `${what}: ${where}`,
    pace: 'Tình trạng',
    due: 'Hẹn trả',
    dossier: 'Thủ tục, hồ sơ',
    holder: 'Đang ở',
    received: 'Nơi nhận',
    refresh: 'Cập nhật',
    at: (time: string) => `Cập nhật lúc ${time}`,
    more: 'Xem thêm',
    none: {
      OVERDUE: 'Không có hồ sơ nào quá hạn ở đây.',
      DUE_SOON: 'Không có hồ sơ nào đến hạn trong 24 giờ tới ở đây.',
    },
    otherList: { OVERDUE: 'Xem hồ sơ quá hạn', DUE_SOON: 'Xem hồ sơ sắp đến hạn' },
    nobody: 'chưa ai nhận',
    move: 'lên, xuống',
    open: 'mở',
    unknown: '…',
  },
  {
    title: 'Watch on due dates',
    OVERDUE: 'Overdue',
    DUE_SOON: 'Due soon',
    all: 'All places',
    centre: 'Received at',
    table: 'Dossiers by place of receipt',
    openList: (what: string, where: string, n: string) => `${what}, ${where}: ${n} dossiers, open the list`,
    list: (what: string, where: string) => `${what}: ${where}`,
    pace: 'State',
    due: 'Due',
    dossier: 'Procedure, dossier',
    holder: 'Held by',
    received: 'Received at',
    refresh: 'Refresh',
    at: (time: string) => `Updated at ${time}`,
    more: 'Show more',
    none: {
      OVERDUE: 'No dossier here is overdue.',
      DUE_SOON: 'No dossier here is due within 24 hours.',
    },
    otherList: { OVERDUE: 'See overdue dossiers', DUE_SOON: 'See dossiers due soon' },
    nobody: 'nobody yet',
    move: 'up, down',
    open: 'open',
    unknown: '…',
  },
)

const PACES = ['OVERDUE', 'DUE_SOON'] as const
type Watched = (typeof PACES)[number]
type Total = { value: number; capped: boolean }
const shown = (total: Total | undefined): string | undefined =>
  total && `${formatCount(total.value)}${total.capped ? '+' : ''}`

/** One row is fetched per cell because the count is what matters; each cell opens its list. */
const cellQuery = (pace: Watched, centre: string) => {
  const input = { pace, limit: 1, ...(centre ? { centre } : {}) }
  return {
    queryKey: keyOf(listDossiers, input),
    queryFn: ({ signal }: { signal: AbortSignal }) => call(listDossiers, input, { signal }),
    refetchInterval: 120_000,
    staleTime: 60_000,
  }
}

/** `/desk/giam-sat`: what is late and what will be, by place of receipt; every number opens its list. */
export function SupervisionPage() {
  const w = useWords(words)
  const me = useMe()
  const [read, write] = useAddress()
  const pace: Watched = PACES.find((one) => one === read('han')) ?? 'OVERDUE'
  const centre = read('noi')
  const centres = useOperation(listCentres, {}, { staleTime: 600_000 })
  const province = me.grants.some(({ scope }) => scope === 'province')
  // Who sees one centre only is not shown the others' zeros.
  const places = (centres.data?.items ?? []).filter(
    ({ id }) => province || id === me.centre || me.grants.some(({ unit }) => unit === id),
  )
  const where = ['', ...places.map(({ id }) => id)]
  const cells = useQueries({ queries: where.flatMap((id) => PACES.map((one) => cellQuery(one, id))) })
  const totalOf = (id: string, one: Watched): Total | undefined =>
    cells[where.indexOf(id) * PACES.length + PACES.indexOf(one)]?.data?.total
  const nameOf = (id: string): string => places.find((place) => place.id === id)?.shortName ?? w.all
  const updated = Math.max(0, ...cells.map(({ dataUpdatedAt }) => dataUpdatedAt))
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={styles.header}>
          <h1 className={styles.title}>{w.title}</h1>
          <div className={styles.end}>
            {updated > 0 ? (
              <span className={styles.muted}>{w.at(formatMoment(new Date(updated).toISOString()))}</span>
            ) : null}
            <Button
              icon={RefreshCw}
              onClick={() => {
                for (const cell of cells) void cell.refetch()
              }}
            >
              {w.refresh}
            </Button>
          </div>
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.move },
        { keys: ['Enter'], label: w.open },
      ]}
    >
      <AlarmCounts mine={false} />
      <LateHolders centre={centre} />
      <div className={own.split}>
        <section className={own.table} aria-label={w.table}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{w.centre}</th>
                {PACES.map((one) => (
                  <th key={one} scope="col" className={own.figure}>
                    {w[one]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {where.map((id) => (
                <tr key={id}>
                  <th scope="row">{nameOf(id)}</th>
                  {PACES.map((one) => {
                    const total = totalOf(id, one)
                    const current = id === centre && one === pace
                    return (
                      <td key={one} className={own.figure}>
                        <button
                          type="button"
                          className={classes(
                            own.number,
                            'n',
                            total && total.value > 0 && own[one],
                            current && own.current,
                          )}
                          aria-current={current ? 'true' : undefined}
                          aria-label={`${shown(total) ?? ''} ${w.openList(w[one], nameOf(id), shown(total) ?? w.unknown)}`}
                          onClick={() => write({ han: one, noi: id })}
                        >
                          {shown(total) ?? w.unknown}
                        </button>
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          <TerritoryMatrix centre={centre} />
        </section>
        <WatchedList
          key={`${pace} ${centre}`}
          pace={pace}
          centre={centre}
          place={nameOf(centre)}
          onOther={(han) => write({ han })}
        />
      </div>
    </DeskScreen>
  )
}

function WatchedList({
  pace,
  centre,
  place,
  onOther,
}: {
  pace: Watched
  centre: string
  place: string
  onOther: (pace: Watched) => void
}) {
  const w = useWords(words)
  const router = useRouter()
  const [read, write] = useAddress()
  const input = { pace, limit: 100, ...(centre ? { centre } : {}) }
  const pages = useInfiniteQuery({
    queryKey: [...keyOf(listDossiers, input), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listDossiers, { ...input, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: 120_000,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const label = w.list(w[pace], place)
  const other: Watched = pace === 'OVERDUE' ? 'DUE_SOON' : 'OVERDUE'
  return (
    <div className={own.list}>
      <div className={styles.grow}>
        <Loaded query={pages}>
          {() => (
            <WorkList<DossierSummary>
              label={label}
              groups={[{ id: 'list', label, items, tone: pace === 'OVERDUE' ? 'son' : 'nghe' }]}
              columns={[
                {
                  id: 'pace',
                  head: w.pace,
                  width: '194px',
                  cell: (item) => <PaceChip pace={item.pace} words={item.paceWords} />,
                },
                {
                  id: 'due',
                  head: w.due,
                  width: '104px',
                  cell: ({ due }) => <span className="n">{due ? formatMoment(due) : '—'}</span>,
                },
                {
                  id: 'dossier',
                  head: w.dossier,
                  width: 'minmax(0, 1fr)',
                  cell: ({ procedure, code, owner }) => (
                    <TwoLines title={procedure.name} detail={`${code} · ${owner}`} />
                  ),
                },
                {
                  id: 'holder',
                  head: w.holder,
                  width: 'minmax(0, 200px)',
                  cell: ({ current, resolvingUnit }) => (
                    <TwoLines
                      title={current?.step ?? resolvingUnit.name}
                      detail={current ? `${current.assignee ?? w.nobody}, ${current.unit}` : ''}
                    />
                  ),
                },
              ]}
              keyOf={({ code }) => code}
              nameOf={({ code, procedure }) => `${code} ${procedure.name}`}
              active={read('ho-so') || items[0]?.code}
              onActive={(code) => write({ 'ho-so': code })}
              onOpen={({ code }) => router.history.push(`/desk/ho-so/${code}`)}
              empty={
                <EmptyState
                  icon={CalendarCheck}
                  title={w.none[pace]}
                  action={<Button onClick={() => onOther(other)}>{w.otherList[other]}</Button>}
                >
                  {label}
                </EmptyState>
              }
            />
          )}
        </Loaded>
      </div>
      {pages.hasNextPage ? (
        <div className={styles.more}>
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {w.more}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
