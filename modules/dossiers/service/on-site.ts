import type { StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { addDays, toLocalIso } from '#platform/time/vietnam.ts'
import type { getOnSiteShare, getSealRegister } from '../contract/papers.ts'
import { onSiteCounts, type SealUse, sealUses } from '../views/on-site.ts'
import { mayReadSeal, READERS_OF } from './books.ts'
import type { DossierDeps } from './deps.ts'
import { letterhead, nameOf } from './paper-parts.ts'
import { holdsAt } from './rights.ts'

/** A year at most, forwards. */
export const assertPeriod = ({ from, to }: { from: string; to: string }): void => {
  if (to < from || to > addDays(from, 366)) throw new Refusal('dossiers.period-too-long')
}

/** What agencies have done at a centre: their second seals, and how much of the work is done on the spot. */
export const createOnSite = (deps: DossierDeps) => ({
  sealRegister: async (
    { seal: id, from, to }: Input<typeof getSealRegister>,
    actor: StaffActor,
  ): Promise<Buffer> => {
    const tree = await deps.tree()
    const seal = tree.signing.everySeal.get(id)
    if (!seal || !mayReadSeal(actor, tree, seal)) throw new Refusal('dossiers.unknown-seal')
    assertPeriod({ from, to })
    const uses = await sealUses(deps.db, id, from, to)
    const tasks = await deps.workflow.tasksOfSubjects(
      deps.db,
      uses.map((use) => use.id),
    )
    const signerOf = (use: SealUse): string | undefined =>
      tasks.get(use.id)?.findLast(({ action, outcome }) => action === 'approve' && outcome === 'completed')
        ?.closedBy?.name
    return deps.documents.renderPaper('seal-register', {
      letterhead: letterhead(tree, seal.centre),
      issuedAt: toLocalIso(deps.clock.now()),
      sample: uses.some(({ sample }) => sample),
      scope: nameOf(tree, seal.centre),
      agency: nameOf(tree, seal.unit),
      seal: seal.label,
      keeper: seal.keeper,
      ...{ from, to },
      rows: uses.map((use) => ({
        dossierCode: use.code,
        procedure: use.procedure,
        applicant: use.owner,
        at: toLocalIso(use.issued_at),
        result: use.number,
        resultOn: use.date,
        signer: [...(use.signed_as ?? []), signerOf(use)].filter(Boolean).join(' ') || null,
        edition: use.edition,
        note: use.reason,
      })),
      officer: actor.name,
    })
  },

  share: async (
    { centre, from, to }: Input<typeof getOnSiteShare>,
    { actor }: { actor: StaffActor },
  ): Promise<Output<typeof getOnSiteShare>> => {
    const tree = await deps.tree()
    if (!tree.centres.has(centre) || !holdsAt(actor, tree, READERS_OF.onSite, centre))
      throw new Refusal('dossiers.unknown-centre', { centre })
    assertPeriod({ from, to })
    return onSiteCounts(deps.db, centre, from, to)
  },
})
