import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '#platform/db/connect.ts'
import { aDossier, asked, PERSON, PROCEDURES, walkTo } from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { createDossierService, type DossierService } from './index.ts'

let province: Province
let dueDay: string
let codes: { land: string; justice: string; online: string }
beforeAll(async () => {
  province = await aProvince({ poolSize: 12 })
  const owner = { ...PERSON, name: 'Đặng Thị Hiếm Gặp', personalId: '000000009999', phone: '0900000999' }
  const land = await aDossier(province, {
    procedure: PROCEDURES.land,
    owner,
    receivingCentre: 'tthcc-ha-long',
  })
  const justice = await aDossier(province, { procedure: PROCEDURES.justice })
  const online = await aDossier(province, { procedure: PROCEDURES.withFee, channel: 'online' })
  dueDay = justice.due?.slice(0, 10) ?? ''
  codes = { land: land.code, justice: justice.code, online: online.code }
  const step = await walkTo(province, justice.code, 'appraise')
  await province.services.dossiers.claim({ id: step.id }, asked(step.officer))
})
afterAll(() => province.close())

const supervisor = () => province.actor('SUPERVISOR')
const found = async (conditions: object, actor = supervisor()) => {
  const input = { limit: 100, ...conditions }
  const { items, total } = await province.services.dossiers.list(input, asked(actor))
  expect(total.value).toBe(items.length)
  return items.map(({ code }) => code)
}

describe('conditions of a search', () => {
  test.each([
    ['procedure', () => ({ procedure: PROCEDURES.land }), ['land']],
    ['channel', () => ({ channel: 'online' }), ['online']],
    ['receiving centre', () => ({ centre: 'tthcc-ha-long' }), ['land']],
    ['agency with its sections', () => ({ agency: 'so-tu-phap' }), ['online', 'justice']],
    ['officer', () => ({ officer: province.actor('SPECIALIST', 'so-tu-phap').id }), ['justice']],
    ['states', () => ({ states: ['PROCESSING'] }), ['justice']],
    ['states together', () => ({ states: ['PROCESSING', 'ACCEPTED'] }), ['online', 'justice', 'land']],
    ['a card number', () => ({ q: '000000009999' }), ['land']],
    ['a phone number', () => ({ q: '0900 000 999' }), ['land']],
    ['a name without accents', () => ({ q: 'dang thi hiem' }), ['land']],
    ['due days, both included', () => ({ dueFrom: dueDay, dueTo: dueDay }), ['justice']],
    ['days of receipt', () => ({ receivedFrom: '2026-04-22' }), []],
    [
      'all that is known at once',
      () => ({ q: 'hiem gap', procedure: PROCEDURES.land, channel: 'direct', states: ['ACCEPTED'] }),
      ['land'],
    ],
    ['what contradicts itself', () => ({ procedure: PROCEDURES.land, channel: 'online' }), []],
  ] as const)('%s', async (_name, conditions, keys) => {
    expect(await found(conditions())).toEqual(keys.map((key) => codes[key]))
  })

  test('find nothing that the searcher may not read', async () => {
    const elsewhere = province.actor('RECEPTION', 'tthcc-mong-cai')
    for (const conditions of [{ q: codes.land }, { q: '000000009999' }, { procedure: PROCEDURES.land }])
      expect(await found(conditions, elsewhere)).toEqual([])
  })

  test('a number is looked for by POST: it stands in no address', async () => {
    const answer = await province.call(supervisor(), 'POST', '/dossiers/search', { q: '000000009999' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json().items.map(({ code }: { code: string }) => code)).toEqual([codes.land])
  })
})

/** Thirty thousand more of one common kind, received and due over a year. */
const MANY = 30_000
const addMany = async (db: Db) => {
  await sql`insert into dossier select r.* from dossier d, generate_series(1, ${MANY}::integer) n,
    lateral jsonb_populate_record(d, jsonb_build_object(
      'id', gen_random_uuid(), 'code', 'H49-250101-' || lpad((10000 + n)::text, 6, '0'), 'owner_number', '1' || n,
      'owner_phone', '07' || n, 'owner_name', 'Nguyễn Văn Nhiều', 'search_tokens', array['nguyen', 'van', 'nguyen_van'],
      'received_at', timestamptz '2025-01-01 08:00+07' + n * interval '15 minutes',
      'due_at', timestamptz '2025-01-08 17:00+07' + n * interval '15 minutes', 'channel', 'direct')) r
    where d.code = ${codes.justice}`.execute(db)
  await sql`analyze dossier`.execute(db)
}
const rowsRead = async (db: Db): Promise<number> => {
  await sql`select pg_stat_force_next_flush()`.execute(db)
  const { rows } = await sql<{ read: number }>`
    select seq_tup_read + idx_tup_fetch as read from pg_stat_user_tables where relname = 'dossier'`.execute(
    db,
  )
  return rows[0]?.read ?? 0
}

describe('among many', () => {
  beforeAll(() => addMany(province.db))

  test.each([
    ['a code', () => ({ q: codes.land })],
    ['a card number', () => ({ q: '000000009999' })],
    ['a phone number', () => ({ q: '0900000999' })],
    ['a rare name', () => ({ q: 'dang thi hiem gap' })],
    ['a rare procedure', () => ({ procedure: PROCEDURES.land })],
    ['an officer', () => ({ officer: province.actor('SPECIALIST', 'so-tu-phap').id })],
    ['one due day', () => ({ dueFrom: '2025-06-02', dueTo: '2025-06-02' })],
    ['one day of receipt', () => ({ receivedFrom: '2025-06-02', receivedTo: '2025-06-02' })],
    ['a quiet agency', () => ({ agency: 'ubnd-ha-long' })],
    ['a page of everything', () => ({})],
  ] as const)('%s is found through an index: rows read follow what is found', async (_name, conditions) => {
    // One connection, because what a connection has read is counted when it says so.
    const read = await province.db.connection().execute(async (db) => {
      const service = serviceOn(db)
      const before = await rowsRead(db)
      await service.list({ limit: 50, ...conditions() }, asked(supervisor()))
      return (await rowsRead(db)) - before
    })
    // The count is capped at 10,000 and reads as many when everything matches.
    const most = Object.keys(conditions()).length === 0 ? 10_500 : 1_500
    expect(read).toBeLessThan(most)
  })
})

/** The module on one connection; what it asks the others stays theirs. */
const serviceOn = (db: Db): DossierService => {
  const { services, clock } = province
  return createDossierService({
    ...{ db, clock, log: services.log, catalogue: services.catalogue, workflow: services.workflow },
    documents: services.documents,
    recordAccess: async () => undefined,
    tree: services.organisation.tree,
    calendarFor: async () => services.calendar.calendarFor(province.db, null),
    officersAt: async () => [],
    parameters: async () => [],
    samples: true,
    publicUrl: () => 'https://dichvucong.example.vn',
    hotline: '1900 0000',
  })
}
