import { movedByPause } from '#modules/calendar/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import { type Dues, deriveDues } from '../rules/clock.ts'
import type { ClockEffect } from '../rules/state-chart.ts'
import { CHART } from '../rules.ts'
import { dueChangesOf, intervalsOf, stopClocks, turnClock } from '../store/clock.ts'
import type { DossierPatch } from '../store/dossiers.ts'
import type { Acting, Effect } from './acting.ts'
import { limitOf } from './deadline.ts'

/** Begins, pauses, resumes or ends the clock as the chart says; the due dates of the dossier and of its open step follow. */
export const moveClock = async (acting: Acting): Promise<Effect> => {
  const { tx, dossier, input, now } = acting
  const { pausedAs, form } = CHART[input.action]
  const document = form ?? null
  const clock = effectOf(acting)
  switch (clock) {
    case 'none':
      return { patch: {}, data: {} }
    case 'end':
      await stopClocks(tx, [dossier.id], now)
      return { patch: {}, data: {} }
    case 'pause':
      await turnClock(tx, dossier.id, now, {
        ...{ kind: pausedAs ?? 'APPLICANT_WAIT', fromZero: false, reason: input.reason ?? null, document },
      })
      await eachOpenTask(acting, ({ id }) => acting.deps.workflow.pauseTask(tx, id, now))
      return { patch: {}, data: {} }
    case 'start':
    case 'restart':
      await turnClock(tx, dossier.id, now, { kind: 'RUNNING', fromZero: true, reason: null, document })
      // The first step of a process that has just begun counts from now already.
      if (clock === 'restart')
        await eachOpenTask(acting, ({ id }) => acting.deps.workflow.restartTask(tx, id, now))
      return startedEffect(await duesNow(acting), now)
    case 'resume': {
      const paused = await turnClock(tx, dossier.id, now, {
        ...{ kind: 'RUNNING', fromZero: false, reason: null, document },
      })
      const from = paused?.from ?? now
      await eachOpenTask(acting, async ({ id, unit, dueAt }) => {
        const own = await acting.deps.calendarFor(unit)
        await acting.deps.workflow.resumeTask(tx, id, dueAt && movedByPause(own, dueAt, from, now), now)
      })
      return dueEffect(await duesNow(acting), {})
    }
  }
}

/** Whether waiting for the applicant sets the limit back to zero is a number of the law, not of this program. */
const effectOf = ({ input, rules }: Acting): ClockEffect => {
  const { clock } = CHART[input.action]
  if (clock === 'restart') return rules.supplementRestarts ? 'restart' : 'resume'
  if (clock === 'resume') return rules.paymentRestarts ? 'restart' : 'resume'
  return clock
}

/** Derived from what is stored, so that the column can be nothing else. */
const duesNow = async ({ tx, dossier, calendar }: Acting): Promise<Dues> => {
  const [intervals, changes] = await Promise.all([
    intervalsOf(tx, [dossier.id]),
    dueChangesOf(tx, [dossier.id]),
  ])
  return deriveDues(
    calendar,
    limitOf(dossier),
    intervals.get(dossier.id) ?? [],
    changes.get(dossier.id) ?? [],
  )
}

const dueEffect = ({ due, provisional }: Dues, more: DossierPatch): Effect => ({
  patch: { ...more, due_at: due, due_provisional: provisional },
  data: { due: due?.toISOString() ?? null, ...(more.clock_started_at ? { fromZero: true } : {}) },
})

/** Counted from zero, the promise is a new one. */
const startedEffect = (dues: Dues, now: Date): Effect =>
  dueEffect(dues, { clock_started_at: now, original_due_at: dues.original })

const eachOpenTask = async (
  { tx, deps, dossier }: Acting,
  move: (task: TaskRow) => Promise<void>,
): Promise<void> => {
  const tasks = (await deps.workflow.tasksOfSubjects(tx, [dossier.id])).get(dossier.id) ?? []
  for (const task of tasks.filter(({ state }) => state === 'open' || state === 'claimed')) await move(task)
}
