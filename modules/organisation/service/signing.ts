import type { Actor } from '#modules/identity/contract.ts'
import { type Tx, violates } from '#platform/db/connect.ts'
import { refuse } from '#platform/errors.ts'
import type { Input, Operation, Output } from '#platform/operation.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import * as op from '../contract.ts'
import { assertMay, assertMayAdminister, READERS_OF_TOURS, refuseAny } from '../rights.ts'
import {
  agencyOf,
  grantCovers,
  type Mandate,
  type OnSite,
  type SecondSeal,
  signedUnder,
  subtree,
  type Tree,
} from '../rules.ts'
import * as store from '../store.ts'
import { type Asked, getCentreUnit, type Shared, unitOf } from './shared.ts'

type Dated = { from: LocalDate; to: LocalDate | null }

const named = (tree: Tree, id: string) => ({ id, name: tree.units.get(id)?.name ?? id })
const isOn = ({ from, to }: Dated, day: LocalDate): boolean => from <= day && (to === null || day <= to)

/** A committee decides as a body. */
const isCollective = (tree: Tree, unit: string): boolean => agencyOf(tree, unit)?.kind === 'people-committee'

const mandateView = (tree: Tree, one: Mandate, day: LocalDate): Output<typeof op.giveMandate> => ({
  ...one,
  unit: named(tree, one.unit),
  centre: one.centre === null ? null : named(tree, one.centre),
  procedures: [...one.procedures],
  inForce: isOn(one, day) && (one.endedOn === null || day < one.endedOn),
  lines: signedUnder(one, isCollective(tree, one.unit)).lines,
})
const onSiteView = (tree: Tree, one: OnSite, day: LocalDate): Output<typeof op.decideOnSite> => ({
  ...one,
  centre: named(tree, one.centre),
  parts: [...one.parts],
  inForce: isOn(one, day),
})
const sealView = (tree: Tree, one: SecondSeal, day: LocalDate): Output<typeof op.keepSeal> => ({
  ...one,
  unit: named(tree, one.unit),
  centre: named(tree, one.centre),
  inForce: isOn(one, day),
})

const assertForwards = (operation: Operation, { from, to }: Dated): void => {
  if (to !== null && to < from) refuseAny(operation, 'organisation.dates-reversed', { from, to })
}

const byOf = (actor: Actor): string => (actor.kind === 'staff' ? actor.id : actor.kind)

const administers = (actor: Actor, tree: Tree, unit: string): boolean =>
  actor.kind === 'staff' &&
  actor.grants.some(
    (grant) =>
      (grant.role === 'UNIT_ADMIN' || grant.role === 'SYSTEM_ADMIN') && grantCovers(tree, grant, unit),
  )

/** Who signs for whom, what is done at centres, and which seals are kept there; each a decision with dates. */
export const createSigning = ({ db, cache, clock, newId, change, record, today }: Shared) => {
  const given = (actor: Actor) => ({ by: byOf(actor), at: clock.now() })
  const subject = (unit: string) => ({ kind: 'unit', id: unit })

  /** Written, the version raised so that every process sees it, and told in the log. */
  const write = (
    actor: Actor,
    what: { type: string; unit: string; data: Record<string, string | string[] | null> },
    work: (tx: Tx) => Promise<unknown>,
  ): Promise<void> =>
    change(async (tx) => {
      await work(tx)
      await store.raiseVersion(tx)
      await record(tx, actor, what.type, subject(what.unit), what.data)
    })

  return {
    listMandates: async (
      { unit, ended }: Input<typeof op.listMandates>,
      { actor }: Asked,
    ): Promise<Output<typeof op.listMandates>> => {
      const tree = await cache.get()
      unitOf(op.listMandates, tree, unit)
      assertMay(op.listMandates, actor, [...READERS_OF_TOURS, 'AGENCY_LEAD'], tree, unit)
      const day = today()
      const all = await store.mandatesOf(
        db,
        subtree(tree, unit).map(({ id }) => id),
      )
      const items = all.map((one) => mandateView(tree, one, day))
      const over = ({ to, endedOn }: (typeof items)[number]) =>
        (to !== null && to < day) || (endedOn !== null && endedOn <= day)
      return { items: items.filter((one) => ended || !over(one)), mayGive: administers(actor, tree, unit) }
    },

    giveMandate: async (input: Input<typeof op.giveMandate>, { actor, idempotency }: Asked) => {
      const operation = op.giveMandate
      const tree = await cache.get()
      unitOf(operation, tree, input.unit)
      assertMayAdminister(operation, actor, tree, input.unit)
      if (input.centre !== null) getCentreUnit(operation, tree, input.centre)
      assertForwards(operation, input)
      if (input.capacity === 'TUQ' && (input.to === null || input.procedures.length === 0))
        refuse(operation, 'organisation.mandate-unlimited')
      const person =
        (await store.findStaff(db, input.staff)) ?? refuse(operation, 'organisation.staff-not-found')
      const account =
        person.account_id ??
        refuse(operation, 'organisation.staff-without-account', { name: person.full_name })
      if (actor.kind === 'staff' && actor.id === account)
        refuse(operation, 'organisation.mandate-to-yourself')
      const { staff: _, ...rest } = input
      const one: Mandate = { ...rest, id: newId(), account, name: person.full_name, endedOn: null }
      const view = mandateView(tree, one, today())
      const data = { ...rest, account, mandate: one.id }
      await write(actor, { type: 'signing-mandate-given', unit: one.unit, data }, async (tx) => {
        await store.insertMandate(tx, one, given(actor))
        await idempotency?.remember(tx, view)
      }).catch((error: unknown) => {
        if (!violates(error, 'signing_mandate_once')) throw error
        return refuse(operation, 'organisation.mandate-exists', { decisionNo: input.decisionNo })
      })
      return view
    },

    endMandate: async ({ mandate, endedOn, reason }: Input<typeof op.endMandate>, { actor }: Asked) => {
      const operation = op.endMandate
      const tree = await cache.get()
      let ended: Mandate | undefined
      await change(async (tx) => {
        const one =
          (await store.lockMandate(tx, mandate)) ?? refuse(operation, 'organisation.mandate-not-found')
        assertMayAdminister(operation, actor, tree, one.unit)
        if (one.endedOn !== null) refuse(operation, 'organisation.mandate-ended', { date: one.endedOn })
        if (endedOn < one.from)
          refuse(operation, 'organisation.dates-reversed', { from: one.from, to: endedOn })
        await store.setMandateEnd(tx, one.id, endedOn, reason)
        await store.raiseVersion(tx)
        const data = { mandate: one.id, account: one.account, endedOn, reason }
        await record(tx, actor, 'signing-mandate-ended', subject(one.unit), data)
        ended = { ...one, endedOn }
      })
      if (!ended) throw new Error('a mandate that was just ended is gone')
      return mandateView(tree, ended, today())
    },

    listOnSite: async (
      { centre, ended }: Input<typeof op.listOnSite>,
      { actor }: Asked,
    ): Promise<Output<typeof op.listOnSite>> => {
      const tree = await cache.get()
      getCentreUnit(op.listOnSite, tree, centre)
      const day = today()
      const shown = <T extends { to: LocalDate | null }>(one: T): boolean =>
        ended || one.to === null || one.to >= day
      const [procedures, seals] = [await store.onSiteOf(db, centre), await store.sealsOf(db, centre)]
      return {
        procedures: procedures.filter(shown).map((one) => onSiteView(tree, one, day)),
        seals: seals.filter(shown).map((one) => sealView(tree, one, day)),
        mayChange: administers(actor, tree, centre),
      }
    },

    decideOnSite: async (input: Input<typeof op.decideOnSite>, { actor, idempotency }: Asked) => {
      const operation = op.decideOnSite
      const tree = await cache.get()
      getCentreUnit(operation, tree, input.centre)
      assertMayAdminister(operation, actor, tree, input.centre)
      assertForwards(operation, input)
      const parts = [...new Set(input.parts)]
      if (parts.includes('seal') && !parts.includes('approve'))
        refuse(operation, 'organisation.on-site-seal-alone')
      const one: OnSite = { ...input, parts, id: newId() }
      const view = onSiteView(tree, one, today())
      const data = { ...input, parts, decision: one.id }
      await write(actor, { type: 'on-site-decided', unit: one.centre, data }, async (tx) => {
        await store.insertOnSite(tx, one, given(actor))
        await idempotency?.remember(tx, view)
      }).catch((error: unknown) => {
        if (!violates(error, 'on_site_once')) throw error
        return refuse(operation, 'organisation.on-site-exists', { procedure: input.procedure })
      })
      return view
    },

    endOnSite: async ({ decision, to, reason }: Input<typeof op.endOnSite>, { actor }: Asked) => {
      const operation = op.endOnSite
      const tree = await cache.get()
      let ended: OnSite | undefined
      await change(async (tx) => {
        const one =
          (await store.lockOnSite(tx, decision)) ?? refuse(operation, 'organisation.on-site-not-found')
        assertMayAdminister(operation, actor, tree, one.centre)
        assertForwards(operation, { from: one.from, to })
        await store.setLastDay(tx, 'on_site_procedure', one.id, to)
        await store.raiseVersion(tx)
        const data = { decision: one.id, procedure: one.procedure, to, reason }
        await record(tx, actor, 'on-site-ended', subject(one.centre), data)
        ended = { ...one, to }
      })
      if (!ended) throw new Error('a decision that was just ended is gone')
      return onSiteView(tree, ended, today())
    },

    keepSeal: async (input: Input<typeof op.keepSeal>, { actor, idempotency }: Asked) => {
      const operation = op.keepSeal
      const tree = await cache.get()
      getCentreUnit(operation, tree, input.centre)
      unitOf(operation, tree, input.unit)
      assertMayAdminister(operation, actor, tree, input.centre)
      assertForwards(operation, input)
      const one: SecondSeal = { ...input, id: newId() }
      const view = sealView(tree, one, today())
      await write(
        actor,
        { type: 'second-seal-kept', unit: one.centre, data: { ...input, seal: one.id } },
        async (tx) => {
          await store.insertSeal(tx, one, given(actor))
          await idempotency?.remember(tx, view)
        },
      ).catch((error: unknown) => {
        if (!violates(error, 'second_seal_once')) throw error
        return refuse(operation, 'organisation.seal-exists', {
          name: tree.units.get(input.unit)?.name ?? input.unit,
        })
      })
      return view
    },

    giveSealBack: async ({ seal, to, reason }: Input<typeof op.giveSealBack>, { actor }: Asked) => {
      const operation = op.giveSealBack
      const tree = await cache.get()
      let ended: SecondSeal | undefined
      await change(async (tx) => {
        const one = (await store.lockSeal(tx, seal)) ?? refuse(operation, 'organisation.seal-not-found')
        assertMayAdminister(operation, actor, tree, one.centre)
        assertForwards(operation, { from: one.from, to })
        await store.setLastDay(tx, 'second_seal', one.id, to)
        await store.raiseVersion(tx)
        await record(tx, actor, 'second-seal-given-back', subject(one.centre), {
          seal: one.id,
          unit: one.unit,
          to,
          reason,
        })
        ended = { ...one, to }
      })
      if (!ended) throw new Error('a seal that was just given back is gone')
      return sealView(tree, ended, today())
    },
  }
}
