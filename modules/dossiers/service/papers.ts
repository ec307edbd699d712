import type { PaperInput } from '#modules/documents/contract.ts'
import { agencyOf, ancestors, type Tree } from '#modules/organisation/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import { Refusal } from '#platform/errors.ts'
import type { LogEvent } from '#platform/log/log.ts'
import { fold } from '#platform/text/fold.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { Party } from '../contract/vocabulary.ts'
import { componentsOf, type DossierRow } from '../store/dossiers.ts'
import { findHandover, findResult } from '../store/results.ts'
import { registerRows } from '../views/register.ts'
import { explainDeadline, limitOf } from './deadline.ts'
import type { DossierDeps } from './deps.ts'
import { isIssued, type PaperForm } from './paper-list.ts'

type SupplementItems = { items: { what: string; reason: string }[]; legalBasis: string | null }

/** Superior body and own name, as the head block of Decree 30/2020 sets them. */
const letterhead = (tree: Tree, unit: string) => {
  const own = tree.units.get(unit)
  const above = ancestors(tree, unit)[0]
  const province = tree.units.get('ubnd-tinh')?.name.replace(/^.*(tỉnh|thành phố)\s+/u, '') ?? ''
  return {
    superior: above?.name ?? own?.name ?? unit,
    agency: own?.name ?? unit,
    place: province || 'Quảng Ninh',
  }
}

const identityOf = (party: Party) =>
  party.personalId
    ? {
        kind: party.kind === 'organisation' ? ('tax-code' as const) : ('personal-id' as const),
        number: party.personalId,
      }
    : null

const applicantOf = ({ owner, submitter, representative }: DossierRow) => {
  const by = representative?.name ?? submitter?.name ?? null
  return {
    kind: owner.kind,
    name: owner.name,
    representative: by && fold(by) !== fold(owner.name) ? by : null,
    identity: identityOf(owner),
    address: owner.address || null,
    phone: owner.phone || null,
    email: owner.email || null,
  }
}

const RETURN_WAYS = { counter: 'counter', postal: 'post', electronic: 'online' } as const

export const createPapers = (deps: DossierDeps) => {
  const base = (dossier: DossierRow, tree: Tree, unit: string, issuedAt: Date) => ({
    letterhead: letterhead(tree, unit),
    issuedAt: toLocalIso(issuedAt),
    sample: dossier.sample,
    dossierCode: dossier.code,
    applicant: applicantOf(dossier),
    procedure: { code: dossier.procedure_code, name: dossier.procedure_official_name },
  })

  const tracking = (dossier: DossierRow) => ({
    url: `${deps.publicUrl()}/tra-cuu/${dossier.code}`,
    pin: dossier.pin,
    hotline: deps.hotline,
  })

  const form01 = async (dossier: DossierRow, tree: Tree): Promise<Buffer> => {
    const components = await componentsOf(deps.db, dossier.id)
    const calendar = await deps.calendarFor(dossier.receiving_centre)
    const start = dossier.clock_started_at ?? dossier.received_at
    const limit = limitOf(dossier)
    const explained = explainDeadline({ calendar, start, limit, now: start })
    const centre = tree.units.get(dossier.returning_centre)?.name ?? dossier.returning_centre
    return deps.documents.renderPaper('form-01', {
      ...base(dossier, tree, dossier.receiving_centre, start),
      desk: tree.units.get(dossier.receiving_centre)?.name ?? dossier.receiving_centre,
      components: components
        .filter(({ status }) => status === 'present' || status === 'in-database')
        .map((row) => ({
          name: row.name,
          originals: row.originals,
          certified: row.certified_copies,
          copies: row.copies,
          electronic: row.files.length > 0 || row.status === 'in-database',
        })),
      sets: dossier.sets,
      duration: { amount: limit?.amount ?? null, unit: limit?.unit ?? 'NONE' },
      receivedAt: toLocalIso(start),
      due: dossier.original_due_at && {
        at: toLocalIso(dossier.original_due_at),
        provisional: dossier.due_provisional,
        explanation: explained.explanation.join(' ') || null,
      },
      fees:
        dossier.fees.total === null
          ? null
          : dossier.fees.lines
              .filter((line) => (line.amount ?? 0) > 0)
              .map((line) => ({ name: line.kind === 'LE_PHI' ? 'Lệ phí' : 'Phí', amount: line.amount ?? 0 })),
      resultReturn: {
        way:
          dossier.returning_centre === dossier.receiving_centre
            ? RETURN_WAYS[dossier.return_way]
            : 'other-centre',
        place: dossier.return_way === 'counter' ? centre : (dossier.return_address ?? null),
      },
      officer: dossier.intake_by_name,
      tracking: tracking(dossier),
      book: { volume: 1, number: dossier.book_number },
      note: dossier.fees.total === null ? dossier.fees.text : null,
    })
  }

  const form02 = async (dossier: DossierRow, tree: Tree, events: readonly LogEvent[]): Promise<Buffer> => {
    const asked = dossier.supplement_items as SupplementItems | null
    const event = lastOf(events, ['supplement-requested', 'intake-supplement-requested'])
    const items = asked?.items ?? []
    return deps.documents.renderPaper('form-02', {
      ...base(dossier, tree, dossier.receiving_centre, event?.at ?? dossier.received_at),
      number: `${dossier.book_number}/HDHS`,
      requirements: items.map(({ what }) => ({ text: what })),
      reason: items.map(({ what, reason }) => (items.length > 1 ? `${what}: ${reason}` : reason)).join('; '),
      legalBasis: asked?.legalBasis ?? null,
      deadline: dossier.supplement_deadline && localDateOf(dossier.supplement_deadline),
      contact: { name: tree.units.get(dossier.receiving_centre)?.name ?? '', phone: deps.hotline },
      officer: event?.actor.name || dossier.intake_by_name,
      tracking: tracking(dossier),
    })
  }

  const form03 = (dossier: DossierRow, tree: Tree, events: readonly LogEvent[]): Promise<Buffer> => {
    const event = lastOf(events, ['intake-refused'])
    return deps.documents.renderPaper('form-03', {
      ...base(dossier, tree, dossier.receiving_centre, dossier.ended_at ?? dossier.received_at),
      number: `${dossier.book_number}/TCTN`,
      submittedAt: toLocalIso(dossier.received_at),
      reason: dossier.ended_reason ?? '',
      rightAuthority: dossier.right_authority,
      officer: event?.actor.name || dossier.intake_by_name,
    })
  }

  const leader = (tree: Tree, unit: string, name: string) => ({
    title: 'THỦ TRƯỞNG CƠ QUAN',
    name: name || (tree.units.get(unit)?.name ?? unit),
  })

  const form04 = (dossier: DossierRow, tree: Tree, events: readonly LogEvent[]): Promise<Buffer> => {
    const event = lastOf(events, ['due-extended'])
    const agency = agencyOf(tree, dossier.resolving_unit)?.id ?? dossier.resolving_unit
    return deps.documents.renderPaper('form-04', {
      ...base(dossier, tree, agency, dossier.extended_at ?? dossier.received_at),
      number: `${dossier.book_number}/PXL`,
      receivedAt: toLocalIso(dossier.accepted_at ?? dossier.received_at),
      promisedAt: toLocalIso(dossier.original_due_at ?? dossier.received_at),
      reason: dossier.extension_reason ?? '',
      newDueAt: toLocalIso(dossier.due_at ?? dossier.received_at),
      recipients: [dossier.owner_name, tree.units.get(dossier.receiving_centre)?.name ?? ''].filter(
        (line) => line !== '',
      ),
      signer: leader(tree, agency, event?.actor.name ?? ''),
    })
  }

  const groundOf = (dossier: DossierRow): PaperInput<'form-05'>['ground'] => {
    const day = localDateOf(dossier.ended_at ?? dossier.received_at)
    if (dossier.state === 'WITHDRAWN') return { kind: 'applicant-request', day }
    const asked = dossier.supplement_asked_at ?? dossier.intake_supplement_asked_at
    if (dossier.state === 'CLOSED_NO_SUPPLEMENT' && asked) {
      return {
        kind: 'not-completed',
        noticeNumber: `${dossier.book_number}/HDHS`,
        noticeDay: localDateOf(asked),
      }
    }
    return {
      kind: 'other',
      text: [dossier.ended_basis, dossier.ended_reason].filter(Boolean).join(': ') || 'Theo quy định',
    }
  }

  const form05 = (dossier: DossierRow, tree: Tree, events: readonly LogEvent[]): Promise<Buffer> => {
    const event = lastOf(events, ['dossier-stopped', 'dossier-withdrawn', 'dossier-closed'])
    const unit = dossier.state === 'STOPPED' ? dossier.resolving_unit : dossier.receiving_centre
    return deps.documents.renderPaper('form-05', {
      ...base(dossier, tree, agencyOf(tree, unit)?.id ?? unit, dossier.ended_at ?? dossier.received_at),
      number: `${dossier.book_number}/TBD`,
      receivedAt: toLocalIso(dossier.accepted_at ?? dossier.received_at),
      ground: groundOf(dossier),
      stoppedFrom: localDateOf(dossier.ended_at ?? dossier.received_at),
      signer: leader(tree, unit, event?.actor.name ?? ''),
    })
  }

  /** One row per hand-over, from the log: who gave, who took, when, and whether the step was in time. */
  const form06 = (dossier: DossierRow, tree: Tree, tasks: readonly TaskRow[]): Promise<Buffer> => {
    const name = (unit: string) => tree.units.get(unit)?.name ?? unit
    const done = tasks.filter((task) => task.outcome === 'completed' || task.outcome === 'returned')
    return deps.documents.renderPaper('form-06', {
      ...base(dossier, tree, dossier.receiving_centre, deps.clock.now()),
      book: { volume: 1, number: dossier.book_number },
      receivedAt: toLocalIso(dossier.accepted_at ?? dossier.received_at),
      dueAt: dossier.due_at && toLocalIso(dossier.due_at),
      responsible: name(dossier.resolving_unit),
      handovers: done.map((task, i) => {
        const next =
          done[i + 1] ?? tasks.find((one) => one.openedAt >= (task.closedAt ?? one.openedAt) && one !== task)
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
    })
  }

  const receipt = async (dossier: DossierRow, tree: Tree): Promise<Buffer> => {
    const [result, handover] = await Promise.all([
      findResult(deps.db, dossier.id),
      findHandover(deps.db, dossier.id),
    ])
    if (!handover) throw new Refusal('dossiers.paper-not-issued', { form: 'handover' })
    return deps.documents.renderPaper('result-receipt', {
      ...base(dossier, tree, dossier.returning_centre, handover.at),
      returnedAt: toLocalIso(handover.at),
      results: [
        {
          name:
            result?.summary ??
            (dossier.outcome === 'REFUSED' ? 'Văn bản từ chối giải quyết' : 'Kết quả giải quyết thủ tục'),
          number: result?.number ?? null,
          day: result?.date ?? null,
        },
      ],
      receiver: {
        name: handover.receiver_name,
        identity: handover.receiver_number ? { kind: 'personal-id', number: handover.receiver_number } : null,
        authorised: handover.relation !== 'owner',
      },
      officer: handover.by_name,
      tracking: tracking(dossier),
    })
  }

  /** A form of a dossier whose reader has been checked. */
  const render = async (form: PaperForm, dossier: DossierRow): Promise<Buffer> => {
    if (!isIssued(form, dossier)) throw new Refusal('dossiers.paper-not-issued', { form })
    const tree = await deps.tree()
    if (form === 'form-01') return form01(dossier, tree)
    if (form === 'handover') return receipt(dossier, tree)
    if (form === 'form-06') {
      return form06(
        dossier,
        tree,
        (await deps.workflow.tasksOfSubjects(deps.db, [dossier.id])).get(dossier.id) ?? [],
      )
    }
    const events = await deps.log.timeline(deps.db, { kind: 'dossier', id: dossier.id })
    if (form === 'form-02') return form02(dossier, tree, events)
    if (form === 'form-03') return form03(dossier, tree, events)
    return form === 'form-04' ? form04(dossier, tree, events) : form05(dossier, tree, events)
  }

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

  return { render, register }
}

const lastOf = (events: readonly LogEvent[], types: readonly string[]): LogEvent | undefined =>
  events.findLast((event) => types.includes(event.type))
