import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemClock } from '#platform/clock/clock.ts'
import { code128, qr, svgOf } from '#platform/papers/codes.ts'
import { createComposer } from '#platform/papers/composer.ts'
import { createPaperRenderer } from '#platform/papers/renderer.ts'
import { readPdf } from '../../tests/support/pdf.ts'
import { type PaperInput, paperData } from './contract.ts'
import { paperExamples } from './examples.ts'
import { createPapers } from './papers.ts'
import { type PrintedReceipt, printPaper } from './printing.ts'
import { RECEIPT_TEMPLATE, receiptLayout } from './receipt-layout.ts'
import { readShippedTemplates, shippedLibrary } from './templates.ts'

type Receipt = PaperInput<'form-01'>

const data = path.join(import.meta.dirname, '../../data')
const renderer = createPaperRenderer({
  templates: path.join(data, 'templates'),
  fonts: path.join(data, 'fonts'),
})

const printed = (input: Receipt) =>
  printPaper('form-01', paperData['form-01'].parse(input)) as readonly PrintedReceipt[]
const byTypst = (papers: readonly PrintedReceipt[]): Buffer =>
  renderer.render(
    'form-01.typ',
    papers.map((paper) => ({ ...paper, bars: svgOf(code128(paper.code ?? '')), qr: svgOf(qr(paper.link)) })),
  )
const byUs = (composer: ReturnType<typeof createComposer>, input: Receipt): Buffer => {
  const papers = printed(input)
  return composer.print('form-01.typ', papers.map(receiptLayout), () => byTypst(papers))
}

/** Typst rounds to thousandths of a thousandth, we to a thousandth of a point. */
const TOLERANCE = 0.02
const expectNear = (ours: readonly number[], theirs: readonly number[], what: string): void => {
  expect(ours.length, what).toBe(theirs.length)
  for (const [i, one] of ours.entries())
    expect(Math.abs(one - (theirs[i] ?? 0)), `${what}: ${ours} and ${theirs}`).toBeLessThan(TOLERANCE)
}

/** Same letters at the same places, same lines and frames, same symbols, same tags. */
const expectSamePaper = async (ours: Buffer, theirs: Buffer): Promise<void> => {
  const [a, b] = [await readPdf(ours, { tags: true }), await readPdf(theirs, { tags: true })]
  expect(a.pages.length).toBe(b.pages.length)
  expect([a.tagged, a.language]).toEqual([b.tagged, b.language])
  for (const [index, page] of a.pages.entries()) {
    const other = b.pages[index]
    if (!other) throw new Error('a page too many')
    expect([page.width, page.height]).toEqual([other.width, other.height])
    expect(page.boxes.map((box) => box.text)).toEqual(other.boxes.map((box) => box.text))
    for (const [i, box] of page.boxes.entries()) {
      const same = other.boxes[i]
      expectNear([box.x, box.y, box.width], [same?.x ?? 0, same?.y ?? 0, same?.width ?? 0], box.text)
    }
    const painted = (drawings: typeof page.drawings) => drawings.filter((one) => one.paint !== 'none')
    const [drawn, expected] = [painted(page.drawings), painted(other.drawings)]
    expect(drawn.map((one) => one.paint)).toEqual(expected.map((one) => one.paint))
    for (const [i, drawing] of drawn.entries()) expectNear(drawing.box, expected[i]?.box ?? [], 'drawing')
    expect(page.tags).not.toBe('')
    expect(page.tags).toBe(other.tags)
  }
}

/** Words of an office with everything that touches line breaking and kerning, and some that only Typst may set. */
const word = fc.oneof(
  {
    weight: 90,
    arbitrary: fc.constantFrom(
      ...'đăng ký biến động đất đai, tài sản gắn liền với đất; quyền sử dụng (bản sao) Giấy chứng nhận Ủy ban nhân dân xã Tây Yên Tử Vĩnh Phúc AVATAR VĂN TOÀN Từ LÝ P.10 số: 01 2026 nghiêng thừa ưu Ỷ phê duyệt giấy phép xây dựng công trình'.split(
        ' ',
      ),
    ),
  },
  {
    weight: 10,
    arbitrary: fc.constantFrom(
      '118/2025/NĐ-CP,',
      'UBND-VP',
      'và/hoặc',
      '101/2024/NĐ-CP',
      '22/4',
      '2020-2026',
      'Yên-Tử/Ba',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('–', '"Mẫu"', '50%', 'd’Or', '(a)(b)', '-', 'www.mau.vn/a-b', 'α', 'x²', '&'),
  },
)
const words = (min: number, max: number) =>
  fc.array(word, { minLength: min, maxLength: max }).map((list) => list.join(' ').slice(0, 299).trim())
const prose = (min: number, max: number) =>
  fc.array(word, { minLength: min, maxLength: max }).map((list) => list.join(' '))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 3 })
const instant = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const count = fc.integer({ min: 0, max: 12 })

const receipt: fc.Arbitrary<Receipt> = fc.record({
  letterhead: fc.record({ superior: words(2, 9), agency: words(2, 9), place: words(1, 4) }),
  issuedAt: instant,
  sample: fc.boolean(),
  dossierCode: fc.tuple(digits(6), digits(4)).map(([day, n]) => `H49.05.12-${day}-${n}`),
  applicant: fc.record({
    kind: fc.constantFrom('person', 'organisation'),
    name: words(2, 12),
    representative: maybe(words(2, 5)),
    identity: maybe(
      fc.record({ kind: fc.constantFrom('personal-id', 'passport', 'tax-code'), number: digits(12) }),
    ),
    address: maybe(prose(3, 30)),
    phone: maybe(digits(10)),
    email: maybe(
      fc.constantFrom('vidu@example.vn', 'mot-dia-chi-rat-dai-cua-nguoi-nop-ho-so@vidu.example.vn'),
    ),
  }),
  procedure: fc.record({ code: fc.constant('1.013833'), name: prose(3, 90) }),
  desk: words(2, 25),
  copies: fc.constantFrom<Receipt['copies'][]>(
    ['applicant'],
    ['applicant'],
    ['applicant'],
    ['archive', 'applicant'],
  ),
  components: fc.array(
    fc.record({
      name: prose(1, 25),
      originals: count,
      certified: count,
      copies: count,
      electronic: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
  sets: fc.integer({ min: 1, max: 9 }),
  duration: fc.constantFrom<Receipt['duration']>(
    { amount: 10, unit: 'WORKING_DAY' },
    { amount: null, unit: 'IMMEDIATE' },
    { amount: 2.5, unit: 'HOUR' },
  ),
  receivedAt: instant,
  due: maybe(fc.record({ at: instant, provisional: fc.boolean(), explanation: maybe(prose(3, 40)) })),
  secondPhase: fc.option(fc.record({ receiveAt: instant, returnAt: instant }), { freq: 1 }),
  fees: maybe(
    fc.array(
      fc.record({ name: words(1, 6), amount: fc.integer({ min: 0, max: 9_000_000 }), paid: fc.boolean() }),
      {
        maxLength: 3,
      },
    ),
  ),
  resultReturn: fc.record({ way: fc.constantFrom('counter', 'post', 'online'), place: maybe(prose(2, 20)) }),
  officer: words(2, 5),
  tracking: fc.record({
    url: fc.constantFrom(
      'https://motcua.example.vn/tra-cuu/H49.05.12-260421-0007?t=Xq3vJ8mKpR2w',
      'https://mau.example.vn/a',
    ),
    pin: maybe(digits(6)),
    hotline: maybe(fc.constantFrom('1900 0000', '0900 000 001')),
  }),
  book: maybe(
    fc.record({ volume: fc.integer({ min: 1, max: 20 }), number: fc.integer({ min: 1, max: 9_999 }) }),
  ),
  note: fc.option(prose(1, 30), { freq: 1 }),
})

/** The same paper with other digits, which are all of one width: another paper of the same shape. */
const otherDigits = (input: Receipt): Receipt => {
  const swap = (text: string): string => text.replace(/\d/g, (digit) => String((Number(digit) + 3) % 10))
  return {
    ...input,
    dossierCode: swap(input.dossierCode),
    desk: swap(input.desk),
    tracking: { ...input.tracking, url: `${input.tracking.url.slice(0, -1)}Z` },
    applicant: {
      ...input.applicant,
      name: swap(input.applicant.name),
      phone: input.applicant.phone && swap(input.applicant.phone),
    },
    components: input.components.map((component) => ({ ...component, name: swap(component.name) })),
  }
}

describe('form 01 laid out without Typst', () => {
  test('is built for the template as it is; after a change of it, compare and renew the digest', () => {
    const shipped = readShippedTemplates(path.join(data, 'templates'))
    expect(shipped.find(({ kind }) => kind === 'form-01')?.sha256).toBe(RECEIPT_TEMPLATE)
  })

  test('a template that an official has changed is printed as it now reads', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'templates-'))
    try {
      cpSync(path.join(data, 'templates'), folder, { recursive: true })
      const file = path.join(folder, 'form-01.typ')
      writeFileSync(file, readFileSync(file, 'utf8').replace('Phí, lệ phí', 'Phí và lệ phí'))
      const changed = createPaperRenderer({ templates: folder, fonts: path.join(data, 'fonts') })
      const library = shippedLibrary(readShippedTemplates(folder))
      const papers = createPapers({ renderer: changed, library, clock: systemClock })
      const pdf = await readPdf(await papers.renderPaper('form-01', paperExamples['form-01']))
      expect(pdf.text).toContain('6. Phí và lệ phí: Không thu')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('papers that differ in one paragraph have shapes of their own, none left to Typst', async () => {
    const composer = createComposer(renderer)
    const example = paperExamples['form-01']
    const { address, phone, identity, ...nobody } = example.applicant
    const due = { at: '2026-05-08T17:00:00+07:00' }
    const papers: Receipt[] = [
      example,
      { ...example, sample: true },
      { ...example, due: null, book: null },
      { ...example, applicant: { ...nobody, address } },
      { ...example, applicant: { ...nobody, phone } },
      { ...example, applicant: { ...nobody, phone, identity } },
      { ...example, due, note: 'Hẹn lại' },
      { ...example, tracking: { url: example.tracking.url } },
    ]
    for (const input of papers) await expectSamePaper(byUs(composer, input), byTypst(printed(input)))
    expect(composer.counts()).toEqual({ filled: 0, compiled: papers.length, left: 0 })
    // The same paragraphs on the same lines as the first.
    const known = { ...example, due: { ...due, explanation: 'Hẹn lại' } }
    await expectSamePaper(byUs(composer, known), byTypst(printed(known)))
    expect(composer.counts().filled).toBe(1)
  })

  test('any paper stands as Typst sets it, also in the shape of another paper, with bytes of its own alone', {
    timeout: 120_000,
  }, async () => {
    const composer = createComposer(renderer)
    // Keeps no shape, so each paper is set in the shape that it made itself.
    const forgetful = createComposer(renderer, 0)
    await fc.assert(
      fc.asyncProperty(receipt, async (input) => {
        byUs(composer, input)
        const second = otherDigits(input)
        const ours = byUs(composer, second)
        await expectSamePaper(ours, byTypst(printed(second)))
        expect(ours.includes(`/URI (${second.tracking.url})`)).toBe(true)
        expect(byUs(forgetful, second).equals(ours)).toBe(true)
      }),
      { numRuns: 50 },
    )
    const { filled, compiled, left } = composer.counts()
    // Most papers are ours: a layout that leaves everything to Typst would agree with it too.
    expect(filled, JSON.stringify({ filled, compiled, left })).toBeGreaterThan(left)
    expect(forgetful.counts().filled).toBe(0)
  })
})
