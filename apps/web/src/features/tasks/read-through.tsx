import { Check, CircleAlert, CircleCheck, FolderOpen, PenLine, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { type DossierView, getDossier, type TaskItem } from '#modules/dossiers/contract.ts'
import { approvalChecks } from '#modules/dossiers/rules.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { ChangedText } from '../../ui/diff/changed-text.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { ActionSheet, type SheetAction } from '../dossiers/action-sheet.tsx'
import { PapersTable, ProcessCard } from '../dossiers/dossier-parts.tsx'
import { OfficialName } from '../dossiers/official-name.tsx'
import { useDossierActions } from '../dossiers/use-actions.ts'
import styles from './approvals.module.css'
import { dueInFull } from './due-text.ts'
import { submissionsOf } from './submissions.ts'

const words = catalogue(
  {
    promised: 'Hẹn trả dân',
    submitted: (who: string, when: string) => `trình bởi ${who}, ${when}`,
    submission: 'Nội dung trình',
    changed: 'Chữ thêm được tô, chữ bỏ được gạch so với lần trình trước.',
    nothing: 'Chưa có ý kiến nào ghi trong hồ sơ này.',
    checks: 'Máy đã kiểm tra',
    passed: 'Đã qua',
    spent: (used: string, all: string) => `${used} / ${all} giờ`,
    backIf: 'Trả lại nếu cần',
    backLine: 'Lý do bắt buộc. Người trình nhận ngay; hạn với người dân không đổi.',
    end: 'Hết hồ sơ trình.',
    pages: (n: number, all: number) => `Đã xem ${n} / ${all} trang`,
    scrollFirst: 'Đọc tới cuối hồ sơ rồi chọn đạt.',
    pass: 'Đạt, sang hồ sơ sau',
    alone: 'Ký riêng',
    sendBack: 'Trả lại, ghi lý do',
    open: 'Mở hồ sơ',
    scroll: 'Cuộn văn bản',
    good: 'đạt',
    look: 'cần xem',
  },
  {
    promised: 'Promised',
    submitted: (who: string, when: string) => `submitted by ${who}, ${when}`,
    submission: 'Submission',
    changed: 'Inserted words are marked and struck ones crossed out against the former submission.',
    nothing: 'There is no opinion in this dossier yet.',
    checks: 'Checked by machine',
    passed: 'Steps done',
    spent: (used: string, all: string) => `${used} / ${all} hours`,
    backIf: 'Send back if needed',
    backLine: 'The reason is required. The submitter gets it at once; the promised date stays.',
    end: 'End of the submission.',
    pages: (n: number, all: number) => `${n} / ${all} pages seen`,
    scrollFirst: 'Read to the end, then pass it.',
    pass: 'Good, next one',
    alone: 'Sign alone',
    sendBack: 'Send back with a reason',
    open: 'Open the dossier',
    scroll: 'Scroll',
    good: 'good',
    look: 'look here',
  },
)

type ReadThroughProps = {
  task: TaskItem
  read: boolean
  onRead: (version: number) => void
  onOpen: () => void
  onNext: () => void
}

/** One submission with everything that a signature rests on; loaded once, whatever the reader does with it. */
export function ReadThrough({ task, ...rest }: ReadThroughProps) {
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

/** How much of a scrolling text was in sight: its pages, the furthest one seen, and whether its end was. */
function usePagesSeen(onEnd: () => void) {
  const body = useRef<HTMLDivElement>(null)
  const [pages, setPages] = useState({ seen: 1, all: 1 })
  const latest = useRef(onEnd)
  latest.current = onEnd
  useEffect(() => {
    const element = body.current
    if (!element) return
    const look = (): void => {
      const { scrollTop, clientHeight, scrollHeight } = element
      if (clientHeight === 0) return
      const all = Math.max(1, Math.ceil(scrollHeight / clientHeight - 0.05))
      // Two pixels of tolerance: browsers round the scroll position.
      const ended = scrollTop + clientHeight >= scrollHeight - 2
      const at = ended ? all : Math.min(all, Math.floor((scrollTop + clientHeight) / clientHeight))
      setPages((before) => ({ all, seen: Math.max(at, Math.min(before.seen, all)) }))
      if (ended) latest.current()
    }
    look()
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  return { body, pages }
}

function Submission({
  dossier,
  read,
  onRead,
  onOpen,
  onNext,
}: Omit<ReadThroughProps, 'task'> & { dossier: DossierView }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const actions = useDossierActions(dossier, onNext)
  const [sheet, setSheet] = useState<SheetAction>()
  const { body, pages } = usePagesSeen(() => {
    if (!read) onRead(dossier.version)
  })
  const { task } = dossier
  const said = submissionsOf(dossier.opinions)
  const last = said.at(-1)
  const sendBack = (): void => setSheet(actions.sendBackSheet())
  const blocked = task?.blockedBy?.[language] ?? (read ? undefined : w.scrollFirst)
  useShortcuts([
    { keys: 'Enter', label: w.pass, run: onNext, when: blocked === undefined },
    { keys: 'r', label: w.sendBack, run: sendBack, when: task?.maySendBack === true },
    { keys: 'o', label: w.open, run: onOpen },
    {
      keys: 'Space',
      label: w.scroll,
      run: () =>
        body.current?.scrollBy({
          top: body.current.clientHeight * 0.85,
          // Whoever asked their system for less motion gets the next page at once.
          behavior: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
        }),
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
            {last ? ` · ${w.submitted(last.actor, formatMoment(last.at))}` : ''}
          </p>
        </div>
        <div className={styles.due}>
          <span className={desk.small}>{w.promised}</span>
          <strong className="n">{dueInFull(dossier.due, language)}</strong>
        </div>
      </header>
      <div className={styles.middle}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
        <div ref={body} className={styles.body} tabIndex={0}>
          <section className={styles.sheet} aria-label={w.submission}>
            <h3>{w.submission}</h3>
            {said.some(({ before }) => before !== undefined) ? (
              <p className={desk.small}>{w.changed}</p>
            ) : null}
            {said.length === 0 ? <p className={desk.muted}>{w.nothing}</p> : null}
            {said.map((one) => (
              <article key={one.step}>
                <h4>
                  {one.step}
                  <span className={desk.small}>
                    {' '}
                    · {one.actor}, <span className="n">{formatMoment(one.at)}</span>
                  </span>
                </h4>
                <p className={styles.said}>
                  <ChangedText before={one.before} text={one.text} />
                </p>
              </article>
            ))}
          </section>
          <PapersTable dossier={dossier} whole />
          <ProcessCard dossier={dossier} />
          <p className={desk.small}>{w.end}</p>
        </div>
        <Checks dossier={dossier} />
      </div>
      <footer className={styles.foot}>
        {task?.maySendBack ? (
          <Button look="danger" icon={Undo2} shortcut="R" onClick={sendBack}>
            {w.sendBack}
          </Button>
        ) : null}
        <Button icon={FolderOpen} shortcut="O" onClick={onOpen}>
          {w.open}
        </Button>
        {task?.mayComplete ? (
          <Button icon={PenLine} onClick={() => setSheet(actions.completeSheet())}>
            {w.alone}
          </Button>
        ) : null}
        <span className={styles.push}>
          <span className={`${desk.small} n`} aria-live="polite">
            {w.pages(pages.seen, pages.all)}
          </span>
          <Button look="main" icon={Check} shortcut="Enter" blocked={blocked} onClick={onNext}>
            {w.pass}
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

const hours = (n: number): string => String(Math.round(n * 10) / 10).replace('.', ',')

/** What the machine found, which steps the dossier went through, and what sending back means. */
function Checks({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  const { language } = useLanguage()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <aside className={styles.checks} aria-label={w.checks} tabIndex={0}>
      <h3>{w.checks}</h3>
      <ul>
        {approvalChecks(dossier).map(({ id, ok, words: say, detail }) => (
          <li key={id} data-ok={ok}>
            {ok ? (
              <CircleCheck size={18} role="img" aria-label={w.good} />
            ) : (
              <CircleAlert size={18} role="img" aria-label={w.look} />
            )}
            <span>
              {ok ? say[language] : <strong>{say[language]}</strong>}
              {detail ? <span className={styles.detail}>{detail[language]}</span> : null}
            </span>
          </li>
        ))}
      </ul>
      <h3>{w.passed}</h3>
      <dl>
        {(dossier.process?.steps ?? [])
          .filter(({ state }) => state === 'done')
          .map((step) => (
            <div key={step.step}>
              <dt>{step.name}</dt>
              <dd className="n">{w.spent(hours(step.usedHours ?? 0), hours(step.hours))}</dd>
            </div>
          ))}
      </dl>
      <h3>{w.backIf}</h3>
      <p className={desk.small}>{w.backLine}</p>
    </aside>
  )
}
