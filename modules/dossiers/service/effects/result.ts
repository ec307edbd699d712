import { v7 as newId } from 'uuid'
import { violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { findResult, insertHandover, insertResult, type NewResult } from '../../store/results.ts'
import { type Acting, type Effect, reasonOf, required } from '../acting.ts'
import { checkReceiver } from '../check-receiver.ts'
import { resultInFuture } from '../words.ts'

export const handOver = async (acting: Acting): Promise<Effect> => {
  const { tx, dossier, input, actor, now } = acting
  const receiver = required(input.receiver, 'dossiers.receiver-required')
  await checkReceiver(acting, receiver)
  const way = input.way ?? dossier.return_way
  await insertHandover(tx, {
    dossier_id: dossier.id,
    at: now,
    by_account: actor.id,
    by_name: actor.name,
    receiver_name: receiver.name,
    receiver_number: receiver.personalId ?? null,
    relation: receiver.relation,
    authorisation_paper: receiver.authorisationPaper ?? null,
    slip_shown: receiver.slipShown,
    way,
  })
  await completeReturnTask(acting)
  return {
    patch: { returned_at: now, ended_at: now },
    data: { relation: receiver.relation, way, slipShown: receiver.slipShown },
  }
}

const completeReturnTask = async ({ tx, deps, dossier, actor, now }: Acting): Promise<void> => {
  const tasks = (await deps.workflow.tasksOfSubjects(tx, [dossier.id])).get(dossier.id) ?? []
  const open = tasks.find(
    (task) => task.action === 'return' && (task.state === 'open' || task.state === 'claimed'),
  )
  if (!open) return
  const by = { id: actor.id, name: actor.name }
  const [moved] = await deps.workflow.moveTasks(tx, [
    { task: open.id, by, at: now, act: { kind: 'complete', opinion: null, hasResult: true, signed: true } },
  ])
  if (moved && !moved.ok) throw new Refusal(moved.refusal.code, moved.refusal.details)
}

export const correctResult = async (acting: Acting): Promise<Effect> => {
  const { tx, dossier, input, actor, now } = acting
  const result = required(input.result, 'dossiers.result-required')
  const reason = reasonOf(acting)
  const today = localDateOf(now)
  const date = result.date ?? today
  if (date > today) throw new Refusal('dossiers.date-in-future', resultInFuture(today))
  const number = required(result.number, 'dossiers.result-required')
  const before = await findResult(tx, dossier.id)
  await registerCorrection(acting, {
    id: newId(),
    dossier_id: dossier.id,
    edition: (before?.edition ?? 0) + 1,
    unit: before?.unit ?? dossier.resolving_unit,
    year: Number(date.slice(0, 4)),
    number,
    date,
    summary: result.summary ?? null,
    outcome: dossier.outcome ?? 'GRANTED',
    signer: before?.signer ?? null,
    signed_as: before?.signed_as ? JSON.stringify(before.signed_as) : null,
    seal: before?.seal ?? null,
    file: result.file ?? null,
    issued_at: now,
    issued_by: actor.id,
    reason,
  })
  return { patch: {}, data: { number, date, reason } }
}

const registerCorrection = async ({ tx, tree }: Acting, row: NewResult): Promise<void> => {
  await insertResult(tx, row).catch((error: unknown) => {
    if (!violates(error, 'dossier_result_number_once')) throw error
    const { number, year, unit } = row
    throw new Refusal('dossiers.result-number-taken', {
      ...{ number, year },
      unit: tree.units.get(unit)?.name ?? unit,
    })
  })
}
