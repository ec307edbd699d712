import { useMutation } from '@tanstack/react-query'
import { BellRing, CircleCheck, DoorOpen, Hourglass } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { getProcedure } from '#modules/catalogue/contract.ts'
import {
  cancelTicket,
  explainOrder,
  getTicket,
  returnToLine,
  type VisitorTicket,
} from '#modules/queue/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { partsOf } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { WaitText, waitText, waitWords } from '../hall/waits.tsx'
import styles from './tickets.module.css'
import { words } from './words.ts'

/** Near the head of the line a minute matters. */
const NEAR = 3
const OFTEN_MS = 5_000
const SELDOM_MS = 15_000
const ENDED: readonly VisitorTicket['state'][] = ['DONE', 'CANCELLED']

/** A ticket as it stands now: place in line, range, counter, what may be done. It reloads itself. */
export function TicketView({ token, kiosk = false }: { token: string; kiosk?: boolean }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [every, setEvery] = useState<number | undefined>(SELDOM_MS)
  const { data, error, refetch, dataUpdatedAt } = useOperation(
    getTicket,
    { token },
    { refetchInterval: every, keep: true },
  )
  useEffect(() => {
    if (!data) return
    setEvery(ENDED.includes(data.state) ? undefined : data.ahead <= NEAR ? OFTEN_MS : SELDOM_MS)
  }, [data])
  if (!data)
    return error ? (
      <ErrorSummary
        problems={[{ message: messageOf(error, language) }]}
        action={<Button onClick={() => void refetch()}>{w.again}</Button>}
      />
    ) : (
      <Loading>
        <SkeletonLines lines={6} />
      </Loading>
    )
  return (
    <>
      <Head ticket={data} />
      <Place ticket={data} />
      <Doings ticket={data} changed={() => void refetch()} kiosk={kiosk} />
      <Why ticket={data} />
      {data.procedures.map((code) => (
        <Papers key={code} code={code} />
      ))}
      {ENDED.includes(data.state) ? null : (
        <p className={styles.small} role="status">
          {w.updated(partsOf(new Date(dataUpdatedAt).toISOString()).time)}
        </p>
      )}
    </>
  )
}

function Head({ ticket }: { ticket: VisitorTicket }) {
  const w = useWords(words)
  const { language } = useLanguage()
  return (
    <header className={styles.head}>
      <h1 className={styles.number}>
        <span className="visually-hidden">{w.title('')}</span>
        <span className="n">{ticket.number}</span>
      </h1>
      <p lang={language === 'vi' ? 'vi' : undefined}>
        {language === 'vi' ? ticket.serviceGroup.name : ticket.serviceGroup.nameEn}
      </p>
      <p className={styles.small}>{w.taken(partsOf(ticket.issuedAt).time)}</p>
    </header>
  )
}

function Place({ ticket }: { ticket: VisitorTicket }) {
  const w = useWords(words)
  const range = useWords(waitWords)
  const { state, counter, wait, ahead, comeBackAt, servedToday, promised } = ticket
  if (state === 'CALLED' || state === 'SERVING')
    return (
      <section className={classes(styles.card, state === 'CALLED' && styles.called)} aria-live="assertive">
        <p className={styles.state}>
          {state === 'CALLED' ? <BellRing aria-hidden="true" /> : <DoorOpen aria-hidden="true" />}{' '}
          {w.states[state]}
        </p>
        {counter ? <p className={styles.large}>{w.counter(counter.number)}</p> : null}
        {counter ? <p lang="vi">{counter.name}</p> : null}
      </section>
    )
  if (state !== 'WAITING')
    return (
      <section className={styles.card} aria-live="polite">
        <p className={styles.state}>
          {state === 'DONE' ? <CircleCheck aria-hidden="true" /> : <Hourglass aria-hidden="true" />}{' '}
          {w.states[state]}
        </p>
        {state === 'HELD' ? <p>{w.held}</p> : null}
        {state === 'DONE' ? <p>{w.done}</p> : null}
        {state === 'NO_SHOW' && !ticket.may.returnToLine ? <p>{w.gone}</p> : null}
      </section>
    )
  return (
    <section className={styles.card} aria-live="polite">
      <p className={styles.state}>
        <Hourglass aria-hidden="true" /> {ahead === 0 ? w.aheadNone : w.ahead(ahead)}
      </p>
      <dl className={styles.facts}>
        <dt>{w.wait}</dt>
        <dd className={styles.large}>
          <WaitText wait={wait} />
        </dd>
        {comeBackAt ? (
          <>
            <dt>{w.comeBack}</dt>
            <dd className={classes(styles.large, 'n')}>{partsOf(comeBackAt).time}</dd>
          </>
        ) : null}
      </dl>
      {servedToday === true ? <p className={styles.good}>{w.today}</p> : null}
      {servedToday === false ? <p className={styles.bad}>{w.notToday}</p> : null}
      {promised ? <p className={styles.small}>{w.promised(waitText(promised, range))}</p> : null}
    </section>
  )
}

function Doings({ ticket, changed, kiosk }: { ticket: VisitorTicket; changed: () => void; kiosk: boolean }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [asking, setAsking] = useState(false)
  const { token, may, returnBy } = ticket
  const back = useMutation({ mutationFn: () => call(returnToLine, { token }), onSettled: changed })
  const cancel = useMutation({ mutationFn: () => call(cancelTicket, { token }), onSettled: changed })
  const error = back.error ?? cancel.error
  return (
    <section className={styles.doings}>
      {error ? <ErrorSummary problems={[{ message: messageOf(error, language) }]} /> : null}
      {may.returnToLine && returnBy ? (
        <>
          <p>{w.returnWhy(partsOf(returnBy).time)}</p>
          <Button look="main" wide busy={back.isPending} onClick={() => back.mutate()}>
            {w.return}
          </Button>
        </>
      ) : null}
      {back.isSuccess ? <p role="status">{w.returned}</p> : null}
      {may.rate && !kiosk ? (
        <AppLink href={`/danh-gia/${token}`} className={styles.mainLink}>
          {w.rate}
        </AppLink>
      ) : null}
      {kiosk ? null : <Buzz ticket={ticket} />}
      {!may.cancel &&
      !may.returnToLine &&
      ticket.state !== 'CALLED' &&
      ticket.state !== 'SERVING' &&
      !kiosk ? (
        <AppLink href={`/lay-so/${ticket.centre}`}>{w.newNumber}</AppLink>
      ) : null}
      {may.cancel ? (
        <Button look="quiet" onClick={() => setAsking(true)}>
          {w.cancel}
        </Button>
      ) : null}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={w.cancelAsk}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{w.cancelNo}</Button>
            <Button
              look="danger"
              busy={cancel.isPending}
              onClick={() => {
                cancel.mutate()
                setAsking(false)
              }}
            >
              {w.cancelYes}
            </Button>
          </>
        }
      >
        {null}
      </Dialog>
    </section>
  )
}

/** The phone buzzes and rings at the call: a deaf visitor feels it, one outside hears it. Sound needs this one tap. */
function Buzz({ ticket: { state } }: { ticket: VisitorTicket }) {
  const w = useWords(words)
  const audio = useRef<AudioContext | undefined>(undefined)
  const [on, setOn] = useState(false)
  useEffect(() => () => void audio.current?.close(), [])
  useEffect(() => {
    if (!on || state !== 'CALLED' || !audio.current) return
    navigator.vibrate?.([400, 200, 400, 200, 400])
    beep(audio.current)
  }, [on, state])
  if (state !== 'WAITING') return null
  if (on) return <p role="status">{w.buzzing}</p>
  return (
    <Button
      icon={BellRing}
      wide
      onClick={() => {
        audio.current = new AudioContext()
        navigator.vibrate?.(100)
        setOn(true)
      }}
    >
      {w.buzz}
    </Button>
  )
}

const beep = (audio: AudioContext): void => {
  for (const at of [0, 0.5, 1]) {
    const tone = audio.createOscillator()
    tone.frequency.value = 880
    tone.connect(audio.destination)
    tone.start(audio.currentTime + at)
    tone.stop(audio.currentTime + at + 0.3)
  }
}

function Why({ ticket }: { ticket: VisitorTicket }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [open, setOpen] = useState(false)
  const { data } = useOperation(
    explainOrder,
    { token: ticket.token },
    { enabled: open, refetchInterval: open ? 20_000 : undefined },
  )
  return (
    <details className={styles.why} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{w.why}</summary>
      {data ? (
        <>
          <h2>{w.rule}</h2>
          <ul>
            {data.rule.map((line) => (
              <li key={line.vi}>{line[language]}</li>
            ))}
          </ul>
          <h2>{w.before}</h2>
          {data.calledBefore.length === 0 ? <p>{w.nobodyBefore}</p> : null}
          <ul>
            {data.calledBefore.map(({ number, calledAt, why }) => (
              <li key={`${number} ${calledAt}`}>
                <strong className="n">{number}</strong> <span className="n">{partsOf(calledAt).time}</span>{' '}
                {why[language]}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </details>
  )
}

function Papers({ code }: { code: string }) {
  const w = useWords(words)
  const { data } = useOperation(getProcedure, { code }, { staleTime: 600_000 })
  const papers = data?.cases[0]?.components ?? []
  if (!data || papers.length === 0) return null
  return (
    <section className={styles.papers}>
      <h2>{w.prepare}</h2>
      <p lang="vi">{data.plainName ?? data.name}</p>
      <PaperNames papers={papers.filter(({ mandatory }) => mandatory)} />
      {papers.every(({ mandatory }) => mandatory) ? null : (
        <details className={styles.why}>
          <summary>{w.sometimes}</summary>
          <PaperNames papers={papers.filter(({ mandatory }) => !mandatory)} />
        </details>
      )}
    </section>
  )
}

function PaperNames({ papers }: { papers: readonly { id: string; name: string }[] }) {
  return (
    <ul lang="vi">
      {papers.map(({ id, name }) => (
        <li key={id}>{name}</li>
      ))}
    </ul>
  )
}
