import { useInfiniteQuery } from '@tanstack/react-query'
import { CalendarCheck } from 'lucide-react'
import { ALARM_KINDS, type AlarmItem, listAlarms } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import { keyOf } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { useGo } from '../../surfaces/desk/go.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatCount, formatMoment } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Loaded } from '../administration/loaded.tsx'

const words = catalogue(
  {
    title: 'Cảnh báo',
    filters: 'Lọc cảnh báo',
    all: 'Tất cả',
    mine: 'Việc của tôi',
    list: 'Hồ sơ chờ quá lâu',
    what: 'Cảnh báo',
    since: 'Từ lúc',
    dossier: 'Thủ tục, hồ sơ',
    owner: 'Ai phải làm',
    act: 'Việc cần làm',
    open: 'Mở hồ sơ',
    more: 'Xem thêm',
    none: 'Không có hồ sơ nào chờ quá lâu.',
    move: 'lên, xuống',
    enter: 'làm việc này',
  },
  {
    title: 'Alarms',
    filters: 'Filter alarms',
    all: 'All',
    mine: 'Mine',
    list: 'Dossiers that wait too long',
    what: 'Alarm',
    since: 'Since',
    dossier: 'Procedure, dossier',
    owner: 'Who has to act',
    act: 'To be done',
    open: 'Open the dossier',
    more: 'Show more',
    none: 'No dossier waits too long.',
    move: 'up, down',
    enter: 'do it',
  },
)

/** Part of an element's id, in which a blank has no place. */
const alarmKey = ({ kind, dossier }: AlarmItem): string => `${kind}-${dossier.code}`

const addressOf = ({ dossier, action }: AlarmItem): string =>
  `/desk/ho-so/${dossier.code}${action ? `?lam=${action.action}` : ''}`

/** `/desk/canh-bao`: what waits too long, longest first; one key opens the dossier with what is proposed. */
export function AlarmsPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const go = useGo()
  const [read, write] = useAddress()
  const mine = read('cua-toi') === '1'
  const kind = ALARM_KINDS.find((one) => one === read('loai'))
  const input = { limit: 100, mine: String(mine), ...(kind ? { kind } : {}) }
  const pages = useInfiniteQuery({
    queryKey: [...keyOf(listAlarms, input), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listAlarms, { ...input, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: 120_000,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const counts = pages.data?.pages[0]?.counts ?? []
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.move },
        { keys: ['Enter'], label: w.enter },
      ]}
    >
      <div className={desk.column}>
        <fieldset className={desk.pills} aria-label={w.filters}>
          <button
            type="button"
            className={desk.pill}
            aria-pressed={mine}
            onClick={() => write({ 'cua-toi': mine ? '' : '1' })}
          >
            {w.mine}
          </button>
          <button
            type="button"
            className={desk.pill}
            aria-pressed={kind === undefined}
            onClick={() => write({ loai: '' })}
          >
            {w.all}
          </button>
          {counts
            .filter(({ kind: one, value }) => value > 0 || one === kind)
            .map((count) => (
              <button
                key={count.kind}
                type="button"
                className={desk.pill}
                aria-pressed={kind === count.kind}
                onClick={() => write({ loai: count.kind })}
              >
                {count.words[language]}{' '}
                <span className="n">
                  {formatCount(count.value)}
                  {count.capped ? '+' : ''}
                </span>
              </button>
            ))}
        </fieldset>
        <div className={desk.fill}>
          <Loaded query={pages}>
            {() => (
              <WorkList<AlarmItem>
                label={w.list}
                groups={[{ id: 'list', label: w.list, items, tone: 'nghe' }]}
                columns={[
                  {
                    id: 'what',
                    head: w.what,
                    width: 'minmax(0, 250px)',
                    cell: ({ words: what }) => what[language],
                  },
                  {
                    id: 'since',
                    head: w.since,
                    width: '104px',
                    cell: ({ at }) => <span className="n">{formatMoment(at)}</span>,
                  },
                  {
                    id: 'dossier',
                    head: w.dossier,
                    width: 'minmax(0, 1fr)',
                    cell: ({ dossier }) => (
                      <TwoLines
                        title={dossier.procedure.name}
                        detail={`${dossier.code} · ${dossier.owner}`}
                      />
                    ),
                  },
                  {
                    id: 'owner',
                    head: w.owner,
                    width: 'minmax(0, 220px)',
                    cell: ({ owner }) => <TwoLines title={owner.role[language]} detail={owner.unit} />,
                  },
                  {
                    id: 'act',
                    head: w.act,
                    width: 'minmax(0, 210px)',
                    cell: (item) => (
                      <Button look={item.action ? 'main' : 'quiet'} onClick={() => go(addressOf(item))}>
                        {item.action?.label[language] ?? w.open}
                      </Button>
                    ),
                  },
                ]}
                keyOf={alarmKey}
                nameOf={({ dossier }) => `${dossier.code} ${dossier.procedure.name}`}
                active={read('muc') || (items[0] && alarmKey(items[0]))}
                onActive={(muc) => write({ muc })}
                onOpen={(item) => go(addressOf(item))}
                empty={<EmptyState icon={CalendarCheck} title={w.none} />}
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
    </DeskScreen>
  )
}
