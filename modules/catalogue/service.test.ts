import { afterAll, beforeAll, expect, test } from 'vitest'
import { movableClock } from '#platform/clock/clock.ts'
import { createLog } from '#platform/log/log.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { type CatalogueService, createCatalogueService, seedCatalogue } from './index.ts'

let database: TestDatabase
let service: CatalogueService
let seconds: number
const clock = movableClock(new Date('2026-11-24T02:00:00Z'))
const log = createLog()
const make = () => createCatalogueService({ db: database.db, log, clock })

beforeAll(async () => {
  database = await testDatabase()
  const start = performance.now()
  await seedCatalogue(database.db, clock.now())
  seconds = (performance.now() - start) / 1_000
  service = make()
})
afterAll(() => database.drop())

test('the seed fills the catalogue in under five seconds, and again does nothing', async () => {
  expect(seconds).toBeLessThan(5)
  expect(await seedCatalogue(database.db)).toEqual({ procedures: 0 })
  const { total } = await service.search({ limit: 1 })
  expect(total).toBe(2_436)
})
