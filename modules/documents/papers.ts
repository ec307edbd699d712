import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { code128, qr, svgOf } from '#platform/papers/codes.ts'
import { createComposer } from '#platform/papers/composer.ts'
import type { PaperRenderer } from '#platform/papers/renderer.ts'
import { type PaperData, type PaperInput, type PaperKind, paperData } from './contract.ts'
import { type Printed, type PrintedReceipt, type PrintOptions, printPaper } from './printing.ts'
import { RECEIPT_SOURCES, receiptLayout } from './receipt-layout.ts'
import * as store from './store.ts'
import { type PaperTemplate, templateInForce } from './templates.ts'

export type PapersDeps = { renderer: PaperRenderer; templates: readonly PaperTemplate[]; clock: Clock }

export type NewPaper<K extends PaperKind = PaperKind> = {
  kind: K
  subject: { kind: string; id: string }
  data: PaperInput<K>
  createdBy: string
}
export type IssuedPaper = { id: string; sha256: string; templateVersion: number; pdf: Buffer }

const barred = (row: unknown): unknown =>
  typeof row === 'object' && row !== null && 'code' in row && typeof row.code === 'string'
    ? { ...row, bars: svgOf(code128(row.code)) }
    : row

/** With the symbols drawn: bars of the code, of the codes of a list's rows, and the link as QR. */
const drawn = (paper: Printed): Printed => ({
  ...paper,
  ...(typeof paper.code === 'string' ? { bars: svgOf(code128(paper.code)) } : {}),
  ...(typeof paper.link === 'string' ? { qr: svgOf(qr(paper.link)) } : {}),
  ...(Array.isArray(paper.rows) ? { rows: paper.rows.map(barred) } : {}),
})

// The map pairs each kind with its schema; TypeScript cannot follow the pair through an index.
const parse = <K extends PaperKind>(kind: K, data: PaperInput<K>): PaperData<K> =>
  paperData[kind].parse(data) as PaperData<K>

export const createPapers = ({ renderer, templates, clock }: PapersDeps) => {
  const composer = createComposer(renderer)
  let same: boolean | undefined
  /** Asked at the first receipt: reading the templates opens the compiler. */
  const receiptIsKnown = (): boolean => {
    same ??= renderer.digest(RECEIPT_SOURCES.files) === RECEIPT_SOURCES.sha256
    return same
  }

  const render = <K extends PaperKind>(
    kind: K,
    data: PaperData<K>,
    template: PaperTemplate,
    options: PrintOptions = {},
  ): Buffer => {
    const printed = printPaper(kind, data, options)
    const typst = () => renderer.render(template.file, printed.map(drawn))
    if (template.file !== RECEIPT_SOURCES.files[0] || !receiptIsKnown()) return typst()
    // What stands in this template was printed by the printer of form 01.
    return composer.print(template.file, (printed as readonly PrintedReceipt[]).map(receiptLayout), typst)
  }

  const issuePapers = async (tx: Db, papers: readonly NewPaper[]): Promise<IssuedPaper[]> => {
    const issued = papers.map((paper) => {
      const data = parse(paper.kind, paper.data)
      const template = templateInForce(templates, paper.kind, data.issuedAt)
      const pdf = render(paper.kind, data, template)
      const sha256 = createHash('sha256').update(pdf).digest('hex')
      return { paper, data, id: v7(), sha256, templateVersion: template.version, pdf }
    })
    await store.insertPapers(
      tx,
      issued.map(({ paper, data, id, sha256, templateVersion }) => ({
        id,
        kind: paper.kind,
        subject: paper.subject,
        templateVersion,
        data,
        sha256,
        fileId: null,
        createdBy: paper.createdBy,
        createdAt: clock.now(),
      })),
    )
    return issued.map(({ id, sha256, templateVersion, pdf }) => ({ id, sha256, templateVersion, pdf }))
  }

  /** Preview and print: bytes of the version in force on the day of issue. Throws ZodError when the data are wrong: a bug. */
  const renderPaper = async <K extends PaperKind>(
    kind: K,
    input: PaperInput<K>,
    options?: PrintOptions,
  ): Promise<Buffer> => {
    const data = parse(kind, input)
    return render(kind, data, templateInForce(templates, kind, data.issuedAt), options)
  }

  return {
    renderPaper,
    /** Giấy bàn giao hồ sơ: paper dossiers change hands; both copies in one PDF. */
    renderHandoverSheet: (data: PaperInput<'handover-sheet'>): Promise<Buffer> =>
      renderPaper('handover-sheet', data),
    /** Phiếu bàn giao kết quả: results go from the agency to the centre. */
    renderResultHandover: (data: PaperInput<'result-handover'>): Promise<Buffer> =>
      renderPaper('result-handover', data),
    /** Records what was handed out, in the caller's transaction. */
    issuePapers,
    issuePaper: async (tx: Db, paper: NewPaper): Promise<IssuedPaper> => {
      const [issued] = await issuePapers(tx, [paper])
      if (!issued) throw new Error('one paper in, none out')
      return issued
    },
    /** What was handed out for a subject, oldest first. */
    papersOf: (db: Db, subject: { kind: string; id: string }) => store.findPapers(db, subject),
    /** Writes the registry into the database; at every start. */
    registerTemplates: (db: Db) => store.upsertTemplates(db, templates),
  }
}
