import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fillMessage } from '#platform/errors.ts'
import { errors } from '../../apps/server/app.ts'
import {
  act,
  aDossier,
  asked,
  completedDossier,
  currentStep,
  holderAt,
  PROCEDURES,
  refusalOf,
  viewOf,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince({ poolSize: 12 })
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const service = () => province.services.dossiers
const lead = () => province.actor('UNIT_LEAD', 'so-tu-phap')
/** A second officer with the rights of another: two people at one desk. */
const colleagueOf = (username: string, like: string) => ({
  ...province.officer(username),
  grants: province.officer(like).grants,
})
const words = async (refused: Promise<unknown>) => {
  const refusal = await refusalOf(refused)
  const table: Record<string, { vi: string; en: string }> = errors
  const message = table[refusal.code]
  return [refusal.code, fillMessage(message?.vi ?? '', refusal.details)]
}

describe('one dossier through its steps', () => {
  test('each step is done by its role at its place, in order, and the clock of the dossier ends with the result', async () => {
    const { code } = await aDossier(province)
    const walked = []
    for (
      let step = await currentStep(province, code);
      step && step.step !== 'return';
      step = await currentStep(province, code)
    ) {
      walked.push([step.step, step.role, step.unit, step.officer.username])
      province.clock.advance(5 * 60_000)
      await service().complete({ id: step.id, opinion: 'Đủ điều kiện' }, asked(step.officer))
    }
    expect(walked).toEqual([
      ['receive', 'RECEPTION', 'tthcc-tinh', 'tiepnhan.tinh1'],
      ['assign', 'UNIT_LEAD', 'so-tu-phap', 'truongphong.sotuphap'],
      ['appraise', 'SPECIALIST', 'so-tu-phap', 'chuyenvien.sotuphap'],
      ['review', 'UNIT_LEAD', 'so-tu-phap', 'truongphong.sotuphap'],
      ['approve', 'AGENCY_LEAD', 'so-tu-phap', 'lanhdao.sotuphap'],
      ['issue', 'CLERK', 'so-tu-phap', 'vanthu.sotuphap'],
    ])
    const view = await viewOf(province, code)
    expect(view).toMatchObject({
      state: 'COMPLETED',
      outcome: 'GRANTED',
      pace: 'EARLY',
      nationalStatus: 9,
      version: 7,
    })
    expect(view.result).toMatchObject({
      date: '2026-04-21',
      outcome: 'GRANTED',
      signer: province.officer('lanhdao.sotuphap').name,
    })
    const happened = view.timeline.map(({ type }) => type).filter((type) => type !== 'personal-data-read')
    expect(happened.toReversed()).toEqual([
      'dossier-accepted',
      'dossier-transferred',
      'dossier-assigned',
      'dossier-appraised',
      'dossier-reviewed',
      'dossier-approved',
      'result-issued',
    ])
  })

  test('an approved refusal is a result: its reason stays, and the way on is the same', async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'return', { outcome: 'REFUSED', opinion: 'Không đủ điều kiện theo Điều 7' })
    const view = await viewOf(province, code)
    expect(view).toMatchObject({ state: 'COMPLETED', outcome: 'REFUSED', result: { outcome: 'REFUSED' } })
    expect(view.opinions.map(({ text }) => text)).toContain('Không đủ điều kiện theo Điều 7')
  })

  test('the head of the section chooses who appraises; nobody else may then', async () => {
    const { code } = await aDossier(province)
    const step = await walkTo(province, code, 'assign')
    const { items } = await service().assignees({ id: step.id, next: true }, asked(step.officer))
    const chosen = items.find(({ name }) => name === province.officer('chuyenvien.sotuphap').name)
    await service().complete({ id: step.id, assignee: chosen?.id }, asked(step.officer))
    const next = await currentStep(province, code)
    const other = colleagueOf('chuyenvien.halong', 'chuyenvien.sotuphap')
    const [refused, text] = await words(
      service().complete({ id: next?.id ?? '', opinion: 'Ý kiến' }, asked(other)),
    )
    expect(refused).toBe('workflow.task-assigned')
    expect(text).toContain(chosen?.name)
    const { holding } =
      (await service().assignees({ id: next?.id ?? '', next: false }, asked(lead()))).items.find(
        ({ id }) => id === chosen?.id,
      ) ?? {}
    expect(holding).toBe(1)
  })
})

describe('results', () => {
  const results = () => province.db.selectFrom('dossier_result').select(['number', 'unit', 'year'])
  test('take the next number of the agency’s register, passing over one that was typed ahead', async () => {
    await completedDossier(province)
    const given = await results().where('unit', '=', 'so-tu-phap').execute()
    const last = Math.max(...given.map(({ number }) => Number(number)))
    const typed = String(last + 1).padStart(2, '0')
    await walkTo(province, (await aDossier(province)).code, 'return', { result: { number: typed } })
    const { code } = await completedDossier(province)
    expect((await viewOf(province, code)).result?.number).toBe(String(last + 2).padStart(2, '0'))
  })

  test('twenty at once get twenty numbers without a gap', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, () =>
        aDossier(province, { procedure: PROCEDURES.sameDay, receivingCentre: 'tthcc-ha-long' }),
      ),
    )
    const issues = []
    for (const { code } of made) issues.push(await walkTo(province, code, 'issue', { minutes: 0 }))
    const other = province.anotherProcess()
    await Promise.all(
      issues.map(({ id, officer }, i) =>
        (i % 2 ? other : province.services).dossiers.complete({ id }, asked(officer)),
      ),
    )
    const numbers = (await results().where('unit', '=', 'ubnd-ha-long').execute()).map(({ number }) =>
      Number(number),
    )
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  })

  test('carry no date of tomorrow', async () => {
    const step = await walkTo(province, (await aDossier(province)).code, 'issue')
    const done = service().complete({ id: step.id, result: { date: '2026-04-22' } }, asked(step.officer))
    expect((await refusalOf(done)).code).toBe('dossiers.date-in-future')
  })
})

describe('sending back', () => {
  test('opens the earlier step again with the reason; the timeline keeps both', async () => {
    const { code } = await aDossier(province)
    const step = await walkTo(province, code, 'approve')
    await service().sendBack({ id: step.id, reason: 'Thiếu bản vẽ', toStep: 'appraise' }, asked(step.officer))
    const current = await currentStep(province, code)
    expect(current).toMatchObject({ step: 'appraise' })
    expect(current?.view.timeline[0]).toMatchObject({
      type: 'dossier-sent-back',
      detail: expect.stringContaining('Thiếu bản vẽ'),
    })
    const { items } = await service().listTasks(
      { filter: 'all', limit: 50 },
      asked(current?.officer ?? lead()),
    )
    expect(items.find(({ dossier }) => dossier.code === code)?.lastOpinion?.text).toBe('Thiếu bản vẽ')
  })

  test('without a step named goes to the one before', async () => {
    const { code } = await aDossier(province)
    const step = await walkTo(province, code, 'review')
    await service().sendBack({ id: step.id, reason: 'Xem lại' }, asked(step.officer))
    expect(await currentStep(province, code)).toMatchObject({ step: 'appraise' })
  })

  test('takes an approval back with it: nothing of the old decision is left', async () => {
    const { code } = await aDossier(province)
    const step = await walkTo(province, code, 'issue', { outcome: 'REFUSED' })
    await service().sendBack({ id: step.id, reason: 'Ký nhầm', toStep: 'approve' }, asked(step.officer))
    expect(await viewOf(province, code)).toMatchObject({ outcome: null, state: 'PROCESSING' })
    const row = await province.db
      .selectFrom('dossier')
      .select(['approved_by', 'outcome'])
      .where('code', '=', code)
      .executeTakeFirst()
    expect(row).toEqual({ approved_by: null, outcome: null })
    await walkTo(province, code, 'return')
    expect((await viewOf(province, code)).result?.outcome).toBe('GRANTED')
  })

  test('only to a step that this one may return to', async () => {
    const step = await walkTo(province, (await aDossier(province)).code, 'appraise')
    const [code, text] = await words(
      service().sendBack({ id: step.id, reason: 'Sai', toStep: 'issue' }, asked(step.officer)),
    )
    expect(code).toBe('workflow.return-not-allowed')
    expect(text).toContain('Phân công thụ lý')
  })
})

describe('two officers at once', () => {
  test('claiming: one has it, the other is told who and when', async () => {
    const step = await walkTo(province, (await aDossier(province)).code, 'appraise')
    const people = ['chuyenvien.halong', 'chuyenvien.mongcai'].map((name) =>
      colleagueOf(name, 'chuyenvien.sotuphap'),
    )
    const answers = await Promise.allSettled(
      people.map((one) => service().claim({ id: step.id }, asked(one))),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [winner, loser] = answers[0]?.status === 'fulfilled' ? people : people.toReversed()
    if (!winner || !loser) throw new Error('two people')
    expect(await words(service().claim({ id: step.id }, asked(loser)))).toEqual([
      'workflow.task-taken',
      `${winner.name} đã nhận việc này lúc 08:10 21/04/2026. Trao đổi với người đó hoặc nhờ lãnh đạo giao lại.`,
    ])
    await service().release({ id: step.id }, asked(winner))
    expect((await service().claim({ id: step.id }, asked(loser))).assignee?.id).toBe(loser.id)
  })

  test('completing, 100 pairs over two processes: exactly one wins, the other learns who and when', async () => {
    const other = province.anotherProcess()
    const made = await Promise.all(
      Array.from({ length: 100 }, () =>
        aDossier(province, { procedure: PROCEDURES.sameDay, receivingCentre: 'tthcc-ha-long' }),
      ),
    )
    const people = ['tiepnhan.halong1', 'tiepnhan.mongcai1'].map((name) =>
      colleagueOf(name, 'tiepnhan.halong1'),
    )
    province.clock.advance(58 * 60_000)
    const outcomes = await Promise.all(
      made.map(async ({ code }, i) => {
        const step = await currentStep(province, code)
        return Promise.allSettled(
          people.map((one, n) =>
            ((i + n) % 2 ? other : province.services).dossiers.complete({ id: step?.id ?? '' }, asked(one)),
          ),
        )
      }),
    )
    for (const pair of outcomes) {
      expect(pair.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const lost = pair.find((one) => one.status === 'rejected')
      const winner = people[pair.findIndex((one) => one.status === 'fulfilled')]
      expect(await words(Promise.reject(lost?.reason))).toEqual([
        'workflow.task-done',
        `${winner?.name} đã xử lý xong việc này lúc 08:58 21/04/2026. Tải lại hồ sơ để xem kết quả.`,
      ])
    }
    for (const { code } of made)
      expect(await viewOf(province, code)).toMatchObject({ state: 'PROCESSING', version: 2 })
  }, 60_000)

  test('a step and a withdrawal at once: one of the two happened, and the dossier agrees with its process', async () => {
    for (let i = 0; i < 20; i++) {
      const { code } = await aDossier(province)
      const step = await currentStep(province, code)
      if (!step) throw new Error('no step')
      await Promise.allSettled([
        service().complete({ id: step.id }, asked(step.officer)),
        act(province, code, 'withdraw', { reason: 'Rút theo đơn', version: 1 }),
      ])
      const view = await viewOf(province, code)
      const open = view.process?.steps.some(({ state }) => state === 'current')
      expect([view.state, open]).toEqual(
        view.version === 2 && view.state === 'WITHDRAWN' ? ['WITHDRAWN', false] : ['PROCESSING', true],
      )
    }
  })
})

describe('reassigning', () => {
  test('a head gives a step to another officer; the log names both and why', async () => {
    const { code } = await aDossier(province)
    const step = await walkTo(province, code, 'appraise')
    await service().claim({ id: step.id }, asked(step.officer))
    const { items } = await service().assignees({ id: step.id, next: false }, asked(lead()))
    const to = items.find(({ id }) => id !== step.officer.id)
    if (!to) throw new Error('nobody else')
    await service().reassign({ id: step.id, assignee: to.id, reason: 'Nghỉ ốm' }, asked(lead()))
    const [refused, text] = await words(
      service().complete({ id: step.id, opinion: 'Ý kiến' }, asked(step.officer)),
    )
    expect(refused).toBe('workflow.task-assigned')
    expect(text).toContain(to.name)
    expect((await viewOf(province, code)).timeline[0]).toMatchObject({
      type: 'task-reassigned',
      detail: 'Nghỉ ốm',
      actor: lead().name,
    })
  })
})

describe('abilities say what the service then does', () => {
  test.each(['receive', 'assign', 'appraise', 'review', 'approve', 'issue'])(
    'at %s, for officers of every role',
    async (name) => {
      const { code } = await aDossier(province)
      const step = await walkTo(province, code, name)
      for (const role of [
        'RECEPTION',
        'SPECIALIST',
        'UNIT_LEAD',
        'AGENCY_LEAD',
        'CLERK',
        'RETURN_DESK',
        'CASHIER',
      ] as const) {
        const officer = holderAt(
          province,
          role,
          ['RECEPTION', 'RETURN_DESK', 'CASHIER'].includes(role) ? 'tthcc-tinh' : 'so-tu-phap',
        )
        const { task, actions } = await service().get({ code }, asked(officer))
        expect([role, task?.mayComplete ?? false]).toEqual([role, officer.id === step.officer.id])
        for (const ability of actions) {
          // Nothing is given that an action needs, so that an allowed one stops at what it needs, and changes nothing.
          const refused = await refusalOf(
            service()
              .act({ code, action: ability.action }, asked(officer))
              .then(() => {
                throw new Error(`${ability.action} needs nothing?`)
              }),
          )
          expect([ability.action, refused.code]).toEqual([
            ability.action,
            ability.blockedBy?.code ?? expect.stringMatching(/required|not-later/),
          ])
        }
      }
    },
  )
})
