import type { PaperInput } from '#modules/documents/contract.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import { agencyOf, type Tree } from '#modules/organisation/rules.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import { lockSheet } from '../store/handover.ts'
import { rowsOfSheet, type SheetListed, type SheetRowListed } from '../views/handover.ts'
import { lastResults, type ResultListed } from '../views/sheets.ts'
import type { DossierDeps } from './deps.ts'
import { letterhead, nameOf } from './paper-parts.ts'

const PURPOSES = {
  dossiers: 'Chuyển hồ sơ giấy để giải quyết',
  uncollected: 'Gửi lại kết quả chưa có người nhận',
} as const

const listed = (row: SheetRowListed) => ({
  dossierCode: row.code,
  procedure: row.procedure_official_name,
  applicant: row.owner_name,
})

const dossierRow = (row: SheetRowListed): PaperInput<'handover-sheet'>['rows'][number] => ({
  ...listed(row),
  sets: row.sets,
  receivedOn: localDateOf(row.received_at),
  dueAt: row.due_at && toLocalIso(row.due_at),
})

const resultRow = (
  row: SheetRowListed,
  result: ResultListed | undefined,
): PaperInput<'result-handover'>['rows'][number] => ({
  ...listed(row),
  result:
    [result?.summary, result && `số ${result.number}`, result?.date.split('-').reverse().join('/')]
      .filter(Boolean)
      .join(', ') || 'Kết quả giải quyết thủ tục',
  address: row.return_address,
  post: row.return_way === 'postal',
})

/** The paper that travels with a batch: what was listed when it left. It is issued once; both sides print the same. */
export const createHandoverPaper = (deps: DossierDeps) => {
  const draft = async (sheet: SheetListed, tree: Tree) => {
    // What came besides was not on the sheet that was signed.
    const rows = (await rowsOfSheet(deps.db, sheet.id)).filter(({ state }) => state !== 'extra')
    const head = {
      letterhead: letterhead(tree, agencyOf(tree, sheet.from_unit)?.id ?? sheet.from_unit),
      issuedAt: toLocalIso(sheet.handed_at),
      sample: rows.some(({ sample }) => sample),
      code: sheet.code,
      from: { unit: nameOf(tree, sheet.from_unit), person: sheet.handed_by_name },
      to: { unit: nameOf(tree, sheet.to_unit) },
      handedAt: toLocalIso(sheet.handed_at),
    }
    if (sheet.kind === 'results') {
      const results = await lastResults(
        deps.db,
        rows.map((row) => row.dossier_id),
      )
      const data = { ...head, rows: rows.map((row) => resultRow(row, results.get(row.dossier_id))) }
      return { kind: 'result-handover' as const, data }
    }
    const purpose = sheet.note ?? PURPOSES[sheet.kind]
    return { kind: 'handover-sheet' as const, data: { ...head, purpose, rows: rows.map(dossierRow) } }
  }

  return async (sheet: SheetListed, actor: StaffActor): Promise<Buffer> => {
    const tree = await deps.tree()
    const subject = { kind: 'handover-sheet', id: sheet.id }
    const made = await draft(sheet, tree)
    const paper = await inTransaction(deps.db, async (tx) => {
      await lockSheet(tx, sheet.id)
      const [issued] = await deps.documents.papersOf(tx, subject)
      return (
        issued ??
        deps.documents.issuePaper(tx, {
          ...made,
          subject,
          unit: agencyOf(tree, sheet.from_unit)?.id ?? sheet.from_unit,
          at: sheet.handed_at,
          by: { id: sheet.handed_by, name: sheet.handed_by_name },
        })
      )
    })
    return deps.documents.printIssued(deps.db, { subject, id: paper.id, by: actor.id })
  }
}
