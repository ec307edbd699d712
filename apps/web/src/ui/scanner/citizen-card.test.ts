import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CardError, looksLikeCard, readCitizenCard } from './citizen-card.ts'

const GOOD = '000000000001|000000001|Nguyễn Văn Mẫu|01011954|Nam|Tổ 1, khu 2, phường Ví Dụ|21042021'
const withField = (index: number, value: string): string => GOOD.split('|').with(index, value).join('|')

describe('the text of a citizen card', () => {
  it('is read into its seven fields', () => {
    expect(readCitizenCard(GOOD)).toEqual({
      ok: true,
      card: {
        personalId: '000000000001',
        formerId: '000000001',
        name: 'Nguyễn Văn Mẫu',
        birthDate: '1954-01-01',
        gender: 'MALE',
        address: 'Tổ 1, khu 2, phường Ví Dụ',
        issuedOn: '2021-04-21',
      },
    })
  })
  it('may lack the former number, and newer cards may append fields', () => {
    expect(readCitizenCard(`${withField(1, '')}||Ví Dụ|Mẫu`)).toMatchObject({
      ok: true,
      card: { gender: 'MALE' },
    })
  })
  it('is understood with marks as separate characters, as some scanners type them', () => {
    expect(readCitizenCard(withField(4, 'Nữ').normalize('NFD'))).toMatchObject({
      ok: true,
      card: { gender: 'FEMALE', name: 'Nguyễn Văn Mẫu' },
    })
  })
  it.each<[string, string, CardError]>([
    ['a dossier code', 'H49.05.12-260421-0007', 'not-a-card'],
    ['eleven digits', withField(0, '00000000001'), 'personal-id'],
    ['a former number of eight', withField(1, '00000001'), 'former-id'],
    ['digits in a name', withField(2, 'Nguyễn 1'), 'name'],
    ['30 February', withField(3, '30021954'), 'birth-date'],
    ['29 February of a common year', withField(3, '29022023'), 'birth-date'],
    ['another order of the date', withField(3, '19540101'), 'birth-date'],
    ['an unknown gender', withField(4, 'X'), 'gender'],
    ['no address', withField(5, ' '), 'address'],
    ['issued before birth', withField(6, '01011950'), 'issued-on'],
  ])('%s is refused with its own reason', (_, text, error) => {
    expect(readCitizenCard(text)).toEqual({ ok: false, errors: [error] })
  })
  it('names every bad field at once', () => {
    expect(readCitizenCard('1|2|3|4|5||7')).toEqual({
      ok: false,
      errors: ['personal-id', 'former-id', 'name', 'birth-date', 'gender', 'address', 'issued-on'],
    })
  })
  it('never throws, and what it accepts has twelve digits and real days', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...GOOD.split('|'))), { maxLength: 12 }),
        (fields) => {
          const reading = readCitizenCard(fields.join('|'))
          if (!reading.ok) return reading.errors.length > 0
          return (
            /^\d{12}$/.test(reading.card.personalId) &&
            !Number.isNaN(Date.parse(reading.card.birthDate)) &&
            reading.card.issuedOn >= reading.card.birthDate
          )
        },
      ),
    )
  })
  it('tells cards from codes', () => {
    expect([looksLikeCard(GOOD), looksLikeCard('H49.05.12-260421-0007')]).toEqual([true, false])
  })
})
