import { useQueryClient } from '@tanstack/react-query'
import { BellRing, CalendarCheck, Printer, Stamp, UserPlus } from 'lucide-react'
import { useState } from 'react'
import {
  getDossier,
  getWorkload,
  listTasks,
  type TaskItem,
  type WorkloadRow,
} from '#modules/dossiers/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { invalidate, useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { useGo } from '../../surfaces/desk/go.ts'
import { keepFor, keepWalk } from '../../surfaces/desk/kept.ts'
import { REGISTERS } from '../../surfaces/desk/rail.ts'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { SelectField } from '../../ui/field/field.tsx'
import { formatCount } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import { useAddress } from '../administration/address.ts'
import { AssignSheet } from '../bulk/assign-sheet.tsx'
import { BulkBar, useTooMany } from '../bulk/bulk-bar.tsx'
import { useBulkTasks } from '../bulk/use-bulk-tasks.tsx'
import { useSelection } from '../bulk/use-selection.ts'
import { useMe } from '../session/me.tsx'
import { dueInList } from '../tasks/due-text.ts'
import { useTasks } from '../tasks/use-tasks.ts'
import { UrgeSheet } from './urge-sheet.tsx'
import styles from './workload.module.css'

const words = catalogue(
  {
    title: 'Tiến độ',
    forMe: 'Chờ tôi',
    approve: 'Chờ ký duyệt',
    assign: 'Chờ phân công',
    inHand: 'Trong tay',
    unit: 'Đơn vị',
    all: 'Mọi đơn vị tôi theo dõi',
    by: 'Xếp theo',
    officer: 'Người',
    step: 'Bước',
    place: 'Cơ quan',
    overdue: 'Quá hạn',
    in1: 'Trong 1 ngày',
    in3: '3 ngày',
    in5: '5 ngày',
    until: {
      overdue: 'Quá hạn',
      in1: 'Đến hạn trong 1 ngày',
      in3: 'Đến hạn trong 3 ngày',
      in5: 'Đến hạn trong 5 ngày',
    },
    table: 'Việc quá hạn và sắp đến hạn trong 1, 3, 5 ngày làm việc tới',
    nobody: 'Chưa ai nhận',
    none: 'Không có việc nào quá hạn hay đến hạn trong 5 ngày làm việc tới.',
    noneHint: 'Việc của các đơn vị ông/bà theo dõi sẽ hiện ở đây trước khi muộn.',
    capped: 'Việc nhiều hơn số đếm ở đây; chọn một đơn vị để đếm đủ.',
    cell: (what: string, who: string, n: number) => `${what}, ${who}: ${n} việc, mở danh sách`,
    list: (what: string, who: string) => `${what} · ${who}`,
    choose: 'Chọn một con số để xem việc và xử lý ngay.',
    pace: 'Tình trạng',
    due: 'Hạn bước',
    what: 'Thủ tục, hồ sơ',
    holder: 'Ai giữ',
    report: 'In báo cáo quá hạn',
    reassign: 'Giao lại',
    urge: 'Đôn đốc',
    extend: 'Mở để gia hạn, xử lý',
    emptyList: 'Không còn việc nào ở ô này.',
    upDown: 'lên, xuống',
    pick: 'chọn',
    open: 'mở hồ sơ',
    failed: 'Chưa tải được tiến độ',
    retry: 'Tải lại',
  },
  {
    title: 'Progress',
    forMe: 'Waits for me',
    approve: 'To approve',
    assign: 'To assign',
    inHand: 'In hand',
    unit: 'Unit',
    all: 'All units that I watch',
    by: 'By',
    officer: 'Officer',
    step: 'Step',
    place: 'Agency',
    overdue: 'Overdue',
    in1: 'Within 1 day',
    in3: '3 days',
    in5: '5 days',
    until: {
      overdue: 'Overdue',
      in1: 'Due within 1 day',
      in3: 'Due within 3 days',
      in5: 'Due within 5 days',
    },
    table: 'Overdue, and due within the next 1, 3 and 5 working days',
    nobody: 'Nobody yet',
    none: 'Nothing is overdue or due within five working days.',
    noneHint: 'Work of the units that you watch appears here before it is late.',
    capped: 'There is more than was counted here; choose one unit for all of it.',
    cell: (what: string, who: string, n: number) => `${what}, ${who}: ${n} tasks, open the list`,
    list: (what: string, who: string) => `${what} · ${who}`,
    choose: 'Choose a figure to see its tasks and act at once.',
    pace: 'State',
    due: 'Step due',
    what: 'Procedure, dossier',
    holder: 'Held by',
    report: 'Print what is overdue',
    reassign: 'Reassign',
    urge: 'Urge',
    extend: 'Open to extend or act',
    emptyList: 'Nothing is left here.',
    upDown: 'up, down',
    pick: 'choose',
    open: 'open',
    failed: 'The figures could not be loaded',
    retry: 'Load again',
  },
)

const BY = ['officer', 'step', 'place'] as const
type By = (typeof BY)[number]
const WHEN = ['overdue', 'in1', 'in3', 'in5'] as const
type When = (typeof WHEN)[number]
type Line = Record<When, number> & { id: string; name: string; detail: string; query: Record<string, string> }

/** One line per officer, step or unit: the rows that belong together, added up. */
function linesOf(rows: readonly WorkloadRow[], by: By, nobody: string): Line[] {
  const keyOf = (row: WorkloadRow): string =>
    by === 'officer' ? (row.officer?.id ?? '') : by === 'step' ? row.step : row.unit.id
  const lines = [...Map.groupBy(rows, keyOf)].map(([id, some]): Line => {
    const sum = (when: When): number => some.reduce((all, row) => all + row[when], 0)
    const [first] = some
    const units = [...new Set(some.map(({ unit }) => unit.name))]
    const name =
      by === 'officer' ? (first?.officer?.name ?? nobody) : by === 'step' ? first?.name : first?.unit.name
    return {
      ...{ id: id || 'nobody', name: name ?? '', detail: by === 'place' ? '' : units.slice(0, 2).join(', ') },
      ...{ overdue: sum('overdue'), in1: sum('in1'), in3: sum('in3'), in5: sum('in5') },
      query: by === 'officer' ? { officer: id || 'nobody' } : by === 'step' ? { step: id } : { unit: id },
    }
  })
  return lines.toSorted(
    (a, b) => b.overdue - a.overdue || b.in1 - a.in1 || b.in5 - a.in5 || a.name.localeCompare(b.name, 'vi'),
  )
}

/** `/desk/tien-do`: what waits for me, what is late and what will be, and one step from each figure to acting on it. */
export function WorkloadPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const go = useGo()
  const [read, write] = useAddress()
  const unit = read('don-vi')
  const by: By = BY.find((one) => one === read('theo')) ?? 'officer'
  const when = WHEN.find((one) => one === read('han'))
  const line = read('dong')
  const workload = useOperation(getWorkload, unit ? { unit } : {}, {
    keep: true,
    refetchInterval: 120_000,
    staleTime: 30_000,
  })
  const data = workload.data
  const lines = linesOf(data?.rows ?? [], by, w.nobody)
  const chosen = lines.find(({ id }) => id === line)
  const mine = [
    { id: 'approve' as const, href: '/desk/duyet', icon: Stamp, list: undefined },
    { id: 'assign' as const, href: '/desk/viec', icon: UserPlus, list: 'claimable' },
    { id: 'inHand' as const, href: '/desk/viec', icon: CalendarCheck, list: 'mine' },
  ]
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
          {mine.map(({ id, href, icon, list }) =>
            data && data.mine[id] > 0 ? (
              <Button
                key={id}
                icon={icon}
                onClick={() => {
                  if (list) keepFor('tasks.filter', list)
                  go(href)
                }}
              >
                {w[id]} <span className="n">{formatCount(data.mine[id])}</span>
              </Button>
            ) : null,
          )}
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.upDown },
        { keys: ['X'], label: w.pick },
        { keys: ['Enter'], label: w.open },
      ]}
    >
      <div className={styles.split}>
        <section className={styles.figures} aria-label={w.table}>
          <div className={styles.filters}>
            <SelectField
              label={w.unit}
              value={unit}
              placeholder={w.all}
              onChange={(id) => write({ 'don-vi': id, dong: '', han: '' })}
              options={(data?.units ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
            <fieldset className={desk.pills} aria-label={w.by}>
              {BY.map((one) => (
                <button
                  key={one}
                  type="button"
                  className={desk.pill}
                  aria-pressed={by === one}
                  onClick={() => write({ theo: one, dong: '', han: '' })}
                >
                  {w[one]}
                </button>
              ))}
              <Button look="quiet" icon={Printer} onClick={() => go(`${REGISTERS}?so=overdue&noi=${unit}`)}>
                {w.report}
              </Button>
            </fieldset>
          </div>
          {data?.capped ? <p className={desk.hint}>{w.capped}</p> : null}
          {workload.error && !data ? (
            <ErrorSummary
              title={w.failed}
              problems={[{ message: messageOf(workload.error, language) }]}
              action={<Button onClick={() => void workload.refetch()}>{w.retry}</Button>}
            />
          ) : !data ? (
            <Loading>
              <SkeletonRows rows={8} />
            </Loading>
          ) : lines.length === 0 ? (
            <EmptyState icon={CalendarCheck} title={w.none}>
              {w.noneHint}
            </EmptyState>
          ) : (
            <div className={styles.scroll}>
              <table className={styles.table}>
                <caption className="visually-hidden">{w.table}</caption>
                <thead>
                  <tr>
                    <th scope="col">{w[by]}</th>
                    {WHEN.map((one) => (
                      <th key={one} scope="col" className={styles.number}>
                        <span className={styles.over}>{w[one]}</span>
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {lines.map((row) => (
                    <tr key={row.id} data-current={row.id === chosen?.id}>
                      <th scope="row">
                        <TwoLines title={row.name} detail={row.detail} />
                      </th>
                      {WHEN.map((one) => (
                        <td key={one} className={styles.number}>
                          {row[one] === 0 ? (
                            <span className={classes('n', styles.zero)}>0</span>
                          ) : (
                            <button
                              type="button"
                              className={classes('n', styles.cell, one === 'overdue' && styles.late)}
                              aria-pressed={row.id === chosen?.id && one === when}
                              aria-label={w.cell(w.until[one], row.name, row[one])}
                              onClick={() => write({ dong: row.id, han: one })}
                            >
                              {formatCount(row[one])}
                            </button>
                          )}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </section>
        {chosen && when && data ? (
          <Behind
            key={`${unit} ${by} ${chosen.id} ${when}`}
            label={w.list(w.until[when], chosen.name)}
            query={{ ...(unit ? { unit } : {}), ...chosen.query }}
            until={when === 'overdue' ? undefined : data.until[when]}
          />
        ) : (
          <div className={styles.figures}>
            <EmptyState icon={BellRing} title={w.choose} />
          </div>
        )}
      </div>
    </DeskScreen>
  )
}

type BehindProps = {
  label: string
  query: { unit?: string; officer?: string; step?: string }
  /** Due until then; without it what is over. */
  until: string | undefined
}

/** The tasks behind a figure, to be reassigned, asked after or opened. */
function Behind({ label, query, until }: BehindProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const me = useMe()
  const go = useGo()
  const client = useQueryClient()
  const leads = me.grants.some(({ role }) => role === 'UNIT_LEAD' || role === 'AGENCY_LEAD')
  const [active, setActive] = useState<string>()
  const [sheet, setSheet] = useState<'assign' | 'urge'>()
  const [now] = useState(() => new Date().toISOString())
  const selection = useSelection<TaskItem>(({ id }) => id)
  const tooMany = useTooMany(selection.items.length)
  const bounds = until === undefined ? { dueBefore: now } : { dueBefore: until, dueFrom: now }
  const { query: pages, tasks: shown } = useTasks({ filter: 'unit', ...query, ...bounds })
  const bulk = useBulkTasks(() => {
    selection.clear()
    void invalidate(client, getWorkload)
  })
  const start = (what: 'assign' | 'urge'): void => {
    if (!tooMany && selection.items.length > 0) setSheet(what)
  }
  useShortcuts([
    { keys: 'g', label: w.reassign, run: () => start('assign'), when: leads && selection.items.length > 0 },
    { keys: 'u', label: w.urge, run: () => start('urge'), when: selection.items.length > 0 },
  ])
  const open = (task: TaskItem): void => {
    keepWalk(
      shown.map(({ dossier }) => dossier.code),
      task.dossier.code,
    )
    go(`/desk/ho-so/${task.dossier.code}`)
  }
  if (pages.error && shown.length === 0)
    return <ErrorSummary problems={[{ message: messageOf(pages.error, language) }]} />
  if (pages.isPending)
    return (
      <Loading>
        <SkeletonRows rows={8} />
      </Loading>
    )
  return (
    <div className={desk.column}>
      <div className={desk.fill}>
        <WorkList<TaskItem>
          label={label}
          groups={[{ id: 'all', label, items: shown }]}
          keyOf={({ id }) => id}
          nameOf={({ dossier }) => `${dossier.code} ${dossier.owner}`}
          active={shown.some(({ id }) => id === active) ? active : shown[0]?.id}
          onActive={setActive}
          selected={selection.keys}
          onSelected={(keys) => selection.choose(keys, shown)}
          onOpen={open}
          more={pages.hasNextPage}
          onNearEnd={() => {
            if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
          }}
          empty={<EmptyState icon={CalendarCheck} title={w.emptyList} />}
          columns={[
            {
              id: 'pace',
              head: w.pace,
              width: '178px',
              cell: (task) => <PaceChip pace={task.pace} words={task.paceWords} />,
            },
            {
              id: 'what',
              head: w.what,
              width: 'minmax(0, 1.4fr)',
              cell: ({ dossier }) => (
                <TwoLines title={dossier.procedureName} detail={`${dossier.code} · ${dossier.owner}`} />
              ),
            },
            {
              id: 'holder',
              head: w.holder,
              width: 'minmax(0, 1fr)',
              cell: ({ name, assignee, urged }) => (
                <TwoLines title={assignee?.name ?? w.nobody} detail={urged ? `${name} · ${w.urge}` : name} />
              ),
            },
            {
              id: 'due',
              head: w.due,
              width: '92px',
              align: 'end',
              cell: ({ due }) => <span className="n">{dueInList(due, language, new Date(now))}</span>,
            },
          ]}
        />
      </div>
      <BulkBar count={selection.items.length} hidden={0} onClear={selection.clear}>
        {leads ? (
          <Button look="main" icon={UserPlus} shortcut="G" blocked={tooMany} onClick={() => start('assign')}>
            {w.reassign}
          </Button>
        ) : null}
        <Button icon={BellRing} shortcut="U" blocked={tooMany} onClick={() => start('urge')}>
          {w.urge}
        </Button>
        {selection.items.length === 1 ? (
          <Button onClick={() => selection.items[0] && open(selection.items[0])}>{w.extend}</Button>
        ) : null}
      </BulkBar>
      {sheet === 'assign' ? (
        <AssignSheet tasks={selection.items} onClose={() => setSheet(undefined)} onSend={bulk.send} />
      ) : null}
      {sheet === 'urge' ? (
        <UrgeSheet
          tasks={selection.items}
          onClose={() => setSheet(undefined)}
          onSend={async (job) => {
            await bulk.send(job)
            for (const operation of [listTasks, getDossier]) void invalidate(client, operation)
          }}
        />
      ) : null}
      {bulk.result}
    </div>
  )
}
