import { type SqlBool, sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import type { Subject } from './instances.ts'

export type WaitRow = {
  id: string
  instance: string
  token: string
  node: string
  name: string
  subject: Subject
  unit: string
  kind: 'timer' | 'message' | 'operation'
  topic: string | null
  state: 'waiting' | 'running' | 'failed' | 'done' | 'cancelled'
  dueAt: Date | null
  attempts: number
  error: string | null
  openedAt: Date
}

type Row = {
  id: string
  instance_id: string
  token_id: string
  node_id: string
  name: string
  subject_kind: string
  subject_id: string
  unit_id: string
  kind: WaitRow['kind']
  topic: string | null
  state: WaitRow['state']
  due_at: Date | null
  attempts: number
  error: string | null
  opened_at: Date
}
const COLUMNS = sql.raw(
  [
    'id, instance_id, token_id, node_id, name, subject_kind, subject_id, unit_id, kind, topic, state, due_at, attempts',
    'error, opened_at',
  ].join(', '),
)
const toWait = (row: Row): WaitRow => ({
  id: row.id,
  instance: row.instance_id,
  token: row.token_id,
  node: row.node_id,
  name: row.name,
  subject: { kind: row.subject_kind, id: row.subject_id },
  unit: row.unit_id,
  kind: row.kind,
  topic: row.topic,
  state: row.state,
  dueAt: row.due_at,
  attempts: row.attempts,
  error: row.error,
  openedAt: row.opened_at,
})

const select = async (db: Db, where: ReturnType<typeof sql<SqlBool>>): Promise<WaitRow[]> => {
  const { rows } = await sql<Row>`select ${COLUMNS} from process_wait where ${where}`.execute(db)
  return rows.map(toWait)
}

/** Timers that are due, oldest first; whoever fires one looks again under the lock of its instance. */
export const dueTimers = (db: Db, now: Date, limit: number): Promise<WaitRow[]> =>
  select(
    db,
    sql`kind = 'timer' and state = 'waiting' and paused_at is null and due_at <= ${now} order by due_at, id limit ${limit}`,
  )

/** Under the lock of its instance a wait is what it says until the transaction ends. */
export const findWait = async (db: Db, id: string): Promise<WaitRow | undefined> =>
  (await select(db, sql`id = ${id}::uuid`))[0]

export const waitsOfSubject = (db: Db, subject: Subject): Promise<WaitRow[]> =>
  select(
    db,
    sql`subject_id = ${subject.id}::uuid and closed_at is null
      and instance_id in (select id from process_instance where subject_id = ${subject.id}::uuid and ended_at is null)
      order by opened_at, id`,
  )

/** The wait of a subject for a message, oldest first. */
export const awaiting = async (tx: Tx, subject: Subject, message: string): Promise<WaitRow | undefined> =>
  (
    await select(
      tx,
      sql`subject_id = ${subject.id}::uuid and topic = ${message} and kind = 'message' and state = 'waiting'
        and subject_kind = ${subject.kind} order by opened_at, id limit 1`,
    )
  )[0]

export type NewMessage = {
  id: string
  subject: Subject
  name: string
  senderKey: string | null
  sender: string
  payload: Record<string, unknown>
  at: Date
}

/** False when the sender's own number has been here before: the message is known. */
export async function insertMessage(tx: Tx, message: NewMessage): Promise<boolean> {
  const { rows } = await sql`
    insert into process_message (id, subject_kind, subject_id, name, sender_key, sender, payload, received_at)
    values (${message.id}, ${message.subject.kind}, ${message.subject.id}, ${message.name}, ${message.senderKey},
      ${message.sender}, ${JSON.stringify(message.payload)}::jsonb, ${message.at})
    on conflict on constraint process_message_once do nothing returning id`.execute(tx)
  return rows.length === 1
}

export type PendingMessage = {
  message: string
  wait: string
  token: string
  node: string
  payload: Record<string, unknown>
}

/** Messages that were here before anybody waited for them, with the wait that takes each; oldest first. */
export async function pendingMessages(
  tx: Tx,
  waits: readonly { id: string; subject: string; topic: string | null; token: string; node: string }[],
): Promise<PendingMessage[]> {
  const rows = waits.map(({ id, subject, topic, token, node }) => ({ id, subject, topic, token, node }))
  const found = await sql<PendingMessage>`
    select m.id as message, x.id as wait, x.token, x.node, m.payload
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, subject uuid, topic text, token uuid, node text)
    join process_message m on m.subject_id = x.subject and m.name = x.topic and m.taken_at is null
    order by m.received_at, m.id limit 1`.execute(tx)
  return found.rows
}

export async function takeMessages(
  tx: Tx,
  taken: readonly { message: string; wait: string }[],
  at: Date,
): Promise<void> {
  await sql`update process_message m set taken_at = ${at}, wait_id = x.wait
    from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as x(message uuid, wait uuid) where m.id = x.message`.execute(
    tx,
  )
}

/** Takes operations that are due, or whose runner is gone, for as long as the lease; two processes never take the same. */
export async function leaseOperations(
  db: Db,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<WaitRow[]> {
  const { rows } = await sql<Row>`
    update process_wait w set state = 'running', attempts = attempts + 1, leased_until = ${until}
    where w.id in (
      select id from process_wait where kind = 'operation' and due_at <= ${now}
        and (state = 'waiting' or (state = 'running' and leased_until < ${now}))
      order by due_at, id limit ${limit} for update skip locked
    )
    returning ${COLUMNS}`.execute(db)
  return rows.map(toWait)
}

/** The attempt failed: again later, or a person must look. */
export async function failOperation(
  tx: Tx,
  id: string,
  { error, again }: { error: string; again: Date | null },
): Promise<void> {
  await tx
    .updateTable('process_wait')
    .set({
      state: again === null ? 'failed' : 'waiting',
      error,
      leased_until: null,
      ...(again === null ? {} : { due_at: again }),
    })
    .where('id', '=', id)
    .execute()
}

/** A person lets a failed one run again, with all its attempts. */
export async function retryWait(tx: Tx, id: string, due: Date): Promise<void> {
  await tx
    .updateTable('process_wait')
    .set({ state: 'waiting', attempts: 0, due_at: due, error: null })
    .where('id', '=', id)
    .execute()
}

/** The step is another unit's from now on. */
export async function moveTask(tx: Tx, id: string, unit: string): Promise<void> {
  await tx.updateTable('task').set({ unit_id: unit }).where('id', '=', id).execute()
}
