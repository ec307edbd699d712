import path from 'node:path'
import PDFDocument from 'pdfkit'
import { systemClock } from '#platform/clock/clock.ts'
import { createPaperRenderer } from '#platform/papers/renderer.ts'
import { paperExamples } from '../modules/documents/examples.ts'
import { createPapers } from '../modules/documents/papers.ts'
import { readShippedTemplates, shippedLibrary } from '../modules/documents/templates.ts'

export type BenchRow = { name: string; value: number; target: number; ok: boolean }

const hello = (): Promise<number> =>
  new Promise((resolve) => {
    const document = new PDFDocument()
    let size = 0
    document.on('data', (chunk: Buffer) => {
      size += chunk.length
    })
    document.on('end', () => resolve(size))
    document.text('Hello World')
    document.end()
  })

/**
 * One applicant's copy from stored data to bytes; code, link, name and hour differ each time, as they do at a counter. All
 * have one shape, known after the first (docs/adr/0006).
 */
const createReceipts = () => {
  const data = path.join(import.meta.dirname, '../data')
  const templates = path.join(data, 'templates')
  const renderer = createPaperRenderer({ templates, fonts: path.join(data, 'fonts') })
  const papers = createPapers({
    renderer,
    library: shippedLibrary(readShippedTemplates(templates)),
    clock: systemClock,
  })
  const example = paperExamples['form-01']
  let n = 0
  return async (): Promise<number> => {
    n += 1
    const dossierCode = `H49.05.12-260421-${String(n).padStart(4, '0')}`
    const at = new Date(Date.parse(example.receivedAt) + n * 60_000).toISOString()
    const paper = await papers.renderPaper('form-01', {
      ...example,
      dossierCode,
      issuedAt: at,
      receivedAt: at,
      copies: ['applicant'],
      applicant: { ...example.applicant, name: `Nguyễn Văn Mẫu ${n}` },
      tracking: {
        ...example.tracking,
        url: `https://motcua.example.vn/tra-cuu/${dossierCode}?t=Xq3vJ8mKpR2w`,
      },
    })
    return paper.length
  }
}

const perSecond = async (work: () => Promise<number>, milliseconds: number): Promise<number> => {
  const start = performance.now()
  let done = 0
  while (performance.now() - start < milliseconds) {
    await work()
    done += 1
  }
  return (done * 1000) / (performance.now() - start)
}

/**
 * R7: Vietnamese receipts a second against pdfkit's "hello world" a second, in turns in one process, best of each.
 * `spread` is worst over best, so that a run on a busy machine shows.
 */
export const benchPapers = async (rounds = 5, milliseconds = 1_000): Promise<BenchRow[]> => {
  const receipt = createReceipts()
  for (let i = 0; i < 50; i++) {
    await receipt()
    await hello()
  }
  const receipts: number[] = []
  const hellos: number[] = []
  for (let round = 0; round < rounds; round++) {
    receipts.push(await perSecond(receipt, milliseconds))
    hellos.push(await perSecond(hello, milliseconds))
  }
  const best = Math.max(...receipts)
  const ratio = best / Math.max(...hellos)
  const spread = Math.min(...receipts) / best
  return [
    {
      name: 'R7 form 01 per second / pdfkit hello world per second',
      value: ratio,
      target: 0.4,
      ok: ratio >= 0.4,
    },
    { name: 'R7 milliseconds per form 01', value: 1000 / best, target: 2, ok: best >= 500 },
    { name: 'R7 spread of form 01 (worst / best)', value: spread, target: 0, ok: true },
  ]
}
