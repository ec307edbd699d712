import type { PaperInput } from '#modules/documents/contract.ts'
import type { IssuedPaper } from '#modules/documents/index.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import { type Db, inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { PaperForm } from '../contract/papers.ts'
import { STATE_LABELS } from '../rules.ts'
import { type DossierRow, lockDossier } from '../store/dossiers.ts'
import { sheetsOfDossier } from '../views/handover.ts'
import { registerRows } from '../views/register.ts'
import type { DossierDeps } from './deps.ts'
import { DRAFTS } from './issued-papers.ts'
import {
  type Extract,
  type History,
  isExtract,
  isPrintable,
  type Occasion,
  occasionsOf,
} from './paper-list.ts'
import { letterhead, nameOf, paperBase, RETURN_WAYS } from './paper-parts.ts'
import { holdsAt } from './rights.ts'
import { timelineOf } from './timeline.ts'

const subjectOf = ({ id }: Pick<DossierRow, 'id'>) => ({ kind: 'dossier', id })

/** Who hands papers out: the counters and the officers at work. Others read a copy, and the original stays to be printed. */
const AT_THE_DESK = ['RECEPTION', 'NON_TERRITORIAL', 'RETURN_DESK', 'CASHIER', 'DIGITISER']
const AT_WORK = ['SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD', 'CLERK']
const handsOut = (actor: StaffActor, tree: Tree, dossier: DossierRow): boolean =>
  holdsAt(actor, tree, AT_THE_DESK, dossier.receiving_centre) ||
  holdsAt(actor, tree, AT_THE_DESK, dossier.returning_centre) ||
  holdsAt(actor, tree, AT_WORK, dossier.resolving_unit)

export const createPapers = (deps: DossierDeps) => {
  const historyOf = async (db: Db, dossier: DossierRow): Promise<History> => ({
    dossier,
    events: await deps.log.timeline(db, subjectOf(dossier)),
    tasks: (await deps.workflow.tasksOfSubjects(db, [dossier.id])).get(dossier.id) ?? [],
  })

  /** Issues what the dossier's life has called for and nobody has issued yet. The caller holds the dossier's lock. */
  const settle = async (tx: Tx, dossier: DossierRow): Promise<IssuedPaper[]> => {
    const tree = await deps.tree()
    const issued = await deps.documents.papersOf(tx, subjectOf(dossier))
    for (const occasion of occasionsOf(await historyOf(tx, dossier), tree)) {
      if (issued.some((paper) => isOf(paper, occasion))) continue
      const draft = await DRAFTS[occasion.form]({ db: tx, deps, dossier, tree, occasion, before: issued })
      const { edition, at, by } = occasion
      issued.push(
        await deps.documents.issuePaper(tx, { ...draft, subject: subjectOf(dossier), edition, at, by }),
      )
    }
    return issued
  }

  /** The same in a transaction of its own. */
  const issueDue = (code: string): Promise<IssuedPaper[]> =>
    inTransaction(deps.db, async (tx) => {
      const dossier = await lockDossier(tx, code)
      return dossier ? settle(tx, dossier) : []
    })

  const printIssued = async (
    asked: { form: Exclude<PaperForm, Extract>; edition: number | undefined },
    dossier: DossierRow,
    actor: StaffActor,
  ): Promise<Buffer> => {
    const { form } = asked
    const tree = await deps.tree()
    const occasions = occasionsOf(await historyOf(deps.db, dossier), tree).filter((one) => one.form === form)
    const occasion = occasions.find(({ edition }) => edition === (asked.edition ?? occasions.length))
    if (!occasion) throw new Refusal('dossiers.paper-not-issued', { form })
    const found = (papers: readonly IssuedPaper[]) => papers.find((paper) => isOf(paper, occasion))
    const paper =
      found(await deps.documents.papersOf(deps.db, subjectOf(dossier))) ?? found(await issueDue(dossier.code))
    if (!paper) throw new Error(`${form} of ${dossier.code} was not issued`)
    return deps.documents.printIssued(deps.db, {
      subject: subjectOf(dossier),
      id: paper.id,
      by: handsOut(actor, tree, dossier) ? actor.id : null,
    })
  }

  /** One row per hand-over, from the log: who gave, who took, when, and whether the step was in time. */
  const form06 = async (dossier: DossierRow, tree: Tree, tasks: readonly TaskRow[]): Promise<Buffer> => {
    const name = (unit: string) => tree.units.get(unit)?.name ?? unit
    const sheets = await sheetsOfDossier(deps.db, dossier.id)
    const done = tasks.filter((task) => task.outcome === 'completed' || task.outcome === 'returned')
    return deps.documents.renderPaper('form-06', {
      ...paperBase(dossier, tree, dossier.receiving_centre, deps.clock.now()),
      book: { volume: 1, number: dossier.book_number },
      receivedAt: toLocalIso(dossier.accepted_at ?? dossier.received_at),
      dueAt: dossier.due_at && toLocalIso(dossier.due_at),
      responsible: name(dossier.resolving_unit),
      handovers: inOrder([
        ...sheets.map((sheet) => ({
          from: name(sheet.from_unit),
          to: name(sheet.to_unit),
          at: toLocalIso(sheet.handed_at),
          giver: sheet.handed_by_name,
          receiver: sheet.row_state === 'received' ? sheet.closed_by_name : null,
          outcome: null,
          note: `Phiếu bàn giao ${sheet.code}${sheet.row_state === 'missing' ? ', thiếu khi nhận' : ''}`,
          electronic: false,
        })),
        ...done.map((task, i): Handover => {
          const next =
            done[i + 1] ??
            tasks.find((one) => one.openedAt >= (task.closedAt ?? one.openedAt) && one !== task)
          const late = task.dueAt && task.closedAt && task.closedAt > task.dueAt
          return {
            from: `${name(task.unit)} (${task.name})`,
            to: next ? `${name(next.unit)} (${next.name})` : 'Người nộp hồ sơ',
            at: task.closedAt && toLocalIso(task.closedAt),
            giver: task.closedBy?.name ?? null,
            receiver: next?.closedBy?.name ?? next?.assignee?.name ?? null,
            outcome: task.dueAt ? (late ? 'late' : 'on-time') : null,
            note: task.returnReason ?? task.opinion,
            electronic: true,
          }
        }),
      ]),
    })
  }

  /** The dossier's history as it stands, from the log. */
  const progress = ({ dossier, events, tasks }: History, tree: Tree, actor: StaffActor): Promise<Buffer> => {
    const open = tasks.find(({ state }) => state === 'open' || state === 'claimed')
    const state = STATE_LABELS[dossier.state].vi
    return deps.documents.renderPaper('progress', {
      ...paperBase(dossier, tree, dossier.receiving_centre, deps.clock.now()),
      receivedAt: toLocalIso(dossier.accepted_at ?? dossier.received_at),
      dueAt: dossier.due_at && toLocalIso(dossier.due_at),
      state: open ? `${state}, bước ${open.name} tại ${nameOf(tree, open.unit)}` : state,
      responsible: nameOf(tree, dossier.resolving_unit),
      entries: timelineOf(events, tree)
        .filter(({ type }) => !UNSAID.includes(type))
        .reverse()
        .map(({ at, title, actor: who, detail }) => ({ at, what: title.vi, by: who || null, detail })),
      officer: actor.name,
    })
  }

  const extract = async (form: Extract, dossier: DossierRow, actor: StaffActor): Promise<Buffer> => {
    if (!isPrintable(form, dossier)) throw new Refusal('dossiers.paper-not-issued', { form })
    const tree = await deps.tree()
    const history = await historyOf(deps.db, dossier)
    return form === 'form-06' ? form06(dossier, tree, history.tasks) : progress(history, tree, actor)
  }

  /** A form of a dossier whose reader has been checked. */
  const print = (
    { form, edition }: { form: PaperForm; edition?: number | undefined },
    dossier: DossierRow,
    actor: StaffActor,
  ): Promise<Buffer> =>
    isExtract(form) ? extract(form, dossier, actor) : printIssued({ form, edition }, dossier, actor)

  /** Form 07 of a centre and period. */
  const register = async (centre: string, from: string, to: string): Promise<Buffer> => {
    const tree = await deps.tree()
    const rows = await registerRows(deps.db, centre, from, to)
    return deps.documents.renderPaper('form-07', {
      letterhead: letterhead(tree, centre),
      issuedAt: toLocalIso(deps.clock.now()),
      sample: rows.some((row) => row.sample),
      field: 'Tất cả lĩnh vực',
      volume: 1,
      year: Number(from.slice(0, 4)),
      rows: rows.map((row) => ({
        number: row.book_number,
        dossierCode: row.code,
        procedure: row.procedure_official_name,
        sets: row.sets,
        applicant: row.owner_name,
        contact: [row.owner.address, row.owner_phone].filter(Boolean).join(', ') || null,
        responsible: tree.units.get(row.resolving_unit)?.name ?? row.resolving_unit,
        receivedOn: localDateOf(row.received_at),
        dueOn: row.due_at && localDateOf(row.due_at),
        returnedOn: row.returned_at && localDateOf(row.returned_at),
        way: RETURN_WAYS[row.return_way],
        note: null,
      })),
    })
  }

  return { print, register, settle, issueDue }
}

type Handover = PaperInput<'form-06'>['handovers'][number]
/** Hand-overs by when they happened, on paper and on screen alike. */
const inOrder = (all: readonly Handover[]): Handover[] =>
  all.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))

/** Who opened the page is nobody's business but the log's. */
const UNSAID = ['personal-data-read', 'task-claimed', 'task-released']

const KINDS: Partial<Record<PaperForm, IssuedPaper['kind']>> = { handover: 'result-receipt' }
const isOf = ({ kind, edition }: IssuedPaper, occasion: Occasion): boolean =>
  kind === (KINDS[occasion.form] ?? occasion.form) && edition === occasion.edition
