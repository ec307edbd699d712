import { ArrowRight, Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { classes } from '../classes.ts'
import { Key } from '../key/key.tsx'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './search-box.module.css'

export type Suggestion = {
  id: string
  name: string /** Field and code, or person and state. */
  detail: string
  code?: string
}

const words = catalogue(
  {
    find: 'Tìm',
    results: (n: number) => `${n} gợi ý, bấm mũi tên xuống để chọn`,
    near: 'Không thấy đúng chữ này. Có phải ông/bà cần:',
    none: 'Không tìm thấy. Thử từ khác, không cần dấu.',
  },
  {
    find: 'Search',
    results: (n: number) => `${n} suggestions; press the down arrow to choose`,
    near: 'No exact match. Did you mean:',
    none: 'Nothing found. Try other words; marks are not needed.',
  },
)

type SearchBoxProps = {
  label: string
  placeholder?: string
  value: string
  onChange: (value: string) => void
  /** For the present text; undefined while they are loading or before the second letter. */
  suggestions: readonly Suggestion[] | undefined
  /** True when the suggestions are near names for a text that matches nothing. */
  near?: boolean
  onPick: (suggestion: Suggestion) => void
  /** Enter without a chosen suggestion. Opens the best when absent. */
  onSubmit?: (text: string) => void
  /** Shown under an empty result: the guide desk and its number. */
  help?: ReactNode
  size?: 'hero' | 'desk'
  shortcut?: string
  id?: string
}

/** A combobox: suggestions from the second letter, arrows choose, Enter opens the best. */
export function SearchBox({
  label,
  placeholder,
  value,
  onChange,
  suggestions,
  near,
  onPick,
  onSubmit,
  help,
  size = 'hero',
  shortcut,
  id,
}: SearchBoxProps) {
  const w = useWords(words)
  const own = useId()
  const input = id ?? own
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const asked = value.trim().length >= 2
  const shown = open && asked && suggestions !== undefined
  const submit = (): void => {
    const chosen = suggestions?.[at]
    const best = suggestions?.[0]
    setOpen(false)
    if (chosen) onPick(chosen)
    else if (onSubmit) onSubmit(value)
    else if (best && !near) onPick(best)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const count = suggestions?.length ?? 0
    if (event.key === 'Escape' && shown) setOpen(false)
    else if (event.key === 'ArrowDown' && count > 0) {
      setOpen(true)
      setAt((at + 1) % count)
    } else if (event.key === 'ArrowUp' && count > 0) setAt((at - 1 + count) % count)
    else return
    event.preventDefault()
  }
  return (
    <search className={classes(styles.search, styles[size])}>
      <form
        className={styles.box}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Search size={size === 'hero' ? 24 : 18} aria-hidden="true" className={styles.glass} />
        <label htmlFor={input} className="visually-hidden">
          {label}
        </label>
        <input
          id={input}
          className={styles.input}
          type="text"
          role="combobox"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          placeholder={placeholder}
          value={value}
          aria-expanded={shown}
          aria-controls={`${input}-list`}
          aria-autocomplete="list"
          aria-activedescendant={shown && at >= 0 ? `${input}-${at}` : undefined}
          onChange={(event) => {
            setOpen(true)
            setAt(-1)
            onChange(event.target.value)
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {shortcut ? <Key keys={shortcut} /> : null}
        {size === 'hero' ? (
          <button type="submit" className={styles.submit} aria-label={w.find}>
            <span className={styles.submitWord}>{w.find}</span> <ArrowRight size={20} aria-hidden="true" />
          </button>
        ) : null}
      </form>
      <span className="visually-hidden" role="status">
        {shown ? (suggestions.length === 0 ? w.none : w.results(suggestions.length)) : ''}
      </span>
      <div className={styles.popup} hidden={!shown}>
        {shown && (near || suggestions.length === 0) ? (
          <p className={styles.near}>{suggestions.length === 0 ? w.none : w.near}</p>
        ) : null}
        <div
          id={`${input}-list`}
          role="listbox"
          aria-label={label}
          hidden={!shown || suggestions.length === 0}
        >
          {shown
            ? suggestions.map((suggestion, index) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the active option
                // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the combobox picks
                <div
                  key={suggestion.id}
                  id={`${input}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  className={classes(styles.option, index === at && styles.active)}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => {
                    setOpen(false)
                    onPick(suggestion)
                  }}
                >
                  <span className={styles.name}>{suggestion.name}</span>
                  <span className={styles.detail}>
                    {suggestion.detail}
                    {suggestion.code ? <span className="n"> · {suggestion.code}</span> : null}
                  </span>
                </div>
              ))
            : null}
        </div>
        {shown && (near || suggestions.length === 0) && help ? (
          <div className={styles.near}>{help}</div>
        ) : null}
      </div>
    </search>
  )
}
