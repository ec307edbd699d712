import { Refusal } from '#platform/errors.ts'
import { type Acting, type Effect, reasonOf, required } from '../acting.ts'

/** The applicant's silence or wish, or the authority's decision, ends the process with its open tasks. */
const endProcess = async ({ tx, deps, dossier, actor, now }: Acting): Promise<void> => {
  if (dossier.instance === null) return
  await deps.workflow.cancelInstances(tx, [
    { subject: { kind: 'dossier', id: dossier.id }, at: now, by: { id: actor.id, name: actor.name } },
  ])
}

const ending = async (acting: Acting, reason: string, basis: string | null): Promise<Effect> => {
  await endProcess(acting)
  const { handedBack } = acting.input
  return {
    patch: {
      ended_reason: reason,
      ended_basis: basis,
      ended_at: acting.now,
      handed_back: handedBack === undefined ? null : JSON.stringify(handedBack),
    },
    data: {
      reason,
      legalBasis: basis,
      handedBack: (handedBack ?? []).map(({ what, originals }) => ({ what, originals })),
    },
  }
}

export const refuseIntake = (acting: Acting): Effect => {
  const { reasonCode, rightAuthority } = acting.input
  const reason = reasonOf(acting)
  if (reasonCode === 'WRONG_AUTHORITY' && !rightAuthority)
    throw new Refusal('dossiers.right-authority-required')
  return {
    patch: {
      ended_reason: reason,
      ended_basis: reasonCode ?? 'OTHER',
      right_authority: rightAuthority ?? null,
      ended_at: acting.now,
    },
    data: { reason, reasonCode: reasonCode ?? 'OTHER', rightAuthority: rightAuthority ?? null },
  }
}

export const closeUnsupplemented = (acting: Acting): Promise<Effect> =>
  ending(
    acting,
    acting.input.reason ?? `Quá ${acting.rules.closeAfter} ngày không bổ sung hồ sơ`,
    'Điều 19 khoản 5 Nghị định 118/2025/NĐ-CP',
  )

export const withdraw = (acting: Acting): Promise<Effect> =>
  ending(acting, reasonOf(acting), 'Điều 21 Nghị định 118/2025/NĐ-CP')

export const stop = (acting: Acting): Promise<Effect> =>
  ending(acting, reasonOf(acting), required(acting.input.legalBasis, 'dossiers.reason-required'))

/** What ended without a result is checked anew under its own code; what it was ended with stays in the log. */
export const reopen = (acting: Acting): Effect => ({
  patch: {
    ...{ ended_reason: null, ended_basis: null, ended_at: null, right_authority: null, handed_back: null },
    supplement_deadline: null,
  },
  data: {
    reason: reasonOf(acting),
    legalBasis: required(acting.input.legalBasis, 'dossiers.basis-required'),
    endedBefore: acting.dossier.state,
  },
})
