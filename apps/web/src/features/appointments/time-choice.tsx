import { useState } from 'react'
import { listSlots } from '#modules/queue/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { formatDayMonth, partsOf, weekdayName } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from './appointments.module.css'
import { words } from './words.ts'

type TimeChoiceProps = {
  centre: string
  group: string
  slots: number
  value: string | undefined
  onChange: (at: string) => void
}

/** Days side by side, then the times of the chosen day; what is full stays in sight and cannot be chosen. */
export function TimeChoice({ centre, group, slots, value, onChange }: TimeChoiceProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const query = useOperation(
    listSlots,
    { centre, group, slots, days: 14 },
    { staleTime: 5_000, refetchInterval: 30_000, keep: true },
  )
  const days = (query.data?.days ?? []).filter(({ times }) => times.length > 0)
  const [chosen, setChosen] = useState<string>()
  const day =
    days.find(({ date }) => date === chosen) ??
    days.find(({ times }) => times.some(({ left }) => left > 0)) ??
    days[0]
  if (query.error)
    return (
      <ErrorSummary
        problems={[{ message: messageOf(query.error, language) }]}
        action={<Button onClick={() => void query.refetch()}>{w.retry}</Button>}
      />
    )
  if (!query.data)
    return (
      <Loading>
        <SkeletonRows rows={3} height={52} />
      </Loading>
    )
  if (!day) return <EmptyState title={w.noTimes} />
  return (
    <>
      <fieldset className={styles.group}>
        <legend>{w.day}</legend>
        <div className={styles.days}>
          {days.map(({ date, times }) => (
            <label key={date} className={classes(styles.pill, date === day.date && styles.chosen)}>
              <input
                type="radio"
                name="day"
                className="visually-hidden"
                checked={date === day.date}
                onChange={() => setChosen(date)}
              />
              <strong>{weekdayName(date, language)}</strong>
              <span className="n">{formatDayMonth(date)}</span>
              {times.every(({ left }) => left === 0) ? <small>{w.full}</small> : null}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{w.time}</legend>
        {day.times.every(({ left }) => left === 0) ? <p>{w.dayFull}</p> : null}
        <div className={styles.times}>
          {day.times.map(({ at, left }) => (
            <label
              key={at}
              className={classes(styles.pill, at === value && styles.chosen, left === 0 && styles.off)}
            >
              <input
                type="radio"
                name="time"
                className="visually-hidden"
                disabled={left === 0}
                checked={at === value}
                onChange={() => onChange(at)}
              />
              <strong className="n">{partsOf(at).time}</strong>
              <small>{left === 0 ? w.full : w.left(left)}</small>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  )
}
