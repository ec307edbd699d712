import { Refusal } from '#platform/errors.ts'
import { fold } from '#platform/text/fold.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { Representative } from '../contract/vocabulary.ts'
import { SCOPE, SCOPE_WORDS, uncoveredBy } from '../rules/authorisation.ts'
import { personalIdProblem, whyPersonalId } from '../rules.ts'
import { type AuthorisationRow, findAuthorisation } from '../store/authorisations.ts'
import type { DossierRow } from '../store/dossiers.ts'
import type { ActInput, Acting } from './acting.ts'
import { termsOf } from './authorisations.ts'
import { dayWords, momentInWords } from './words.ts'

type Receiver = NonNullable<ActInput['receiver']>

export const scopeInWords = (scope: Representative['scope']) => ({
  vi: `chỉ ghi: ${(scope ?? SCOPE).map((part) => SCOPE_WORDS[part].vi).join(', ')}`,
  en: `only: ${(scope ?? SCOPE).map((part) => SCOPE_WORDS[part].en).join(', ')}`,
})

/**
 * Why the representative of a dossier may not take its result today; undefined where they may. What was kept of the paper counts
 * before what the dossier says: it may have been shown again, or taken back.
 */
export const refuseRepresentative = (
  { representative, procedure_code: procedure }: Pick<DossierRow, 'representative' | 'procedure_code'>,
  kept: AuthorisationRow | undefined,
  now: Date,
): Refusal | undefined => {
  if (!representative) return undefined
  const { name } = representative
  if (kept?.ended_at)
    return new Refusal('dossiers.authorisation-ended', { name, when: momentInWords(kept.ended_at) })
  const terms = kept ? termsOf(kept) : representative
  const why = uncoveredBy(terms, { part: 'receive', procedure, day: localDateOf(now) })
  if (why === 'expired')
    return new Refusal('dossiers.authorisation-over', { name, date: dayWords(terms.validUntil ?? '') })
  return why === undefined
    ? undefined
    : new Refusal('dossiers.authorisation-not-for-receiving', { name, scope: scopeInWords(terms.scope) })
}

/** The one who was named at the intake: by the number where both are known, else by the name. */
const isNamed = (person: Representative, { name, personalId }: Receiver): boolean => {
  const shown = personalId?.replace(/\D/g, '') ?? ''
  return person.personalId && shown !== '' ? person.personalId === shown : fold(person.name) === fold(name)
}

/** Who takes the result: by the slip or by the card; anybody but the owner needs a paper (Article 6(2)(b, c), Decree 118/2025). */
export const checkReceiver = async (
  { tx, dossier, now, deps }: Acting,
  receiver: Receiver,
): Promise<void> => {
  const id = receiver.personalId?.replace(/\D/g, '') ?? ''
  if (!receiver.slipShown && id === '') throw new Refusal('dossiers.receiver-required')
  if (id !== '') {
    const year = Number(localDateOf(now).slice(0, 4))
    const problem = personalIdProblem(id, { year, samplesAllowed: deps.samples })
    if (problem)
      throw new Refusal('dossiers.invalid-personal-id', {
        whose: { vi: 'người nhận', en: 'the receiver' },
        why: whyPersonalId(problem),
      })
  }
  // A paper that is shown now is looked at by the officer; only what was kept can be looked at here.
  if (receiver.authorisationPaper || receiver.relation === 'owner' || receiver.relation === 'postal') return
  const { representative } = dossier
  const known =
    representative !== null && receiver.relation === 'representative' && isNamed(representative, receiver)
  if (!known) throw new Refusal('dossiers.receiver-not-entitled')
  const kept =
    dossier.authorisation_id === null ? undefined : await findAuthorisation(tx, dossier.authorisation_id)
  const refusal = refuseRepresentative(dossier, kept, now)
  if (refusal) throw refusal
}
