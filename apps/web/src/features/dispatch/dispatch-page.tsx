import { useInfiniteQuery } from '@tanstack/react-query'
import { CheckCheck, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { ROLES } from '#modules/identity/contract.ts'
import { type DispatchItem, listDispatch } from '#modules/workflow/contract.ts'
import { call } from '../../api/call.ts'
import { keyOf } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { formatCount, formatMoment } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import {
  DeliverSheet,
  type DispatchDeed,
  ReassignSheet,
  ReleaseSheet,
  RetrySheet,
} from './dispatch-sheets.tsx'
import { dispatchWords, KIND_TONE } from './dispatch-words.ts'

const KINDS = ['nobody', 'assignee-gone', 'operation-failed', 'timer-failed', 'message-overdue'] as const
const DEEDS = ['reassign', 'release', 'retry', 'deliver'] as const
const SHEETS = { reassign: ReassignSheet, release: ReleaseSheet, retry: RetrySheet, deliver: DeliverSheet }

/** `/desk/dieu-phoi`: nothing waits in silence; what stands still is here with its reason and what can be done. */
export function DispatchPage() {
  const w = useWords(dispatchWords)
  const [read, write] = useAddress()
  const kind = KINDS.find((one) => one === read('loai'))
  const [open, setOpen] = useState<{ deed: DispatchDeed; item: DispatchItem }>()
  const input = { limit: 100, ...(kind ? { kind } : {}) }
  const pages = useInfiniteQuery({
    queryKey: [...keyOf(listDispatch, input), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listDispatch, { ...input, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: 60_000,
  })
  const first = pages.data?.pages[0]
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const total = KINDS.reduce((sum, one) => sum + (first?.counts[one] ?? 0), 0)
  const shown = KINDS.filter((one) => one === kind || (first?.counts[one] ?? 0) > 0)
  const Sheet = open && SHEETS[open.deed]
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={styles.header}>
          <h1 className={styles.title}>{w.title}</h1>
          <div className={styles.end}>
            <Button icon={RefreshCw} onClick={() => void pages.refetch()}>
              {w.refresh}
            </Button>
          </div>
        </div>
      }
    >
      <div className={styles.stack}>
        <p className={styles.muted}>{w.lead}</p>
        {first ? <Escalated escalated={first.escalated} /> : null}
        {total > 0 ? (
          <SegmentedChoice
            label={w.what}
            value={kind ?? ''}
            options={[
              { value: '', label: `${w.all} ${formatCount(total)}` },
              ...shown.map((one) => ({
                value: one as string,
                label: `${w.kind[one]} ${formatCount(first?.counts[one] ?? 0)}`,
              })),
            ]}
            onChange={(loai) => write({ loai })}
          />
        ) : null}
        <Loaded query={pages}>
          {() =>
            items.length === 0 ? (
              <EmptyState icon={CheckCheck} title={w.none} />
            ) : (
              <StuckTable items={items} onDeed={(deed, item) => setOpen({ deed, item })} />
            )
          }
        </Loaded>
        {pages.hasNextPage ? (
          <div className={styles.more}>
            <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {w.more}
            </Button>
          </div>
        ) : null}
      </div>
      {open && Sheet ? <Sheet item={open.item} onClose={() => setOpen(undefined)} /> : null}
    </DeskScreen>
  )
}

function Escalated({ escalated }: { escalated: { half: number; fourFifths: number; all: number } }) {
  const w = useWords(dispatchWords)
  return (
    <div className={styles.row}>
      <span className={styles.muted}>{w.escalated}:</span>
      <Chip tone="tro">{`${w.half} ${formatCount(escalated.half)}`}</Chip>
      <Chip tone="nghe">{`${w.fourFifths} ${formatCount(escalated.fourFifths)}`}</Chip>
      <Chip tone="son">{`${w.allTime} ${formatCount(escalated.all)}`}</Chip>
    </div>
  )
}

type StuckTableProps = {
  items: readonly DispatchItem[]
  onDeed: (deed: DispatchDeed, item: DispatchItem) => void
}

function StuckTable({ items, onDeed }: StuckTableProps) {
  const w = useWords(dispatchWords)
  const { language } = useLanguage()
  return (
    <DataTable<DispatchItem>
      label={w.list}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'what',
          head: w.what,
          keep: true,
          cell: ({ kind }) => <Chip tone={KIND_TONE[kind]}>{w.kind[kind]}</Chip>,
        },
        {
          id: 'step',
          head: w.step,
          names: true,
          cell: ({ name, code, operation }) => (
            <>
              <div>{name || operation?.[language]}</div>
              {code ? <AppLink href={`/desk/ho-so/${code}`}>{code}</AppLink> : <span>{w.noCode}</span>}
            </>
          ),
        },
        {
          id: 'why',
          head: w.unit,
          cell: ({ unit, role, assignee, why, error }) => (
            <>
              <div>
                {[unit.name, role && ROLES[role][language], assignee?.name].filter(Boolean).join(' · ')}
              </div>
              <div className={styles.muted}>{[why[language], error].filter(Boolean).join(' ')}</div>
            </>
          ),
        },
        { id: 'since', head: w.since, keep: true, cell: ({ since }) => formatMoment(since) },
        {
          id: 'actions',
          head: w.actions,
          actions: true,
          cell: (item) =>
            DEEDS.filter((deed) => item.may[deed]).map((deed) => (
              <Button key={deed} look="quiet" onClick={() => onDeed(deed, item)}>
                {w[deed]}
              </Button>
            )),
        },
      ]}
    />
  )
}
