import { z } from 'zod'
import type { PaperInput, PaperKind } from '#modules/documents/contract.ts'
import type { IssuedPaper } from '#modules/documents/index.ts'
import { agencyOf, type Tree } from '#modules/organisation/rules.ts'
import type { Db } from '#platform/db/connect.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import { SILENCE_WORDS } from '../rules/consultation.ts'
import { componentsOf, type DossierRow } from '../store/dossiers.ts'
import { childrenOf } from '../store/groups.ts'
import { findHandover, findResult } from '../store/results.ts'
import { computeDue, explainDeadline, limitOf } from './deadline.ts'
import type { DossierDeps } from './deps.ts'
import { feesOnPaper } from './fee-lines.ts'
import { feesOfGroupOnPaper, feesShown } from './group-fees.ts'
import type { IssuedForm, Occasion } from './paper-list.ts'
import {
  handedIn,
  identityOf,
  nameOf,
  onPaper,
  paperBase,
  papersBack,
  RETURN_WAYS,
  submitterOf,
  trackingOf,
} from './paper-parts.ts'

/** What a paper is made from: the dossier as it stands, and what happened. */
export type Ground = {
  db: Db
  deps: DossierDeps
  dossier: DossierRow
  tree: Tree
  occasion: Occasion
  /** Papers of the dossier issued before, for those that name them. */
  before: readonly IssuedPaper[]
}

/** A paper ready to be issued; its number comes with the issue. */
export type Draft = {
  [K in PaperKind]: { kind: K; unit: string; data: Omit<PaperInput<K>, 'number'> }
}[PaperKind]

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const instant = (value: unknown): Date | null => {
  const written = text(value)
  return written === null || Number.isNaN(Date.parse(written)) ? null : new Date(written)
}

const agencyId = (tree: Tree, unit: string): string => agencyOf(tree, unit)?.id ?? unit

const form01 = async ({ db, deps, dossier, tree, occasion }: Ground): Promise<Draft> => {
  const { at, data, edition, by } = occasion
  const components = await componentsOf(db, dossier.id)
  const calendar = await deps.calendarFor(dossier.receiving_centre)
  const limit = limitOf(dossier)
  const explained = explainDeadline({ calendar, start: at, limit, now: at })
  const due = instant(data.due) ?? dossier.original_due_at
  // One slip for the group: what its procedures cost, and together (Article 19(4), Decree 118/2025).
  const fees = dossier.is_group
    ? feesOfGroupOnPaper(await feesShown(deps, dossier))
    : feesOnPaper(dossier.fees)
  return {
    kind: 'form-01',
    unit: dossier.receiving_centre,
    data: {
      ...paperBase(dossier, tree, dossier.receiving_centre, at),
      edition,
      desk: nameOf(tree, dossier.receiving_centre),
      copies: dossier.channel === 'online' ? ['electronic'] : ['archive', 'applicant'],
      components: handedIn(components).map((row) => ({
        name: row.name,
        originals: row.originals,
        certified: row.certified_copies,
        copies: row.copies,
        electronic: row.files.length > 0 || row.status === 'in-database',
      })),
      sets: dossier.sets,
      duration: { amount: limit?.amount ?? null, unit: limit?.unit ?? 'NONE' },
      receivedAt: toLocalIso(at),
      due: due && {
        at: toLocalIso(due),
        provisional: dossier.due_provisional,
        explanation: explained.explanation.join(' ') || null,
      },
      fees,
      resultReturn: {
        way:
          dossier.returning_centre === dossier.receiving_centre
            ? RETURN_WAYS[dossier.return_way]
            : 'other-centre',
        place:
          dossier.return_way === 'counter' ? nameOf(tree, dossier.returning_centre) : dossier.return_address,
      },
      officer: by.name || dossier.intake_by_name,
      tracking: trackingOf(deps, dossier),
      book: { volume: 1, number: dossier.book_number },
      note: fees === null ? dossier.fees.text : null,
    },
  }
}

const Asked = z.object({
  items: z.array(z.object({ what: z.string(), reason: z.string(), component: z.string().optional() })).min(1),
  legalBasis: z.string().nullish(),
})

/** The event tells what was asked for; the dossier's last request, when it is the same, also which papers of the case. */
const askedFor = ({ occasion, dossier }: Ground): z.output<typeof Asked> => {
  const told = Asked.safeParse(occasion.data)
  const last = Asked.safeParse(dossier.supplement_items)
  const words = ({ items }: z.output<typeof Asked>) => JSON.stringify(items.map(({ what }) => what))
  if (told.success && !(last.success && words(last.data) === words(told.data))) return told.data
  return last.success ? last.data : Asked.parse(occasion.data)
}

/** How many of each paper the case asks for, by component. */
const askedQuantities = async ({ deps, dossier }: Ground): Promise<Map<string, string>> => {
  const version = await deps.catalogue.getVersion(dossier.procedure_version)
  const components = version.content.cases.find(({ id }) => id === dossier.case_id)?.components ?? []
  return new Map(
    components.map(({ id, originals, copies }) => [
      id,
      onPaper({ originals: originals ?? 0, certified_copies: 0, copies: copies ?? 0 }),
    ]),
  )
}

const form02 = async (ground: Ground): Promise<Draft> => {
  const { deps, dossier, tree, occasion } = ground
  const { items, legalBasis } = askedFor(ground)
  const quantities = await askedQuantities(ground)
  const deadline = instant(occasion.data.deadline) ?? dossier.supplement_deadline
  return {
    kind: 'form-02',
    unit: dossier.receiving_centre,
    data: {
      ...paperBase(dossier, tree, dossier.receiving_centre, occasion.at),
      edition: occasion.edition,
      stage: dossier.accepted_at && dossier.accepted_at <= occasion.at ? 'appraisal' : 'reception',
      requirements: items.map(({ what, component }) => ({
        text: what,
        quantity: quantities.get(component ?? '') || null,
      })),
      reason: items.map(({ what, reason }) => (items.length > 1 ? `${what}: ${reason}` : reason)).join('; '),
      legalBasis: legalBasis || null,
      deadline: deadline && localDateOf(deadline),
      contact: { name: nameOf(tree, dossier.receiving_centre), phone: deps.hotline },
      officer: occasion.by.name || dossier.intake_by_name,
      tracking: trackingOf(deps, dossier),
    },
  }
}

const form03 = async ({ db, dossier, tree, occasion }: Ground): Promise<Draft> => {
  const online = dossier.channel === 'online'
  return {
    kind: 'form-03',
    unit: dossier.receiving_centre,
    data: {
      ...paperBase(dossier, tree, dossier.receiving_centre, occasion.at),
      submittedAt: online ? toLocalIso(dossier.received_at) : null,
      papersSubmitted: online ? handedIn(await componentsOf(db, dossier.id)).length : null,
      reason: text(occasion.data.reason) ?? dossier.ended_reason ?? '',
      rightAuthority: text(occasion.data.rightAuthority) ?? dossier.right_authority,
      officer: occasion.by.name || dossier.intake_by_name,
    },
  }
}

const HEAD = 'THỦ TRƯỞNG CƠ QUAN'
const Lines = z.array(z.string().min(1)).min(1)
/** Who signs a letter of the agency, under the office or the mandate of that moment. */
const head = (name: string, data: Occasion['data']) => {
  const told = Lines.safeParse(data.signedAs)
  return { title: told.success ? told.data.join('\n') : HEAD, name }
}

const form04 = ({ dossier, tree, occasion }: Ground): Draft => {
  const agency = agencyId(tree, dossier.resolving_unit)
  const promised = instant(occasion.data.dueBefore) ?? dossier.original_due_at ?? dossier.received_at
  return {
    kind: 'form-04',
    unit: agency,
    data: {
      ...paperBase(dossier, tree, agency, occasion.at),
      receivedAt: toLocalIso(dossier.accepted_at ?? dossier.received_at),
      promisedAt: toLocalIso(promised),
      reason: text(occasion.data.reason) ?? dossier.extension_reason ?? '',
      newDueAt: toLocalIso(instant(occasion.data.due) ?? dossier.due_at ?? promised),
      recipients: ['Như trên', nameOf(tree, dossier.receiving_centre), 'Lưu: VT, hồ sơ'],
      signer: head(occasion.by.name || nameOf(tree, agency), occasion.data),
    },
  }
}

const stopGround = ({ dossier, occasion, before }: Ground): PaperInput<'form-05'>['ground'] => {
  const day = localDateOf(occasion.at)
  if (occasion.type === 'dossier-withdrawn' || (occasion.type === 'known' && dossier.state === 'WITHDRAWN'))
    return { kind: 'applicant-request', day }
  const notice = before.findLast(({ kind }) => kind === 'form-02')
  const stopped = occasion.type === 'dossier-stopped' || dossier.state === 'STOPPED'
  if (!stopped && notice?.number)
    return { kind: 'not-completed', noticeNumber: notice.number, noticeDay: localDateOf(notice.issuedAt) }
  const basis = text(occasion.data.legalBasis) ?? dossier.ended_basis
  const reason = text(occasion.data.reason) ?? dossier.ended_reason
  return { kind: 'other', text: [basis, reason].filter(Boolean).join(': ') || 'quy định của pháp luật' }
}

const FREE = 'Thủ tục không thu phí, lệ phí'
const BY_LAW =
  'Phí, lệ phí đã nộp (nếu có) được hoàn trả hoặc không theo quy định của pháp luật về phí, lệ phí'
const feeHandling = ({ fees }: DossierRow): string => (fees.total === 0 ? FREE : BY_LAW)

const form05 = async (ground: Ground): Promise<Draft> => {
  const { db, dossier, tree, occasion } = ground
  const byAgency = occasion.type === 'dossier-stopped' || dossier.state === 'STOPPED'
  const unit = byAgency ? agencyId(tree, dossier.resolving_unit) : dossier.receiving_centre
  const by = occasion.by.name || nameOf(tree, unit)
  return {
    kind: 'form-05',
    unit,
    data: {
      ...paperBase(dossier, tree, unit, occasion.at),
      receivedAt: toLocalIso(dossier.accepted_at ?? dossier.received_at),
      ground: stopGround(ground),
      stoppedFrom: localDateOf(occasion.at),
      papersReturned: papersBack(await componentsOf(db, dossier.id)).map(
        ({ name, quantity }) => `${name} (${quantity})`,
      ),
      feeHandling: feeHandling(dossier),
      recipients: ['Như trên', nameOf(tree, dossier.receiving_centre), 'Lưu: VT, hồ sơ'],
      signer: byAgency ? head(by, occasion.data) : { title: 'NGƯỜI TIẾP NHẬN HỒ SƠ', name: by },
    },
  }
}

const HandedBack = z.array(z.object({ what: z.string(), originals: z.int().min(0).default(1) })).min(1)

const returnMinutes = async ({ db, dossier, tree, occasion }: Ground): Promise<Draft> => {
  const told = HandedBack.safeParse(occasion.data.handedBack)
  const papers = told.success
    ? told.data.map(({ what, originals }) => ({
        name: what,
        quantity: originals > 0 ? `${String(originals).padStart(2, '0')} bản chính` : null,
      }))
    : papersBack(await componentsOf(db, dossier.id))
  const { representative, submitter, owner } = dossier
  return {
    kind: 'return-minutes',
    unit: dossier.receiving_centre,
    data: {
      ...paperBase(dossier, tree, dossier.receiving_centre, occasion.at),
      returnedAt: toLocalIso(occasion.at),
      reason: text(occasion.data.reason) ?? dossier.ended_reason ?? '',
      requestedOn: occasion.type === 'dossier-withdrawn' ? localDateOf(occasion.at) : null,
      papers,
      feeHandling: feeHandling(dossier),
      receiver: {
        name: submitterOf(dossier),
        identity: identityOf(representative ?? submitter ?? owner),
      },
      officer: occasion.by.name || dossier.intake_by_name,
    },
  }
}

const paymentNotice = ({ deps, dossier, tree, occasion }: Ground): Draft => {
  const agency = agencyId(tree, dossier.resolving_unit)
  const amount =
    typeof occasion.data.amount === 'number' ? occasion.data.amount : Number(dossier.payment_amount ?? 0)
  const deadline = instant(occasion.data.deadline)
  return {
    kind: 'payment-notice',
    unit: agency,
    data: {
      ...paperBase(dossier, tree, agency, occasion.at),
      items: [{ name: 'Nghĩa vụ tài chính của hồ sơ', amount }],
      legalBasis: text(occasion.data.legalBasis) ?? '',
      deadline: deadline && localDateOf(deadline),
      ways: [`Tại ${nameOf(tree, dossier.receiving_centre)}`],
      officer: occasion.by.name,
      tracking: trackingOf(deps, dossier),
    },
  }
}

const DEFAULT_RESULT = { GRANTED: 'Kết quả giải quyết thủ tục', REFUSED: 'Văn bản từ chối giải quyết' }
const resultName = (dossier: DossierRow, summary: string | null | undefined): string =>
  summary || DEFAULT_RESULT[dossier.outcome ?? 'GRANTED']

/** One hand-over of a group gives the results of all its procedures. */
const groupResults = async (db: Ground['db'], dossier: DossierRow) => {
  const children = (await childrenOf(db, dossier.id)).filter(({ returned_at }) => returned_at !== null)
  return Promise.all(
    children.map(async (child) => {
      const result = await findResult(db, child.id)
      return {
        name: resultName(child, result?.summary),
        number: result?.number ?? null,
        day: result?.date ?? null,
      }
    }),
  )
}

const receipt = async ({ db, deps, dossier, tree, occasion }: Ground): Promise<Draft> => {
  const [result, handover] = await Promise.all([findResult(db, dossier.id), findHandover(db, dossier.id)])
  return {
    kind: 'result-receipt',
    unit: dossier.returning_centre,
    data: {
      ...paperBase(dossier, tree, dossier.returning_centre, occasion.at),
      returnedAt: toLocalIso(occasion.at),
      results: dossier.is_group
        ? await groupResults(db, dossier)
        : [
            {
              name: resultName(dossier, result?.summary),
              number: result?.number ?? null,
              day: result?.date ?? null,
            },
          ],
      receiver: {
        name: handover?.receiver_name ?? submitterOf(dossier),
        identity: handover?.receiver_number
          ? { kind: 'personal-id', number: handover.receiver_number }
          : null,
        authorised: handover ? handover.relation !== 'owner' : false,
      },
      officer: handover?.by_name ?? occasion.by.name,
      tracking: trackingOf(deps, dossier),
    },
  }
}

/** Correction within three working days (NĐ 118/2025 Đ23(1)). */
const CORRECTION = { amount: 3, unit: 'WORKING_DAY' } as const

const resultError = async (ground: Ground): Promise<Draft> => {
  const { db, deps, dossier, tree, occasion, before } = ground
  const [result, handover] = await Promise.all([findResult(db, dossier.id), findHandover(db, dossier.id)])
  const corrected = occasion.type === 'result-corrected'
  const calendar = await deps.calendarFor(dossier.returning_centre)
  const reported = before.findLast(({ kind }) => kind === 'result-error')
  const number = text(occasion.data.number)
  const day = text(occasion.data.date)
  const reason = text(occasion.data.reason) ?? ''
  return {
    kind: 'result-error',
    unit: dossier.returning_centre,
    data: {
      ...paperBase(dossier, tree, dossier.returning_centre, occasion.at),
      reportedAt: toLocalIso(reported?.issuedAt ?? occasion.at),
      reporter: handover?.receiver_name ?? submitterOf(dossier),
      result: {
        name: resultName(dossier, result?.summary),
        // Once corrected the last edition is the right one; the minutes before name the wrong one.
        number: corrected ? null : (result?.number ?? null),
        day: corrected ? null : (result?.date ?? null),
      },
      error: corrected && reported?.number ? `Theo biên bản số ${reported.number}. ${reason}` : reason,
      correctBy: corrected ? null : isoOf(computeDue(calendar, occasion.at, CORRECTION).due),
      corrected: corrected && number && day ? { number, day, at: toLocalIso(occasion.at) } : null,
      officer: occasion.by.name,
    },
  }
}
const isoOf = (at: Date | null): string | null => at && toLocalIso(at)

const Lost = z
  .array(z.object({ what: z.string(), remadeBy: z.string().nullish(), how: z.string().nullish() }))
  .min(1)

const lostPapers = ({ dossier, tree, occasion }: Ground): Draft => {
  const agency = agencyId(tree, dossier.resolving_unit)
  const lost = Lost.parse(occasion.data.lost)
  const remedies = lost.map(({ what, remadeBy, how }) =>
    [`${what}: ${remadeBy ? `${remadeBy} làm lại` : 'làm lại'}`, how].filter(Boolean).join(', '),
  )
  return {
    kind: 'lost-papers',
    unit: agency,
    data: {
      ...paperBase(dossier, tree, agency, occasion.at),
      foundAt: toLocalIso(occasion.at),
      papers: lost.map(({ what }) => ({ name: what })),
      circumstances: text(occasion.data.reason) ?? '',
      holder: nameOf(tree, agency),
      remedy: remedies.join('; '),
      recipients: ['Như trên', nameOf(tree, dossier.receiving_centre), 'Lưu: VT, hồ sơ'],
      signer: head(occasion.by.name, occasion.data),
    },
  }
}

/** What goes with a slip: each paper, and whether it lies there or is a file. */
const attachedTo = async (db: Ground['db'], dossier: DossierRow): Promise<string[]> =>
  handedIn(await componentsOf(db, dossier.id))
    .slice(0, 100)
    .map((row) => [row.name, onPaper(row) || 'bản điện tử'].join(', '))

/** Asking for an opinion passes the dossier to nobody: the slip says what is asked, until when, and what silence means. */
const questionSlip = async ({ db, dossier, tree, occasion }: Ground): Promise<Draft> => {
  const { at, by, data } = occasion
  const from = agencyId(tree, text(data.from) ?? dossier.resolving_unit)
  const silence = data.silence === 'AGREEMENT' ? SILENCE_WORDS.AGREEMENT : SILENCE_WORDS.ESCALATION
  const due = text(data.due)
  return {
    kind: 'transfer-slip',
    unit: from,
    data: {
      ...paperBase(dossier, tree, from, at),
      from: nameOf(tree, from),
      to: nameOf(tree, text(data.unit) ?? ''),
      role: 'consulted',
      work: `${text(data.reason) ?? ''} ${silence.vi}`.trim(),
      sentAt: toLocalIso(at),
      dueAt: due && toLocalIso(new Date(due)),
      finalDueAt: isoOf(dossier.due_at),
      attachments: await attachedTo(db, dossier),
      recipients: ['Như trên', 'Lưu: hồ sơ'],
      officer: by.name || nameOf(tree, from),
    },
  }
}

const transferSlip = async (ground: Ground): Promise<Draft> => {
  const { db, dossier, tree, occasion } = ground
  const { step, at, by } = occasion
  if (occasion.type === 'opinion-asked') return questionSlip(ground)
  if (!step) throw new Error('a transfer slip without its step')
  const { task } = step
  const from = agencyId(tree, step.from)
  const to = agencyId(tree, task.unit)
  return {
    kind: 'transfer-slip',
    unit: from,
    data: {
      ...paperBase(dossier, tree, from, at),
      from: nameOf(tree, from),
      to: nameOf(tree, to),
      role: to === agencyId(tree, dossier.resolving_unit) ? 'lead' : 'participant',
      work: task.name,
      sentAt: toLocalIso(at),
      dueAt: isoOf(task.dueAt),
      finalDueAt: isoOf(dossier.due_at),
      limit: task.hours === null ? null : `${String(task.hours).replace('.', ',')} giờ làm việc`,
      attachments: await attachedTo(db, dossier),
      recipients: ['Như trên', nameOf(tree, dossier.receiving_centre), 'Lưu: hồ sơ'],
      officer: by.name || nameOf(tree, from),
    },
  }
}

/** How each paper is made from what happened. */
export const DRAFTS: Readonly<Record<IssuedForm, (ground: Ground) => Draft | Promise<Draft>>> = {
  'form-01': form01,
  'form-02': form02,
  'form-03': form03,
  'form-04': form04,
  'form-05': form05,
  handover: receipt,
  'payment-notice': paymentNotice,
  'return-minutes': returnMinutes,
  'result-error': resultError,
  'lost-papers': lostPapers,
  'transfer-slip': transferSlip,
}
