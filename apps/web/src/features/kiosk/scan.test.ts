import { expect, it } from 'vitest'
import { readScan } from './scan.ts'

it.each([
  [
    'https://dichvucong.example.vn/ve/abcdefghij0123456789',
    { kind: 'ticket', token: 'abcdefghij0123456789' },
  ],
  [
    'https://dichvucong.example.vn/tra-cuu/H49.05.12-260421-0007',
    { kind: 'dossier', code: 'H49.05.12-260421-0007' },
  ],
  [
    'https://dichvucong.example.vn/lich-hen/abcdefghij0123456789',
    { kind: 'appointment', token: 'abcdefghij0123456789' },
  ],
  ['h49-260421-0001', { kind: 'dossier', code: 'H49-260421-0001' }],
  ['https://example.vn/khac', undefined],
  ['/ve/ngan', undefined],
])('%s', (text, scan) => expect(readScan(text)).toEqual(scan))
