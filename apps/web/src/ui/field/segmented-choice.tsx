import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'
import { classes } from '../classes.ts'
import styles from './field.module.css'

export type Segment<V extends string> = { value: V; label: string; icon?: LucideIcon; disabled?: boolean }
type SegmentedProps<V extends string> = {
  label: string
  hideLabel?: boolean
  value: V | undefined
  options: readonly Segment<V>[]
  onChange: (value: V) => void
}

/** Few exclusive choices side by side: native radios, so arrows work. */
export function SegmentedChoice<V extends string>({
  label,
  hideLabel,
  value,
  options,
  onChange,
}: SegmentedProps<V>) {
  const name = useId()
  return (
    <fieldset className={styles.segments}>
      <legend className={hideLabel ? 'visually-hidden' : styles.label}>{label}</legend>
      <div className={styles.segmentRow}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classes(
              styles.segment,
              option.value === value && styles.segmentChosen,
              option.disabled && styles.segmentOff,
            )}
          >
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            {option.icon ? <option.icon size={18} aria-hidden="true" /> : null}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export type CardOption<V extends string> = { value: V; label: string; detail?: string }

/** Choices that need a sentence each: the cases of a procedure. */
export function CardChoice<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: V | undefined
  options: readonly CardOption<V>[]
  onChange: (value: V) => void
}) {
  const name = useId()
  return (
    <fieldset>
      <legend className={styles.cardLegend}>{label}</legend>
      <div className={styles.cards}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classes(styles.card, option.value === value && styles.cardChosen)}
          >
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              <span className={styles.cardLabel}>{option.label}</span>
              {option.detail ? <span className={styles.hint}>{option.detail}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
