import { useQueryClient } from '@tanstack/react-query'
import {
  CalendarCheck,
  CalendarDays,
  CheckCheck,
  CircleDot,
  ClockAlert,
  FilePlus2,
  Hand,
  type LucideIcon,
  Infinity as NoLimit,
  TriangleAlert,
  UserPlus,
} from 'lucide-react'
import { useEffect, useState } from 'react'
import {
  claimTask,
  getDossier,
  listConsultations,
  listTasks,
  releaseTask,
  type TaskItem,
} from '#modules/dossiers/contract.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { invalidate, useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { useGo } from '../../surfaces/desk/go.ts'
import { isText, keepWalk, useKept } from '../../surfaces/desk/kept.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { formatLongDate } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { ListWithPreview, TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import type { Tone } from '../../ui/status/status-table.ts'
import { AlarmCounts } from '../alarms/alarm-counts.tsx'
import { AssignSheet } from '../bulk/assign-sheet.tsx'
import { BulkBar, useTooMany } from '../bulk/bulk-bar.tsx'
import { CompleteSheet } from '../bulk/complete-sheet.tsx'
import { useBulkTasks } from '../bulk/use-bulk-tasks.tsx'
import { useSelection } from '../bulk/use-selection.ts'
import { ConsultedList } from '../consultations/consulted-list.tsx'
import { DossierSearch } from '../dossiers/dossier-search.tsx'
import { useMe } from '../session/me.tsx'
import { dueInList } from './due-text.ts'
import { type GroupId, groupTasks, heldFor } from './task-groups.ts'
import { TaskPreview } from './task-preview.tsx'
import { useTasks } from './use-tasks.ts'

const words = catalogue(
  {
    title: 'Việc của tôi',
    filters: 'Lọc việc',
    mine: 'Của tôi',
    claimable: 'Chờ nhận',
    waiting: 'Chờ người nộp',
    consulted: 'Được lấy ý kiến',
    order: 'Xếp theo hạn của bước',
    takeShared: 'Nhận việc chung',
    overdue: 'Quá hạn bước, cần ghi lý do',
    today: 'Đến hạn hôm nay',
    soon: 'Hai ngày tới',
    later: 'Sau đó',
    'open-ended': 'Không định hạn',
    paused: 'Chờ người nộp, đồng hồ tạm dừng',
    state: 'Tình trạng',
    due: 'Hạn bước',
    what: 'Thủ tục, hồ sơ',
    step: 'Việc',
    held: 'Đã nằm đây',
    DAY: (n: number) => `${n} ngày`,
    HOUR: (n: number) => `${n} giờ`,
    MINUTE: (n: number) => `${n} phút`,
    claimed: (code: string) => `Đã nhận việc của hồ sơ ${code}.`,
    released: (code: string) => `Đã trả việc của hồ sơ ${code} về chỗ chờ nhận.`,
    claim: 'Nhận việc',
    assign: 'Giao việc',
    complete: 'Hoàn thành',
    choose: 'chọn',
    chooseGroup: 'chọn cả nhóm',
    noneMine: 'Ông/bà không còn việc nào trong tay.',
    noneMineMore: (n: string) => `Còn ${n} việc chung chờ người nhận.`,
    showClaimable: 'Xem việc chờ nhận',
    noneClaimable: 'Không có việc chung nào chờ nhận ở vai trò của ông/bà.',
    noneWaiting: 'Không có hồ sơ nào đang chờ người nộp.',
    showMine: 'Xem việc của tôi',
    failed: 'Chưa tải được danh sách việc',
    retry: 'Tải lại',
    pick: 'Chọn một việc để xem trước.',
    upDown: 'lên, xuống',
    open: 'mở',
    take: 'nhận việc',
    find: 'tìm hồ sơ',
  },
  {
    title: 'My tasks',
    filters: 'Filter tasks',
    mine: 'Mine',
    claimable: 'To be taken',
    waiting: 'Waiting for the applicant',
    consulted: 'Opinions owed',
    order: 'By due date of the step',
    takeShared: 'Take a shared task',
    overdue: 'Step overdue, reason needed',
    today: 'Due today',
    soon: 'Next two days',
    later: 'Later',
    'open-ended': 'No time limit',
    paused: 'Waiting for the applicant, clock paused',
    state: 'Status',
    due: 'Step due',
    what: 'Procedure, dossier',
    step: 'Task',
    held: 'Here for',
    DAY: (n: number) => (n === 1 ? '1 day' : `${n} days`),
    HOUR: (n: number) => (n === 1 ? '1 hour' : `${n} hours`),
    MINUTE: (n: number) => `${n} min`,
    claimed: (code: string) => `You took the task of dossier ${code}.`,
    released: (code: string) => `The task of dossier ${code} is free again.`,
    claim: 'Take the task',
    assign: 'Assign',
    complete: 'Finish',
    choose: 'select',
    chooseGroup: 'select the group',
    noneMine: 'You have no task in hand.',
    noneMineMore: (n: string) => `${n} shared tasks wait for somebody.`,
    showClaimable: 'Show tasks to be taken',
    noneClaimable: 'No shared task waits for your role.',
    noneWaiting: 'No dossier waits for its applicant.',
    showMine: 'Show my tasks',
    failed: 'The tasks could not be loaded',
    retry: 'Load again',
    pick: 'Choose a task to see it here.',
    upDown: 'up, down',
    open: 'open',
    take: 'take the task',
    find: 'find a dossier',
  },
)

const FILTERS = ['mine', 'claimable', 'waiting', 'consulted'] as const
type Filter = (typeof FILTERS)[number]
const isFilter = (value: unknown): value is Filter => FILTERS.some((filter) => filter === value)
const LOOKS: Record<GroupId, { icon: LucideIcon; tone: Tone }> = {
  overdue: { icon: TriangleAlert, tone: 'son' },
  today: { icon: ClockAlert, tone: 'nghe' },
  soon: { icon: CircleDot, tone: 'cham' },
  later: { icon: CalendarDays, tone: 'tro' },
  'open-ended': { icon: NoLimit, tone: 'tro' },
  paused: { icon: FilePlus2, tone: 'sim' },
}
const countText = (count: { value: number; capped: boolean } | undefined): string =>
  count ? `${count.value}${count.capped ? '+' : ''}` : ''

/** What waits for me, by the due date of the step; the preview follows the row under the cursor. */
export function TasksPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const go = useGo()
  const toast = useToast()
  const client = useQueryClient()
  const [filter, setFilter] = useKept<Filter>('tasks.filter', 'mine', isFilter)
  const [active, setActive] = useKept('tasks.active', '', isText)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { query, tasks, counts } = useTasks({ filter: filter === 'consulted' ? 'mine' : filter })
  const questions = useOperation(listConsultations, { limit: 1 }, { refetchInterval: 60_000 })
  const now = new Date()
  const groups = groupTasks(tasks, now).map(({ id, items }) => ({ id, items, label: w[id], ...LOOKS[id] }))
  const shown = groups.flatMap(({ items }) => items)
  const current = shown.find(({ id }) => id === active)
  const first = shown[0]?.id
  const lost = current === undefined && first !== undefined
  useEffect(() => {
    if (lost && first) setActive(first)
  }, [lost, first, setActive])

  const me = useMe()
  const leads = me.grants.some(({ role }) => role === 'UNIT_LEAD' || role === 'AGENCY_LEAD')
  const selection = useSelection<TaskItem>(({ id }) => id)
  const [sheet, setSheet] = useState<'assign' | 'complete'>()
  const bulk = useBulkTasks(() => selection.clear())
  const tooMany = useTooMany(selection.items.length)
  const hidden = selection.items.filter(({ id }) => !shown.some((task) => task.id === id)).length
  const startBulk = (kind: 'assign' | 'complete'): void => {
    if (selection.items.length > 0 && !tooMany) setSheet(kind)
  }

  const refresh = (): void => {
    void invalidate(client, listTasks)
    void invalidate(client, getDossier)
  }
  const open = (task: TaskItem): void => {
    keepWalk(
      shown.map(({ dossier }) => dossier.code),
      task.dossier.code,
    )
    go(`/desk/ho-so/${task.dossier.code}`)
  }
  const claim = async (task: TaskItem): Promise<void> => {
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await call(claimTask, { id: task.id })
      toast({
        message: w.claimed(task.dossier.code),
        undo: () =>
          void call(releaseTask, { id: task.id })
            .then(() => toast({ message: w.released(task.dossier.code) }))
            .catch((error: unknown) => setProblem(messageOf(error, language)))
            .finally(refresh),
      })
    } catch (error) {
      setProblem(messageOf(error, language))
    } finally {
      setBusy(false)
      refresh()
    }
  }
  useShortcuts([
    {
      keys: 'n',
      label: w.claim,
      run: () => current && void claim(current),
      when: filter === 'claimable' && current !== undefined,
    },
    {
      keys: 'g',
      label: w.assign,
      run: () => startBulk('assign'),
      when: leads && selection.items.length > 0,
    },
    {
      keys: 'Ctrl+Enter',
      label: w.complete,
      run: () => startBulk('complete'),
      when: selection.items.length > 0,
    },
  ])

  const nothing = {
    mine: (
      <EmptyState
        icon={CalendarCheck}
        title={w.noneMine}
        action={
          counts && counts.claimable.value > 0 ? (
            <Button onClick={() => setFilter('claimable')}>{w.showClaimable}</Button>
          ) : null
        }
      >
        {counts && counts.claimable.value > 0 ? w.noneMineMore(countText(counts.claimable)) : null}
      </EmptyState>
    ),
    claimable: (
      <EmptyState
        icon={CalendarCheck}
        title={w.noneClaimable}
        action={<Button onClick={() => setFilter('mine')}>{w.showMine}</Button>}
      />
    ),
    waiting: (
      <EmptyState
        icon={CalendarCheck}
        title={w.noneWaiting}
        action={<Button onClick={() => setFilter('mine')}>{w.showMine}</Button>}
      />
    ),
    consulted: null,
  }[filter]

  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
          <span className={desk.aside}>{formatLongDate(localDateOf(now), language)}</span>
          <div className={desk.push}>
            <DossierSearch />
          </div>
          {counts && counts.claimable.value > 0 && filter !== 'claimable' ? (
            <Button look="main" icon={Hand} onClick={() => setFilter('claimable')}>
              {w.takeShared} <span className="n">{countText(counts.claimable)}</span>
            </Button>
          ) : null}
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.upDown },
        { keys: ['X'], label: w.choose },
        { keys: ['Shift', 'X'], label: w.chooseGroup },
        { keys: ['Enter'], label: w.open },
        ...(filter === 'claimable' ? [{ keys: ['N'], label: w.take }] : []),
        { keys: ['/'], label: w.find },
      ]}
    >
      <div className={desk.column}>
        <AlarmCounts mine />
        <fieldset className={desk.pills} aria-label={w.filters}>
          {FILTERS.map((id) => (
            <button
              key={id}
              type="button"
              className={desk.pill}
              aria-pressed={filter === id}
              onClick={(event) => {
                setFilter(id)
                // After a pointer's click the next Enter belongs to the list, not to this button again.
                if (event.detail > 0) event.currentTarget.blur()
              }}
            >
              {w[id]}{' '}
              <span className="n">
                {countText(id === 'consulted' ? questions.data?.counts.answer : counts?.[id])}
              </span>
            </button>
          ))}
          <span className={desk.note}>{w.order}</span>
        </fieldset>
        {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
        {filter === 'consulted' ? (
          <ConsultedList />
        ) : query.error && tasks.length === 0 ? (
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
            <ListWithPreview
              list={
                <WorkList
                  label={w.title}
                  groups={groups}
                  keyOf={(task) => task.id}
                  nameOf={(task) => `${task.dossier.code} ${task.dossier.owner}`}
                  active={current?.id ?? first}
                  onActive={setActive}
                  more={query.hasNextPage}
                  onNearEnd={() => {
                    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
                  }}
                  selected={selection.keys}
                  onSelected={(keys) => selection.choose(keys, shown)}
                  onOpen={open}
                  empty={nothing}
                  columns={[
                    {
                      id: 'state',
                      head: w.state,
                      width: '184px',
                      cell: (task) => <PaceChip pace={task.pace} words={task.paceWords} />,
                    },
                    {
                      id: 'due',
                      head: w.due,
                      width: '84px',
                      cell: (task) => <strong className="n">{dueInList(task.due, language, now)}</strong>,
                    },
                    {
                      id: 'what',
                      head: w.what,
                      width: 'minmax(0, 1fr)',
                      cell: (task) => (
                        <TwoLines
                          title={task.dossier.procedureName}
                          detail={`${task.dossier.code} · ${task.dossier.owner}`}
                        />
                      ),
                    },
                    { id: 'step', head: w.step, width: 'minmax(0, 180px)', cell: (task) => task.name },
                    {
                      id: 'held',
                      head: w.held,
                      width: '84px',
                      align: 'end',
                      cell: (task) => {
                        const held = heldFor(task.openedAt, now)
                        return <span className="n">{w[held.unit](held.amount)}</span>
                      },
                    },
                  ]}
                />
              }
              preview={
                current ? (
                  <TaskPreview
                    task={current}
                    busy={busy}
                    onOpen={() => open(current)}
                    onClaim={filter === 'claimable' ? () => void claim(current) : undefined}
                  />
                ) : (
                  <p className={desk.muted}>{w.pick}</p>
                )
              }
            />
          </div>
        )}
        <BulkBar count={selection.items.length} hidden={hidden} onClear={selection.clear}>
          {leads ? (
            <Button
              look="main"
              icon={UserPlus}
              shortcut="G"
              blocked={tooMany}
              onClick={() => startBulk('assign')}
            >
              {w.assign}
            </Button>
          ) : null}
          <Button
            icon={CheckCheck}
            shortcut="Ctrl+Enter"
            blocked={tooMany}
            onClick={() => startBulk('complete')}
          >
            {w.complete}
          </Button>
        </BulkBar>
      </div>
      {sheet === 'assign' ? (
        <AssignSheet tasks={selection.items} onClose={() => setSheet(undefined)} onSend={bulk.send} />
      ) : null}
      {sheet === 'complete' ? (
        <CompleteSheet tasks={selection.items} onClose={() => setSheet(undefined)} onSend={bulk.send} />
      ) : null}
      {bulk.result}
    </DeskScreen>
  )
}
