import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  act,
  aDossier,
  anIntake,
  asked,
  completedDossier,
  returnedDossier,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { STATES } from './contract.ts'
import { ALARMS, type Alarm, WATCH } from './rules/watch.ts'
import { ENDED } from './rules.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const ITEMS = [{ what: 'Bản đồ thửa đất', reason: 'Thiếu chữ ký' }]
const at = (text: string) => province.clock.set(new Date(`${text}+07:00`))
const supervisor = () => province.actor('SUPERVISOR')
const listed = async (
  query: { kind?: Alarm; mine?: boolean; after?: string; limit?: number } = {},
  by = supervisor(),
) => province.services.dossiers.listAlarms({ limit: 200, mine: false, ...query }, asked(by))
const alarmsOf = async (code: string) =>
  (await listed()).items.filter(({ dossier }) => dossier.code === code).map(({ kind }) => kind)
const submitted = async () => {
  const input = await anIntake(province, { channel: 'postal' })
  const clerk = province.actor('RECEPTION', 'tthcc-tinh')
  return (await province.services.dossiers.submit({ ...input, channel: 'postal' }, asked(clerk))).code
}

describe('no silent state', () => {
  test('each has an owner and an alarm, or is over', () => {
    for (const state of STATES) {
      const { owner, alarms } = WATCH[state]
      expect([state, owner === null, alarms.length === 0]).toEqual([
        state,
        ENDED.includes(state),
        ENDED.includes(state),
      ])
    }
    expect(new Set(Object.values(WATCH).flatMap(({ alarms }) => alarms))).toEqual(new Set(ALARMS))
  })
})

describe('each alarm is told from its minute on, and ends when somebody acts', () => {
  test('what arrived is told after two hours by the clock', async () => {
    const code = await submitted()
    at('2026-04-21T09:59:00')
    expect(await alarmsOf(code)).toEqual([])
    at('2026-04-21T10:00:00')
    expect(await alarmsOf(code)).toEqual(['INTAKE_UNCHECKED'])
    await act(province, code, 'accept')
    expect(await alarmsOf(code)).toEqual([])
  })
  test('a supplement that did not come is proposed to be closed', async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'appraise')
    await act(province, code, 'request-supplement', { items: ITEMS })
    at('2026-05-06T16:59:00')
    expect(await alarmsOf(code)).toEqual([])
    at('2026-05-06T17:01:00')
    expect(await alarmsOf(code)).toEqual(['SUPPLEMENT_EXPIRED'])
    const clerk = province.actor('RECEPTION', 'tthcc-tinh')
    const { items } = await listed({ kind: 'SUPPLEMENT_EXPIRED', mine: true }, clerk)
    expect(items.find(({ dossier }) => dossier.code === code)?.action?.action).toBe('close-unsupplemented')
    await act(province, code, 'close-unsupplemented')
    expect(await alarmsOf(code)).toEqual([])
  })
  test('a payment that did not come, after thirty days', async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'appraise')
    await act(province, code, 'request-payment', { amount: 1_000, legalBasis: 'Thông báo' })
    at('2026-05-22T08:00:00')
    expect(await alarmsOf(code)).toEqual(['PAYMENT_UNPAID'])
  })
  test('a wrong result that is not corrected in three working days', async () => {
    const { code } = await returnedDossier(province)
    await act(province, code, 'report-result-error', { reason: 'Sai năm sinh' })
    at('2026-04-24T17:01:00')
    expect(await alarmsOf(code)).toEqual(['CORRECTION_OVERDUE'])
    await act(province, code, 'correct-result', { reason: 'Đã sửa', result: { number: '999/SỬA' } })
    expect(await alarmsOf(code)).toEqual([])
  })
  test('a result that nobody collects for ten days', async () => {
    const { code } = await completedDossier(province)
    at('2026-05-02T08:00:00')
    expect(await alarmsOf(code)).toEqual(['RESULT_UNCOLLECTED'])
  })
  test('the last day to move a date, and a dossier to which nothing happens', async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'appraise')
    at('2026-04-24T08:15:00')
    expect(await alarmsOf(code)).toEqual(['SILENT'])
    // Due on the 29th: the 28th is the last day to say so.
    at('2026-04-28T08:15:00')
    expect(new Set(await alarmsOf(code))).toEqual(new Set(['SILENT', 'EXTENSION_CLOSING']))
    await act(province, code, 'extend', { reason: 'Chưa đo xong', newDue: '2026-05-08' })
    expect(await alarmsOf(code)).toEqual([])
  })
  test('a running dossier whose task was lost', async () => {
    const { code, ...made } = await aDossier(province)
    expect(made.state).toBe('ACCEPTED')
    await province.db
      .updateTable('task')
      .set({ state: 'cancelled', outcome: 'cancelled', closed_at: START, paused_at: null })
      .where('subject_id', 'in', (query) => query.selectFrom('dossier').select('id').where('code', '=', code))
      .execute()
    at('2026-04-24T08:15:00')
    expect(await alarmsOf(code)).toEqual(['NO_OPEN_TASK'])
  })
})

describe('the list', () => {
  test('goes on by pages without gap or double, in one order, and counts what it shows', async () => {
    for (let i = 0; i < 7; i++) await submitted()
    at('2026-04-30T08:00:00')
    const all = await listed()
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await listed({ limit: 3, ...(after ? { after } : {}) })
      seen.push(...page.items.map(({ kind, dossier }) => `${kind} ${dossier.code}`))
      after = page.next ?? undefined
    } while (after)
    expect(seen).toEqual(all.items.map(({ kind, dossier }) => `${kind} ${dossier.code}`))
    for (const { kind, value } of all.counts)
      expect([kind, value]).toEqual([kind, all.items.filter((item) => item.kind === kind).length])
    const moments = all.items.map((item) => item.at)
    expect(moments).toEqual(moments.toSorted())
  })
  test('shows nobody what they may not read', async () => {
    at('2026-04-30T08:00:00')
    const far = await listed({}, province.actor('RECEPTION', 'tthcc-mong-cai'))
    expect(far.items).toEqual([])
    expect(far.counts.every(({ value }) => value === 0)).toBe(true)
  })
})
