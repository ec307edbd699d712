import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { CounterView } from '#modules/organisation/contract.ts'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { EventActor } from '#platform/log/log.ts'
import type { Input, Output } from '#platform/operation.ts'
import { instantOf, localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { HelpCall, KioskHelp, QueueEventType } from '../contract.ts'
import { DEFAULT_CALLING } from '../rules.ts'
import { findDeviceByToken } from '../store/devices.ts'
import {
  findHelp,
  type HelpRow,
  insertHelp,
  lockHelp,
  lockHelpDue,
  lockOpenHelpAt,
  type NewHelp,
  openHelpAt,
  updateHelp,
} from '../store/help.ts'
import { AT_COUNTERS, holdsAtCentre, ORDERS, type QueueDeps, record, staffActor } from './deps.ts'

const MINUTE = 60_000
const AT_ONCE = 200
const CLOCK = { kind: 'system', id: null, name: 'Theo giờ chờ người giúp' } as const
/** Kiosks that nobody paired share one place: nobody knows which of them it is. */
const SOME_KIOSK = { place: 'kiosk', place_name: 'Máy lấy số' }

const isOverdue = ({ taken_at, asked_at }: HelpRow, helpMinutes: number, now: Date): boolean =>
  taken_at === null && now.getTime() - asked_at.getTime() >= helpMinutes * MINUTE

export const helpView = (row: HelpRow, helpMinutes: number, now: Date, reader: string): HelpCall => ({
  ...{ id: row.id, kind: row.kind, place: row.place_name, counter: row.counter },
  ...{ askedAt: toLocalIso(row.asked_at), askedBy: row.asked_by_name },
  taken: row.taken_at && {
    by: row.taken_by_name ?? '',
    ...{ mine: row.taken_by === reader, at: toLocalIso(row.taken_at) },
  },
  overdue: isOverdue(row, helpMinutes, now),
})

/** Calls for a colleague: told to everybody in the hall, taken by one, told again while nobody comes, and kept in the log. */
export const createHelp = (deps: QueueDeps) => {
  const tell = (
    tx: Tx,
    type: QueueEventType,
    row: HelpRow,
    at: Date,
    actor: EventActor | undefined,
    more: Record<string, string | number> = {},
  ) =>
    record(deps, tx, {
      ...{ type, at, ...(actor ? { actor } : {}) },
      subject: {
        kind: row.kind === 'COUNTER' ? 'counter' : 'hall',
        id: row.kind === 'COUNTER' ? row.place : row.centre_id,
      },
      data: {
        ...{ centre: row.centre_id, counter: row.counter, place: row.place_name, call: row.id },
        ...more,
      },
    })

  /** Opens a call, or finds the one that is open. */
  const open = async (tx: Tx, call: NewHelp, actor: EventActor | undefined): Promise<HelpRow | undefined> => {
    const made = await insertHelp(tx, call)
    if (!made) return openHelpAt(tx, call.centre_id, call.place)
    await tell(tx, 'help-asked', made, call.asked_at, actor)
    return made
  }

  const end = async (
    tx: Tx,
    row: HelpRow,
    how: NonNullable<HelpRow['ended_how']>,
    at: Date,
    actor: EventActor | undefined,
  ): Promise<HelpRow> => {
    const ended = await updateHelp(tx, row.id, {
      ...{ ended_at: at, ended_how: how, ended_by_name: actor?.name ?? null },
    })
    await tell(tx, 'help-ended', row, at, actor, { how, taken: row.taken_by_name ?? '' })
    return ended
  }

  const kioskView = async (row: HelpRow): Promise<KioskHelp> => {
    const { helpMinutes } = await deps.ruleOf(row.centre_id)
    return {
      ...{ id: row.id, askedAt: toLocalIso(row.asked_at), comes: row.taken_by_name },
      ...{ overdue: isOverdue(row, helpMinutes, deps.clock.now()), over: row.ended_at !== null },
    }
  }

  /** The call, locked, when this officer works in its hall. */
  const lockOwn = async (tx: Tx, id: string, actor: StaffActor): Promise<HelpRow> => {
    const row = await lockHelp(tx, id)
    if (!row) throw new Refusal('queue.unknown-help-call')
    if (!holdsAtCentre(await deps.tree(), actor, [...AT_COUNTERS, ...ORDERS], row.centre_id))
      throw new Refusal('queue.not-your-centre')
    return row
  }

  return {
    atCounter: (tx: Tx, counter: CounterView, actor: StaffActor, at: Date) =>
      open(
        tx,
        {
          ...{ id: newId(), centre_id: counter.centre, kind: 'COUNTER', place: counter.id, asked_at: at },
          ...{ place_name: `Quầy ${counter.number} · ${counter.name}`, counter: counter.number },
          ...{ asked_by: actor.id, asked_by_name: actor.name },
        },
        staffActor(actor),
      ),

    /** Whatever is open at a counter ends with this. */
    endAtCounter: async (
      tx: Tx,
      counter: CounterView,
      how: 'HELPED' | 'COUNTER_CLOSED',
      actor: StaffActor,
      at: Date,
    ): Promise<void> => {
      const row = await lockOpenHelpAt(tx, counter.centre, counter.id)
      if (row) await end(tx, row, how, at, staffActor(actor))
    },

    atKiosk: async ({ centre, token }: Input<typeof op.askForHelpAtKiosk>): Promise<KioskHelp> => {
      if (!(await deps.tree()).centres.has(centre)) throw new Refusal('queue.unknown-centre')
      const device = token === undefined ? undefined : await findDeviceByToken(deps.db, 'KIOSK', token)
      if (token !== undefined && device?.centre_id !== centre) throw new Refusal('queue.device-not-paired')
      const where = device ? { place: device.id, place_name: device.name } : SOME_KIOSK
      const row = await inTransaction(deps.db, (tx) =>
        open(
          tx,
          {
            ...{ id: newId(), centre_id: centre, kind: 'KIOSK', ...where, counter: null },
            ...{ asked_at: deps.clock.now(), asked_by: null, asked_by_name: null },
          },
          undefined,
        ),
      )
      // Ended by somebody between the two looks: whoever stands there taps again.
      if (!row) throw new Refusal('queue.unknown-help-call')
      return kioskView(row)
    },

    kiosk: async ({ call }: Input<typeof op.getKioskHelp>): Promise<KioskHelp> => {
      const row = await findHelp(deps.db, call)
      if (row?.kind !== 'KIOSK') throw new Refusal('queue.unknown-help-call')
      return kioskView(row)
    },

    withdraw: async ({ call }: Input<typeof op.withdrawKioskHelp>): Promise<KioskHelp> => {
      const row = await inTransaction(deps.db, async (tx) => {
        const found = await lockHelp(tx, call)
        if (found?.kind !== 'KIOSK') throw new Refusal('queue.unknown-help-call')
        return found.ended_at === null ? end(tx, found, 'WITHDRAWN', deps.clock.now(), undefined) : found
      })
      return kioskView(row)
    },

    take: async ({ call }: Input<typeof op.takeHelpCall>, actor: StaffActor): Promise<HelpCall> => {
      const at = deps.clock.now()
      const row = await inTransaction(deps.db, async (tx) => {
        const found = await lockOwn(tx, call, actor)
        if (found.ended_at !== null) throw new Refusal('queue.help-over', { place: found.place_name })
        if (found.taken_by === actor.id) return found
        if (found.taken_by !== null)
          throw new Refusal('queue.help-taken', {
            place: found.place_name,
            officer: found.taken_by_name ?? '',
          })
        const taken = { taken_at: at, taken_by: actor.id, taken_by_name: actor.name }
        const row = await updateHelp(tx, found.id, taken)
        await tell(tx, 'help-taken', row, at, staffActor(actor))
        return row
      })
      return helpView(row, (await deps.ruleOf(row.centre_id)).helpMinutes, at, actor.id)
    },

    end: (
      { call }: Input<typeof op.endHelpCall>,
      actor: StaffActor,
    ): Promise<Output<typeof op.endHelpCall>> =>
      inTransaction(deps.db, async (tx) => {
        const found = await lockOwn(tx, call, actor)
        // Ended by somebody else meanwhile is ended all the same.
        if (found.ended_at === null) await end(tx, found, 'HELPED', deps.clock.now(), staffActor(actor))
        return { id: found.id }
      }),

    /** Told again while nobody comes; those of yesterday end and say so. However many processes look, each is handled once. */
    watch: async (): Promise<void> => {
      for (let done = AT_ONCE; done === AT_ONCE; )
        done = await inTransaction(deps.db, async (tx) => {
          const now = deps.clock.now()
          const today = instantOf(localDateOf(now))
          const rows = await lockHelpDue(tx, {
            ...{ now, today, otherwise: DEFAULT_CALLING.helpMinutes, limit: AT_ONCE },
          })
          for (const row of rows) {
            if (row.asked_at < today) await end(tx, row, 'DAY_OVER', now, CLOCK)
            else {
              const reminders = row.reminders + 1
              const told = await updateHelp(tx, row.id, { reminders })
              await tell(tx, 'help-overdue', told, now, CLOCK, { reminders })
            }
          }
          return rows.length
        })
    },
  }
}
export type Help = ReturnType<typeof createHelp>
