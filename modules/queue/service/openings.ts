import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { OpeningRuleView } from '../contract.ts'
import { findConflicts } from '../rules.ts'
import {
  deleteRule,
  insertRule,
  lockRule,
  type OpeningRow,
  ruleOf,
  rulesOf,
  updateRule,
} from '../store/appointments.ts'
import { findGroup, type GroupRow } from '../store/counters.ts'
import { allGroupsOf } from '../store/floor.ts'
import { holdsAtCentre, type QueueDeps, record, SETS_UP, staffActor } from './deps.ts'
import { assertFloor } from './floor.ts'

const DAYS_LOOKED_AHEAD = 183

type Fields = Omit<Input<typeof op.addOpening>, 'centre'>

const columnsOf = (fields: Fields) => ({
  ...{ group_id: fields.group, opens: fields.opens, valid_from: fields.from, valid_to: fields.to },
  ...{ weekdays: fields.weekdays.toSorted(), every_weeks: fields.everyWeeks },
  ...{ nth_of_month: fields.nthOfMonth, from_minute: fields.fromMinute, to_minute: fields.toMinute },
  ...{ slot_minutes: fields.slotMinutes, public_capacity: fields.publicCapacity },
  ...{ staff_capacity: fields.staffCapacity, note: fields.note },
})

const viewOf = (row: OpeningRow): OpeningRuleView => {
  const { id, nthOfMonth, weekdays, ...rule } = ruleOf(row)
  return {
    ...{ id, group: row.group_id, version: row.version, note: row.note, ...rule },
    weekdays: [...weekdays],
    // The table's check holds exactly these.
    nthOfMonth: nthOfMonth as OpeningRuleView['nthOfMonth'],
  }
}

/** When visitors may book. Whoever is booked keeps the time, whatever the rules say afterwards. */
export const createOpenings = (deps: QueueDeps) => {
  const assertPossible = ({ from, to, fromMinute, toMinute, slotMinutes, opens }: Fields): void => {
    const backwards = toMinute <= fromMinute || (to !== null && to < from)
    if (backwards || (opens && toMinute - fromMinute < slotMinutes))
      throw new Refusal('queue.opening-impossible')
  }

  /** The group of a rule, at a centre that this officer sets up. */
  const ownGroup = async (tx: Tx, id: string, actor: StaffActor): Promise<GroupRow> => {
    const group = await findGroup(tx, id)
    if (!group) throw new Refusal('queue.unknown-service-group')
    if (!holdsAtCentre(await deps.tree(), actor, SETS_UP, group.centre_id))
      throw new Refusal('queue.not-your-centre')
    return group
  }

  const recordChange = (tx: Tx, actor: StaffActor, group: GroupRow, what: string, row: OpeningRow) =>
    record(deps, tx, {
      ...{ type: 'opening-changed', at: deps.clock.now(), actor: staffActor(actor) },
      subject: { kind: 'service-group', id: group.id },
      data: { centre: group.centre_id, what, rule: { ...ruleOf(row), weekdays: [...row.weekdays] } },
    })

  return {
    list: async (
      { centre }: Input<typeof op.listOpenings>,
      actor: StaffActor,
    ): Promise<Output<typeof op.listOpenings>> => {
      const tree = await deps.tree()
      assertFloor(tree, actor, centre)
      const groups = await allGroupsOf(deps.db, centre)
      const rows = await rulesOf(
        deps.db,
        groups.map(({ id }) => id),
      )
      const today = localDateOf(deps.clock.now())
      return {
        items: rows.map(viewOf),
        conflicts: groups.flatMap(({ id }) =>
          findConflicts(rows.filter(({ group_id }) => group_id === id).map(ruleOf), today, DAYS_LOOKED_AHEAD),
        ),
        maySetUp: holdsAtCentre(tree, actor, SETS_UP, centre),
      }
    },

    add: async (
      { centre, ...fields }: Input<typeof op.addOpening>,
      actor: StaffActor,
      idempotency: Idempotency | undefined,
    ): Promise<OpeningRuleView> => {
      if (!(await deps.tree()).centres.has(centre)) throw new Refusal('queue.unknown-centre')
      return inTransaction(deps.db, async (tx) => {
        if (!holdsAtCentre(await deps.tree(), actor, SETS_UP, centre))
          throw new Refusal('queue.not-your-centre')
        const group = await ownGroup(tx, fields.group, actor)
        if (group.centre_id !== centre) throw new Refusal('queue.unknown-service-group')
        assertPossible(fields)
        const row: OpeningRow = { id: newId(), version: 1, ...columnsOf(fields) }
        await insertRule(tx, row)
        await recordChange(tx, actor, group, 'added', row)
        const answer = viewOf(row)
        await idempotency?.remember(tx, answer)
        return answer
      })
    },

    change: async (
      { opening, version, ...fields }: Input<typeof op.changeOpening>,
      actor: StaffActor,
    ): Promise<OpeningRuleView> =>
      inTransaction(deps.db, async (tx) => {
        const before = await lockRule(tx, opening)
        if (!before) throw new Refusal('queue.unknown-opening')
        const group = await ownGroup(tx, before.group_id, actor)
        if (before.version !== version) throw new Refusal('queue.changed-meanwhile')
        if ((await ownGroup(tx, fields.group, actor)).centre_id !== group.centre_id)
          throw new Refusal('queue.unknown-service-group')
        assertPossible(fields)
        const row: OpeningRow = { id: opening, version: version + 1, ...columnsOf(fields) }
        await updateRule(tx, row)
        await recordChange(tx, actor, group, 'changed', row)
        return viewOf(row)
      }),

    remove: async (
      { opening }: Input<typeof op.removeOpening>,
      actor: StaffActor,
    ): Promise<Record<string, never>> => {
      await inTransaction(deps.db, async (tx) => {
        const row = await lockRule(tx, opening)
        if (!row) throw new Refusal('queue.unknown-opening')
        const group = await ownGroup(tx, row.group_id, actor)
        await deleteRule(tx, opening)
        await recordChange(tx, actor, group, 'removed', row)
      })
      return {}
    },
  }
}
