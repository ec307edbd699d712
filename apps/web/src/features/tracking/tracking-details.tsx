import {
  Armchair,
  CircleCheck,
  CircleX,
  FilePlus2,
  type LucideIcon,
  OctagonPause,
  PackageCheck,
  Wallet,
} from 'lucide-react'
import { useState } from 'react'
import type { Tracking } from '#modules/dossiers/contract.ts'
import { classes } from '../../ui/classes.ts'
import { explanationOf } from '../../ui/due/date-explanation.ts'
import { WhyThisDate } from '../../ui/due/why-this-date.tsx'
import { formatDayMonth, formatLongDate, formatMoment, partsOf } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { Timeline, type TimelineItem } from '../../ui/timeline/timeline.tsx'
import styles from './tracking.module.css'
import { dayOf, headAndRest, isAhead, words } from './words.ts'

type Deadline = NonNullable<Tracking['deadline']>
const NEXT: Record<NonNullable<Tracking['next']>['kind'], { icon: LucideIcon; look: string | undefined }> = {
  nothing: { icon: Armchair, look: styles.calm },
  supplement: { icon: FilePlus2, look: styles.waits },
  pay: { icon: Wallet, look: styles.waits },
  collect: { icon: PackageCheck, look: styles.calm },
  done: { icon: CircleCheck, look: styles.calm },
  refused: { icon: CircleX, look: styles.ended },
  ended: { icon: OctagonPause, look: styles.ended },
}

/** What the second factor opens: the date, what to do, why this date, and the path. */
export function TrackingDetails({ tracking }: { tracking: Tracking }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [why, setWhy] = useState(true)
  const { deadline, next, requested = [], delay } = tracking
  const ended = next?.kind === 'ended'
  // Before acceptance no clock runs, so there is nothing to say about a date.
  const counts = !ended && tracking.state !== 'INTAKE_SUPPLEMENT' && tracking.state !== 'SUBMITTED'
  return (
    <>
      {counts ? <DuePanel tracking={tracking} deadline={deadline} /> : null}
      {delay ? (
        <section className={styles.sorry}>
          <p>
            <strong>{delay.apology[language]}</strong>
          </p>
          {delay.reason ? <p>{w.because(delay.reason[language])}</p> : null}
        </section>
      ) : null}
      {tracking.refusal ? (
        <section className={styles.sorry}>
          <h2>{w.refused}</h2>
          <p lang="vi">{w.because(tracking.refusal.reason)}</p>
        </section>
      ) : null}
      {next ? <NextStep next={next} /> : null}
      {requested.length > 0 ? (
        <section>
          <h2>{w.asked}</h2>
          <ol className={styles.asked} lang="vi">
            {requested.map((paper) => (
              <li key={paper.what}>
                <strong>{paper.what}</strong>
                <p>{paper.reason}</p>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {counts && deadline && deadline.explanation.length > 0 ? (
        <WhyThisDate open={why} onToggle={setWhy} explanation={explanationOf(deadline)} />
      ) : null}
      <Path tracking={tracking} />
    </>
  )
}

function NextStep({ next }: { next: NonNullable<Tracking['next']> }) {
  const { language } = useLanguage()
  const { icon: Icon, look } = NEXT[next.kind]
  const { head, rest } = headAndRest(next[language])
  return (
    <section className={classes(styles.next, look)}>
      <h2 className={styles.nextTitle}>
        <Icon size={22} aria-hidden="true" /> <span>{head}</span>
      </h2>
      {rest ? <p>{rest}</p> : null}
    </section>
  )
}

function DuePanel({ tracking, deadline }: { tracking: Tracking; deadline: Deadline | undefined }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const due = tracking.due ? partsOf(tracking.due) : undefined
  const waits = deadline?.pace === 'PAUSED'
  const late = deadline?.pace === 'OVERDUE' || deadline?.pace === 'LATE'
  const running = deadline?.pace === 'ON_TRACK' || deadline?.pace === 'DUE_SOON'
  const days = running ? dayOf(deadline?.ruler) : undefined
  const share = days ? (100 * days.day) / (days.of + days.added) : tracking.completion
  return (
    <section className={styles.due}>
      <p>{due ? (waits ? w.dueWaits : w.due) : w.noDue}</p>
      {due ? <p className={classes(styles.date, 'n')}>{formatLongDate(due.date, language)}</p> : null}
      {due ? (
        <p>
          <span className="n">{w.before(due.time)}</span>
          {deadline ? (
            <>
              {' · '}
              <strong className={late ? styles.late : undefined}>{deadline.paceWords[language]}</strong>
            </>
          ) : null}
        </p>
      ) : (
        <p>{w.noDueNote}</p>
      )}
      <div className={styles.track} aria-hidden="true">
        <span style={{ width: `${Math.min(100, share)}%` }} />
      </div>
      <p className={styles.done}>
        {days ? (
          <>
            <span>{w.day(days.day)}</span> <span>{w.days(days.of, days.added)}</span>
          </>
        ) : (
          w.done(tracking.completion)
        )}
      </p>
    </section>
  )
}

function Path({ tracking }: { tracking: Tracking }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { timeline = [], delay } = tracking
  if (timeline.length === 0) return null
  const now = new Date()
  const dayOfMoment = (instant: string) => formatDayMonth(partsOf(instant).date)
  const items = timeline.map((step, index): TimelineItem => {
    const current = step.state === 'current'
    const ahead = step.expected && isAhead(step.expected, now) ? step.expected : undefined
    const last = index === timeline.length - 1
    const when = current
      ? w.now
      : step.at
        ? formatMoment(step.at)
        : ahead
          ? (last ? w.latest : w.expected)(dayOfMoment(ahead))
          : ''
    const place =
      current && step.at
        ? w.holds(step.place, dayOfMoment(step.at)) + (ahead ? w.stepDue(dayOfMoment(ahead)) : '')
        : step.place
    return {
      id: String(index),
      title: step.title[language],
      state: current ? 'now' : step.state === 'done' ? 'done' : 'expected',
      when,
      detail: [place, step.note?.[language]].filter(Boolean).join('. '),
      ...(current && delay?.reason ? { delay: w.because(delay.reason[language]) } : {}),
    }
  })
  return (
    <section>
      <h2 className={styles.pathTitle}>{w.path}</h2>
      <Timeline label={w.path} items={items} />
    </section>
  )
}
