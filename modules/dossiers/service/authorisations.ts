import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract/authorisations.ts'
import type { Intake } from '../contract/intake.ts'
import type { Party, Representative } from '../contract/vocabulary.ts'
import { SCOPE, uncoveredBy } from '../rules/authorisation.ts'
import {
  type AuthorisationKey,
  type AuthorisationRow,
  authorisationsOf,
  endAuthorisationRow,
  lockAuthorisation,
  type NewAuthorisation,
} from '../store/authorisations.ts'
import { type DossierDeps, eventActor } from './deps.ts'
import { momentInWords } from './words.ts'

type Asked = { actor: StaffActor }

/** Who receives or returns has people before them who show papers. */
const DESK = ['RECEPTION', 'NON_TERRITORIAL', 'RETURN_DESK']
const assertAtDesk = ({ grants }: StaffActor): void => {
  if (!grants.some(({ role }) => DESK.includes(role))) throw new Refusal('platform.forbidden')
}

const partyOf = ({
  kind,
  name,
  personalId,
  birthDate,
  gender,
  phone,
  email,
  address,
  commune,
}: Party): Party => ({
  ...{ kind, name, personalId, birthDate, gender, phone, email, address, commune },
})

/** A paper is known again by both numbers and its own; without one of them it is of this dossier alone. */
export const keyOfIntake = ({
  owner,
  representative,
}: Pick<Intake, 'owner' | 'representative'>): AuthorisationKey | undefined => {
  const { personalId = '', paperNumber = '', paper } = representative ?? {}
  const owns = owner.personalId ?? ''
  if (!paper || personalId === '' || paperNumber === '' || owns === '') return undefined
  return { owner_number: owns, representative_number: personalId, paper, paper_number: paperNumber }
}

export const newAuthorisation = (
  { owner, representative }: Pick<Intake, 'owner' | 'representative'>,
  { actor, at }: { actor: Pick<StaffActor, 'id' | 'name'>; at: Date },
): NewAuthorisation | undefined => {
  const key = keyOfIntake({ owner, representative })
  if (!key || !representative) return undefined
  return {
    ...key,
    id: newId(),
    owner_kind: owner.kind,
    owner_name: owner.name,
    owner: partyOf(owner),
    representative_name: representative.name,
    representative: partyOf(representative),
    paper_date: representative.paperDate ?? null,
    scope: representative.scope ?? SCOPE,
    procedures: representative.procedures ?? [],
    valid_from: representative.validFrom ?? null,
    valid_to: representative.validUntil ?? null,
    recorded_at: at.toISOString(),
    recorded_by: actor.id,
    recorded_by_name: actor.name,
  }
}

/** As the rules read it; the kept record is newer than what the dossier holds. */
export const termsOf = (
  kept: AuthorisationRow,
): Pick<Representative, 'scope' | 'procedures' | 'validFrom' | 'validUntil'> => ({
  scope: kept.scope,
  procedures: kept.procedures,
  ...(kept.valid_from === null ? {} : { validFrom: kept.valid_from }),
  ...(kept.valid_to === null ? {} : { validUntil: kept.valid_to }),
})

const viewOf = (row: AuthorisationRow): Output<typeof op.findAuthorisations>['items'][number] => ({
  id: row.id,
  owner: row.owner,
  representative: row.representative,
  paper: row.paper,
  paperNumber: row.paper_number,
  paperDate: row.paper_date,
  scope: row.scope,
  procedures: row.procedures,
  validFrom: row.valid_from,
  validUntil: row.valid_to,
  recordedAt: toLocalIso(row.recorded_at),
  recordedBy: row.recorded_by_name,
})

export const createAuthorisations = (deps: DossierDeps) => ({
  find: async (
    { representative, procedure }: Input<typeof op.findAuthorisations>,
    { actor }: Asked,
  ): Promise<Output<typeof op.findAuthorisations>> => {
    assertAtDesk(actor)
    const day = localDateOf(deps.clock.now())
    const rows = await authorisationsOf(deps.db, representative, day)
    const items = rows
      .filter(
        (row) =>
          procedure === undefined ||
          uncoveredBy(termsOf(row), { part: 'submit', procedure, day }) === undefined,
      )
      .map(viewOf)
    await deps.recordAccess({
      actor: { kind: 'staff', id: actor.id, name: actor.name },
      subject: { kind: 'account', id: actor.id },
      fields: [`authorisations:${items.length}`],
      purpose: 'Tìm giấy ủy quyền đã xuất trình',
    })
    return { items }
  },

  end: ({ authorisation: id, reason }: Input<typeof op.endAuthorisation>, { actor }: Asked) => {
    assertAtDesk(actor)
    return inTransaction(deps.db, async (tx): Promise<Output<typeof op.endAuthorisation>> => {
      const row = await lockAuthorisation(tx, id)
      if (!row) throw new Refusal('dossiers.unknown-authorisation')
      if (row.ended_at !== null)
        throw new Refusal('dossiers.authorisation-ended', {
          name: row.representative_name,
          when: momentInWords(row.ended_at),
        })
      const at = deps.clock.now()
      await endAuthorisationRow(tx, id, { at, by: actor.id, name: actor.name, reason })
      await deps.log.append(tx, [
        {
          type: 'authorisation-ended',
          at,
          actor: eventActor(actor),
          subject: { kind: 'authorisation', id },
          data: { reason },
        },
      ])
      return { id, endedAt: toLocalIso(at) }
    })
  },
})
