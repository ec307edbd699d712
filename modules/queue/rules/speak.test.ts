import { describe, expect, it } from 'vitest'
import { numberInWords, ticketSyllables } from './speak.ts'

describe('numbers in words', () => {
  it.each<[number, string]>([
    [0, 'không'],
    [4, 'bốn'],
    [5, 'năm'],
    [10, 'mười'],
    [11, 'mười một'],
    [14, 'mười bốn'],
    [15, 'mười lăm'],
    [20, 'hai mươi'],
    [21, 'hai mươi mốt'],
    [25, 'hai mươi lăm'],
    [55, 'năm mươi lăm'],
    [91, 'chín mươi mốt'],
    [100, 'một trăm'],
    [101, 'một trăm linh một'],
    [105, 'một trăm linh năm'],
    [110, 'một trăm mười'],
    [115, 'một trăm mười lăm'],
    [121, 'một trăm hai mươi mốt'],
    [999, 'chín trăm chín mươi chín'],
    [1_000, 'một nghìn'],
    [1_005, 'một nghìn không trăm linh năm'],
    [1_050, 'một nghìn không trăm năm mươi'],
    [8_000, 'tám nghìn'],
    [9_999, 'chín nghìn chín trăm chín mươi chín'],
    [10_000, 'mười nghìn'],
    [1_000_000, 'một triệu'],
    [2_021_500, 'hai triệu không trăm hai mươi mốt nghìn năm trăm'],
    [1_000_000_000, 'một tỷ'],
  ])('%d is %s', (value, words) => {
    expect(numberInWords(value)).toBe(words)
  })

  it('says lẻ and ngàn in the south', () => {
    expect(numberInWords(1_005, 'south')).toBe('một ngàn không trăm lẻ năm')
  })

  it('says every number to 9,999 differently, with syllables that have a clip', () => {
    const clips = new Set(
      'không một hai ba bốn năm sáu bảy tám chín mười mươi mốt lăm linh trăm nghìn'.split(' '),
    )
    const all = Array.from({ length: 10_000 }, (_, value) => numberInWords(value))
    expect(new Set(all).size).toBe(10_000)
    expect(all.flatMap((words) => words.split(' ')).every((syllable) => clips.has(syllable))).toBe(true)
  })

  it.each([-1, 1.5, Number.NaN, 1e12])('refuses %d', (value) => {
    expect(() => numberInWords(value)).toThrow(RangeError)
  })
})

it.each<[string, string]>([
  ['A005', 'a không trăm linh năm'],
  ['B045', 'bê không trăm bốn mươi lăm'],
  ['C010', 'xê không trăm mười'],
  ['A100', 'a một trăm'],
  ['A121', 'a một trăm hai mươi mốt'],
  ['AB007', 'a bê không trăm linh bảy'],
  ['A1234', 'a một nghìn hai trăm ba mươi tư'.replace('tư', 'bốn')],
])('calls %s as %s', (code, words) => {
  expect(ticketSyllables(code).join(' ')).toBe(words)
})
