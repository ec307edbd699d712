import { createHash } from 'node:crypto'
import { standing } from '#modules/calendar/rules.ts'
import { assessFees, durationFor } from '#modules/catalogue/rules.ts'
import type { PaperInput } from '#modules/documents/contract.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import { subtree } from '#modules/organisation/rules.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input } from '#platform/operation.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { getGuidance } from '../contract/papers.ts'
import { groupOf } from '../rules/group.ts'
import { componentsOf, type DossierRow } from '../store/dossiers.ts'
import { dossiersByCodes, overdueRows, unclaimedRows } from '../views/sheets.ts'
import { READERS_OF } from './books.ts'
import type { DossierDeps } from './deps.ts'
import { feesOnPaper } from './fee-lines.ts'
import { feesOfGroup, feesOfGroupOnPaper, feesShown } from './group-fees.ts'
import { applicantOf, handedIn, letterhead, nameOf, submitterOf } from './paper-parts.ts'
import { findCase } from './prepare-intake.ts'
import { holdsAt } from './rights.ts'
import { isOpen } from './summaries.ts'

type Readable = (code: string, actor: StaffActor) => Promise<DossierRow>

const DAY = 86_400_000

/** Papers of many dossiers, or of none yet: lists, reports, guidance. */
export const createSheets = (deps: DossierDeps, readable: Readable) => {
  /** Accepted at one centre on one day from one hand: what one receipt can cover. */
  const assertOneBatch = (dossiers: readonly DossierRow[]): DossierRow => {
    const [first] = dossiers
    if (!first) throw new Error('a batch has at least one code')
    const keyOf = (dossier: DossierRow): string =>
      JSON.stringify([
        dossier.receiving_centre,
        localDateOf(dossier.accepted_at ?? dossier.received_at),
        submitterOf(dossier),
      ])
    for (const dossier of dossiers) {
      if (!dossier.accepted_at) throw new Refusal('dossiers.paper-not-issued', { form: 'form-01' })
      if (keyOf(dossier) !== keyOf(first)) throw new Refusal('dossiers.not-one-batch', { code: dossier.code })
    }
    return first
  }

  const batchRow = async (dossier: DossierRow): Promise<PaperInput<'batch-receipt'>['rows'][number]> => ({
    dossierCode: dossier.code,
    procedure: dossier.procedure_official_name,
    applicant: dossier.owner_name,
    sets: dossier.sets,
    papers: handedIn(await componentsOf(deps.db, dossier.id)).length,
    dueAt: dossier.original_due_at && toLocalIso(dossier.original_due_at),
    fee: (await feesShown(deps, dossier)).total,
    pin: dossier.pin,
  })

  const batchReceipt = async (
    codes: readonly string[],
    actor: StaffActor,
  ): Promise<{ printed: Buffer; dossiers: DossierRow[] }> => {
    for (const code of codes) await readable(code, actor)
    const dossiers = await dossiersByCodes(deps.db, codes)
    const first = assertOneBatch(dossiers)
    const tree = await deps.tree()
    const at = first.accepted_at ?? first.received_at
    // The same dossiers together are the same receipt, whoever asks again.
    const id = createHash('sha256')
      .update(dossiers.map(({ code }) => code).join(','))
      .digest('hex')
    const subject = { kind: 'dossier-batch', id }
    const rows = await Promise.all(dossiers.map(batchRow))
    const paper = await inTransaction(deps.db, async (tx) => {
      await tx.selectFrom('dossier').select('id').where('id', '=', first.id).forUpdate().execute()
      const [issued] = await deps.documents.papersOf(tx, subject)
      return (
        issued ??
        deps.documents.issuePaper(tx, {
          kind: 'batch-receipt',
          subject,
          unit: first.receiving_centre,
          at,
          by: { id: first.intake_by, name: first.intake_by_name },
          data: {
            letterhead: letterhead(tree, first.receiving_centre),
            issuedAt: toLocalIso(at),
            sample: first.sample,
            desk: nameOf(tree, first.receiving_centre),
            submitter: {
              ...applicantOf(first),
              representative: null,
              name: submitterOf(first),
              identity: null,
            },
            receivedAt: toLocalIso(at),
            rows,
            officer: first.intake_by_name,
            hotline: deps.hotline,
          },
        })
      )
    })
    const printed = await deps.documents.printIssued(deps.db, { subject, id: paper.id, by: actor.id })
    return { printed, dossiers }
  }

  const overdueReport = async (unit: string, actor: StaffActor): Promise<Buffer> => {
    const tree = await deps.tree()
    if (!tree.units.has(unit) || !holdsAt(actor, tree, READERS_OF.overdue, unit))
      throw new Refusal('dossiers.unknown-unit', { unit })
    const now = deps.clock.now()
    const dossiers = await overdueRows(deps.db, [unit, ...subtree(tree, unit).map(({ id }) => id)], now)
    const tasks = await deps.workflow.tasksOfSubjects(
      deps.db,
      dossiers.map(({ id }) => id),
    )
    const rows = []
    for (const dossier of dossiers) {
      const calendar = await deps.calendarFor(dossier.receiving_centre)
      const late = standing(calendar, dossier.due_at, now, dossier.duration_unit ?? 'NONE')
      const open = tasks.get(dossier.id)?.find(isOpen)
      rows.push({
        dossierCode: dossier.code,
        procedure: dossier.procedure_official_name,
        applicant: dossier.owner_name,
        submitter: submitterOf(dossier),
        receivedOn: localDateOf(dossier.received_at),
        dueAt: toLocalIso(dossier.due_at ?? now),
        lateDays: late.workingDays,
        state: open?.name ?? 'Chờ phân bước',
        holder: open?.assignee?.name ?? (open ? nameOf(tree, open.unit) : null),
        note: dossier.extension_reason,
      })
    }
    return deps.documents.renderPaper('overdue-report', {
      letterhead: letterhead(tree, unit),
      issuedAt: toLocalIso(now),
      sample: dossiers.some(({ sample }) => sample),
      scope: nameOf(tree, unit),
      at: toLocalIso(now),
      rows,
      officer: actor.name,
    })
  }

  const unclaimedResults = async (centre: string, actor: StaffActor): Promise<Buffer> => {
    const tree = await deps.tree()
    if (!tree.centres.has(centre) || !holdsAt(actor, tree, READERS_OF.unclaimed, centre))
      throw new Refusal('dossiers.unknown-centre', { centre })
    const now = deps.clock.now()
    const dossiers = await unclaimedRows(deps.db, centre)
    return deps.documents.renderPaper('unclaimed-results', {
      letterhead: letterhead(tree, centre),
      issuedAt: toLocalIso(now),
      sample: dossiers.some(({ sample }) => sample),
      scope: nameOf(tree, centre),
      at: toLocalIso(now),
      rows: dossiers.map((dossier) => {
        const since = dossier.completed_at ?? dossier.received_at
        return {
          dossierCode: dossier.code,
          procedure: dossier.procedure_official_name,
          applicant: dossier.owner_name,
          phone: dossier.owner_phone,
          result:
            [dossier.result_number, dossier.result_date?.split('-').reverse().join('/')]
              .filter(Boolean)
              .join(', ') || null,
          completedOn: localDateOf(since),
          waitingDays: Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY)),
          post: dossier.return_way === 'postal',
        }
      }),
      officer: actor.name,
    })
  }

  const guidance = async (
    { procedure: code, case: asked, centre }: Input<typeof getGuidance>,
    actor: StaffActor,
  ): Promise<Buffer> => {
    const tree = await deps.tree()
    if (!tree.centres.has(centre)) throw new Refusal('dossiers.unknown-centre', { centre })
    const now = deps.clock.now()
    const procedure = await deps.catalogue.getInForce(code, localDateOf(now))
    const { cases, methods, legalBasis } = procedure.content
    const chosen = asked === undefined ? cases[0] : findCase(procedure, asked)
    const promised = chosen && durationFor(procedure, chosen.id, 'direct')
    const group = groupOf(procedure.code)
    const fees = group
      ? feesOfGroupOnPaper(await feesOfGroup(deps, group, { day: localDateOf(now), channel: 'direct' }))
      : feesOnPaper(assessFees(procedure, chosen?.id ?? '', 'direct'))
    const channels = new Set(methods.map(({ channel }) => channel))
    return deps.documents.renderPaper('guidance', {
      letterhead: letterhead(tree, centre),
      issuedAt: toLocalIso(now),
      sample: deps.samples,
      procedure: {
        code: procedure.code,
        name: procedure.content.name,
        case: cases.length > 1 ? (chosen?.name ?? null) : null,
      },
      components: (chosen?.components ?? []).map((component) => ({
        name: component.name,
        originals: component.originals ?? 0,
        copies: component.copies ?? 0,
        mandatory: component.mandatory,
        note: component.conditionText,
      })),
      where: [
        nameOf(tree, centre),
        ...(channels.has('online') ? ['Trực tuyến trên Cổng Dịch vụ công quốc gia'] : []),
        ...(channels.has('postal') ? ['Qua dịch vụ bưu chính công ích'] : []),
      ],
      duration: promised ? { amount: promised.amount, unit: promised.unit } : { amount: null, unit: 'NONE' },
      fees,
      legalBases: legalBasis.slice(0, 10),
      officer: actor.name,
      tracking: { url: `${deps.publicUrl()}/thu-tuc/${procedure.code}`, hotline: deps.hotline },
    })
  }

  return { batchReceipt, overdueReport, unclaimedResults, guidance }
}
