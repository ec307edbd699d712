import type { PaperItem, PaperLayout, TextMeasure, Weight } from './layout.ts'

export const PAPER_FAMILY = 'Be Vietnam Pro'

/** What a browser's canvas and the server's have in common and a ticket needs. */
export type Pen = {
  font: string
  fillStyle: unknown
  strokeStyle: unknown
  lineWidth: number
  textAlign: unknown
  textBaseline: unknown
  fillRect: (x: number, y: number, width: number, height: number) => void
  fillText: (text: string, x: number, y: number) => void
  measureText: (text: string) => { width: number }
  beginPath: () => void
  moveTo: (x: number, y: number) => void
  lineTo: (x: number, y: number) => void
  roundRect: (x: number, y: number, width: number, height: number, radii: number) => void
  fill: () => void
  stroke: () => void
}

const STROKE = 4
const BLACK = '#000'
const WHITE = '#fff'
const fontOf = (size: number, weight: Weight): string => `${weight} ${size}px "${PAPER_FAMILY}"`

export const measureWith =
  (pen: Pen): TextMeasure =>
  (text, size, weight) => {
    pen.font = fontOf(size, weight)
    return pen.measureText(text).width
  }

/** The door frame with the 1 in it, on black. */
const mark = (pen: Pen, x: number, y: number, size: number): void => {
  const part = (share: number): number => Math.round(size * share)
  pen.fillStyle = BLACK
  pen.beginPath()
  pen.roundRect(x, y, size, size, part(0.2))
  pen.fill()
  pen.fillStyle = WHITE
  const thick = Math.max(3, part(0.06))
  const [left, right, top, bottom] = [x + part(0.2), x + part(0.8), y + part(0.15), y + part(0.82)]
  pen.fillRect(left, top, right - left, thick)
  pen.fillRect(left, top, thick, bottom - top)
  pen.fillRect(right - thick, top, thick, bottom - top)
  pen.fillRect(x + part(0.1), bottom, part(0.8), thick)
  pen.fillRect(x + part(0.46), y + part(0.32), part(0.11), part(0.42))
  pen.fillRect(x + part(0.38), y + part(0.32), part(0.12), thick)
}

const box = (pen: Pen, { x, y, size, ticked }: Extract<PaperItem, { kind: 'box' }>): void => {
  pen.lineWidth = 3
  pen.beginPath()
  pen.roundRect(x + 1.5, y + 1.5, size - 3, size - 3, 3)
  pen.stroke()
  if (!ticked) return
  pen.lineWidth = STROKE
  pen.beginPath()
  pen.moveTo(x + size * 0.22, y + size * 0.52)
  pen.lineTo(x + size * 0.42, y + size * 0.72)
  pen.lineTo(x + size * 0.78, y + size * 0.28)
  pen.stroke()
}

const line = (pen: Pen, { x, y, width, dashed }: Extract<PaperItem, { kind: 'line' }>): void => {
  const [step, dash] = dashed ? [10, 6] : [width, width]
  for (let at = 0; at < width; at += step) pen.fillRect(x + at, y, Math.min(dash, width - at), 3)
}

const text = (pen: Pen, item: Extract<PaperItem, { kind: 'text' }>): void => {
  pen.font = fontOf(item.size, item.weight)
  pen.fillText(item.text, item.x, item.y)
}

const frame = (pen: Pen, { x, y, width, height }: Extract<PaperItem, { kind: 'frame' }>): void => {
  pen.lineWidth = STROKE
  pen.beginPath()
  pen.roundRect(x + STROKE / 2, y + STROKE / 2, width - STROKE, height - STROKE, 14)
  pen.stroke()
}

const code = (pen: Pen, { x, y, dot, rows }: Extract<PaperItem, { kind: 'code' }>): void => {
  for (const [row, cells] of rows.entries())
    for (const [column, dark] of cells.entries())
      if (dark) pen.fillRect(x + column * dot, y + row * dot, dot, dot)
}

const paintItem = (pen: Pen, item: PaperItem): void => {
  pen.fillStyle = BLACK
  pen.strokeStyle = BLACK
  if (item.kind === 'mark') mark(pen, item.x, item.y, item.size)
  else if (item.kind === 'box') box(pen, item)
  else if (item.kind === 'line') line(pen, item)
  else if (item.kind === 'code') code(pen, item)
  else if (item.kind === 'text') text(pen, item)
  else frame(pen, item)
}

export const paintPaper = (pen: Pen, { width, height, items }: PaperLayout): void => {
  pen.fillStyle = WHITE
  pen.fillRect(0, 0, width, height)
  pen.textAlign = 'left'
  pen.textBaseline = 'alphabetic'
  for (const item of items) paintItem(pen, item)
}
