import { useParams } from '@tanstack/react-router'
import { ArrowRight, Info, Radio, Volume2, VolumeX, WifiOff } from 'lucide-react'
import { type Board, getHall, type HallSettings, listServiceGroups } from '#modules/queue/contract.ts'
import { isProblem, useOperation } from '../../api/queries.ts'
import { classes } from '../../ui/classes.ts'
import { formatLongDate, formatMoment, partsOf } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { Mark } from '../../ui/mark/mark.tsx'
import { QrCode } from '../hall/qr-code.tsx'
import { useClock } from '../hall/use-clock.ts'
import { useSurface } from '../hall/use-surface.ts'
import { CrowdWord, WaitText } from '../hall/waits.tsx'
import { type BoardState, earlierCalls } from './board-state.ts'
import styles from './display.module.css'
import { type Sound, useAnnouncer } from './use-announcer.ts'
import { useHallBoard } from './use-hall-board.ts'
import { useNightlyReload, usePages, useWakeLock } from './use-pages.ts'
import { words } from './words.ts'

const ROWS = 6
const GROUPS_A_PAGE = 5
const NOTICE_MS = 12_000
const GROUPS_MS = 15_000

/** The board above the counters: who is called, who was, who waits; readable at ten metres, for weeks. */
export function DisplayPage() {
  const w = useWords(words)
  const { centre } = useParams({ from: '/display/$centre' })
  useSurface('display')
  useNightlyReload()
  useWakeLock()
  const { state, next, board, oldSince, error } = useHallBoard(centre)
  const { data: hall } = useOperation(getHall, { centre }, { refetchInterval: 60_000, keep: true })
  const { sound, unlock } = useAnnouncer({ centre, state, next, settings: hall })
  if (!board && isProblem(error) && error.kind === 'not-found')
    return (
      <main className={styles.alone}>
        <Mark size={96} on="dark" />
        <h1>{w.unknownCentre}</h1>
      </main>
    )
  return (
    <main className={styles.board} data-still={hall?.motion === false || undefined}>
      <Head centre={hall?.centre.name ?? board?.centre.name ?? ''} oldSince={oldSince} />
      <div className={styles.calls}>
        {isClosed(hall, board) ? (
          <Closed opensAt={hall?.opensAt ?? ''} />
        ) : (
          <Calls state={state} loading={board === undefined} />
        )}
      </div>
      <aside className={styles.side}>
        <Waiting centre={centre} />
        <Media centre={centre} hall={hall} />
      </aside>
      <Foot board={board} hall={hall} sound={sound} unlock={unlock} />
      <ol className="visually-hidden" aria-live="polite" aria-label={w.log}>
        {state.calls.slice(0, 3).map(({ key, number, counter }) => (
          <li key={key}>{w.said(number, counter)}</li>
        ))}
      </ol>
    </main>
  )
}

function Head({ centre, oldSince }: { centre: string; oldSince: Date | null }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { date, time } = partsOf(useClock().toISOString())
  return (
    <header className={styles.head}>
      <Mark size={76} on="dark" />
      <div className={styles.place}>
        <h1 lang="vi">{centre}</h1>
        <p>{formatLongDate(date, language)}</p>
      </div>
      {oldSince ? (
        <p className={classes(styles.link, styles.old)} role="status">
          <WifiOff size="1.75rem" aria-hidden="true" /> {w.old(partsOf(oldSince.toISOString()).time)}
        </p>
      ) : (
        <p className={styles.link}>
          <Radio size="1.75rem" aria-hidden="true" /> {w.live}
        </p>
      )}
      <p className={classes(styles.clock, 'n')}>{time}</p>
    </header>
  )
}

/** Today is over, or no working day, and nobody is served any more: the last number of the day invites nobody. */
const isClosed = (hall: Hall | undefined, board: Board | undefined): boolean =>
  hall?.open === false &&
  hall.closesAt === null &&
  (board?.counters.every(({ state }) => state === 'CLOSED') ?? false)

function Closed({ opensAt }: { opensAt: string }) {
  const w = useWords(words)
  return (
    <div className={styles.nobody}>
      <p>{w.closedNow}</p>
      <p>{w.opens(formatMoment(opensAt))}</p>
    </div>
  )
}

function Calls({ state, loading }: { state: BoardState; loading: boolean }) {
  const w = useWords(words)
  const { current, announcing } = state
  if (!current)
    return loading ? null : (
      <div className={styles.nobody}>
        <p>{w.nobody}</p>
        <p>{w.nobodyHint}</p>
      </div>
    )
  return (
    <>
      <section key={current.key} className={styles.now} data-new={announcing || undefined}>
        <p className={styles.label}>{w.invite}</p>
        <p className={styles.label}>{w.counter}</p>
        <p className={classes(styles.big, 'n')}>
          {current.number}
          <ArrowRight size="5.5rem" strokeWidth={2.5} aria-hidden="true" />
        </p>
        <p className={classes(styles.big, 'n')}>{current.counter}</p>
      </section>
      <ol className={styles.rows}>
        {earlierCalls(state, ROWS).map(({ key, number, counter, service }) => (
          <li key={key}>
            <span className="n">{number}</span>
            <ArrowRight size="2.25rem" aria-hidden="true" />
            <span>{w.counterNo(counter)}</span>
            <span className={styles.service} lang="vi">
              {service}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

function Waiting({ centre }: { centre: string }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { data } = useOperation(listServiceGroups, { centre }, { refetchInterval: 20_000, keep: true })
  const groups = data?.items ?? []
  const pages = Math.ceil(groups.length / GROUPS_A_PAGE)
  const page = usePages(pages, GROUPS_MS)
  return (
    <section className={styles.waiting}>
      <div className={styles.sideHead}>
        <h2>{w.waiting}</h2>
        <p>{pages > 1 ? w.page(page + 1, pages) : w.estimated}</p>
      </div>
      <ul>
        {groups.slice(page * GROUPS_A_PAGE, (page + 1) * GROUPS_A_PAGE).map((group) => (
          <li key={group.id}>
            <span className={styles.prefix}>{group.prefix}</span>
            <span className={styles.group}>
              <strong lang={language === 'vi' ? 'vi' : undefined}>
                {language === 'vi' ? group.name : group.nameEn}
              </strong>
              <span className={styles.crowd}>
                {group.open || group.waiting > 0 ? (
                  <>
                    <CrowdWord crowd={group.crowd} size="1.5rem" />
                    {/* Nobody of its own, and yet a wait: its counters serve other lines too. */}
                    {group.waiting > 0 || group.crowd === 'FEW' ? ` · ${w.people(group.waiting)}` : null}
                    <span className={styles.wait}>
                      <WaitText wait={group.wait} />
                    </span>
                  </>
                ) : (
                  w.noNumbers
                )}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

type Hall = HallSettings & { closesAt: string | null; opensAt: string; open: boolean }

/** One card at a time: the way to a number by phone, then the centre's own pages. */
function Media({ centre, hall }: { centre: string; hall: Hall | undefined }) {
  const w = useWords(words)
  const slides = hall?.slides ?? []
  const page = usePages(slides.length + 1, 20_000)
  const slide = slides[page - 1]
  if (slide)
    return (
      <section className={styles.slide}>
        {slide.picture ? <img src={slide.picture} alt="" /> : null}
        <div>
          <h2 lang="vi">{slide.title}</h2>
          <p lang="vi">{slide.text}</p>
        </div>
      </section>
    )
  const line = hall
    ? hall.closesAt
      ? w.until(partsOf(hall.closesAt).time)
      : w.opens(formatMoment(hall.opensAt))
    : ''
  return (
    <section className={styles.slide}>
      <QrCode className={styles.qr} text={`${window.location.origin}/lay-so/${centre}`} label={w.qr} />
      <div>
        <h2>{w.phone}</h2>
        <p>{line}</p>
      </div>
    </section>
  )
}

const noticesOf = (
  board: Board | undefined,
  hall: HallSettings | undefined,
  w: ReturnType<typeof useWords<(typeof words)['vi']>>,
  language: 'vi' | 'en',
): string[] => {
  const paused = (board?.counters ?? [])
    .filter(({ state }) => state === 'PAUSED')
    .map(({ number, until }) => (until ? w.pausedUntil(number, partsOf(until).time) : w.paused(number)))
  return [
    ...(paused.length > 0 ? [paused.join(' ')] : []),
    ...(hall?.notices ?? []).map((notice) => (language === 'en' && notice.en ? notice.en : notice.vi)),
    w.priority,
  ]
}

type FootProps = { board: Board | undefined; hall: Hall | undefined; sound: Sound; unlock: () => void }

function Foot({ board, hall, sound, unlock }: FootProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const notices = noticesOf(board, hall, w, language)
  const page = usePages(notices.length, NOTICE_MS)
  return (
    <footer className={styles.foot}>
      <Info size="2.25rem" aria-hidden="true" className={styles.info} />
      <p className={styles.notice}>{notices[page]}</p>
      {notices.length > 1 ? <p className={styles.page}>{w.page(page + 1, notices.length)}</p> : null}
      {sound === 'locked' ? (
        <button type="button" className={styles.sound} onClick={unlock} title={w.soundHint}>
          <VolumeX size="2rem" aria-hidden="true" /> {w.soundOff}
        </button>
      ) : (
        <p className={styles.soundState}>
          {sound === 'speaks' ? (
            <Volume2 size="1.75rem" aria-hidden="true" />
          ) : (
            <VolumeX size="1.75rem" aria-hidden="true" />
          )}
          <span className="visually-hidden">{w.sounds[sound]}</span>
        </p>
      )}
    </footer>
  )
}
