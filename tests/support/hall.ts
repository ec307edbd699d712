import { createHmac, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { type DemoPerson, seedDemoAccounts, sessionCookie } from '#modules/identity/index.ts'
import { connect, type Db } from '#platform/db/connect.ts'

/** A counter that is open, and the cookie of the officer who sits there. */
export type OpenCounter = { counter: string; number: number; cookie: string }
export type OpenHall = { centre: string; group: string; prefix: string; counters: OpenCounter[] }

const PREFIX = 'ZZ'
/** Beyond the numbers of any centre's own counters. */
const FIRST_NUMBER = 500

type HallOptions = {
  /** The database of the hall. */
  url: string
  /** Of the server that will read the cookies. */
  dataDir: string
  counters: number
  centre: string
}

/**
 * One service with any number of counters and officers, open on every day and at any hour, made beside the application: hundreds
 * of officers who sign in would spend the test with hashing their passwords.
 */
export const openHall = async (options: HallOptions): Promise<OpenHall> => {
  const { url, dataDir, counters: count, centre } = options
  const { db, close } = connect({ url, poolSize: 2 })
  try {
    const secret = await readFile(path.join(dataDir, 'keys', 'cookie-secret'), 'utf8')
    await openAlways(db, centre)
    const group = await oneService(db, centre)
    const numbers = Array.from({ length: count }, (_, index) => FIRST_NUMBER + index)
    const cookies = await signedIn(
      db,
      secret,
      numbers.map((number) => officerAt(centre, number)),
    )
    const counters = numbers.map((number, index) => ({
      counter: `${centre}-quay-${number}`,
      number,
      cookie: cookies[index]?.cookie ?? '',
      account: cookies[index]?.account ?? '',
    }))
    await sit(db, centre, group, counters)
    return { centre, group, prefix: PREFIX, counters }
  } finally {
    await close()
  }
}

const openAlways = async (db: Db, centre: string): Promise<void> => {
  const always = JSON.stringify([{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1_440 }])
  await sql`insert into hall_settings (centre_id, sessions) values (${centre}, ${always}::jsonb)
    on conflict (centre_id) do update set sessions = excluded.sessions`.execute(db)
}

const oneService = async (db: Db, centre: string): Promise<string> => {
  const id = randomUUID()
  await sql`insert into service_group (id, centre_id, prefix, name, name_en, ordinal, kind, stops_before)
    values (${id}::uuid, ${centre}, ${PREFIX}, 'Đất đai', 'Land', 99, 'reception', 0)`.execute(db)
  return id
}

const officerAt = (centre: string, number: number): DemoPerson => ({
  username: `quay.${number}.${randomUUID().slice(0, 8)}`,
  ...{ fullName: `Cán bộ Quầy ${number}`, position: 'Chuyên viên', unit: centre, centre, counter: null },
  grants: [{ role: 'RECEPTION', scope: 'centre', unit: centre }],
})

type SignedIn = { account: string; cookie: string }

const signedIn = async (db: Db, secret: string, people: readonly DemoPerson[]): Promise<SignedIn[]> => {
  const now = new Date()
  const accounts = await seedDemoAccounts(db, people, { at: now })
  const sessions = people.map(({ username }) => ({
    account: accounts.get(username) ?? '',
    token: randomUUID(),
  }))
  if (sessions.length > 0)
    await db
      .insertInto('auth_session')
      .values(
        sessions.map(({ account, token }) => ({
          ...{ id: randomUUID(), user_id: account, token, created_at: now, updated_at: now },
          expires_at: new Date(now.getTime() + 11 * 3_600_000),
        })),
      )
      .execute()
  return sessions.map(({ account, token }) => {
    const signature = createHmac('sha256', secret).update(token).digest('base64')
    return { account, cookie: `${sessionCookie('http')}=${encodeURIComponent(`${token}.${signature}`)}` }
  })
}

const sit = async (
  db: Db,
  centre: string,
  group: string,
  counters: readonly { counter: string; number: number; account: string }[],
): Promise<void> => {
  const rows = JSON.stringify(counters)
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as x(counter text, number integer, account text)`
  await sql`insert into counter (id, centre_id, number, name, kinds)
    select counter, ${centre}, number, 'Quầy ' || number, array['reception'] from ${given}`.execute(db)
  await sql`insert into service_group_counter (group_id, counter_id)
    select ${group}::uuid, counter from ${given}`.execute(db)
  await sql`insert into counter_state (counter_id, centre_id, state, officer_id, officer_name, since)
    select counter, ${centre}, 'OPEN', account, 'Cán bộ ' || number, now() from ${given}`.execute(db)
}

/** People who wait in the hall's line, in the order of their numbers. */
export const fillLine = async (options: { url: string; hall: OpenHall; count: number }): Promise<void> => {
  const { url, hall, count } = options
  const { centre, group, prefix } = hall
  const { db, close } = connect({ url, poolSize: 1 })
  await sql`with given as (
      insert into ticket_counter as c (group_id, day, given, last)
      values (${group}::uuid, (now() at time zone 'Asia/Ho_Chi_Minh')::date, ${count}, ${count})
      on conflict (group_id, day) do update set given = c.given + ${count}, last = c.last + ${count}
      returning day, last
    )
    insert into ticket (id, centre_id, group_id, number_group, day, number, code, token, channel, priority_class,
      language, state, queued_at, issued_at)
    select gen_random_uuid(), ${centre}, ${group}::uuid, ${group}::uuid, day, n, ${prefix} || lpad(n::text, 3, '0'),
      gen_random_uuid()::text, 'KIOSK', 'NONE', 'vi', 'WAITING', now(), now()
    from given, generate_series(last - ${count} + 1, last) n`.execute(db)
  await close()
}
