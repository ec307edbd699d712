import { type Calendar, nextSession } from '#modules/calendar/rules.ts'
import { createDossier } from '#modules/dossiers/contract.ts'
import type { Role, StaffActor } from '#modules/identity/contract.ts'
import { agencyOf, type Tree } from '#modules/organisation/rules.ts'
import type { MovableClock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { addDays, instantOf, localDateOf } from '#platform/time/vietnam.ts'
import type { Services } from '#server/services.ts'
import { centresOn, resolvingUnit } from './offers.ts'
import { createOfficers, type Officers } from './officers.ts'

export type Together = { services: Services; db: Db; clock: MovableClock; staff: readonly StaffActor[] }

const GROUP_OF_THREE = '2.000986'
const GROUP_OF_TWO = '2.001023'
/** Five working days at a department of the province: time to ask others. Certified copies: the same day, anywhere. */
const LONG = '1.000426'
const SAME_DAY = '2.000815'
const INSURER = 'nd-bhxh'
const MINUTE_MS = 60_000
const MOST_STEPS = 20
/** Tết with its weekends. */
const LONGEST_BREAK_DAYS = 30

type World = Together & {
  tree: Tree
  officers: Officers
  calendar: Calendar
  now: Date
  /** Centres of districts or communes with a clerk of their own. */
  centres: readonly string[]
}

/** Half an hour into the first session of the working day so many working days ago; 0 is the last one that has begun. */
const daysAgo = ({ calendar, now }: World, days: number): Date => {
  const today = localDateOf(now)
  let left = days
  for (let back = 0; back < LONGEST_BREAK_DAYS + 2 * days; back += 1) {
    const day = addDays(today, -back)
    const { from } = nextSession(calendar, instantOf(day))
    const begun = new Date(from.getTime() + 30 * MINUTE_MS)
    if (localDateOf(from) !== day || begun >= now) continue
    if (left === 0) return begun
    left -= 1
  }
  throw new Error(`no working day ${days} days before ${today}`)
}

const asked = (actor: StaffActor) => ({ actor, idempotency: undefined })
const someone = ({ officers }: World, role: Role, unit: string): StaffActor => {
  const [found] = officers.at(role, unit)
  if (!found) throw new Error(`nobody in the demo province is ${role} for ${unit}`)
  return found
}

/** One thing after another; never beyond now. */
const pass = ({ clock, now }: World, minutes: number): void =>
  clock.set(new Date(Math.min(clock.now().getTime() + minutes * MINUTE_MS, now.getTime())))

type Received = { procedure: string; centre: string; name: string; unit?: string }

/** Everything that everybody has to bring lies on the counter. */
const receive = async (
  world: World,
  { procedure, centre, name, unit }: Received,
  at: Date,
): Promise<string> => {
  const { services, clock } = world
  clock.set(at)
  const { content } = await services.catalogue.getInForce(procedure, localDateOf(at))
  const [chosen] = content.cases
  const input = createDossier.input.parse({
    ...{ procedure, receivingCentre: centre },
    ...(content.cases.length > 1 && chosen ? { case: chosen.id } : {}),
    ...(unit ? { resolvingUnit: unit } : {}),
    owner: { kind: 'person', name, phone: '0900000009', address: 'Số 00 đường Thí Dụ' },
    components: (chosen?.components ?? [])
      .filter(({ mandatory }) => mandatory)
      .map(({ id }) => ({ component: id, originals: 1 })),
  })
  return (await services.dossiers.create(input, asked(someone(world, 'RECEPTION', centre)))).code
}

const idOf = async ({ db }: World, code: string): Promise<string> =>
  (await db.selectFrom('dossier').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id

/** The steps before this one, each some minutes after the other. */
const walkTo = async (
  world: World,
  code: string,
  until: string,
  outcome: 'GRANTED' | 'REFUSED' = 'GRANTED',
): Promise<void> => {
  const { services, db } = world
  const id = await idOf(world, code)
  for (let i = 0; i < MOST_STEPS; i += 1) {
    const tasks = (await services.workflow.tasksOfSubjects(db, [id])).get(id) ?? []
    const task = tasks.find(({ state }) => state === 'open' || state === 'claimed')
    if (!task || task.step === until) return
    pass(world, 20)
    // Steps of the house's processes name roles of the house.
    const officer = someone(world, task.role as Role, task.unit)
    const opinion = outcome === 'REFUSED' ? 'Giấy tờ không khớp, không đủ điều kiện.' : 'Đủ điều kiện.'
    await services.dossiers.complete({ id: task.id, opinion, outcome }, asked(officer))
  }
}

const childOf = async (world: World, code: string, key: string): Promise<string> => {
  const { code: child } = await world.db
    .selectFrom('dossier')
    .select('code')
    .where('parent_id', '=', await idOf(world, code))
    .where('member_key', '=', key)
    .executeTakeFirstOrThrow()
  return child
}

/** A child is born: one group half-way, one where a procedure failed, one that was received this morning. */
const groups = async (world: World): Promise<void> => {
  const [here = '', there = here] = world.centres
  const half = await receive(
    world,
    { procedure: GROUP_OF_THREE, centre: here, name: 'Mẫu Thị Liên' },
    daysAgo(world, 4),
  )
  await walkTo(world, await childOf(world, half, 'birth'), 'return')
  const failed = await receive(
    world,
    { procedure: GROUP_OF_TWO, centre: there, name: 'Thử Văn Thông' },
    daysAgo(world, 3),
  )
  await walkTo(world, await childOf(world, failed, 'birth'), 'return', 'REFUSED')
  await receive(world, { procedure: GROUP_OF_TWO, centre: here, name: 'Ví Thị Dụ' }, daysAgo(world, 0))
}

/** The insurer and a department with officers of its own, none of them the one that asks. */
const consulted = ({ tree, staff }: World, lead: string): { insurer: string; department: string } => {
  const own = agencyOf(tree, lead)?.id
  const departments = staff.flatMap(({ grants }) =>
    grants.flatMap(({ role, scope, unit }) =>
      role === 'SPECIALIST' && scope === 'agency' && unit?.startsWith('so-') && unit !== own ? [unit] : [],
    ),
  )
  return { insurer: INSURER, department: departments[0] ?? INSURER }
}

type Question = { name: string; days: number; workingDays: number; insurerToo: boolean }

/** A dossier at its appraisal, and a question about it; gives the question and who was asked. */
const ask = async (world: World, { name, days, workingDays, insurerToo }: Question) => {
  const { services, db, centres } = world
  const [centre = ''] = centres
  const code = await receive(world, { procedure: LONG, centre, name }, daysAgo(world, days))
  await walkTo(world, code, 'appraise')
  const id = await idOf(world, code)
  const task = ((await services.workflow.tasksOfSubjects(db, [id])).get(id) ?? []).find(
    ({ step, state }) => step === 'appraise' && state === 'open',
  )
  if (!task) throw new Error(`${code} did not come to its appraisal`)
  const { insurer, department } = consulted(world, task.unit)
  pass(world, 10)
  const view = await services.dossiers.askOpinions(
    {
      ...{ code, workingDays, silence: 'ESCALATION', files: [] },
      agencies: insurerToo ? [insurer, department] : [department],
      question: 'Đề nghị cho biết thông tin về người nộp có khớp với dữ liệu của cơ quan không.',
    },
    asked(someone(world, 'SPECIALIST', task.unit)),
  )
  return { id: view.consultations[0]?.id ?? '', insurer }
}

/** Opinions: one question answered by one of two agencies, one that nobody answered in time. */
const opinions = async (world: World): Promise<void> => {
  const { services, clock } = world
  const { id, insurer } = await ask(world, {
    ...{ name: 'Mẫu Văn Hỏi', days: 1, workingDays: 3, insurerToo: true },
  })
  pass(world, 60)
  await services.dossiers.consultations.answer(
    { id, unit: insurer, opinion: 'AGREES', answer: 'Thông tin khớp với dữ liệu của cơ quan.' },
    asked(someone(world, 'SPECIALIST', insurer)),
  )
  await ask(world, { name: 'Thử Thị Đáp', days: 6, workingDays: 2, insurerToo: false })
  clock.set(world.now)
  await services.dossiers.consultations.watch()
}

/** Received outside the agency's territory; the paper was days on its way, and the same-day dossier is late by the courier. */
const travelling = async (world: World): Promise<void> => {
  const { services, clock, centres, tree } = world
  const [here = '', there = ''] = centres
  const at = daysAgo(world, 6)
  const version = await services.catalogue.getInForce(SAME_DAY, localDateOf(at))
  const agency = resolvingUnit(tree, { version, centre: here, place: null, on: localDateOf(at) })
  if (agency === null || there === '') return
  const code = await receive(
    world,
    { procedure: SAME_DAY, centre: there, name: 'Ví Văn Đường', unit: agency },
    at,
  )
  await walkTo(world, code, 'appraise')
  const clerk = someone(world, 'RECEPTION', there)
  pass(world, 10)
  const { sheets } = await services.dossiers.handover.create(
    { kind: 'dossiers', from: there, dossiers: [code] },
    asked(clerk),
  )
  clock.set(daysAgo(world, 1))
  const taker = someone(world, 'CLERK', agency)
  await services.dossiers.handover.receive({ sheet: sheets[0]?.code ?? '', received: [code] }, asked(taker))
}

/**
 * What several agencies do together, after the province's own past: nothing of it is in the plan, whose dossiers go one way each.
 * Told once; a start that is broken off leaves the rest untold.
 */
export const liveTogether = async ({ services, db, clock, staff }: Together, now: Date): Promise<void> => {
  const told = await db.selectFrom('dossier').select('id').where('is_group', '=', true).executeTakeFirst()
  if (told) return
  const tree = await services.organisation.tree()
  const officers = createOfficers(staff, tree)
  const calendar = await services.calendar.calendarFor(db, null)
  const anchors = officers.anchors('RECEPTION')
  const centres = centresOn(tree, localDateOf(now)).filter(
    (id) => tree.units.get(id)?.level !== 'province' && anchors.includes(id),
  )
  const world: World = { services, db, clock, staff, tree, officers, calendar, now, centres }
  await groups(world)
  await opinions(world)
  await travelling(world)
  clock.set(now)
}
