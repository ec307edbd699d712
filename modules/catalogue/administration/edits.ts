import { v7 } from 'uuid'
import type { Actor } from '#modules/identity/contract.ts'
import { violates } from '#platform/db/connect.ts'
import { refuse } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { Input, Output } from '#platform/operation.ts'
import * as contract from '../contract.ts'
import { durationFor, totalProcessHours } from '../rules/durations.ts'
import * as store from '../store.ts'
import { assertAdmin, authorOf, type Shared } from './shared.ts'

/** What is changed beside the published versions: names, limits, marks on papers. */
export const createEdits = ({ clock, memory, versionOn, today, change, record }: Shared) => {
  const editNames = async (
    { code, version, plainName, synonyms }: Input<typeof contract.editProcedureNames>,
    actor: Actor,
  ): Promise<Output<typeof contract.editProcedureNames>> => {
    assertAdmin(actor)
    if (!(await memory.current()).versions.has(code)) {
      refuse(contract.editProcedureNames, 'catalogue.unknown-procedure', { code })
    }
    return change(async (tx) => {
      const revision = await store.updateNames(tx, { code, revision: version, plainName, synonyms })
      if (revision === undefined) return refuse(contract.editProcedureNames, 'catalogue.stale', { code })
      await record(tx, actor, [
        { type: 'procedure-names-edited', code, data: { plainName, synonyms: [...synonyms] } },
      ])
      return { code, revision }
    })
  }

  const setLimit = async (
    input: Input<typeof contract.setProcedureLimit>,
    actor: Actor,
    idempotency?: Idempotency,
  ): Promise<Output<typeof contract.setProcedureLimit>> => {
    assertAdmin(actor)
    const operation = contract.setProcedureLimit
    const { code, kind, channel, amount, unit, decisionNo, decisionDate, effectiveFrom } = input
    const snapshot = await memory.current()
    const head = snapshot.versions.get(code)?.at(-1)
    if (!head) return refuse(operation, 'catalogue.unknown-procedure', { code })
    const version = await versionOn(snapshot, head, effectiveFrom)
    if (input.case !== null && !version.content.cases.some((one) => one.id === input.case)) {
      return refuse(operation, 'catalogue.unknown-case', { code, case: input.case })
    }
    if (kind === 'LOCAL') {
      const caseId = input.case ?? version.content.cases[0]?.id ?? ''
      const statutory = durationFor(version, caseId, channel ?? 'direct')?.statutory
      if (statutory && totalProcessHours({ amount, unit }) > totalProcessHours(statutory)) {
        const words = `${statutory.amount} ${statutory.unit}`
        return refuse(operation, 'catalogue.limit-not-shorter', { statutory: words })
      }
    }
    const limit = { code, kind, caseId: input.case, channel, from: effectiveFrom }
    try {
      return await change(async (tx) => {
        const revision = (await store.touchProcedure(tx, code)) ?? 1
        await store.closeLimit(tx, limit)
        await store.insertLimits(tx, [
          {
            ...limit,
            id: v7(),
            amount,
            unit,
            decisionNo,
            decisionDate,
            to: null,
            author: authorOf(actor),
            createdAt: clock.now(),
          },
        ])
        await record(tx, actor, [
          {
            type: 'procedure-limit-set',
            code,
            data: {
              kind,
              case: input.case,
              channel,
              amount,
              unit,
              decisionNo,
              decisionDate,
              effectiveFrom,
            },
          },
        ])
        await idempotency?.remember(tx, { code, revision })
        return { code, revision }
      })
    } catch (error) {
      if (violates(error, 'procedure_limit_one_in_force')) {
        return refuse(operation, 'catalogue.limit-overlaps', { code })
      }
      throw error
    }
  }

  const markComponent = async (
    { code, component, mandatory, reason }: Input<typeof contract.markComponent>,
    actor: Actor,
  ): Promise<Output<typeof contract.markComponent>> => {
    assertAdmin(actor)
    const snapshot = await memory.current()
    const heads = snapshot.versions.get(code)
    if (!heads) return refuse(contract.markComponent, 'catalogue.unknown-procedure', { code })
    const versions = await Promise.all(heads.map((head) => versionOn(snapshot, head, today())))
    const known = versions.some((version) =>
      version.content.cases.some((one) => one.components.some((item) => item.id === component)),
    )
    if (!known) return refuse(contract.markComponent, 'catalogue.unknown-component', { code, component })
    return change(async (tx) => {
      const revision = (await store.touchProcedure(tx, code)) ?? 1
      await store.saveMark(tx, {
        code,
        component,
        mandatory,
        reason,
        author: authorOf(actor),
        at: clock.now(),
      })
      await record(tx, actor, [
        { type: 'procedure-component-marked', code, data: { component, mandatory, reason } },
      ])
      return { code, revision }
    })
  }

  return { editNames, setLimit, markComponent }
}
