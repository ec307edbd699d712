import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role, Scope, StaffActor } from '#modules/identity/contract.ts'
import { treeOf } from '#modules/organisation/test-tree.ts'
import { Refusal } from '#platform/errors.ts'
import { createLog } from '#platform/log/log.ts'
import { chain, END, process, receive, START, service, task } from './rules/drawing.fixture.ts'
import type { HeldRight, Officer } from './rules.ts'
import { an, binh, MORNING, processAdmin, workflowBench } from './workflow.fixture.ts'

const HOUR = 3_600_000
const SECTION = 'so-xay-dung'
const OTHER = 'so-y-te'

const officer = (id: string, role: Role, scope: Scope, unit: string | null): StaffActor => ({
  ...processAdmin(id, `Minh Họa ${id}`),
  grants: [{ role, scope, unit }],
})
const lead = officer('lead', 'AGENCY_LEAD', 'agency', SECTION)
const elsewhere = officer('elsewhere', 'AGENCY_LEAD', 'agency', OTHER)
const centre = officer('centre', 'CENTRE_OFFICER', 'province', null)
const system = officer('system', 'SYSTEM_ADMIN', 'province', null)
const specialist = officer('specialist', 'SPECIALIST', 'agency', SECTION)

/** Who may do what, as the organisation knows it at the moment. */
let held: HeldRight[] = []
const holds = (who: Officer, unit = SECTION): HeldRight => ({
  account: who.id,
  ...{ role: 'SPECIALIST', scope: 'agency', unit },
})
let failing = true

let bench: Awaited<ReturnType<typeof workflowBench>>
beforeAll(async () => {
  const tree = await treeOf('quang-ninh-2025')
  bench = await workflowBench({
    tree: async () => tree,
    agencies: [SECTION, OTHER],
    rightsHeld: async () => held,
    officersAt: async (role, unit) =>
      [an, binh].filter(({ id }) =>
        held.some((one) => one.account === id && one.role === role && one.unit === unit),
      ),
    operations: {
      announce: {
        name: { vi: 'Báo', en: 'Tell' },
        run: () => (failing ? Promise.reject(new Error('away')) : Promise.resolve(undefined)),
      },
    },
  })
})
afterAll(() => bench.drop())

const one = process(START + task('a', { agency: SECTION }) + END + chain('s→a→e'))
const listed = async (actor: StaffActor, subject: { id: string }) => {
  const { items } = await bench.service.listDispatch({ limit: 200 }, actor)
  return items.filter((item) => item.subject.id === subject.id)
}
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
const reason = 'Chị An đã chuyển công tác'
const started = async () => {
  const { subject, task } = await bench.start(await bench.publish('one', one))
  return { subject, id: task.id }
}
const give = (id: string, to: Officer) =>
  bench.db
    .updateTable('task')
    .set({ assignee_id: to.id, assignee_name: to.name })
    .where('id', '=', id)
    .execute()

describe('a step that nobody can do', () => {
  it('is shown with why, and given to another unit or officer with the reason', async () => {
    held = []
    const { subject, id } = await started()
    expect(await listed(lead, subject)).toMatchObject([
      {
        id,
        kind: 'nobody',
        unit: { id: SECTION },
        may: { reassign: true, release: false },
        why: { vi: expect.stringContaining('Không ai') },
      },
    ])
    const move = (unit?: string, assignee?: string) =>
      bench.service.reassignStuck({ id, unit, assignee, reason }, lead)
    expect(await codeOf(move())).toBe('workflow.reassign-target')
    expect(await codeOf(move('khong-co'))).toBe('workflow.unknown-unit')
    expect(await codeOf(move(OTHER))).toBe('workflow.officer-unfit')
    expect(await codeOf(move(undefined, an.id))).toBe('workflow.officer-unfit')
    held = [holds(binh, OTHER)]
    expect(await move(OTHER, binh.id)).toMatchObject({ unit: OTHER, assignee: binh })
    expect(await listed(lead, subject)).toEqual([])
    expect(await codeOf(move(OTHER))).toBe('workflow.not-stuck')
    const events = await createLog().timeline(bench.db, subject)
    expect(events.map(({ type, actor, data }) => [type, actor.name, data.reason])).toEqual([
      ['task-moved', lead.name, reason],
      ['task-reassigned', lead.name, reason],
    ])
  })

  it('is nobody else’s to see or to move', async () => {
    held = []
    const { subject, id } = await started()
    expect(await listed(elsewhere, subject)).toEqual([])
    expect(await listed(specialist, subject)).toEqual([])
    expect(await listed(centre, subject)).toMatchObject([{ may: { reassign: true } }])
    expect(await listed(system, subject)).toMatchObject([{ may: { reassign: false } }])
    const input = { id, unit: OTHER, assignee: undefined, reason }
    expect(await codeOf(bench.service.reassignStuck(input, elsewhere))).toBe('workflow.not-stuck')
    expect(await codeOf(bench.service.reassignStuck(input, system))).toBe('platform.forbidden')
  })
})

describe('a step whose officer is gone', () => {
  it('is shown, and released to the others of the role', async () => {
    held = [holds(binh)]
    const { subject, id } = await started()
    expect(await listed(lead, subject)).toEqual([])
    await give(id, an)
    expect(await listed(lead, subject)).toMatchObject([
      { kind: 'assignee-gone', assignee: an, may: { release: true } },
    ])
    await bench.service.releaseStuck({ id, reason }, lead)
    expect(await listed(lead, subject)).toEqual([])
    expect(await codeOf(bench.service.releaseStuck({ id, reason }, lead))).toBe('workflow.not-stuck')
    expect(await bench.open(subject)).toMatchObject([{ assignee: null, state: 'open' }])
  })

  it('is finished once, also when it is released at that moment', async () => {
    held = [holds(binh)]
    const { id } = await started()
    await give(id, an)
    const [released, moved] = await Promise.allSettled([
      bench.service.releaseStuck({ id, reason }, lead),
      bench.move({ task: id, by: an, at: MORNING, act: bench.all }),
    ])
    expect(moved).toMatchObject({ value: [{ ok: true }] })
    if (released.status === 'rejected')
      expect(['workflow.task-done', 'workflow.not-stuck']).toContain(released.reason.code)
    const row = await bench.db
      .selectFrom('task')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row.state).toBe('done')
  })
})

describe('what the process waits for', () => {
  it('a failed operation is shown with its error and can be tried again', async () => {
    const xml = process(START + task('a') + service('o', 'announce') + END + chain('s→a→o→e'))
    const { subject, task: a } = await bench.start(await bench.publish('failing', xml))
    await bench.move({ task: a.id, by: an, at: MORNING, act: bench.all })
    failing = true
    for (let attempt = 0; attempt < 5; attempt++) {
      await bench.service.runOperations()
      bench.clock.advance(HOUR)
    }
    const [item] = await listed(system, subject)
    expect(item).toMatchObject({
      kind: 'operation-failed',
      error: 'away',
      may: { retry: true, reassign: false },
    })
    failing = false
    await bench.service.retryStuck({ id: item?.id ?? '', reason: 'Máy chủ đã chạy lại' }, system)
    expect(await bench.service.runOperations()).toBe(1)
    expect(await listed(system, subject)).toEqual([])
    expect(await codeOf(bench.service.retryStuck({ id: item?.id ?? '', reason }, system))).toBe(
      'workflow.not-stuck',
    )
    bench.clock.set(MORNING)
  })

  it('an overdue answer is shown, and recorded by hand with the reason', async () => {
    const xml = process(START + task('a') + receive('r', 'thue', 'motcua:hours="8"') + END + chain('s→a→r→e'))
    const { subject, task: a } = await bench.start(await bench.publish('overdue', xml))
    await bench.move({ task: a.id, by: an, at: MORNING, act: bench.all })
    expect(await listed(centre, subject)).toEqual([])
    bench.clock.set(new Date(MORNING.getTime() + 9 * HOUR))
    const [item] = await listed(centre, subject)
    expect(item).toMatchObject({ kind: 'message-overdue', name: 'Chờ thue', may: { deliver: true } })
    const input = { id: item?.id ?? '', payload: {}, reason: 'Có công văn trả lời' }
    await bench.service.deliverStuck(input, centre)
    expect(await codeOf(bench.service.deliverStuck(input, centre))).toBe('workflow.not-stuck')
    bench.clock.set(MORNING)
  })

  it('a timer whose hours nobody knows is a failure, computed anew when it is tried again', async () => {
    const timer =
      '<bpmn:intermediateCatchEvent id="t" name="Chờ" motcua:hours="wait"><bpmn:timerEventDefinition id="d"/></bpmn:intermediateCatchEvent>'
    const xml = process(START + task('a') + timer + END + chain('s→a→t→e'), 'motcua:variables="wait:number"')
    const { subject, task: a, instance } = await bench.start(await bench.publish('unknown-hours', xml))
    await bench.move({ task: a.id, by: an, at: MORNING, act: bench.all })
    const [item] = await listed(centre, subject)
    expect(item).toMatchObject({ kind: 'timer-failed' })
    const again = () => bench.service.retryStuck({ id: item?.id ?? '', reason }, centre)
    expect(await codeOf(again())).toBe('workflow.hours-unknown')
    const variables = JSON.stringify({ schema: 1, facts: {}, own: { wait: 2 }, decisions: {} })
    await bench.db.updateTable('process_instance').set({ variables }).where('id', '=', instance).execute()
    await again()
    expect(await listed(centre, subject)).toEqual([])
    bench.clock.set(new Date(MORNING.getTime() + 2 * HOUR))
    expect(await bench.service.fireTimers()).toBe(1)
    bench.clock.set(MORNING)
  })
})

describe('pages', () => {
  it('go on where the last one ended, oldest first', async () => {
    held = []
    for (let n = 0; n < 5; n++) {
      bench.clock.advance(1_000)
      await bench.start(await bench.publish('one', one), bench.clock.now())
    }
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await bench.service.listDispatch({ kind: 'nobody', limit: 2, after }, lead)
      seen.push(...page.items.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after !== undefined)
    const { items, counts } = await bench.service.listDispatch({ kind: 'nobody', limit: 200 }, lead)
    expect(seen).toEqual(items.map(({ id }) => id))
    expect(counts.nobody).toBe(items.length)
    expect(await bench.service.listDispatch({ limit: 2, after: 'không phải của ta' }, lead)).toMatchObject({
      items: { length: 2 },
    })
    bench.clock.set(MORNING)
  })
})

describe('time that runs out', () => {
  const levelsOf = async (subject: { kind: string; id: string }) =>
    (await createLog().timeline(bench.db, subject))
      .filter(({ type }) => type === 'task-escalated')
      .map(({ data }) => [data.level, data.concerns])

  it('is told at 50, 80 and 100 per cent, once each, to whom it concerns, and counted', async () => {
    held = [holds(an)]
    const { subject } = await started()
    for (const hours of [1.9, 2, 2.1, 3.2, 4, 9]) {
      bench.clock.set(new Date(MORNING.getTime() + hours * HOUR))
      await Promise.all([bench.service.escalate(), bench.service.escalate(), bench.service.escalate()])
      await bench.service.escalate()
    }
    expect(await levelsOf(subject)).toEqual([
      [50, 'assignee'],
      [80, 'section-lead'],
      [100, 'agency-lead'],
    ])
    expect(await bench.open(subject)).toMatchObject([{ escalation: 100 }])
    expect((await bench.service.listDispatch({ limit: 1 }, lead)).escalated.all).toBeGreaterThan(0)
    bench.clock.set(MORNING)
  })

  it('after a night without a server nothing is left out; while the dossier waits nothing is told', async () => {
    const [late, waiting] = [await started(), await started()]
    const { db, service, clock } = bench
    clock.set(new Date(MORNING.getTime() + HOUR))
    await db.transaction().execute((tx) => service.pauseTask(tx, waiting.id, clock.now()))
    clock.set(new Date(MORNING.getTime() + 10 * HOUR))
    await service.escalate()
    expect((await levelsOf(late.subject)).map(([level]) => level)).toEqual([50, 80, 100])
    expect(await levelsOf(waiting.subject)).toEqual([])
    // An hour was used before the pause of nine: half of the four is over one hour after it.
    const due = new Date(MORNING.getTime() + 13 * HOUR)
    await db.transaction().execute((tx) => service.resumeTask(tx, waiting.id, due, clock.now()))
    await service.escalate()
    expect(await levelsOf(waiting.subject)).toEqual([])
    clock.set(new Date(MORNING.getTime() + 11 * HOUR))
    await service.escalate()
    expect((await levelsOf(waiting.subject)).map(([level]) => level)).toEqual([50])
    clock.set(MORNING)
  })
})

describe('a delegate', () => {
  it('does the colleague’s tasks in the delegated roles, and the task says for whom', async () => {
    const { subject, id } = await started()
    await give(id, an)
    const move = (roles: string[]) =>
      bench.move({ task: id, by: { ...binh, for: [{ ...an, roles }] }, at: MORNING, act: bench.all })
    expect(await move(['CLERK'])).toMatchObject([{ refusal: { code: 'workflow.task-assigned' } }])
    expect(await move(['SPECIALIST'])).toMatchObject([{ ok: true, actedFor: an }])
    const [done] = (await bench.service.tasksOfSubjects(bench.db, [subject.id])).get(subject.id) ?? []
    expect(done).toMatchObject({ closedBy: binh, closedFor: an })
  })

  it('takes it in hand for the colleague, who has it again when the period is over', async () => {
    const { subject, id } = await started()
    await give(id, an)
    const by = { ...binh, for: [{ ...an, roles: ['SPECIALIST'] }] }
    await bench.service.claimTask(bench.db, { task: id, by, rights: 'all' })
    expect(await bench.open(subject)).toMatchObject([{ state: 'claimed', assignee: an }])
    const events = await createLog().timeline(bench.db, subject)
    expect(events.at(-1)).toMatchObject({ type: 'task-claimed', actor: binh, data: { onBehalfOf: an } })
    const rest = await bench.move({ task: id, by: an, at: MORNING, act: bench.all })
    expect(rest).toMatchObject([{ ok: true, actedFor: null }])
  })
})
