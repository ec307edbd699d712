import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { systemClock } from '#platform/clock/clock.ts'
import { createPaperRenderer } from '#platform/papers/renderer.ts'
import { readCode128, readQr } from '../../tests/support/codes.ts'
import { type ReadPdf, readPdf } from '../../tests/support/pdf.ts'
import { PaperKind, paperData } from './contract.ts'
import { bareExample, longExample, paperExamples } from './examples.ts'
import { createPapers } from './papers.ts'
import { printPaper } from './printing.ts'
import { readShippedTemplates, shippedLibrary } from './templates.ts'

const data = path.join(import.meta.dirname, '../../data')
const renderer = createPaperRenderer({
  templates: path.join(data, 'templates'),
  fonts: path.join(data, 'fonts'),
})
const papers = createPapers({
  renderer,
  library: shippedLibrary(readShippedTemplates(path.join(data, 'templates'))),
  clock: systemClock,
})

/** Values that a paper shows as a drawing, as a choice of words, or on its later pages alone. */
const NOT_AS_TEXT = ['link', 'running', 'sample', 'authorised']
/** What a letter or a control sheet has no place for. */
const LEFT_OUT: Partial<Record<PaperKind, readonly string[]>> = {
  'form-04': ['contacts', 'submitter'],
  'form-06': ['contacts', 'address', 'submitter'],
  'lost-papers': ['contacts', 'submitter'],
}

/** Every text that the template is given. */
const textsOf = (value: unknown, without: readonly string[]): string[] => {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (Array.isArray(value)) return value.flatMap((one) => textsOf(one, without))
  if (value && typeof value === 'object')
    return Object.entries(value).flatMap(([key, part]) =>
      without.includes(key) ? [] : textsOf(part, without),
    )
  return []
}
/** A line may break anywhere, and the head is in capitals. */
const bare = (text: string): string => text.replace(/\s+/g, '').toLowerCase()
/** Page number and code of a continued page stand between two lines of one cell. */
const withoutHeads = (pdf: ReadPdf, running: string): string =>
  bare(pdf.pages.map(({ text }) => text.replace(new RegExp(`^${running}\\s*\\d+`, 'i'), '')).join(' '))

const variants = {
  usual: (kind: PaperKind) => paperExamples[kind],
  long: longExample,
  bare: bareExample,
}

describe.each(PaperKind.options)('%s', (kind) => {
  test.each(Object.keys(variants) as (keyof typeof variants)[])(
    'prints every field of its data (%s)',
    async (variant) => {
      const input = variants[variant](kind)
      const printed = printPaper(kind, paperData[kind].parse(input) as never)
      const pdf = await readPdf(await papers.renderPaper(kind, input))
      const text = bare(withoutHeads(pdf, String(printed[0]?.running ?? '')))
      const without = [...NOT_AS_TEXT, ...(LEFT_OUT[kind] ?? [])]
      expect(textsOf(printed, without).filter((one) => !text.includes(bare(one)))).toEqual([])
      expect(pdf.text).not.toMatch(/undefined|null|\bnone\b|\bNaN\b|\[object/)
      // Nothing leaves the page.
      for (const page of pdf.pages)
        for (const box of page.boxes) {
          expect(box.x, box.text).toBeGreaterThan(14)
          expect(box.x + box.width, box.text).toBeLessThan(page.width - 14)
          expect(box.y, box.text).toBeGreaterThan(14)
          expect(box.y, box.text).toBeLessThan(page.height - 14)
        }
      // From the second page of a paper on, the page says which paper it belongs to.
      if (printed.length === 1)
        for (const [index, page] of pdf.pages.entries())
          if (index > 0) expect(page.text).toContain(`${printed[0]?.running} ${index + 1}`)
    },
  )

  test('its bar codes and QR codes read back', async () => {
    const printed = printPaper(kind, paperData[kind].parse(paperExamples[kind]) as never)
    const { pages } = await readPdf(await papers.renderPaper(kind, paperExamples[kind]))
    const symbols = pages.flatMap(({ paths }) => paths.filter((one) => one.length > 100))
    const codes = printed.flatMap((paper) => [
      ...(typeof paper.code === 'string' ? [paper.code] : []),
      ...(Array.isArray(paper.rows) ? paper.rows.flatMap(({ code }) => (code ? [code] : [])) : []),
      ...(typeof paper.link === 'string' ? [paper.link] : []),
    ])
    const links = new Set(printed.map(({ link }) => link))
    expect(symbols).toHaveLength(codes.length)
    expect(symbols.map((symbol, i) => (links.has(codes[i]) ? readQr(symbol) : readCode128(symbol)))).toEqual(
      codes,
    )
  })

  test('printed again says so on each page, with the same content', async () => {
    const input = longExample(kind)
    const again = await readPdf(await papers.renderPaper(kind, input, { reprint: true }))
    for (const page of kind === 'form-01' ? again.pages.slice(0, 1) : again.pages)
      expect(page.text.toLowerCase()).toContain('bản in lại')
    const first = await readPdf(await papers.renderPaper(kind, input))
    expect(first.text.toLowerCase()).not.toContain('bản in lại')
    expect(again.pages.length).toBe(first.pages.length)
  })
})
