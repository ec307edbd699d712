import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asked, newKey, refusalOf } from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())

const kept = () => province.services.dossiers.kept
const clerk = () => asked(province.actor('RECEPTION', 'tthcc-tinh'))
const lead = () => asked(province.actor('UNIT_LEAD', 'so-tu-phap'))
const specialist = () => asked(province.actor('SPECIALIST', 'so-tu-phap'))

describe('saved filters', () => {
  const filter = { list: 'dossiers', conditions: { pace: 'OVERDUE' }, isDefault: true } as const
  test('one is the default of its list; a new default takes its place', async () => {
    const [one, two] = [newKey(), newKey()]
    await kept().saveFilter({ ...filter, id: one, name: 'Quá hạn' }, clerk())
    await kept().saveFilter(
      { ...filter, id: two, name: 'Của Sở Tư pháp', conditions: { agency: 'so-tu-phap' } },
      clerk(),
    )
    const { items } = await kept().filters(clerk())
    expect(items.map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['Của Sở Tư pháp', true],
      ['Quá hạn', false],
    ])
    await kept().removeFilter({ id: two }, clerk())
    expect((await kept().filters(clerk())).items.map(({ id }) => id)).toEqual([one])
  })

  test('are one’s own: another officer neither sees, overwrites nor removes them', async () => {
    const id = newKey()
    await kept().saveFilter({ ...filter, id, name: 'Riêng' }, clerk())
    await kept().saveFilter({ ...filter, id, name: 'Lấy mất' }, lead())
    await kept().removeFilter({ id }, lead())
    expect((await kept().filters(clerk())).items.find((one) => one.id === id)?.name).toBe('Riêng')
    expect((await kept().filters(lead())).items).toEqual([])
  })

  test('two defaults at once leave one', async () => {
    await Promise.allSettled(
      Array.from({ length: 6 }, (_, i) =>
        kept().saveFilter({ ...filter, id: newKey(), name: `Cùng lúc ${i}` }, specialist()),
      ),
    )
    const defaults = (await kept().filters(specialist())).items.filter(({ isDefault }) => isDefault)
    expect(defaults).toHaveLength(1)
  })

  test('no condition takes a card or phone number', async () => {
    const body = { list: 'dossiers', name: 'Số', conditions: { q: '000000000001', number: '000000000001' } }
    const answer = await province.call(clerk().actor, 'PUT', `/me/filters/${newKey()}`, body)
    expect(answer.body).not.toContain('000000000001')
    const rows = await province.db.selectFrom('saved_filter').select('content').execute()
    expect(JSON.stringify(rows)).not.toContain('000000000001')
  })
})

describe('opinion templates', () => {
  test('those of a unit are its officers’ to use and its leaders’ to change', async () => {
    const id = newKey()
    const shared = { id, key: 'du-dk', title: 'Đủ điều kiện', body: 'Hồ sơ của {ho-ten} đủ điều kiện.' }
    await kept().saveTemplate({ ...shared, unit: 'so-tu-phap' }, lead())
    const seen = (await kept().templates(specialist())).items.find((one) => one.id === id)
    expect(seen).toMatchObject({ key: 'du-dk', mayEdit: false, unit: { id: 'so-tu-phap' } })
    expect((await refusalOf(kept().saveTemplate(shared, specialist()))).code).toBe(
      'dossiers.template-not-yours',
    )
    expect((await refusalOf(kept().removeTemplate({ id }, specialist()))).code).toBe(
      'dossiers.template-not-yours',
    )
    const elsewhere = (await kept().templates(asked(province.officer('chuyenvien.halong')))).items
    expect(elsewhere.find((one) => one.id === id)).toBeUndefined()
  })

  test('one’s own may have the key of a shared one, but not twice', async () => {
    const own = { id: newKey(), key: 'du-dk', title: 'Của tôi', body: 'Đã xem.' }
    await kept().saveTemplate(own, specialist())
    const { items } = await kept().templates(specialist())
    expect(items.filter(({ key }) => key === 'du-dk').map(({ title }) => title)).toContain('Của tôi')
    const again = kept().saveTemplate({ ...own, id: newKey() }, specialist())
    expect((await refusalOf(again)).code).toBe('dossiers.template-key-taken')
    await kept().removeTemplate({ id: own.id }, specialist())
  })
})
