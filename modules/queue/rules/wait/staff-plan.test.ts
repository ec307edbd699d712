import { expect, it } from 'vitest'
import { changesAhead, type StaffPlan } from './staff-plan.ts'

const DAY: StaffPlan = [
  { from: 0, to: 240, open: 5 },
  { from: 240, to: 300, open: 2 },
  { from: 300, to: 480, open: 5 },
]

it.each<[string, number, number, { at: number; by: number }[]]>([
  [
    'the morning',
    100,
    5,
    [
      { at: 240, by: -3 },
      { at: 300, by: 3 },
    ],
  ],
  [
    'one counter ill all morning: the plan’s changes still come',
    100,
    4,
    [
      { at: 240, by: -3 },
      { at: 300, by: 3 },
    ],
  ],
  ['lunch', 250, 2, [{ at: 300, by: 3 }]],
  [
    'lunch has begun and three finish their visit before they say so',
    243,
    5,
    [
      { at: 243, by: -3 },
      { at: 300, by: 3 },
    ],
  ],
  ['half an hour into lunch an extra counter is meant', 275, 3, [{ at: 300, by: 3 }]],
  ['back from lunch, two are a little late', 302, 3, [{ at: 302, by: 2 }]],
  ['an hour later they do not come any more', 365, 3, []],
  [
    'before opening',
    -20,
    0,
    [
      { at: 0, by: 5 },
      { at: 240, by: -3 },
      { at: 300, by: 3 },
    ],
  ],
  ['after closing people with tickets are still served', 490, 3, []],
])('%s', (_when, now, open, expected) => {
  expect(changesAhead(DAY, now, open)).toEqual(expected)
})

it('expects nothing without a plan', () => {
  expect(changesAhead([], 100, 3)).toEqual([])
})
