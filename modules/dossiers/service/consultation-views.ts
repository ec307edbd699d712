import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import type { Db } from '#platform/db/connect.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { ConsultationView, ConsultedAgency } from '../contract/consultation-view.ts'
import {
  ANSWERS,
  ASK_STATE_WORDS,
  ASKS,
  mayAnswer,
  OPINION_WORDS,
  SILENCE_WORDS,
} from '../rules/consultation.ts'
import type { ConsultationRow } from '../store/consultations.ts'
import { type PaceView, paceOf } from './deadline.ts'
import type { DossierDeps } from './deps.ts'
import { holdsAt } from './rights.ts'

type Agency = ConsultationRow['agencies'][number]
type File = { id: string; name: string }
export type Reader = { actor: StaffActor; tree: Tree; now: Date }

const OVER: PaceView = { pace: 'NO_LIMIT', paceWords: { vi: 'Đã xong', en: 'Finished' } }

const iso = (at: Date | null): string | null => at && toLocalIso(at)
const named = (tree: Tree, id: string) => ({ id, name: tree.units.get(id)?.shortName ?? id })

/** Somebody's answer to it is still welcome. */
export const isWelcome = ({ state, silence }: Pick<Agency, 'state' | 'silence'>): boolean =>
  state === 'asked' || (state === 'silent' && silence === 'ESCALATION')

const agencyView = (
  agency: Agency,
  files: ReadonlyMap<string, File>,
  { actor, tree, now }: Reader,
): ConsultedAgency => ({
  unit: named(tree, agency.unit),
  state: agency.state,
  stateWords: ASK_STATE_WORDS[agency.state],
  opinion: agency.opinion,
  opinionWords: agency.opinion && OPINION_WORDS[agency.opinion],
  answer: agency.answer,
  file: (agency.file && files.get(agency.file)) || null,
  answeredAt: iso(agency.answered_at),
  answeredBy: agency.answered_by_name,
  silentAt: iso(agency.silent_at),
  late: agency.answered_at !== null && agency.answered_at > agency.due_at,
  reminders: agency.reminders,
  remindedAt: iso(agency.reminded_at),
  withdrawnReason: agency.withdrawn_reason,
  mayAnswer:
    mayAnswer({ state: agency.state, due: agency.due_at, silence: agency.silence }, now) &&
    holdsAt(actor, tree, ANSWERS, agency.unit),
})

/** Questions with everybody's answers, as each side sees them. */
export const consultationViews = async (
  deps: Pick<DossierDeps, 'documents' | 'calendarFor'>,
  db: Db,
  rows: readonly ConsultationRow[],
  reader: Reader & {
    dueOf: (dossier: string) => Date | null
    /** Of the agency in charge or above it; an agency that was asked sees its own answer alone. */
    whole: (row: ConsultationRow) => boolean
  },
): Promise<ConsultationView[]> => {
  const ids = rows.flatMap(({ files, agencies }) => [
    ...files,
    ...agencies.flatMap(({ file }) => (file ? [file] : [])),
  ])
  const described = ids.length === 0 ? [] : await deps.documents.describeFiles(db, ids)
  const files = new Map(described.map(({ id, name }) => [id, { id, name }]))
  const { tree, actor, now } = reader
  return Promise.all(
    rows.map(async (row): Promise<ConsultationView> => {
      const open = row.agencies.some(isWelcome)
      const due = reader.dueOf(row.dossier_id)
      const calendar = await deps.calendarFor(row.from_unit)
      return {
        ...{ id: row.id, number: row.number, from: named(tree, row.from_unit), step: row.step },
        question: row.question,
        files: row.files.flatMap((id) => files.get(id) ?? []),
        askedAt: toLocalIso(row.asked_at),
        askedBy: row.asked_by_name,
        due: toLocalIso(row.due_at),
        ...(open ? paceOf(calendar, row.due_at, now, 'WORKING_DAY') : OVER),
        silence: row.silence,
        silenceWords: SILENCE_WORDS[row.silence],
        silenceBasis: row.silence_basis,
        beyondDue: due !== null && row.due_at > due,
        agencies: row.agencies
          .filter(({ unit }) => reader.whole(row) || holdsAt(actor, tree, ANSWERS, unit))
          .map((agency) => agencyView(agency, files, reader)),
        mayFollow: open && holdsAt(actor, tree, ASKS, row.from_unit),
      }
    }),
  )
}
