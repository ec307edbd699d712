import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  act,
  asked,
  completedDossier,
  PERSON,
  RECEIVER,
  refusalOf,
  viewOf,
} from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince({ poolSize: 12 })
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const HERE = 'tthcc-tinh'
const DAY = 86_400_000
const service = () => province.services.dossiers
const desk = () => asked(province.actor('RETURN_DESK', HERE))
const listed = (query: object = {}) =>
  service().returns.list({ show: 'all', limit: 200, centre: HERE, ...query }, desk())
const ofWhom = (name: string, personalId: string) => ({ owner: { ...PERSON, name, personalId } })
const versionOf = async (code: string) => (await viewOf(province, code)).version

describe('results that nobody fetched', () => {
  test('stand with their days; the reminder is owed after ten, the way back opens after ninety', async () => {
    const { code } = await completedDossier(province)
    const at = async (days: number) => {
      province.clock.set(new Date(START.getTime() + days * DAY))
      const item = (await listed()).items.find((one) => one.code === code)
      return item && [item.days, item.remindNow, item.backDue]
    }
    expect(await at(0)).toEqual([0, false, false])
    expect(await at(9)).toEqual([9, false, false])
    expect(await at(10)).toEqual([10, true, false])
    expect(await at(90)).toEqual([90, true, true])
    expect((await listed({ show: 'remind' })).items.map((one) => one.code)).toContain(code)
    const done = await service().returns.remind(
      { dossiers: [code], way: 'phone', note: 'Hẹn thứ Hai' },
      desk(),
    )
    expect(done.done.map((one) => one.code)).toEqual([code])
    const { items, counts } = await listed()
    expect(items.find((one) => one.code === code)).toMatchObject({
      reminders: 1,
      remindNow: false,
      lastReminder: { way: 'phone', note: 'Hẹn thứ Hai', by: province.actor('RETURN_DESK', HERE).name },
      phone: expect.not.stringContaining(PERSON.phone),
    })
    expect(counts.back.value).toBeGreaterThan(0)
    expect((await listed({ show: 'remind' })).items.map((one) => one.code)).not.toContain(code)
    expect((await viewOf(province, code)).timeline.map(({ type }) => type)).toContain('result-reminded')
  })

  test('the monthly list holds what was ready in the month, by Vietnam’s days', async () => {
    const { code } = await completedDossier(province)
    const month = async (name: string) => (await listed({ month: name })).items.map((one) => one.code)
    expect(await month('2026-04')).toContain(code)
    expect(await month('2026-05')).not.toContain(code)
    expect(await month('2026-03')).not.toContain(code)
  })

  test('pages by how long they wait, without loss', async () => {
    for (let i = 0; i < 4; i++) await completedDossier(province)
    const all = (await listed()).items.map(({ code }) => code)
    const walked: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await listed({ limit: 2, ...(after ? { after } : {}) })
      walked.push(...page.items.map(({ code }) => code))
      if (!page.next) break
      after = page.next
    }
    expect(walked).toEqual(all)
  })
})

describe('several results of one receiver', () => {
  test('are found by one code and handed over together; one that changed is refused alone', async () => {
    const whose = ofWhom('Vũ Thị Ví Dụ', '000000000077')
    const made = [
      await completedDossier(province, whose),
      await completedDossier(province, whose),
      await completedDossier(province, whose),
    ]
    await completedDossier(province, ofWhom('Người Khác Mẫu', '000000000088'))
    const [first, second, third] = made.map(({ code }) => code)
    const { items } = await service().returns.together({ code: first ?? '' }, desk())
    expect(items.map(({ code }) => code).toSorted()).toEqual([first, second, third].toSorted())
    const answer = await service().returns.hand(
      {
        items: items.map(({ code, version }) => ({ code, version: code === third ? version - 1 : version })),
        receiver: { ...RECEIVER, name: 'Vũ Thị Ví Dụ' },
      },
      desk(),
    )
    expect(answer.done.map(({ code, state }) => [code, state]).toSorted()).toEqual(
      [first, second].map((code) => [code, 'RETURNED']).toSorted(),
    )
    expect(answer.refused).toMatchObject([{ code: third, refusal: { code: 'dossiers.stale-version' } }])
    expect((await viewOf(province, third ?? '')).state).toBe('COMPLETED')
    const left = await service().returns.together({ code: first ?? '' }, desk())
    expect(left.items.map(({ code }) => code)).toEqual([third])
  })

  test('two desks at once hand each result over once', async () => {
    const whose = ofWhom('Hai Quầy Mẫu', '000000000066')
    const codes = []
    for (let i = 0; i < 6; i++) codes.push((await completedDossier(province, whose)).code)
    const items = await Promise.all(codes.map(async (code) => ({ code, version: await versionOf(code) })))
    const other = province.anotherProcess()
    const receiver = { ...RECEIVER, name: 'Hai Quầy Mẫu' }
    const answers = await Promise.all([
      service().returns.hand({ items, receiver }, desk()),
      other.dossiers.returns.hand({ items: items.toReversed(), receiver }, desk()),
    ])
    expect(answers.flatMap(({ done }) => done.map(({ code }) => code)).toSorted()).toEqual(codes.toSorted())
    for (const { done, refused } of answers) expect(done.length + refused.length).toBe(6)
    const rows = await province.db
      .selectFrom('dossier_handover')
      .innerJoin('dossier', 'dossier.id', 'dossier_handover.dossier_id')
      .select('code')
      .where('code', 'in', codes)
      .execute()
    expect(rows).toHaveLength(6)
  })

  test('who may not read the dossier learns nothing of the owner’s others', async () => {
    const { code } = await completedDossier(province)
    const stranger = asked(province.actor('RETURN_DESK', 'tthcc-mong-cai'))
    expect((await refusalOf(service().returns.together({ code }, stranger))).code).toBe('dossiers.unknown')
  })
})

test('a result that was handed over stands on no list any more', async () => {
  const { code } = await completedDossier(province)
  await act(province, code, 'return', { receiver: RECEIVER })
  expect((await listed()).items.map((one) => one.code)).not.toContain(code)
})
