import type { StaffActor } from '#modules/identity/contract.ts'
import type { CounterView } from '#modules/organisation/contract.ts'
import { inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input } from '#platform/operation.ts'
import type * as op from '../contract.ts'
import type { CounterQueue } from '../contract.ts'
import { type CounterRow, findOfficer, lockState, putState } from '../store/counters.ts'
import { atCounter } from '../store/tickets.ts'
import { AT_COUNTERS, holdsAtCentre, ORDERS, type QueueDeps, record, staffActor } from './deps.ts'
import type { Help } from './help.ts'
import { counterQueue } from './strip.ts'

const closedState = (counter: CounterView, at: Date): CounterRow => ({
  ...{
    counter_id: counter.id,
    centre_id: counter.centre,
    state: 'CLOSED',
    officer_id: null,
    officer_name: null,
  },
  ...{ reason: null, until: null, since: at },
})

/** How long the counters of a centre may be known here; they change a few times a year. */
const KNOWN_MS = 1_000

/** Who sits where: a counter is served by one officer, an officer serves at one counter. */
export const createCounters = (deps: QueueDeps, help: Help) => {
  const known = new Map<string, { at: number; counters: Promise<CounterView[]> }>()
  const read = (centre: string): Promise<CounterView[]> => {
    const counters = deps.countersOf(centre)
    const entry = { at: performance.now(), counters }
    known.set(centre, entry)
    counters.catch(() => known.get(centre) === entry && known.delete(centre))
    return counters
  }
  /** Every press asks; one that is not among those known may be new. */
  const among = async (centre: string, id: string): Promise<CounterView | undefined> => {
    const held = known.get(centre)
    const fresh = held !== undefined && performance.now() - held.at < KNOWN_MS
    const found = fresh ? (await held.counters).find((one) => one.id === id) : undefined
    return found ?? (await read(centre)).find((one) => one.id === id)
  }

  /** The counter when this officer works at its centre. */
  const findCounter = async (id: string, actor: StaffActor): Promise<CounterView> => {
    const tree = await deps.tree()
    const own = await Promise.all(
      [...tree.centres.keys()]
        .filter((centre) => id.startsWith(centre) || centre === actor.centre)
        .map((centre) => among(centre, id)),
    )
    const counter = own.find((one) => one !== undefined)
    if (!counter) throw new Refusal('queue.unknown-counter')
    if (!holdsAtCentre(tree, actor, [...AT_COUNTERS, ...ORDERS], counter.centre))
      throw new Refusal('queue.not-your-counter', { counter: counter.number })
    return counter
  }

  /** Locks the counter's row, made when it never opened, and gives its state. */
  const lockCounter = async (tx: Tx, counter: CounterView): Promise<CounterRow> => {
    const found = await lockState(tx, counter.id)
    if (found) return found
    await tx
      .insertInto('counter_state')
      .values(closedState(counter, deps.clock.now()))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return (await lockState(tx, counter.id)) ?? closedState(counter, deps.clock.now())
  }

  const assertFree = async (tx: Tx, counter: CounterView): Promise<void> => {
    const current = await atCounter(tx, counter.id)
    if (current) throw new Refusal('queue.visitor-at-counter', { number: current.code })
  }

  const change = async (
    id: string,
    actor: StaffActor,
    work: (tx: Tx, counter: CounterView, state: CounterRow, at: Date) => Promise<void>,
  ): Promise<CounterQueue> => {
    const counter = await findCounter(id, actor)
    await inTransaction(deps.db, async (tx) => {
      await work(tx, counter, await lockCounter(tx, counter), deps.clock.now())
    })
    return counterQueue(deps, deps.db, counter)
  }

  const put = async (
    tx: Tx,
    counter: CounterView,
    row: CounterRow,
    type: 'counter-opened' | 'counter-paused' | 'counter-closed',
    actor: StaffActor,
    at: Date,
  ): Promise<void> => {
    await putState(tx, row)
    await record(deps, tx, {
      ...{ type, at, actor: staffActor(actor), subject: { kind: 'counter', id: counter.id } },
      data: {
        ...{ centre: counter.centre, counter: counter.number, state: row.state, reason: row.reason },
        until: row.until?.toISOString() ?? null,
      },
    })
  }

  const elsewhere = async (tx: Tx, actor: StaffActor): Promise<Refusal> => {
    const other = await findOfficer(tx, actor.id)
    const counters = other ? await deps.countersOf(other.centre_id) : []
    const number = counters.find(({ id }) => id === other?.counter_id)?.number ?? ''
    return new Refusal('queue.officer-elsewhere', { counter: number })
  }

  return {
    findCounter,
    lockCounter,
    assertFree,

    queue: async ({ counter }: Input<typeof op.getCounterQueue>, actor: StaffActor) =>
      counterQueue(deps, deps.db, await findCounter(counter, actor)),

    open: ({ counter }: Input<typeof op.openCounter>, actor: StaffActor) =>
      change(counter, actor, async (tx, place, state, at) => {
        if (state.state !== 'CLOSED' && state.officer_id !== actor.id)
          throw new Refusal('queue.counter-taken', {
            counter: place.number,
            officer: state.officer_name ?? '',
          })
        if (state.state === 'OPEN') return
        const other = await findOfficer(tx, actor.id)
        if (other && other.counter_id !== place.id) throw await elsewhere(tx, actor)
        const row: CounterRow = {
          ...closedState(place, at),
          ...{ state: 'OPEN', officer_id: actor.id, officer_name: actor.name },
        }
        await put(tx, place, row, 'counter-opened', actor, at).catch((error: unknown) => {
          // Two counters at once: the index of officers lets one of them be true.
          if (violates(error, 'counter_state_officer_once'))
            throw new Refusal('queue.officer-elsewhere', { counter: '' })
          throw error
        })
      }),

    pause: ({ counter, reason, until }: Input<typeof op.pauseCounter>, actor: StaffActor) =>
      change(counter, actor, async (tx, place, state, at) => {
        if (state.state === 'CLOSED') throw new Refusal('queue.counter-closed', { counter: place.number })
        await assertFree(tx, place)
        const row: CounterRow = {
          ...state,
          ...{ state: 'PAUSED', reason, until: until ? new Date(until) : null, since: at },
        }
        await put(tx, place, row, 'counter-paused', actor, at)
      }),

    close: ({ counter }: Input<typeof op.closeCounterForNow>, actor: StaffActor) =>
      change(counter, actor, async (tx, place, state, at) => {
        if (state.state === 'CLOSED') throw new Refusal('queue.counter-closed', { counter: place.number })
        await assertFree(tx, place)
        await put(tx, place, closedState(place, at), 'counter-closed', actor, at)
        await help.endAtCounter(tx, place, 'COUNTER_CLOSED', actor, at)
      }),

    askForHelp: ({ counter, wanted }: Input<typeof op.askForHelp>, actor: StaffActor) =>
      change(counter, actor, async (tx, place, state, at) => {
        if (state.state === 'CLOSED') throw new Refusal('queue.counter-closed', { counter: place.number })
        await (wanted
          ? help.atCounter(tx, place, actor, at)
          : help.endAtCounter(tx, place, 'HELPED', actor, at))
      }),
  }
}
export type Counters = ReturnType<typeof createCounters>
