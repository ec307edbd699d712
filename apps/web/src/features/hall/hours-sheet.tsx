import { Plus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { HallSettings } from '#modules/queue/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { controlId } from '../administration/problem.tsx'
import { minuteFrom, timeOfMinute } from './appointment-words.ts'
import { Checks, toggled } from './checks.tsx'
import { serviceWords } from './service-words.ts'
import { SettingsSheet, type SettingsSheetProps } from './settings-sheets.tsx'
import { settingsWords } from './settings-words.ts'
import { useHallChange } from './use-hall-change.ts'

type Session = NonNullable<HallSettings['sessions']>[number]
type Draft = { key: number; days: number[]; from: string; to: string }

const WORKDAYS = [1, 2, 3, 4, 5]

const sessionOf = ({ days, from, to }: Draft): Session | undefined => {
  const [begins, ends] = [minuteFrom(from), minuteFrom(to)]
  return begins !== undefined && ends !== undefined && ends > begins && days.length > 0
    ? { days, from: begins, to: ends }
    : undefined
}

/** By the working hours of the centre, or by hours of the hall's own. */
export function HoursSheet({ hall, onClose }: SettingsSheetProps) {
  const w = useWords(settingsWords)
  const { days: names } = useWords(serviceWords)
  const change = useHallChange(hall, onClose)
  const next = useRef(0)
  const draft = (days: readonly number[], from: string, to: string): Draft => {
    next.current += 1
    return { key: next.current, days: [...days], from, to }
  }
  const [own, setOwn] = useState(hall.sessions !== null)
  const [sessions, setSessions] = useState<Draft[]>(() =>
    hall.sessions === null
      ? [draft(WORKDAYS, '07:30', '11:30'), draft(WORKDAYS, '13:30', '17:00')]
      : hall.sessions.map(({ days, from, to }) => draft(days, timeOfMinute(from), timeOfMinute(to))),
  )
  const put = (key: number, part: Partial<Draft>): void =>
    setSessions((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const ready = sessions.map(sessionOf)
  const whole = ready.flatMap((session) => session ?? [])
  return (
    <SettingsSheet
      form="hours"
      title={w.hours}
      lead={w.hoursLead}
      change={change}
      blocked={own && (whole.length === 0 || whole.length < ready.length) ? w.needSession : undefined}
      onClose={onClose}
      onSubmit={() => change.save({ sessions: own ? whole : null })}
    >
      <SegmentedChoice
        label={w.hours}
        value={own ? 'own' : 'calendar'}
        options={[
          { value: 'calendar', label: w.byCalendar },
          { value: 'own', label: w.ownHours },
        ]}
        onChange={(value) => setOwn(value === 'own')}
      />
      {own
        ? sessions.map(({ key, days, from, to }, index) => (
            <fieldset key={key} className={styles.stack}>
              <legend className={styles.strong}>{w.session(index + 1)}</legend>
              <Checks
                label={w.weekdays}
                options={names.map((label, day) => ({ value: day + 1, label }))}
                chosen={days}
                onToggle={(day, on) => put(key, { days: toggled(days, day, on).toSorted() })}
              />
              <div className={styles.pair}>
                <TextField
                  id={controlId('hours', `sessions.${index}.from`)}
                  label={w.from}
                  maxLength={5}
                  value={from}
                  error={minuteFrom(from) === undefined ? w.badTime : undefined}
                  onChange={(text) => put(key, { from: text })}
                />
                <TextField
                  id={controlId('hours', `sessions.${index}.to`)}
                  label={w.to}
                  maxLength={5}
                  value={to}
                  error={minuteFrom(to) === undefined ? w.badTime : undefined}
                  onChange={(text) => put(key, { to: text })}
                />
              </div>
              <div>
                <Button
                  look="quiet"
                  icon={Trash2}
                  onClick={() => setSessions((all) => all.filter((one) => one.key !== key))}
                >
                  {w.removeSession(index + 1)}
                </Button>
              </div>
            </fieldset>
          ))
        : null}
      {own && sessions.length < 30 ? (
        <div>
          <Button icon={Plus} onClick={() => setSessions((all) => [...all, draft(WORKDAYS, '', '')])}>
            {w.addSession}
          </Button>
        </div>
      ) : null}
    </SettingsSheet>
  )
}
