import type { TaskItem } from '#modules/dossiers/contract.ts'
import { addDays, localDateOf, weekdayOf } from '#platform/time/vietnam.ts'

export type GroupId = 'overdue' | 'today' | 'soon' | 'later' | 'open-ended' | 'paused'
export const GROUP_ORDER: readonly GroupId[] = ['overdue', 'today', 'soon', 'later', 'open-ended', 'paused']

/** Two weekdays ahead. Only sorts rows under a heading; the due dates themselves are the calendar's. */
export function twoDaysAhead(today: string): string {
  let date = today
  for (let left = 2; left > 0; ) {
    date = addDays(date, 1)
    if (weekdayOf(date) <= 5) left -= 1
  }
  return date
}

/** Under which heading a task stands. `pace` is the server's: a step may be over although its day is today. */
export function groupOf(task: Pick<TaskItem, 'pace' | 'due'>, now: Date): GroupId {
  if (task.pace === 'PAUSED') return 'paused'
  if (task.pace === 'OVERDUE' || task.pace === 'LATE') return 'overdue'
  if (task.due === null) return 'open-ended'
  const today = localDateOf(now)
  const day = localDateOf(new Date(task.due))
  if (day <= today) return 'today'
  return day <= twoDaysAhead(today) ? 'soon' : 'later'
}

/** In the order of the headings; within one the server's order by due date stays. */
export function groupTasks<T extends Pick<TaskItem, 'pace' | 'due'>>(
  tasks: readonly T[],
  now: Date,
): { id: GroupId; items: readonly T[] }[] {
  return GROUP_ORDER.map((id) => ({ id, items: tasks.filter((task) => groupOf(task, now) === id) }))
}

export type Held = { amount: number; unit: 'DAY' | 'HOUR' | 'MINUTE' }
/** How long a task has lain here, by the clock on the wall. */
export function heldFor(openedAt: string, now: Date): Held {
  const minutes = Math.max(0, Math.floor((now.getTime() - new Date(openedAt).getTime()) / 60_000))
  if (minutes < 60) return { amount: minutes, unit: 'MINUTE' }
  if (minutes < 24 * 60) return { amount: Math.floor(minutes / 60), unit: 'HOUR' }
  return { amount: Math.floor(minutes / (24 * 60)), unit: 'DAY' }
}
