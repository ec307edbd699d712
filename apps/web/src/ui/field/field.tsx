import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
  useState,
} from 'react'
import { classes } from '../classes.ts'
import { formatCount, groupDigits, parseTypedDate } from '../format/format.ts'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './field.module.css'

const words = catalogue(
  {
    optional: 'không bắt buộc',
    badDate: 'Ngày này không có trong lịch. Nhập ngày/tháng/năm, thí dụ 01/01/1954.',
    dateHint: 'ngày/tháng/năm',
    dong: 'đ',
  },
  {
    optional: 'optional',
    badDate: 'There is no such day. Type day/month/year, for example 01/01/1954.',
    dateHint: 'day/month/year',
    dong: 'đ',
  },
)

type Frame = {
  label: string
  /** Stable id, so that an error summary can link to the control. */
  id?: string
  hint?: string
  error?: string | undefined
  optional?: boolean
}
type FrameProps = Frame & {
  children: (control: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': true | undefined
    className: string
  }) => ReactNode
}

/** Label above, hint and error beneath; the error is at the field and read with it. */
export function FieldFrame({ label, id, hint, error, optional, children }: FrameProps) {
  const w = useWords(words)
  const own = useId()
  const control = id ?? own
  const described = [hint && `${control}-hint`, error && `${control}-error`].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label htmlFor={control} className={styles.label}>
        {label}
        {optional ? <span className={styles.optional}> ({w.optional})</span> : null}
      </label>
      {children({
        id: control,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        className: classes(styles.control, error && styles.invalid),
      })}
      {hint ? (
        <p id={`${control}-hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${control}-error`} className={styles.error}>
          {error}
        </p>
      ) : null}
    </div>
  )
}

type Typed<A> = Frame & { value: string; onChange: (value: string) => void } & Omit<
    A,
    'value' | 'onChange' | 'id'
  >

export function TextField({
  label,
  id,
  hint,
  error,
  optional,
  value,
  onChange,
  className,
  ...rest
}: Typed<InputHTMLAttributes<HTMLInputElement>>) {
  return (
    <FieldFrame label={label} id={id} hint={hint} error={error} optional={optional}>
      {(control) => (
        <input
          autoComplete="off"
          {...rest}
          {...control}
          className={classes(control.className, className)}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  )
}

export function TextArea({
  label,
  id,
  hint,
  error,
  optional,
  value,
  onChange,
  ...rest
}: Typed<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  return (
    <FieldFrame label={label} id={id} hint={hint} error={error} optional={optional}>
      {(control) => (
        <textarea
          rows={3}
          {...rest}
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  )
}

type SelectProps = Typed<SelectHTMLAttributes<HTMLSelectElement>> & {
  options: readonly { value: string; label: string }[]
  placeholder?: string
}

export function SelectField({
  label,
  id,
  hint,
  error,
  optional,
  value,
  onChange,
  options,
  placeholder,
  ...rest
}: SelectProps) {
  return (
    <FieldFrame label={label} id={id} hint={hint} error={error} optional={optional}>
      {(control) => (
        <select {...rest} {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {placeholder ? <option value="">{placeholder}</option> : null}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  )
}

type DigitsProps = Frame & {
  value: string
  onChange: (digits: string) => void
  autoComplete?: string
  name?: string
  readOnly?: boolean
  onBlur?: () => void
}
type GroupedProps = DigitsProps & {
  limit: number
  format: (digits: string) => string
  inputMode?: 'numeric' | 'tel'
}

/** Keeps digits as the value and shows them in groups; what is pasted with spaces or dots is understood. */
function GroupedDigits({
  value,
  onChange,
  limit,
  format,
  inputMode = 'numeric',
  autoComplete = 'off',
  name,
  readOnly,
  onBlur,
  ...frame
}: GroupedProps) {
  return (
    <FieldFrame {...frame}>
      {(control) => (
        <input
          {...control}
          className={classes(control.className, 'n')}
          inputMode={inputMode}
          type={inputMode === 'tel' ? 'tel' : 'text'}
          autoComplete={autoComplete}
          name={name}
          readOnly={readOnly}
          onBlur={onBlur}
          value={format(value)}
          onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, limit))}
        />
      )}
    </FieldFrame>
  )
}

/** Personal identification number: twelve digits in fours (nine for the old identity card). */
export const PersonIdField = (props: DigitsProps) => (
  <GroupedDigits {...props} limit={12} format={(d) => groupDigits(d, d.length === 9 ? 3 : 4)} />
)

/** `0900 000 001`. */
export const PhoneField = (props: DigitsProps) => (
  <GroupedDigits
    {...props}
    limit={11}
    inputMode="tel"
    format={(d) => `${d.slice(0, 4)}${d.length > 4 ? ` ${groupDigits(d.slice(4), 3)}` : ''}`}
  />
)

/** Whole đồng as a string of digits; shown `10.000`. */
export function MoneyField(props: DigitsProps) {
  return (
    <div className={styles.money}>
      <GroupedDigits {...props} limit={15} format={(d) => (d === '' ? '' : formatCount(Number(d)))} />
    </div>
  )
}

/** A date typed `dd/mm/yyyy`. The value is the typed text, so that a draft loses nothing; `parseTypedDate` reads it. */
export function DateField({ value, onChange, error, hint, ...rest }: DigitsProps) {
  const w = useWords(words)
  const [left, setLeft] = useState(false)
  const wrong = left && value !== '' && parseTypedDate(value) === undefined
  return (
    <FieldFrame {...rest} error={error ?? (wrong ? w.badDate : undefined)} hint={hint}>
      {(control) => (
        <input
          {...control}
          className={classes(control.className, 'n')}
          inputMode="numeric"
          autoComplete={rest.autoComplete ?? 'off'}
          name={rest.name}
          readOnly={rest.readOnly}
          placeholder={w.dateHint}
          value={value}
          onFocus={() => setLeft(false)}
          onBlur={() => {
            setLeft(true)
            rest.onBlur?.()
          }}
          onChange={(event) => onChange(withSlashes(event.target.value, value))}
        />
      )}
    </FieldFrame>
  )
}

/** Adds the slashes while digits are typed at the end, and never fights a correction in the middle or a deletion. */
function withSlashes(typed: string, before: string): string {
  const clean = typed.replace(/[^\d/.\-\s]/g, '').slice(0, 10)
  return clean.length > before.length && (/^\d{2}$/.test(clean) || /^\d{2}\/\d{2}$/.test(clean))
    ? `${clean}/`
    : clean
}
