import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { addDays, instantOf, localDateOf } from '#platform/time/vietnam.ts'
import {
  type AppointmentRow,
  freeTimes,
  lockExpired,
  lockMissed,
  lockToRemind,
  updateAppointment,
} from '../store/appointments.ts'
import { type QueueDeps, record } from './deps.ts'

const AT_ONCE = 200
const CLOCK = { kind: 'system', id: null, name: 'Theo lịch hẹn' } as const
/** The day before, at this hour: late enough to be sure, early enough to move. */
const REMIND_FROM_HOUR = 8

/** What happens to appointments by time alone; however many processes look, each is handled once. */
export const createAppointmentWatch = (deps: QueueDeps) => {
  const each = async (
    lock: (tx: Tx) => Promise<AppointmentRow[]>,
    handle: (tx: Tx, row: AppointmentRow) => Promise<unknown>,
  ): Promise<void> => {
    for (let done = AT_ONCE; done === AT_ONCE; )
      done = await inTransaction(deps.db, async (tx) => {
        const rows = await lock(tx)
        for (const row of rows) await handle(tx, row)
        return rows.length
      })
  }

  const tell = (
    tx: Tx,
    type: 'appointment-expired' | 'appointment-reminded' | 'appointment-missed',
    row: AppointmentRow,
  ) =>
    record(deps, tx, {
      ...{ type, at: deps.clock.now(), actor: CLOCK, subject: { kind: 'appointment', id: row.id } },
      data: { centre: row.centre_id, group: row.group_id, startsAt: row.starts_at.toISOString() },
    })

  return async (): Promise<void> => {
    const now = deps.clock.now()
    await each(
      (tx) => lockExpired(tx, now, AT_ONCE),
      async (tx, row) => {
        await freeTimes(tx, row)
        await updateAppointment(tx, row, { state: 'EXPIRED', held_until: null })
        await tell(tx, 'appointment-expired', row)
      },
    )
    const today = localDateOf(now)
    if (now >= instantOf(today, REMIND_FROM_HOUR * 60))
      await each(
        (tx) => lockToRemind(tx, now, instantOf(addDays(today, 2)), AT_ONCE),
        async (tx, row) => {
          await updateAppointment(tx, row, { reminded_at: now })
          await tell(tx, 'appointment-reminded', row)
        },
      )
    await each(
      (tx) => lockMissed(tx, instantOf(today), AT_ONCE),
      async (tx, row) => {
        await updateAppointment(tx, row, { state: 'MISSED' })
        await tell(tx, 'appointment-missed', row)
      },
    )
  }
}
