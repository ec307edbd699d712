import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '#platform/db/connect.ts'
import type { TaskPosition, TaskRights } from './views.ts'
import { an, MORNING, places, workflowBench } from './workflow.fixture.ts'

let bench: Awaited<ReturnType<typeof workflowBench>>
const started: string[] = []
beforeAll(async () => {
  bench = await workflowBench()
  const units = ['tt-a', 'tt-b', 'tt-c']
  for (let index = 0; index < 30; index++) {
    const at = new Date(MORNING.getTime() + (index % 10) * 60_000)
    const subject = { kind: 'dossier', id: crypto.randomUUID() }
    const place = { ...places, receivingCentre: units[index % 3] ?? '' }
    const item = { subject, version: bench.standard, places: place, at }
    const [one] = await bench.db.transaction().execute((tx) => bench.service.startInstances(tx, [item]))
    started.push(one?.opened[0]?.id ?? '')
  }
  // Two have no due date of their own: they come last.
  await bench.db.updateTable('task').set({ due_at: null }).where('id', 'in', started.slice(0, 2)).execute()
  for (const task of started.slice(3, 6))
    await bench.service.claimTask(bench.db, { task, by: an, rights: 'all' })
})
afterAll(() => bench.drop())

const walk = async (rights: TaskRights, limit: number, filter = {}) => {
  const ids: string[] = []
  let after: TaskPosition | undefined
  for (;;) {
    const page = await bench.service.listTasks(bench.db, { rights, limit, filter, after })
    ids.push(...page.items.map(({ id }) => id))
    if (!page.next) return ids
    after = page.next
  }
}
const pairs = (...units: string[]) => units.map((unit) => ({ unit, role: 'RECEPTION' }))

describe('the list of waiting tasks', () => {
  it.each([
    ['all', 'all' as const, 30],
    ['two units', pairs('tt-a', 'tt-b'), 20],
    ['a unit named twice', [...pairs('tt-a'), ...pairs('tt-a')], 10],
    ['another role', [{ unit: 'tt-a', role: 'CLERK' }], 0],
    ['nothing', [], 0],
  ])('pages through %s once, soonest due first, without due date last', async (_, rights, count) => {
    const whole = await walk(rights, 100)
    expect(whole).toHaveLength(count)
    for (const limit of [1, 7, 10]) expect(await walk(rights, limit)).toEqual(whole)
    const { items } = await bench.service.listTasks(bench.db, { rights, limit: 100 })
    const dues = items.map(({ dueAt }) => dueAt?.getTime() ?? Number.POSITIVE_INFINITY)
    expect(dues).toEqual(dues.toSorted((a, b) => a - b || 0))
    expect(await bench.service.countTasks(bench.db, { rights })).toEqual({ count, capped: false })
  })

  it('filters by state, holder, action and due date', async () => {
    expect(await walk('all', 50, { state: 'claimed' })).toHaveLength(3)
    expect(await walk('all', 50, { state: 'open' })).toHaveLength(27)
    expect(await walk('all', 50, { assignees: [an.id] })).toHaveLength(3)
    expect(await walk('all', 50, { action: 'approve' })).toEqual([])
    const dueBefore = new Date(MORNING.getTime() + 4 * 3_600_000 + 3 * 60_000)
    const early = await walk('all', 50, { dueBefore })
    expect(early).toHaveLength(7)
  })

  it('walks the indexes: a page reads a page, however many wait', async () => {
    const rights = Array.from({ length: 20 }, (_, index) => ({ unit: `tt-${index}`, role: 'RECEPTION' }))
    // One connection, because what a connection has read is counted when it says so.
    const { page, read } = await bench.db.connection().execute(async (db) => {
      await addWaiting(db, 12_000)
      const before = await rowsRead(db)
      const page = await bench.service.listTasks(db, { rights, limit: 20 })
      return { page, read: (await rowsRead(db)) - before }
    })
    expect(page.items).toHaveLength(20)
    // 20 indexes walked for at most 21 rows each; a scan would read all 12,000.
    expect(read).toBeGreaterThan(20)
    expect(read).toBeLessThanOrEqual(20 * 21)
    expect(await bench.service.countTasks(bench.db, { rights: 'all' })).toEqual({
      count: 10_000,
      capped: true,
    })
  })
})

async function addWaiting(db: Db, count: number): Promise<void> {
  await sql`with token as (
      insert into process_token (id, instance_id, node_id, state, created_at, moved_at)
      select gen_random_uuid(), (select instance_id from task limit 1), 'receive', 'active', now(), now()
      from generate_series(1, ${count}::integer) returning id, instance_id
    )
    insert into task (id, instance_id, token_id, subject_kind, subject_id, step_id, name, action, role, unit_id, state,
      due_at, opened_at, attributes)
    select gen_random_uuid(), instance_id, id, 'many', gen_random_uuid(), 'receive', 'Nhiều', 'transfer', 'RECEPTION',
      'tt-' || (row_number() over ()) % 20, 'open', now() + row_number() over () * interval '1 second', now(), '{}'
    from token`.execute(db)
  await sql`analyze task`.execute(db)
}

/** Rows of `task` read so far, by scan or through an index. */
async function rowsRead(db: Db): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(db)
  const { rows } = await sql<{ read: number }>`
    select seq_tup_read + idx_tup_fetch as read from pg_stat_user_tables where relname = 'task'`.execute(db)
  return rows[0]?.read ?? 0
}
