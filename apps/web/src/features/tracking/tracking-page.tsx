import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import {
  Armchair,
  CircleCheck,
  FilePlus2,
  type LucideIcon,
  OctagonPause,
  PackageCheck,
  Wallet,
} from 'lucide-react'
import { useState } from 'react'
import { openTracking, type Tracking, trackDossier } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { WhyThisDate } from '../../ui/due/why-this-date.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { formatDayMonth, formatLongDate, formatMoment, partsOf } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { StatusChip } from '../../ui/status/chip.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import { Timeline, type TimelineItem } from '../../ui/timeline/timeline.tsx'
import styles from './tracking.module.css'

const words = catalogue(
  {
    done: (n: number) => `Đã xong ${n} phần trăm các bước`,
    pin: 'Mã PIN trên Giấy tiếp nhận, hoặc 4 số cuối số định danh hay điện thoại',
    pinTitle: 'Xem ngày hẹn và từng bước',
    pinWhy: 'Để người khác không xem được hồ sơ của ông/bà.',
    open: 'Xem hồ sơ',
    official: 'Tên chính thức của thủ tục',
    due: 'Hẹn trả kết quả',
    noDue: 'Thủ tục này không định hạn',
    before: (time: string) => `trước ${time}`,
    path: 'Hồ sơ đã qua những đâu',
    now: 'đang làm',
    expected: (day: string) => `dự kiến ${day}`,
    asked: 'Giấy cần nộp thêm',
    until: (day: string) => `Nộp trước ${day}.`,
    phone: (hint: string) => `Có kết quả, chúng tôi nhắn tới số ${hint}.`,
    again: 'Tải lại',
    code: 'Mã hồ sơ',
    moved: 'Ngày hẹn đã đổi.',
    needPin: 'Nhập mã PIN hoặc 4 số cuối.',
  },
  {
    done: (n: number) => `${n} per cent of the steps done`,
    pin: 'PIN on the receipt, or the last 4 digits of your personal or phone number',
    pinTitle: 'See the date and each step',
    pinWhy: 'So that nobody else can see your dossier.',
    open: 'Show the dossier',
    official: 'Official name of the procedure',
    due: 'Result due',
    noDue: 'This procedure has no time limit',
    before: (time: string) => `before ${time}`,
    path: 'Where it has been',
    now: 'now',
    expected: (day: string) => `expected ${day}`,
    asked: 'Papers to add',
    until: (day: string) => `Hand in before ${day}.`,
    phone: (hint: string) => `We will text ${hint} when the result is ready.`,
    again: 'Reload',
    code: 'Dossier code',
    moved: 'The date has changed.',
    needPin: 'Type the PIN or the last 4 digits.',
  },
)
const NEXT: Record<NonNullable<Tracking['next']>['kind'], { icon: LucideIcon; look: string | undefined }> = {
  nothing: { icon: Armchair, look: styles.calm },
  supplement: { icon: FilePlus2, look: styles.waits },
  pay: { icon: Wallet, look: styles.waits },
  collect: { icon: PackageCheck, look: styles.calm },
  done: { icon: CircleCheck, look: styles.calm },
  ended: { icon: OctagonPause, look: styles.ended },
}

export function TrackingPage() {
  const { code } = useParams({ from: '/portal/tra-cuu/$code' })
  return <TrackingOf key={code} code={code} />
}

function TrackingOf({ code }: { code: string }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const outline = useOperation(trackDossier, { code })
  const opened = useMutation({ mutationFn: (pin: string) => call(openTracking, { code, pin }) })
  const [pin, setPin] = useState('')
  const [empty, setEmpty] = useState(false)
  const shown = opened.data ?? outline.data
  const error = opened.error ?? outline.error
  return (
    <div className={styles.page}>
      {error ? (
        <ErrorSummary
          key={opened.submittedAt}
          problems={[
            { message: messageOf(error, language), ...(opened.error ? { field: 'tracking-pin' } : {}) },
          ]}
          action={
            outline.error ? <Button onClick={() => void outline.refetch()}>{w.again}</Button> : undefined
          }
        />
      ) : null}
      {shown ? <Head tracking={shown} /> : null}
      {!shown && !error ? (
        <Loading>
          <SkeletonLines lines={6} />
        </Loading>
      ) : null}
      {shown && !opened.data ? (
        <form
          className={styles.card}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setEmpty(pin.trim().length < 4)
            if (pin.trim().length >= 4) opened.mutate(pin.trim())
          }}
        >
          <h2>{w.pinTitle}</h2>
          <TextField
            id="tracking-pin"
            label={w.pin}
            hint={w.pinWhy}
            value={pin}
            onChange={setPin}
            inputMode="numeric"
            error={empty ? w.needPin : undefined}
            className="n"
          />
          <Button look="main" type="submit" busy={opened.isPending}>
            {w.open}
          </Button>
        </form>
      ) : null}
      {opened.data ? <Details tracking={opened.data} /> : null}
    </div>
  )
}

function Head({ tracking }: { tracking: Tracking }) {
  const w = useWords(words)
  return (
    <header className={styles.head}>
      <p className={styles.row}>
        <span className="n">
          <span className="visually-hidden">{w.code}: </span>
          {tracking.code}
        </span>
        {tracking.deadline ? <PaceChip pace={tracking.deadline.pace} /> : null}
        {tracking.state ? <StatusChip status={tracking.state} /> : null}
      </p>
      <h1>{tracking.procedure?.name ?? w.done(tracking.completion)}</h1>
      {tracking.procedure && tracking.procedure.officialName !== tracking.procedure.name ? (
        <details>
          <summary>{w.official}</summary>
          <p>{tracking.procedure.officialName}</p>
        </details>
      ) : null}
      <meter
        className="visually-hidden"
        min={0}
        max={100}
        value={tracking.completion}
        aria-label={w.done(tracking.completion)}
      />
    </header>
  )
}

function Details({ tracking }: { tracking: Tracking }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { deadline, next, timeline = [], requested = [] } = tracking
  const due = tracking.due ? partsOf(tracking.due) : undefined
  const former = deadline?.originalDue ? partsOf(deadline.originalDue).date : undefined
  const look = next ? NEXT[next.kind] : undefined
  const delay = tracking.delay ? `${tracking.delay.apology[language]} ${tracking.delay.reason}` : undefined
  return (
    <>
      <section className={styles.due}>
        <p>{due ? w.due : w.noDue}</p>
        {due ? <p className={classes(styles.date, 'n')}>{formatLongDate(due.date, language)}</p> : null}
        {due ? (
          <p>
            <span className="n">{w.before(due.time)}</span>
            {deadline ? <strong> · {deadline.paceWords[language]}</strong> : null}
          </p>
        ) : null}
        <div className={styles.track} aria-hidden="true">
          <span style={{ width: `${tracking.completion}%` }} />
        </div>
        <p className={styles.done}>{w.done(tracking.completion)}</p>
      </section>
      {next && look ? (
        <section className={classes(styles.next, look.look)}>
          <p className={styles.nextTitle}>
            <look.icon size={22} aria-hidden="true" /> <strong>{next[language]}</strong>
          </p>
          {next.kind === 'nothing' && tracking.phoneHint ? <p>{w.phone(tracking.phoneHint)}</p> : null}
        </section>
      ) : null}
      {requested.length > 0 ? (
        <section>
          <h2>{w.asked}</h2>
          {tracking.until ? <p>{w.until(formatLongDate(partsOf(tracking.until).date, language))}</p> : null}
          <ul className={styles.asked}>
            {requested.map((paper) => (
              <li key={paper.what}>
                <strong>{paper.what}</strong>
                <p>{paper.reason}</p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {deadline && deadline.explanation.length > 0 ? (
        <WhyThisDate
          explanation={{
            sentences: deadline.explanation,
            ruler: deadline.ruler,
            ...(deadline.legalBasis ? { basis: deadline.legalBasis } : {}),
            ...(former && due && former !== due.date
              ? { extended: { formerDue: former, due: due.date, reason: delay ?? w.moved } }
              : {}),
          }}
        />
      ) : null}
      <section>
        <h2>{w.path}</h2>
        <Timeline
          label={w.path}
          items={timeline.map(
            (step, index): TimelineItem => ({
              id: String(index),
              title: step.title[language],
              state: step.state === 'current' ? 'now' : step.state,
              when:
                step.state === 'current'
                  ? w.now
                  : step.at
                    ? formatMoment(step.at)
                    : step.expected
                      ? w.expected(formatDayMonth(partsOf(step.expected).date))
                      : '',
              detail: [step.place, step.note?.[language]].filter(Boolean).join('. '),
              ...(step.state === 'current' && delay ? { delay } : {}),
            }),
          )}
        />
      </section>
    </>
  )
}
