import type { Tree } from '#modules/organisation/rules.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import { resultsOf, rowsOfSheet, type SheetListed, type SheetRowListed } from '../views/handover.ts'
import type { DossierDeps } from './deps.ts'
import { letterhead, nameOf } from './paper-parts.ts'

const PURPOSES = {
  dossiers: 'Chuyển hồ sơ giấy để giải quyết.',
  results: null,
  uncollected: 'Trả lại cơ quan kết quả đã quá thời gian lưu mà chưa có người nhận.',
} as const

/** What was listed; what came besides is settled on the screen and signed for there. */
const listed = (rows: readonly SheetRowListed[]): SheetRowListed[] =>
  rows.filter(({ state }) => state !== 'extra')

const noteOf = ({ state }: SheetRowListed): string | null => (state === 'missing' ? 'Thiếu khi nhận' : null)

/** The sheet as it is carried: two copies, each dossier with its bar code, so that the other side only scans. */
export const createHandoverPaper =
  (deps: DossierDeps) =>
  async (sheet: SheetListed, tree: Tree): Promise<Buffer> => {
    const rows = listed(await rowsOfSheet(deps.db, sheet.id))
    const base = {
      letterhead: letterhead(tree, sheet.from_unit),
      issuedAt: toLocalIso(sheet.handed_at),
      sample: rows.some(({ sample }) => sample),
      number: `${sheet.number}/PBG-${sheet.year}`,
      code: sheet.code,
      from: { unit: nameOf(tree, sheet.from_unit), person: sheet.handed_by_name },
      to: {
        unit: nameOf(tree, sheet.to_unit),
        person: sheet.state === 'received' ? sheet.closed_by_name : null,
      },
      handedAt: toLocalIso(sheet.handed_at),
    }
    const named = (row: SheetRowListed) => ({
      dossierCode: row.code,
      procedure: row.procedure_official_name,
      applicant: row.owner_name,
      note: noteOf(row),
    })
    if (sheet.kind === 'results') {
      const results = await resultsOf(
        deps.db,
        rows.map(({ dossier_id }) => dossier_id),
      )
      return deps.documents.renderResultHandover({
        ...base,
        rows: rows.map((row) => {
          const result = results.get(row.dossier_id)
          return {
            ...named(row),
            result: result
              ? `Số ${result.number}, ngày ${result.date.split('-').reverse().join('/')}`
              : 'Kết quả giải quyết',
            address: row.return_address,
            post: row.return_way === 'postal',
          }
        }),
      })
    }
    return deps.documents.renderHandoverSheet({
      ...base,
      purpose: [PURPOSES[sheet.kind], sheet.note].filter(Boolean).join(' ') || null,
      receivedAt: sheet.state === 'received' && sheet.closed_at ? toLocalIso(sheet.closed_at) : null,
      rows: rows.map((row) => ({
        ...named(row),
        sets: row.sets,
        receivedOn: localDateOf(row.received_at),
        dueAt: row.due_at && toLocalIso(row.due_at),
      })),
    })
  }
