import { useParams } from '@tanstack/react-router'
import { BellRing, DoorClosed, DoorOpen, Pause, WifiOff } from 'lucide-react'
import type { Board } from '#modules/queue/contract.ts'
import { isProblem } from '../../api/queries.ts'
import { classes } from '../../ui/classes.ts'
import { partsOf } from '../../ui/format/format.ts'
import { useWords } from '../../ui/language/language.tsx'
import { useSurface } from '../hall/use-surface.ts'
import styles from './display.module.css'
import { useHallBoard } from './use-hall-board.ts'
import { useNightlyReload, useWakeLock } from './use-pages.ts'
import { words } from './words.ts'

type Counter = Board['counters'][number]
const ICONS = { OPEN: DoorOpen, PAUSED: Pause, CLOSED: DoorClosed } as const
const NEXT = 3

/** What hangs at one counter: its number, who is asked to come, who comes next. */
export function CounterDisplayPage() {
  const w = useWords(words)
  const { centre, counter: number } = useParams({ from: '/display/$centre/$counter' })
  useSurface('display')
  useNightlyReload()
  useWakeLock()
  const { state, board, oldSince, error } = useHallBoard(centre)
  const counter = board?.counters.find((one) => String(one.number) === number || one.id === number)
  const why = (): string => {
    if (board) return w.unknownCounter(number)
    return isProblem(error) && error.kind === 'not-found' ? w.unknownCentre : w.noBoard
  }
  if (!board || !counter)
    return <main className={styles.alone}>{board || error ? <h1>{why()}</h1> : null}</main>
  const called = state.calls.find((call) => call.counter === counter.number && call.number === counter.ticket)
  return (
    <main className={styles.counterBoard}>
      <header className={styles.counterHead}>
        <h1>{w.counterNo(counter.number)}</h1>
        <p lang="vi">{counter.name}</p>
        {counter.officer ? (
          <p className={styles.officer} lang="vi">
            {counter.officer}
          </p>
        ) : null}
      </header>
      <section
        key={called?.key ?? counter.ticket ?? 'nobody'}
        className={classes(styles.counterNow, counter.ticket ? styles.lit : null)}
        aria-live="polite"
      >
        {counter.ticket ? (
          <>
            <p className={styles.please}>
              <BellRing size="3.5rem" aria-hidden="true" /> {w.please}
            </p>
            <p className={classes(styles.counterNumber, 'n')}>{counter.ticket}</p>
          </>
        ) : (
          <p className={styles.please}>{counter.state === 'OPEN' ? w.ready : stateWord(counter, w)}</p>
        )}
      </section>
      <footer className={styles.counterFoot}>
        <p className={styles.next}>
          {w.nextUp}{' '}
          {nextOf(board, counter).map((code) => (
            <strong key={code} className="n">
              {code}
            </strong>
          ))}
        </p>
        {oldSince ? (
          <p className={styles.old} role="status">
            <WifiOff size="2rem" aria-hidden="true" /> {w.old(partsOf(oldSince.toISOString()).time)}
          </p>
        ) : null}
        <State counter={counter} />
      </footer>
    </main>
  )
}

const nextOf = ({ groups }: Board, { groups: own }: Counter): string[] =>
  groups
    .filter(({ prefix }) => own.includes(prefix))
    .flatMap(({ next }) => next)
    .slice(0, NEXT)

const stateWord = ({ state, until }: Counter, w: (typeof words)['vi']): string =>
  state === 'OPEN' ? w.open : state === 'CLOSED' ? w.closed : until ? w.back(partsOf(until).time) : w.pause

function State({ counter }: { counter: Counter }) {
  const w = useWords(words)
  const Icon = ICONS[counter.state]
  return (
    <p className={styles.counterState} data-state={counter.state}>
      <Icon size="2.5rem" aria-hidden="true" /> {stateWord(counter, w)}
    </p>
  )
}
