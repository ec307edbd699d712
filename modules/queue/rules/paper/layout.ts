import encodeQr from 'qr'
import { localDateOf, minuteOfDay, textFromMinute } from '#platform/time/vietnam.ts'
import { dayMonthYear } from '#platform/time/words.ts'
import { PAPER_WORDS } from './words.ts'

/** Dots across: paper of 80 and of 58 mm. */
export const PAPER_WIDTHS = [576, 384] as const
export type PaperWidth = (typeof PAPER_WIDTHS)[number]

/** Of a ticket's visitor nothing else is printed. */
export type TicketPaper = {
  number: string
  centre: string
  service: string
  procedure: string | null
  issuedAt: Date
  wait: { p10: number; p90: number } | null
  comeBackAt: Date | null
  servedToday: boolean | null
  /** How many are called before; null while nobody knows. */
  ahead: number | null
  papers: readonly { name: string; state: 'BRING' | 'BROUGHT' | 'MISSING' }[]
  /** The ticket's live page, for the QR. */
  url: string
  hotline: string
  /** Within how long somebody who missed the call may come back; null where nobody may. */
  returnMinutes: number | null
  language: 'vi' | 'en'
  again: boolean
  /** Taken while the kiosk had no network: nothing is known of the hall. */
  offline: boolean
}

/** Weights that stay clear in one bit. */
export type Weight = 500 | 700 | 800
export type TextMeasure = (text: string, size: number, weight: Weight) => number

export type PaperItem =
  | { kind: 'text'; x: number; y: number; text: string; size: number; weight: Weight }
  | { kind: 'line'; x: number; y: number; width: number; dashed: boolean }
  | { kind: 'frame'; x: number; y: number; width: number; height: number }
  | { kind: 'box'; x: number; y: number; size: number; ticked: boolean }
  | { kind: 'code'; x: number; y: number; dot: number; rows: readonly (readonly boolean[])[] }
  | { kind: 'mark'; x: number; y: number; size: number }

export type PaperLayout = { width: number; height: number; items: readonly PaperItem[] }

/** Beyond this a ticket is a list; the phone has the rest. */
const PAPERS_SHOWN = 7
const QUIET_MODULES = 4
const TICK_INDENT = 42
/** A telephone reads a code from this size of its modules on; less on narrow paper would not. */
const LEAST_DOT = 4

const STYLES: Readonly<Record<PaperWidth, { margin: number; body: number; small: number; number: number }>> =
  {
    576: { margin: 28, body: 28, small: 25, number: 176 },
    384: { margin: 10, body: 25, small: 24, number: 124 },
  }

const fiveBelow = (minutes: number): number => Math.floor(minutes / 5) * 5
const fiveAbove = (minutes: number): number => Math.max(5, Math.ceil(minutes / 5) * 5)
const clock = (instant: Date): string => textFromMinute(minuteOfDay(instant))

/** The library insists on a border of at least one module, which is not ours. */
const qrRows = (text: string): boolean[][] =>
  encodeQr(text, 'raw', { ecc: 'medium', border: 1 })
    .slice(1, -1)
    .map((row) => row.slice(1, -1))

/** Lines of at most so many dots; a word that is longer alone is cut where it must. */
export const wrapText = (text: string, width: number, measure: (text: string) => number): string[] => {
  const lines: string[] = []
  let line = ''
  for (let word of text.split(/\s+/).filter((one) => one !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (measure(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    while (measure(word) > width) {
      let fits = word.length - 1
      while (fits > 1 && measure(word.slice(0, fits)) > width) fits -= 1
      lines.push(word.slice(0, fits))
      word = word.slice(fits)
    }
    line = word
  }
  if (line !== '') lines.push(line)
  return lines
}

type Set = {
  size: number
  weight: Weight
  align?: 'left' | 'center' | 'right'
  x?: number
  within?: number
}

/** Paper that is filled from the top: `y` is where the next thing goes. No stroke is thinner than three dots, because thermal heads lose them. */
const createSheet = (width: PaperWidth, measure: TextMeasure) => {
  const { margin, body } = STYLES[width]
  const inner = width - 2 * margin
  const items: PaperItem[] = []
  const sheet = { y: 20, items, inner, ...STYLES[width] }
  const text = (content: string, { size, weight, align = 'left', x = margin, within = inner }: Set): void => {
    const used = measure(content, size, weight)
    const shift = align === 'left' ? 0 : align === 'right' ? within - used : (within - used) / 2
    items.push({
      kind: 'text',
      x: Math.round(x + shift),
      y: Math.round(sheet.y),
      text: content,
      size,
      weight,
    })
  }
  /** Stacked marks (Ặ, Ỗ) need the height above, hooks and dots below the room underneath. */
  const leading = (size: number): number => Math.round(size * 1.28)
  const paragraph = (content: string, set: Set): void => {
    for (const line of wrapText(content, set.within ?? inner, (one) => measure(one, set.size, set.weight))) {
      sheet.y += leading(set.size)
      text(line, set)
    }
  }
  const rule = (dashed: boolean): void => {
    sheet.y += 22
    items.push({ kind: 'line', x: margin, y: sheet.y, width: inner, dashed })
  }
  /** Words on the left, the fact on the right; under one another where both do not fit. */
  const pair = (label: string, fact: string, size: number, inset = 0): void => {
    const within = inner - 2 * inset
    const [left, right] = [measure(label, body, 500), measure(fact, size, 700)]
    sheet.y += leading(Math.max(size, body))
    text(label, { size: body, weight: 500, x: margin + inset, within })
    if (left + right + 16 > within) sheet.y += leading(size)
    text(fact, { size, weight: 700, align: 'right', x: margin + inset, within })
  }
  const head = (centre: string): void => {
    const size = width === 576 ? 64 : 52
    const within = inner - size - 14
    const lines = wrapText(centre, within, (one) => measure(one, body, 700))
    const block = Math.max(size, lines.length * leading(body))
    const top = sheet.y
    items.push({ kind: 'mark', x: margin, y: top, size })
    sheet.y = top + Math.max(0, (block - lines.length * leading(body)) / 2) - body * 0.22
    for (const line of lines) {
      sheet.y += leading(body)
      text(line, { size: body, weight: 700, x: margin + size + 14, within })
    }
    sheet.y = top + block
    rule(false)
  }
  /** A box to tick before each line. */
  const tickList = (
    lines: readonly { content: string; weight: Weight; ticked: boolean }[],
    size: number,
  ): void => {
    for (const { content, weight, ticked } of lines) {
      sheet.y += 8
      items.push({ kind: 'box', x: margin, y: sheet.y + 8, size: 26, ticked })
      paragraph(content, { size, weight, x: margin + TICK_INDENT, within: inner - TICK_INDENT })
    }
  }
  const finish = (): PaperLayout => ({ width, height: Math.round(sheet.y + 30), items })
  return { sheet, text, paragraph, rule, pair, head, tickList, finish }
}

/**
 * Where everything of a ticket stands, in dots. One layout for all printers: the server paints it, and a kiosk without network
 * paints the same in its browser.
 */
export const layOutTicket = (paper: TicketPaper, width: PaperWidth, measure: TextMeasure): PaperLayout => {
  const { sheet, text, paragraph, rule, pair, head, tickList, finish } = createSheet(width, measure)
  const { margin, body, small, number, inner, items } = sheet
  const words = PAPER_WORDS[paper.language]

  const bigNumber = (): void => {
    if (paper.again) paragraph(words.again, { size: body + 4, weight: 800, align: 'center' })
    paragraph(paper.service, { size: body, weight: 700, align: 'center' })
    const wide = measure(paper.number, number, 800)
    const size = wide > inner ? Math.floor((number * inner) / wide) : number
    sheet.y += Math.round(size * 0.86)
    text(paper.number, { size, weight: 800, align: 'center' })
    sheet.y += 8
    if (paper.procedure) paragraph(paper.procedure, { size: body, weight: 500, align: 'center' })
  }

  const promise = (): void => {
    sheet.y += 22
    const [top, inset] = [sheet.y, width === 576 ? 24 : 14]
    sheet.y += 8
    if (paper.offline)
      paragraph(words.offline, { size: body, weight: 500, x: margin + inset, within: inner - 2 * inset })
    else {
      const range = paper.wait && words.range(fiveBelow(paper.wait.p10), fiveAbove(paper.wait.p90))
      pair(words.wait, range ?? words.unknown, body, inset)
      if (paper.comeBackAt) pair(words.back, clock(paper.comeBackAt), body + 12, inset)
      if (paper.servedToday === false)
        paragraph(words.late, { size: body, weight: 700, x: margin + inset, within: inner - 2 * inset })
    }
    sheet.y += 22
    items.push({ kind: 'frame', x: margin, y: top, width: inner, height: sheet.y - top })
  }

  const facts = (): void => {
    sheet.y += 6
    const day = dayMonthYear(localDateOf(paper.issuedAt), paper.language)
    pair(words.taken, `${clock(paper.issuedAt)} · ${day}`, body)
    if (paper.ahead !== null) pair(words.ahead, words.people(paper.ahead), body)
  }

  const bring = (): void => {
    if (paper.papers.length === 0) return
    rule(true)
    sheet.y += 4
    paragraph(words.bring, { size: body, weight: 700 })
    tickList(
      paper.papers.slice(0, PAPERS_SHOWN).map(({ name, state }) => ({
        content: state === 'MISSING' ? `${words.missing}${name}` : name,
        weight: state === 'MISSING' ? 700 : 500,
        ticked: state === 'BROUGHT',
      })),
      small,
    )
    const left = paper.papers.length - PAPERS_SHOWN
    if (left > 0)
      paragraph(words.more(left), {
        size: small,
        weight: 700,
        x: margin + TICK_INDENT,
        within: inner - TICK_INDENT,
      })
  }

  const phone = (): void => {
    rule(true)
    sheet.y += 14
    const rows = qrRows(paper.url)
    const dot = Math.max(LEAST_DOT, Math.floor((width === 576 ? 200 : 150) / rows.length))
    const size = rows.length * dot
    const top = sheet.y
    const quiet = Math.max(0, QUIET_MODULES * dot - margin)
    items.push({ kind: 'code', x: margin + quiet, y: top + QUIET_MODULES * dot - 14, dot, rows })
    const x = margin + quiet + size + QUIET_MODULES * dot
    const within = width - margin - x
    sheet.y = top - 4
    paragraph(words.phone, { size: small, weight: 700, x, within })
    paragraph(words.phoneText(paper.returnMinutes), { size: small, weight: 500, x, within })
    sheet.y = Math.max(sheet.y + 6, top + size + 2 * QUIET_MODULES * dot - 28)
    rule(false)
  }

  head(paper.centre)
  bigNumber()
  promise()
  facts()
  bring()
  phone()
  sheet.y += 6
  paragraph(words.privacy, { size: small, weight: 500, align: 'center' })
  paragraph(words.help(paper.hotline), { size: small, weight: 500, align: 'center' })
  return finish()
}

/** What to bring another day, for whoever goes home for it. */
export type ListPaper = {
  title: string
  centre: string
  papers: readonly string[]
  hotline: string
  language: 'vi' | 'en'
}

export const layOutList = (paper: ListPaper, width: PaperWidth, measure: TextMeasure): PaperLayout => {
  const { sheet, paragraph, rule, head, tickList, finish } = createSheet(width, measure)
  const words = PAPER_WORDS[paper.language]
  head(paper.centre)
  paragraph(words.prepare, { size: sheet.body + 4, weight: 800, align: 'center' })
  paragraph(paper.title, { size: sheet.body, weight: 500, align: 'center' })
  rule(true)
  tickList(
    paper.papers.map((content) => ({ content, weight: 500, ticked: false })),
    sheet.body,
  )
  rule(false)
  if (paper.hotline) paragraph(words.help(paper.hotline), { size: sheet.small, weight: 500, align: 'center' })
  return finish()
}
