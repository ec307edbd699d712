import { PackageCheck, PackageOpen, ScanBarcode } from 'lucide-react'
import { useState } from 'react'
import { getDossier, type TaskItem } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { useGo } from '../../surfaces/desk/go.ts'
import { keepWalk } from '../../surfaces/desk/kept.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { ListWithPreview, TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { StatusChip } from '../../ui/status/chip.tsx'
import { useAddress } from '../administration/address.ts'
import { ResultCard } from '../dossiers/dossier-parts.tsx'
import { DossierSearch } from '../dossiers/dossier-search.tsx'
import { PeopleCard } from '../dossiers/people-card.tsx'
import { useTasks } from '../tasks/use-tasks.ts'
import { HandOver } from './hand-over.tsx'
import { UncollectedTab } from './uncollected-tab.tsx'

const words = catalogue(
  {
    title: 'Trả kết quả',
    lead: 'Quét giấy tiếp nhận hoặc gõ mã hồ sơ',
    ready: 'Đã có kết quả, chờ người đến nhận',
    code: 'Hồ sơ',
    arrived: 'Có kết quả lúc',
    place: 'Nơi nhận hồ sơ',
    hand: 'Trao kết quả',
    open: 'Mở hồ sơ',
    empty: 'Không có kết quả nào chờ trả ở nơi ông/bà làm việc.',
    emptyHint: 'Kết quả hiện ở đây ngay khi cơ quan phát hành.',
    notReady: 'Hồ sơ này chưa trao được kết quả.',
    failed: 'Chưa tải được danh sách',
    retry: 'Tải lại',
    parts: 'Phần trả kết quả',
    waiting: 'Chờ trao',
    uncollected: 'Chưa ai nhận',
    upDown: 'lên, xuống',
    handKey: 'trao kết quả',
    choose: 'chọn',
    remindKey: 'ghi đã nhắc',
    pick: 'Chọn một hồ sơ để xem trước.',
  },
  {
    title: 'Hand over results',
    lead: 'Scan the slip or type the code',
    ready: 'Result ready, waiting for the person',
    code: 'Dossier',
    arrived: 'Ready since',
    place: 'Received at',
    hand: 'Hand the result over',
    open: 'Open the dossier',
    empty: 'No result waits at the place where you work.',
    emptyHint: 'Results appear here as soon as the agency issues them.',
    notReady: 'The result of this dossier cannot be handed over yet.',
    failed: 'The list could not be loaded',
    retry: 'Load again',
    parts: 'Parts of the return desk',
    waiting: 'To hand over',
    uncollected: 'Not collected',
    upDown: 'up, down',
    handKey: 'hand over',
    choose: 'choose',
    remindKey: 'record a reminder',
    pick: 'Choose a dossier to see it here.',
  },
)

/** Results waiting for their people. A scanned slip, a typed code or Enter goes straight to the hand-over. */
export function ReturnsPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const go = useGo()
  const { query, tasks } = useTasks({ kind: 'return', filter: 'all' })
  const [active, setActive] = useState<string>()
  const [handing, setHanding] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [read, write] = useAddress()
  const part = read('phan') === 'uncollected' ? 'uncollected' : 'waiting'
  const current = tasks.find(({ id }) => id === active) ?? tasks[0]
  const hand = (task: TaskItem): void => setHanding(task.dossier.code)
  const find = async (code: string): Promise<void> => {
    setProblem(undefined)
    try {
      const dossier = await call(getDossier, { code })
      const ability = dossier.actions.find(({ action }) => action === 'return')
      if (ability?.allowed) setHanding(dossier.code)
      else setProblem(`${dossier.code}: ${ability?.blockedBy?.[language] ?? w.notReady}`)
    } catch (error) {
      setProblem(messageOf(error, language))
    }
  }
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
          <span className={desk.aside}>
            <ScanBarcode size={16} aria-hidden="true" /> {w.lead}
          </span>
          <div className={desk.push}>
            <DossierSearch onPick={(code) => void find(code)} />
          </div>
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.upDown },
        ...(part === 'uncollected'
          ? [
              { keys: ['X'], label: w.choose },
              { keys: ['N'], label: w.remindKey },
            ]
          : []),
        { keys: ['Enter'], label: w.handKey },
      ]}
    >
      <div className={desk.column}>
        <fieldset className={desk.pills} aria-label={w.parts}>
          {(['waiting', 'uncollected'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className={desk.pill}
              aria-pressed={part === one}
              onClick={(event) => {
                write({ phan: one === 'waiting' ? '' : one })
                if (event.detail > 0) event.currentTarget.blur()
              }}
            >
              {w[one]}
            </button>
          ))}
        </fieldset>
        {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
        {part === 'uncollected' ? (
          <UncollectedTab onHand={(code) => void find(code)} />
        ) : query.error && tasks.length === 0 ? (
          <ErrorSummary
            title={w.failed}
            problems={[{ message: messageOf(query.error, language) }]}
            action={<Button onClick={() => void query.refetch()}>{w.retry}</Button>}
          />
        ) : query.isPending ? (
          <Loading>
            <SkeletonRows rows={8} />
          </Loading>
        ) : (
          <div className={desk.fill}>
            <ListWithPreview
              list={
                <WorkList
                  label={w.title}
                  groups={[{ id: 'ready', label: w.ready, icon: PackageCheck, tone: 'ngoc', items: tasks }]}
                  keyOf={(task) => task.id}
                  nameOf={(task) => `${task.dossier.code} ${task.dossier.owner}`}
                  active={current?.id}
                  onActive={setActive}
                  onOpen={hand}
                  more={query.hasNextPage}
                  onNearEnd={() => {
                    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
                  }}
                  empty={
                    <EmptyState icon={PackageOpen} title={w.empty}>
                      {w.emptyHint}
                    </EmptyState>
                  }
                  columns={[
                    {
                      id: 'what',
                      head: w.code,
                      width: 'minmax(0, 1fr)',
                      cell: (task) => (
                        <TwoLines
                          title={`${task.dossier.owner} · ${task.dossier.procedureName}`}
                          detail={task.dossier.code}
                        />
                      ),
                    },
                    {
                      id: 'arrived',
                      head: w.arrived,
                      width: '120px',
                      cell: (task) => <span className="n">{formatMoment(task.openedAt)}</span>,
                    },
                    {
                      id: 'place',
                      head: w.place,
                      width: 'minmax(0, 220px)',
                      cell: (task) => task.dossier.receivingCentre,
                    },
                  ]}
                />
              }
              preview={
                current ? (
                  <ReturnPreview
                    key={current.id}
                    task={current}
                    onHand={() => hand(current)}
                    onOpen={() => {
                      keepWalk(
                        tasks.map(({ dossier }) => dossier.code),
                        current.dossier.code,
                      )
                      go(`/desk/ho-so/${current.dossier.code}`)
                    }}
                  />
                ) : (
                  <p className={desk.muted}>{w.pick}</p>
                )
              }
            />
          </div>
        )}
      </div>
      {handing ? <HandOver code={handing} onClose={() => setHanding(undefined)} /> : null}
    </DeskScreen>
  )
}

type ReturnPreviewProps = { task: TaskItem; onHand: () => void; onOpen: () => void }

function ReturnPreview({ task, onHand, onOpen }: ReturnPreviewProps) {
  const w = useWords(words)
  const dossier = useOperation(getDossier, { code: task.dossier.code })
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.hand, run: onHand }])
  return (
    <div className={desk.stack}>
      <div className={desk.cardHead}>
        <strong className="n">{task.dossier.code}</strong>
        <StatusChip status={task.dossier.status} />
      </div>
      <h2 style={{ fontSize: '1.25rem' }}>{task.dossier.procedureName}</h2>
      <Button look="main" wide icon={PackageCheck} shortcut="Enter" onClick={onHand}>
        {w.hand}
      </Button>
      <Button wide onClick={onOpen}>
        {w.open}
      </Button>
      {dossier.data ? (
        <>
          <ResultCard dossier={dossier.data} />
          <PeopleCard dossier={dossier.data} />
        </>
      ) : (
        <Loading>
          <SkeletonLines />
        </Loading>
      )}
    </div>
  )
}
