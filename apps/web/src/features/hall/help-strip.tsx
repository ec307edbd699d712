import { Check, Footprints, Hand } from 'lucide-react'
import {
  endHelpCall,
  getCounterQueue,
  getFloor,
  type HelpCall,
  takeHelpCall,
} from '#modules/queue/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { partsOf } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { useCommand } from '../administration/command.ts'
import { CommandProblem } from '../administration/problem.tsx'
import { useMe } from '../session/me.tsx'
import styles from './counter-strip.module.css'
import { useMyCounter, useSeconds } from './use-counter.ts'

const words = catalogue(
  {
    region: 'Người cần giúp trong sảnh',
    asks: (place: string, who: string | null) =>
      who === null ? `${place}: người dân gọi người giúp` : `${place}: ${who} gọi người giúp`,
    since: (time: string, minutes: number) => `từ ${time}, ${minutes} phút`,
    nobody: 'Chưa ai nhận',
    comes: (name: string) => `${name} đang đến`,
    youGo: 'Ông/bà đang đến',
    take: 'Tôi đến',
    done: 'Đã giúp xong',
    notNeeded: 'Không cần nữa',
  },
  {
    region: 'Who needs help in the hall',
    asks: (place: string, who: string | null) =>
      who === null ? `${place}: a visitor asks for help` : `${place}: ${who} asks for help`,
    since: (time: string, minutes: number) => `since ${time}, ${minutes} min`,
    nobody: 'Nobody goes yet',
    comes: (name: string) => `${name} is going`,
    youGo: 'You are going',
    take: 'I am coming',
    done: 'Helped',
    notNeeded: 'Not needed any more',
  },
)

/** Who in the hall wants a colleague, over every screen of the desk until somebody goes and it is done. */
export function HelpStrip() {
  const w = useWords(words)
  const { hall, mine } = useMyCounter(useMe())
  const calls = hall?.help ?? []
  const now = useSeconds(calls.length > 0)
  if (calls.length === 0) return null
  return (
    <section className={styles.help} aria-label={w.region} aria-live="assertive">
      {calls.map((call) => (
        <Line key={call.id} call={call} now={now} own={mine !== undefined && call.counter === mine.number} />
      ))}
    </section>
  )
}

function Line({ call, now, own }: { call: HelpCall; now: number; own: boolean }) {
  const w = useWords(words)
  const refresh = [getFloor, getCounterQueue]
  const take = useCommand(takeHelpCall, { refresh })
  const end = useCommand(endHelpCall, { refresh })
  const minutes = Math.max(0, Math.floor((now - Date.parse(call.askedAt)) / 60_000))
  const finish = (): void => void end.run({ call: call.id })
  return (
    <div className={classes(styles.helpLine, call.overdue && styles.overdue)}>
      <Hand size={18} aria-hidden="true" />
      <strong>{w.asks(call.place, call.askedBy)}</strong>
      {/* Read once, when it comes; not every minute. */}
      <span className="n" aria-live="off">
        {w.since(partsOf(call.askedAt).time, minutes)}
      </span>
      <span className={styles.helpWho}>
        {call.taken ? (
          <>
            <Footprints size={16} aria-hidden="true" /> {call.taken.mine ? w.youGo : w.comes(call.taken.by)}
          </>
        ) : (
          w.nobody
        )}
      </span>
      <span className={styles.end}>
        {own ? (
          <Button look="quiet" busy={end.busy} onClick={finish}>
            {w.notNeeded}
          </Button>
        ) : call.taken === null ? (
          <Button
            look="main"
            icon={Footprints}
            busy={take.busy}
            aria-label={`${w.take}: ${call.place}`}
            onClick={() => void take.run({ call: call.id })}
          >
            {w.take}
          </Button>
        ) : call.taken.mine ? (
          <Button icon={Check} busy={end.busy} aria-label={`${w.done}: ${call.place}`} onClick={finish}>
            {w.done}
          </Button>
        ) : null}
      </span>
      <CommandProblem problem={take.problem ?? end.problem} form="help" />
    </div>
  )
}
