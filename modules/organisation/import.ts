import type { Db } from '#platform/db/connect.ts'
import { refuse } from '#platform/errors.ts'
import { importOrganisation } from './contract.ts'
import { CentreRow, DocumentHead, SuccessionRow, UnitRow } from './document.ts'
import { pathOf, type TreeProblem, treeProblems } from './rules.ts'
import * as store from './store.ts'

type Part = 'units' | 'successions' | 'centres'
type RowSchema<T> = {
  safeParse: (row: unknown) => {
    success: boolean
    data?: T
    error?: { issues: readonly { path: PropertyKey[]; message: string }[] }
  }
}
type Document = Omit<DocumentHead, Part> & {
  units: UnitRow[]
  successions: SuccessionRow[]
  centres: CentreRow[]
}

/** Why a row is refused, in words. */
const REASONS: Record<string, string> = {
  'duplicate-id': 'mã đơn vị bị trùng / duplicate id',
  'dates-reversed': 'ngày kết thúc trước ngày bắt đầu / end before beginning',
  'unknown-parent': 'không có đơn vị cấp trên này / unknown parent',
  cycle: 'đơn vị nằm dưới chính nó / the unit is beneath itself',
  'parent-ended-before': 'đơn vị cấp trên kết thúc trước đơn vị này / the parent ends before this unit',
  'unknown-unit': 'không có đơn vị này / unknown unit',
  'unknown-source': 'nguồn không có trong danh sách nguồn / unknown source',
  'not-a-centre': 'đơn vị này không phải Trung tâm / the unit is not a centre',
  'no-attributes': 'Trung tâm thiếu dòng trong phần centres / the centre has no row in centres',
  'identifier-taken': 'mã định danh đang dùng cho đơn vị khác / identifier in use by another unit',
}

const refuseRow = (part: Part, row: number, id: string, reason: string): never =>
  refuse(importOrganisation, 'organisation.import-row', {
    part,
    row,
    id,
    code: reason,
    reason: REASONS[reason] ?? reason,
  })

const idOf = (row: unknown): string =>
  typeof row === 'object' && row !== null && 'id' in row ? String(row.id).slice(0, 80) : '?'

const parseRows = <T>(part: Part, rows: readonly unknown[], schema: RowSchema<T>): T[] =>
  rows.map((row, index) => {
    const { data, error } = schema.safeParse(row)
    if (data !== undefined) return data
    const issue = error?.issues[0]
    return refuseRow(part, index + 1, idOf(row), `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  })

/** Checks a document row by row; the first bad row refuses it with its number, from 1, and its reason. */
export const parseDocument = (raw: unknown): Document => {
  const head = DocumentHead.safeParse(raw)
  if (!head.success) {
    const issue = head.error.issues[0]
    const reason = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`
    return refuse(importOrganisation, 'organisation.import-head', { reason })
  }
  const units = parseRows('units', head.data.units, UnitRow)
  units.forEach((unit, index) => {
    if (!(unit.source in head.data.sources)) refuseRow('units', index + 1, unit.id, 'unknown-source')
  })
  return {
    ...head.data,
    units,
    successions: parseRows('successions', head.data.successions, SuccessionRow),
    centres: parseRows('centres', head.data.centres, CentreRow),
  }
}

type Known = Parameters<typeof treeProblems>[0][number] & { identifier: string | null; path: string | null }

/**
 * Writes a document over what is known, in the caller's transaction: rows are added or changed by id and nothing is
 * removed. Whatever would break the tree refuses the whole.
 */
export const writeDocument = async (tx: Db, document: Document): Promise<{ changed: number }> => {
  const known = await tx
    .selectFrom('unit')
    .select(['id', 'parent_id', 'valid_from', 'valid_to', 'kind', 'level', 'identifier', 'path'])
    .execute()
  const own = new Set(document.units.map((unit) => unit.id))
  const added: Known[] = document.units.map((unit) => ({
    ...unit,
    validFrom: unit.validFrom ?? null,
    validTo: unit.validTo ?? null,
    identifier: unit.identifier ?? null,
    path: null,
  }))
  const kept = known
    .filter((row) => !own.has(row.id))
    .map(
      (row): Known => ({
        id: row.id,
        parent: row.parent_id,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        // Constrained by the table; only the shape of the tree is looked at here.
        kind: row.kind as Known['kind'],
        level: row.level as Known['level'],
        identifier: row.identifier,
        path: row.path,
      }),
    )
  const all = [...added, ...kept]
  assertTree(document, all)
  assertReferences(document, all)
  const byId = new Map(all.map((unit) => [unit.id, unit]))
  const rows = document.units.map((unit) => ({ ...unit, path: pathOf({ units: byId }, unit.id) }))
  await store.writeHead(tx, document)
  const changed = await store.upsertUnits(tx, rows)
  // What hangs on a unit that moved moves with it.
  const moved = kept.map(({ id, path }) => ({ id, path, to: pathOf({ units: byId }, id) }))
  await store.updatePaths(
    tx,
    moved.filter(({ path, to }) => path !== to),
  )
  const formerNames = document.units.flatMap((unit) =>
    (unit.formerNames ?? []).map((name) => ({ unit: unit.id, ...name })),
  )
  await store.insertFormerNames(tx, formerNames)
  await store.upsertSuccessions(tx, document.successions)
  await store.upsertCentres(tx, document.centres)
  return { changed }
}

const assertTree = (document: Document, all: readonly Known[]): void => {
  const rowOf = (id: string) => document.units.findLastIndex((unit) => unit.id === id) + 1
  const first: TreeProblem | undefined = treeProblems(all)[0]
  if (first) {
    // A unit that is not in the document breaks through its parent's row, which is.
    const parent = all.find((unit) => unit.id === first.id)?.parent ?? first.id
    const id = rowOf(first.id) > 0 ? first.id : parent
    refuseRow('units', rowOf(id), id, first.reason)
  }
  const holders = new Map<string, string>()
  for (const unit of all) {
    if (unit.identifier === null || unit.validTo !== null) continue
    if (holders.has(unit.identifier)) {
      const other = rowOf(unit.id) > 0 ? unit.id : (holders.get(unit.identifier) ?? unit.id)
      refuseRow('units', rowOf(other), other, 'identifier-taken')
    }
    holders.set(unit.identifier, unit.id)
  }
}

const assertReferences = (document: Document, all: readonly Known[]): void => {
  const kinds = new Map(all.map((unit) => [unit.id, unit.kind]))
  document.successions.forEach(({ from, to }, index) => {
    const missing = [from, to].find((id) => !kinds.has(id))
    if (missing) refuseRow('successions', index + 1, missing, 'unknown-unit')
  })
  document.centres.forEach(({ unit }, index) => {
    if (!kinds.has(unit)) refuseRow('centres', index + 1, unit, 'unknown-unit')
    if (kinds.get(unit) !== 'centre') refuseRow('centres', index + 1, unit, 'not-a-centre')
  })
  const described = new Set(document.centres.map((centre) => centre.unit))
  document.units.forEach((unit, index) => {
    if (unit.kind === 'centre' && !described.has(unit.id))
      refuseRow('units', index + 1, unit.id, 'no-attributes')
  })
}
