import type pg from 'pg'
import type { EventRow } from './event.ts'
import { appendLeaf, readTree, type Tree } from './merkle.ts'

/**
 * Writes the events of a bulk load in their places at once, in the caller's transaction: waiting for the sealer would write
 * each of a million rows a second time. Takes the tree's lock, so it comes last before the commit; the next checkpoint
 * vouches for these events, so the load ends with one event that is sealed as usual.
 */
export const appendSealed = async (
  client: pg.ClientBase,
  rows: readonly EventRow[],
  copy: (statement: string, lines: readonly string[]) => Promise<void>,
): Promise<void> => {
  if (rows.length === 0) return
  const tree = await lockTree(client)
  const first = tree.size + 1
  for (const { hash } of rows) appendLeaf(tree, hash)
  await copy(
    `copy event (id, type, at, actor_kind, actor_id, actor_name, subject_kind, subject_id, body, hash, position, waiting_since) from stdin`,
    rows.map((row, index) => copyLine(row, first + index)),
  )
  await client.query('insert into log_leaves (first, hashes) values ($1, $2)', [
    first,
    Buffer.concat(rows.map(({ hash }) => hash)),
  ])
  await client.query('update log_tree set size = $1, peaks = $2', [tree.size, Buffer.concat(tree.peaks)])
}

const lockTree = async (client: pg.ClientBase): Promise<Tree> => {
  const { rows } = await client.query<{ size: number; peaks: Buffer }>(
    'select size, peaks from log_tree for update',
  )
  const [row] = rows
  if (!row) throw new Error('The log has no tree')
  return readTree(row)
}

const SPECIAL = /[\\\t\n\r]/g
/** Nearly every value: a test is a tenth of a replacement. */
const PLAIN = /^[^\\\t\n\r]*$/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A value as COPY's text format writes it. */
export const copyText = (value: string): string =>
  PLAIN.test(value) ? value : value.replace(SPECIAL, (character) => ESCAPES[character] ?? character)

const copyLine = (row: EventRow, position: number): string =>
  `${row.id}\t${row.type}\t${row.at}\t${row.actorKind}\t${row.actorId === null ? '\\N' : copyText(row.actorId)}\t${copyText(row.actorName)}\t${
    row.subjectKind
  }\t${copyText(row.subjectId)}\t${copyText(row.body)}\t\\\\x${row.hash.toString('hex')}\t${position}\t\\N\n`
