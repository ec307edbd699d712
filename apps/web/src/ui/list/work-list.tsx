import { useVirtualizer } from '@tanstack/react-virtual'
import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { classes } from '../classes.ts'
import { useShortcuts } from '../keyboard/keyboard.tsx'
import { catalogue, useWords } from '../language/language.tsx'
import type { Tone } from '../status/status-table.ts'
import styles from './work-list.module.css'

declare module 'react' {
  interface CSSProperties {
    /** Read by the list's style sheet on narrow screens alone. */
    '--least'?: string
  }
}

/** Without a label the rows stand under the heads at once. */
export type ListGroup<T> = { id: string; label: string; icon?: LucideIcon; tone?: Tone; items: readonly T[] }
export type ListColumn<T> = {
  id: string
  head: string /** A CSS grid track: `120px`, `minmax(0, 1fr)`. */
  width: string
  align?: 'end'
  cell: (item: T) => ReactNode
}

const words = catalogue(
  {
    select: (what: string) => `Chọn ${what}`,
    selected: 'Chọn',
    up: 'Lên',
    down: 'Xuống',
    choose: 'Chọn dòng',
    chooseGroup: 'Chọn cả nhóm',
    open: 'Mở',
  },
  {
    select: (what: string) => `Select ${what}`,
    selected: 'Select',
    up: 'Up',
    down: 'Down',
    choose: 'Select row',
    chooseGroup: 'Select the group',
    open: 'Open',
  },
)

type WorkListProps<T> = {
  label: string
  groups: readonly ListGroup<T>[]
  columns: readonly ListColumn<T>[]
  keyOf: (item: T) => string
  /** What a row is called by a screen reader's checkbox: code and name. */
  nameOf: (item: T) => string
  /** The row under the cursor; the preview shows it. Kept by the caller, as is the selection, which survives filtering. */
  active: string | undefined
  onActive: (key: string) => void
  selected?: ReadonlySet<string>
  onSelected?: (selected: ReadonlySet<string>) => void
  onOpen: (item: T) => void
  rowHeight?: number
  /** The rows are of the former question; the answer to the present one is on its way. */
  stale?: boolean
  /** There are further pages: the count of the last group is not whole yet. */
  more?: boolean | undefined
  /** Called while the last rows come into sight: the place to load the next page. */
  onNearEnd?: (() => void) | undefined
  /** Shown when all groups are empty. */
  empty: ReactNode
}

type Row<T> = { kind: 'group'; group: ListGroup<T> } | { kind: 'item'; item: T; group: ListGroup<T> }

/** What a column that takes the rest keeps on a narrow screen. */
const LEAST_REST = 220

/** How wide a list is whose columns all have the width they ask for; the last figure of a track is the most it takes. */
const leastWidth = (tracks: readonly string[]): number =>
  tracks.reduce(
    (sum, track) => sum + Number(/(\d+)px\)?$/.exec(track)?.[1] ?? LEAST_REST),
    32 + 14 * (tracks.length - 1),
  )

/** So many rows before the end the next page is asked for, so that a steady reader never waits. */
const NEAR_END = 30

/** Grouped rows for J K X Enter; ten thousand of them are as quick as ten, because only those in sight exist. */
export function WorkList<T>({
  label,
  groups,
  columns,
  keyOf,
  nameOf,
  active,
  onActive,
  selected,
  onSelected,
  onOpen,
  rowHeight = 50,
  stale = false,
  more = false,
  onNearEnd,
  empty,
}: WorkListProps<T>) {
  const w = useWords(words)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo<Row<T>[]>(
    () =>
      groups
        .filter((g) => g.items.length > 0)
        .flatMap((group) => [
          ...(group.label ? [{ kind: 'group' as const, group }] : []),
          ...group.items.map((item) => ({ kind: 'item' as const, item, group })),
        ]),
    [groups],
  )
  const items = useMemo(
    () => rows.flatMap((row, index) => (row.kind === 'item' ? [{ ...row, index }] : [])),
    [rows],
  )
  const lastGroup = items.at(-1)?.group.id
  const at = items.findIndex((row) => keyOf(row.item) === active)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => (rows[i]?.kind === 'group' ? 36 : rowHeight),
    overscan: 8,
    initialRect: { width: 800, height: 600 },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes follow the rows
  useEffect(() => virtual.measure(), [rows, rowHeight])

  const lastSeen = virtual.getVirtualItems().at(-1)?.index ?? -1
  const nearEnd = useRef(onNearEnd)
  nearEnd.current = onNearEnd
  useEffect(() => {
    if (lastSeen >= 0 && lastSeen >= rows.length - NEAR_END) nearEnd.current?.()
  }, [lastSeen, rows.length])

  const move = (step: number): void => {
    const next = items[at === -1 ? 0 : Math.max(0, Math.min(items.length - 1, at + step))]
    if (!next) return
    onActive(keyOf(next.item))
    virtual.scrollToIndex(next.index, { align: 'auto' })
  }
  const change = (keys: readonly string[], on: boolean): void => {
    const next = new Set(selected)
    for (const key of keys) {
      if (on) next.add(key)
      else next.delete(key)
    }
    onSelected?.(next)
  }
  const here = items[at]
  const toggleHere = (): void => {
    if (here) change([keyOf(here.item)], !selected?.has(keyOf(here.item)))
  }
  const toggleGroup = (): void => {
    if (!here) return
    const keys = here.group.items.map(keyOf)
    change(keys, !keys.every((key) => selected?.has(key)))
  }
  const some = items.length > 0
  useShortcuts([
    { keys: 'j', label: w.down, run: () => move(1), when: some },
    { keys: 'k', label: w.up, run: () => move(-1), when: some },
    { keys: 'x', label: w.choose, run: toggleHere, when: some && onSelected !== undefined },
    { keys: 'Shift+x', label: w.chooseGroup, run: toggleGroup, when: some && onSelected !== undefined },
    { keys: 'Enter', label: w.open, run: () => here && onOpen(here.item), when: here !== undefined },
  ])

  const widths = [...(onSelected ? ['36px'] : []), ...columns.map((column) => column.width)]
  const tracks = widths.join(' ')
  const columnCount = columns.length + (onSelected ? 1 : 0)
  if (!some) return <div className={styles.list}>{empty}</div>
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual and keep its heads
    <div
      className={styles.list}
      style={{ '--least': `${leastWidth(widths)}px` }}
      role="grid"
      aria-label={label}
      aria-busy={stale || undefined}
      aria-rowcount={rows.length + 1}
      aria-colcount={columnCount}
      aria-multiselectable={onSelected ? true : undefined}
      tabIndex={0}
      aria-activedescendant={active ? `row-${active}` : undefined}
      onKeyDown={(event) => {
        if (event.target instanceof HTMLInputElement && event.key === ' ') return
        const step = {
          ArrowDown: 1,
          ArrowUp: -1,
          PageDown: 10,
          PageUp: -10,
          Home: -items.length,
          End: items.length,
        }[event.key]
        if (step === undefined) return
        event.preventDefault()
        move(step)
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: heads are not operated */}
      <div role="row" className={styles.head} style={{ gridTemplateColumns: tracks }} aria-rowindex={1}>
        {onSelected ? (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: heads are not operated
          <span role="columnheader">
            <span className="visually-hidden">{w.selected}</span>
          </span>
        ) : null}
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: heads are not operated
          <span key={column.id} role="columnheader" className={classes(column.align && styles.end)}>
            {column.head}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div ref={scroller} className={styles.scroller} role="rowgroup" tabIndex={0}>
        <div role="presentation" className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((place) => {
            const row = rows[place.index]
            if (!row) return null
            const style = { transform: `translateY(${place.start}px)`, height: place.size }
            if (row.kind === 'group') {
              const Icon = row.group.icon
              return (
                // biome-ignore lint/a11y/useSemanticElements: see above
                // biome-ignore lint/a11y/useFocusableInteractive: a group's head is not operated
                <div
                  key={`group-${row.group.id}`}
                  role="row"
                  aria-rowindex={place.index + 2}
                  className={classes(styles.group, row.group.tone && styles[row.group.tone])}
                  style={style}
                >
                  {/* biome-ignore lint/a11y/useSemanticElements: see above */}
                  {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
                  <span role="gridcell" aria-colspan={columnCount} className={styles.groupLabel}>
                    {Icon ? <Icon size={18} aria-hidden="true" /> : null}
                    {row.group.label}{' '}
                    <span className={classes('n', styles.groupCount)}>
                      {row.group.items.length}
                      {more && row.group.id === lastGroup ? '+' : ''}
                    </span>
                  </span>
                </div>
              )
            }
            const key = keyOf(row.item)
            return (
              // biome-ignore lint/a11y/useSemanticElements: see above
              // biome-ignore lint/a11y/useKeyWithClickEvents: J K X Enter and the arrows do the same
              // biome-ignore lint/a11y/useFocusableInteractive: the scroller holds the focus and names the active row
              <div
                key={key}
                id={`row-${key}`}
                role="row"
                aria-rowindex={place.index + 2}
                aria-selected={onSelected ? (selected?.has(key) ?? false) : undefined}
                className={classes(styles.row, key === active && styles.active)}
                style={{ ...style, gridTemplateColumns: tracks }}
                onClick={() => onActive(key)}
                onDoubleClick={() => onOpen(row.item)}
              >
                {onSelected ? (
                  // biome-ignore lint/a11y/useSemanticElements: see above
                  // biome-ignore lint/a11y/useFocusableInteractive: the checkbox inside is
                  <span role="gridcell">
                    <input
                      type="checkbox"
                      className={styles.check}
                      tabIndex={-1}
                      aria-label={w.select(nameOf(row.item))}
                      checked={selected?.has(key) ?? false}
                      onChange={(event) => change([key], event.target.checked)}
                    />
                  </span>
                ) : null}
                {columns.map((column) => (
                  // biome-ignore lint/a11y/useSemanticElements: see above
                  // biome-ignore lint/a11y/useFocusableInteractive: the row is the unit
                  <span
                    key={column.id}
                    role="gridcell"
                    className={classes(styles.cell, column.align && styles.end)}
                  >
                    {column.cell(row.item)}
                  </span>
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** Name over small detail, each on one line with its end cut; the line box keeps room for stacked marks. */
export function TwoLines({ title, detail }: { title: string; detail: ReactNode }) {
  return (
    <span className={styles.two}>
      <span className={styles.twoTitle} title={title}>
        {title}
      </span>
      <span className={classes(styles.twoDetail, 'n')}>{detail}</span>
    </span>
  )
}

/** List left, preview right; the preview follows the active row. */
export function ListWithPreview({ list, preview }: { list: ReactNode; preview: ReactNode }) {
  return (
    <div className={styles.split}>
      {list}
      <aside className={styles.preview} aria-live="off">
        {preview}
      </aside>
    </div>
  )
}
