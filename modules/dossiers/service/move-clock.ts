import { v7 as newId } from 'uuid'
import { movedByPause } from '#modules/calendar/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import { CHART } from '../rules.ts'
import { closePause, openPause } from '../store/clock.ts'
import type { DossierPatch } from '../store/dossiers.ts'
import type { Acting } from './acting.ts'

/** Pauses, resumes or ends the clock as the chart says; the due dates of the dossier and of its open step follow. */
export const moveClock = async (acting: Acting): Promise<DossierPatch> => {
  const { tx, dossier, input, now, calendar } = acting
  const { clock, pausedAs } = CHART[input.action]
  if (clock === 'pause') {
    await openPause(tx, {
      id: newId(),
      dossier: dossier.id,
      kind: pausedAs ?? 'OTHER',
      reason: input.reason ?? null,
      at: now,
    })
    await eachOpenTask(acting, ({ id }) => acting.deps.workflow.pauseTask(tx, id, now))
    return {}
  }
  if (clock === 'none' || clock === 'start') return {}
  const pause = await closePause(tx, dossier.id, now)
  if (clock === 'restart')
    await eachOpenTask(acting, ({ id }) => acting.deps.workflow.restartTask(tx, id, now))
  if (clock !== 'resume' || !pause) return {}
  await eachOpenTask(acting, async ({ id, unit, dueAt }) => {
    const own = await acting.deps.calendarFor(unit)
    const due = dueAt && movedByPause(own, dueAt, pause.from_at, now)
    await acting.deps.workflow.resumeTask(tx, id, due, now)
  })
  return dossier.due_at ? { due_at: movedByPause(calendar, dossier.due_at, pause.from_at, now) } : {}
}

const eachOpenTask = async (
  { tx, deps, dossier }: Acting,
  move: (task: TaskRow) => Promise<void>,
): Promise<void> => {
  const tasks = (await deps.workflow.tasksOfSubjects(tx, [dossier.id])).get(dossier.id) ?? []
  for (const task of tasks.filter(({ state }) => state === 'open' || state === 'claimed')) await move(task)
}
