import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DayRuler } from '#modules/calendar/rules.ts'
import {
  act,
  aDossier,
  anIntake,
  asked,
  completedDossier,
  currentStep,
  newKey,
  PROCEDURES,
  RECEIVER,
  refusalOf,
  returnedDossier,
  viewOf,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { intervalsOf } from './store/clock.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const ITEMS = [{ what: 'Bản đồ thửa đất', reason: 'Thiếu chữ ký' }]
const REASON = 'Theo đơn của người nộp'
const at = (text: string) => province.clock.set(new Date(`${text}+07:00`))
const processing = async () => {
  const { code } = await aDossier(province)
  await walkTo(province, code, 'appraise')
  return code
}
const stepDue = async (code: string) =>
  (await viewOf(province, code)).process?.steps.find(({ state }) => state === 'current')?.due

describe('supplement', () => {
  test('is asked with reasons, stops the clock, and starts it from zero when complete', async () => {
    const code = await processing()
    const before = await viewOf(province, code)
    expect(before.deadline.due).toBe('2026-04-29T17:00:00+07:00')
    at('2026-04-23T09:00:00')
    const asked = await act(province, code, 'request-supplement', {
      items: ITEMS,
      legalBasis: 'Điều 28 Luật Đất đai',
    })
    expect(asked.state).toBe('SUPPLEMENT')
    expect(await viewOf(province, code)).toMatchObject({ pace: 'PAUSED', nationalStatus: 5 })
    // The applicant comes a week later: five working days from then, with the holidays of 30/4 and 1/5 between.
    at('2026-04-29T09:00:00')
    await act(province, code, 'receive-supplement')
    const after = await viewOf(province, code)
    expect(after).toMatchObject({ state: 'PROCESSING', deadline: { due: '2026-05-08T17:00:00+07:00' } })
    const started = Date.parse((await stepDue(code)) ?? '')
    expect(started).toBeGreaterThan(Date.parse('2026-04-29T09:00:00+07:00'))
    expect((await currentStep(province, code))?.step).toBe('appraise')
  })

  test('the step waits: nobody completes it meanwhile', async () => {
    const code = await processing()
    const step = await currentStep(province, code)
    if (!step) throw new Error('no step')
    await act(province, code, 'request-supplement', { items: ITEMS })
    const done = province.services.dossiers.complete({ id: step.id, opinion: 'Ý kiến' }, asked(step.officer))
    expect((await refusalOf(done)).code).toBe('dossiers.action-not-allowed')
  })

  test('the step leaves the lists of work while it waits, and its hours stand still', async () => {
    const code = await processing()
    const step = await currentStep(province, code)
    if (!step) throw new Error('no step')
    const inHand = async () => {
      const { items } = await province.services.dossiers.listTasks(
        { filter: 'all', limit: 200 },
        asked(step.officer),
      )
      return items.some(({ id }) => id === step.id)
    }
    expect(await inHand()).toBe(true)
    await act(province, code, 'request-supplement', { items: ITEMS })
    expect(await inHand()).toBe(false)
    const used = async () =>
      (await viewOf(province, code)).process?.steps.find(({ state }) => state === 'current')?.usedHours
    const before = await used()
    province.clock.advance(7 * 86_400_000)
    expect(await used()).toBe(before)
    expect((await viewOf(province, code, step.officer)).task?.pace).toBe('PAUSED')
    await act(province, code, 'receive-supplement')
    expect(await inHand()).toBe(true)
    expect(await used()).toBe(before)
  })

  test('asked within three working days of acceptance, to the last minute of the third', async () => {
    const codes = [await processing(), await processing()]
    at('2026-04-24T17:00:00')
    expect((await act(province, codes[0] ?? '', 'request-supplement', { items: ITEMS })).state).toBe(
      'SUPPLEMENT',
    )
    at('2026-04-24T17:01:00')
    const late = await refusalOf(act(province, codes[1] ?? '', 'request-supplement', { items: ITEMS }))
    expect(late.code).toBe('dossiers.supplement-too-late')
  })

  test('not brought in fifteen days the dossier is closed, also after an approval that was taken back', async () => {
    const code = await processing()
    await act(province, code, 'request-supplement', { items: ITEMS })
    at('2026-05-06T17:01:00')
    const closed = await act(province, code, 'close-unsupplemented')
    expect(closed).toMatchObject({ state: 'CLOSED_NO_SUPPLEMENT', nationalStatus: 8, task: null })
    expect(closed.papers.map(({ form }) => form)).toContain('form-05')
    expect(await currentStep(province, code)).toBeUndefined()
  })

  test('before acceptance: what is still missing is said, then the clock starts with the last paper', async () => {
    const input = await anIntake(province, { components: [] })
    const clerk = province.actor('RECEPTION', 'tthcc-tinh')
    const { code } = await province.services.dossiers.requestIntakeSupplement(
      { ...input, items: ITEMS },
      asked(clerk),
    )
    const { components } = await anIntake(province)
    at('2026-04-23T09:00:00')
    const half = await refusalOf(
      act(province, code, 'complete-intake', { components: components.slice(0, 1) }),
    )
    expect(half).toMatchObject({ code: 'dossiers.missing-components', details: { count: 2 } })
    expect(await viewOf(province, code)).toMatchObject({ state: 'INTAKE_SUPPLEMENT', version: 1 })
    const whole = await act(province, code, 'complete-intake', { components })
    expect(whole).toMatchObject({ state: 'ACCEPTED', deadline: { due: '2026-05-05T17:00:00+07:00' } })
    expect((await currentStep(province, code))?.step).toBe('receive')
  })

  test('many completed at once on few connections: nobody waits for a second one', async () => {
    const narrow = province.anotherProcess({ poolSize: 2 })
    const input = await anIntake(province, { components: [] })
    const clerk = province.actor('RECEPTION', 'tthcc-tinh')
    const { components } = await anIntake(province)
    const made = await Promise.all(
      Array.from({ length: 12 }, () =>
        narrow.dossiers.requestIntakeSupplement({ ...input, items: ITEMS }, asked(clerk)),
      ),
    )
    const done = await Promise.all(
      made.map(({ code }) =>
        narrow.dossiers.act({ code, action: 'complete-intake', components }, asked(clerk)),
      ),
    )
    expect(done.map(({ state }) => state)).toEqual(made.map(() => 'ACCEPTED'))
  }, 15_000)
})

describe('payment', () => {
  test('the due dates of dossier and step move by the working time of the pause', async () => {
    const code = await processing()
    const step = await stepDue(code)
    at('2026-04-22T09:00:00')
    await act(province, code, 'request-payment', { amount: 1_500_000, legalBasis: 'Thông báo thuế số 01' })
    expect((await viewOf(province, code)).state).toBe('AWAITING_PAYMENT')
    // Two working days and an hour later.
    at('2026-04-24T10:00:00')
    await act(province, code, 'confirm-payment')
    const after = await viewOf(province, code)
    // 29/4 17:00 and 17 working hours: 30/4 and 1/5 are holidays, Monday and Tuesday follow, and an hour on Wednesday.
    expect(after.deadline).toMatchObject({
      due: '2026-05-06T08:30:00+07:00',
      originalDue: '2026-04-29T17:00:00+07:00',
      moved: { from: '2026-04-29T17:00:00+07:00', reason: expect.stringContaining('nghĩa vụ tài chính') },
    })
    // Its step: 24 hours from 8:10 on the 21st, then the same seventeen later (the 27th is a day off).
    expect(step).toBe('2026-04-24T08:10:00+07:00')
    expect(await stepDue(code)).toBe('2026-04-29T09:10:00+07:00')
  })

  test('who received the dossier does not take its money', async () => {
    const clerk = province.actor('RECEPTION', 'tthcc-tinh')
    const both = {
      ...clerk,
      grants: [...clerk.grants, { role: 'CASHIER', scope: 'centre', unit: 'tthcc-tinh' } as const],
    }
    const { code } = await aDossier(province, { by: both })
    await walkTo(province, code, 'appraise')
    await act(province, code, 'request-payment', { amount: 1, legalBasis: 'Thông báo' })
    expect((await refusalOf(act(province, code, 'confirm-payment', {}, both))).code).toBe(
      'dossiers.segregation',
    )
    expect((await act(province, code, 'confirm-payment')).state).toBe('PROCESSING')
  })
})

describe('extension', () => {
  test.each([
    ['2026-05-04', true, 'a working day after the due date'],
    ['2026-05-02', false, 'a Saturday'],
    ['2026-05-01', false, 'a holiday'],
    ['2026-04-29', false, 'the due day itself'],
    ['2026-04-20', false, 'yesterday'],
  ])('to %s: %s (%s)', async (newDue, allowed, _why) => {
    const code = await processing()
    const moved = act(province, code, 'extend', { reason: REASON, newDue })
    if (!allowed) return expect((await refusalOf(moved)).code).toBe('dossiers.extension-not-later')
    expect((await moved).deadline).toMatchObject({
      due: `${newDue}T17:00:00+07:00`,
      originalDue: '2026-04-29T17:00:00+07:00',
    })
  })

  const cells = ({ ruler }: { ruler: DayRuler | null }) =>
    (ruler?.rows ?? []).flatMap((row) => (row.kind === 'week' ? row.days : []))
  const cellOn = (deadline: { ruler: DayRuler | null }, day: string) =>
    cells(deadline).find(({ date }) => date === day)?.state

  test('the ruler goes on to the new day, with the old one and the reason, on the page and in tracking', async () => {
    const { code, pin } = await aDossier(province)
    await walkTo(province, code, 'appraise')
    await act(province, code, 'extend', { reason: REASON, newDue: '2026-05-06' })
    const deadlines = [
      (await viewOf(province, code)).deadline,
      (await province.services.dossiers.track({ code, pin })).deadline,
    ]
    for (const deadline of deadlines) {
      if (!deadline) throw new Error('no deadline')
      expect(deadline.moved).toEqual({ from: '2026-04-29T17:00:00+07:00', reason: REASON })
      const days = ['2026-04-28', '2026-04-29', '2026-04-30', '2026-05-05', '2026-05-06']
      expect(days.map((day) => cellOn(deadline, day))).toEqual([
        ...['counted', 'former', 'skipped', 'added', 'due'],
      ])
      expect(deadline.ruler?.added).toBe(3)
    }
    // A supplement begins the term anew: nothing is left of the former extension.
    await act(province, code, 'request-supplement', { items: [{ what: 'Bản đồ', reason: 'Thiếu chữ ký' }] })
    province.clock.advance(60_000)
    const after = await act(province, code, 'receive-supplement')
    expect(after.deadline.moved).toBeNull()
    expect(cells(after.deadline).some(({ state }) => state === 'former')).toBe(false)
    expect((await province.services.dossiers.track({ code, pin })).delay).toBeNull()
  })

  test('to the last minute of the day before, not later', async () => {
    const codes = [await processing(), await processing()]
    at('2026-04-28T17:00:00')
    expect(
      (await act(province, codes[0] ?? '', 'extend', { reason: REASON, newDue: '2026-05-08' })).papers.map(
        ({ form }) => form,
      ),
    ).toContain('form-04')
    at('2026-04-29T07:30:00')
    const late = await refusalOf(
      act(province, codes[1] ?? '', 'extend', { reason: REASON, newDue: '2026-05-08' }),
    )
    expect(late.code).toBe('dossiers.extension-too-late')
  })
})

describe('withdrawal and stop', () => {
  test.each([
    ['withdraw', { reason: REASON }, 'WITHDRAWN'],
    ['stop', { reason: REASON, legalBasis: 'Điều 21' }, 'STOPPED'],
  ] as const)('%s ends the dossier and its open step', async (action, body, state) => {
    const code = await processing()
    const step = await currentStep(province, code)
    if (!step) throw new Error('no step')
    const ended = await act(province, code, action, body)
    expect(ended).toMatchObject({ state, task: null, actions: [] })
    expect(await currentStep(province, code)).toBeUndefined()
    const done = province.services.dossiers.complete({ id: step.id, opinion: 'Ý kiến' }, asked(step.officer))
    expect(['workflow.task-cancelled', 'dossiers.action-not-allowed']).toContain((await refusalOf(done)).code)
  })

  test('while waiting for papers too; no interval of the clock stays open', async () => {
    const code = await processing()
    await act(province, code, 'request-supplement', { items: ITEMS })
    const { id } = await act(province, code, 'withdraw', { reason: REASON })
    const intervals = (await intervalsOf(province.db, [id])).get(id) ?? []
    expect(intervals.map(({ kind, to }) => [kind, to !== null])).toEqual([
      ['RUNNING', true],
      ['SUPPLEMENT', true],
    ])
  })
})

describe('return', () => {
  const giving = async (receiver: object, options = {}) => {
    const { code } = await completedDossier(province, options)
    return act(province, code, 'return', { receiver: { ...RECEIVER, ...receiver } })
  }
  test.each([
    ['the owner with the slip', {}, null],
    ['the owner without it, by the card', { slipShown: false, personalId: '000000000001' }, null],
    ['the owner without slip and card', { slipShown: false }, 'dossiers.receiver-required'],
    ['a card that cannot be', { personalId: '99' }, 'dossiers.invalid-personal-id'],
    ['family without a paper', { relation: 'family' }, 'dossiers.receiver-not-entitled'],
    ['family with one', { relation: 'family', authorisationPaper: 'Giấy khai sinh 01' }, null],
    ['a representative unknown until now', { relation: 'representative' }, 'dossiers.receiver-not-entitled'],
    ['the post', { relation: 'postal' }, null],
  ])('%s → %s', async (_who, receiver, refused) => {
    const made = giving(receiver)
    if (refused) return expect((await refusalOf(made)).code).toBe(refused)
    expect(await made).toMatchObject({
      state: 'RETURNED',
      nationalStatus: 10,
      handover: { receiver: RECEIVER.name },
    })
  })

  test('the representative of the intake needs no new paper', async () => {
    const representative = { name: 'Trần Thị Ví Dụ', paper: 'authorisation' } as const
    const view = await giving({ relation: 'representative', name: representative.name }, { representative })
    expect(view.state).toBe('RETURNED')
  })

  test('twenty desks at once: it is handed over once, the others are told to whom and when', async () => {
    const { code } = await completedDossier(province)
    const desk = province.actor('RETURN_DESK', 'tthcc-tinh')
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => act(province, code, 'return', { receiver: RECEIVER }, desk)),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const lost of outcomes.filter((one) => one.status === 'rejected'))
      expect(lost.reason).toMatchObject({
        code: 'dossiers.already-returned',
        details: { receiver: RECEIVER.name, when: { vi: '08:30 thứ Ba 21/4' } },
      })
  })
})

describe('an error in the result', () => {
  test('is corrected by a second edition; the first stays', async () => {
    const { code } = await returnedDossier(province)
    await act(province, code, 'report-result-error', { reason: 'Sai năm sinh' })
    expect((await viewOf(province, code)).state).toBe('RESULT_ERROR')
    const number = `${newKey().slice(0, 8)}/GCN`
    const view = await act(province, code, 'correct-result', {
      reason: 'Đã sửa năm sinh',
      result: { number },
    })
    expect(view).toMatchObject({ state: 'RETURNED', result: { number } })
    const editions = await province.db
      .selectFrom('dossier_result')
      .select(['edition', 'number'])
      .where('dossier_id', '=', view.id)
      .orderBy('edition')
      .execute()
    expect(editions.map(({ edition }) => edition)).toEqual([1, 2])
    expect(editions[1]?.number).toBe(number)
  })

  test('under a number that is taken it is refused and nothing changes', async () => {
    const { code } = await returnedDossier(province)
    await act(province, code, 'report-result-error', { reason: 'Sai năm sinh' })
    const before = await viewOf(province, code)
    const number = before.result?.number ?? ''
    const refused = await refusalOf(
      act(province, code, 'correct-result', { reason: 'Đã sửa', result: { number } }),
    )
    expect(refused.code).toBe('dossiers.result-number-taken')
    expect(await viewOf(province, code)).toEqual(before)
  })
})

describe('versions', () => {
  test('a stale one is answered 412 with who, what and when; nothing changed', async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'assign')
    const clerk = province.actor('RECEPTION', 'tthcc-tinh')
    const send = (version: number) =>
      province.call(
        clerk,
        'POST',
        `/dossiers/${code}/actions/withdraw`,
        { reason: REASON },
        { 'if-match': `"${version}"` },
      )
    const stale = await send(1)
    expect([stale.statusCode, stale.json().code, stale.json().current]).toEqual([
      412,
      'dossiers.stale-version',
      2,
    ])
    expect(stale.json().detail).toBe(
      `${clerk.name} đã chuyển hồ sơ lúc 08:05 thứ Ba 21/4. Xem thay đổi rồi làm lại; nội dung đang nhập vẫn còn.`,
    )
    const english = await province.call(
      clerk,
      'POST',
      `/dossiers/${code}/actions/withdraw`,
      { reason: REASON },
      { 'if-match': '"1"', 'accept-language': 'en' },
    )
    expect(english.json().detail).toContain('at 08:05 Tuesday 21 April (transferred)')
    const fresh = await send(2)
    expect([fresh.statusCode, fresh.headers.etag]).toEqual([200, '"3"'])
  })

  test('a stranger with a stale version learns nothing', async () => {
    const { code } = await aDossier(province)
    const stranger = province.actor('RECEPTION', 'tthcc-co-to')
    const answer = await refusalOf(act(province, code, 'withdraw', { reason: REASON, version: 99 }, stranger))
    expect([answer.code, Object.keys(answer.details)]).toEqual(['dossiers.unknown', ['code']])
  })

  test('a repeat of an action under its key gets the first answer, whatever happened since', async () => {
    const { code } = await aDossier(province, { procedure: PROCEDURES.justice })
    const clerk = province.actor('RECEPTION', 'tthcc-tinh')
    const send = () =>
      province.call(
        clerk,
        'POST',
        `/dossiers/${code}/actions/withdraw`,
        { reason: REASON },
        { 'idempotency-key': `rut-${code}` },
      )
    const answers = await Promise.all(Array.from({ length: 20 }, send))
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode}${body}`)).size).toBe(1)
    province.clock.advance(3_600_000)
    expect((await send()).body).toBe(answers[0]?.body)
  })
})
