import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { FileCheck2 } from 'lucide-react'
import { useState } from 'react'
import { listHandoverSheets, type SheetSummary } from '#modules/dossiers/contract.ts'
import type { Output } from '#platform/operation.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { useGo } from '../../surfaces/desk/go.ts'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { SheetChip } from './sheet-chip.tsx'
import { useHandoverScanner } from './use-handover-scanner.ts'
import { handoverWords } from './words.ts'

type Page = Output<typeof listHandoverSheets>

const words = catalogue(
  {
    state: 'Tình trạng',
    way: 'Giao, nhận',
    what: 'Gồm',
    by: 'Người giao',
    empty: {
      arriving: 'Không có phiếu nào đang đến.',
      sent: 'Chưa có phiếu bàn giao nào.',
      differences: 'Không còn chênh lệch nào phải xử lý.',
    },
    hint: 'Phiếu lập ở bên kia hiện ở đây ngay; quét mã ở đầu phiếu để nhận.',
  },
  {
    state: 'State',
    way: 'From, to',
    what: 'Holds',
    by: 'Handed over by',
    empty: {
      arriving: 'No sheet is on its way here.',
      sent: 'There is no hand-over sheet yet.',
      differences: 'No difference is left to settle.',
    },
    hint: 'A sheet made on the other side appears here at once; scan its code to receive it.',
  },
)

const ASKED = {
  arriving: { direction: 'in', state: 'open' },
  sent: { direction: 'both' },
  differences: { direction: 'both', state: 'unsettled' },
} as const

/** Sheets newest first; Enter opens one. */
export function SheetsTab({ show }: { show: keyof typeof ASKED }) {
  const w = useWords(words)
  const shared = useWords(handoverWords)
  const { language } = useLanguage()
  const go = useGo()
  useHandoverScanner()
  const [active, setActive] = useState<string>()
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | undefined>({
    queryKey: [listHandoverSheets.id, 'pages', show],
    queryFn: ({ signal, pageParam }) =>
      call(
        listHandoverSheets,
        { ...ASKED[show], limit: 100, ...(pageParam ? { after: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 60_000,
  })
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  if (query.error && items.length === 0)
    return <ErrorSummary problems={[{ message: messageOf(query.error, language) }]} />
  if (query.isPending)
    return (
      <Loading>
        <SkeletonRows rows={8} />
      </Loading>
    )
  return (
    <div className={desk.fill}>
      <WorkList<SheetSummary>
        label={shared.title}
        groups={[{ id: 'all', label: '', items }]}
        keyOf={({ code }) => code}
        nameOf={({ code, to }) => `${code} ${to.name}`}
        active={items.some(({ code }) => code === active) ? active : items[0]?.code}
        onActive={setActive}
        onOpen={({ code }) => go(`/desk/ban-giao/${code}`)}
        onNearEnd={() => {
          if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
        }}
        empty={
          <EmptyState icon={FileCheck2} title={w.empty[show]}>
            {show === 'differences' ? null : w.hint}
          </EmptyState>
        }
        columns={[
          {
            id: 'state',
            head: w.state,
            width: '168px',
            cell: (sheet) => <SheetChip sheet={sheet} />,
          },
          {
            id: 'code',
            head: shared.sheet,
            width: 'minmax(0, 220px)',
            cell: ({ code, kind }) => <TwoLines title={code} detail={shared[kind]} />,
          },
          {
            id: 'way',
            head: w.way,
            width: 'minmax(0, 1fr)',
            cell: ({ from, to }) => <TwoLines title={to.name} detail={`${shared.from}: ${from.name}`} />,
          },
          {
            id: 'what',
            head: w.what,
            width: '104px',
            align: 'end',
            cell: ({ rows }) => <span className="n">{shared.rows(rows)}</span>,
          },
          {
            id: 'by',
            head: w.by,
            width: 'minmax(0, 220px)',
            cell: ({ handedBy, handedAt }) => <TwoLines title={handedBy} detail={formatMoment(handedAt)} />,
          },
        ]}
      />
    </div>
  )
}
