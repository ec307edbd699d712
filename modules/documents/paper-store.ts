import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import { PaperKind } from './contract.ts'

export type Numbering = { series: string; unit: string; year: number }

const keyOf = ({ series, unit, year }: Numbering): string => JSON.stringify([series, unit, year])

/**
 * The next numbers of each series, in the order asked, taken in the transaction that uses them: no gap, no double, across
 * processes as well. Counters are locked in one order, so that two batches never wait for one another.
 */
export const takeNumbers = async (tx: Tx, asked: readonly Numbering[]): Promise<number[]> => {
  if (asked.length === 0) return []
  const counts = new Map<string, Numbering & { count: number }>()
  for (const one of asked) {
    const key = keyOf(one)
    counts.set(key, { ...one, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const taken = await sql<Numbering & { last: number }>`
    insert into paper_number_counter as c (series, unit, year, last)
    select x.series, x.unit, x.year, x.count
    from jsonb_to_recordset(${JSON.stringify([...counts.values()])}::jsonb)
      as x(series text, unit text, year integer, count integer)
    order by x.series, x.unit, x.year
    on conflict (series, unit, year) do update set last = c.last + excluded.last
    returning series, unit, year, last`.execute(tx)
  const next = new Map(taken.rows.map((row) => [keyOf(row), row.last - (counts.get(keyOf(row))?.count ?? 0)]))
  return asked.map((one) => {
    const number = (next.get(keyOf(one)) ?? 0) + 1
    next.set(keyOf(one), number)
    return number
  })
}

export type PaperRow = {
  id: string
  kind: PaperKind
  subject: { kind: string; id: string }
  edition: number
  numbering: (Numbering & { number: number }) | null
  templateVersion: number
  templateSha256: string
  data: unknown
  dataSha256: string
  issuedAt: Date
  issuedBy: { id: string | null; name: string }
  printedAt: Date | null
  printedBy: string | null
}

export const insertPapers = async (tx: Tx, papers: readonly PaperRow[]): Promise<void> => {
  if (papers.length === 0) return
  await tx
    .insertInto('paper')
    .values(
      papers.map((paper) => ({
        id: paper.id,
        kind: paper.kind,
        subject_kind: paper.subject.kind,
        subject_id: paper.subject.id,
        edition: paper.edition,
        series: paper.numbering?.series ?? null,
        unit: paper.numbering?.unit ?? null,
        year: paper.numbering?.year ?? null,
        number: paper.numbering?.number ?? null,
        template_version: paper.templateVersion,
        template_sha256: paper.templateSha256,
        data: JSON.stringify(paper.data),
        data_sha256: paper.dataSha256,
        issued_at: paper.issuedAt,
        issued_by: paper.issuedBy.id,
        issued_by_name: paper.issuedBy.name,
        printed_at: paper.printedAt,
        printed_by: paper.printedBy,
      })),
    )
    .execute()
}

/** Of one subject, in the order of issue. */
export const findPapers = async (db: Db, subject: { kind: string; id: string }): Promise<PaperRow[]> => {
  const rows = await db
    .selectFrom('paper')
    .selectAll()
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .orderBy('issued_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: PaperKind.parse(row.kind),
    subject: { kind: row.subject_kind, id: row.subject_id },
    edition: row.edition,
    // The table's check: all four or none.
    numbering:
      row.series !== null && row.unit !== null && row.year !== null && row.number !== null
        ? { series: row.series, unit: row.unit, year: row.year, number: row.number }
        : null,
    templateVersion: row.template_version,
    templateSha256: row.template_sha256,
    data: row.data,
    dataSha256: row.data_sha256,
    issuedAt: row.issued_at,
    issuedBy: { id: row.issued_by, name: row.issued_by_name },
    printedAt: row.printed_at,
    printedBy: row.printed_by,
  }))
}

/** When and by whom the original was printed: now, unless it was before; of two at once one is the first. */
export const firstPrint = async (
  db: Db,
  id: string,
  by: string,
  at: Date,
): Promise<{ printedAt: Date | null; printedBy: string | null }> => {
  const columns = ['printed_at as printedAt', 'printed_by as printedBy'] as const
  const marked = await db
    .updateTable('paper')
    .set({ printed_at: at, printed_by: by })
    .where('id', '=', id)
    .where('printed_at', 'is', null)
    .returning(columns)
    .executeTakeFirst()
  return marked ?? db.selectFrom('paper').select(columns).where('id', '=', id).executeTakeFirstOrThrow()
}
