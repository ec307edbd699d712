import { createHash } from 'node:crypto'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { movableClock } from '#platform/clock/clock.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { canonicalJson, type JsonObject } from '#platform/log/canonical.ts'
import { createPaperRenderer } from '#platform/papers/renderer.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { readPdf } from '../../tests/support/pdf.ts'
import { paperExamples } from './examples.ts'
import { createPapers, type NewPaper } from './papers.ts'
import * as store from './template-store.ts'
import { readShippedTemplates, storedLibrary } from './templates.ts'

const data = path.join(import.meta.dirname, '../../data')
const clock = movableClock(new Date('2026-04-21T01:58:00Z'))
const by = { id: 'canbo', name: 'Hoàng Thị Mẫu' }

let database: TestDatabase
let papers: ReturnType<typeof createPapers>

beforeAll(async () => {
  database = await testDatabase()
  await inTransaction(database.db, async (tx) => {
    for (const template of readShippedTemplates(path.join(data, 'templates'))) {
      await store.keepSource(tx, template)
      await store.insertTemplate(tx, {
        ...template,
        shipped: 1,
        author: 'system',
        authorName: 'Một Cửa',
        createdAt: clock.now(),
        published: { from: template.effectiveFrom, at: clock.now() },
      })
    }
  })
  papers = createPapers({
    renderer: createPaperRenderer({
      templates: path.join(data, 'templates'),
      fonts: path.join(data, 'fonts'),
    }),
    library: storedLibrary(database.db),
    clock,
  })
})
afterAll(() => database.drop())

const subjectOf = (id: string) => ({ kind: 'dossier', id })
const { number: _, ...request } = paperExamples['form-02']
const asking = (id: string, unit = 'tthcc-mau', at = clock.now()): NewPaper<'form-02'> => ({
  kind: 'form-02',
  subject: subjectOf(id),
  unit,
  data: request,
  at,
  by,
})
const issue = (paper: NewPaper) => inTransaction(database.db, (tx) => papers.issuePaper(tx, paper))
const textOf = async (id: string, paper: string, account: string | null) =>
  (await readPdf(await papers.printIssued(database.db, { subject: subjectOf(id), id: paper, by: account })))
    .text

describe('an issued paper', () => {
  test('keeps its number, data, template and who issued it when; its hash is that of the stored data', async () => {
    const issued = await issue(asking('kept'))
    expect(issued).toMatchObject({ number: '01/HDHS', edition: 1, templateVersion: 1, issuedBy: by })
    const [row] = await papers.papersOf(database.db, subjectOf('kept'))
    expect(row).toMatchObject({ id: issued.id, dataSha256: issued.dataSha256, number: '01/HDHS' })
    const stored = await database.db
      .selectFrom('paper')
      .select('data')
      .where('id', '=', issued.id)
      .executeTakeFirstOrThrow()
    const again = createHash('sha256').update(canonicalJson(stored.data as JsonObject))
    expect(again.digest('hex')).toBe(issued.dataSha256)
  })

  test('is printed as it was issued; a copy printed later says so and has the same number', async () => {
    const { id } = await issue(asking('copies'))
    const first = await textOf('copies', id, 'canbo')
    expect(first).toContain('Số: 02/HDHS')
    expect(first).not.toContain('Bản in lại')
    // The printer jammed.
    expect(await textOf('copies', id, 'canbo')).toBe(first)
    // Who only reads it takes nothing away, and gets a copy too.
    expect(await textOf('copies', id, null)).toContain('Bản in lại')
    // Somebody else already holds a copy, however soon.
    expect(await textOf('copies', id, 'dongnghiep')).toContain('Bản in lại')
    clock.advance(6 * 60_000)
    const later = await textOf('copies', id, 'canbo')
    expect(later).toContain('Bản in lại')
    expect(later.replace('Bản in lại ', '')).toBe(first)
  })

  test('of two officers who print at once one gets the original', async () => {
    const { id } = await issue(asking('race'))
    const texts = await Promise.all(Array.from({ length: 6 }, (_, i) => textOf('race', id, `canbo-${i}`)))
    expect(texts.filter((text) => !text.includes('Bản in lại'))).toHaveLength(1)
  })

  test('of one kind and edition for one subject is issued once', async () => {
    const answers = await Promise.allSettled([1, 2, 3].map(() => issue(asking('once'))))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await issue({ ...asking('once'), edition: 2 })
    const numbers = (await papers.papersOf(database.db, subjectOf('once'))).map(({ number }) => number)
    // The refused ones have taken no number away.
    expect(Number(numbers[1]?.split('/')[0])).toBe(Number(numbers[0]?.split('/')[0]) + 1)
  })

  test('leaves nothing, and no gap, when the transaction fails', async () => {
    const attempt = inTransaction(database.db, async (tx) => {
      await papers.issuePaper(tx, asking('failing', 'tthcc-failing'))
      throw new Error('the dossier moved on')
    })
    await expect(attempt).rejects.toThrow('the dossier moved on')
    expect(await papers.papersOf(database.db, subjectOf('failing'))).toEqual([])
    expect((await issue(asking('after', 'tthcc-failing'))).number).toBe('01/HDHS')
  })
})

describe('numbers', () => {
  test('are gapless with fifty issuing at once, some of them failing', async () => {
    const asked = Array.from({ length: 50 }, (_, i) =>
      inTransaction(database.db, async (tx) => {
        const issued = await papers.issuePaper(tx, asking(`at-once-${i}`, 'tthcc-dong'))
        if (i % 10 === 9) throw new Error('changed their mind')
        return issued
      }),
    )
    const answers = await Promise.allSettled(asked)
    const numbers = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value.number] : []))
    expect(numbers.map((number) => Number(number?.split('/')[0])).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 45 }, (_, i) => i + 1),
    )
  })

  test('count by unit, symbol and year of Vietnam', async () => {
    const newYear = new Date('2026-12-31T17:30:00Z')
    expect((await issue(asking('other-unit', 'tthcc-khac'))).number).toBe('01/HDHS')
    expect((await issue(asking('next-year', 'tthcc-khac', newYear))).number).toBe('01/HDHS')
    const { number: __, ...apology } = paperExamples['form-04']
    const letter = { ...asking('apology', 'tthcc-khac'), kind: 'form-04', data: apology } as const
    expect((await issue(letter)).number).toBe('01/PXL')
    expect((await issue(asking('other-unit-2', 'tthcc-khac'))).number).toBe('02/HDHS')
  })

  test('of a batch follow one another; two batches in opposite order do not wait for each other', async () => {
    const batch = (ids: readonly string[], units: readonly string[]) =>
      inTransaction(database.db, (tx) =>
        papers.issuePapers(
          tx,
          ids.flatMap((id) => units.map((unit) => asking(`${id}-${unit}`, unit))),
        ),
      )
    const [one, two] = await Promise.all([
      batch(['a', 'b'], ['lo-1', 'lo-2']),
      batch(['c', 'd'], ['lo-2', 'lo-1']),
    ])
    const numbers = [...one, ...two].map(({ number }) => number).sort()
    expect(numbers).toEqual(['01', '01', '02', '02', '03', '03', '04', '04'].map((n) => `${n}/HDHS`))
  })

  test('are there for sheets that another module keeps', async () => {
    const take = () =>
      inTransaction(database.db, (tx) =>
        papers.takeNumber(tx, { series: 'BGHS', unit: 'tthcc-mau', at: clock.now() }),
      )
    expect(await take()).toBe('01/BGHS')
    expect(await take()).toBe('02/BGHS')
  })

  test('are not on papers that have none', async () => {
    const receipt = { ...asking('receipt'), kind: 'form-01', data: paperExamples['form-01'] } as const
    expect((await issue(receipt)).number).toBe(null)
  })
})
