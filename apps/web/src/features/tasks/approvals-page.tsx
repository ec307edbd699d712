import { Check, Circle, CircleDot, CircleMinus, Signature, Stamp } from 'lucide-react'
import { useState } from 'react'
import type { TaskItem } from '#modules/dossiers/contract.ts'
import { messageOf } from '../../api/problem.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { useGo } from '../../surfaces/desk/go.ts'
import { keepWalk } from '../../surfaces/desk/kept.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import { useTooMany } from '../bulk/bulk-bar.tsx'
import { useBulkTasks } from '../bulk/use-bulk-tasks.tsx'
import styles from './approvals.module.css'
import { ReadThrough } from './read-through.tsx'
import { SignSheet } from './sign-sheet.tsx'
import { useReadMarks } from './use-read-marks.ts'
import { useTasks } from './use-tasks.ts'

const words = catalogue(
  {
    title: 'Chờ ký duyệt',
    count: (n: string) => `${n} hồ sơ`,
    lead: 'Đọc lướt rồi ký một lần',
    hint: 'Hồ sơ đã đọc tới cuối mới vào lượt ký.',
    read: (done: number, all: number) => `Đã đọc ${done} trên ${all} hồ sơ`,
    list: 'Hồ sơ chờ ký',
    what: 'Thủ tục, hồ sơ',
    due: 'Hạn bước',
    isRead: 'Đã đọc hết, sẽ ký',
    leftOut: 'Đã đọc hết, để lại',
    unread: 'Chưa đọc hết',
    reading: 'Đang đọc',
    sign: (n: number) => `Ký số ${n} hồ sơ đã đọc`,
    signNone: 'Chưa có hồ sơ nào đọc hết.',
    leave: 'để lại, chưa ký',
    empty: 'Không có hồ sơ nào chờ ký.',
    emptyHint: 'Hồ sơ trình lên sẽ hiện ở đây theo hạn.',
    failed: 'Chưa tải được danh sách',
    retry: 'Tải lại',
    upDown: 'hồ sơ trước, sau',
    scroll: 'cuộn văn bản',
    pass: 'đạt, sang hồ sơ sau',
    back: 'trả lại',
    signKey: 'ký',
  },
  {
    title: 'To approve',
    count: (n: string) => `${n} dossiers`,
    lead: 'Read through, sign once',
    hint: 'Only what was read to its end is signed.',
    read: (done: number, all: number) => `${done} of ${all} dossiers read`,
    list: 'Dossiers to approve',
    what: 'Procedure, dossier',
    due: 'Step due',
    isRead: 'Read, will be signed',
    leftOut: 'Read, left out',
    unread: 'Not read to the end',
    reading: 'Being read',
    sign: (n: number) => `Sign the ${n} that were read`,
    signNone: 'Nothing was read to its end yet.',
    leave: 'leave out',
    empty: 'Nothing waits for your approval.',
    emptyHint: 'What is submitted appears here by due date.',
    failed: 'The list could not be loaded',
    retry: 'Load again',
    upDown: 'former, next dossier',
    scroll: 'scroll',
    pass: 'good, next one',
    back: 'send back',
    signKey: 'sign',
  },
)

/** One after the other: read through, then sign once what was read. An item counts as read after its end was seen. */
export function ApprovalsPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const go = useGo()
  const { query, tasks } = useTasks({ kind: 'approve', filter: 'all' })
  const [active, setActive] = useState<string>()
  const [signing, setSigning] = useState(false)
  const marks = useReadMarks(tasks)
  const bulk = useBulkTasks(() => undefined)
  const current = tasks.find(({ id }) => id === active) ?? tasks[0]
  const toSign = tasks.filter(({ id }) => marks.of(id) === 'read')
  const tooMany = useTooMany(toSign.length)
  const seen = tasks.filter(({ id }) => marks.of(id) !== undefined).length
  const open = (task: TaskItem): void => {
    keepWalk(
      tasks.map(({ dossier }) => dossier.code),
      task.dossier.code,
    )
    go(`/desk/ho-so/${task.dossier.code}`)
  }
  const next = (): void => {
    if (!current) return
    const at = tasks.indexOf(current)
    const ahead = [...tasks.slice(at + 1), ...tasks.slice(0, at)]
    setActive((ahead.find(({ id }) => marks.of(id) === undefined) ?? ahead[0])?.id)
  }
  const blocked = toSign.length === 0 ? w.signNone : tooMany
  const sign = (): void => {
    if (!blocked) setSigning(true)
  }
  useShortcuts([
    { keys: 'Ctrl+Enter', label: w.sign(toSign.length), run: sign, when: blocked === undefined },
    {
      keys: 'x',
      label: w.leave,
      run: () => current && marks.toggle(current.id),
      when: current !== undefined && marks.of(current.id) !== undefined,
    },
  ])
  const more = query.hasNextPage ? '+' : ''
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
          {tasks.length > 0 ? (
            <Chip tone="cham">
              <span className="n">{w.count(`${tasks.length}${more}`)}</span>
            </Chip>
          ) : null}
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.upDown },
        { keys: ['Enter'], label: w.pass },
        { keys: ['X'], label: w.leave },
        { keys: ['R'], label: w.back },
        { keys: ['Space'], label: w.scroll },
        { keys: ['Ctrl+Enter'], label: w.signKey },
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
          <section className={styles.queue} aria-label={w.list}>
            <div className={styles.lead}>
              <div>
                <h2>{w.lead}</h2>
                <p className={desk.small}>{w.hint}</p>
              </div>
              <strong className={`${styles.figure} n`}>
                <span className="visually-hidden">{w.read(seen, tasks.length)}</span>
                <span aria-hidden="true">
                  {seen} / {tasks.length}
                  {more}
                </span>
              </strong>
              <span className={styles.progress} aria-hidden="true">
                <span style={{ width: `${(seen / tasks.length) * 100}%` }} />
              </span>
            </div>
            <div className={desk.fill}>
              <WorkList
                label={w.list}
                groups={[{ id: 'approve', label: '', items: tasks }]}
                keyOf={(task) => task.id}
                nameOf={(task) => `${task.dossier.code} ${task.dossier.owner}`}
                active={current?.id}
                onActive={setActive}
                onOpen={open}
                onNearEnd={() => {
                  if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
                }}
                rowHeight={60}
                empty={null}
                columns={[
                  {
                    id: 'read',
                    head: '',
                    width: '22px',
                    cell: (task) => {
                      const mark = marks.of(task.id)
                      if (mark === 'read')
                        return <Check size={20} className={styles.isRead} role="img" aria-label={w.isRead} />
                      if (mark === 'left-out')
                        return <CircleMinus size={20} role="img" aria-label={w.leftOut} />
                      return task.id === current?.id ? (
                        <CircleDot size={20} className={styles.isReading} role="img" aria-label={w.reading} />
                      ) : (
                        <Circle size={20} className={styles.isUnread} role="img" aria-label={w.unread} />
                      )
                    },
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
                    width: '184px',
                    align: 'end',
                    cell: (task) => <PaceChip pace={task.pace} words={task.paceWords} />,
                  },
                ]}
              />
            </div>
            <div className={styles.sign}>
              <Button
                look="main"
                wide
                icon={Signature}
                shortcut="Ctrl+Enter"
                blocked={blocked}
                onClick={sign}
              >
                {w.sign(toSign.length)}
              </Button>
            </div>
          </section>
          {current ? (
            <ReadThrough
              key={current.id}
              task={current}
              read={marks.of(current.id) !== undefined}
              onRead={(version) => marks.read(current.id, version)}
              onOpen={() => open(current)}
              onNext={next}
            />
          ) : null}
        </div>
      )}
      {signing ? <SignSheet tasks={toSign} onClose={() => setSigning(false)} onSend={bulk.send} /> : null}
      {bulk.result}
    </DeskScreen>
  )
}
