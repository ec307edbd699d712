import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { act, aDossier, refusalOf, viewOf, walkTo } from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import type { ParameterKey } from './rules/parameter-keys.ts'
import { localProblem, PARAMETERS, parameterOn } from './rules/parameters.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())

const calendar = () => province.services.calendar
const proposer = () => province.actor('CATALOG_ADMIN')
const approver = () => province.actor('SYSTEM_ADMIN')
const proposal = (key: string, value: number, from = '2026-05-01') => ({
  ...{ key, value, from, legalBasis: 'Quyết định 01/QĐ-UBND', reason: 'Rút ngắn cho người dân' },
})
const codeOf = async (work: Promise<unknown>) => (await refusalOf(work)).code

describe('the numbers of the law', () => {
  test('each has a value today, a basis and days without gap or overlap', () => {
    for (const { key, values } of PARAMETERS) {
      expect([key, parameterOn(key, '2026-04-21')?.value !== undefined]).toEqual([key, true])
      values.forEach(({ from, legalBasis }, i) => {
        expect(legalBasis.length).toBeGreaterThan(3)
        const before = values[i - 1]
        if (before) expect([key, before.to !== null && before.to < from]).toEqual([key, true])
      })
    }
  })
  test.each<[ParameterKey, number, ReturnType<typeof localProblem>]>([
    ['supplement.within', 2, null],
    ['supplement.within', 4, 'laxer-than-law'],
    ['supplement.within', 0, 'impossible'],
    ['supplement.close-after', 20, null],
    ['supplement.close-after', 10, 'laxer-than-law'],
    ['supplement.max', 2, 'not-local'],
    ['payment.restart', 1, null],
    ['payment.restart', 2, 'impossible'],
  ])('%s set to %i by a province: %s', (key, value, problem) =>
    expect(localProblem(key, value, '2026-05-01')).toBe(problem),
  )
})

describe('a value of the province’s own', () => {
  test('counts when somebody else approved it, from its day on, and until it is withdrawn', async () => {
    const own = await calendar().proposeParameterValue(proposal('result.correction', 2), proposer())
    const listed = async (on: string) =>
      (await calendar().listParameters({ on }, approver())).items.find(
        ({ key }) => key === 'result.correction',
      )
    expect((await listed('2026-05-01'))?.current).toMatchObject({ value: 3, own: false })
    expect(await codeOf(calendar().approveParameterValue({ id: own.id }, proposer()))).toBe(
      'calendar.same-person',
    )
    await calendar().approveParameterValue({ id: own.id }, approver())
    expect((await listed('2026-05-01'))?.current).toMatchObject({ value: 2, own: true })
    expect((await listed('2026-04-30'))?.current).toMatchObject({ value: 3, own: false })
    await calendar().withdrawParameterValue({ id: own.id, reason: 'Hết hiệu lực' }, approver())
    expect((await listed('2026-05-01'))?.current).toMatchObject({ value: 3, own: false })
  })

  test('rules the dossiers that come from its day on', async () => {
    const own = await calendar().proposeParameterValue(
      proposal('payment.restart', 1, '2026-04-22'),
      proposer(),
    )
    await calendar().approveParameterValue({ id: own.id }, approver())
    const dueAfterPayment = async (day: string) => {
      province.clock.set(new Date(`${day}T08:00:00+07:00`))
      const { code } = await aDossier(province)
      await walkTo(province, code, 'appraise')
      await act(province, code, 'request-payment', { amount: 1_000, legalBasis: 'Thông báo' })
      province.clock.advance(86_400_000)
      await act(province, code, 'confirm-payment')
      const view = await viewOf(province, code)
      return view.clocks.intervals.at(-1)?.fromZero
    }
    expect(await dueAfterPayment('2026-04-21')).toBe(false)
    expect(await dueAfterPayment('2026-04-22')).toBe(true)
  })

  test('is refused where it cannot be', async () => {
    const propose = (key: string, value: number, more = {}) =>
      codeOf(calendar().proposeParameterValue({ ...proposal(key, value), ...more }, proposer()))
    expect(await propose('khong.co', 1)).toBe('calendar.unknown-parameter')
    expect(await propose('supplement.max', 2)).toBe('calendar.parameter-not-local')
    expect(await propose('result.correction', 5)).toBe('calendar.parameter-laxer')
    expect(await propose('result.correction', 0)).toBe('calendar.parameter-impossible')
    expect(await propose('result.correction', 2, { to: '2026-04-01' })).toBe('calendar.parameter-days')
    const nobody = '00000000-0000-7000-8000-000000000000'
    expect(await codeOf(calendar().approveParameterValue({ id: nobody }, approver()))).toBe(
      'calendar.unknown-value',
    )
    const first = await calendar().proposeParameterValue(proposal('intake.check', 6), proposer())
    const second = await calendar().proposeParameterValue(proposal('intake.check', 4), proposer())
    await calendar().approveParameterValue({ id: first.id }, approver())
    expect(await codeOf(calendar().approveParameterValue({ id: first.id }, approver()))).toBe(
      'calendar.value-decided',
    )
    expect(await codeOf(calendar().approveParameterValue({ id: second.id }, approver()))).toBe(
      'calendar.value-exists',
    )
  })

  test('proposed twice and approved at once by two: one counts', async () => {
    const made = [
      await calendar().proposeParameterValue(proposal('intake.alert', 1, '2026-06-01'), proposer()),
      await calendar().proposeParameterValue(proposal('intake.alert', 2, '2026-06-01'), proposer()),
    ]
    const other = province.anotherProcess()
    const outcomes = await Promise.allSettled(
      made.map(({ id }, i) =>
        (i === 0 ? calendar() : other.calendar).approveParameterValue({ id }, approver()),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
