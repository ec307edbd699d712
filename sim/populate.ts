import type { StaffActor } from '#modules/identity/contract.ts'
import type { MovableClock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Services } from '#server/services.ts'
import { agreeTerms } from './beginning.ts'
import { createDoings, type Living } from './doings.ts'
import { makePlan, type Plan, type Terms } from './plan.ts'
import type { Planned, Story } from './story.ts'

export type PopulateOptions = Terms & {
  /** Made with `clock`: what they do happens when it says. */
  services: Services
  db: Db
  clock: MovableClock
  /** Officers with the grants they really have (`actorsOf`). */
  staff: readonly StaffActor[]
}

export type PopulateReport = {
  dossiers: number
  /** Doings carried out now; less than planned when an earlier start was broken off. */
  actions: number
  planned: number
  /** What the product refused: none, or the plan and the product disagree. */
  refusals: { n: number; code: string; does: string; by: string; at: string }[]
  /** Another version of the simulator began this province: it is left as it is. */
  abandoned: boolean
}

/** Two that come at one moment are received one after the other; the rest of the moment follows. */
const BETWEEN_ARRIVALS_MS = 17_000
const LAST_ARRIVAL_MS = 140_000
const AFTER_ARRIVALS_MS = 150_000
/** Independent dossiers move side by side; more than this only wait for each other's rows. */
const ABREAST = 8

type Moment = {
  tick: number
  arrivals: { story: Story; planned: Planned }[]
  others: { story: Story; planned: Planned }[]
}

const momentsOf = (stories: readonly Story[]): Moment[] => {
  const moments = new Map<number, Moment>()
  for (const story of stories) {
    for (const planned of story.actions) {
      const moment = moments.get(planned.tick) ?? { tick: planned.tick, arrivals: [], others: [] }
      moments.set(planned.tick, moment)
      const list = planned.does.kind === 'create' ? moment.arrivals : moment.others
      list.push({ story, planned })
    }
  }
  return [...moments.values()].sort((a, b) => a.tick - b.tick)
}

/** Numbers come from one register per agency: who issues at one moment does so in the order of the plan. */
const isNumbered = ({ does }: Planned): boolean => does.kind === 'complete' && does.result !== undefined

/**
 * Lives the past through: each doing by its officer, at its moment, through the product's own use cases. A start that was
 * broken off goes on where it stopped: the log says what has happened, and who was handed in has a mark of its own.
 */
export const populate = async (options: PopulateOptions): Promise<PopulateReport> => {
  const { services, db, clock, staff } = options
  const agreed = await agreeTerms(
    { services, db, profile: (await services.organisation.tree()).profile },
    options,
  )
  clock.set(agreed.terms.from)
  const plan = await makePlan({ services, db, staff }, agreed.terms)
  const planned = plan.stories.reduce((sum, { actions }) => sum + actions.length, 0)
  const report: PopulateReport = {
    dossiers: plan.stories.length,
    actions: 0,
    planned,
    refusals: [],
    abandoned: false,
  }
  if (!(await agreed.confirm(plan.digest))) return { ...report, abandoned: true }
  await live(options, { plan, seed: agreed.terms.seed, resuming: agreed.resuming, report })
  clock.set(agreed.terms.to)
  return report
}

type Life = { plan: Plan; seed: string; resuming: boolean; report: PopulateReport }

const live = async (
  { services, db, clock }: PopulateOptions,
  { plan, seed, resuming, report }: Life,
): Promise<void> => {
  const doings = createDoings({ services, db, clock, seed })
  const living = new Map<number, Living & { happened: ReadonlySet<number> }>()
  const { ticks } = plan.world

  /** A refusal ends the story of that dossier and is told; anything else is a bug. */
  const attempt = async (story: Story, { by, does }: Planned, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
      report.actions += 1
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      living.delete(story.n)
      const what = does.kind === 'act' ? does.action : does.kind
      report.refusals.push({
        n: story.n,
        code: error.code,
        does: what,
        by: by.username,
        at: clock.now().toISOString(),
      })
    }
  }

  const happenedTo = async (id: string): Promise<ReadonlySet<number>> => {
    if (!resuming) return new Set()
    const events = await services.log.timeline(db, { kind: 'dossier', id })
    return new Set(events.map(({ at }) => at.getTime()))
  }

  const arrive = async ({ story, planned }: Moment['arrivals'][number]): Promise<void> => {
    const { does } = planned
    if (does.kind !== 'create') return
    await attempt(story, planned, async () => {
      const one = await doings.create(story, planned, does, resuming)
      living.set(story.n, { ...one, happened: await happenedTo(one.id) })
    })
  }

  for (const { tick, arrivals, others } of momentsOf(plan.stories)) {
    const start = ticks.at(tick).getTime()
    for (const [index, arrival] of arrivals.entries()) {
      clock.set(new Date(start + Math.min(index * BETWEEN_ARRIVALS_MS, LAST_ARRIVAL_MS)))
      await arrive(arrival)
    }
    const now = start + AFTER_ARRIVALS_MS
    clock.set(new Date(now))
    const todo = others.flatMap(({ story, planned }) => {
      const one = living.get(story.n)
      return one && !one.happened.has(now) ? [{ one, story, planned }] : []
    })
    if (todo.length === 0) continue
    const tasks = await doings.openTasks(todo.map(({ one }) => one.id))
    const run = ({ one, story, planned }: (typeof todo)[number]) =>
      attempt(story, planned, () => doings.carryOut(one, planned, tasks.get(one.id) ?? []))
    const numbered = todo.filter(({ planned }) => isNumbered(planned))
    const free = todo.filter(({ planned }) => !isNumbered(planned))
    const inTurn = async () => {
      for (const item of numbered) await run(item)
    }
    const lanes = Array.from({ length: ABREAST }, async (_, lane) => {
      for (let i = lane; i < free.length; i += ABREAST) {
        const item = free[i]
        if (item) await run(item)
      }
    })
    await Promise.all([inTurn(), ...lanes])
  }
}
