import { expect, test } from 'vitest'
import { changedSince } from './changed-since.ts'

const SEEN = {
  state: 'PROCESSING' as const,
  due: '2026-04-28T17:00:00+07:00',
  current: { step: 'Thẩm định', unit: 'Sở Tư pháp', assignee: 'Mẫu Thị Thử' },
  components: [],
  result: null,
  opinions: [],
  handover: null,
  returningCentre: { id: 'tthcc-tinh', name: 'TTHCC tỉnh' },
}
const MINE = { doing: 'Dừng giải quyết: trùng hồ sơ', theirs: 'Xin lỗi, hẹn lại ngày trả' }

test('the state stands first with both actions, then what changed; the rest is not asked about', () => {
  const now = { ...SEEN, due: '2026-05-04T17:00:00+07:00' }
  expect(changedSince(SEEN, now, MINE, 'vi').map(({ id, theirs, mine }) => [id, theirs, mine])).toEqual([
    ['state', 'Xin lỗi, hẹn lại ngày trả · Đang xử lý', 'Dừng giải quyết: trùng hồ sơ · Đang xử lý'],
    ['due', '17:00 04/05/2026', '17:00 28/04/2026'],
  ])
})

test('who holds the step and what was said are fields of their own', () => {
  const now = {
    ...SEEN,
    current: { ...SEEN.current, assignee: null },
    opinions: [{ at: '2026-04-22T08:00:00+07:00', actor: 'Ví Dụ', step: 'Thẩm định', text: 'Thiếu bản vẽ' }],
  }
  expect(changedSince(SEEN, now, MINE, 'vi').map(({ id, theirs }) => [id, theirs])).toEqual([
    ['state', 'Xin lỗi, hẹn lại ngày trả · Đang xử lý'],
    ['holder', 'Thẩm định · chưa ai nhận'],
    ['opinion', 'Thiếu bản vẽ (Ví Dụ)'],
  ])
})
