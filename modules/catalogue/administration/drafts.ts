import { isDeepStrictEqual } from 'node:util'
import { v7 } from 'uuid'
import type { Actor } from '#modules/identity/contract.ts'
import { type Db, inTransaction } from '#platform/db/connect.ts'
import { refuse } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { Input, Output } from '#platform/operation.ts'
import * as contract from '../contract.ts'
import { CONTENT_SCHEMA, type Content } from '../rules/content.ts'
import { fieldIdOf, fieldsOf, parseImport } from '../rules/import.ts'
import { normalise } from '../rules/normalise.ts'
import { ProcedureRecord } from '../rules/record.ts'
import * as store from '../store.ts'
import { assertAdmin, authorOf, type Shared } from './shared.ts'

/** Where a record was read is no change of what it says. */
const sameContent = (a: Content, b: Content): boolean =>
  isDeepStrictEqual({ ...a, source: null }, { ...b, source: null })

/** New versions as drafts, one by one or from a file. */
export const createDrafts = ({ db, clock, record }: Shared) => {
  /** Writes drafts for records; what says the same as the newest version is left alone. */
  const writeDrafts = async (
    tx: Db,
    actor: Actor,
    records: readonly { record: ProcedureRecord; decisionNo: string | null; decisionDate: string | null }[],
  ): Promise<Map<string, string>> => {
    const newest = await store.findNewest(
      tx,
      records.map((item) => item.record.code),
    )
    const drafts = records.flatMap(({ record: source, decisionNo, decisionDate }): store.NewVersion[] => {
      const before = newest.get(source.code)
      const content = normalise(source, before?.content)
      if (before && before.head.decisionNo === decisionNo && sameContent(before.content, content)) return []
      return [
        {
          id: v7(),
          code: source.code,
          state: 'DRAFT',
          from: null,
          to: null,
          decisionNo,
          decisionDate,
          author: authorOf(actor),
          content,
          fieldId: fieldIdOf(source.field),
          publishedAt: null,
        },
      ]
    })
    await store.insertFields(
      tx,
      drafts.map(({ fieldId, content }) => ({ id: fieldId, name: content.field })),
    )
    await store.insertProcedures(
      tx,
      drafts.map((draft) => draft.code),
    )
    await store.insertVersions(tx, drafts, CONTENT_SCHEMA, clock.now())
    await record(
      tx,
      actor,
      drafts.map(({ id, code, decisionNo }) => ({
        type: 'procedure-version-drafted',
        code,
        data: { version: id, decisionNo },
      })),
    )
    return new Map(drafts.map((draft) => [draft.code, draft.id]))
  }

  const draft = async (
    input: Input<typeof contract.draftVersion>,
    actor: Actor,
    idempotency?: Idempotency,
  ): Promise<Output<typeof contract.draftVersion>> => {
    assertAdmin(actor)
    const source = ProcedureRecord.safeParse({ ...input.record, code: input.code })
    if (!source.success) {
      const fields = fieldsOf(source.error).map((field) => ({
        ...field,
        code: 'invalid',
        path: `record.${field.path}`,
      }))
      return refuse(contract.draftVersion, 'platform.invalid-input', { fields })
    }
    const { decisionNo, decisionDate } = input
    const { code } = source.data
    // Drafts are nobody's business but the administrators': the catalogue in memory stays.
    return inTransaction(db, async (tx) => {
      await writeDrafts(tx, actor, [{ record: source.data, decisionNo, decisionDate }])
      // Nothing new to say: the newest version is the answer.
      const newest = (await store.findNewest(tx, [code])).get(code)
      if (!newest) throw new Error(`No version of ${code} was written`)
      const answer = { id: newest.head.id, code, state: newest.head.state }
      await idempotency?.remember(tx, answer)
      return answer
    })
  }

  const importFile = async (
    text: string,
    actor: Actor,
  ): Promise<Output<typeof contract.importProcedures>> => {
    assertAdmin(actor)
    const operation = contract.importProcedures
    if (text.includes('\u0000') || text.includes('\uFFFD')) {
      return refuse(operation, 'catalogue.import-unreadable', { reason: 'UTF-8' })
    }
    const { records, refused } = parseImport(text)
    if (records.length === 0 && refused.length === 0) {
      return refuse(operation, 'catalogue.import-unreadable', { reason: 'tệp rỗng' })
    }
    const ids = await inTransaction(db, (tx) =>
      writeDrafts(
        tx,
        actor,
        records.map(({ record: source }) => ({
          record: source,
          decisionNo: source.decisionNo ?? null,
          decisionDate: null,
        })),
      ),
    )
    const outcome = records.map(({ row, record: { code } }) => ({ row, code, version: ids.get(code) }))
    return {
      drafted: outcome.flatMap(({ row, code, version }) => (version ? [{ row, code, version }] : [])),
      unchanged: outcome.flatMap(({ row, code, version }) => (version ? [] : [{ row, code }])),
      refused,
    }
  }

  return { draft, importFile }
}
