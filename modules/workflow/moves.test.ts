import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '#platform/errors.ts'
import { createLog } from '#platform/log/log.ts'
import { an, binh, MORNING, places, workflowBench } from './workflow.fixture.ts'

let bench: Awaited<ReturnType<typeof workflowBench>>
beforeAll(async () => {
  bench = await workflowBench()
})
afterAll(() => bench.drop())

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
const tasksOf = async (subject: { id: string }) =>
  (await bench.service.tasksOfSubjects(bench.db, [subject.id])).get(subject.id) ?? []

describe('a dossier on the standard process', () => {
  it('passes every step at its place, with its role and due date, and ends', async () => {
    const { subject, task } = await bench.start()
    expect(task).toMatchObject({ step: 'receive', role: 'RECEPTION', unit: places.receivingCentre })
    expect(task.dueAt).toEqual(new Date(MORNING.getTime() + 4 * 3_600_000))
    await bench.completeUntil(task, null)
    const tasks = await tasksOf(subject)
    expect(tasks.map(({ step, unit, state }) => [step, unit, state])).toEqual([
      ['receive', places.receivingCentre, 'done'],
      ['assign', places.resolvingAgency, 'done'],
      ['appraise', places.resolvingAgency, 'done'],
      ['review', places.resolvingAgency, 'done'],
      ['approve', places.resolvingAgency, 'done'],
      ['issue', places.resolvingAgency, 'done'],
      ['return', places.returningPlace, 'done'],
    ])
    expect(tasks.at(-1)?.dueAt).toBeNull()
    const instance = await bench.db
      .selectFrom('process_instance')
      .select(['ended_as'])
      .where('subject_id', '=', subject.id)
      .executeTakeFirstOrThrow()
    expect(instance.ended_as).toBe('completed')
  })

  it('sends back with a reason to whoever did that step, and comes forward again', async () => {
    const { subject, task } = await bench.start()
    const appraise = await bench.completeUntil(task, 'appraise', an)
    const review = await bench.completeUntil(appraise, 'review', binh)
    const act = { kind: 'send-back', toStep: 'appraise', reason: 'Thiếu biên bản xác minh' } as const
    const [back] = await bench.move({ task: review.id, by: an, at: MORNING, act })
    expect(back).toMatchObject({
      ok: true,
      opened: [{ step: 'appraise', assignee: binh, returnedFrom: 'review' }],
    })
    const tasks = await tasksOf(subject)
    expect(tasks.at(-2)).toMatchObject({ outcome: 'returned', returnReason: 'Thiếu biên bản xác minh' })
    const [again] = back?.ok ? back.opened : []
    if (!again) throw new Error('nothing was opened')
    expect((await bench.completeUntil(again, 'issue', binh)).step).toBe('issue')
  })

  it('gives the next step to whom the head assigns it', async () => {
    const { task } = await bench.start()
    const assign = await bench.completeUntil(task, 'assign')
    const next = { assignee: binh, unit: 'so-tu-phap/ho-tich' }
    const [moved] = await bench.move({
      task: assign.id,
      by: an,
      at: MORNING,
      act: { kind: 'complete', next },
    })
    expect(moved).toMatchObject({
      opened: [{ step: 'appraise', assignee: binh, unit: 'so-tu-phap/ho-tich' }],
    })
    const [appraise] = moved?.ok ? moved.opened : []
    const [refused] = await bench.move({ task: appraise?.id ?? '', by: an, at: MORNING, act: bench.all })
    expect(refused).toMatchObject({
      refusal: { code: 'workflow.task-assigned', details: { by: binh.name } },
    })
  })

  it('stays on its version when a new one is published', async () => {
    const { task, instance } = await bench.start()
    const { service, db } = bench
    await db
      .updateTable('process_version')
      .set({ state: 'withdrawn', withdrawn_at: MORNING })
      .where('id', '=', bench.standard)
      .execute()
    try {
      expect((await bench.completeUntil(task, 'approve')).step).toBe('approve')
      const row = await db
        .selectFrom('process_instance')
        .select('version_id')
        .where('id', '=', instance)
        .executeTakeFirstOrThrow()
      expect(row.version_id).toBe(bench.standard)
      expect(await codeOf(bench.start())).toBe('workflow.not-published')
      expect(await service.versionsInForce(db, ['standard/40h'], '2026-04-21')).toEqual(new Map())
    } finally {
      await db
        .updateTable('process_version')
        .set({ state: 'published', withdrawn_at: null })
        .where('id', '=', bench.standard)
        .execute()
    }
  })

  it('travels one process at a time', async () => {
    const { subject } = await bench.start()
    const again = bench.db
      .transaction()
      .execute((tx) =>
        bench.service.startInstances(tx, [{ subject, version: bench.standard, places, at: MORNING }]),
      )
    expect(await codeOf(again)).toBe('workflow.already-running')
  })

  it('is cancelled with its open task and token', async () => {
    const { subject, task } = await bench.start()
    const cancelled = await bench.db
      .transaction()
      .execute((tx) => bench.service.cancelInstances(tx, [{ subject, at: MORNING, by: an }]))
    expect(cancelled).toMatchObject([{ subject, tasks: [task.id] }])
    const [late] = await bench.move({ task: task.id, by: an, at: MORNING, act: bench.all })
    expect(late).toMatchObject({ ok: false, refusal: { code: 'workflow.task-cancelled' } })
    const active = await bench.db
      .selectFrom('process_token')
      .select('id')
      .where('instance_id', '=', cancelled[0]?.instance ?? '')
      .where('state', '=', 'active')
      .execute()
    expect(active).toEqual([])
  })
})

describe('what a step asks for', () => {
  const wanted = [
    ['appraise', { opinion: ' ' }, 'workflow.opinion-required'],
    ['approve', { opinion: 'Đồng ý' }, 'workflow.signature-required'],
    ['issue', { opinion: 'Đồng ý', signed: true }, 'workflow.result-required'],
  ] as const
  it.each(wanted)('%s is not completed without it', async (step, given, code) => {
    const { task } = await bench.start()
    const at = await bench.completeUntil(task, step)
    const [refused] = await bench.move({
      task: at.id,
      by: an,
      at: MORNING,
      act: { kind: 'complete', ...given },
    })
    expect(refused).toMatchObject({ ok: false, refusal: { code } })
  })

  it('returns only to steps that the process names, with a reason', async () => {
    const { task } = await bench.start()
    const review = await bench.completeUntil(task, 'review')
    const back = (toStep: string, reason: string) =>
      bench.move({ task: review.id, by: an, at: MORNING, act: { kind: 'send-back', toStep, reason } })
    expect(await back('issue', 'Sai')).toMatchObject([{ refusal: { code: 'workflow.return-not-allowed' } }])
    expect(await back('appraise', '  ')).toMatchObject([{ refusal: { code: 'workflow.reason-required' } }])
    expect(await bench.move({ task: newId(), by: an, at: MORNING, act: bench.all })).toMatchObject([
      { refusal: { code: 'workflow.task-not-found' } },
    ])
  })
})

describe('several officers at once', () => {
  it('lets exactly one complete a task and tells the others who and when', async () => {
    const { subject, task } = await bench.start()
    const officers = Array.from({ length: 16 }, (_, index) => ({ id: `o${index}`, name: `Thử ${index}` }))
    const results = await Promise.all(
      officers.map((by) => bench.move({ task: task.id, by, at: MORNING, act: bench.all })),
    )
    const winners = officers.filter((_, index) => results[index]?.[0]?.ok)
    expect(winners).toHaveLength(1)
    const refusals = results.flat().filter((one) => !one.ok)
    expect(refusals).toHaveLength(15)
    for (const { refusal } of refusals) {
      expect(refusal.code).toBe('workflow.task-done')
      expect(refusal.details).toMatchObject({ by: winners[0]?.name, when: '08:00 21/04/2026' })
    }
    expect((await tasksOf(subject)).map(({ step }) => step)).toEqual(['receive', 'assign'])
  })

  it('refuses the second of two in one batch, and moves the rest', async () => {
    const [one, other] = [await bench.start(), await bench.start()]
    const results = await bench.move(
      { task: one.task.id, by: an, at: MORNING, act: bench.all },
      { task: one.task.id, by: binh, at: MORNING, act: bench.all },
      { task: other.task.id, by: binh, at: MORNING, act: bench.all },
    )
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true])
    expect(results[1]).toMatchObject({ refusal: { code: 'workflow.task-done', details: { by: an.name } } })
  })

  it('never deadlocks when batches meet in opposite orders, and moves each task once', async () => {
    const started = await Promise.all(Array.from({ length: 12 }, () => bench.start()))
    const items = started.map(({ task }) => ({ task: task.id, by: an, at: MORNING, act: bench.all }))
    const orders = [items, items.toReversed(), items.toSorted((a, b) => (a.task < b.task ? 1 : -1))]
    const results = await Promise.all([...orders, ...orders].map((order) => bench.move(...order)))
    expect(results.flat().filter(({ ok }) => ok)).toHaveLength(items.length)
  })

  it('lets exactly one claim, and completing is then the claimer’s alone', async () => {
    const { task } = await bench.start()
    const rights = [{ unit: places.receivingCentre, role: 'RECEPTION' }]
    const officers = Array.from({ length: 12 }, (_, index) => ({ id: `c${index}`, name: `Thử ${index}` }))
    const claims = await Promise.allSettled(
      officers.map((by) => bench.service.claimTask(bench.db, { task: task.id, by, rights })),
    )
    const winner = officers[claims.findIndex(({ status }) => status === 'fulfilled')]
    const reasons = claims.flatMap((claim) => (claim.status === 'rejected' ? [claim.reason] : []))
    expect(reasons).toHaveLength(11)
    for (const reason of reasons) {
      expect(reason).toMatchObject({ code: 'workflow.task-taken', details: { by: winner?.name } })
    }
    const [refused] = await bench.move({ task: task.id, by: an, at: MORNING, act: bench.all })
    expect(refused).toMatchObject({ refusal: { code: 'workflow.task-taken' } })
    const events = await createLog().timeline(
      bench.db,
      (await lockedSubject(task.id)) ?? { kind: '', id: '' },
    )
    expect(events.map(({ type }) => type)).toEqual(['task-claimed'])
  })

  it('opens a step once per token, whatever the code does', async () => {
    const { task } = await bench.start()
    const copy = sql`insert into task (id, instance_id, token_id, subject_kind, subject_id, step_id, name, action, role, unit_id,
      state, opened_at, attributes) select ${newId()}, instance_id, token_id, subject_kind, subject_id, step_id, name, action,
      role, unit_id, state, opened_at, attributes from task where id = ${task.id}`
    await expect(copy.execute(bench.db)).rejects.toMatchObject({ constraint: 'task_open_step' })
  })
})

const lockedSubject = async (id: string) => {
  const [locked] = await bench.db.transaction().execute((tx) => bench.service.lockTasks(tx, [id]))
  return locked?.subject
}

describe('who has a task', () => {
  it('is released to everybody, and given to another by a head with a reason', async () => {
    const { task } = await bench.start()
    const rights = 'all'
    const { service, db } = bench
    const hold = { task: task.id, rights } as const
    expect(await codeOf(service.releaseTask(db, { ...hold, by: an }))).toBe('workflow.task-not-held')
    await service.claimTask(db, { ...hold, by: an })
    expect(await service.claimTask(db, { ...hold, by: an })).toMatchObject({ state: 'claimed', assignee: an })
    expect(await codeOf(service.releaseTask(db, { ...hold, by: binh }))).toBe('workflow.task-taken')
    const give = { ...hold, by: binh, to: binh }
    expect(await codeOf(service.reassignTask(db, { ...give, reason: ' ' }))).toBe('workflow.reason-required')
    await service.reassignTask(db, { ...give, reason: 'Chị An nghỉ phép' })
    expect(await codeOf(service.claimTask(db, { ...hold, by: an }))).toBe('workflow.task-assigned')
    await service.releaseTask(db, { ...hold, by: binh })
    await service.claimTask(db, { ...hold, by: an })
  })

  it('is not found outside the officer’s units and roles', async () => {
    const { task } = await bench.start()
    const rights = [{ unit: places.receivingCentre, role: 'CASHIER' }]
    const claim = bench.service.claimTask(bench.db, { task: task.id, by: an, rights })
    expect(await codeOf(claim)).toBe('workflow.task-not-found')
  })
})
