import { CalendarOff, CircleHelp, Hash, LogIn, type LucideIcon } from 'lucide-react'
import { useId, useState } from 'react'
import type { DayRuler as Ruler } from '#modules/calendar/rules.ts'
import { classes } from '../classes.ts'
import { formatDate, weekdayName } from '../format/format.ts'
import { Key } from '../key/key.tsx'
import { catalogue, useLanguage, useWords } from '../language/language.tsx'
import { DayRuler } from './day-ruler.tsx'
import styles from './why-this-date.module.css'

export type DateExplanation = {
  /** Up to three sentences of the calendar: received, amount, what is not counted. */
  sentences: readonly string[]
  ruler: Ruler | null
  /** After an extension: the dates before and now (`YYYY-MM-DD`) and why it moved. */
  extended?: { formerDue: string; due: string; reason: string }
  /** Articles that the count follows. */
  basis?: string
}

const words = catalogue(
  {
    title: 'Vì sao ngày này?',
    provisional: 'Ngày tạm tính: lịch nghỉ của năm này chưa công bố.',
    moved: 'Hẹn lại:',
  },
  {
    title: 'Why this date?',
    provisional: 'Provisional: the holidays of that year are not published yet.',
    moved: 'New date:',
  },
)
const ICONS: readonly LucideIcon[] = [LogIn, Hash, CalendarOff]

/** Three sentences and the ruler, without a frame: for panels that are always open (intake, dossier). */
export function DateReasons({ explanation }: { explanation: DateExplanation }) {
  const w = useWords(words)
  const { language } = useLanguage()
  return (
    <div className={styles.reasons}>
      {explanation.extended ? (
        <p className={styles.moved}>
          <s>{formatDate(explanation.extended.formerDue)}</s> {w.moved}{' '}
          <strong>
            {weekdayName(explanation.extended.due, language)}{' '}
            <span className="n">{formatDate(explanation.extended.due)}</span>
          </strong>
          . {explanation.extended.reason}
        </p>
      ) : null}
      <ul className={styles.sentences}>
        {explanation.sentences.map((sentence, i) => {
          const Icon = ICONS[Math.min(i, ICONS.length - 1)] ?? Hash
          return (
            <li key={sentence}>
              <Icon size={18} aria-hidden="true" />
              <span>{sentence}</span>
            </li>
          )
        })}
      </ul>
      {explanation.ruler?.provisional ? <p className={styles.provisional}>{w.provisional}</p> : null}
      {explanation.ruler ? <DayRuler ruler={explanation.ruler} /> : null}
      {explanation.basis ? <p className={styles.basis}>{explanation.basis}</p> : null}
    </div>
  )
}

type WhyProps = {
  explanation: DateExplanation
  open?: boolean
  onToggle?: (open: boolean) => void
  shortcut?: string
}

/** The explanation one step away. Controlled when `open` is given, so that the key V can open it. */
export function WhyThisDate({ explanation, open, onToggle, shortcut }: WhyProps) {
  const w = useWords(words)
  const panel = useId()
  const [own, setOwn] = useState(false)
  const shown = open ?? own
  return (
    <section className={styles.card}>
      <h2 className={styles.heading}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={shown}
          aria-controls={panel}
          onClick={() => (onToggle ?? setOwn)(!shown)}
        >
          <CircleHelp size={20} aria-hidden="true" />
          <span>{w.title}</span>
          {shortcut ? <Key keys={shortcut} /> : null}
          <span className={classes(styles.chevron, shown && styles.open)} aria-hidden="true" />
        </button>
      </h2>
      <div id={panel} hidden={!shown} className={styles.panel}>
        {shown ? <DateReasons explanation={explanation} /> : null}
      </div>
    </section>
  )
}
