import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { FileInput, ListChecks, SearchX } from 'lucide-react'
import { useEffect, useState } from 'react'
import {
  listFields,
  listVersionsInPreparation,
  type ProcedureSummary,
  searchProcedures,
} from '#modules/catalogue/contract.ts'
import { call } from '../../api/call.ts'
import { keyOf, useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatCount } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { ListWithPreview, TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { useAddress, useRested } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { durationWords } from '../administration/durations.ts'
import { Filter, ListSearch } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { catalogueWords } from './catalogue-words.ts'
import { ImportSheet } from './import-sheet.tsx'
import { ProcedurePreview } from './procedure-preview.tsx'

const PAGE = 100
const LEVELS = ['province', 'district', 'commune', 'ministry', 'other'] as const

const words = catalogue(
  {
    title: 'Danh mục thủ tục',
    total: (n: string) => `${n} thủ tục`,
    search: 'Tìm theo mã, tên, tên thường gọi',
    field: 'Lĩnh vực',
    allFields: 'Mọi lĩnh vực',
    level: 'Cấp',
    allLevels: 'Mọi cấp',
    list: 'Thủ tục',
    code: 'Mã',
    name: 'Tên thường gọi, tên chính thức',
    time: 'Thời hạn',
    import: 'Nhập tệp danh mục',
    waiting: (n: number) => `Chờ kiểm tra, công bố (${n})`,
    more: (left: string) => `Xem thêm (còn ${left})`,
    none: 'Không có thủ tục nào khớp. Thử ít chữ hơn hoặc bỏ bộ lọc.',
    clear: 'Bỏ tìm kiếm và bộ lọc',
    unknown: 'Chưa rõ',
    shown: 'Đang hiện',
    move: 'lên, xuống',
    open: 'mở',
    find: 'tìm',
  },
  {
    title: 'Catalogue of procedures',
    total: (n: string) => `${n} procedures`,
    search: 'Search by code, name or plain name',
    field: 'Field',
    allFields: 'All fields',
    level: 'Level',
    allLevels: 'All levels',
    list: 'Procedures',
    code: 'Code',
    name: 'Plain name, official name',
    time: 'Limit',
    import: 'Import a file',
    waiting: (n: number) => `Waiting for check or publication (${n})`,
    more: (left: string) => `Show more (${left} left)`,
    none: 'No procedure matches. Try fewer words or remove the filter.',
    clear: 'Clear search and filter',
    unknown: 'Unknown',
    shown: 'Shown',
    move: 'up, down',
    open: 'open',
    find: 'search',
  },
)

/** `/desk/danh-muc`: all procedures in force, found by their words; the preview follows the row. */
export function CataloguePage() {
  const w = useWords(words)
  const cw = useWords(catalogueWords)
  const { language } = useLanguage()
  const router = useRouter()
  const [read, write] = useAddress()
  const [text, setText] = useState(() => read('tim'))
  const [importing, setImporting] = useState(false)
  const q = useRested(text)
  const field = read('linh-vuc')
  const level = LEVELS.find((one) => one === read('cap'))
  const active = read('ma') || undefined
  const fields = useOperation(listFields, {}, { staleTime: 600_000 })
  const waiting = useOperation(listVersionsInPreparation, {})
  const input = { ...(q ? { q } : {}), ...(field ? { field } : {}), ...(level ? { level } : {}), limit: PAGE }
  const pages = useInfiniteQuery({
    queryKey: [...keyOf(searchProcedures, input), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(searchProcedures, { ...input, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const total = pages.data?.pages[0]?.total ?? 0
  const at = items.findIndex(({ code }) => code === active)
  const shown = at >= 0 ? active : items[0]?.code
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  useEffect(() => {
    if (at >= items.length - 10 && at > 0 && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [at, items.length, hasNextPage, isFetchingNextPage, fetchNextPage])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address follows the rested text only
  useEffect(() => {
    if (q !== read('tim')) write({ tim: q })
  }, [q])
  const open = (code: string): void => router.history.push(`/desk/danh-muc/${code}`)
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={styles.header}>
          <h1 className={styles.title}>{w.title}</h1>
          <span className={styles.subtitle} role="status">
            {pages.data ? w.total(formatCount(total)) : ''}
          </span>
          <div className={styles.end}>
            {waiting.data && waiting.data.items.length > 0 ? (
              <Button icon={ListChecks} onClick={() => router.history.push('/desk/danh-muc/cho-cong-bo')}>
                {w.waiting(waiting.data.items.length)}
              </Button>
            ) : null}
            <Button icon={FileInput} onClick={() => setImporting(true)}>
              {w.import}
            </Button>
          </div>
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.move },
        { keys: ['Enter'], label: w.open },
        { keys: ['/'], label: w.find },
      ]}
    >
      <div className={styles.tall}>
        <div className={styles.toolbar}>
          <ListSearch label={w.search} value={text} onChange={setText} />
          <Filter
            label={w.field}
            all={w.allFields}
            value={field}
            options={(fields.data?.items ?? []).map(({ id, name, count }) => ({
              value: id,
              label: `${name} (${count})`,
            }))}
            onChange={(value) => write({ 'linh-vuc': value })}
          />
          <Filter
            label={w.level}
            all={w.allLevels}
            value={level ?? ''}
            options={LEVELS.map((value) => ({ value, label: cw.level[value] }))}
            onChange={(value) => write({ cap: value })}
          />
        </div>
        <div className={styles.grow}>
          <Loaded query={pages}>
            {() => (
              <ListWithPreview
                list={
                  <WorkList<ProcedureSummary>
                    label={w.list}
                    groups={[{ id: 'all', label: w.shown, items }]}
                    columns={[
                      {
                        id: 'code',
                        head: w.code,
                        width: '92px',
                        cell: ({ code }) => <span className="n">{code}</span>,
                      },
                      {
                        id: 'name',
                        head: w.name,
                        width: 'minmax(0, 1fr)',
                        cell: ({ name, plainName, field: of }) => (
                          <TwoLines title={plainName ?? name} detail={plainName ? name : of} />
                        ),
                      },
                      {
                        id: 'time',
                        head: w.time,
                        width: '138px',
                        cell: ({ duration }) =>
                          duration ? (
                            durationWords(duration, language)
                          ) : (
                            <span className={styles.muted}>{w.unknown}</span>
                          ),
                      },
                    ]}
                    keyOf={({ code }) => code}
                    nameOf={({ code, name }) => `${code} ${name}`}
                    active={shown}
                    onActive={(code) => write({ ma: code })}
                    onOpen={({ code }) => open(code)}
                    empty={
                      <EmptyState
                        icon={SearchX}
                        title={w.none}
                        action={
                          <Button
                            onClick={() => {
                              setText('')
                              write({ 'linh-vuc': '', cap: '' })
                            }}
                          >
                            {w.clear}
                          </Button>
                        }
                      />
                    }
                  />
                }
                preview={shown ? <ProcedurePreview code={shown} onOpen={() => open(shown)} /> : null}
              />
            )}
          </Loaded>
        </div>
        {hasNextPage ? (
          <div className={styles.more}>
            <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {w.more(formatCount(total - items.length))}
            </Button>
          </div>
        ) : null}
      </div>
      {importing ? <ImportSheet onClose={() => setImporting(false)} /> : null}
    </DeskScreen>
  )
}
