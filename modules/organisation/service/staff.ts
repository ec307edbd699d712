import { inTransaction, violates } from '#platform/db/connect.ts'
import { refuse } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import * as op from '../contract.ts'
import { assertInForce, assertMay, assertMayAdminister, READERS_OF_TOURS } from '../rights.ts'
import { isLawfulTour, secondmentMonths } from '../rules.ts'
import * as store from '../store.ts'
import * as views from '../views.ts'
import { type Asked, getCentreUnit, type Shared, unitOf } from './shared.ts'

/** People of the units, and their tours of duty at a centre (Article 11, Decree 118/2025). */
export const createStaff = ({ db, cache, newId, record, today }: Shared) => {
  return {
    addStaff: async (input: Input<typeof op.addStaff>, { actor, idempotency }: Asked) => {
      const tree = await cache.get()
      const unit = unitOf(op.addStaff, tree, input.unit)
      assertMayAdminister(op.addStaff, actor, tree, unit.id)
      assertInForce(op.addStaff, unit, today())
      const id = newId()
      const answer = { id, fullName: input.fullName, position: input.position, unit: unit.id }
      const write = inTransaction(db, async (tx) => {
        await store.insertStaff(tx, [{ ...input, id }])
        await record(
          tx,
          actor,
          'staff-added',
          { kind: 'staff', id },
          {
            unit: unit.id,
            name: input.fullName,
            position: input.position,
          },
        )
        await idempotency?.remember(tx, answer)
      })
      await write.catch((error: unknown) => {
        if (!violates(error, 'staff_account_id_key')) throw error
        return refuse(op.addStaff, 'organisation.account-taken')
      })
      return answer
    },

    listSecondments: async (
      { centre }: Input<typeof op.listSecondments>,
      { actor }: Asked,
    ): Promise<Output<typeof op.listSecondments>> => {
      const tree = await cache.get()
      getCentreUnit(op.listSecondments, tree, centre)
      assertMay(op.listSecondments, actor, READERS_OF_TOURS, tree, centre)
      return { items: await views.centreSecondments(db, tree, { centre }) }
    },

    startSecondment: async (
      input: Input<typeof op.startSecondment>,
      { actor, idempotency }: Asked,
    ): Promise<Output<typeof op.startSecondment>> => {
      const tree = await cache.get()
      const centre = getCentreUnit(op.startSecondment, tree, input.centre)
      assertMayAdminister(op.startSecondment, actor, tree, centre.id)
      assertInForce(op.startSecondment, centre, input.from)
      if (input.exceptionBasis === null && !isLawfulTour(input.from, input.to))
        refuse(op.startSecondment, 'organisation.secondment-length', secondmentMonths(input.from))
      const id = newId()
      const write = inTransaction(db, async (tx) => {
        const person =
          (await store.findStaff(tx, input.staff)) ??
          refuse(op.startSecondment, 'organisation.staff-not-found')
        if (input.backupOf !== null && !(await store.lockSecondment(tx, input.backupOf)))
          refuse(op.startSecondment, 'organisation.secondment-not-found')
        await store.insertSecondments(tx, [
          { ...input, id, sending: person.unit_id, decision: input.decisionNo },
        ])
        const [view] = await views.centreSecondments(tx, tree, { id })
        if (!view) throw new Error('A secondment just written is not there')
        await record(
          tx,
          actor,
          'secondment-started',
          { kind: 'staff', id: person.id },
          {
            secondment: id,
            centre: centre.id,
            sendingUnit: person.unit_id,
            from: input.from,
            to: input.to,
            decisionNo: input.decisionNo,
          },
        )
        await idempotency?.remember(tx, view)
        return view
      })
      return await write.catch((error: unknown) => {
        if (!violates(error, 'secondment_no_overlap')) throw error
        return refuse(op.startSecondment, 'organisation.secondment-overlap')
      })
    },

    endSecondment: async (
      input: Input<typeof op.endSecondment>,
      { actor }: Asked,
    ): Promise<Output<typeof op.endSecondment>> => {
      const tree = await cache.get()
      return inTransaction(db, async (tx) => {
        const row =
          (await store.lockSecondment(tx, input.secondment)) ??
          refuse(op.endSecondment, 'organisation.secondment-not-found')
        assertMayAdminister(op.endSecondment, actor, tree, row.centre_id)
        if (input.endedOn < row.from_date || input.endedOn > (row.ended_on ?? row.to_date))
          refuse(op.endSecondment, 'organisation.secondment-dates', {
            from: row.from_date,
            to: row.ended_on ?? row.to_date,
          })
        await store.setSecondmentEnd(tx, row.id, input.endedOn)
        await record(
          tx,
          actor,
          'secondment-ended',
          { kind: 'staff', id: row.staff_id },
          {
            secondment: row.id,
            centre: row.centre_id,
            endedOn: input.endedOn,
            reason: input.reason,
          },
        )
        const [view] = await views.centreSecondments(tx, tree, { id: row.id })
        return view ?? refuse(op.endSecondment, 'organisation.secondment-not-found')
      })
    },
  }
}
