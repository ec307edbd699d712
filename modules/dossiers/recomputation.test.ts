import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { act, aDossier, newKey, refusalOf, viewOf, walkTo } from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { deriveDues } from './rules/clock.ts'
import { limitOf } from './service/deadline.ts'
import { dueChangesOf, intervalsOf } from './store/clock.ts'
import { findDossier } from './store/dossiers.ts'
import { insertRecomputation } from './store/recomputation.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const REASON = 'Thủ tướng công bố lịch nghỉ'
const keeper = () => province.actor('SYSTEM_ADMIN')
const dossiers = () => province.services.dossiers
const dayOff = (date: string, type: 'OFF' | 'WORK' = 'OFF') =>
  province.services.calendar.addException(
    {
      ...{ calendar: 'province', date, type, reason: REASON, legalBasis: 'QĐ 01' },
      name: { vi: 'Nghỉ thêm', en: 'Extra day' },
    },
    keeper(),
  )
const dueOf = async (code: string) => (await viewOf(province, code)).deadline
const derivedDue = async (code: string) => {
  const dossier = await findDossier(province.db, code)
  if (!dossier) throw new Error('unknown')
  const calendar = await province.services.calendar.calendarFor(province.db, dossier.receiving_centre)
  const intervals = (await intervalsOf(province.db, [dossier.id])).get(dossier.id) ?? []
  const changes = (await dueChangesOf(province.db, [dossier.id])).get(dossier.id) ?? []
  return { stored: dossier.due_at, derived: deriveDues(calendar, limitOf(dossier), intervals, changes).due }
}

describe('a change of the calendar', () => {
  test('is previewed, then moves promised dates later as logged events, and none earlier', async () => {
    const plain = (await aDossier(province)).code
    const paying = (await aDossier(province)).code
    await walkTo(province, paying, 'appraise')
    await act(province, paying, 'request-payment', { amount: 1_000, legalBasis: 'Thông báo' })
    expect((await dueOf(plain)).due).toBe('2026-04-29T17:00:00+07:00')

    await dayOff('2026-04-28')
    const seen = await dossiers().previewRecomputation(keeper())
    expect(seen).toMatchObject({ looked: 2, moved: 2, kept: 0 })
    expect(seen.items[0]).toMatchObject({
      ...{ kind: 'CALENDAR', from: '2026-04-29T17:00:00+07:00', to: '2026-05-04T17:00:00+07:00' },
    })
    expect((await dueOf(plain)).due).toBe('2026-04-29T17:00:00+07:00')

    const run = await dossiers().startRecomputation({ reason: REASON }, keeper())
    expect(run).toMatchObject({ looked: 2, moved: 2, kept: 0 })
    expect(run.finishedAt).not.toBeNull()
    const after = await viewOf(province, plain)
    expect(after.deadline.due).toBe('2026-05-04T17:00:00+07:00')
    expect(after.timeline.map(({ type }) => type)).toContain('due-recomputed')
    expect(after.clocks.moves).toMatchObject([{ kind: 'CALENDAR', reason: REASON }])
    const again = await dossiers().previewRecomputation(keeper())
    expect(again).toMatchObject({ moved: 0, kept: 0 })

    // The 25th becomes a working Saturday: the date would come earlier, and stays.
    await dayOff('2026-04-25', 'WORK')
    const back = await dossiers().startRecomputation({ reason: REASON }, keeper())
    expect(back.moved).toBe(0)
    expect((await dueOf(plain)).due).toBe('2026-05-04T17:00:00+07:00')
    for (const code of [plain, paying]) {
      const { stored, derived } = await derivedDue(code)
      expect(derived).toEqual(stored)
    }
  })

  test('keeps a promise that would come earlier, and says so in the log', async () => {
    const { code } = await aDossier(province)
    const promised = (await dueOf(code)).due
    await dayOff('2026-05-02', 'WORK')
    await dayOff('2026-04-26', 'WORK')
    const seen = await dossiers().previewRecomputation(keeper())
    expect(seen.kept).toBeGreaterThan(0)
    await dossiers().startRecomputation({ reason: REASON }, keeper())
    const view = await viewOf(province, code)
    expect(view.deadline.due).toBe(promised)
    expect(view.clocks.moves).toMatchObject([{ kind: 'PROMISE_KEPT' }])
    expect((await derivedDue(code)).derived).toEqual((await derivedDue(code)).stored)
  })

  test('a provisional date becomes firm when its year is announced', async () => {
    province.clock.set(new Date('2026-12-30T08:00:00+07:00'))
    const { code } = await aDossier(province)
    const before = await dueOf(code)
    expect(before.provisional).toBe(true)
    await province.services.calendar.publishYear(
      { year: '2027', official: true, legalBasis: 'Công văn', reason: REASON },
      keeper(),
    )
    expect((await dossiers().previewRecomputation(keeper())).confirmed).toBe(1)
    await dossiers().startRecomputation({ reason: REASON }, keeper())
    expect(await dueOf(code)).toMatchObject({ provisional: false, due: before.due })
  })

  test('does not make in time what was late', async () => {
    province.clock.set(new Date('2026-05-11T09:00:00+07:00'))
    const { code } = await aDossier(province)
    const { due } = await dueOf(code)
    await walkTo(province, code, 'appraise')
    province.clock.set(new Date(Date.parse(due ?? '') + 16 * 3_600_000))
    await walkTo(province, code, 'return')
    const late = { moves: [], lateVsOriginal: true, lateVsExtended: true, countsAsLate: true }
    expect((await viewOf(province, code)).clocks).toMatchObject(late)
    // Told before, this would have given until the next working day.
    await dayOff(due?.slice(0, 10) ?? '')
    await dossiers().startRecomputation({ reason: REASON }, keeper())
    expect((await dueOf(code)).due).toBe(due)
    expect((await viewOf(province, code)).clocks).toMatchObject(late)
  })

  test('cut off in the middle it is finished by others, each dossier once; one at a time', async () => {
    const codes: string[] = []
    for (let i = 0; i < 12; i++) codes.push((await aDossier(province)).code)
    await dayOff('2026-04-24')
    // As a killed process leaves it: begun, and nobody works on it.
    const begun = { started_at: START, started_by: 'x', started_by_name: 'Quản trị' }
    await insertRecomputation(province.db, { id: newKey(), reason: REASON, ...begun })
    const refused = await refusalOf(dossiers().startRecomputation({ reason: REASON }, keeper()))
    expect(refused.code).toBe('dossiers.recomputation-under-way')
    const other = province.anotherProcess()
    await Promise.all([
      dossiers().continueRecomputation(),
      other.dossiers.continueRecomputation(),
      other.dossiers.continueRecomputation(),
    ])
    for (const code of codes) {
      const { timeline } = await viewOf(province, code)
      expect(timeline.filter(({ type }) => type === 'due-recomputed')).toHaveLength(1)
    }
    const { items } = await dossiers().listRecomputations(keeper())
    expect(items[0]?.finishedAt).not.toBeNull()
  })
})
