import type { Tree } from '#modules/organisation/rules.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { IntakeGroup } from '../contract/group-view.ts'
import type * as op from '../contract.ts'
import { type DeadlineDates, deadlineFrom } from '../rules/deadlines.ts'
import { groupOf } from '../rules/group.ts'
import { lifeRulesOn } from '../rules/life-rules.ts'
import type { DeadlineKind } from '../rules.ts'
import { deleteDraft, draftsOf, saveDraftRow } from '../store/drafts.ts'
import type { createAccept, IntakeAnswer, IntakeEnd } from './accept.ts'
import { explainDeadline } from './deadline.ts'
import type { Asked, DossierDeps } from './deps.ts'
import { feeLines } from './fee-lines.ts'
import { type FeesShown, feesOfMembers } from './group-fees.ts'
import type { createPapers } from './papers.ts'
import {
  type createPrepareIntake,
  intakeProblems,
  type Prepared,
  RECEIVES,
  RECORDS_ARRIVALS,
} from './prepare-intake.ts'

const DRAFT_LIMIT = 200_000

type IntakeDeps = DossierDeps & {
  prepare: ReturnType<typeof createPrepareIntake>
  accept: ReturnType<typeof createAccept>
  papers: ReturnType<typeof createPapers>
}

const feesOf = (prepared: Prepared | undefined): FeesShown => {
  if (!prepared) return { lines: [], total: null }
  if (prepared.isGroup) return feesOfMembers(prepared.members, prepared.intake.channel)
  return { lines: feeLines(prepared.fees), total: prepared.fees.total }
}

const groupOfIntake = (procedure: string, prepared: Prepared | undefined, tree: Tree): IntakeGroup | null => {
  const group = groupOf(procedure)
  if (!group) return null
  const units = new Map(prepared?.members.map(({ member, unit }) => [member.key, unit]))
  return {
    legalBasis: group.legalBasis,
    members: group.members.map(({ key, procedure: code, name, after }) => ({
      ...{ key, procedure: code, name },
      unit: tree.units.get(units.get(key) ?? '')?.name ?? null,
      after: group.members.flatMap((one) => (after.includes(one.key) ? [one.name] : [])),
    })),
  }
}

/** From what is typed at the counter, kept as a draft and looked at beforehand, to one of the four ends of an intake. */
export const createIntake = ({ prepare, accept, papers, ...deps }: IntakeDeps) => {
  const intake = async (
    input: Input<typeof op.createDossier>,
    { actor, idempotency }: Asked,
    end: IntakeEnd,
  ): Promise<IntakeAnswer> =>
    accept.one({
      prepared: await prepare(input, actor, end.kind === 'submitted' ? RECORDS_ARRIVALS : RECEIVES),
      end,
      remember: idempotency && ((answer) => idempotency.row(answer)),
    })

  /** The limit that begins with an intake that is not accepted at once. */
  const withDeadline = async <T>(
    kind: DeadlineKind,
    centre: string,
    work: (dates: DeadlineDates) => Promise<T>,
  ): Promise<T> => {
    const now = deps.clock.now()
    const [calendar, locals] = await Promise.all([deps.calendarFor(centre), deps.parameters()])
    return work(deadlineFrom(kind, calendar, now, lifeRulesOn(localDateOf(now), locals)))
  }

  return {
    create: (input: Input<typeof op.createDossier>, asked: Asked) =>
      intake(input, asked, { kind: 'accepted' }),

    submit: (input: Input<typeof op.submitDossier>, asked: Asked) =>
      withDeadline('INTAKE_CHECK', input.receivingCentre, ({ alarm, due }) =>
        intake(input, asked, { kind: 'submitted', alarm, deadline: due }),
      ),

    requestIntakeSupplement: async (input: Input<typeof op.requestIntakeSupplement>, asked: Asked) => {
      const answer = await withDeadline('APPLICANT', input.receivingCentre, ({ due }) =>
        intake(input, asked, {
          kind: 'incomplete',
          items: input.items,
          legalBasis: input.legalBasis ?? null,
          deadline: due,
        }),
      )
      await papers.issueDue(answer.code)
      return answer
    },

    refuseIntake: async (input: Input<typeof op.refuseIntake>, asked: Asked) => {
      const { reasonCode, reason, rightAuthority } = input
      if (reasonCode === 'WRONG_AUTHORITY' && !rightAuthority)
        throw new Refusal('dossiers.right-authority-required')
      const answer = await intake(input, asked, {
        kind: 'refused',
        reasonCode,
        reason,
        rightAuthority: rightAuthority ?? null,
      })
      await papers.issueDue(answer.code)
      return answer
    },

    preview: async (
      input: Input<typeof op.previewIntake>,
      { actor }: Asked,
    ): Promise<Output<typeof op.previewIntake>> => {
      const tree = await deps.tree()
      const now = deps.clock.now()
      const owner = input.owner ?? { kind: 'person' as const, name: '' }
      const full: Input<typeof op.createDossier> = {
        ...input,
        owner: { kind: owner.kind, name: owner.name, ...(owner.commune ? { commune: owner.commune } : {}) },
        submitter: undefined,
        representative: undefined,
        channel: input.channel ?? 'direct',
        components: input.components ?? [],
        resultReturn: input.resultReturn ?? { way: 'counter' },
        sets: input.sets ?? 1,
      }
      const prepared = await prepare(full, actor).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'dossiers.no-resolving-unit') return undefined
        throw error
      })
      const calendar = await deps.calendarFor(input.receivingCentre)
      const unit = prepared && tree.units.get(prepared.resolvingUnit)
      return {
        deadline: explainDeadline({ calendar, start: now, limit: prepared?.limit ?? null, now }),
        fees: feesOf(prepared),
        resolvingUnit: unit ? { id: unit.id, name: unit.name } : null,
        nonTerritorial: prepared?.nonTerritorial ?? false,
        group: groupOfIntake(input.procedure, prepared, tree),
        missing: prepared?.missing ?? [],
        problems: intakeProblems(
          { ...full, ...input, owner: input.owner ?? owner } as typeof full,
          now,
          deps.samples,
        ),
      }
    },

    saveDraft: async ({ id, content }: Input<typeof op.saveDraft>, { actor }: Asked) => {
      if (JSON.stringify(content).length > DRAFT_LIMIT) throw new Refusal('dossiers.draft-too-large')
      const savedAt = deps.clock.now()
      await saveDraftRow(deps.db, { id, account: actor.id, content, saved_at: savedAt })
      return { id, savedAt: toLocalIso(savedAt) }
    },
    listDrafts: async ({ actor }: Asked) => ({
      items: (await draftsOf(deps.db, actor.id)).map(({ id, content, saved_at }) => ({
        id,
        savedAt: toLocalIso(saved_at),
        // Written by `saveDraft` from an object of the contract.
        content: content as Record<string, unknown>,
      })),
    }),
    discardDraft: async ({ id }: Input<typeof op.discardDraft>, { actor }: Asked) => {
      await deleteDraft(deps.db, actor.id, id)
      return {}
    },
  }
}
