import { Pencil } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type Floor, getHall } from '#modules/queue/contract.ts'
import type { CallingRule } from '#modules/queue/rules.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { Card, Facts } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { timeOfMinute } from './appointment-words.ts'
import { NoticesSheet, SlidesSheet } from './board-sheets.tsx'
import parts from './hall.module.css'
import { HoursSheet } from './hours-sheet.tsx'
import { serviceWords } from './service-words.ts'
import { RuleSheet, VoiceSheet } from './settings-sheets.tsx'
import { settingsWords } from './settings-words.ts'
import type { Hall } from './use-hall-change.ts'

/** The written rule in three parts, as people talk about them. */
const RULES = {
  order: ['priorityInRow', 'ageingMinutes', 'graceMinutes'],
  missing: ['callsBeforeMissing', 'secondsBetweenCalls', 'returnTimes', 'returnMinutes', 'returnAfter'],
  times: ['holdMinutes', 'helpMinutes'],
} as const satisfies Record<string, readonly (keyof CallingRule)[]>
type Rule = keyof typeof RULES
type Sheet = Rule | 'voice' | 'hours' | 'notices' | 'slides'

/** Everything a hall can say of itself: whose turn it is, how it speaks, when it gives numbers and what its boards show. */
export function SettingsTab({ floor }: { floor: Floor }) {
  const w = useWords(settingsWords)
  const [sheet, setSheet] = useState<Sheet>()
  const query = useOperation(getHall, { centre: floor.centre.id })
  const may = floor.may.changeHall
  const close = (): void => setSheet(undefined)
  const part = (id: Sheet, title: string, content: ReactNode) => (
    <Card
      title={title}
      actions={
        may ? (
          <Button icon={Pencil} aria-label={`${w.change}: ${title}`} onClick={() => setSheet(id)}>
            {w.change}
          </Button>
        ) : null
      }
    >
      {content}
    </Card>
  )
  return (
    <Loaded query={query}>
      {(hall) => (
        <div className={styles.stack}>
          {may ? null : <p className={styles.muted}>{w.readOnly}</p>}
          {part('order', w.order, <RuleFacts hall={hall} rule="order" />)}
          {part('missing', w.missing, <RuleFacts hall={hall} rule="missing" />)}
          {part('times', w.times, <RuleFacts hall={hall} rule="times" />)}
          {part('voice', w.voice, <VoiceFacts hall={hall} />)}
          {part('hours', w.hours, <Hours hall={hall} />)}
          {part('notices', w.notices, <Notices hall={hall} />)}
          {part('slides', w.slides, <Slides hall={hall} />)}
          {sheet === 'order' || sheet === 'missing' || sheet === 'times' ? (
            <RuleSheet
              hall={hall}
              title={w[sheet]}
              lead={sheet === 'order' ? w.orderLead : ''}
              keys={RULES[sheet]}
              onClose={close}
            />
          ) : null}
          {sheet === 'voice' ? <VoiceSheet hall={hall} onClose={close} /> : null}
          {sheet === 'hours' ? <HoursSheet hall={hall} onClose={close} /> : null}
          {sheet === 'notices' ? <NoticesSheet hall={hall} onClose={close} /> : null}
          {sheet === 'slides' ? <SlidesSheet hall={hall} onClose={close} /> : null}
        </div>
      )}
    </Loaded>
  )
}

function RuleFacts({ hall, rule }: { hall: Hall; rule: Rule }) {
  const w = useWords(settingsWords)
  return (
    <div className={parts.wide}>
      <Facts
        facts={RULES[rule].map((key) => ({
          label: w.fields[key],
          value: <span className="n">{w.values[key](hall.calling[key])}</span>,
        }))}
      />
    </div>
  )
}

function VoiceFacts({ hall: { region, volume, quiet, motion } }: { hall: Hall }) {
  const w = useWords(settingsWords)
  return (
    <div className={parts.wide}>
      <Facts
        facts={[
          { label: w.region, value: w.regions[region] },
          { label: w.volume, value: <span className="n">{volume}</span> },
          {
            label: w.quiet,
            value: quiet ? w.span(timeOfMinute(quiet.from), timeOfMinute(quiet.to)) : w.never,
          },
          { label: w.motion, value: motion ? w.on : w.off },
        ]}
      />
    </div>
  )
}

function Hours({ hall: { sessions } }: { hall: Hall }) {
  const w = useWords(settingsWords)
  const { days } = useWords(serviceWords)
  if (sessions === null) return <p>{w.byCalendar}</p>
  return (
    <ul>
      {sessions.map((session) => (
        <li key={`${session.days.join()}-${session.from}`}>
          {session.days.map((day) => days[day - 1]).join(', ')}:{' '}
          <span className="n">{w.span(timeOfMinute(session.from), timeOfMinute(session.to))}</span>
        </li>
      ))}
    </ul>
  )
}

function Notices({ hall: { notices } }: { hall: Hall }) {
  const w = useWords(settingsWords)
  if (notices.length === 0) return <p className={styles.muted}>{w.noNotices}</p>
  return (
    <ul>
      {notices.map(({ vi }) => (
        <li key={vi}>{vi}</li>
      ))}
    </ul>
  )
}

function Slides({ hall: { slides } }: { hall: Hall }) {
  const w = useWords(settingsWords)
  if (slides.length === 0) return <p className={styles.muted}>{w.noSlides}</p>
  return (
    <ul>
      {slides.map(({ title, picture }) => (
        <li key={title}>
          {title}
          {picture ? ` (${w.withPicture})` : ''}
        </li>
      ))}
    </ul>
  )
}
