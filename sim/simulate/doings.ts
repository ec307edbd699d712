import words from '#data/demo/words.json' with { type: 'json' }
import { ACTIONS, type Action, DossierView } from '#modules/dossiers/contract.ts'
import { actionsFrom, CHART } from '#modules/dossiers/rules.ts'
import type { Role, StaffActor } from '#modules/identity/contract.ts'
import type { DossierRow } from '../../modules/dossiers/store/dossiers.ts'
import { bodyFor, stepBody } from './bodies.ts'
import { checkGroup, memberOptions } from './groups.ts'
import { opinionOptions } from './opinions.ts'
import { type Answer, type Press, press } from './press.ts'
import { Broken, type Followed, rowOf, type Simulated } from './world.ts'

type TaskView = NonNullable<DossierView['task']>

/** How often an action is chosen where it is open; what ends a dossier without a result is seldom. */
const EAGERNESS: Partial<Record<Action, number>> = {
  accept: 10,
  'complete-intake': 8,
  'receive-supplement': 8,
  'confirm-payment': 8,
  'correct-result': 8,
  return: 10,
  'refuse-intake': 1,
  withdraw: 0.4,
  stop: 0.4,
  adjust: 0.4,
  'report-lost-papers': 0.3,
  'settle-lost-papers': 4,
  reopen: 1,
  'close-unsupplemented': 4,
  'report-result-error': 0.5,
}
const eagernessOf = (action: Action): number => EAGERNESS[action] ?? 1.2

export const read = async (
  { province, count }: Simulated,
  by: StaffActor,
  code: string,
): Promise<DossierView | undefined> => {
  count.requests += 1
  const reply = await province.call(by, 'GET', `/dossiers/${code}`)
  if (reply.statusCode === 404) return undefined
  if (reply.statusCode !== 200) throw new Broken(`${by.username} reads ${code}: ${reply.body}`)
  return DossierView.parse(JSON.parse(reply.body))
}

const unitAt = (row: DossierRow, at: (typeof CHART)[Action]['at']): string =>
  ({
    receivingCentre: row.receiving_centre,
    resolvingUnit: row.resolving_unit,
    returningCentre: row.returning_centre,
  })[at]

/** Somebody whose turn it may be: who holds an open step, or who may act in this state. */
const somebodyConcerned = async (world: Simulated, row: DossierRow): Promise<StaffActor | undefined> => {
  const { province, officers, random } = world
  const tasks = (await province.services.workflow.tasksOfSubjects(province.db, [row.id])).get(row.id) ?? []
  const open = tasks.filter(({ state }) => state === 'open' || state === 'claimed')
  const holders = open.flatMap((task) => {
    // Roles of steps are roles of the house: processes are compiled against them.
    const able = officers.at(task.role as Role, task.unit)
    const hand = able.find(({ id }) => id === task.assignee?.id)
    return hand ? [hand] : able
  })
  const actions = actionsFrom(row.state)
  // Whoever received a group decides what follows from a failure in it.
  if (row.is_group && row.state === 'PROCESSING' && random.chance(0.7))
    return random.pick(officers.at('RECEPTION', row.receiving_centre))
  if (holders.length > 0 && (actions.length === 0 || random.chance(0.75))) return random.pick(holders)
  if (actions.length === 0) return undefined
  const { roles, at } = CHART[random.weighted(actions, eagernessOf)]
  const able = roles.flatMap((role) => officers.at(role, unitAt(row, at)))
  return able.length > 0 ? random.pick(able) : undefined
}

type Option = { weight: number; run: () => Promise<void> }

const done = ({ count }: Simulated, what: string, answer: Answer): void => {
  if (answer.status >= 400) throw new Broken(`${what} was offered and refused: ${answer.text}`)
  count.done += 1
}

const refused = ({ count }: Simulated, what: string, answer: Answer): void => {
  if (answer.status < 400) throw new Broken(`${what} was not offered and done: ${answer.text}`)
  const code = answer.code ?? ''
  count.refused.set(code, (count.refused.get(code) ?? 0) + 1)
}

const keyOf = ({ count }: Simulated, code: string): string => `${code}-${count.requests}`

const actionPress = async (
  world: Simulated,
  one: { by: StaffActor; view: DossierView; followed: Followed; action: Action },
): Promise<Press> => {
  const { by, view, followed, action } = one
  const { province, random } = world
  const calendar = await province.services.calendar.calendarFor(province.db, view.receivingCentre.id)
  const told = { view, random, calendar, now: province.clock.now(), n: followed.n }
  return {
    ...{ by, path: `/dossiers/${view.code}/actions/${action}`, body: bodyFor(action, told) },
    ...{ key: keyOf(world, view.code), version: view.version },
  }
}

const actionOptions = (world: Simulated, by: StaffActor, view: DossierView, followed: Followed): Option[] =>
  view.actions.map(({ action, allowed, blockedBy }) => ({
    weight: allowed ? eagernessOf(action) : 0.15,
    run: async () => {
      const one = await actionPress(world, { by, view, followed, action })
      const what = `${by.username}: ${action} of ${view.code} in ${view.state}`
      const stale = allowed && world.random.chance(0.05)
      const answer = await press(world, stale ? { ...one, version: view.version - 1 } : one)
      if (stale) {
        if (answer.code !== 'dossiers.stale-version')
          throw new Broken(`${what} on old ground: ${answer.text}`)
        return refused(world, what, answer)
      }
      if (allowed) return done(world, what, answer)
      if (answer.code !== blockedBy?.code)
        throw new Broken(
          `${what} is blocked by ${blockedBy?.code} and was answered ${answer.status} ${answer.code}`,
        )
      refused(world, what, answer)
    },
  }))

const taskOptions = (world: Simulated, by: StaffActor, view: DossierView, task: TaskView): Option[] => {
  const { random } = world
  const what = (verb: string) => `${by.username}: ${verb} ${task.name} of ${view.code} in ${view.state}`
  const path = `/tasks/${task.id}`
  const idempotent = () => ({ by, key: keyOf(world, view.code) })
  const option = (may: boolean, weight: number, verb: string, one: () => Press): Option[] =>
    may ? [{ weight, run: async () => done(world, what(verb), await press(world, one())) }] : []
  return [
    ...option(task.mayComplete, 14, 'complete', () => ({
      ...{ ...idempotent(), path: `${path}/complete`, body: stepBody(task, random) },
    })),
    ...option(task.mayClaim, 1, 'claim', () => ({ by, path: `${path}/claim`, body: {} })),
    ...option(task.maySendBack, 0.8, 'send back', () => ({
      ...{ ...idempotent(), path: `${path}/send-back` },
      body: { reason: random.pick(words.sendBacks), toStep: random.pick(task.sendBackTo).step },
    })),
  ]
}

const reassign = async (
  world: Simulated,
  by: StaffActor,
  view: DossierView,
  task: TaskView,
): Promise<void> => {
  const { province, random, count } = world
  count.requests += 1
  const reply = await province.call(by, 'GET', `/tasks/${task.id}/assignees`)
  const { items }: { items: { id: string }[] } = JSON.parse(reply.body)
  if (reply.statusCode !== 200) throw new Broken(`assignees of ${task.name}: ${reply.body}`)
  if (items.length === 0) return
  const body = { assignee: random.pick(items).id, reason: random.pick(words.reassigns) }
  done(
    world,
    `${by.username}: reassign ${task.name} of ${view.code}`,
    await press(world, { by, path: `/tasks/${task.id}/reassign`, body }),
  )
}

const print = async (world: Simulated, by: StaffActor, view: DossierView): Promise<void> => {
  const { province, random, count } = world
  const paper = random.pick(view.papers)
  count.requests += 1
  const reply = await province.call(by, 'GET', `/dossiers/${view.code}/papers/${paper.form}`)
  if (reply.statusCode !== 200 || !reply.rawPayload.subarray(0, 5).equals(Buffer.from('%PDF-')))
    throw new Broken(`${paper.form} of ${view.code} is offered and does not print: ${reply.statusCode}`)
  count.papers += 1
}

const explain = async (world: Simulated, by: StaffActor, view: DossierView): Promise<void> => {
  const { random } = world
  const { reasonCode, explanation } = random.pick(words.delays)
  const one = { by, path: `/dossiers/${view.code}/lateness`, body: { reasonCode, explanation } }
  const what = `${by.username}: explain ${view.code}`
  done(world, what, await press(world, { ...one, key: keyOf(world, view.code) }))
}

/** Somebody concerned opens the dossier and does one of the things that their screen offers. */
export const workOn = async (world: Simulated, followed: Followed): Promise<void> => {
  const { random } = world
  const row = await rowOf(world, followed.code)
  const by = await somebodyConcerned(world, row)
  if (!by) return
  const view = await read(world, by, followed.code)
  if (!view) throw new Broken(`${by.username} is concerned with ${followed.code} and may not read it`)
  if (row.is_group) checkGroup(view)
  const leads = view.tasks.filter(({ mayReassign }) => mayReassign)
  const options: Option[] = [
    ...actionOptions(world, by, view, followed),
    ...view.tasks.flatMap((task) => taskOptions(world, by, view, task)),
    ...[...opinionOptions(world, by, view), ...memberOptions(world, by, view)].map(
      ({ weight, what, one }) => ({
        weight,
        run: async () => done(world, `${by.username}: ${what} of ${view.code}`, await press(world, one())),
      }),
    ),
    ...leads.map((task) => ({ weight: 0.5, run: () => reassign(world, by, view, task) })),
    ...(view.papers.length > 0 ? [{ weight: 0.8, run: () => print(world, by, view) }] : []),
    ...(view.lateness?.mayExplain && !view.lateness.explanation
      ? [{ weight: 4, run: () => explain(world, by, view) }]
      : []),
  ]
  if (options.length > 0) await random.weighted(options, ({ weight }) => weight).run()
}

/** Anybody tries anything: what is not offered to them is refused, and who may not read learns nothing. */
export const meddle = async (world: Simulated, followed: Followed): Promise<void> => {
  const { random, everybody } = world
  const by = random.pick(everybody)
  const view = await read(world, by, followed.code)
  const known = view ?? (await viewOfSupervisor(world, followed.code))
  const action = random.pick(ACTIONS)
  const one = await actionPress(world, { by, view: known, followed, action })
  const what = `${by.username}: ${action} of ${followed.code} in ${known.state}`
  const answer = await press(world, one)
  if (!view) {
    if (answer.status !== 404 && answer.status !== 403)
      throw new Broken(`${what}, which they may not read: ${answer.status} ${answer.text}`)
    return refused(world, what, answer)
  }
  const offered = view.actions.some((ability) => ability.action === action && ability.allowed)
  if (offered) done(world, what, answer)
  else refused(world, what, answer)
}

export const viewOfSupervisor = async (world: Simulated, code: string): Promise<DossierView> => {
  const view = await read(world, world.province.actor('SUPERVISOR'), code)
  if (!view) throw new Broken(`the supervisor may not read ${code}`)
  return view
}
