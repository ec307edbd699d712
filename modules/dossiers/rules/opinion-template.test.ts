import { expect, test } from 'vitest'
import { fillTemplate, unknownPlaceholders } from './opinion-template.ts'

test('facts of the dossier stand where the template names them', () => {
  const facts = { 'ho-ten': 'Nguyễn Văn Mẫu', 'han-tra': '28/4/2026' }
  expect(fillTemplate('Hồ sơ của {ho-ten} đủ điều kiện, hẹn trả { han-tra }.', facts)).toBe(
    'Hồ sơ của Nguyễn Văn Mẫu đủ điều kiện, hẹn trả 28/4/2026.',
  )
})

test('what is not known stays visible, and a word that stands for nothing is named', () => {
  expect(fillTemplate('Cơ quan {co-quan}, {khong-co}', {})).toBe('Cơ quan {co-quan}, {khong-co}')
  expect(unknownPlaceholders('{ho-ten} {hoten} {} {hoten}')).toEqual(['hoten', ''])
})
