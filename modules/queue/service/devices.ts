import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { JsonObject } from '#platform/log/log.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { HallDevice, QueueEventType } from '../contract.ts'
import {
  type DeviceRow,
  type DeviceWithNumbers,
  devicesOf,
  findDevice,
  hashOf,
  insertDevice,
  lockDeviceByToken,
  updateDevice,
} from '../store/devices.ts'
import { closeLeases, openLeases } from '../store/leases.ts'
import { tabletsOf } from '../store/ratings.ts'
import { AT_COUNTERS, holdsAtCentre, ORDERS, type QueueDeps, record, SETS_UP, staffActor } from './deps.ts'

/** An agent tells three times a minute, a kiosk once: after this it is off, or cut off. */
const SILENT_MS = { PRINTER: 60_000, KIOSK: 180_000 } as const

const DEVICE = (row: DeviceRow) => ({ kind: 'system' as const, id: row.id, name: row.name })

/** Machines of a hall: who may register them, and what they say of themselves. */
export const createDevices = (deps: QueueDeps) => {
  const contactOf = ({ kind, seen_at }: DeviceRow, now: Date): HallDevice['contact'] => {
    if (seen_at === null) return 'NEVER'
    return now.getTime() - seen_at.getTime() > SILENT_MS[kind] ? 'SILENT' : 'LIVE'
  }

  const view = (row: DeviceWithNumbers): HallDevice => ({
    ...{ id: row.id, centre: row.centre_id, kind: row.kind, name: row.name, width: row.width },
    contact: contactOf(row, deps.clock.now()),
    seenAt: row.seen_at && toLocalIso(row.seen_at),
    state: row.state,
    stateSince: row.state_since && toLocalIso(row.state_since),
    ...{ queued: row.queued, doubtful: row.doubtful, numbersHeld: row.held },
    clockBehindSeconds: row.clock_behind_ms === null ? null : Math.round(row.clock_behind_ms / 1_000),
    registeredAt: toLocalIso(row.registered_at),
  })

  const assertMay = async (actor: StaffActor, roles: readonly string[], centre: string): Promise<void> => {
    if (!holdsAtCentre(await deps.tree(), actor, roles, centre)) throw new Refusal('queue.not-your-centre')
  }

  const event = (
    tx: Tx,
    type: QueueEventType,
    row: DeviceRow,
    at: Date,
    actor: StaffActor | null,
    data: JsonObject = {},
  ) =>
    record(deps, tx, {
      ...{
        type,
        at,
        actor: actor ? staffActor(actor) : DEVICE(row),
        subject: { kind: 'device', id: row.id },
      },
      data: { centre: row.centre_id, device: row.name, kind: row.kind, ...data },
    })

  /** A device that this officer looks after, in the transaction that changes it. */
  const change = async <T>(
    id: string,
    actor: StaffActor,
    work: (tx: Tx, row: DeviceRow, at: Date) => Promise<T>,
  ): Promise<T> =>
    inTransaction(deps.db, async (tx) => {
      const row = await findDevice(tx, id)
      if (!row) throw new Refusal('queue.unknown-device')
      await assertMay(actor, SETS_UP, row.centre_id)
      return work(tx, row, deps.clock.now())
    })

  return {
    list: async (
      { centre }: Input<typeof op.listDevices>,
      actor: StaffActor,
    ): Promise<Output<typeof op.listDevices>> => {
      const tree = await deps.tree()
      if (!tree.centres.has(centre)) throw new Refusal('queue.unknown-centre')
      await assertMay(actor, [...AT_COUNTERS, ...ORDERS, ...SETS_UP], centre)
      const [rows, counters, tablets] = await Promise.all([
        devicesOf(deps.db, centre, localDateOf(deps.clock.now())),
        deps.countersOf(centre),
        tabletsOf(deps.db, centre),
      ])
      const since = new Map(tablets.map(({ counter_id, made_at }) => [counter_id, toLocalIso(made_at)]))
      return {
        items: rows.map(view),
        counters: counters.map(({ id, number, name }) => ({
          ...{ id, number, name, tabletSince: since.get(id) ?? null },
        })),
        may: {
          register: holdsAtCentre(tree, actor, SETS_UP, centre),
          link: holdsAtCentre(tree, actor, [...AT_COUNTERS, ...ORDERS], centre),
        },
      }
    },

    register: async (
      { centre, kind, name, width }: Input<typeof op.registerDevice>,
      actor: StaffActor,
    ): Promise<Output<typeof op.registerDevice>> => {
      if (!(await deps.tree()).centres.has(centre)) throw new Refusal('queue.unknown-centre')
      await assertMay(actor, SETS_UP, centre)
      const [token, at] = [deps.token(), deps.clock.now()]
      const dots = width === '576' ? 576 : 384
      try {
        return await inTransaction(deps.db, async (tx) => {
          const row = await insertDevice(
            tx,
            {
              ...{ id: newId(), centre_id: centre, kind, name, width: kind === 'PRINTER' ? dots : null },
              ...{ registered_at: at, registered_by: actor.id },
            },
            token,
          )
          await event(tx, 'device-registered', row, at, actor)
          return { device: view({ ...row, held: 0 }), token }
        })
      } catch (error) {
        if (violates(error, 'hall_device_name_once')) throw new Refusal('queue.device-name-taken', { name })
        throw error
      }
    },

    renew: ({ device }: Input<typeof op.renewDeviceToken>, actor: StaffActor) =>
      change(device, actor, async (tx, row, at): Promise<Output<typeof op.renewDeviceToken>> => {
        const token = deps.token()
        const renewed = await updateDevice(tx, row.id, { token_hash: hashOf(token) })
        await event(tx, 'device-token-renewed', row, at, actor)
        return { device: view({ ...renewed, held: 0 }), token }
      }),

    retire: ({ device }: Input<typeof op.retireDevice>, actor: StaffActor) =>
      change(device, actor, async (tx, row, at): Promise<Output<typeof op.retireDevice>> => {
        await updateDevice(tx, row.id, { retired_at: at })
        await closeLeases(tx, await openLeases(tx, row.id), 'RETIRED', at)
        await event(tx, 'device-retired', row, at, actor)
        return { id: row.id }
      }),

    /** A change of state is an event; the same state again only says that the machine is there. */
    report: ({
      token,
      state,
      queued,
      doubtful,
    }: Input<typeof op.reportPrinter>): Promise<Output<typeof op.reportPrinter>> =>
      inTransaction(deps.db, async (tx) => {
        const row = await lockDeviceByToken(tx, 'PRINTER', token)
        if (!row) throw new Refusal('queue.device-not-paired')
        const at = deps.clock.now()
        const changed = row.state !== state
        await updateDevice(tx, row.id, {
          ...{ seen_at: at, state, queued, doubtful },
          ...(changed ? { state_since: at } : {}),
        })
        if (changed) await event(tx, 'printer-state-changed', row, at, null, { from: row.state, to: state })
        return { at: toLocalIso(at) }
      }),
  }
}
