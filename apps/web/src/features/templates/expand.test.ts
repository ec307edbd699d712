import { expect, test } from 'vitest'
import { appendTemplate, expandTyped } from './expand.ts'

const TEMPLATES = [{ key: 'du-dk', body: 'Hồ sơ của {ho-ten} đủ điều kiện.' }]
const FACTS = { 'ho-ten': 'Nguyễn Văn Mẫu' }

test('a key is replaced once it is ended, at the beginning or after a space', () => {
  expect(expandTyped('/du-dk ', TEMPLATES, FACTS)).toBe('Hồ sơ của Nguyễn Văn Mẫu đủ điều kiện.')
  expect(expandTyped('Đã xem. /du-dk\n', TEMPLATES, FACTS)).toBe(
    'Đã xem. Hồ sơ của Nguyễn Văn Mẫu đủ điều kiện.',
  )
})

test.each(['/du-dk', '/khong-co ', 'a/du-dk ', '/du-dk xong'])('%j stays as it was typed', (text) => {
  expect(expandTyped(text, TEMPLATES, FACTS)).toBeUndefined()
})

test('one chosen from the list stands after what is there', () => {
  const [template] = TEMPLATES
  if (!template) throw new Error('no template')
  expect(appendTemplate('Đã xem. ', template, FACTS)).toBe('Đã xem.\nHồ sơ của Nguyễn Văn Mẫu đủ điều kiện.')
  expect(appendTemplate(' ', template, FACTS)).toBe('Hồ sơ của Nguyễn Văn Mẫu đủ điều kiện.')
})
