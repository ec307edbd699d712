import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { StaffActor } from '#modules/identity/contract.ts'
import {
  act,
  aDossier,
  asked,
  holderAt,
  newKey,
  RECEIVER,
  refusalOf,
  viewOf,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { LATENESS_REASONS } from './rules/lateness.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const at = (text: string) => province.clock.set(new Date(`${text}+07:00`))
/** Five working days from 21 April 2026, over 27/4, 30/4 and 1/5. */
const DUE = '2026-04-29T17:00:00+07:00'
const TEXT = 'Chờ đơn vị đo đạc trả kết quả, ông Ví Dụ theo dõi'
const specialist = () => province.officer('chuyenvien.sotuphap')
const head = () => province.officer('lanhdao.sotuphap')
const watcher = () => province.officer('canbo.trungtam')

const appraised = async () => {
  const made = await aDossier(province)
  await walkTo(province, made.code, 'appraise')
  return made
}
const late = async () => {
  const made = await appraised()
  at('2026-05-04T08:00:00')
  return made
}
const explain = (
  code: string,
  more: { amends?: number; reasonCode?: string } = {},
  by: StaffActor = head(),
) =>
  province.services.dossiers.explainLateness(
    { code, reasonCode: 'C_FIELD', explanation: TEXT, ...more },
    asked(by),
  )
const listed = async (pace: 'OVERDUE' | 'UNEXPLAINED', by: StaffActor = watcher()) =>
  (await province.services.dossiers.list({ pace, limit: 200 }, asked(by))).items.map(({ code }) => code)

test('the reasons are those of the data, each with words for the applicant', () => {
  expect(LATENESS_REASONS.map(({ code }) => code[0])).toEqual([...'ABCDEFGHIJK'])
  for (const { code, name, public: words } of LATENESS_REASONS) {
    expect(code).toMatch(/^[A-Z]_[A-Z]+$/)
    for (const text of [name.vi, name.en, words.vi, words.en]) expect(text.length).toBeGreaterThan(5)
  }
})

describe('explaining a lateness', () => {
  test('is owed from the day after the promised one, not in its evening', async () => {
    const { code } = await appraised()
    at('2026-04-29T20:00:00')
    expect((await viewOf(province, code, head())).lateness).toBeNull()
    expect((await refusalOf(explain(code))).code).toBe('dossiers.not-late')
    expect(await listed('OVERDUE')).not.toContain(code)
    at('2026-04-30T08:00:00')
    expect((await viewOf(province, code, head())).lateness).toMatchObject({
      due: DUE,
      explanation: null,
      mayExplain: true,
    })
    expect([await listed('OVERDUE'), await listed('UNEXPLAINED')]).toEqual([
      expect.arrayContaining([code]),
      expect.arrayContaining([code]),
    ])
  })

  test('stands on the page, in the timeline and, in words for the applicant, in tracking', async () => {
    const { code, pin } = await late()
    const before = await province.services.dossiers.track({ code, pin })
    expect(before.delay).toMatchObject({ reason: null })
    const after = await explain(code)
    expect(after.lateness?.explanation).toMatchObject({
      edition: 1,
      reason: { code: 'C_FIELD', name: { vi: 'Đo đạc, xác minh thực địa' } },
      text: TEXT,
      by: head().name,
    })
    expect(after.timeline[0]).toMatchObject({
      type: 'lateness-explained',
      title: { vi: 'Giải trình quá hạn' },
      detail: `Đo đạc, xác minh thực địa · ${TEXT}`,
    })
    const told = await province.services.dossiers.track({ code, pin })
    expect(told.delay?.reason?.vi).toBe('việc đo đạc, xác minh thực địa chưa xong.')
    expect(told.delay?.apology.vi).toContain('xin lỗi')
    // What officers write to one another stays with them.
    expect(JSON.stringify(told)).not.toContain('Ví Dụ')
    expect([await listed('OVERDUE'), await listed('UNEXPLAINED')]).toEqual([
      expect.arrayContaining([code]),
      expect.not.arrayContaining([code]),
    ])
  })

  test('is amended by naming what was read; each edition is an event, the newest stands', async () => {
    const { code } = await late()
    await explain(code)
    expect((await refusalOf(explain(code))).code).toBe('dossiers.lateness-explained')
    const amended = await explain(code, { amends: 1, reasonCode: 'K_FAULT' }, specialist())
    expect(amended.lateness?.explanation).toMatchObject({ edition: 2, reason: { code: 'K_FAULT' } })
    expect((await refusalOf(explain(code, { amends: 1 }))).details).toMatchObject({
      who: specialist().name,
      edition: 2,
    })
    expect(amended.timeline.map(({ type }) => type).filter((type) => type.startsWith('lateness'))).toEqual([
      'lateness-explanation-amended',
      'lateness-explained',
    ])
  })

  test('by twelve at once: one is the explanation, the others are told whose', async () => {
    const { code } = await late()
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        explain(code, {}, i % 2 ? specialist() : head()).then(
          () => 'explained',
          (error: { code: string }) => error.code,
        ),
      ),
    )
    expect(answers.filter((answer) => answer === 'explained')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'dossiers.lateness-explained')).toHaveLength(11)
    const { rows } = await province.services.log
      .timeline(province.db, { kind: 'dossier', id: (await viewOf(province, code)).id })
      .then((events) => ({ rows: events.filter(({ type }) => type === 'lateness-explained') }))
    expect(rows).toHaveLength(1)
  })

  test('a repeat under its key gets the first answer', async () => {
    const { code } = await late()
    const body = { reasonCode: 'A_OVERLOAD', explanation: TEXT }
    const headers = { 'idempotency-key': newKey() }
    const send = () => province.call(head(), 'POST', `/dossiers/${code}/lateness`, body, headers)
    const [first, again] = [await send(), await send()]
    expect([first.statusCode, again.statusCode]).toEqual([200, 200])
    expect(again.body).toBe(first.body)
  })

  test.each([
    ['the desk that received it', () => province.actor('RECEPTION', 'tthcc-tinh'), 'dossiers.not-your-role'],
    ['who watches due dates', watcher, 'dossiers.not-your-role'],
    ['the head of another agency', () => province.actor('AGENCY_LEAD', 'ubnd-ha-long'), 'dossiers.unknown'],
  ])('is not for %s', async (_who, by, refusal) => {
    const { code } = await late()
    expect((await refusalOf(explain(code, {}, by()))).code).toBe(refusal)
  })

  test('is owed by a result that came late too, also after it was handed over', async () => {
    const { code } = await late()
    await walkTo(province, code, 'return')
    expect(await listed('UNEXPLAINED')).toContain(code)
    await act(province, code, 'return', { receiver: RECEIVER })
    expect((await explain(code)).lateness?.explanation?.edition).toBe(1)
    expect(await listed('UNEXPLAINED')).not.toContain(code)
  })

  test('is not owed while the applicant is waited for, nor by what was in time', async () => {
    const { code } = await appraised()
    await act(province, code, 'request-payment', { amount: 1_000, legalBasis: 'Thông báo thuế số 01' })
    at('2026-05-04T08:00:00')
    expect((await refusalOf(explain(code))).code).toBe('dossiers.not-late')
    province.clock.set(START)
    const early = await aDossier(province)
    await walkTo(province, early.code, 'return')
    at('2026-05-20T08:00:00')
    expect(await listed('UNEXPLAINED')).not.toEqual(expect.arrayContaining([code]))
    expect(await listed('UNEXPLAINED')).not.toEqual(expect.arrayContaining([early.code]))
  })

  test('a date missed anew is a lateness of its own', async () => {
    const { code } = await appraised()
    await act(province, code, 'request-supplement', {
      items: [{ what: 'Bản đồ', reason: 'Thiếu chữ ký' }],
    })
    province.clock.advance(60_000)
    await act(province, code, 'receive-supplement')
    at('2026-05-04T08:00:00')
    await explain(code)
    const db = province.db
    const later = new Date('2026-05-12T17:00:00+07:00')
    await db.updateTable('dossier').set({ due_at: later }).where('code', '=', code).execute()
    at('2026-05-13T08:00:00')
    expect((await viewOf(province, code, head())).lateness?.explanation).toBeNull()
    expect((await explain(code)).lateness?.explanation?.edition).toBe(1)
  })

  test('the list keeps to what a leader may see', async () => {
    const { code } = await late()
    const other = holderAt(province, 'AGENCY_LEAD', 'ubnd-ha-long')
    expect(await listed('UNEXPLAINED', head())).toContain(code)
    expect(await listed('UNEXPLAINED', other)).not.toContain(code)
  })
})
