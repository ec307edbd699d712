import { describe, expect, it } from 'vitest'
import { actOnDossier } from '#modules/dossiers/contract.ts'
import { type ActionValues, actBody, emptyValues, isActionValues, lacks } from './action-values.ts'

const about = {
  owner: 'Nguyễn Văn Mẫu',
  representative: null,
  resultReturn: { way: 'counter' as const, address: null },
}
const values = (change: Partial<ActionValues> = {}): ActionValues => ({ ...emptyValues(about), ...change })
const need = (field: string, required = true) => ({ field, required })

describe('what a sheet sends', () => {
  it('is only what the action asks for, so that text left in another field never slips along', () => {
    const body = actBody(values({ reason: 'theo đơn xin rút', legalBasis: 'Điều 19', amount: '5000' }), [
      'reason',
    ])
    expect(body).toEqual({ reason: 'theo đơn xin rút' })
  })

  it.each([
    [
      'a supplement',
      ['items', 'legalBasis'],
      { items: [{ component: 'k1', what: 'Giấy chứng nhận', reason: 'chưa có' }] },
    ],
    ['an extension', ['reason', 'newDue'], { reason: 'chưa đo đạc xong', newDue: '12/05/2026' }],
    ['a payment', ['amount', 'legalBasis'], { amount: '1250000', legalBasis: 'Nghị quyết 62' }],
    [
      'papers brought',
      ['components'],
      { papers: { k1: { originals: 1, copies: 0, present: true, files: [] } } },
    ],
    ['a hand-over', ['receiver', 'way'], {}],
    [
      'a corrected result',
      ['result', 'reason'],
      { resultNumber: '12', resultDate: '11/05/2026', reason: 'sai tên' },
    ],
  ] as const)('of %s is what the contract takes', (_name, fields, change) => {
    // The table's rows are constants; the values are ordinary ones.
    const body = actBody(values(change as unknown as Partial<ActionValues>), fields)
    const read = actOnDossier.input.safeParse({ code: 'H49-260421-0007', action: 'withdraw', ...body })
    expect(read.error?.issues).toBeUndefined()
  })

  it('takes a representative from the dossier as the likely receiver', () => {
    const representative = {
      kind: 'person' as const,
      name: 'Trần Thị Ví Dụ',
      personalId: null,
      birthDate: null,
      phone: null,
      email: null,
      address: null,
      paper: 'authorisation',
      paperNumber: null,
      paperDate: null,
      scope: ['submit', 'supplement', 'receive', 'pay'] as ('submit' | 'supplement' | 'receive' | 'pay')[],
      procedures: [],
      validFrom: null,
      validUntil: null,
      mayReceive: true,
      whyNot: null,
      authorisation: null,
    }
    expect(emptyValues({ ...about, representative })).toMatchObject({
      receiverName: 'Trần Thị Ví Dụ',
      relation: 'representative',
    })
  })
})

describe('what still lacks', () => {
  it.each([
    ['a reason of two letters', values({ reason: 'ok' }), need('reason'), ['reason']],
    ['an optional reason', values(), need('reason', false), []],
    [
      'a wrong authority without the right one',
      values({ reasonCode: 'WRONG_AUTHORITY' }),
      need('rightAuthority', false),
      ['rightAuthority'],
    ],
    ['a date that is none', values({ newDue: '31/02/2026' }), need('newDue'), ['newDue']],
    ['no opinion where it is optional', values(), need('opinion', false), []],
    ['a refusal without an opinion', values({ outcome: 'REFUSED' }), need('opinion', false), ['opinion']],
    ['nothing brought', values(), need('components'), ['components']],
    ['no receiver', values({ receiverName: '' }), need('receiver'), ['receiverName']],
    ['no amount', values({ amount: '0' }), need('amount'), ['amount']],
  ])('%s', (_name, given, field, expected) => {
    expect(lacks(given, [field])).toEqual(expected)
  })
})

it('what was typed comes back from the storage only when it has the right shape', () => {
  expect(isActionValues(JSON.parse(JSON.stringify(values())))).toBe(true)
  expect(isActionValues({ reason: 'x' })).toBe(false)
})
