import type { Actor } from '#modules/identity/contract.ts'
import { type Db, inTransaction, violates } from '#platform/db/connect.ts'
import { refuse } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import * as contract from '../contract.ts'
import * as store from '../store.ts'
import { assertAdmin, authorOf, type Shared } from './shared.ts'

/** A draft is checked and published by somebody else than its author; a published version ends on a day. */
export const createPublication = ({ db, clock, change, record }: Shared) => {
  const lockIn = async (
    tx: Db,
    id: string,
    states: readonly store.VersionState[],
  ): Promise<store.VersionHead> => {
    const head = await store.lockVersion(tx, id)
    if (!head) return refuse(contract.publishVersion, 'catalogue.unknown-version', { version: id })
    if (!states.includes(head.state)) {
      return refuse(contract.publishVersion, 'catalogue.wrong-state', { version: id, state: head.state })
    }
    return head
  }

  const check = async (
    { id }: Input<typeof contract.checkVersion>,
    actor: Actor,
  ): Promise<Output<typeof contract.checkVersion>> => {
    assertAdmin(actor)
    return inTransaction(db, async (tx) => {
      const head = await lockIn(tx, id, ['DRAFT'])
      if (head.author === authorOf(actor)) refuse(contract.checkVersion, 'catalogue.same-person')
      await store.updateState(tx, id, { state: 'CHECKED', checker: authorOf(actor) })
      await record(tx, actor, [{ type: 'procedure-version-checked', code: head.code, data: { version: id } }])
      return { id, code: head.code, state: 'CHECKED' as const }
    })
  }

  const publish = async (
    { id, effectiveFrom }: Input<typeof contract.publishVersion>,
    actor: Actor,
  ): Promise<Output<typeof contract.publishVersion>> => {
    assertAdmin(actor)
    const operation = contract.publishVersion
    try {
      return await change(async (tx) => {
        const head = await lockIn(tx, id, ['CHECKED'])
        if (head.author === authorOf(actor)) refuse(operation, 'catalogue.same-person')
        const open = await store.lockOpenVersion(tx, head.code)
        if (open) {
          if (open.from !== null && open.from >= effectiveFrom) {
            refuse(operation, 'catalogue.effective-date-taken', { code: head.code, from: open.from })
          }
          await store.updateState(tx, open.id, { state: 'AMENDED', to: effectiveFrom })
        }
        await store.updateState(tx, id, {
          state: 'PUBLISHED',
          from: effectiveFrom,
          publisher: authorOf(actor),
          publishedAt: clock.now(),
        })
        await record(tx, actor, [
          {
            type: 'procedure-version-published',
            code: head.code,
            data: {
              version: id,
              effectiveFrom,
              decisionNo: head.decisionNo,
              amends: open?.id ?? null,
            },
          },
        ])
        return { id, code: head.code, state: 'PUBLISHED' as const }
      })
    } catch (error) {
      if (violates(error, 'procedure_version_one_in_force')) {
        return refuse(operation, 'catalogue.effective-date-taken', { from: effectiveFrom })
      }
      throw error
    }
  }

  const repeal = async (
    { id, effectiveTo, decisionNo }: Input<typeof contract.repealVersion>,
    actor: Actor,
  ): Promise<Output<typeof contract.repealVersion>> => {
    assertAdmin(actor)
    return change(async (tx) => {
      const head = await lockIn(tx, id, ['PUBLISHED'])
      if (head.from !== null && head.from >= effectiveTo) {
        refuse(contract.repealVersion, 'catalogue.effective-date-taken', { code: head.code, from: head.from })
      }
      await store.updateState(tx, id, { state: 'REPEALED', to: effectiveTo, repealDecision: decisionNo })
      await record(tx, actor, [
        {
          type: 'procedure-version-repealed',
          code: head.code,
          data: {
            version: id,
            effectiveTo,
            decisionNo,
          },
        },
      ])
      return { id, code: head.code, state: 'REPEALED' as const }
    })
  }

  return { check, publish, repeal }
}
