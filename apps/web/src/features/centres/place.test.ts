import { expect, it } from 'vitest'
import { placeIn } from './place.ts'

it.each([
  ['Trung tâm Hành chính công tỉnh Quảng Ninh', 'Tỉnh Quảng Ninh'],
  ['Trung tâm Phục vụ hành chính công thành phố Hải Phòng', 'Thành phố Hải Phòng'],
  ['Trung tâm Hành chính công', undefined],
])('%s serves %s', (centre, place) => expect(placeIn(centre)).toBe(place))
