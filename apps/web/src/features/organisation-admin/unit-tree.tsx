import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { getUnit, listUnits } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { classes } from '../../ui/classes.ts'
import styles from './organisation.module.css'

type TreeProps = {
  label: string
  root: string
  /** Units above the chosen one, which start open. */
  open: readonly string[]
  selected: string
  onSelect: (id: string) => void
}

type Branch = {
  selected: string
  isOpen: (id: string) => boolean
  onFold: (id: string, open: boolean) => void
  onSelect: (id: string) => void
}

/**
 * The tree as the accessibility pattern has it: one stop for Tab, arrows walk, left and right fold. Items are siblings with
 * their level, so that each is called by its own name only.
 */
export function UnitTree({ label, root, open, selected, onSelect }: TreeProps) {
  const tree = useRef<HTMLUListElement>(null)
  const [folded, setFolded] = useState<Readonly<Record<string, boolean>>>({})
  const top = useOperation(getUnit, { unit: root }, { staleTime: 60_000 })
  const isOpen = (id: string): boolean => folded[id] ?? (id === root || open.includes(id))
  const onFold = (id: string, to: boolean): void => setFolded({ ...folded, [id]: to })
  const onKeyDown = (event: KeyboardEvent): void => {
    const here = event.target instanceof HTMLElement ? event.target : undefined
    const id = here?.dataset.unit
    if (!here || !id || here.role !== 'treeitem') return
    const items = [...(tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])]
    const at = items.indexOf(here)
    const expanded = here.getAttribute('aria-expanded')
    const to = (item: HTMLElement | null | undefined): void => item?.focus()
    if (event.key === 'ArrowDown') to(items[at + 1])
    else if (event.key === 'ArrowUp') to(items[at - 1])
    else if (event.key === 'Home') to(items[0])
    else if (event.key === 'End') to(items.at(-1))
    else if (event.key === 'ArrowRight' && expanded === 'false') onFold(id, true)
    else if (event.key === 'ArrowRight' && expanded === 'true') to(items[at + 1])
    else if (event.key === 'ArrowLeft' && expanded === 'true') onFold(id, false)
    else if (event.key === 'ArrowLeft')
      to(items.slice(0, at).findLast((item) => levelOf(item) < levelOf(here)))
    else if (event.key === 'Enter' || event.key === ' ') onSelect(id)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  if (!top.data) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: lists in lists are what a tree is without scripts
    <ul ref={tree} role="tree" aria-label={label} onKeyDown={onKeyDown}>
      <Node
        unit={top.data}
        level={1}
        branch={{ selected, isOpen, onFold, onSelect }}
        leaf={top.data.children === 0}
      />
    </ul>
  )
}

const intoSight = (item: HTMLElement | null): void => item?.scrollIntoView({ block: 'nearest' })
const levelOf = (item: HTMLElement): number => Number(item.getAttribute('aria-level'))

type NodeUnit = { id: string; name: string; shortName: string; inForce: boolean }

function Node({
  unit,
  level,
  branch,
  leaf: known,
}: {
  unit: NodeUnit
  level: number
  branch: Branch
  leaf?: boolean
}) {
  const open = branch.isOpen(unit.id)
  // Asked before it is opened: a triangle before a unit without units would promise what is not there.
  const children = useOperation(
    listUnits,
    { parent: unit.id, limit: 200 },
    { enabled: known !== true, staleTime: 60_000 },
  )
  const items = children.data?.items ?? []
  const leaf = known ?? (children.data !== undefined && items.length === 0)
  const chosen = unit.id === branch.selected
  const Fold = open ? ChevronDown : ChevronRight
  return (
    <>
      <li
        role="treeitem"
        data-unit={unit.id}
        className={styles.item}
        aria-level={level}
        aria-selected={chosen}
        aria-expanded={leaf ? undefined : open}
        title={unit.name}
        // The root too: the chosen unit may lie in a branch that is closed.
        tabIndex={chosen || level === 1 ? 0 : -1}
        ref={chosen ? intoSight : undefined}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the tree item around it answers the keyboard */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
        <div
          className={classes(styles.line, chosen && styles.chosen)}
          style={{ paddingLeft: (level - 1) * 14 }}
          onClick={() => branch.onSelect(unit.id)}
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions: left and right arrow do the same */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
          <span
            className={styles.fold}
            onClick={(event) => {
              event.stopPropagation()
              if (!leaf) branch.onFold(unit.id, !open)
            }}
          >
            {leaf ? null : <Fold size={18} aria-hidden="true" />}
          </span>
          <span className={classes(!unit.inForce && styles.ended)}>{unit.shortName}</span>
        </div>
      </li>
      {open
        ? items.map((child) => <Node key={child.id} unit={child} level={level + 1} branch={branch} />)
        : null}
    </>
  )
}
