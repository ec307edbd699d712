import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { movableClock } from '#platform/clock/clock.ts'
import { createLog } from '#platform/log/log.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { type CatalogueService, createCatalogueService, seedCatalogue } from './index.ts'

let database: TestDatabase
let service: CatalogueService

beforeAll(async () => {
  database = await testDatabase()
  const clock = movableClock(new Date('2026-11-24T02:00:00Z'))
  await seedCatalogue(database.db, clock.now())
  service = createCatalogueService({ db: database.db, log: createLog(), clock })
})
afterAll(() => database.drop())

const codes = async (query: object): Promise<string[]> =>
  (await service.search({ limit: 20, ...query })).items.map((item) => item.code)

const QUERIES: readonly [string, string, string][] = [
  ['đăng ký khai sinh', '1.001193', 'official words'],
  ['khai sinh', '1.001193', 'two syllables, the most asked first'],
  ['dang ky khai sinh', '1.001193', 'no accents'],
  ['đăng kí khai sinh', '1.001193', 'i for y'],
  ['KHAI SINH', '1.001193', 'capitals'],
  ['khia sinh', '1.001193', 'letters swapped'],
  ['khaisinh', '1.001193', 'no space'],
  ['làm giấy khai sinh cho con', '1.001193', 'a sentence'],
  ['khai sinh mất', '1.004884', 'lost'],
  ['dang ki ket hon', '1.000894', 'no accents, i for y'],
  ['kết hôn với người nước ngoài', '2.000806', 'plain name'],
  ['độc thân', '1.004873', 'synonym of tình trạng hôn nhân'],
  ['giay xac nhan doc than', '1.004873', 'synonym without accents'],
  ['tình trạng hôn nhân', '1.004873', 'official words'],
  ['khai tử', '1.000656', 'the general one before the special ones'],
  ['giấy chứng tử', '1.000656', 'older word'],
  ['sao y', '2.000815', 'spoken name'],
  ['sao y ban chinh', '2.000815', 'spoken name without accents'],
  ['công chứng giấy tờ', '2.000815', 'wrong but common word'],
  ['chứng thực chữ ký', '2.000884', 'official words'],
  ['sổ đỏ', '1.013978', 'spoken word for the certificate'],
  ['sang tên sổ đỏ', '1.013831', 'spoken'],
  ['doi ten so do', '1.013833', 'spoken without accents'],
  ['tach thua', '1.012784', 'without accents'],
  ['mất sổ đỏ', '1.012786', 'spoken'],
  ['thế chấp sổ đỏ', '1.011441', 'spoken'],
  ['nhập hộ khẩu', '1.004222', 'older word'],
  ['tam tru', '1.004194', 'without accents'],
  ['dang ky tam truu', '1.004194', 'a letter too many'],
  ['tách hộ khẩu', '1.010038', 'spoken'],
  ['mở cửa hàng', '1.001612', 'life, not law'],
  ['mở quán cà phê', '1.001612', 'life, not law'],
  ['ho kinh doanh', '1.001612', 'without accents'],
  ['bằng lái xe', '3.000348', 'spoken'],
  ['mat bang lai', '3.000348', 'without accents'],
  ['ly lich tu phap', '3.000333', 'without accents'],
  ['CCCD', '1.014061', 'abbreviation'],
  ['passport', '1.001456', 'foreign word'],
  ['giấy phép xây dựng', '1.013225', 'official words'],
  ['xay nha', '1.013225', 'life, not law'],
  ['ho ngheo', '1.011607', 'without accents'],
  ['đăng kiểm', '1.005103', 'spoken'],
  ['biển số xe', '1.013067', 'spoken'],
  ['rút bảo hiểm xã hội một lần', '1.001613', 'plain name'],
  ['nghia vu quan su', '1.013133', 'without accents'],
  ['thẻ hướng dẫn viên du lịch', '1.001440', 'a procedure without a plain name'],
  ['giấy phép môi trường cấp tỉnh', '1.010727', 'level in the title'],
  ['1.001193', '1.001193', 'code'],
  ['001193', '1.001193', 'code without its first digit'],
  ['2.00081', '2.000815', 'beginning of a code'],
]

describe('the search finds', () => {
  test.each(QUERIES)('%s → %s (%s)', async (q, code) => {
    expect((await codes({ q }))[0]).toBe(code)
  })

  test('suggestions from the second letter', async () => {
    expect(await codes({ q: 'kh' })).toContain('1.001193')
    expect((await codes({ q: 'khai s' }))[0]).toBe('1.001193')
  })
})

describe('filters', () => {
  test('field by id and by name without accents', async () => {
    const byId = await codes({ field: 'ho-tich', limit: 100 })
    expect(byId).toHaveLength(41)
    expect(await codes({ field: 'ho tich', limit: 100 })).toEqual(byId)
  })

  test('level, situation, agency, together with words', async () => {
    const { items } = await service.search({ q: 'giấy phép môi trường', level: 'province', limit: 5 })
    expect(items.length).toBeGreaterThan(0)
    expect(items.every((item) => item.levels.includes('province'))).toBe(true)
    expect((await codes({ situation: 'ket-hon' })).sort()).toEqual(
      ['1.000593', '1.000894', '1.004746', '1.004873', '2.000806', '2.001263'].sort(),
    )
    expect(await codes({ agency: 'so-tu-phap', q: 'luật sư', limit: 50 })).toContain('1.002010')
    expect(await codes({ agency: 'Sở Xây dựng', q: 'kinh doanh vận tải' })).toContain('1.000703')
  })

  test('pages follow one another without gap or repeat', async () => {
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await service.search({ field: 'ho-tich', limit: 7, after })
      seen.push(...page.items.map((item) => item.code))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual(await codes({ field: 'ho-tich', limit: 100 }))
    expect(new Set(seen).size).toBe(41)
  })
})

describe('nothing found', () => {
  test('offers three near names', async () => {
    const { items, near } = await service.search({ q: 'zzqx khaixinh wwkk', limit: 5 })
    expect(items).toEqual([])
    expect(near).toHaveLength(3)
  })

  test('a filter that leaves nothing still names what the words mean', async () => {
    const { items, near } = await service.search({ q: 'đăng ký kết hôn', field: 'hai-quan', limit: 5 })
    expect(items).toEqual([])
    expect(near?.map((item) => item.code)).toContain('1.000894')
  })
})

test('every query of the table takes far less than a tenth of a second', async () => {
  const slowest = { q: '', ms: 0 }
  for (const [q] of QUERIES) {
    const times: number[] = []
    for (let round = 0; round < 3; round++) {
      const start = performance.now()
      await service.search({ q, limit: 20 })
      times.push(performance.now() - start)
    }
    // Best of three: other work on the machine is not the search's.
    const ms = Math.min(...times)
    if (ms > slowest.ms) Object.assign(slowest, { q, ms })
  }
  expect(slowest.ms, slowest.q).toBeLessThan(100)
})

test('any text is answered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (q) => {
      const { items } = await service.search({ q, limit: 3 })
      expect(items.length).toBeLessThanOrEqual(3)
    }),
    { numRuns: 60 },
  )
})
