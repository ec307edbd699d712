import { sql } from 'kysely'
import { nationalStatus } from '#modules/dossiers/rules.ts'
import type { Role } from '#modules/identity/contract.ts'
import { WATCH } from '../../modules/dossiers/rules/watch.ts'
import { changesOf, problemsOf } from '../../tests/support/life.ts'
import { replay } from '../replay.ts'
import { Broken, type Followed, rowOf, type Simulated } from './world.ts'

/** One dossier after something was tried with it: log, row, clocks and process say one thing, and no promise was broken. */
export const checkDossier = async (world: Simulated, followed: Followed): Promise<void> => {
  const { province, count } = world
  count.checks += 1
  const row = await rowOf(world, followed.code)
  const problems = await problemsOf(province, followed.code, { sameCalendar: false })
  const events = await province.services.log.timeline(province.db, { kind: 'dossier', id: row.id })
  const told = replay(events.map(({ type }) => type))
  if (told !== row.state) problems.push(`by the law its events lead to ${told}, it is ${row.state}`)
  const { promised } = followed
  const again = await countedAgain(world, row.id, followed)
  if (promised && row.due_at && row.due_at < promised && !again)
    problems.push(`promised for ${promised.toISOString()}, now for ${row.due_at.toISOString()}`)
  if (problems.length > 0) throw new Broken(`${followed.code}: ${problems.join('; ')}`)
  followed.promised = row.due_at
}

/** A supplement sets the limit back to zero by law, and the new slip carries a promise of its own (Article 19(5)). */
const countedAgain = async (
  { province }: Simulated,
  id: string,
  { promised }: Followed,
): Promise<boolean> => {
  if (promised === null) return false
  const last = (await changesOf(province, id)).findLast(({ data }) => 'due' in data)
  return last?.type === 'supplement-received' || last?.type === 'payment-confirmed'
}

/** Each names rows that must not exist. Numbers are those of the whole province, so that none is missing anywhere. */
const IMPOSSIBLE: Readonly<Record<string, string>> = {
  'a code of a day is missing or given twice': `
    select c.identifier, c.day::text, c.last from dossier_code_counter c
    left join dossier d on d.code like c.identifier || '-' || to_char(c.day, 'YYMMDD') || '-%'
    group by c.identifier, c.day, c.last
    having count(d.id) <> c.last or max(substring(d.code from '[0-9]+$')::integer) <> c.last`,
  'a number of a book is missing or given twice': `
    select c.centre, c.year, c.last from dossier_book_counter c
    left join dossier d on d.receiving_centre = c.centre
      and extract(year from d.received_at at time zone 'Asia/Ho_Chi_Minh') = c.year
    group by c.centre, c.year, c.last
    having count(d.id) <> c.last or count(distinct d.book_number) <> c.last or max(d.book_number) <> c.last`,
  'a number of a register of results is missing or given twice': `
    select c.unit, c.year, c.last from result_number_counter c
    left join dossier_result r on r.unit = c.unit and r.year = c.year and r.edition = 1
    group by c.unit, c.year, c.last
    having count(r.id) <> c.last or max(r.number::integer) <> c.last`,
  'a number of a paper is missing or given twice': `
    select c.series, c.unit, c.year, c.last from paper_number_counter c
    left join paper p on p.series = c.series and p.unit = c.unit and p.year = c.year
    group by c.series, c.unit, c.year, c.last
    having count(p.id) <> c.last or max(p.number) <> c.last`,
  'a running process of an ended dossier, or none of a dossier under way': `
    select d.code, d.state from dossier d
    left join process_instance i on i.subject_id = d.id and i.ended_at is null
    group by d.code, d.state, d.returned_at
    having count(i.id) <> (case when d.state in ('ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT', 'COMPLETED')
      or (d.state = 'RESULT_ERROR' and d.returned_at is null) then 1 else 0 end)`,
  'an open step of a process that has ended': `
    select t.id::text from task t join process_instance i on i.id = t.instance_id
    where t.state in ('open', 'claimed') and i.ended_at is not null`,
  'a process that neither a step, a moment nor a message moves on': `
    select i.subject_id::text from process_instance i where i.ended_at is null
      and not exists (select from task t where t.instance_id = i.id and t.state in ('open', 'claimed'))
      and not exists (select from process_wait w where w.instance_id = i.id and w.closed_at is null)`,
  'a token that is not where its open step is': `
    select t.id::text from task t join process_token k on k.id = t.token_id
    where t.state in ('open', 'claimed') and (k.node_id <> t.step_id or k.state <> 'active')`,
  'two intervals of one clock overlap': `
    select a.dossier_id::text from dossier_clock a join dossier_clock b
      on b.dossier_id = a.dossier_id and b.ordinal = a.ordinal + 1
    where a.to_at is null or a.to_at > b.from_at`,
  'a date moved twice by an apology': `
    select dossier_id::text from dossier_due_change where kind = 'EXTENSION' group by dossier_id having count(*) > 1`,
  'a kept answer without its dossier': `
    select i.key from idempotency i where i.operation = 'dossiers.create'
      and not exists (select from dossier d where d.code = i.answer::jsonb ->> 'code')`,
  'a question is waited for and its dossier is not under way, or its step was taken without it': `
    select d.code, d.state from consultation_agency a join consultation c on c.id = a.consultation_id
    join dossier d on d.id = c.dossier_id
    where a.state = 'asked' and d.state not in ('ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT')`,
  'an opinion without its words, or words of an agency that gave none': `
    select a.consultation_id::text, a.unit from consultation_agency a
    where (a.state = 'answered') <> (a.answer is not null and a.answered_at is not null)`,
  'a group whose procedures do not say what their dossiers do': `
    select d.code, m.key, m.state, c.state from dossier d join dossier_group_member m on m.parent_id = d.id
    left join dossier c on c.id = m.dossier_id
    where d.state in ('ACCEPTED', 'PROCESSING') and m.state <> 'dropped' and m.state <> case
      when c.id is null then 'waiting'
      when c.state in ('NOT_ACCEPTED', 'WITHDRAWN', 'CLOSED_NO_SUPPLEMENT', 'STOPPED') then 'failed'
      when c.state not in ('COMPLETED', 'RETURNED', 'RESULT_ERROR') then 'running'
      when c.outcome = 'REFUSED' then 'failed' else 'done' end`,
  'a procedure of a group waits and what it needs is there, or it began before': `
    select d.code, m.key, m.state from dossier d join dossier_group_member m on m.parent_id = d.id
    where d.state in ('ACCEPTED', 'PROCESSING') and (m.state = 'waiting') = not exists (
      select from unnest(m.after) as needed(key) join dossier_group_member n
      on n.parent_id = d.id and n.key = needed.key where n.state <> 'done')
      and m.state in ('waiting', 'running')`,
  'a group with its result and a procedure without': `
    select d.code, m.key, m.state from dossier d join dossier_group_member m on m.parent_id = d.id
    where d.state = 'COMPLETED' and m.state not in ('done', 'dropped')`,
  'two dossiers of one procedure of a group are under way': `
    select c.parent_id::text, c.member_key from dossier c
    where c.parent_id is not null and c.state not in
      ('NOT_ACCEPTED', 'WITHDRAWN', 'CLOSED_NO_SUPPLEMENT', 'STOPPED', 'COMPLETED', 'RETURNED', 'RESULT_ERROR')
    group by c.parent_id, c.member_key having count(*) > 1`,
  'a dossier without the moment at which somebody is told of it': `
    select d.code, d.state from dossier d
    where d.state not in ('NOT_ACCEPTED', 'WITHDRAWN', 'CLOSED_NO_SUPPLEMENT', 'STOPPED', 'RETURNED')
      and d.moved_at is null
      and not exists (select from dossier_deadline l where l.dossier_id = d.id and l.to_at is null)`,
}

const checkNumbers = async ({ province }: Simulated): Promise<void> => {
  for (const [what, query] of Object.entries(IMPOSSIBLE)) {
    const { rows } = await sql.raw(query).execute(province.db)
    if (rows.length > 0) throw new Broken(`${what}: ${JSON.stringify(rows.slice(0, 3))}`)
  }
}

const OVER = ['NOT_ACCEPTED', 'WITHDRAWN', 'CLOSED_NO_SUPPLEMENT', 'STOPPED', 'RETURNED']

/** Every state is somebody's, has a code of the nation, and together they are all that ever came. */
const checkStates = async ({ province, officers, arrived }: Simulated): Promise<void> => {
  const groups = await province.db
    .selectFrom('dossier')
    .select((q) => [
      'state',
      'receiving_centre',
      'resolving_unit',
      'returning_centre',
      q('returned_at', 'is not', null).as('returned'),
      q.fn.countAll().as('count'),
    ])
    .groupBy([
      'state',
      'receiving_centre',
      'resolving_unit',
      'returning_centre',
      (q) => q('returned_at', 'is not', null),
    ])
    .$castTo<{
      state: keyof typeof WATCH
      receiving_centre: string
      resolving_unit: string
      returning_centre: string
      returned: boolean
      count: number
    }>()
    .execute()
  const byStatus = new Map<number, number>()
  for (const group of groups) {
    const status = nationalStatus(group.state, group.returned)
    if (!(status >= 1 && status <= 10)) throw new Broken(`${group.state} has no code of the nation`)
    byStatus.set(status, (byStatus.get(status) ?? 0) + Number(group.count))
    const { owner, clock, alarms } = WATCH[group.state]
    if (OVER.includes(group.state)) continue
    if (owner === null || alarms.length === 0 || (clock === null && group.state !== 'COMPLETED'))
      throw new Broken(`${group.state} is nobody's, without a clock or without an alarm`)
    if (owner === 'applicant') continue
    const place = {
      receivingCentre: group.receiving_centre,
      resolvingUnit: group.resolving_unit,
      returningCentre: group.returning_centre,
    }[owner.at]
    if (!owner.roles.some((role) => officers.at(role, place).length > 0))
      throw new Broken(`nobody at ${place} may act on what is ${group.state}`)
  }
  const { all, came } = await province.db
    .selectFrom('dossier')
    .select((q) => [
      q.fn.countAll<number>().as('all'),
      // Procedures of a group are dossiers of their own, and came as one.
      sql<number>`count(*) filter (where parent_id is null)`.as('came'),
    ])
    .executeTakeFirstOrThrow()
  const counted = [...byStatus.values()].reduce((sum, one) => sum + one, 0)
  if (counted !== Number(all) || Number(came) > arrived)
    throw new Broken(`${counted} by status, ${String(all)} dossiers, ${arrived} came`)
}

/** Every open step has somebody who may do it. */
const checkOwners = async ({ province, officers }: Simulated): Promise<void> => {
  const open = await province.db
    .selectFrom('task')
    .select(['role', 'unit_id'])
    .distinct()
    .where('state', 'in', ['open', 'claimed'])
    .execute()
  // Roles of steps are roles of the house: processes are compiled against them.
  for (const { role, unit_id: unit } of open)
    if (officers.at(role as Role, unit).length === 0) throw new Broken(`nobody is ${role} at ${unit}`)
}

export const checkProvince = async (world: Simulated): Promise<void> => {
  world.count.checks += 1
  await checkNumbers(world)
  await checkStates(world)
  await checkOwners(world)
}

const SILENT_FOR_SURE = 60 * 86_400_000

/**
 * Whatever is past its moment, an opinion while the dossier itself does not wait for the applicant, is in the list of alarms of who
 * watches the province. A group has nothing to do of its own while one of its procedures is on the way, which is told by itself.
 */
export const checkAlarms = async (world: Simulated): Promise<void> => {
  const { province, count } = world
  const now = province.clock.now()
  const { rows: expected } = await sql<{ code: string; state: string }>`
    select d.code, d.state from dossier d
    where exists (select from dossier_deadline l where l.dossier_id = d.id and l.to_at is null and l.alarm_at <= ${now}
        and (l.kind <> 'CONSULTATION' or d.state in ('ACCEPTED', 'PROCESSING')))
      or (d.state in ('ACCEPTED', 'PROCESSING', 'COMPLETED') and d.moved_at <= ${new Date(now.getTime() - SILENT_FOR_SURE)}
        and not exists (select from dossier_group_member m where m.parent_id = d.id and m.state = 'running'))`.execute(
    province.db,
  )
  const told = new Set<string>()
  let after: string | null = null
  do {
    count.requests += 1
    const reply = await province.call(
      province.actor('SUPERVISOR'),
      'GET',
      `/alarms?limit=200${after === null ? '' : `&after=${after}`}`,
    )
    const page: { items: { dossier: { code: string } }[]; next: string | null } = JSON.parse(reply.body)
    for (const { dossier } of page.items) told.add(dossier.code)
    after = page.next
  } while (after !== null)
  const silent = expected.filter(({ code }) => !told.has(code))
  if (silent.length > 0) throw new Broken(`nobody is told of ${JSON.stringify(silent.slice(0, 3))}`)
}
