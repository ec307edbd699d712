import { v7 } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { Refusal, refuse } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { CalendarCache } from './cache.ts'
import * as op from './contract-parameters.ts'
import type { CalendarDeps } from './deps.ts'
import { type LocalProblem, localProblem, PARAMETERS, parameterOn } from './rules/parameters.ts'
import { raiseVersion } from './store.ts'
import {
  allValues,
  decideValue,
  insertValue,
  lockValue,
  readLocalValues,
  type ValueRow,
} from './store-parameters.ts'

const KEEPERS = ['SYSTEM_ADMIN', 'CATALOG_ADMIN']

/** Who controls procedures or configures the province, for the whole of it. */
const mayKeep = ({ grants }: StaffActor): boolean =>
  grants.some(({ role, scope }) => KEEPERS.includes(role) && scope === 'province')

const assertKeeper = (actor: StaffActor): void => {
  if (!mayKeep(actor)) throw new Refusal('platform.forbidden')
}

const REFUSALS = {
  'not-local': 'calendar.parameter-not-local',
  'laxer-than-law': 'calendar.parameter-laxer',
  impossible: 'calendar.parameter-impossible',
} as const satisfies Record<LocalProblem, string>

const viewFor =
  (actor: StaffActor) =>
  (row: ValueRow): op.OwnValue => ({
    id: row.id,
    value: row.value,
    from: row.from_day,
    to: row.to_day,
    legalBasis: row.legal_basis,
    reason: row.reason,
    // The table's check holds exactly these words.
    state: row.state as op.OwnValue['state'],
    proposedBy: row.proposed_by_name,
    decidedBy: row.decided_by_name,
    mayApprove: row.state === 'PROPOSED' && mayKeep(actor) && row.proposed_by !== actor.id,
  })

/** The numbers of the law: read by everybody on the staff, and where the law leaves room a province sets its own, with two people. */
export const createParameters = ({ db, log, clock }: CalendarDeps, cache: CalendarCache) => {
  /** Dossiers see the change with the calendars, so it raises their version. */
  const change = async (
    actor: StaffActor,
    type: string,
    work: (tx: Tx) => Promise<ValueRow>,
    reason: string | null,
  ): Promise<op.OwnValue> => {
    const row = await inTransaction(db, async (tx) => {
      await raiseVersion(tx)
      const changed = await work(tx)
      const { key, value, from_day: from, to_day: to, legal_basis: legalBasis } = changed
      await log.append(tx, [
        {
          ...{ type, at: clock.now(), actor: { kind: 'staff', id: actor.id, name: actor.name } },
          subject: { kind: 'parameter', id: key },
          data: { id: changed.id, value, from, to, legalBasis, reason: reason ?? changed.reason },
        },
      ])
      return changed
    })
    cache.forget()
    return viewFor(actor)(row)
  }

  const lockKnown = async (tx: Tx, id: string): Promise<ValueRow> => {
    const row = await lockValue(tx, id)
    return row ?? refuse(op.approveParameterValue, 'calendar.unknown-value')
  }

  return {
    listParameters: async (
      { on }: Input<typeof op.listParameters>,
      actor: StaffActor,
    ): Promise<Output<typeof op.listParameters>> => {
      const day = on ?? localDateOf(clock.now())
      const [locals, rows] = [await readLocalValues(db), await allValues(db)]
      const items = PARAMETERS.map((parameter) => {
        const current = parameterOn(parameter.key, day, locals)
        const law = parameterOn(parameter.key, day)
        return {
          ...parameter,
          values: [...parameter.values],
          current: current
            ? { value: current.value, legalBasis: current.legalBasis, own: current !== law }
            : null,
          own: rows.filter(({ key }) => key === parameter.key).map(viewFor(actor)),
        }
      })
      return { items, mayPropose: mayKeep(actor) }
    },

    proposeParameterValue: async (
      input: Input<typeof op.proposeParameterValue>,
      actor: StaffActor,
    ): Promise<op.OwnValue> => {
      assertKeeper(actor)
      const known = PARAMETERS.find(({ key }) => key === input.key)
      if (!known) return refuse(op.proposeParameterValue, 'calendar.unknown-parameter', { key: input.key })
      if (input.to && input.to < input.from) refuse(op.proposeParameterValue, 'calendar.parameter-days')
      const problem = localProblem(known.key, input.value, input.from)
      if (problem) refuse(op.proposeParameterValue, REFUSALS[problem], { name: known.name })
      return change(
        actor,
        'parameter-proposed',
        (tx) =>
          insertValue(tx, {
            ...{ id: v7(), key: known.key, value: input.value, state: 'PROPOSED' },
            ...{ from_day: input.from, to_day: input.to ?? null },
            ...{ legal_basis: input.legalBasis, reason: input.reason },
            ...{ proposed_at: clock.now(), proposed_by: actor.id, proposed_by_name: actor.name },
          }),
        null,
      )
    },

    approveParameterValue: async (
      { id }: Input<typeof op.approveParameterValue>,
      actor: StaffActor,
    ): Promise<op.OwnValue> => {
      assertKeeper(actor)
      return change(
        actor,
        'parameter-approved',
        async (tx) => {
          const row = await lockKnown(tx, id)
          if (row.state !== 'PROPOSED') refuse(op.approveParameterValue, 'calendar.value-decided')
          if (row.proposed_by === actor.id) refuse(op.approveParameterValue, 'calendar.same-person')
          return decideValue(tx, id, {
            ...{
              state: 'APPROVED',
              decided_at: clock.now(),
              decided_by: actor.id,
              decided_by_name: actor.name,
            },
          }).catch((error: unknown) => {
            if (!violates(error, 'parameter_value_once_a_day')) throw error
            return refuse(op.approveParameterValue, 'calendar.value-exists', { date: row.from_day })
          })
        },
        null,
      )
    },

    withdrawParameterValue: async (
      { id, reason }: Input<typeof op.withdrawParameterValue>,
      actor: StaffActor,
    ): Promise<op.OwnValue> => {
      assertKeeper(actor)
      return change(
        actor,
        'parameter-withdrawn',
        async (tx) => {
          const row = await lockKnown(tx, id)
          if (row.state === 'WITHDRAWN') refuse(op.withdrawParameterValue, 'calendar.value-decided')
          return decideValue(tx, id, {
            ...{
              state: 'WITHDRAWN',
              decided_at: clock.now(),
              decided_by: actor.id,
              decided_by_name: actor.name,
            },
          })
        },
        reason,
      )
    },
  }
}
