import type { Input, Output } from '#platform/operation.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import * as op from '../contract.ts'
import { type Resolution, type ResolutionRequest, resolveAgency } from '../rules.ts'
import * as views from '../views.ts'
import { getCentreUnit, type Shared, unitOf } from './shared.ts'

/** What everybody may know of the organisation: read from the tree in memory, counters and people from their tables. */
export const createReading = ({ db, cache, today }: Shared) => {
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
  }
}
