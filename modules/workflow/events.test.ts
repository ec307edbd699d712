import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '#platform/log/log.ts'
import {
  call,
  chain,
  END,
  errorOn,
  flow,
  flowIf,
  gateway,
  messageOn,
  process,
  receive,
  START,
  service,
  task,
  timerOn,
} from './rules/drawing.fixture.ts'
import { OperationError } from './service/deps.ts'
import { createWorkflowService } from './service.ts'
import { an, binh, MORNING, places, processAdmin, workflowBench } from './workflow.fixture.ts'

const HOUR = 3_600_000
/** How the operation of the tests ends next; one ending a call. */
const endings: (() => Promise<Record<string, number> | undefined>)[] = []
const keys: string[] = []

let bench: Awaited<ReturnType<typeof workflowBench>>
beforeAll(async () => {
  const run = async ({ key }: { key: string }) => {
    keys.push(key)
    return await endings.shift()?.()
  }
  bench = await workflowBench({ operations: { announce: { name: { vi: 'Báo', en: 'Tell' }, run } } })
})
afterAll(() => bench.drop())

const steps = async (subject: { id: string }) =>
  (await bench.open(subject)).map(({ step }) => step).toSorted()
const stepOf = async (subject: { id: string }, step: string) => {
  const found = (await bench.open(subject)).find((one) => one.step === step)
  if (!found) throw new Error(`${step} is not open`)
  return found
}
const does = async (subject: { id: string }, step: string, more: Record<string, unknown> = {}, by = an) => {
  const { id } = await stepOf(subject, step)
  const [moved] = await bench.move({ task: id, by, at: bench.clock.now(), act: { ...bench.all, ...more } })
  if (!moved?.ok) throw new Error(`refused: ${moved?.refusal.code}`)
  return moved
}
const typesOf = async (subject: { kind: string; id: string }) =>
  (await createLog().timeline(bench.db, subject)).map(({ type }) => type)
const ended = async (subject: { id: string }) =>
  (
    await bench.db
      .selectFrom('process_instance')
      .select('ended_as')
      .where('subject_id', '=', subject.id)
      .executeTakeFirstOrThrow()
  ).ended_as
const deliver = (subject: { kind: string; id: string }, name: string, key: string | null, payload = {}) =>
  bench.service.deliverMessage(bench.db, { subject, name, key, sender: 'Thuế tỉnh', payload })

const parallel = process(
  START +
    task('first') +
    gateway('parallel', 'g') +
    task('a', { agency: places.resolvingAgency, part: 'lead' }) +
    task('b', { canReturnTo: 'first', compensation: 'x' }) +
    gateway('parallel', 'j') +
    task('last', { canReturnTo: 'a' }) +
    END +
    chain('s→first→g→a→j→last→e') +
    chain('g→b→j'),
)

describe('branches at once', () => {
  it('open together and go on when both are done; conditions see what was decided', async () => {
    const xml = process(
      START +
        task('a', { decisions: 'yes=Có|no=Không' }) +
        gateway('exclusive', 'g', 'g-c') +
        task('b') +
        task('c') +
        END +
        chain('s→a→g') +
        flowIf('g', 'b', 'decisions.a = "yes" and channel = "direct"') +
        flow('g', 'c') +
        chain('b→e') +
        chain('c→e'),
    )
    const version = await bench.publish('decided', xml)
    const { subject } = await bench.start(version)
    const { id } = await stepOf(subject, 'a')
    const [refused] = await bench.move({ task: id, by: an, at: MORNING, act: bench.all })
    expect(refused).toMatchObject({ refusal: { code: 'workflow.decision-required' } })
    await does(subject, 'a', { decision: 'yes' })
    expect(await steps(subject)).toEqual(['b'])
    const other = await bench.start(version)
    await does(other.subject, 'a', { decision: 'no' })
    expect(await steps(other.subject)).toEqual(['c'])
  })

  it('two officers finish two branches at the same moment: the join happens once', async () => {
    const version = await bench.publish('parallel', parallel)
    const started = await Promise.all(Array.from({ length: 12 }, () => bench.start(version)))
    await Promise.all(
      started.map(async ({ subject }) => {
        await does(subject, 'first')
        await Promise.all([does(subject, 'a', {}, an), does(subject, 'b', {}, binh)])
        expect(await steps(subject)).toEqual(['last'])
        await does(subject, 'last')
        expect(await ended(subject)).toBe('completed')
      }),
    )
  })

  it('both finished in one batch, too', async () => {
    const { subject } = await bench.start(await bench.publish('parallel', parallel))
    await does(subject, 'first')
    const tasks = await bench.open(subject)
    const results = await bench.move(
      ...tasks.map(({ id }) => ({ task: id, by: an, at: MORNING, act: bench.all })),
    )
    expect(results.map(({ ok }) => ok)).toEqual([true, true])
    expect(await steps(subject)).toEqual(['last'])
  })

  it('sent back across the gateway, the other branch is cancelled and says why', async () => {
    const { subject } = await bench.start(await bench.publish('parallel', parallel))
    await does(subject, 'first')
    const [a, b] = [await stepOf(subject, 'a'), await stepOf(subject, 'b')]
    const act = { kind: 'send-back', toStep: 'first', reason: 'Thiếu bản vẽ' } as const
    const [moved] = await bench.move({ task: b.id, by: binh, at: MORNING, act })
    expect(moved).toMatchObject({ ok: true, cancelled: [{ id: a.id }], opened: [{ step: 'first' }] })
    const [late] = await bench.move({ task: a.id, by: an, at: MORNING, act: bench.all })
    expect(late).toMatchObject({
      refusal: {
        code: 'workflow.task-cancelled',
        details: { why: { vi: expect.stringContaining('Thiếu bản vẽ') } },
      },
    })
  })

  it('sent back into a branch after the join, it comes forward again', async () => {
    const { subject } = await bench.start(await bench.publish('parallel', parallel))
    for (const step of ['first', 'a', 'b']) await does(subject, step)
    const last = await stepOf(subject, 'last')
    const act = { kind: 'send-back', toStep: 'a', reason: 'Làm lại' } as const
    const [moved] = await bench.move({ task: last.id, by: an, at: MORNING, act })
    expect(moved).toMatchObject({ compensations: [] })
    await does(subject, 'a')
    await does(subject, 'last')
    expect(await ended(subject)).toBe('completed')
  })
})

const timed = process(
  START +
    task('a') +
    timerOn('late', 'a', '8') +
    timerOn('remind', 'a', '4', false) +
    task('b') +
    task('c') +
    END +
    '<bpmn:endEvent id="e2"/><bpmn:endEvent id="e3"/>' +
    chain('s→a→e') +
    chain('late→b→e2') +
    chain('remind→c→e3'),
)

describe('timers', () => {
  it('fire when their working hours are over, once, and the interrupted task says so', async () => {
    const { subject, task: a } = await bench.start(await bench.publish('timed', timed))
    bench.clock.set(new Date(MORNING.getTime() + 4 * HOUR))
    expect(await bench.service.fireTimers()).toBe(1)
    expect(await bench.service.fireTimers()).toBe(0)
    expect(await steps(subject)).toEqual(['a', 'c'])
    bench.clock.set(new Date(MORNING.getTime() + 9 * HOUR))
    await bench.service.fireTimers()
    expect(await steps(subject)).toEqual(['b', 'c'])
    const [late] = await bench.move({ task: a.id, by: an, at: bench.clock.now(), act: bench.all })
    expect(late).toMatchObject({ refusal: { code: 'workflow.task-cancelled' } })
    expect(await typesOf(subject)).toEqual(['timer-fired', 'timer-fired'])
    bench.clock.set(MORNING)
  })

  it('of one that is done in time nothing is left', async () => {
    const { subject } = await bench.start(await bench.publish('timed', timed))
    await does(subject, 'a')
    bench.clock.set(new Date(MORNING.getTime() + 9 * HOUR))
    expect(await bench.service.fireTimers()).toBe(0)
    expect(await ended(subject)).toBe('completed')
    bench.clock.set(MORNING)
  })

  it('stand still with their step, and go on by as much', async () => {
    const { subject, task: a } = await bench.start(await bench.publish('timed', timed))
    const { db, service, clock } = bench
    await db.transaction().execute((tx) => service.pauseTask(tx, a.id, MORNING))
    clock.set(new Date(MORNING.getTime() + 20 * HOUR))
    expect(await service.fireTimers()).toBe(0)
    await db.transaction().execute((tx) => service.resumeTask(tx, a.id, null, clock.now()))
    expect(await service.fireTimers()).toBe(0)
    clock.set(new Date(MORNING.getTime() + 24 * HOUR))
    expect(await service.fireTimers()).toBe(1)
    expect(await steps(subject)).toEqual(['a', 'c'])
    clock.set(MORNING)
  })

  it('a timer and the officer who finishes the step at the same moment: one of them wins', async () => {
    const version = await bench.publish('timed', timed)
    const started = await Promise.all(Array.from({ length: 20 }, () => bench.start(version)))
    bench.clock.set(new Date(MORNING.getTime() + 8 * HOUR))
    const at = bench.clock.now()
    const [, ...moves] = await Promise.all([
      bench.service.fireTimers(),
      ...started.map(({ task: { id } }) => bench.move({ task: id, by: an, at, act: bench.all })),
    ])
    await bench.service.fireTimers()
    for (const [index, { subject }] of started.entries()) {
      const won = moves[index]?.[0]?.ok === true
      expect((await steps(subject)).includes('b')).toBe(!won)
    }
    bench.clock.set(MORNING)
  })

  it('several processes fire each timer once', async () => {
    const version = await bench.publish('timed', timed)
    const started = await Promise.all(Array.from({ length: 30 }, () => bench.start(version)))
    bench.clock.set(new Date(MORNING.getTime() + 8 * HOUR))
    const rounds = await Promise.all(Array.from({ length: 4 }, () => bench.service.fireTimers()))
    const rest = await bench.service.fireTimers()
    expect(rounds.reduce((sum, fired) => sum + fired, rest)).toBe(60)
    for (const { subject } of started)
      expect((await typesOf(subject)).filter((type) => type === 'timer-fired')).toHaveLength(2)
    bench.clock.set(MORNING)
  })
})

const awaiting = process(
  START +
    task('a') +
    receive('r', 'thue', 'motcua:hours="8"') +
    gateway('exclusive', 'g', 'g-e') +
    task('pay') +
    END +
    '<bpmn:endEvent id="e2"/>' +
    chain('s→a→r→g→e') +
    flowIf('g', 'pay', 'obligation > 0') +
    chain('pay→e2'),
  'motcua:variables="obligation:number"',
)

describe('messages', () => {
  it('find who waits by subject and name, and conditions see what they say', async () => {
    const version = await bench.publish('awaiting', awaiting)
    const { subject } = await bench.start(version)
    await does(subject, 'a')
    expect(await deliver({ kind: 'dossier', id: newId() }, 'thue', null)).toBe('kept')
    expect(await deliver(subject, 'other', null)).toBe('kept')
    expect(await deliver(subject, 'thue', '17', { obligation: 250_000, more: 'x' })).toBe('delivered')
    expect(await deliver(subject, 'thue', '17', { obligation: 1 })).toBe('known')
    expect(await steps(subject)).toEqual(['pay'])
  })

  it('one that comes early is kept until somebody waits for it', async () => {
    const { subject } = await bench.start(await bench.publish('awaiting', awaiting))
    expect(await deliver(subject, 'thue', '1', { obligation: 0 })).toBe('kept')
    await does(subject, 'a')
    expect(await ended(subject)).toBe('completed')
  })

  it('a message and a timer at the same moment: one of them wins', async () => {
    const xml = process(
      START +
        task('a') +
        receive('r', 'thue') +
        timerOn('late', 'r', '8') +
        task('asked') +
        task('urge') +
        END +
        '<bpmn:endEvent id="e2"/>' +
        chain('s→a→r→asked→e') +
        chain('late→urge→e2'),
    )
    const version = await bench.publish('raced', xml)
    const started = await Promise.all(Array.from({ length: 16 }, () => bench.start(version)))
    await Promise.all(started.map(({ subject }) => does(subject, 'a')))
    bench.clock.set(new Date(MORNING.getTime() + 8 * HOUR))
    const [, ...delivered] = await Promise.all([
      bench.service.fireTimers(),
      ...started.map(({ subject }) => deliver(subject, 'thue', null)),
    ])
    await bench.service.fireTimers()
    for (const [index, { subject }] of started.entries())
      expect(await steps(subject)).toEqual([delivered[index] === 'delivered' ? 'asked' : 'urge'])
    bench.clock.set(MORNING)
  })

  it('a message on the border interrupts the step', async () => {
    const xml = process(
      START +
        task('a') +
        messageOn('m', 'a', 'rut') +
        task('b') +
        END +
        '<bpmn:endEvent id="e2"/>' +
        chain('s→a→e') +
        chain('m→b→e2'),
    )
    const { subject } = await bench.start(await bench.publish('bordered', xml))
    await deliver(subject, 'rut', null)
    expect(await steps(subject)).toEqual(['b'])
  })
})

const automatic = process(
  START +
    task('a') +
    service('o', 'announce') +
    errorOn('bad', 'o') +
    gateway('exclusive', 'g', 'g-b') +
    task('b') +
    task('c') +
    task('repair') +
    END +
    '<bpmn:endEvent id="e2"/>' +
    chain('s→a→o→g→b→e') +
    flowIf('g', 'c', 'count > 1') +
    chain('c→e') +
    chain('bad→repair→e2'),
  'motcua:variables="count:number"',
)

describe('operations', () => {
  it('run after the commit, and what they answer decides the way', async () => {
    const { subject } = await bench.start(await bench.publish('automatic', automatic))
    await does(subject, 'a')
    endings.push(async () => ({ count: 2 }))
    expect(await bench.service.runOperations()).toBe(1)
    expect(await steps(subject)).toEqual(['c'])
    expect(await typesOf(subject)).toEqual(['operation-done'])
  })

  it('are tried again with the same key, then wait for a person; nothing is lost', async () => {
    const { subject } = await bench.start(await bench.publish('automatic', automatic))
    await does(subject, 'a')
    keys.length = 0
    for (let attempt = 0; attempt < 6; attempt++) {
      endings.push(() => Promise.reject(new Error('the other system is away')))
      await bench.service.runOperations()
      bench.clock.advance(HOUR)
    }
    expect(new Set(keys).size).toBe(1)
    expect(keys).toHaveLength(5)
    const [wait] = await bench.service.waitsOfSubject(bench.db, subject)
    expect(wait).toMatchObject({ state: 'failed', error: 'the other system is away' })
    expect(await typesOf(subject)).toEqual(['operation-failed'])
    endings.length = 0
    bench.clock.set(MORNING)
  })

  it('an error that the process knows goes its own way', async () => {
    const { subject } = await bench.start(await bench.publish('automatic', automatic))
    await does(subject, 'a')
    endings.push(() => Promise.reject(new OperationError('not-found')))
    await bench.service.runOperations()
    expect(await steps(subject)).toEqual(['repair'])
  })

  it('whose runner is gone are taken up when its time is over', async () => {
    const { subject } = await bench.start(await bench.publish('automatic', automatic))
    await does(subject, 'a')
    // A process that dies in the middle: it has taken the operation and will never come back.
    const run = () => new Promise<undefined>(() => undefined)
    const never = createWorkflowService({
      ...bench.deps,
      operations: { announce: { name: { vi: '', en: '' }, run } },
    })
    void never.runOperations()
    await sleep(300)
    expect(await bench.service.runOperations()).toBe(0)
    bench.clock.advance(6 * 60_000)
    endings.push(async () => undefined)
    expect(await bench.service.runOperations()).toBe(1)
    expect(await steps(subject)).toEqual(['b'])
    bench.clock.set(MORNING)
  })
})

describe('called processes', () => {
  it('run in the version in force when called, inside the same dossier', async () => {
    const inner = (step: string) => process(START + task(step) + END + chain(`s→${step}→e`))
    await bench.publish('called', inner('x'))
    const caller = process(START + task('a') + call('c', 'called') + task('z') + END + chain('s→a→c→z→e'))
    const { subject } = await bench.start(await bench.publish('caller', caller))
    await does(subject, 'a')
    const { id } = await bench.service.importProcess(
      { xml: inner('y'), key: 'called' },
      processAdmin('author', 'Minh Họa Soạn'),
    )
    await bench.service.publishProcessVersion(
      { id, decisionNumber: '2', effectiveFrom: '2026-02-01' },
      processAdmin('approver', 'Minh Họa Duyệt'),
    )
    expect(await steps(subject)).toEqual(['x'])
    await does(subject, 'x')
    expect(await steps(subject)).toEqual(['z'])
    const later = await bench.start(
      (await bench.service.versionsInForce(bench.db, ['caller'], '2026-04-21')).get('caller'),
    )
    await does(later.subject, 'a')
    expect(await steps(later.subject)).toEqual(['y'])
  })
})
