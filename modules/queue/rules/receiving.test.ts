import { describe, expect, it } from 'vitest'
import { receiversOf } from './receiving.ts'

const JUSTICE = { id: 'A', kind: 'reception', fields: [], agencies: ['so-tu-phap'], reserved: false }
const LAND = { id: 'B', kind: 'reception', fields: ['Đất đai'], agencies: ['so-tai-nguyen'], reserved: false }
const GENERAL = { id: 'G', kind: 'reception', fields: [], agencies: [], reserved: false }
const PRIORITY = { ...GENERAL, id: 'P', reserved: true }
const CASHIER = { ...GENERAL, id: 'L', kind: 'cashier' }
const ALL = [JUSTICE, LAND, PRIORITY, GENERAL, CASHIER]
const asked = (agencies: string[], field: string | null = null) => [...receiversOf(ALL, { agencies, field })]

describe('who receives a procedure', () => {
  it('the counter of its agency, also where a section of that agency resolves it', () =>
    expect(asked(['phong-ho-tich', 'so-tu-phap'])).toEqual(['A']))
  it('else the counter of its field', () => expect(asked(['so-la'], 'Đất đai')).toEqual(['B']))
  it('else the counter that stands for nobody in particular', () =>
    expect(asked(['so-la'], 'Thuế')).toEqual(['G']))
  it('else every reception, and never the cashier', () =>
    expect([...receiversOf([JUSTICE, PRIORITY, LAND, CASHIER], { agencies: [], field: null })]).toEqual([
      'A',
      'B',
    ]))
  it('nobody where nobody receives', () =>
    expect([...receiversOf([CASHIER], { agencies: ['so-tu-phap'], field: null })]).toEqual([]))
})
