import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { createGroup } from '#platform/db/group.ts'
import { Refusal } from '#platform/errors.ts'
import { type IdempotencyRow, rememberAnswers } from '#platform/http/idempotency.ts'
import type { NewEvent } from '#platform/log/log.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { State } from '../contract/vocabulary.ts'
import { INTAKES } from '../rules.ts'
import { keepAuthorisations, keyOf } from '../store/authorisations.ts'
import { type NewDeadline, openDeadlines } from '../store/clock.ts'
import { takeBookNumbers, takeCodeNumbers } from '../store/codes.ts'
import { insertComponents, insertDossiers, type NewDossier } from '../store/dossiers.ts'
import { assertAttachable } from './attach.ts'
import { keyOfIntake, newAuthorisation } from './authorisations.ts'
import type { DossierDeps } from './deps.ts'
import { type Prepared, tokensOf } from './prepare-intake.ts'

export type IntakeAnswer = {
  code: string
  pin: string
  due: string | null
  state: State
  version: number
  tasks: string[]
}

/** How the intake ends: accepted with a process, or recorded without one: to be checked, incomplete or refused. */
export type IntakeEnd =
  | { kind: 'accepted' }
  | { kind: 'submitted'; alarm: Date | null; deadline: Date | null }
  | { kind: 'incomplete'; items: unknown; legalBasis: string | null; deadline: Date | null }
  | { kind: 'refused'; reasonCode: string; reason: string; rightAuthority: string | null }

export type IntakeItem = {
  prepared: Prepared
  end: IntakeEnd
  /** Made in the transaction, because the code is part of the answer. */
  remember: ((answer: IntakeAnswer) => IdempotencyRow) | undefined
}

/** `H49-261124-0007`: four digits, five beyond 9,999; the order by day and number holds within the day (QĐ 20/2020, NĐ 118 Đ28). */
const codeOf = ({ identifier, day }: Prepared, number: number): string =>
  `${identifier}-${day.slice(2, 4)}${day.slice(5, 7)}${day.slice(8, 10)}-${String(number).padStart(4, '0')}`

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null

type Numbered = {
  item: IntakeItem
  code: string
  book: number
  instance: string | null
  tasks: string[]
  authorisation: string | null
}

const rowOf = ({ item, code, book, instance, authorisation }: Numbered, samples: boolean): NewDossier => {
  const { prepared, end } = item
  const { intake, procedure } = prepared
  const accepted = end.kind === 'accepted'
  return {
    id: prepared.id,
    code,
    pin: prepared.pin,
    version: 1,
    state: INTAKES[end.kind].to,
    procedure_code: procedure.code,
    procedure_version: procedure.id,
    procedure_name: procedure.plainName ?? procedure.content.name,
    procedure_official_name: procedure.content.name,
    field: procedure.content.field,
    case_id: prepared.caseId,
    case_name: prepared.caseName,
    channel: intake.channel,
    receiving_centre: intake.receivingCentre,
    resolving_unit: prepared.resolvingUnit,
    returning_centre: prepared.returningCentre,
    return_way: intake.resultReturn.way,
    return_address: intake.resultReturn.address ?? null,
    owner: intake.owner,
    submitter: intake.submitter ?? null,
    representative: intake.representative ?? null,
    owner_name: intake.owner.name,
    owner_number: intake.owner.personalId || null,
    owner_phone: intake.owner.phone || null,
    search_tokens: tokensOf(intake),
    sets: intake.sets,
    note: intake.note ?? null,
    fees: prepared.fees,
    duration_amount: prepared.limit?.amount ?? null,
    duration_unit: prepared.limit?.unit ?? null,
    received_at: prepared.at.toISOString(),
    accepted_at: accepted ? prepared.at.toISOString() : null,
    clock_started_at: accepted ? prepared.at.toISOString() : null,
    due_at: accepted ? iso(prepared.due) : null,
    original_due_at: accepted ? iso(prepared.due) : null,
    due_provisional: accepted && prepared.provisional,
    supplement_items: end.kind === 'incomplete' ? { items: end.items, legalBasis: end.legalBasis } : null,
    supplement_deadline: end.kind === 'incomplete' ? iso(end.deadline) : null,
    intake_supplement_asked_at: end.kind === 'incomplete' ? prepared.at.toISOString() : null,
    ended_reason: end.kind === 'refused' ? end.reason : null,
    ended_basis: end.kind === 'refused' ? end.reasonCode : null,
    right_authority: end.kind === 'refused' ? end.rightAuthority : null,
    ended_at: end.kind === 'refused' ? prepared.at.toISOString() : null,
    intake_by: prepared.actor.id,
    intake_by_name: prepared.actor.name,
    instance,
    process_version: accepted ? prepared.processVersion : null,
    book_number: book,
    sample: samples,
    moved_at: prepared.at.toISOString(),
    is_group: prepared.isGroup,
    parent_id: prepared.parent?.id ?? null,
    member_key: prepared.parent?.member ?? null,
    result_with_parent: prepared.parent !== null,
    on_site: prepared.onSite,
    authorisation_id: authorisation,
  }
}

const eventOf = ({ item, code }: Numbered): NewEvent => {
  const { prepared, end } = item
  return {
    type: INTAKES[end.kind].event,
    at: prepared.at,
    actor: prepared.by,
    subject: { kind: 'dossier', id: prepared.id },
    data: {
      code,
      state: INTAKES[end.kind].to,
      procedure: prepared.procedure.code,
      case: prepared.caseId,
      channel: prepared.intake.channel,
      receivingCentre: prepared.intake.receivingCentre,
      resolvingUnit: prepared.resolvingUnit,
      returningCentre: prepared.returningCentre,
      ...(end.kind === 'accepted' ? { due: iso(prepared.due) } : {}),
      ...(end.kind === 'incomplete' ? { deadline: iso(end.deadline) } : {}),
      ...(end.kind === 'refused' ? { reasonCode: end.reasonCode, reason: end.reason } : {}),
      notify: INTAKES[end.kind].notify,
    },
  }
}

const answerOf = ({ item, code, tasks }: Numbered): IntakeAnswer => ({
  code,
  pin: item.prepared.pin,
  due: item.end.kind === 'accepted' && item.prepared.due ? toLocalIso(item.prepared.due) : null,
  state: INTAKES[item.end.kind].to,
  version: 1,
  tasks,
})

/** What is not accepted at once has a limit of reception or of the applicant. */
const deadlineOf = ({ prepared, end }: IntakeItem): NewDeadline[] => {
  if (end.kind !== 'submitted' && end.kind !== 'incomplete') return []
  const kind = INTAKES[end.kind].opens
  const alarm = end.kind === 'submitted' ? end.alarm : end.deadline
  return [{ dossier: prepared.id, kind, from: prepared.at, alarm, due: end.deadline }]
}

/**
 * Intakes that arrive while a commit is in flight are written together: numbers, dossiers, papers, processes with their first
 * tasks, events and first answers of a whole batch in one transaction. One that fails is tried again alone.
 */
export const createAccept = (deps: DossierDeps) => {
  const write = async (tx: Tx, items: readonly IntakeItem[]): Promise<IntakeAnswer[]> => {
    const numbers = await takeCodeNumbers(
      tx,
      items.map(({ prepared }) => prepared),
    )
    const books = await takeBookNumbers(
      tx,
      items.map(({ prepared }) => ({
        centre: prepared.intake.receivingCentre,
        year: Number(prepared.day.slice(0, 4)),
      })),
    )
    const authorisations = await keepAuthorisations(
      tx,
      items.flatMap(
        ({ prepared }) => newAuthorisation(prepared.intake, { actor: prepared.actor, at: prepared.at }) ?? [],
      ),
    )
    const accepted = items.filter(({ end }) => end.kind === 'accepted')
    const started = await deps.workflow.startInstances(
      tx,
      accepted.map(({ prepared }) => ({
        subject: { kind: 'dossier', id: prepared.id },
        version: prepared.processVersion,
        places: {
          receivingCentre: prepared.intake.receivingCentre,
          resolvingAgency: prepared.resolvingUnit,
          returningPlace: prepared.returningCentre,
        },
        facts: {
          case: prepared.caseId,
          procedure: prepared.procedure.code,
          channel: prepared.intake.channel,
          fees: prepared.fees.total,
          nonTerritorial: prepared.nonTerritorial,
        },
        at: prepared.at,
      })),
    )
    const instances = new Map(accepted.map((item, i) => [item, started[i]]))
    const numbered = items.map(
      (item, i): Numbered => ({
        item,
        code: codeOf(item.prepared, numbers[i] ?? 0),
        book: books[i] ?? 0,
        instance: instances.get(item)?.instance ?? null,
        tasks: instances.get(item)?.opened.map(({ id }) => id) ?? [],
        authorisation: authorisations.get(keyOf(keyOfIntake(item.prepared.intake))) ?? null,
      }),
    )
    await insertDossiers(
      tx,
      numbered.map((one) => rowOf(one, deps.samples)),
    )
    await insertComponents(
      tx,
      items.flatMap(({ prepared }) =>
        prepared.components.map((row) => ({ dossier_id: prepared.id, ...row })),
      ),
    )
    await openDeadlines(tx, items.flatMap(deadlineOf))
    await deps.log.append(tx, numbered.map(eventOf))
    const answers = numbered.map(answerOf)
    await rememberAnswers(
      tx,
      items.flatMap(({ remember }, i) => {
        const answer = answers[i]
        return remember && answer ? [remember(answer)] : []
      }),
    )
    return answers
  }

  const group = createGroup<IntakeItem, IntakeAnswer>({
    lanes: 2,
    maxBatch: 64,
    run: (items) => inTransaction(deps.db, (tx) => write(tx, items)),
  })

  /** Nothing is written for an item that lacks papers or names files of others. */
  const assertReady = async ({ prepared, end }: IntakeItem): Promise<void> => {
    if (end.kind === 'accepted' && prepared.missing.length > 0) {
      throw new Refusal('dossiers.missing-components', {
        count: prepared.missing.length,
        names: prepared.missing.map(({ name }) => `"${name.slice(0, 80)}"`).join(', '),
        missing: prepared.missing,
      })
    }
    await assertAttachable(
      deps,
      prepared.components.flatMap((row) => row.files),
      prepared.actor.id,
    )
  }

  const one = async (item: IntakeItem): Promise<IntakeAnswer> => {
    await assertReady(item)
    return group.submit(item)
  }
  /** All of them or none, with what the caller writes beside. */
  const together = <T>(
    items: readonly IntakeItem[],
    finish: (tx: Tx, answers: readonly IntakeAnswer[]) => Promise<T>,
  ): Promise<T> => inTransaction(deps.db, async (tx) => finish(tx, await write(tx, items)))
  return { one, together, assertReady }
}
