import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { ServiceGroupSetup } from '../contract.ts'
import { type GroupRow, type Served, servedBy } from '../store/counters.ts'
import {
  allGroupsOf,
  insertGroup,
  lockGroup,
  lockNumbers,
  nextOrdinal,
  numbersGiven,
  replaceCounters,
  updateGroup,
} from '../store/floor.ts'
import { holdsAtCentre, type QueueDeps, record, SETS_UP, staffActor } from './deps.ts'
import { assertFloor } from './floor.ts'

type Fields = Omit<Input<typeof op.addServiceGroup>, 'centre'>

const columnsOf = (fields: Fields) => ({
  ...{ prefix: fields.prefix, name: fields.name, name_en: fields.nameEn, kind: fields.kind },
  ...{ fields: fields.fields, weekdays: fields.weekdays.toSorted(), sessions: fields.sessions },
  ...{ number_from: fields.numberFrom, daily_limit: fields.dailyLimit, stops_before: fields.stopsBefore },
  active: fields.active,
})

const setupOf = (
  group: GroupRow,
  counters: readonly { counter: string; weight: number }[],
  givenToday: number,
): ServiceGroupSetup => ({
  ...{ id: group.id, ordinal: group.ordinal, version: group.version, givenToday },
  ...{ prefix: group.prefix, name: group.name, nameEn: group.name_en, kind: group.kind },
  ...{ fields: group.fields, weekdays: group.weekdays, sessions: group.sessions },
  ...{ numberFrom: group.number_from, dailyLimit: group.daily_limit, stopsBefore: group.stops_before },
  active: group.active,
  counters: counters.map(({ counter, weight }) => ({ counter, weight })),
})

/** Which services a hall offers, when, with which numbers and at which counters. */
export const createSetup = (deps: QueueDeps) => {
  const today = () => localDateOf(deps.clock.now())

  const assertSetsUp = async (actor: StaffActor, centre: string): Promise<void> => {
    if (!holdsAtCentre(await deps.tree(), actor, SETS_UP, centre)) throw new Refusal('queue.not-your-centre')
  }

  const assertCounters = async (centre: string, { kind, counters }: Fields): Promise<void> => {
    const known = new Map((await deps.countersOf(centre)).map((counter) => [counter.id, counter]))
    for (const { counter: id } of counters) {
      const counter = known.get(id)
      if (!counter) throw new Refusal('queue.unknown-counter')
      if (!counter.kinds.includes(kind))
        throw new Refusal('queue.counter-of-another-kind', { counter: counter.number })
    }
  }

  const givenToday = async (tx: Tx, group: string): Promise<number> =>
    (await numbersGiven(tx, [group], today())).get(group) ?? 0

  /** Two looks: in a rush, when there is always a number being given, the first one refuses without waiting. */
  const assertUnused = async (tx: Tx, { id, name }: GroupRow): Promise<number> => {
    const assertNone = async () => {
      const count = await givenToday(tx, id)
      if (count > 0) throw new Refusal('queue.numbers-given', { name, count })
    }
    await assertNone()
    await lockNumbers(tx, id)
    await assertNone()
    return 0
  }

  /** Two groups of a centre with one letter would give two people the same number. */
  const once = async <T>(prefix: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (violates(error, 'service_group_prefix_once')) throw new Refusal('queue.prefix-taken', { prefix })
      throw error
    }
  }

  const recordSetup = (tx: Tx, actor: StaffActor, group: GroupRow, counters: Fields['counters']) =>
    record(deps, tx, {
      ...{ type: 'service-group-set-up', at: deps.clock.now(), actor: staffActor(actor) },
      subject: { kind: 'service-group', id: group.id },
      data: {
        ...{ centre: group.centre_id, prefix: group.prefix, name: group.name, active: group.active },
        counters: counters.map(({ counter, weight }) => ({ counter, weight })),
      },
    })

  return {
    setup: async (
      { centre }: Input<typeof op.getFloorSetup>,
      actor: StaffActor,
    ): Promise<Output<typeof op.getFloorSetup>> => {
      const tree = await deps.tree()
      assertFloor(tree, actor, centre)
      const [groups, counters] = await Promise.all([allGroupsOf(deps.db, centre), deps.countersOf(centre)])
      const ids = groups.map(({ id }) => id)
      const [served, given] = await Promise.all([servedBy(deps.db, ids), numbersGiven(deps.db, ids, today())])
      const own = Map.groupBy(served, ({ group }: Served) => group)
      return {
        groups: groups.map((group) => setupOf(group, own.get(group.id) ?? [], given.get(group.id) ?? 0)),
        counters: counters.map(({ id, number, name, kinds }) => ({ id, number, name, kinds: [...kinds] })),
        fields: [...new Set(counters.flatMap(({ fields }) => fields))].toSorted((a, b) =>
          a.localeCompare(b, 'vi'),
        ),
        maySetUp: holdsAtCentre(tree, actor, SETS_UP, centre),
      }
    },

    add: async (
      { centre, ...fields }: Input<typeof op.addServiceGroup>,
      actor: StaffActor,
      idempotency: Idempotency | undefined,
    ): Promise<ServiceGroupSetup> => {
      if (!(await deps.tree()).centres.has(centre)) throw new Refusal('queue.unknown-centre')
      await assertSetsUp(actor, centre)
      await assertCounters(centre, fields)
      return once(fields.prefix, () =>
        inTransaction(deps.db, async (tx) => {
          const ordinal = await nextOrdinal(tx, centre)
          const row = { id: newId(), centre_id: centre, ordinal, ...columnsOf(fields) }
          await insertGroup(tx, row)
          await replaceCounters(tx, row.id, fields.counters)
          const group: GroupRow = { ...row, version: 1 }
          await recordSetup(tx, actor, group, fields.counters)
          const answer = setupOf(group, fields.counters, 0)
          await idempotency?.remember(tx, answer)
          return answer
        }),
      )
    },

    change: async (
      { group: id, version, ...fields }: Input<typeof op.changeServiceGroup>,
      actor: StaffActor,
    ): Promise<ServiceGroupSetup> =>
      once(fields.prefix, () =>
        inTransaction(deps.db, async (tx) => {
          const before = await lockGroup(tx, id)
          if (!before) throw new Refusal('queue.unknown-service-group')
          await assertSetsUp(actor, before.centre_id)
          if (before.version !== version) throw new Refusal('queue.changed-meanwhile')
          await assertCounters(before.centre_id, fields)
          const renumbered = fields.prefix !== before.prefix || fields.numberFrom !== before.number_from
          const given = await (renumbered ? assertUnused(tx, before) : givenToday(tx, id))
          const group: GroupRow = { ...before, ...columnsOf(fields), version: version + 1 }
          await updateGroup(tx, { id, ...columnsOf(fields), version: version + 1 })
          await replaceCounters(tx, id, fields.counters)
          await recordSetup(tx, actor, group, fields.counters)
          return setupOf(group, fields.counters, given)
        }),
      ),
  }
}
