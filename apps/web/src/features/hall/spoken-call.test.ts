import { describe, expect, it } from 'vitest'
import { announcementOf, englishNumber } from './spoken-call.ts'

describe('what is said for a call', () => {
  it('is the number twice, then the counter', () =>
    expect(announcementOf('A005', 3, 'north').join(' ')).toBe(
      'mời công dân có số thứ tự a không trăm linh năm  a không trăm linh năm đến quầy số ba',
    ))
  it('follows the region', () =>
    expect(announcementOf('B104', 21, 'south').join(' ')).toBe(
      'mời công dân có số thứ tự bê một trăm lẻ bốn  bê một trăm lẻ bốn đến quầy số hai mươi mốt',
    ))
  it('is spelt in English', () => expect(englishNumber('A014')).toEqual(['A', 'zero', 'one', 'four']))
})
