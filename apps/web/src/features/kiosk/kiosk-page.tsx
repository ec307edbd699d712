import { useParams } from '@tanstack/react-router'
import { ALargeSmall, ArrowLeft, Hand, Languages, Volume2, VolumeX } from 'lucide-react'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import {
  arriveForAppointment,
  getHall,
  listServiceGroups,
  type ServiceGroup,
} from '#modules/queue/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { isProblem, useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { formatDayMonth, partsOf, weekdayName } from '../../ui/format/format.ts'
import { useScanner } from '../../ui/keyboard/keyboard.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { Mark } from '../../ui/mark/mark.tsx'
import { looksLikeCard, readCitizenCard } from '../../ui/scanner/citizen-card.ts'
import { useClock } from '../hall/use-clock.ts'
import { useSurface } from '../hall/use-surface.ts'
import { useKiosk } from '../kiosk-offline/use-kiosk.ts'
import { FindScreen } from './find-screen.tsx'
import { GroupScreen } from './group-screen.tsx'
import { HelpDialog } from './help-dialog.tsx'
import styles from './kiosk.module.css'
import { LookUpScreen } from './look-up-screen.tsx'
import { MineScreen, RateScreen } from './mine-screen.tsx'
import { PapersScreen } from './papers-screen.tsx'
import { readScan } from './scan.ts'
import { type KioskSession, keepSession, keptSession, NEW_SESSION, step } from './session.ts'
import { StartScreen } from './start-screen.tsx'
import { TicketScreen } from './ticket-screen.tsx'
import { IDLE_MS, TICKET_MS, useIdle } from './use-idle.ts'
import { useSpoken } from './use-spoken.ts'
import type { Card, KioskView } from './view.ts'
import { words } from './words.ts'

const sixtyOn = (birthDate: string, today: string): boolean =>
  `${Number(birthDate.slice(0, 4)) + 60}${birthDate.slice(4)}` <= today

const unpromised = (group: ServiceGroup): ServiceGroup => ({
  ...group,
  ...{ wait: null, comeBackAt: null, servedToday: null },
})

/** The machine in the hall: three taps to a number, wiped after each visitor. */
export function KioskPage() {
  const w = useWords(words)
  const { language, setLanguage } = useLanguage()
  const { centre } = useParams({ from: '/kiosk/$centre' })
  const [session, act] = useReducer(step, centre, keptSession)
  const [card, setCard] = useState<Card | null>(null)
  const [note, setNote] = useState<string>()
  const [helping, setHelping] = useState(false)
  const main = useRef<HTMLElement>(null)
  useSurface('kiosk', session.large)
  useEffect(() => keepSession(centre, session), [centre, session])
  const { data: hall, error } = useOperation(getHall, { centre }, { refetchInterval: 60_000, keep: true })
  const services = useOperation(listServiceGroups, { centre }, { refetchInterval: 20_000, keep: true })

  const alone = useKiosk(centre)

  const wipe = useCallback(() => {
    act({ does: 'wipe' })
    setCard(null)
    setNote(undefined)
    setHelping(false)
    setLanguage('vi')
  }, [setLanguage])
  const used = session !== NEW_SESSION || language !== 'vi' || card !== null || helping
  const idle = useIdle(used, wipe, session.screen === 'ticket' ? TICKET_MS : IDLE_MS)
  const say = useSpoken({
    on: session.spoken,
    language,
    region: hall?.region ?? 'north',
    volume: hall?.volume ?? 80,
  })
  const asking = idle.left !== null
  useEffect(() => {
    if (asking) say('idle')
  }, [asking, say])
  useEffect(() => {
    say(session.screen, session.ticket?.number)
    // Who reads by ear or key begins at the new screen's heading.
    main.current?.querySelector<HTMLElement>('h1')?.focus()
    main.current?.scrollTo({ top: 0 })
  }, [session.screen, session.ticket, say])

  useScanner((text) => {
    idle.stay()
    if (looksLikeCard(text)) {
      const read = readCitizenCard(text)
      if (!read.ok) return setNote(w.scanned)
      const today = partsOf(new Date().toISOString()).date
      setCard({ sixty: sixtyOn(read.card.birthDate, today), lastFour: read.card.personalId.slice(-4) })
      return setNote(w.cardRead)
    }
    const scan = readScan(text)
    setNote(scan ? undefined : w.scanned)
    if (scan?.kind === 'dossier') act({ does: 'go', to: 'look-up', with: { code: scan.code } })
    if (scan?.kind === 'ticket') act({ does: 'go', to: 'mine', with: { token: scan.token } })
    // Asked twice it is the same number, so that a second look at the code changes nothing.
    if (scan?.kind === 'appointment')
      void call(arriveForAppointment, { token: scan.token }).then(
        (ticket) => act({ does: 'go', to: 'mine', with: { token: ticket.token } }),
        (problem: unknown) => setNote(messageOf(problem, language)),
      )
  })

  if (!hall && isProblem(error) && error.kind === 'not-found')
    return (
      <main className={styles.alone}>
        <Mark size={96} />
        <h1>{w.unknownCentre}</h1>
      </main>
    )
  const known = services.data?.items ?? []
  // Waits of before the network was lost would be promises that nobody keeps.
  const groups = alone.cutOff ? known.map(unpromised) : known
  const view: KioskView = { centre, session, act, groups, card }
  const failed = services.error && !services.data
  const guide = view.groups.filter(({ kind }) => kind === 'guide').flatMap(({ counters }) => counters)
  const other = language === 'vi' ? 'en' : 'vi'
  return (
    <div className={styles.kiosk}>
      <Head centre={hall?.centre.name ?? ''} />
      <main ref={main} className={styles.main}>
        {session.screen === 'start' ? null : (
          <div className={styles.ways}>
            <Button icon={ArrowLeft} onClick={() => act({ does: 'back' })}>
              {session.behind.length > 1 ? w.back : w.home}
            </Button>
            <Steps screen={session.screen} />
          </div>
        )}
        {note ? (
          <p className={styles.note} role="status">
            {note}
          </p>
        ) : null}
        {alone.cutOff ? (
          <p className={styles.note} role="status">
            {alone.left > 0 ? w.cutOff : w.cutOffEmpty}
          </p>
        ) : null}
        {failed && !alone.cutOff ? (
          <ErrorSummary
            problems={[{ message: w.unavailable }]}
            action={<Button onClick={() => void services.refetch()}>{w.again}</Button>}
          />
        ) : null}
        <Screen view={view} wipe={wipe} />
      </main>
      <nav className={styles.bar} aria-label={w.bar.tools}>
        <button
          type="button"
          aria-pressed={session.large}
          onClick={() => act({ does: 'toggle', what: 'large' })}
        >
          <ALargeSmall size="2.5rem" aria-hidden="true" />
          {session.large ? w.bar.normal : w.bar.large}
        </button>
        <button
          type="button"
          aria-pressed={session.spoken}
          onClick={() => act({ does: 'toggle', what: 'spoken' })}
        >
          {session.spoken ? (
            <VolumeX size="2.5rem" aria-hidden="true" />
          ) : (
            <Volume2 size="2.5rem" aria-hidden="true" />
          )}
          {session.spoken ? w.bar.silent : w.bar.speak}
        </button>
        <button type="button" lang={other} onClick={() => setLanguage(other)}>
          <Languages size="2.5rem" aria-hidden="true" />
          {other === 'en' ? 'English' : 'Tiếng Việt'}
        </button>
        <button
          type="button"
          onClick={() => {
            say('help')
            setHelping(true)
          }}
        >
          <Hand size="2.5rem" aria-hidden="true" />
          {w.bar.help}
        </button>
      </nav>
      {helping ? <HelpDialog centre={centre} guide={guide} onClose={() => setHelping(false)} /> : null}
      <Dialog
        open={asking}
        onClose={idle.stay}
        title={w.idleTitle}
        actions={
          <>
            <Button onClick={wipe}>{w.leave}</Button>
            <Button look="main" onClick={idle.stay}>
              {w.stay}
            </Button>
          </>
        }
      >
        <p className={styles.countdown} role="timer" aria-live="off">
          {w.idle(idle.left ?? 0)}
        </p>
      </Dialog>
    </div>
  )
}

function Screen({ view, wipe }: { view: KioskView; wipe: () => void }) {
  switch (view.session.screen) {
    case 'start':
      return <StartScreen view={view} />
    case 'find':
      return <FindScreen view={view} />
    case 'group':
      return <GroupScreen view={view} />
    case 'papers':
      return <PapersScreen view={view} />
    case 'ticket':
      return <TicketScreen view={view} done={wipe} />
    case 'mine':
      return <MineScreen view={view} />
    case 'look-up':
      return <LookUpScreen view={view} />
    case 'rate':
      return <RateScreen view={view} done={wipe} />
  }
}

function Head({ centre }: { centre: string }) {
  const { language } = useLanguage()
  const { date, time } = partsOf(useClock().toISOString())
  return (
    <header className={styles.head}>
      <Mark size={64} on="dark" />
      <p className={styles.place} lang="vi">
        {centre}
      </p>
      <p className={styles.clock}>
        <span className="n">{time}</span>
        <small>
          {weekdayName(date, language)} <span className="n">{formatDayMonth(date)}</span>
        </small>
      </p>
    </header>
  )
}

const STEP_OF: Partial<Record<KioskSession['screen'], number>> = { find: 1, group: 1, papers: 2, ticket: 3 }

function Steps({ screen }: { screen: KioskSession['screen'] }) {
  const w = useWords(words)
  const at = STEP_OF[screen]
  if (at === undefined) return null
  return (
    <p className={styles.steps}>
      {w.step(at)}
      <span aria-hidden="true">
        {[1, 2, 3].map((n) => (
          <i key={n} data-done={n <= at || undefined} />
        ))}
      </span>
    </p>
  )
}
