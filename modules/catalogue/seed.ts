import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { z } from 'zod'
import { type Db, inTransaction } from '#platform/db/connect.ts'
import { atRoot } from '#platform/root.ts'
import { CONTENT_SCHEMA } from './rules/content.ts'
import { fieldIdOf, parseImport } from './rules/import.ts'
import { normalise } from './rules/normalise.ts'
import type { SearchWords } from './rules/search.ts'
import * as store from './store.ts'

const DATA = atRoot('data/catalogue')

const PlainName = z.object({
  code: z.string(),
  plainName: z.string(),
  synonyms: z.array(z.string()),
  popularity: z.number().int(),
})
const Situations = z.object({
  situations: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      line: z.string(),
      icon: z.string(),
      procedures: z.array(z.string()),
    }),
  ),
})
const LegalLimits = z.object({
  limits: z.array(
    z.object({
      codes: z.array(z.string()),
      amount: z.number(),
      unit: z.enum(['SAME_DAY', 'WORKING_DAY']),
      basis: z.string(),
      date: z.string(),
    }),
  ),
})
const Words = z.object({
  synonyms: z.array(z.object({ say: z.array(z.string()), means: z.string() })),
  ignored: z.array(z.string()),
})

const readData = (name: string): Promise<string> => readFile(path.join(DATA, name), 'utf8')

/** Words of the search that belong to no procedure: "sổ đỏ" means a certificate of land use rights. */
export const readSearchWords = async (): Promise<SearchWords> =>
  Words.parse(JSON.parse(await readData('search-words.json')))

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/**
 * Fills an empty catalogue from `data/catalogue`: every procedure as a published version in force since before the source was
 * read, plain names, life situations and the limits that an article sets. Does nothing when the catalogue has procedures:
 * what administrators changed since is never overwritten. Safe to run in several processes at once.
 */
export const seedCatalogue = async (db: Db, now = new Date()): Promise<{ procedures: number }> => {
  const existing = await sql<{ found: boolean }>`select exists (select from procedure) as found`.execute(db)
  if (existing.rows[0]?.found) return { procedures: 0 }
  const files = (await readdir(path.join(DATA, 'procedures')))
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
  const texts = await Promise.all(files.map((file) => readData(`procedures/${file}`)))
  const parsed = texts.map((text) => parseImport(text))
  const bad = parsed.flatMap((one, i) => one.refused.map((row) => `${files[i]}:${row.row}`))
  if (bad.length > 0) throw new Error(`data/catalogue has unreadable rows: ${bad.slice(0, 5).join(', ')}`)
  const records = parsed.flatMap((one) => one.records.map((item) => item.record))
  const plainNames = linesOf(await readData('plain-names.jsonl')).map((line) =>
    PlainName.parse(JSON.parse(line)),
  )
  const { situations } = Situations.parse(JSON.parse(await readData('situations.json')))
  const { limits } = LegalLimits.parse(JSON.parse(await readData('legal-limits.json')))
  const fields = [...new Set(records.map((record) => record.field))].map((name) => ({
    id: fieldIdOf(name),
    name,
  }))
  return inTransaction(db, async (tx) => {
    // The revision row is the lock: a second process waits, then finds the catalogue filled.
    await store.raiseRevision(tx)
    const again = await sql<{ found: boolean }>`select exists (select from procedure) as found`.execute(tx)
    if (again.rows[0]?.found) return { procedures: 0 }
    await store.insertFields(tx, fields)
    await store.insertProcedures(
      tx,
      records.map((record) => record.code),
    )
    await store.insertVersions(
      tx,
      records.map((record) => ({
        id: v7(),
        code: record.code,
        state: 'PUBLISHED',
        from: null,
        to: null,
        decisionNo: record.decisionNo ?? null,
        decisionDate: null,
        author: 'system',
        content: normalise(record),
        fieldId: fieldIdOf(record.field),
        publishedAt: now,
      })),
      CONTENT_SCHEMA,
      now,
    )
    await sql`
      update procedure p set plain_name = r."plainName", synonyms = r.synonyms, popularity = r.popularity
      from jsonb_to_recordset(${JSON.stringify(plainNames)}::jsonb)
        as r(code text, "plainName" text, synonyms text[], popularity int)
      where p.code = r.code`.execute(tx)
    await store.insertLimits(
      tx,
      limits.flatMap((limit) =>
        limit.codes.map((code) => ({
          id: v7(),
          code,
          kind: 'LEGAL' as const,
          caseId: null,
          channel: null,
          amount: limit.amount,
          unit: limit.unit,
          decisionNo: limit.basis,
          decisionDate: limit.date,
          from: null,
          to: null,
          author: 'system',
          createdAt: now,
        })),
      ),
    )
    await insertSituations(tx, situations)
    return { procedures: records.length }
  })
}

const insertSituations = async (
  tx: Db,
  situations: z.infer<typeof Situations>['situations'],
): Promise<void> => {
  await tx
    .insertInto('life_situation')
    .values(situations.map(({ id, title, line, icon }, position) => ({ id, title, line, icon, position })))
    .execute()
  await tx
    .insertInto('life_situation_procedure')
    .values(
      situations.flatMap(({ id, procedures }) =>
        procedures.map((code, position) => ({ situation: id, code, position })),
      ),
    )
    .execute()
}
