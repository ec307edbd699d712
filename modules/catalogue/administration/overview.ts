import type { Actor } from '#modules/identity/contract.ts'
import { refuse } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import * as contract from '../contract.ts'
import * as store from '../store.ts'
import { detailOf } from '../views.ts'
import { assertAdmin, authorOf, type Shared } from './shared.ts'

/** What stands behind a procedure, for its administrators. */
export const createOverview = ({ db, memory, getVersion, today }: Shared) => {
  const rowOf = (
    { id, code, name, state, decisionNo, decisionDate, from, to, author, createdAt }: store.VersionListing,
    actor: Actor,
  ): contract.VersionRow => ({
    ...{ id, code, name, state, decisionNo, decisionDate, effectiveFrom: from, effectiveTo: to },
    createdAt: createdAt.toISOString(),
    mine: author === authorOf(actor),
  })

  const administrationOf = async (
    { code }: Input<typeof contract.getProcedureAdministration>,
    actor: Actor,
  ): Promise<Output<typeof contract.getProcedureAdministration>> => {
    assertAdmin(actor)
    const [versions, limits, marks] = await Promise.all([
      store.listVersions(db, { code }),
      store.listLimitRows(db, code),
      store.listMarkRows(db, code),
    ])
    if (versions.length === 0)
      return refuse(contract.getProcedureAdministration, 'catalogue.unknown-procedure', { code })
    const { limits: shape } = contract.getProcedureAdministration.output.shape
    return {
      versions: versions.map((version) => rowOf(version, actor)),
      // Check constraints hold exactly the members of these types; parsing says so to the compiler.
      limits: shape.parse(limits),
      marks: marks.map((mark) => ({ ...mark, decidedAt: mark.decidedAt.toISOString() })),
    }
  }

  const inPreparation = async (
    { limit }: Input<typeof contract.listVersionsInPreparation>,
    actor: Actor,
  ): Promise<Output<typeof contract.listVersionsInPreparation>> => {
    assertAdmin(actor)
    const versions = await store.listVersions(db, { states: ['DRAFT', 'CHECKED'], limit })
    return { items: versions.map((version) => rowOf(version, actor)) }
  }

  const readVersion = async (
    { id }: Input<typeof contract.getProcedureVersion>,
    actor: Actor,
  ): Promise<contract.ProcedureDetail> => {
    assertAdmin(actor)
    const version = await getVersion(id)
    const snapshot = await memory.current()
    return detailOf(version, snapshot.on(today()).entries.get(version.code), snapshot)
  }

  return { administrationOf, inPreparation, readVersion }
}
