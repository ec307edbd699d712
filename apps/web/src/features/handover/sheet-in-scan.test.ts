import { expect, test } from 'vitest'
import { codeInScan } from '../dossiers/code-in-scan.ts'
import { sheetInScan } from './sheet-in-scan.ts'

test('a sheet and a dossier are told apart by their prefixes', () => {
  expect(sheetInScan(' pbg26-000012\n')).toBe('PBG26-000012')
  expect(codeInScan('PBG26-000012')).toBeUndefined()
  expect(sheetInScan('H49-260421-0007')).toBeUndefined()
  expect(codeInScan('H49-260421-0007')).toBe('H49-260421-0007')
})
