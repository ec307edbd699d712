import { z } from 'zod'
import type { Db, Tx } from '#platform/db/connect.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { createIdempotency, isRepeat, rememberAnswers } from '#platform/http/idempotency.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import { canMove, type KioskMoment, returnMinutesOf, takenInOrder, ticketCode } from '../rules.ts'
import { type GroupRow, groupsOf, shareGroupsOf } from '../store/counters.ts'
import { type DeviceRow, lockDeviceByToken, updateDevice } from '../store/devices.ts'
import {
  type ClosedLease,
  type CloseReason,
  closeLeases,
  existingTickets,
  insertLeases,
  insertOfflineTickets,
  type LeaseRow,
  leasesById,
  lockPastLeases,
  openLeases,
  takeFromUnused,
} from '../store/leases.ts'
import { callingFrom, findSettings } from '../store/settings.ts'
import { lockTicket, takeNumbers, updateTicket } from '../store/tickets.ts'
import { type QueueDeps, record } from './deps.ts'
import { missingNote } from './issue.ts'
import type { PaperDeps } from './paper.ts'
import { hoursOf } from './words.ts'

/** An hour of a busy service at one kiosk; a block that is half used is followed by the next. */
const BLOCK = 20
const CLOSED_AT_ONCE = 500

type Brought = Input<typeof op.bringTickets>['tickets'][number]
type Outcome = Output<typeof op.bringTickets>['items'][number]

const Answered = z.object({ id: z.uuid() })

/** Numbers given without us: blocks in store, and what became of them. */
export const createOffline = (deps: QueueDeps & Pick<PaperDeps, 'hotline' | 'publicUrl'>) => {
  /** The kiosk that speaks, locked; by how much its clock is wrong is measured on the way. */
  const heard = async (tx: Tx, token: string, moment: KioskMoment, at: Date): Promise<DeviceRow> => {
    const device = await lockDeviceByToken(tx, 'KIOSK', token)
    if (!device) throw new Refusal('queue.device-not-paired')
    return updateDevice(tx, device.id, { seen_at: at, clock_behind_ms: at.getTime() - moment.at })
  }

  const close = async (tx: Tx, leases: readonly LeaseRow[], reason: CloseReason, at: Date): Promise<void> => {
    const closed = await closeLeases(tx, leases, reason, at)
    for (const { lease, unused } of closed) await recordClosed(tx, lease, unused, reason, at)
  }
  const recordClosed = (
    tx: Tx,
    lease: ClosedLease['lease'],
    unused: readonly number[],
    reason: CloseReason,
    at: Date,
  ) =>
    record(deps, tx, {
      ...{ type: 'numbers-unused', at, actor: { kind: 'system', id: null, name: 'Quyết toán số' } },
      subject: { kind: 'device', id: lease.device_id },
      data: {
        centre: lease.centre_id,
        group: lease.group_id,
        lease: lease.id,
        day: lease.day,
        reason,
        unused: [...unused],
      },
    })

  /** When numbers of a group are given today. */
  const hoursToday = async (group: GroupRow, at: Date) => {
    const { closes } = hoursOf(await deps.calendarFor(group.centre_id), at, group)
    const until = closes && new Date(closes.getTime() - group.stops_before * 60_000)
    return until && until > at
      ? { from: toLocalIso(at), until: toLocalIso(until) }
      : { from: null, until: null }
  }

  /** Blocks of the very counter that numbers are counted with, never beyond the day's limit. */
  const give = async (
    tx: Tx,
    device: DeviceRow,
    wanted: readonly { lease: string; group: GroupRow }[],
    at: Date,
    day: string,
  ): Promise<void> => {
    const rows = wanted.map(({ group }) => ({ group: group.id, day, count: 0 }))
    const lasts = await takeNumbers(tx, rows)
    const room = ({ id, daily_limit, number_from }: GroupRow): number =>
      daily_limit === null
        ? BLOCK
        : Math.min(BLOCK, daily_limit - ((lasts.get(id)?.last ?? 0) - number_from + 1))
    const given = wanted.filter(({ group }) => room(group) > 0)
    if (given.length === 0) return
    const ends = await takeNumbers(
      tx,
      given.map(({ group }) => ({ group: group.id, day, count: room(group) })),
    )
    await insertLeases(
      tx,
      given.map(({ lease, group }) => {
        const last = ends.get(group.id)?.last ?? 0
        return {
          ...{ id: lease, device: device.id, centre: group.centre_id, group: group.id, day },
          ...{ first: last - room(group) + 1, last, at: at.toISOString() },
        }
      }),
    )
  }

  const lease = ({
    token,
    moment,
    holds,
    wanted,
  }: Input<typeof op.leaseNumbers>): Promise<Output<typeof op.leaseNumbers>> =>
    inTransaction(deps.db, async (tx) => {
      const at = deps.clock.now()
      const day = localDateOf(at)
      const device = await heard(tx, token, moment, at)
      const open = await openLeases(tx, device.id)
      const named = new Set([...holds, ...wanted.map((one) => one.lease)])
      await close(
        tx,
        open.filter((one) => one.day < day),
        'DAY_OVER',
        at,
      )
      // The kiosk has lost its memory, or another one has its token: whoever may still have printed from these, nobody else will.
      await close(
        tx,
        open.filter((one) => one.day >= day && !named.has(one.id)),
        'LOST',
        at,
      )
      const groups = await shareGroupsOf(tx, device.centre_id)
      const hours = new Map(
        await Promise.all(groups.map(async (group) => [group.id, await hoursToday(group, at)] as const)),
      )
      const known = new Set((await leasesById(tx, [...named])).map(({ id }) => id))
      const asked = new Map(wanted.map((one) => [one.serviceGroup, one.lease]))
      await give(
        tx,
        device,
        groups.flatMap((group) => {
          const id = asked.get(group.id)
          return id !== undefined && !known.has(id) && hours.get(group.id)?.until
            ? [{ lease: id, group }]
            : []
        }),
        at,
        day,
      )
      const unit = (await deps.tree()).units.get(device.centre_id)
      return {
        ...{ at: at.getTime(), day },
        paper: {
          ...{ centre: unit?.name ?? '', hotline: deps.hotline, url: deps.publicUrl() },
          returnMinutes: returnMinutesOf(callingFrom(await findSettings(tx, device.centre_id))),
        },
        groups: groups.map(({ id, prefix, name, name_en: nameEn }) => ({
          ...{ id, prefix, name, nameEn },
          ...(hours.get(id) ?? { from: null, until: null }),
        })),
        leases: (await openLeases(tx, device.id)).map(({ id, group_id, day: of, first, last }) => ({
          ...{ id, serviceGroup: group_id, day: of, first, last },
        })),
      }
    })

  /** Asked for before the network was lost, and given a number that nobody ever saw: the visitor holds the other one. */
  const withdrawUnseen = async (tx: Tx, brought: readonly Brought[], at: Date): Promise<void> => {
    const keys = brought.flatMap(({ key }) => key ?? [])
    if (keys.length === 0) return
    const answered = await answersTo(tx, keys)
    for (const ticket of brought) {
      const answer = ticket.key === null ? undefined : answered.get(ticket.key)
      const unseen = answer === undefined ? undefined : await lockTicket(tx, answer)
      if (!unseen || unseen.id === ticket.id || !canMove('cancel', unseen.state)) continue
      await updateTicket(tx, unseen, { state: 'CANCELLED', ended_at: at })
      await record(deps, tx, {
        ...{ type: 'ticket-cancelled', at, actor: { kind: 'system', id: null, name: 'Kiosk mất mạng' } },
        subject: { kind: 'ticket', id: unseen.id },
        data: {
          centre: unseen.centre_id,
          number: unseen.code,
          because: 'printed-without-network',
          by: ticket.id,
        },
      })
    }
    // A request that is still on its way finds its key taken and makes no second ticket.
    await rememberAnswers(
      tx,
      brought.flatMap((ticket) =>
        ticket.key === null || answered.has(ticket.key)
          ? []
          : createIdempotency({
              ...{
                account: 'public',
                key: ticket.key,
                operation: 'queue.bring-tickets',
                body: ticket,
                status: 201,
              },
              now: () => at,
            }).row({ id: ticket.id }),
      ),
    )
  }

  const answersTo = async (tx: Db, keys: readonly string[]): Promise<Map<string, string>> => {
    const rows = await tx
      .selectFrom('idempotency')
      .select(['key', 'answer'])
      .where('account', '=', 'public')
      .where('key', 'in', [...keys])
      .execute()
    return new Map(
      rows.flatMap(({ key, answer }) => {
        const found = Answered.safeParse(JSON.parse(answer))
        return found.success ? [[key, found.data.id] as const] : []
      }),
    )
  }

  /** What becomes of each; the device is locked, so nobody else brings numbers of its blocks meanwhile. */
  const judge = async (tx: Tx, device: DeviceRow, brought: readonly Brought[]) => {
    const ids = [...new Set(brought.map((one) => one.lease))]
    const leases = new Map((await leasesById(tx, ids)).map((one) => [one.id, one]))
    const existing = await existingTickets(tx, {
      ids: brought.map(({ id }) => id),
      tokens: brought.map(({ token }) => token),
      leases: ids,
    })
    const seen = new Set<string>()
    return brought.map((ticket): { ticket: Brought; lease: LeaseRow | undefined; outcome: Outcome } => {
      const of = leases.get(ticket.lease)
      const say = (outcome: Outcome['outcome'], code: string | null = null) => ({
        ...{ ticket, lease: of, outcome: { id: ticket.id, outcome, code } },
      })
      const same = existing.find(({ id }) => id === ticket.id)
      if (same?.lease_id === ticket.lease && same.number === ticket.number) return say('KNOWN')
      const own = of?.device_id === device.id && ticket.number >= of.first && ticket.number <= of.last
      if (!own) return say('REFUSED', 'queue.number-not-leased')
      const places = [ticket.id, ticket.token, `${ticket.lease} ${ticket.number}`]
      const taken =
        same !== undefined ||
        existing.some(
          (one) =>
            one.token === ticket.token || (one.lease_id === ticket.lease && one.number === ticket.number),
        ) ||
        places.some((place) => seen.has(place))
      if (taken) return say('REFUSED', 'queue.number-taken')
      for (const place of places) seen.add(place)
      return say('TAKEN_IN')
    })
  }

  const takeIn = ({
    token,
    moment,
    tickets,
  }: Input<typeof op.bringTickets>): Promise<Output<typeof op.bringTickets>> =>
    inTransaction(deps.db, async (tx) => {
      const at = deps.clock.now()
      const device = await heard(tx, token, moment, at)
      const judged = await judge(tx, device, tickets)
      const fresh = judged.flatMap(({ ticket, lease: of, outcome }) =>
        of && outcome.outcome === 'TAKEN_IN' ? [{ ticket, of }] : [],
      )
      if (fresh.length > 0) await write(tx, device, fresh, moment, at)
      return { at: at.getTime(), items: judged.map(({ outcome }) => outcome) }
    })

  const write = async (
    tx: Tx,
    device: DeviceRow,
    fresh: readonly { ticket: Brought; of: LeaseRow }[],
    sent: KioskMoment,
    at: Date,
  ): Promise<void> => {
    const prefixes = new Map((await groupsOf(tx, device.centre_id)).map(({ id, prefix }) => [id, prefix]))
    const moments = takenInOrder(
      fresh.map(({ ticket: { taken, behind }, of }) => ({ taken, behind, given: of.given_at.getTime() })),
      { sent, now: at.getTime() },
    )
    const rows = fresh.map(({ ticket, of }, i) => ({
      ...{ id: ticket.id, centre: device.centre_id, group: of.group_id, lease: of.id, day: of.day },
      ...{
        number: ticket.number,
        code: ticketCode(prefixes.get(of.group_id) ?? '', ticket.number),
        token: ticket.token,
      },
      ...{
        priorityClass: ticket.priorityClass,
        language: ticket.language,
        procedures: ticket.procedures,
        note: missingNote(ticket.missingPapers),
      },
      at: new Date(moments[i] ?? at.getTime()).toISOString(),
    }))
    await insertOfflineTickets(tx, rows)
    for (const of of new Set(fresh.map((one) => one.of)))
      if (of.closed_at !== null)
        await takeFromUnused(
          tx,
          of.id,
          fresh.filter((one) => one.of.id === of.id).map(({ ticket }) => ticket.number),
        )
    await deps.log.append(
      tx,
      rows.map((row) => ({
        ...{ type: 'ticket-issued', at, actor: { kind: 'system', id: device.id, name: device.name } },
        subject: { kind: 'ticket', id: row.id },
        data: {
          ...{
            centre: row.centre,
            group: row.group,
            number: row.code,
            channel: 'KIOSK',
            priority: row.priorityClass,
          },
          ...{ device: device.id, lease: row.lease, takenAt: toLocalIso(new Date(row.at)) },
        },
      })),
    )
    await withdrawUnseen(
      tx,
      fresh.map(({ ticket }) => ticket),
      at,
    )
  }

  return {
    lease,
    /** Once more when the very request that was thought lost came through at the same moment. */
    bring: (input: Input<typeof op.bringTickets>): Promise<Output<typeof op.bringTickets>> =>
      takeIn(input).catch((error: unknown) => {
        if (isRepeat(error)) return takeIn(input)
        throw error
      }),
    /** Blocks of days that are over, of kiosks that have not come back since. */
    closePast: (): Promise<void> =>
      inTransaction(deps.db, async (tx) => {
        const at = deps.clock.now()
        await close(tx, await lockPastLeases(tx, localDateOf(at), CLOSED_AT_ONCE), 'DAY_OVER', at)
      }),
  }
}
