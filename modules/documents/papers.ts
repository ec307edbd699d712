import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db, Tx } from '#platform/db/connect.ts'
import { canonicalJson, type JsonObject } from '#platform/log/canonical.ts'
import { code128, qr, svgOf } from '#platform/papers/codes.ts'
import { createComposer } from '#platform/papers/composer.ts'
import type { PaperRenderer } from '#platform/papers/renderer.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { type PaperData, type PaperInput, type PaperKind, paperData } from './contract.ts'
import * as store from './paper-store.ts'
import { type Printed, type PrintedReceipt, type PrintOptions, printPaper } from './printing.ts'
import { RECEIPT_TEMPLATE, receiptLayout } from './receipt-layout.ts'
import { numberAndSymbol, SERIES, wasHandedOut } from './rules.ts'
import type { TemplateLibrary, TemplateSource } from './templates.ts'

export type PapersDeps = { renderer: PaperRenderer; library: TemplateLibrary; clock: Clock }

export type NewPaper<K extends PaperKind = PaperKind> = {
  kind: K
  /** What the paper is about; its papers are found by it. */
  subject: { kind: string; id: string }
  /** The first, second … paper of its kind for the subject; each is issued once. */
  edition?: number
  /** The unit in whose books a numbered paper gets its number, e.g. 05/HDHS of the year. */
  unit: string
  /** A kind with a number has it filled in. */
  data: PaperInput<K> | Omit<PaperInput<K>, 'number'>
  at: Date
  by: { id: string | null; name: string }
}

/** A paper as it was issued. `number` reads 05/HDHS; null where the form has none. */
export type IssuedPaper = Pick<
  store.PaperRow,
  'id' | 'kind' | 'edition' | 'templateVersion' | 'dataSha256' | 'issuedAt' | 'issuedBy' | 'printedAt'
> & { number: string | null }

const barred = (row: unknown): unknown =>
  typeof row === 'object' && row !== null && 'code' in row && typeof row.code === 'string'
    ? { ...row, bars: svgOf(code128(row.code)) }
    : row

/** With the symbols drawn: bars of the code, of the codes of a list's rows, and the link as QR. */
export const drawn = (paper: Printed): Printed => ({
  ...paper,
  ...(typeof paper.code === 'string' ? { bars: svgOf(code128(paper.code)) } : {}),
  ...(typeof paper.link === 'string' ? { qr: svgOf(qr(paper.link)) } : {}),
  ...(Array.isArray(paper.rows) ? { rows: paper.rows.map(barred) } : {}),
})

// The map pairs each kind with its schema; TypeScript cannot follow the pair through an index.
const parse = <K extends PaperKind>(kind: K, data: unknown): PaperData<K> =>
  paperData[kind].parse(data) as PaperData<K>

const issuedOf = (row: store.PaperRow): IssuedPaper => ({
  id: row.id,
  kind: row.kind,
  edition: row.edition,
  templateVersion: row.templateVersion,
  dataSha256: row.dataSha256,
  issuedAt: row.issuedAt,
  issuedBy: row.issuedBy,
  printedAt: row.printedAt,
  number: row.numbering && numberAndSymbol(row.numbering.number, row.numbering.series),
})

export const createPapers = ({ renderer, library, clock }: PapersDeps) => {
  const composer = createComposer(renderer)

  const render = <K extends PaperKind>(
    kind: K,
    data: PaperData<K>,
    source: TemplateSource,
    options: PrintOptions = {},
  ): Buffer => {
    const { sha256, body, shared } = source
    renderer.hold(sha256, { 'main.typ': body, 'common.typ': shared })
    const template = `${sha256}/main.typ`
    const printed = printPaper(kind, data, options)
    const typst = () => renderer.render(template, printed.map(drawn))
    if (sha256 !== RECEIPT_TEMPLATE) return typst()
    // What stands in this template was printed by the printer of form 01.
    return composer.print(template, (printed as readonly PrintedReceipt[]).map(receiptLayout), typst)
  }

  const renderPaper = async <K extends PaperKind>(
    kind: K,
    input: PaperInput<K>,
    options?: PrintOptions,
  ): Promise<Buffer> => {
    const data = parse(kind, input)
    return render(kind, data, await library.inForce(kind, data.issuedAt), options)
  }

  const issuePapers = async (tx: Tx, papers: readonly NewPaper[]): Promise<IssuedPaper[]> => {
    const asked = papers.flatMap(({ kind, unit, at }) => {
      const series = SERIES[kind]
      return series ? [{ series, unit, year: Number(localDateOf(at).slice(0, 4)) }] : []
    })
    const numbers = await store.takeNumbers(tx, asked)
    const numberings = asked.map((one, i) => ({ ...one, number: numbers[i] ?? 0 }))
    const rows: store.PaperRow[] = []
    for (const { kind, subject, edition = 1, data: input, at, by } of papers) {
      const numbering = SERIES[kind] ? (numberings.shift() ?? null) : null
      const number = numbering && { number: numberAndSymbol(numbering.number, numbering.series) }
      const data = parse(kind, { ...input, ...number })
      const template = await library.inForce(kind, data.issuedAt, tx)
      rows.push({
        id: v7(),
        kind,
        subject,
        edition,
        numbering,
        templateVersion: template.version,
        templateSha256: template.sha256,
        data,
        dataSha256: hashOf(data),
        issuedAt: at,
        issuedBy: by,
        printedAt: null,
        printedBy: null,
      })
    }
    await store.insertPapers(tx, rows)
    return rows.map(issuedOf)
  }

  return {
    /** Preview and print: bytes of the version in force on the day of issue. Throws ZodError when the data are wrong: a bug. */
    renderPaper,
    /**
     * Issues papers in the caller's transaction, which holds the lock of what they are about: number, data and template are
     * theirs for ever. A second one of the same kind, subject and edition breaks a constraint.
     */
    issuePapers,
    issuePaper: async <K extends PaperKind>(tx: Tx, paper: NewPaper<K>): Promise<IssuedPaper> => {
      const [issued] = await issuePapers(tx, [paper])
      if (!issued) throw new Error('one paper in, none out')
      return issued
    },
    /** What was issued for a subject, in the order of issue. */
    papersOf: async (db: Db, subject: NewPaper['subject']): Promise<IssuedPaper[]> =>
      (await store.findPapers(db, subject)).map(issuedOf),
    /**
     * The paper as it was issued. What is printed after the original has left says that it is a copy; so does what is printed
     * for a reader who hands nothing out (`by` null), and the original is still to come.
     */
    printIssued: async (
      db: Db,
      { subject, id, by }: { subject: NewPaper['subject']; id: string; by: string | null },
    ): Promise<Buffer> => {
      const paper = (await store.findPapers(db, subject)).find((one) => one.id === id)
      if (!paper) throw new Error(`paper ${id} was not issued for ${subject.kind} ${subject.id}`)
      const now = clock.now()
      const reprint = by === null || wasHandedOut(await store.firstPrint(db, id, by, now), by, now)
      const source = await library.source(paper.templateSha256, db)
      return render(paper.kind, parse(paper.kind, paper.data), source, { reprint })
    },
    /** A number for a paper that another module keeps itself: 05/BGHS in the books of a unit and year. */
    takeNumber: async (tx: Tx, { series, unit, at }: { series: string; unit: string; at: Date }) => {
      const year = Number(localDateOf(at).slice(0, 4))
      const [number] = await store.takeNumbers(tx, [{ series, unit, year }])
      return numberAndSymbol(number ?? 0, series)
    },
  }
}

/** Of the data in canonical JSON, so that it can be computed again from what is stored. */
const hashOf = (data: PaperData): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(data)) as JsonObject))
    .digest('hex')
