import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { startJobs } from './jobs.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

it('runs a job that is due, once although two processes wait for it', async () => {
  const runs: string[] = []
  const options = (process: string) => ({
    url: database.url,
    jobs: [{ name: 'sweep', cron: '0 3 * * *', run: async () => runs.push(process) }],
    pollingSeconds: 0.5,
    onError: (error: unknown) => {
      throw error
    },
  })
  const first = await startJobs(options('first'))
  const second = await startJobs(options('second'))
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query('select name, cron, timezone from pgboss.schedule')
  expect(rows).toEqual([{ name: 'sweep', cron: '0 3 * * *', timezone: 'Asia/Ho_Chi_Minh' }])
  // What the timetable does when the minute comes.
  const { PgBoss } = await import('pg-boss')
  const sender = new PgBoss({
    connectionString: database.url,
    supervise: false,
    schedule: false,
    migrate: false,
  })
  await sender.start()
  await sender.send('sweep')
  await vi.waitFor(() => expect(runs).toHaveLength(1), { timeout: 45_000, interval: 200 })
  await sender.stop({ graceful: false })
  await client.end()
  await first.stop()
  await second.stop()
}, 60_000)
