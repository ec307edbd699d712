import { setImmediate as breathe } from 'node:timers/promises'
import { v7 as newId } from 'uuid'
import { type Db, inTransaction, type Tx } from '#platform/db/connect.ts'
import type { NewEvent } from '#platform/log/log.ts'
import { fail } from '../rules.ts'
import { lockInstance, lockInstanceOf, type Subject } from '../store/instances.ts'
import * as waits from '../store/waits.ts'
import { withIds } from './carry-out.ts'
import { eventActor, OperationError, type WorkflowDeps } from './deps.ts'
import type { GraphCache } from './graphs.ts'
import type { createMoves } from './moves.ts'
import { loadWorlds, versionsOf } from './worlds.ts'

export type IncomingMessage = {
  subject: Subject
  name: string
  /** The sender's own number; the same one again changes nothing. */
  key: string | null
  sender: string
  payload: Record<string, unknown>
}

const TIMERS_AT_ONCE = 200
const OPERATIONS_AT_ONCE = 20
/** Whoever runs an operation has this long before somebody else takes it. */
const LEASE_MS = 5 * 60_000
const ATTEMPTS = 5
/** One minute, then twice as long each time. */
const backoff = (attempts: number): number => 60_000 * 2 ** (attempts - 1)

const SYSTEM = eventActor({ kind: 'system', name: 'Quy trình' })

/** What comes to a process without an officer: moments, messages, and the ends of operations. */
export function createHappenings(
  deps: WorkflowDeps,
  graphs: GraphCache,
  { happening, carry }: Pick<ReturnType<typeof createMoves>, 'happening' | 'carry'>,
) {
  const { db, log, clock, operations } = deps
  const record = (tx: Tx, wait: waits.WaitRow, event: Pick<NewEvent, 'type' | 'data'>, at: Date) =>
    log.append(tx, [
      {
        ...event,
        at,
        actor: SYSTEM,
        subject: wait.subject,
        data: { ...event.data, node: wait.node, name: wait.name },
      },
    ])

  /**
   * Fires one timer if it still waits: the row is read again under the lock of its instance, so that of two processes, or of a
   * timer and the officer who completes the step, one wins. Where somebody else has the instance, the next round comes.
   */
  const fireOne = (id: string, instance: string): Promise<boolean> =>
    inTransaction(db, async (tx) => {
      const on = await lockInstance(tx, instance, { wait: false })
      const wait = on && (await waits.findWait(tx, id))
      const at = clock.now()
      if (!on || wait?.state !== 'waiting' || wait.dueAt === null || wait.dueAt > at) return false
      await closeWait(tx, wait, at)
      await record(tx, wait, { type: 'timer-fired', data: { due: wait.dueAt.toISOString() } }, at)
      await happening(tx, on, wait, at)
      return true
    })

  /** A timer on the border that does not interrupt leaves its token where it is: its row is closed here, once. */
  const closeWait = (tx: Tx, { id }: waits.WaitRow, at: Date) =>
    tx.updateTable('process_wait').set({ state: 'done', closed_at: at }).where('id', '=', id).execute()

  /** Fires what is due; safe to run in several processes at once, and again after a kill. Answers how many fired. */
  async function fireTimers(): Promise<number> {
    let fired = 0
    for (;;) {
      const due = await waits.dueTimers(db, clock.now(), TIMERS_AT_ONCE)
      let moved = 0
      for (const { id, instance } of due) {
        moved += (await fireOne(id, instance)) ? 1 : 0
        await breathe()
      }
      fired += moved
      if (moved === 0) return fired
    }
  }

  /** Takes a message to the token that waits for it; one that nobody waits for yet is kept until somebody does. */
  async function deliverMessage(on: Db, message: IncomingMessage): Promise<'delivered' | 'kept' | 'known'> {
    return await inTransaction(on, async (tx) => {
      const at = clock.now()
      const instance = await lockInstanceOf(tx, message.subject)
      const id = newId()
      const { key: senderKey, ...rest } = message
      if (!(await waits.insertMessage(tx, { ...rest, id, senderKey, at }))) return 'known'
      const { subject, name, sender, payload } = message
      const actor = { ...SYSTEM, name: sender }
      await log.append(tx, [{ type: 'message-received', at, actor, subject, data: { message: name } }])
      const wait = instance && (await waits.awaiting(tx, subject, name))
      if (!wait) return 'kept'
      await waits.takeMessages(tx, [{ message: id, wait: wait.id }], at)
      await closeWait(tx, wait, at)
      await happening(tx, instance, { ...wait, payload }, at)
      return 'delivered'
    })
  }

  /** The operation has ended; whether anybody still waits for it is asked under the lock. */
  const finish = (wait: waits.WaitRow, payload: Record<string, unknown>): Promise<void> =>
    inTransaction(db, async (tx) => {
      const on = await lockInstance(tx, wait.instance, { wait: true })
      const now = on && (await waits.findWait(tx, wait.id))
      if (!on || now?.state !== 'running' || now.attempts !== wait.attempts) return
      const at = clock.now()
      await closeWait(tx, wait, at)
      await record(tx, wait, { type: 'operation-done', data: { operation: wait.topic } }, at)
      await happening(tx, on, { ...wait, payload }, at)
    })

  /** To the error event that knows it; else again later, and after the last attempt to a person. */
  const failed = (wait: waits.WaitRow, error: unknown): Promise<void> =>
    inTransaction(db, async (tx) => {
      const on = await lockInstance(tx, wait.instance, { wait: true })
      const now = on && (await waits.findWait(tx, wait.id))
      if (!on || now?.state !== 'running' || now.attempts !== wait.attempts) return
      const at = clock.now()
      const known = error instanceof OperationError ? error.error : undefined
      if (known !== undefined) {
        const worlds = await loadWorlds(tx, graphs, { versions: versionsOf(on), at })
        const plan = fail(worlds.of(on, on.variables), on.tokens, { token: wait.token, error: known })
        if (plan) {
          await record(
            tx,
            wait,
            { type: 'operation-refused', data: { operation: wait.topic, error: known } },
            at,
          )
          const variables = on.variables
          await carry(
            tx,
            { on, plan: withIds(plan), at, variables, closes: [], by: null, reason: null },
            worlds,
          )
          return
        }
      }
      const words = error instanceof Error ? error.message : String(error)
      const again =
        known === undefined && wait.attempts < ATTEMPTS
          ? new Date(at.getTime() + backoff(wait.attempts))
          : null
      await waits.failOperation(tx, wait.id, { error: words.slice(0, 500), again })
      if (again === null)
        await record(
          tx,
          wait,
          { type: 'operation-failed', data: { operation: wait.topic, error: words.slice(0, 500) } },
          at,
        )
    })

  const runOne = async (wait: waits.WaitRow): Promise<void> => {
    const operation = operations[wait.topic ?? '']
    try {
      if (!operation) throw new Error(`there is no operation ${wait.topic}`)
      const answer = await operation.run({ key: wait.id, subject: wait.subject, at: clock.now() })
      await finish(wait, answer ?? {})
    } catch (error) {
      await failed(wait, error)
    }
  }

  /** Runs what service tasks asked for; each by one process, and by another when that one is gone. */
  async function runOperations(): Promise<number> {
    let run = 0
    for (;;) {
      const now = clock.now()
      const until = new Date(now.getTime() + LEASE_MS)
      const leased = await waits.leaseOperations(db, { now, until, limit: OPERATIONS_AT_ONCE })
      for (const wait of leased) await runOne(wait)
      run += leased.length
      if (leased.length < OPERATIONS_AT_ONCE) return run
    }
  }

  return { fireTimers, deliverMessage, runOperations, waitsOfSubject: waits.waitsOfSubject }
}
