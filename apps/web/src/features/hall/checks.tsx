import admin from '../administration/administration.module.css'
import styles from './hall.module.css'

type ChecksProps<V extends string | number> = {
  label: string
  hint?: string
  options: readonly { value: V; label: string }[]
  chosen: readonly V[]
  onToggle: (value: V, on: boolean) => void
}

/** Several of a few. */
export function Checks<V extends string | number>({
  label,
  hint,
  options,
  chosen,
  onToggle,
}: ChecksProps<V>) {
  return (
    <fieldset>
      <legend className={admin.label}>{label}</legend>
      {hint ? <p className={admin.muted}>{hint}</p> : null}
      <div className={styles.checks}>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={(event) => onToggle(option.value, event.target.checked)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export const toggled = <T,>(all: readonly T[], one: T, on: boolean): T[] =>
  on ? [...all.filter((other) => other !== one), one] : all.filter((other) => other !== one)

/** A whole number as typed; nothing else is kept of the text. */
export const whole = (text: string): number => Number(text.replace(/\D/g, '').slice(0, 5) || 0)
