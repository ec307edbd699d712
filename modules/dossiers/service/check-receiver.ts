import { Refusal } from '#platform/errors.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { personalIdProblem, whyPersonalId } from '../rules.ts'
import type { ActInput, Acting } from './acting.ts'

type Receiver = NonNullable<ActInput['receiver']>

/** Who takes the result: by the slip or by the card; anybody but the owner needs a paper (Article 6(2)(b, c), Decree 118/2025). */
export const checkReceiver = ({ dossier, now, deps }: Acting, receiver: Receiver): void => {
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
  const known = dossier.representative !== null && receiver.relation === 'representative'
  const needsPaper = receiver.relation === 'representative' || receiver.relation === 'family'
  if (needsPaper && !known && !receiver.authorisationPaper)
    throw new Refusal('dossiers.receiver-not-entitled')
}
