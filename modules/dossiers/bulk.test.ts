import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { grantCovers } from '#modules/organisation/rules.ts'
import { aDossier, asked, currentStep, newKey, viewOf, walkTo } from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { countStatements } from '../../tests/support/statements.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince({ poolSize: 12 })
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const bulk = () => province.services.dossiers.bulk
const lead = () => province.actor('UNIT_LEAD', 'so-tu-phap')
const elsewhere = () => {
  const found = province.staff.find(({ grants }) =>
    grants.every((grant) => grant.role === 'UNIT_LEAD' && !grantCovers(province.tree, grant, 'so-tu-phap')),
  )
  if (!found) throw new Error('there is one section only')
  return province.officer(found.username)
}
const head = () => province.officer('lanhdao.sotuphap')

/** Dossiers that wait at a step, with the step's id and the version that a reader has. */
const waiting = (count: number, step: string) =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const { code } = await aDossier(province)
      const { id, view } = await walkTo(province, code, step, { minutes: 0 })
      return { code, task: id, version: view.version }
    }),
  )
const itemsOf = (all: readonly { task: string; version: number }[]) =>
  all.map(({ task, version }) => ({ task, version }))
const events = async (code: string, type: string) =>
  (await viewOf(province, code)).timeline.filter((entry) => entry.type === type)

/** Two more officers with the rights of the section's specialist. */
const anotherSpecialist = async (username: string) => {
  const { id } = province.officer(username)
  await province.db
    .insertInto('account_grant')
    .values({
      ...{ id: newKey(), account: id, role: 'SPECIALIST', scope: 'agency', unit: 'so-tu-phap' },
      ...{ granted_by: 'test', reason: 'Kiểm thử', valid_from: new Date(START.getTime() - 1_000) },
    })
    .execute()
  return id
}

describe('giving out many steps', () => {
  test('the plan is even, the lead changes one, and every step waits for whom it was given to', async () => {
    await anotherSpecialist('chuyenvien.halong')
    const made = await waiting(6, 'assign')
    const tasks = made.map(({ task }) => task)
    const plan = await bulk().plan({ tasks }, lead())
    expect(plan.refused).toEqual([])
    const loads = plan.officers.map(({ holding, given }) => holding + given)
    expect(plan.officers.length).toBeGreaterThan(1)
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)
    const [first] = plan.officers
    const items = plan.items.map(({ task, proposed }, i) => ({
      task,
      assignee: (i === 0 ? first?.id : proposed) ?? '',
    }))
    const answer = await bulk().assign({ items, reason: 'Chia theo tải' }, asked(lead()))
    expect(answer.refused).toEqual([])
    expect(answer.done.map(({ task }) => task).toSorted()).toEqual(tasks.toSorted())
    for (const [i, { code }] of made.entries()) {
      const step = await currentStep(province, code)
      expect(step?.step).toBe('appraise')
      expect(
        step?.view.task ?? step?.view.process?.steps.find(({ state }) => state === 'current'),
      ).toMatchObject({ assignee: plan.officers.find(({ id }) => id === items[i]?.assignee)?.name })
    }
  })

  test('steps that somebody holds change hands; whoever is no officer of the step is refused alone', async () => {
    const other = await anotherSpecialist('chuyenvien.mongcai')
    const [one, two] = await waiting(2, 'appraise')
    if (!one || !two) throw new Error('nothing waits')
    const answer = await bulk().assign(
      {
        items: [
          { task: one.task, assignee: other },
          { task: two.task, assignee: province.officer('tiepnhan.tinh1').id },
        ],
        reason: 'Người cũ nghỉ phép',
      },
      asked(lead()),
    )
    expect(answer.done.map(({ code, next }) => [code, next])).toEqual([
      [one.code, [province.officer('chuyenvien.mongcai').name]],
    ])
    expect(answer.refused.map(({ code, refusal }) => [code, refusal.code])).toEqual([
      [two.code, 'dossiers.unknown-assignee'],
    ])
    expect(await events(one.code, 'task-reassigned')).toHaveLength(1)
    expect(await events(two.code, 'task-reassigned')).toHaveLength(0)
  })

  test('who leads another section learns nothing, not even the code', async () => {
    const [one] = await waiting(1, 'appraise')
    const stranger = elsewhere()
    const body = { items: [{ task: one?.task ?? '', assignee: stranger.id }], reason: 'Lấy về làm' }
    const { done, refused } = await bulk().assign(body, asked(stranger))
    expect(done).toEqual([])
    expect(refused).toMatchObject([{ code: null, refusal: { code: 'workflow.task-not-found' } }])
  })
})

describe('signing many', () => {
  test('what was read is signed, what was not or has changed is refused alone, with words', async () => {
    const [read, unread, changed] = await waiting(3, 'approve')
    if (!read || !unread || !changed) throw new Error('nothing waits')
    const { done, refused } = await bulk().complete(
      {
        items: [
          { task: read.task, version: read.version },
          { task: unread.task },
          { task: changed.task, version: changed.version - 1 },
          { task: newKey(), version: 1 },
        ],
      },
      asked(head()),
    )
    expect(done).toMatchObject([{ task: read.task, code: read.code, state: 'PROCESSING' }])
    expect(refused.map(({ code, refusal }) => [code, refusal.code])).toEqual([
      [unread.code, 'dossiers.not-read'],
      [changed.code, 'dossiers.changed-since-read'],
      [null, 'workflow.task-not-found'],
    ])
    expect(refused[0]?.refusal.vi).toMatch(/đọc tới cuối/)
    expect((await currentStep(province, unread.code))?.step).toBe('approve')
  })

  test('a repeat with its key gets the first answer, and nothing is signed twice', async () => {
    const made = await waiting(3, 'approve')
    const headers = { 'idempotency-key': newKey() }
    const body = { items: itemsOf(made) }
    const send = () => province.call(head(), 'POST', '/tasks/completions', body, headers)
    const answers = await Promise.all([send(), send(), send()])
    expect(new Set(answers.map(({ body: text }) => text)).size).toBe(1)
    expect(answers[0]?.json().done).toHaveLength(3)
    for (const { code } of made) expect(await events(code, 'dossier-approved')).toHaveLength(1)
  })

  test('one number that was typed ahead refuses nobody: the register passes over it', async () => {
    const made = await waiting(2, 'issue')
    const year = { unit: 'so-tu-phap', year: 2026 }
    const taken = await province.db
      .selectFrom('result_number_counter')
      .select('last')
      .where('unit', '=', year.unit)
      .executeTakeFirst()
    const ahead = await waiting(1, 'issue')
    const number = String((taken?.last ?? 0) + 1).padStart(2, '0')
    const clerk = province.actor('CLERK', 'so-tu-phap')
    await province.services.dossiers.complete({ id: ahead[0]?.task ?? '', result: { number } }, asked(clerk))
    const { done, refused } = await bulk().complete({ items: itemsOf(made) }, asked(clerk))
    expect([done.length, refused]).toEqual([2, []])
  })
})

describe('two lists that overlap', () => {
  test('neither waits for ever nor does an item twice: each step moves once, whoever came first', async () => {
    const made = await waiting(40, 'approve')
    const other = province.anotherProcess()
    const shuffled = (all: typeof made) =>
      all.toSorted((a, b) => a.task.slice(-6).localeCompare(b.task.slice(-6)))
    const lists = [made.slice(0, 30), made.slice(10), shuffled(made), made.toReversed()]
    const answers = await Promise.all(
      lists.map((list, i) =>
        (i % 2 ? other : province.services).dossiers.bulk.complete({ items: itemsOf(list) }, asked(head())),
      ),
    )
    const done = answers.flatMap((answer) => answer.done.map(({ task }) => task))
    expect(done.toSorted()).toEqual(made.map(({ task }) => task).toSorted())
    for (const [i, { done: own, refused }] of answers.entries()) {
      expect(own.length + refused.length).toBe(lists[i]?.length)
      expect(new Set(refused.map(({ refusal }) => refusal.code))).toEqual(
        new Set(refused.length > 0 ? ['workflow.task-done'] : []),
      )
    }
    for (const { code } of made) expect(await events(code, 'dossier-approved')).toHaveLength(1)
  })

  test('assigning and reassigning beside single steps and actions', async () => {
    const made = await waiting(12, 'appraise')
    const specialist = province.actor('SPECIALIST', 'so-tu-phap')
    const give = (list: typeof made) =>
      bulk().assign(
        { items: list.map(({ task }) => ({ task, assignee: specialist.id })), reason: 'Chia lại' },
        asked(lead()),
      )
    const finish = made.map(({ task }) =>
      province.services.dossiers.complete({ id: task, opinion: 'Đủ điều kiện' }, asked(specialist)),
    )
    const [one, two] = await Promise.all([give(made), give(made.toReversed()), ...finish])
    for (const { done, refused } of [one, two]) expect(done.length + refused.length).toBe(12)
    for (const { code } of made) {
      expect((await currentStep(province, code))?.step).toBe('review')
      expect(await events(code, 'dossier-appraised')).toHaveLength(1)
    }
  })
})

test('so many steps are a handful of statements', async () => {
  const made = await waiting(20, 'review')
  const sign = () => bulk().complete({ items: itemsOf(made), opinion: 'Đồng ý trình' }, asked(lead()))
  const { result, count } = await countStatements(sign)
  expect(result.done).toHaveLength(20)
  expect(count).toBeLessThan(30)
})
