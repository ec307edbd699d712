import { v7 as newId } from 'uuid'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { createBatch } from '../contract/batch.ts'
import { insertBatch, takeBatchNumber } from '../store/batches.ts'
import type { createAccept, IntakeItem } from './accept.ts'
import type { Asked, DossierDeps } from './deps.ts'
import { type createPrepareIntake, type Prepared, RECEIVES } from './prepare-intake.ts'

type Accept = Pick<ReturnType<typeof createAccept>, 'together' | 'assertReady'>

/** Says which of the items a refusal is about; its words stay. */
const ofItem = async <T>(item: number, work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.code, { ...error.details, item })
    throw error
  }
}

const accepted = (prepared: Prepared): IntakeItem => ({
  prepared,
  end: { kind: 'accepted' },
  remember: undefined,
})

/** Several dossiers of one applicant: all or none, in one transaction. */
export const createBatchIntake =
  (deps: DossierDeps, prepare: ReturnType<typeof createPrepareIntake>, accept: Accept) =>
  async (
    { items, ...shared }: Input<typeof createBatch>,
    { actor, idempotency }: Asked,
  ): Promise<Output<typeof createBatch>> => {
    const wanted = items.flatMap(({ copies, ...item }, i) =>
      Array.from({ length: copies }, () => ({ item: i + 1, intake: { ...shared, ...item } })),
    )
    const prepared: { item: number; prepared: Prepared }[] = []
    for (const { item, intake } of wanted) {
      const one = await ofItem(item, prepare(intake, actor, RECEIVES))
      await ofItem(item, accept.assertReady(accepted(one)))
      prepared.push({ item, prepared: one })
    }
    return accept.together(
      prepared.map((one) => accepted(one.prepared)),
      async (tx, answers) => {
        const at = deps.clock.now()
        const year = Number(localDateOf(at).slice(0, 4))
        const batch = newId()
        const number = await takeBatchNumber(tx, shared.receivingCentre, year)
        await insertBatch(
          tx,
          {
            ...{ id: batch, centre: shared.receivingCentre, year, number, at },
            ...{ by_account: actor.id, by_name: actor.name },
          },
          prepared.map((one) => one.prepared.id),
        )
        const answer = {
          batch,
          number: `${number}/${year}`,
          items: answers.map((one, i) => ({
            ...one,
            item: prepared[i]?.item ?? 1,
            procedure: prepared[i]?.prepared.procedure.code ?? '',
            name:
              prepared[i]?.prepared.procedure.plainName ?? prepared[i]?.prepared.procedure.content.name ?? '',
          })),
        }
        await idempotency?.remember(tx, answer)
        return answer
      },
    )
  }
