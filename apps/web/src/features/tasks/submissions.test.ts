import { expect, test } from 'vitest'
import { submissionsOf } from './submissions.ts'

const said = (step: string, minute: number, text: string) => ({
  step,
  text,
  actor: 'Mẫu Thị Thử',
  at: `2026-04-21T08:${String(minute).padStart(2, '0')}:00+07:00`,
})

test('of a step that submitted twice the last text counts, with the former one to compare', () => {
  const all = [
    said('Thẩm định', 1, '120,0 m²'),
    said('Trình ký', 2, 'Đồng ý'),
    said('Thẩm định', 5, '120,5 m²'),
  ]
  expect(submissionsOf(all).map(({ step, text, before }) => [step, text, before])).toEqual([
    ['Trình ký', 'Đồng ý', undefined],
    ['Thẩm định', '120,5 m²', '120,0 m²'],
  ])
})
