import type { TaskItem } from '#modules/dossiers/contract.ts'
import { useKept } from '../../surfaces/desk/kept.ts'

type Mark = { version: number; leftOut: boolean }
type Marks = Readonly<Record<string, Mark>>

const isMark = (value: unknown): value is Mark =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  typeof value.version === 'number' &&
  'leftOut' in value &&
  typeof value.leftOut === 'boolean'
const isMarks = (value: unknown): value is Marks =>
  typeof value === 'object' && value !== null && Object.values(value).every(isMark)

export type ReadMark = 'read' | 'left-out' | undefined

/**
 * What was read to its end, kept as long as the tab lives: after an interruption nobody reads a hundred dossiers again. A mark
 * is of one version; a dossier that changed since counts as unread.
 */
export function useReadMarks(tasks: readonly Pick<TaskItem, 'id' | 'dossier'>[]) {
  const [marks, keep] = useKept<Marks>('approvals.read', {}, isMarks)
  const of = (task: string): ReadMark => {
    const mark = marks[task]
    const version = tasks.find(({ id }) => id === task)?.dossier.version
    if (!mark || mark.version !== version) return undefined
    return mark.leftOut ? 'left-out' : 'read'
  }
  return {
    of,
    read: (task: string, version: number): void => {
      const known = new Set(tasks.map(({ id }) => id))
      const waiting = Object.entries(marks).filter(([id]) => known.has(id))
      keep({ ...Object.fromEntries(waiting), [task]: { version, leftOut: false } })
    },
    toggle: (task: string): void => {
      const mark = marks[task]
      if (mark) keep({ ...marks, [task]: { ...mark, leftOut: !mark.leftOut } })
    },
  }
}
