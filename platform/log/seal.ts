import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '#platform/db/connect.ts'
import { type Checkpoint, signCheckpoint } from './checkpoint.ts'
import { appendLeaf, readTree, type Tree } from './merkle.ts'
import type { SigningKey } from './signing-key.ts'

export type SealOptions = { key: SigningKey; now: () => Date; limit: number }
/** `count` 0: nothing waited, or another sealer is at it. */
export type Sealed = { count: number; checkpoint?: Checkpoint }

/** Checkpoints nearer than this to the one before are dropped once a newer one vouches for the same events. */
const KEEP_MS = 60_000

/**
 * Gives committed rows their places. One transaction, so a kill at any point leaves either the whole batch or nothing of
 * it. The lock on the tree's row makes one sealer at a time; who finds it taken has nothing to do. A row that a slow
 * transaction commits later is simply found by a later batch: nothing is remembered about what was seen.
 */
export const sealBatch = (db: Db, options: SealOptions): Promise<Sealed> =>
  inTransaction(db, async (tx) => {
    const tree = await lockTree(tx)
    if (!tree) return { count: 0 }
    const waiting = await tx
      .selectFrom('event')
      .select(['id', 'hash'])
      .where('position', 'is', null)
      .orderBy('waiting_since')
      .orderBy('id')
      .limit(options.limit)
      .execute()
    if (waiting.length === 0) return { count: 0 }
    const first = tree.size + 1
    for (const { hash } of waiting) appendLeaf(tree, hash)
    const checkpoint = signCheckpoint(tree, options.now(), options.key)
    const ids = waiting.map(({ id }) => id)
    await write(tx, { first, ids, leaves: Buffer.concat(waiting.map(({ hash }) => hash)), tree, checkpoint })
    return { count: waiting.length, checkpoint }
  })

const lockTree = async (tx: Tx): Promise<Tree | undefined> => {
  // A sealer that hangs (stopped process, lost network) must not hold the tree for longer than this.
  await sql`set local idle_in_transaction_session_timeout = '5s'`.execute(tx)
  const row = await tx
    .selectFrom('log_tree')
    .select(['size', 'peaks'])
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row && readTree(row)
}

type Batch = { first: number; ids: string[]; leaves: Buffer; tree: Tree; checkpoint: Checkpoint }

const write = async (tx: Tx, { first, ids, leaves, tree, checkpoint }: Batch): Promise<void> => {
  const { numAffectedRows } = await sql`
    update event set position = place.position, waiting_since = null
    from (
      select id, ${first}::bigint + ordinality - 1 as position
      from unnest(${ids}::uuid[]) with ordinality as batch (id, ordinality)
    ) place
    where event.id = place.id`.execute(tx)
  if (Number(numAffectedRows) !== ids.length)
    throw new Error('An event disappeared while it was being sealed')
  const { size, root, at, keyId, signature } = checkpoint
  const superseded = new Date(at.getTime() - KEEP_MS)
  await sql`
    with advanced as (
      update log_tree set size = ${tree.size}, peaks = ${Buffer.concat(tree.peaks)}
    ), remembered as (
      insert into log_leaves (first, hashes) values (${first}, ${leaves})
    ), thinned as (
      delete from log_checkpoint
      where size = ${first - 1}
        and exists (select from log_checkpoint earlier where earlier.size < ${first - 1} and earlier.at > ${superseded})
    )
    insert into log_checkpoint (size, root, at, key_id, signature)
    values (${size}, ${root}, ${at}, ${keyId}, ${signature})`.execute(tx)
}
