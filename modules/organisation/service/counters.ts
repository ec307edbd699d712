import { inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { refuse } from '#platform/errors.ts'
import type { Input } from '#platform/operation.ts'
import * as op from '../contract.ts'
import { assertMayAdminister, refuseAny } from '../rights.ts'
import type { Tree } from '../rules.ts'
import * as store from '../store.ts'
import * as views from '../views.ts'
import { type Asked, getCentreUnit, type Shared, unitOf } from './shared.ts'

/** Counters of a centre: opened, closed, reopened, and who sits there. */
export const createCounters = ({ db, cache, clock, newId, record, today }: Shared) => {
  const changeCounter = async (
    operation: typeof op.closeCounter | typeof op.reopenCounter | typeof op.assignCounter,
    id: string,
    { actor }: Asked,
    work: (
      tx: Tx,
      counter: NonNullable<Awaited<ReturnType<typeof store.lockCounter>>>,
      tree: Tree,
    ) => Promise<void>,
  ) => {
    const tree = await cache.get()
    await inTransaction(db, async (tx) => {
      const counter =
        (await store.lockCounter(tx, id)) ??
        refuseAny(operation, 'organisation.counter-not-found', { counter: id })
      assertMayAdminister(operation, actor, tree, counter.centre_id)
      await work(tx, counter, tree)
    })
    const row = await db.selectFrom('counter').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    return views.counterView(tree, row)
  }

  return {
    openCounter: async (input: Input<typeof op.openCounter>, { actor, idempotency }: Asked) => {
      const tree = await cache.get()
      getCentreUnit(op.openCounter, tree, input.centre)
      assertMayAdminister(op.openCounter, actor, tree, input.centre)
      for (const agency of input.agencies) unitOf(op.openCounter, tree, agency)
      const id = `${input.centre}-quay-${input.number}-${newId().slice(-6)}`
      const row = { ...input, id, kinds: [...new Set(input.kinds)] }
      const answer = views.counterView(tree, { ...row, centre_id: input.centre, closed_on: null })
      const write = inTransaction(db, async (tx) => {
        await store.insertCounters(tx, [row])
        await record(tx, actor, 'counter-opened', counterSubject(id), {
          centre: input.centre,
          number: input.number,
          name: input.name,
          kinds: row.kinds,
        })
        await idempotency?.remember(tx, answer)
      })
      await write.catch(refuseNumberTaken(op.openCounter, input.number))
      return answer
    },

    closeCounter: ({ counter: id }: Input<typeof op.closeCounter>, asked: Asked) =>
      changeCounter(op.closeCounter, id, asked, async (tx, counter) => {
        if (counter.closed_on !== null) return
        await store.endAssignments(tx, { counter: id, staff: null, at: clock.now() })
        await store.setCounterClosed(tx, id, today())
        await record(tx, asked.actor, 'counter-closed', counterSubject(id), { centre: counter.centre_id })
      }),

    reopenCounter: async ({ counter: id }: Input<typeof op.reopenCounter>, asked: Asked) => {
      let number = 0
      const reopened = changeCounter(op.reopenCounter, id, asked, async (tx, counter) => {
        number = counter.number
        if (counter.closed_on === null) return
        await store.setCounterClosed(tx, id, null)
        await record(tx, asked.actor, 'counter-reopened', counterSubject(id), { centre: counter.centre_id })
      })
      return await reopened.catch((error: unknown) => refuseNumberTaken(op.reopenCounter, number)(error))
    },

    assignCounter: async ({ counter: id, staff }: Input<typeof op.assignCounter>, asked: Asked) => {
      const assigned = changeCounter(op.assignCounter, id, asked, async (tx, counter) => {
        if (counter.closed_on !== null) refuse(op.assignCounter, 'organisation.counter-closed')
        if (staff !== null && !(await store.findStaff(tx, staff)))
          refuse(op.assignCounter, 'organisation.staff-not-found')
        await store.endAssignments(tx, { counter: id, staff, at: clock.now() })
        if (staff !== null)
          await store.insertAssignments(tx, [{ id: newId(), staff, counter: id }], clock.now())
        await record(tx, asked.actor, 'counter-assigned', counterSubject(id), { staff })
      })
      return await assigned.catch((error: unknown) => {
        const lost =
          violates(error, 'counter_assignment_one_per_officer') ||
          violates(error, 'counter_assignment_one_per_counter')
        if (!lost) throw error
        return refuse(op.assignCounter, 'organisation.counter-occupied')
      })
    },
  }
}

const counterSubject = (id: string) => ({ kind: 'counter', id })

const refuseNumberTaken =
  (operation: typeof op.openCounter | typeof op.reopenCounter, number: number) =>
  (error: unknown): never => {
    if (!violates(error, 'counter_number_open')) throw error
    return refuseAny(operation, 'organisation.counter-number-taken', { number })
  }
