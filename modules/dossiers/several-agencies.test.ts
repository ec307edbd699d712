import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ownKey } from '#modules/workflow/rules.ts'
import { aDossier, asked, PROCEDURES, refusalOf, viewOf } from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import {
  START as BEGIN,
  chain,
  END,
  flow,
  flowIf,
  gateway,
  process,
  task,
} from '../workflow/rules/drawing.fixture.ts'

const LEAD = 'so-tu-phap'
const OTHER = 'so-xay-dung-cu'
let province: Province
beforeAll(async () => {
  province = await aProvince({ poolSize: 12 })
  const at = { role: 'SPECIALIST', place: 'resolvingAgency' }
  const xml = process(
    BEGIN +
      task('receive', {
        role: 'RECEPTION',
        place: 'receivingCentre',
        action: 'transfer',
        name: 'Tiếp nhận',
      }) +
      task('appraise', { ...at, part: 'lead', decisions: 'ask=Lấy ý kiến|skip=Không', name: 'Thẩm định' }) +
      gateway('exclusive', 'x', 'x-m') +
      gateway('parallel', 'g') +
      task('own', { ...at, part: 'lead', name: 'Tự kiểm tra', canReturnTo: 'appraise' }) +
      task('opinion', {
        agency: OTHER,
        part: 'consultee',
        name: 'Cho ý kiến',
        compensation: 'Báo ý kiến không còn dùng',
      }) +
      gateway('parallel', 'j') +
      gateway('exclusive', 'm') +
      task('approve', { role: 'AGENCY_LEAD', action: 'approve', name: 'Ký duyệt', canReturnTo: 'appraise' }) +
      task('issue', { role: 'CLERK', action: 'issue', requires: 'result', name: 'Phát hành' }) +
      task('return', {
        role: 'RETURN_DESK',
        place: 'returningPlace',
        action: 'return',
        hours: '0',
        name: 'Trả',
      }) +
      END +
      chain('s→receive→appraise→x') +
      flowIf('x', 'g', 'decisions.appraise = "ask"') +
      flow('x', 'm') +
      chain('g→own→j→m→approve→issue→return→e') +
      chain('g→opinion→j'),
  )
  const drawing = { key: ownKey(PROCEDURES.justice), xml }
  const when = { effectiveFrom: '2020-01-01', decision: '1/QĐ-UBND' }
  await province.services.workflow.ensureProcesses([drawing], when)
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const service = () => province.services.dossiers
const specialist = () => province.actor('SPECIALIST', LEAD)
const consulted = () => province.actor('SPECIALIST', OTHER)
const asks = async () => {
  const { code } = await aDossier(province)
  const { tasks } = await service().get({ code }, asked(province.actor('RECEPTION', 'tthcc-tinh')))
  await service().complete({ id: tasks[0]?.id ?? '' }, asked(province.actor('RECEPTION', 'tthcc-tinh')))
  return code
}
const taskOf = async (code: string, actor: ReturnType<typeof specialist>, name: string) => {
  const { tasks } = await service().get({ code }, asked(actor))
  const found = tasks.find((one) => one.name === name)
  if (!found) throw new Error(`${name} is not there, but ${tasks.map((one) => one.name).join(', ')}`)
  return found
}

describe('a dossier on a process of its own', () => {
  test('asks for the decision, and opens the steps of two agencies at once', async () => {
    const code = await asks()
    const appraise = await taskOf(code, specialist(), 'Thẩm định')
    expect(appraise).toMatchObject({ part: 'lead', decisions: [{ value: 'ask' }, { value: 'skip' }] })
    expect(appraise.needs).toContainEqual({ field: 'decision', required: true })
    const without = await refusalOf(service().complete({ id: appraise.id }, asked(specialist())))
    expect(without.code).toBe('workflow.decision-required')
    await service().complete({ id: appraise.id, decision: 'ask' }, asked(specialist()))
    expect(await taskOf(code, specialist(), 'Tự kiểm tra')).toMatchObject({ mayComplete: true })
    // Whoever is consulted reads the dossier while it is asked, though it belongs to another agency.
    const opinion = await taskOf(code, consulted(), 'Cho ý kiến')
    expect(opinion).toMatchObject({
      part: 'consultee',
      mayComplete: true,
      label: { vi: 'Gửi ý kiến' },
      unit: { id: OTHER },
    })
    const done = await service().complete({ id: opinion.id, opinion: 'Thống nhất' }, asked(consulted()))
    expect(done.next).toEqual([])
    const own = await taskOf(code, specialist(), 'Tự kiểm tra')
    expect((await service().complete({ id: own.id }, asked(specialist()))).next).toEqual(['Ký duyệt'])
  })

  test('two officers of two agencies finish at the same moment: the head gets one step', async () => {
    const code = await asks()
    const appraise = await taskOf(code, specialist(), 'Thẩm định')
    await service().complete({ id: appraise.id, decision: 'ask' }, asked(specialist()))
    const [own, opinion] = [
      await taskOf(code, specialist(), 'Tự kiểm tra'),
      await taskOf(code, consulted(), 'Cho ý kiến'),
    ]
    const done = await Promise.all([
      service().complete({ id: own.id }, asked(specialist())),
      service().complete({ id: opinion.id }, asked(consulted())),
    ])
    expect(done.flatMap(({ next }) => next)).toEqual(['Ký duyệt'])
    const view = await viewOf(province, code)
    expect(view.process?.steps.map(({ step, state }) => [step, state])).toEqual([
      ['receive', 'done'],
      ['appraise', 'done'],
      ['own', 'done'],
      ['opinion', 'done'],
      ['approve', 'current'],
      ['issue', 'expected'],
      ['return', 'expected'],
    ])
  })

  test('a branch that was not chosen is not expected', async () => {
    const code = await asks()
    const appraise = await taskOf(code, specialist(), 'Thẩm định')
    await service().complete({ id: appraise.id, decision: 'skip' }, asked(specialist()))
    const view = await viewOf(province, code)
    expect(view.process?.steps.map(({ step }) => step)).toEqual([
      'receive',
      'appraise',
      'approve',
      'issue',
      'return',
    ])
  })

  test('sent back across the gateway, the other agency’s step ends and the timeline says what must be undone', async () => {
    const code = await asks()
    const appraise = await taskOf(code, specialist(), 'Thẩm định')
    await service().complete({ id: appraise.id, decision: 'ask' }, asked(specialist()))
    const opinion = await taskOf(code, consulted(), 'Cho ý kiến')
    await service().complete({ id: opinion.id }, asked(consulted()))
    const own = await taskOf(code, specialist(), 'Tự kiểm tra')
    await service().sendBack({ id: own.id, reason: 'Bản vẽ sai', toStep: 'appraise' }, asked(specialist()))
    const again = await taskOf(code, specialist(), 'Thẩm định')
    expect(again.compensations).toEqual([{ name: 'Cho ý kiến', text: 'Báo ý kiến không còn dùng' }])
    const { timeline } = await service().get({ code }, asked(specialist()))
    expect(timeline.find(({ type }) => type === 'dossier-sent-back')?.detail).toContain(
      'Báo ý kiến không còn dùng',
    )
  })
})

describe('a delegate', () => {
  test('finds the colleague’s step among the own, does it, and the log says for whom', async () => {
    const code = await asks()
    const giver = specialist()
    const open = await taskOf(code, giver, 'Thẩm định')
    await service().claim({ id: open.id }, asked(giver))
    const stranger = { ...consulted(), grants: giver.grants }
    const taken = await refusalOf(service().complete({ id: open.id, decision: 'skip' }, asked(stranger)))
    expect(taken.code).toBe('workflow.task-taken')
    const actsFor = [{ id: giver.id, name: giver.name, roles: ['SPECIALIST' as const] }]
    const delegate = { ...stranger, actsFor }
    const { items } = await service().listTasks({ filter: 'mine', limit: 50 }, asked(delegate))
    expect(items.find(({ id }) => id === open.id)).toMatchObject({ onBehalfOf: { id: giver.id } })
    await service().complete({ id: open.id, decision: 'skip' }, asked(delegate))
    const { timeline } = await service().get({ code }, asked(giver))
    expect(timeline[0]?.actor ?? '').toBeTruthy()
    expect(timeline.some(({ actor }) => actor === `${delegate.name} (thay mặt ${giver.name})`)).toBe(true)
  })
})
