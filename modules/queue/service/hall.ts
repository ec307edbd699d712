import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { HallSettings } from '../contract.ts'
import { DEFAULT_CALLING } from '../rules.ts'
import {
  callingFrom,
  findSettings,
  leaveLease,
  putSettings,
  type SettingsRow,
  takeLease,
} from '../store/settings.ts'
import { CHANGES_HALL, holdsAtCentre, type QueueDeps, record, staffActor } from './deps.ts'
import type { Hours } from './hours.ts'
import { hoursOf } from './words.ts'

/** A display that falls silent is followed by the next one after so long at most. */
const LEASE_MS = 15_000
const FIRST_VERSION = 1

const DEFAULTS: HallSettings = {
  ...{ region: 'north', volume: 80, quiet: null, motion: true },
  ...{ sessions: null, notices: [], slides: [], calling: DEFAULT_CALLING },
}

const settingsFrom = (row: SettingsRow | undefined): HallSettings =>
  row
    ? {
        ...{ region: row.region, volume: row.volume, motion: row.motion },
        quiet:
          row.quiet_from === null || row.quiet_to === null
            ? null
            : { from: row.quiet_from, to: row.quiet_to },
        ...{ sessions: row.sessions, notices: row.notices, slides: row.slides, calling: callingFrom(row) },
      }
    : DEFAULTS

/** What a hall says and shows, and which of its displays says it. */
export const createHall = (deps: QueueDeps, hours: Hours) => {
  const nameOf = async (centre: string): Promise<string> => {
    const tree = await deps.tree()
    const unit = tree.units.get(centre)
    if (!unit || !tree.centres.has(centre)) throw new Refusal('queue.unknown-centre')
    return unit.name
  }

  return {
    get: async ({ centre }: Input<typeof op.getHall>): Promise<Output<typeof op.getHall>> => {
      const name = await nameOf(centre)
      const [row, calendar] = await Promise.all([hours.settingsOf(centre), hours.calendarOf(centre)])
      const { open, closes, opens } = hoursOf(calendar, deps.clock.now())
      return {
        ...settingsFrom(row),
        centre: { id: centre, name },
        open,
        closesAt: closes && toLocalIso(closes),
        opensAt: toLocalIso(opens),
        version: row?.version ?? FIRST_VERSION,
      }
    },

    change: async (
      { centre, version, ...settings }: Input<typeof op.changeHall>,
      actor: StaffActor,
    ): Promise<Output<typeof op.changeHall>> => {
      await nameOf(centre)
      if (!holdsAtCentre(await deps.tree(), actor, CHANGES_HALL, centre))
        throw new Refusal('queue.not-your-hall')
      await inTransaction(deps.db, async (tx) => {
        const current = (await findSettings(tx, centre))?.version ?? FIRST_VERSION
        const written = version === current && (await putSettings(tx, { centre, read: version, settings }))
        if (!written) throw new Refusal('queue.hall-changed-meanwhile')
        await record(deps, tx, {
          ...{ type: 'hall-changed', at: deps.clock.now(), actor: staffActor(actor) },
          subject: { kind: 'hall', id: centre },
          data: {
            ...{ centre, region: settings.region, notices: settings.notices.length },
            calling: settings.calling,
          },
        })
      })
      hours.forget(centre)
      return { ...settings, version: version + 1 }
    },

    announce: async ({
      centre,
      display,
      leave,
    }: Input<typeof op.holdAnnouncer>): Promise<Output<typeof op.holdAnnouncer>> => {
      await nameOf(centre)
      if (leave) {
        await leaveLease(deps.db, centre, display)
        return { speaks: false, until: null }
      }
      const at = deps.clock.now()
      const until = new Date(at.getTime() + LEASE_MS)
      const speaks = await takeLease(deps.db, { centre, display, at, until })
      return { speaks, until: speaks ? toLocalIso(until) : null }
    },
  }
}
