import { v7 } from 'uuid'
import type { Actor } from '#modules/identity/contract.ts'
import type { Clock } from '#platform/clock/clock.ts'
import { type Db, inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { refuse } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { EventLog, JsonObject } from '#platform/log/log.ts'
import type { Input, Operation, Output } from '#platform/operation.ts'
import { type LocalDate, localDateOf } from '#platform/time/vietnam.ts'
import * as op from './contract.ts'
import { parseDocument, writeDocument } from './import.ts'
import {
  assertInForce,
  assertMay,
  assertMayAdminister,
  mayProvinceWide,
  READERS_OF_TOURS,
  refuseAny,
} from './rights.ts'
import {
  ancestors,
  continuesIdentifier,
  isIdentifier,
  isLawfulTour,
  type Resolution,
  type ResolutionRequest,
  resolveAgency,
  secondmentMonths,
  type Tree,
  type Unit,
} from './rules.ts'
import * as store from './store.ts'
import { createTreeCache } from './tree-cache.ts'
import * as views from './views.ts'

export type OrganisationDeps = {
  db: Db
  log: Pick<EventLog, 'append'>
  clock: Clock
  newId?: () => string
  /** Milliseconds for the tree's freshness; legal time may stand still. */
  monotonic?: () => number
}

/** Who asks, and the key under which a repeat is recognised. */
type Asked = { actor: Actor; idempotency?: Idempotency | undefined }
type Subject = { kind: string; id: string }

export const createOrganisationService = (deps: OrganisationDeps) => {
  const { db, log, clock } = deps
  const newId = deps.newId ?? v7
  const cache = createTreeCache(db, deps.monotonic)
  const today = (): LocalDate => localDateOf(clock.now())

  /** One transaction with its event, the raised version and the stored answer; readers here see it at once. */
  const change = async (work: (tx: Tx) => Promise<void>): Promise<void> => {
    await inTransaction(db, work)
    cache.forget()
  }
  const record = (tx: Tx, actor: Actor, type: string, subject: Subject, data: JsonObject) =>
    log.append(tx, [{ type, at: clock.now(), actor: eventActor(actor), subject, data }])

  const getCentreUnit = (operation: Operation, tree: Tree, id: string): Unit => {
    const unit = tree.centres.has(id) ? tree.units.get(id) : undefined
    return unit ?? refuseAny(operation, 'organisation.centre-not-found', { centre: id })
  }
  const unitOf = (operation: Operation, tree: Tree, id: string): Unit =>
    tree.units.get(id) ?? refuseAny(operation, 'organisation.unit-not-found', { unit: id })

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
    /** The organisation as of now, immutable; at most a second behind another process's change. */
    tree: cache.get,

    /** The unit that resolves a procedure received at a centre, or why none was found. */
    resolveAgency: async (request: Omit<ResolutionRequest, 'on'> & { on?: LocalDate }): Promise<Resolution> =>
      resolveAgency(await cache.get(), { ...request, on: request.on ?? today() }),

    countersOf: async (centre: string) => views.countersOf(db, await cache.get(), centre),

    listCentres: async ({ level }: Input<typeof op.listCentres>): Promise<Output<typeof op.listCentres>> => ({
      items: views.centresOn(await cache.get(), today(), level),
    }),

    getCentre: async ({ centre }: Input<typeof op.getCentre>): Promise<Output<typeof op.getCentre>> => {
      const tree = await cache.get()
      const unit = getCentreUnit(op.getCentre, tree, centre)
      const rooms = (tree.children.get(centre) ?? []).filter((child) => child.kind === 'room')
      return {
        ...views.centreView(tree, unit),
        rooms: rooms.map(({ id, name }) => ({ id, name })),
        counters: await views.countersOf(db, tree, centre),
      }
    },

    listCentreStaff: async ({
      centre,
    }: Input<typeof op.listCentreStaff>): Promise<Output<typeof op.listCentreStaff>> => {
      const tree = await cache.get()
      getCentreUnit(op.listCentreStaff, tree, centre)
      return { items: await views.centreStaff(db, tree, centre, today()) }
    },

    listCounters: async ({
      centre,
    }: Input<typeof op.listCounters>): Promise<Output<typeof op.listCounters>> => {
      const tree = await cache.get()
      getCentreUnit(op.listCounters, tree, centre)
      return { items: await views.allCounters(db, tree, centre) }
    },

    listUnitStaff: async ({
      unit,
    }: Input<typeof op.listUnitStaff>): Promise<Output<typeof op.listUnitStaff>> => {
      const tree = await cache.get()
      unitOf(op.listUnitStaff, tree, unit)
      return { items: await views.unitStaff(db, tree, unit, today()) }
    },

    listUnits: async (input: Input<typeof op.listUnits>): Promise<Output<typeof op.listUnits>> =>
      views.unitPage(await cache.get(), input, today()),

    getUnit: async ({ unit }: Input<typeof op.getUnit>): Promise<Output<typeof op.getUnit>> => {
      const tree = await cache.get()
      return views.unitView(tree, unitOf(op.getUnit, tree, unit), today())
    },

    listAdminUnits: async (
      input: Input<typeof op.listAdminUnits>,
    ): Promise<Output<typeof op.listAdminUnits>> => views.adminUnitPage(await cache.get(), input),

    editUnit: async (input: Input<typeof op.editUnit>, { actor }: Asked) => {
      const tree = await cache.get()
      unitOf(op.editUnit, tree, input.unit)
      assertMayAdminister(op.editUnit, actor, tree, input.unit)
      if (input.effectiveFrom > today())
        refuse(op.editUnit, 'organisation.date-in-future', { date: input.effectiveFrom })
      const above = ancestors(tree, input.unit).find((unit) => unit.identifier)?.identifier ?? null
      assertIdentifier(input.identifier, above)
      const write = change(async (tx) => {
        const row = await store.lockUnit(tx, input.unit)
        if (row?.version !== input.version) return refuse(op.editUnit, 'organisation.changed-meanwhile')
        const to = {
          name: input.name ?? row.name,
          shortName: input.shortName ?? row.short_name,
          identifier: input.identifier === undefined ? row.identifier : input.identifier,
        }
        await store.updateUnit(tx, row.id, to)
        const before = { name: row.name, shortName: row.short_name, identifier: row.identifier }
        const until = dayBefore(input.effectiveFrom)
        await store.insertFormerNames(tx, [{ unit: row.id, until, ...before, legalBasis: input.legalBasis }])
        await store.raiseVersion(tx)
        await record(tx, actor, 'unit-edited', unitSubject(row.id), {
          before,
          after: to,
          legalBasis: input.legalBasis,
          effectiveFrom: input.effectiveFrom,
        })
      })
      await write.catch((error: unknown) => {
        if (!violates(error, 'unit_identifier_in_force')) throw error
        return refuse(op.editUnit, 'organisation.identifier-taken', { identifier: input.identifier })
      })
      const edited = await cache.get()
      return views.unitView(edited, unitOf(op.editUnit, edited, input.unit), today())
    },

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

    importOrganisation: async (
      { document: raw }: Input<typeof op.importOrganisation>,
      { actor }: Asked,
    ): Promise<Output<typeof op.importOrganisation>> => {
      if (!mayProvinceWide(actor))
        refuse(op.importOrganisation, 'organisation.outside-your-unit', { name: 'danh mục tổ chức' })
      const document = parseDocument(raw)
      let changed = 0
      await change(async (tx) => {
        // Imports and edits follow one another, so that each is checked against what the other left.
        await store.lockHead(tx)
        changed = (await writeDocument(tx, document)).changed
        await record(
          tx,
          actor,
          'organisation-imported',
          { kind: 'organisation', id: document.profile },
          {
            title: document.title,
            units: document.units.length,
            changed,
          },
        )
      })
      return { units: document.units.length, changed, centres: document.centres.length }
    },
  }
}

export type OrganisationService = ReturnType<typeof createOrganisationService>

const unitSubject = (id: string): Subject => ({ kind: 'unit', id })
const counterSubject = (id: string): Subject => ({ kind: 'counter', id })

const eventActor = (actor: Actor) => {
  if (actor.kind === 'staff') return { kind: actor.kind, id: actor.id, name: actor.name }
  return actor.kind === 'system'
    ? { kind: actor.kind, id: null, name: actor.name }
    : { kind: actor.kind, id: null, name: 'public' }
}

const dayBefore = (date: LocalDate): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

const assertIdentifier = (identifier: string | null | undefined, above: string | null): void => {
  if (identifier === null || identifier === undefined) return
  if (!isIdentifier(identifier) || !continuesIdentifier(identifier, above))
    refuse(op.editUnit, 'organisation.identifier-invalid', { identifier, above: above ?? '' })
}

const refuseNumberTaken =
  (operation: typeof op.openCounter | typeof op.reopenCounter, number: number) =>
  (error: unknown): never => {
    if (!violates(error, 'counter_number_open')) throw error
    return refuseAny(operation, 'organisation.counter-number-taken', { number })
  }
