import { Check, Circle, Send, Stamp, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { type DossierView, getDossier, type TaskItem } from '#modules/dossiers/contract.ts'
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
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import { ActionSheet, type SheetAction } from '../dossiers/action-sheet.tsx'
import { OpinionsCard, PapersTable, ProcessCard } from '../dossiers/dossier-parts.tsx'
import { OfficialName } from '../dossiers/official-name.tsx'
import { useDossierActions } from '../dossiers/use-actions.ts'
import styles from './approvals.module.css'
import { dueInFull } from './due-text.ts'
import { useTasks } from './use-tasks.ts'

const words = catalogue(
  {
    title: 'Chờ ký duyệt',
    count: (n: string) => `${n} hồ sơ`,
    read: (done: number, all: number) => `Đã đọc ${done} / ${all}`,
    list: 'Hồ sơ chờ ký',
    what: 'Thủ tục, hồ sơ',
    due: 'Hạn bước',
    isRead: 'Đã đọc hết',
    unread: 'Chưa đọc hết',
    promised: 'Hẹn trả dân',
    approve: 'Ký duyệt',
    sendBack: 'Trả lại, ghi lý do',
    open: 'Mở hồ sơ',
    readFirst: 'Đọc hết hồ sơ (cuộn tới cuối) rồi ký.',
    end: 'Hết hồ sơ trình.',
    empty: 'Không có hồ sơ nào chờ ký.',
    emptyHint: 'Hồ sơ trình lên sẽ hiện ở đây theo hạn.',
    failed: 'Chưa tải được danh sách',
    retry: 'Tải lại',
    more: 'Xem thêm',
    upDown: 'hồ sơ trước, sau',
    scroll: 'cuộn xuống',
    back: 'trả lại',
  },
  {
    title: 'To approve',
    count: (n: string) => `${n} dossiers`,
    read: (done: number, all: number) => `Read ${done} / ${all}`,
    list: 'Dossiers to approve',
    what: 'Procedure, dossier',
    due: 'Step due',
    isRead: 'Read to the end',
    unread: 'Not read to the end',
    promised: 'Promised',
    approve: 'Approve',
    sendBack: 'Send back with a reason',
    open: 'Open the dossier',
    readFirst: 'Read to the end (scroll down), then approve.',
    end: 'End of the submission.',
    empty: 'Nothing waits for your approval.',
    emptyHint: 'What is submitted appears here by due date.',
    failed: 'The list could not be loaded',
    retry: 'Load again',
    more: 'Show more',
    upDown: 'former, next dossier',
    scroll: 'scroll down',
    back: 'send back',
  },
)

/** One after the other: read through, then approve or send back. An item counts as read after its end was seen. */
export function ApprovalsPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const go = useGo()
  const { query, tasks } = useTasks({ kind: 'approve', filter: 'all' })
  const [active, setActive] = useState<string>()
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  const current = tasks.find(({ id }) => id === active) ?? tasks[0]
  const open = (task: TaskItem): void => {
    keepWalk(tasks.map(({ dossier }) => dossier.code))
    go(`/desk/ho-so/${task.dossier.code}`)
  }
  const done = tasks.filter(({ id }) => read.has(id)).length
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
          {tasks.length > 0 ? (
            <>
              <Chip tone="cham">
                <span className="n">{w.count(`${tasks.length}${query.hasNextPage ? '+' : ''}`)}</span>
              </Chip>
              <Chip tone="ngoc">
                <span className="n">{w.read(done, tasks.length)}</span>
              </Chip>
            </>
          ) : null}
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.upDown },
        { keys: ['Space'], label: w.scroll },
        { keys: ['Ctrl+Enter'], label: w.approve },
        { keys: ['R'], label: w.back },
      ]}
    >
      {query.error && tasks.length === 0 ? (
        <ErrorSummary
          title={w.failed}
          problems={[{ message: messageOf(query.error, language) }]}
          action={<Button onClick={() => void query.refetch()}>{w.retry}</Button>}
        />
      ) : query.isPending ? (
        <Loading>
          <SkeletonRows rows={8} />
        </Loading>
      ) : tasks.length === 0 ? (
        <EmptyState icon={Stamp} title={w.empty}>
          {w.emptyHint}
        </EmptyState>
      ) : (
        <div className={styles.split}>
          <div className={desk.column}>
            <div className={desk.fill}>
              <WorkList
                label={w.list}
                groups={[{ id: 'approve', label: w.list, icon: Stamp, items: tasks }]}
                keyOf={(task) => task.id}
                nameOf={(task) => `${task.dossier.code} ${task.dossier.owner}`}
                active={current?.id}
                onActive={setActive}
                onOpen={open}
                rowHeight={60}
                empty={null}
                columns={[
                  {
                    id: 'read',
                    head: '',
                    width: '22px',
                    cell: (task) =>
                      read.has(task.id) ? (
                        <Check size={18} role="img" aria-label={w.isRead} />
                      ) : (
                        <Circle size={16} role="img" aria-label={w.unread} />
                      ),
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
                  {
                    id: 'due',
                    head: w.due,
                    width: '172px',
                    align: 'end',
                    cell: (task) => <PaceChip pace={task.pace} words={task.paceWords} />,
                  },
                ]}
              />
            </div>
            {query.hasNextPage ? (
              <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
                {w.more}
              </Button>
            ) : null}
          </div>
          {current ? (
            <ReadThrough
              key={current.id}
              task={current}
              read={read.has(current.id)}
              onRead={() => setRead((before) => new Set([...before, current.id]))}
              onOpen={() => open(current)}
              onDone={() => {
                const at = tasks.indexOf(current)
                setActive((tasks[at + 1] ?? tasks[at - 1])?.id)
              }}
            />
          ) : null}
        </div>
      )}
    </DeskScreen>
  )
}

type ReadThroughProps = {
  task: TaskItem
  read: boolean
  onRead: () => void
  onOpen: () => void
  onDone: () => void
}

function ReadThrough({ task, ...rest }: ReadThroughProps) {
  const { language } = useLanguage()
  const dossier = useOperation(getDossier, { code: task.dossier.code })
  if (dossier.data) return <Submission dossier={dossier.data} {...rest} />
  return (
    <section className={styles.reader}>
      {dossier.error ? (
        <ErrorSummary problems={[{ message: messageOf(dossier.error, language) }]} />
      ) : (
        <Loading>
          <SkeletonLines lines={8} />
        </Loading>
      )}
    </section>
  )
}

function Submission({
  dossier,
  read,
  onRead,
  onOpen,
  onDone,
}: Omit<ReadThroughProps, 'task'> & { dossier: DossierView }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const actions = useDossierActions(dossier, onDone)
  const [sheet, setSheet] = useState<SheetAction>()
  const body = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLParagraphElement>(null)
  const latest = useRef(onRead)
  latest.current = onRead
  useEffect(() => {
    const mark = end.current
    if (!mark || read) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current()
      },
      { root: body.current },
    )
    observer.observe(mark)
    return () => observer.disconnect()
  }, [read])
  const { task } = dossier
  const blocked =
    task?.blockedBy?.[language] ?? (task?.mayComplete ? (read ? undefined : w.readFirst) : (task?.name ?? ''))
  const approve = (): void => {
    if (blocked === undefined) setSheet(actions.completeSheet())
  }
  const sendBack = (): void => setSheet(actions.sendBackSheet())
  useShortcuts([
    { keys: 'Ctrl+Enter', label: w.approve, run: approve, when: blocked === undefined },
    { keys: 'r', label: w.sendBack, run: sendBack, when: task?.maySendBack === true },
    {
      keys: 'Space',
      label: w.scroll,
      run: () => body.current?.scrollBy({ top: body.current.clientHeight * 0.85, behavior: 'smooth' }),
    },
  ])
  return (
    <section className={styles.reader} aria-label={dossier.procedure.name}>
      <header className={styles.head}>
        <div>
          <h2>{dossier.procedure.name}</h2>
          <OfficialName code={dossier.procedure.code} name={dossier.procedure.officialName} />
          <p className={desk.small}>
            <span className="n">{dossier.code}</span> · {dossier.owner}
          </p>
        </div>
        <div className={styles.due}>
          <span className={desk.small}>{w.promised}</span>
          <strong className="n">{dueInFull(dossier.due, language)}</strong>
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <div ref={body} className={styles.body} tabIndex={0}>
        <OpinionsCard dossier={dossier} />
        <PapersTable dossier={dossier} whole />
        <ProcessCard dossier={dossier} />
        <p ref={end} className={desk.small}>
          {w.end}
        </p>
      </div>
      <footer className={styles.foot}>
        {task?.maySendBack ? (
          <Button look="danger" icon={Undo2} shortcut="R" onClick={sendBack}>
            {w.sendBack}
          </Button>
        ) : null}
        <Button onClick={onOpen}>{w.open}</Button>
        <span className={styles.push}>
          <Button look="main" icon={Send} shortcut="Ctrl+Enter" blocked={blocked} onClick={approve}>
            {task?.label[language] ?? w.approve}
          </Button>
        </span>
      </footer>
      <ActionSheet
        action={sheet}
        dossier={dossier}
        onClose={() => setSheet(undefined)}
        onReload={actions.reload}
      />
    </section>
  )
}
