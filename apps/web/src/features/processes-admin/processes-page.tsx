import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { FileInput, Waypoints } from 'lucide-react'
import { useEffect, useState } from 'react'
import { getProcess, listProcesses, type ProcessVersion } from '#modules/workflow/contract.ts'
import { call } from '../../api/call.ts'
import { keyOf, useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { ListWithPreview, TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { useAddress, useRested } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Facts, ListSearch } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { useMe } from '../session/me.tsx'
import { ImportProcessSheet } from './import-process-sheet.tsx'
import { processWords, STATE_TONE } from './process-words.ts'

const words = catalogue(
  {
    title: 'Quy trình nội bộ',
    search: 'Tìm theo mã hoặc tên quy trình',
    import: 'Nhập tệp BPMN',
    list: 'Quy trình',
    name: 'Tên, mã',
    version: 'Bản',
    sum: 'Bước, giờ',
    state: 'Trạng thái',
    none: 'Chưa có quy trình nào. Quy trình chuẩn tự có khi hồ sơ đầu tiên được nhận; hoặc nhập tệp BPMN.',
    noMatch: 'Không có quy trình nào khớp. Thử ít chữ hơn.',
    more: 'Xem thêm',
    shown: 'Đang hiện',
    open: 'Mở quy trình',
    decision: 'Quyết định',
    from: 'Hiệu lực từ',
    total: 'Tổng giờ',
    of: (sum: string, limit: string) => `${sum} trên ${limit}`,
    move: 'lên, xuống',
    enter: 'mở',
    find: 'tìm',
  },
  {
    title: 'Internal processes',
    search: 'Search by key or title',
    import: 'Import BPMN',
    list: 'Processes',
    name: 'Title, key',
    version: 'Version',
    sum: 'Steps, hours',
    state: 'State',
    none: 'There is no process yet. Standard ones appear with the first dossier; or import a BPMN file.',
    noMatch: 'No process matches. Try fewer words.',
    more: 'Show more',
    shown: 'Shown',
    open: 'Open the process',
    decision: 'Decision',
    from: 'In force from',
    total: 'Hours in all',
    of: (sum: string, limit: string) => `${sum} of ${limit}`,
    move: 'up, down',
    enter: 'open',
    find: 'search',
  },
)

/** A key holds slashes (`standard/80h`); each part is a segment of the address. */
export const processHref = (key: string): string =>
  `/desk/quy-trinh/xem/${key.split('/').map(encodeURIComponent).join('/')}`

/** `/desk/quy-trinh`: every process with its newest version; the preview shows its steps. */
export function ProcessesPage() {
  const w = useWords(words)
  const pw = useWords(processWords)
  const router = useRouter()
  const [read, write] = useAddress()
  const [text, setText] = useState(() => read('tim'))
  const [importing, setImporting] = useState(false)
  const mayChange = useMe().grants.some(({ role }) => role === 'PROCESS_ADMIN')
  const q = useRested(text)
  const input = { ...(q ? { q } : {}), limit: 100 }
  const pages = useInfiniteQuery({
    queryKey: [...keyOf(listProcesses, input), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listProcesses, { ...input, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const active = items.find(({ key }) => key === read('ma')) ?? items[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address follows the rested text only
  useEffect(() => {
    if (q !== read('tim')) write({ tim: q })
  }, [q])
  const open = (key: string): void => router.history.push(processHref(key))
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={styles.header}>
          <h1 className={styles.title}>{w.title}</h1>
          <div className={styles.end}>
            {mayChange ? (
              <Button icon={FileInput} look="main" onClick={() => setImporting(true)}>
                {w.import}
              </Button>
            ) : null}
          </div>
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.move },
        { keys: ['Enter'], label: w.enter },
        { keys: ['/'], label: w.find },
      ]}
    >
      <div className={styles.tall}>
        <div className={styles.toolbar}>
          <ListSearch label={w.search} value={text} onChange={setText} />
        </div>
        <div className={styles.grow}>
          <Loaded query={pages}>
            {() => (
              <ListWithPreview
                list={
                  <WorkList<ProcessVersion>
                    label={w.list}
                    groups={[{ id: 'all', label: w.shown, items }]}
                    columns={[
                      {
                        id: 'name',
                        head: w.name,
                        width: 'minmax(0, 1fr)',
                        cell: ({ title, key }) => <TwoLines title={title} detail={key} />,
                      },
                      {
                        id: 'version',
                        head: w.version,
                        width: '60px',
                        cell: ({ version }) => <span className="n">{version}</span>,
                      },
                      {
                        id: 'sum',
                        head: w.sum,
                        width: '150px',
                        cell: ({ stepCount, totalHours }) =>
                          `${pw.steps(stepCount)}, ${pw.hours(totalHours)}`,
                      },
                      {
                        id: 'state',
                        head: w.state,
                        width: '140px',
                        cell: ({ state }) => <Chip tone={STATE_TONE[state]}>{pw.state[state]}</Chip>,
                      },
                    ]}
                    keyOf={({ key }) => key}
                    nameOf={({ title }) => title}
                    active={active?.key}
                    onActive={(ma) => write({ ma })}
                    onOpen={({ key }) => open(key)}
                    empty={<EmptyState icon={Waypoints} title={q ? w.noMatch : w.none} />}
                  />
                }
                preview={active ? <Preview processKey={active.key} onOpen={() => open(active.key)} /> : null}
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
      {importing ? (
        <ImportProcessSheet onClose={() => setImporting(false)} onImported={({ key }) => open(key)} />
      ) : null}
    </DeskScreen>
  )
}

function Preview({ processKey, onOpen }: { processKey: string; onOpen: () => void }) {
  const w = useWords(words)
  const pw = useWords(processWords)
  const query = useOperation(getProcess, { key: processKey }, { keep: true })
  return (
    <Loaded query={query} shape="lines">
      {({ current, title }) => (
        <div className={styles.stack}>
          <div className={styles.row}>
            <strong className="n">{current.key}</strong>
            <Chip tone={STATE_TONE[current.state]}>{pw.state[current.state]}</Chip>
          </div>
          <h2 className={styles.title}>{title}</h2>
          <Facts
            facts={[
              { label: w.decision, value: current.decisionNumber },
              { label: w.from, value: current.effectiveFrom && formatDate(current.effectiveFrom) },
              {
                label: w.total,
                value:
                  current.limitHours === null
                    ? pw.hours(current.totalHours)
                    : w.of(pw.hours(current.totalHours), pw.hours(current.limitHours)),
              },
            ]}
          />
          <ol className={styles.fields}>
            {current.steps.map((step, index) => (
              <li key={step.id}>
                <strong className="n">{index + 1}.</strong> {step.name}
                <div className={styles.muted}>
                  {pw.place[step.place]}, {step.hours === null ? pw.noLimit : pw.hours(step.hours)}
                </div>
              </li>
            ))}
          </ol>
          <Button look="main" wide shortcut="Enter" onClick={onOpen}>
            {w.open}
          </Button>
        </div>
      )}
    </Loaded>
  )
}
