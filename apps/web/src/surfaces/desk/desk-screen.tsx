import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { listTasks } from '#modules/dossiers/contract.ts'
import { getUnit, listCentres } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { CounterStrip } from '../../features/hall/counter-strip.tsx'
import { HelpStrip } from '../../features/hall/help-strip.tsx'
import { useMyCounter } from '../../features/hall/use-counter.ts'
import { type Me, useMe } from '../../features/session/me.tsx'
import type { KeyHint } from '../../ui/key/key-bar.tsx'
import { useKeyboard } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { DeskShell } from '../../ui/shell/desk-shell.tsx'
import styles from './desk.module.css'
import { useGo } from './go.ts'
import { ACCOUNT, type Destination, destinationsOf, railWords } from './rail.ts'

const words = catalogue(
  { all: 'mọi phím tắt', command: 'lệnh và tìm kiếm', counter: (n: string) => `quầy ${n}` },
  { all: 'all keys', command: 'commands and search', counter: (n: string) => `counter ${n}` },
)

/** The family name comes first in Vietnamese: the last two words are what a person is called by. */
export const initialsOf = (name: string): string =>
  name
    .trim()
    .split(/\s+/)
    .slice(-2)
    .map((word) => word.charAt(0))
    .join('')
    .toLocaleUpperCase('vi')

type DeskScreenProps = {
  /** Plain text: the window's title and, unless `header` is given, the heading. */
  title: string
  header?: ReactNode
  keys?: readonly KeyHint[]
  /** Requests waiting for the network. */
  pending?: number
  children: ReactNode
}

/** One screen of the desk in its shell: rail with counts, header, content, key bar. */
export function DeskScreen({ title, header, keys = [], pending, children }: DeskScreenProps) {
  const w = useWords(words)
  const names = useWords(railWords)
  const me = useMe()
  const go = useGo()
  const keyboard = useKeyboard()
  const { pathname } = useLocation()
  const counts = useCounts(me)
  useEffect(() => {
    document.title = `${title} · Một Cửa`
  }, [title])
  return (
    <DeskShell
      rail={destinationsOf(me.rail).map(({ id, href, icon }) => ({
        href,
        icon,
        label: names[id],
        badge: counts[id],
        current: pathname === href || pathname.startsWith(`${href}/`),
      }))}
      user={{ name: me.name, initials: initialsOf(me.name), onOpen: () => go(ACCOUNT) }}
      onHelp={() =>
        keyboard
          .current()
          .find(({ keys }) => keys === '?')
          ?.run()
      }
      strip={
        me.rail.includes('queue') ? (
          <>
            <HelpStrip />
            <CounterStrip />
          </>
        ) : null
      }
      header={header ?? <h1 className={styles.title}>{title}</h1>}
      keys={[...keys, { keys: ['Ctrl+K'], label: w.command }, { keys: ['?'], label: w.all }]}
      status={<Whereabouts me={me} />}
      pending={pending}
    >
      {children}
    </DeskShell>
  )
}

/** The centre where somebody sits, else their unit. */
function usePlace(me: Me): string | undefined {
  const unit = useOperation(getUnit, { unit: me.unit }, { staleTime: 600_000 })
  const centres = useOperation(listCentres, {}, { enabled: me.centre !== null, staleTime: 600_000 })
  return centres.data?.items.find(({ id }) => id === me.centre)?.shortName ?? unit.data?.shortName
}

function Whereabouts({ me }: { me: Me }) {
  const w = useWords(words)
  const place = usePlace(me)
  const counter = /(\d+)$/.exec(me.counter ?? '')?.[1]
  return <>{[me.name, counter && w.counter(counter), place].filter(Boolean).join(' · ')}</>
}

/**
 * What every screen of the desk shows, asked for by the frame around them too: a screen that gives way to the next, or to its own
 * content once that is loaded, would otherwise drop a question on its way and the next ask it again.
 */
export function KeptFromScreenToScreen() {
  const me = useMe()
  useCounts(me)
  usePlace(me)
  useMyCounter(me)
  return null
}

/** What waits in the rail, asked once a minute; one row is fetched because the counts are what matters. */
function useCounts(me: Me): Partial<Record<Destination, number>> {
  const mine = me.rail.includes('tasks') || me.rail.includes('results')
  const tasks = useOperation(
    listTasks,
    { filter: 'mine', limit: 1 },
    { enabled: mine, refetchInterval: 60_000, staleTime: 20_000 },
  )
  return {
    tasks: tasks.data?.counts.mine.value,
    results: tasks.data?.counts.toReturn.value,
  }
}
