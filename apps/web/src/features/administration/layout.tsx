import { Search } from 'lucide-react'
import { type ReactNode, useId, useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import { Key } from '../../ui/key/key.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import styles from './administration.module.css'

/** A titled panel; `actions` stand at the right of its title. */
export function Card({
  title,
  actions,
  children,
}: {
  title: string
  actions?: ReactNode
  children: ReactNode
}) {
  const heading = useId()
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <div className={styles.cardHead}>
        <h2 id={heading}>{title}</h2>
        {actions ? <div className={styles.row}>{actions}</div> : null}
      </div>
      {children}
    </section>
  )
}

export type Fact = { label: string; value: ReactNode }

/** Name and value, two columns; a fact without a value is left out. */
export function Facts({ facts }: { facts: readonly (Fact | false | null | undefined)[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) =>
        fact &&
        fact.value !== false &&
        fact.value !== null &&
        fact.value !== undefined &&
        fact.value !== '' ? (
          <FactRow key={fact.label} {...fact} />
        ) : null,
      )}
    </dl>
  )
}

const FactRow = ({ label, value }: Fact) => (
  <>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </>
)

export type Column<T> = {
  id: string
  head: string
  cell: (item: T) => ReactNode
  /** The column that names the row. */
  names?: boolean
  actions?: boolean
  /** Short content that stays on one line: chips, dates. */
  keep?: boolean
}

/** A plain table for tens of rows; long ones are a WorkList. */
export function DataTable<T>({
  label,
  columns,
  items,
  keyOf,
  dim,
}: {
  label: string
  columns: readonly Column<T>[]
  items: readonly T[]
  keyOf: (item: T) => string
  dim?: (item: T) => boolean
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col">
                {column.actions ? <span className="visually-hidden">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)} className={classes(dim?.(item) && styles.dim)}>
              {columns.map((column) =>
                column.names ? (
                  <th key={column.id} scope="row">
                    {column.cell(item)}
                  </th>
                ) : (
                  <td
                    key={column.id}
                    className={classes(column.actions && styles.actions, column.keep && styles.keep)}
                  >
                    {column.cell(item)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The search line of a list; the key `/` brings the cursor here. */
export function ListSearch({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (value: string) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  useShortcuts([{ keys: '/', label, run: () => input.current?.focus() }])
  return (
    <div className={styles.search}>
      <Search size={18} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur()
        }}
      />
      <span className={styles.searchKey}>
        <Key keys="/" />
      </span>
    </div>
  )
}

/** A choice that narrows a list. */
export function Filter({
  label,
  all,
  value,
  options,
  onChange,
}: {
  label: string
  /** The words for no filter. */
  all?: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}) {
  return (
    <select
      className={styles.filter}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {all === undefined ? null : <option value="">{all}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
