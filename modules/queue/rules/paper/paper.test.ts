import jsQr from 'jsqr'
import { describe, expect, it } from 'vitest'
import { createPainter } from '#platform/papers/canvas.ts'
import { atRoot } from '#platform/root.ts'
import { pixelsOf, readPapers } from '../../../../tests/support/escpos.ts'
import { type Bitmap, bitmapOf, isBlack } from './bitmap.ts'
import { escPosOf } from './escpos.ts'
import {
  layOutTicket,
  PAPER_WIDTHS,
  type PaperLayout,
  type PaperWidth,
  type TicketPaper,
  wrapText,
} from './layout.ts'
import { measureWith, PAPER_FAMILY, paintPaper } from './paint.ts'

const TICKET: TicketPaper = {
  number: 'A014',
  centre: 'Trung tâm Phục vụ hành chính công thành phố Hạ Long',
  service: 'Đất đai, Ặ Ễ Ỗ Ữ Ự ỹ ỵ',
  procedure: 'Đổi tên, đổi thông tin của người sử dụng đất trên sổ',
  issuedAt: new Date('2026-04-21T08:40:00+07:00'),
  wait: { p10: 12, p90: 19 },
  comeBackAt: new Date('2026-04-21T08:50:00+07:00'),
  servedToday: true,
  ahead: 4,
  papers: [
    { name: 'Đơn đăng ký biến động, Mẫu số 18', state: 'BROUGHT' },
    { name: 'Giấy chứng nhận quyền sử dụng đất, bản gốc', state: 'BRING' },
    { name: 'giấy tờ chứng minh việc đổi tên', state: 'MISSING' },
  ],
  url: 'https://dichvucong.example.vn/ve/aB3-_xYz0123456789Qw',
  hotline: '1900 0000',
  returnMinutes: 60,
  language: 'vi',
  again: false,
  offline: false,
}

const painter = createPainter({ fonts: atRoot('data/fonts/be-vietnam-pro'), family: PAPER_FAMILY })
const paint = (ticket: TicketPaper, width: PaperWidth) =>
  painter.paint((pen) => layOutTicket(ticket, width, measureWith(pen)), paintPaper)
const bytesOf = (ticket: TicketPaper, width: PaperWidth): Uint8Array => {
  const { layout, pixels } = paint(ticket, width)
  return escPosOf(bitmapOf(layout, pixels))
}
const printed = (ticket: TicketPaper, width: PaperWidth) => {
  const [paper, ...more] = readPapers(bytesOf(ticket, width))
  if (!paper || more.length > 0) throw new Error('not one paper')
  return paper
}

type Area = { x: number; y: number; width: number; height: number }
const inkIn = (bitmap: Bitmap, { x, y, width, height }: Area): number => {
  let black = 0
  for (let row = Math.max(0, y); row < y + height; row += 1)
    for (let column = Math.max(0, x); column < Math.min(bitmap.width, x + width); column += 1)
      if (isBlack(bitmap, column, row)) black += 1
  return black
}
const textsOf = ({ items }: PaperLayout) => items.filter((item) => item.kind === 'text')
const wordsOf = (layout: PaperLayout): string =>
  textsOf(layout)
    .map(({ text }) => text)
    .join(' ')

describe.each(PAPER_WIDTHS)('a ticket of %i dots', (width) => {
  it('is read back from the printer’s bytes as the page that was painted, dot by dot', () => {
    const { layout, pixels } = paint(TICKET, width)
    const { bitmap } = printed(TICKET, width)
    expect(bitmap.width).toBe(width)
    let different = 0
    for (let y = 0, at = 0; y < layout.height; y += 1)
      for (let x = 0; x < width; x += 1, at += 4)
        if (isBlack(bitmap, x, y) !== (pixels[at] ?? 255) < 128) different += 1
    expect(different).toBe(0)
    expect(inkIn(bitmap, { x: 0, y: layout.height, width, height: bitmap.height - layout.height })).toBe(0)
  })

  it('bears a code that a telephone reads', () => {
    const { bitmap } = printed(TICKET, width)
    expect(jsQr(pixelsOf(bitmap), bitmap.width, bitmap.height)?.data).toBe(TICKET.url)
  })

  it('keeps to what every printer takes: whole bytes, strips under 256 rows, no height that printers stumble over', () => {
    for (const papers of [0, 1, 2, 3, 5, 7, 12]) {
      const many = Array.from({ length: papers }, (_, i) => ({
        name: `Giấy tờ số ${i}`,
        state: 'BRING' as const,
      }))
      const { strips, bitmap } = printed({ ...TICKET, papers: many }, width)
      expect(strips.every(({ bytesAcross }) => bytesAcross * 8 === width)).toBe(true)
      expect(strips.reduce((sum, { rows }) => sum + rows, 0)).toBe(bitmap.height)
      for (const { rows } of strips)
        expect([rows, rows <= 255, rows % 48 !== 0, (rows & (rows - 1)) !== 0]).toEqual([
          rows,
          true,
          true,
          true,
        ])
    }
  })

  it('shows every text within the paper, where the page has it, marks and all', () => {
    const { layout } = paint(TICKET, width)
    const { bitmap } = printed(TICKET, width)
    for (const { text, x, y, size, weight } of textsOf(layout)) {
      const { pixels, layout: line } = painter.paint(
        (pen) => ({
          ...{ width: Math.ceil(measureWith(pen)(text, size, weight)), height: Math.ceil(size * 1.5) },
          items: [{ kind: 'text' as const, x: 0, y: Math.ceil(size * 1.1), text, size, weight }],
        }),
        paintPaper,
      )
      const alone = bitmapOf(line, pixels)
      const top = y - Math.ceil(size * 1.1)
      const ink = inkIn(alone, { x: 0, y: 0, width: alone.width, height: alone.height })
      let same = 0
      for (let row = 0; row < alone.height; row += 1)
        for (let column = 0; column < alone.width; column += 1)
          if (isBlack(alone, column, row) && isBlack(bitmap, x + column, top + row)) same += 1
      expect([text, ink > 0, same / ink]).toEqual([text, true, 1])
      expect([text, x >= 0, x + alone.width <= width + 1]).toEqual([text, true, true])
      // Thinner or smaller letters break in one bit.
      expect([text, size >= 24, weight >= 500]).toEqual([text, true, true])
    }
  })

  it('prints no two texts over one another', () => {
    const { layout } = paint({ ...TICKET, servedToday: false, again: true }, width)
    const boxes = painter.paint(
      (pen) => ({
        ...{ width: 1, height: 1 },
        boxes: textsOf(layout).map(({ text, x, y, size, weight }) => ({
          ...{ text, left: x, right: x + measureWith(pen)(text, size, weight) },
          // A number stands on its line; letters go below it.
          ...{ top: y - size * 0.76, bottom: y + (/^[A-Z\d]+$/.test(text) ? 0 : size * 0.22) },
        })),
      }),
      () => undefined,
    ).layout.boxes
    const over = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => `${a.text} over ${b.text}`),
    )
    expect(over).toEqual([])
  })
})

it('tells a letter with its marks from the same letter without', () => {
  const plain = { ...TICKET, service: 'A E O U y', papers: [] }
  const marked = { ...TICKET, service: 'Ậ Ễ Ộ Ữ ỵ', papers: [] }
  const [a, b] = [printed(plain, 384).bitmap, printed(marked, 384).bitmap]
  const whole = { x: 0, y: 0, width: 384, height: 10_000 }
  const { layout } = paint(marked, 384)
  const line = textsOf(layout).find(({ text }) => text === marked.service)
  const above = {
    x: 0,
    y: (line?.y ?? 0) - (line?.size ?? 0),
    width: 384,
    height: Math.round((line?.size ?? 0) * 0.26),
  }
  expect(inkIn(b, above)).toBeGreaterThan(inkIn(a, above) + 40)
  expect(inkIn(b, whole)).toBeGreaterThan(inkIn(a, whole))
})

it('prints two tickets one after the other, both clean', () => {
  const [first, second] = readPapers(Buffer.concat([bytesOf(TICKET, 576), bytesOf(TICKET, 576)]))
  expect(first?.whole && second?.whole).toBe(true)
  expect(second?.bitmap).toEqual(first?.bitmap)
})

describe('the words of a ticket', () => {
  const said = (more: Partial<TicketPaper>): string => wordsOf(paint({ ...TICKET, ...more }, 576).layout)

  it('tell number, service, time, range, when to come back and what to prepare', () => {
    for (const words of [
      'A014',
      'Đất đai',
      '08:40 · 21/4/2026',
      '10–20 phút',
      '08:50',
      '4 người',
      'Còn thiếu: giấy tờ',
    ])
      expect(said({})).toContain(words)
  })

  it('promise nothing where nothing is known', () => {
    expect(said({ wait: null, comeBackAt: null })).toContain('chưa đủ số liệu')
    const offline = said({ offline: true, wait: null, comeBackAt: null, ahead: null })
    expect(offline).toContain('Số này vẫn có giá trị')
    expect(offline).not.toContain('phút Lấy')
  })

  it('say what is over: too late for today, printed again, more papers than fit', () => {
    expect(said({ servedToday: false })).toContain('Hôm nay có thể không kịp')
    expect(said({ again: true })).toContain('BẢN IN LẠI')
    const papers = Array.from({ length: 9 }, (_, i) => ({ name: `Giấy ${i}`, state: 'BRING' as const }))
    expect(said({ papers })).toContain('và 2 giấy tờ khác')
  })

  it('are English for who asked in English', () => {
    expect(said({ language: 'en' })).toContain('Be here before')
  })
})

it('cuts a word that is longer than the line, and only that', () => {
  const measure = (text: string): number => text.length
  expect(wrapText('một hai baaaaaaaaa bốn', 7, measure)).toEqual(['một hai', 'baaaaaa', 'aaa bốn'])
})
