import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSealer } from '#platform/log/sealer.ts'
import { temporarySigningKey } from '#platform/log/signing-key.ts'
import { verifyLog } from '#platform/log/verify/verify.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { aDossier, PROCEDURES, viewOf } from '../support/dossiers.ts'
import { aProvince, type Province } from '../support/province.ts'

/**
 * F5: the clock jumps. The application's clock is moved; the database's stays where it is, so that the two are apart by months
 * or years all the time.
 */
let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())

const HOUR = 3_600_000
/** What is known of a session is trusted for two seconds of real time, whatever the clock says. */
const TRUSTED_MS = 2_100
const DAY = 24 * HOUR
const at = (text: string) => new Date(`${text}+07:00`)
const clerk = () => province.actor('RECEPTION', 'tthcc-tinh')

const MOMENTS = [
  ['an ordinary morning', '2026-04-21T08:00:00'],
  ['two seconds before midnight', '2026-05-19T23:59:58'],
  ['two seconds before the new year', '2026-12-31T23:59:58'],
  ['29 February', '2028-02-29T10:00:00'],
  ['the evening before 29 February', '2028-02-28T23:59:58'],
  ['the last working day before Tết', '2026-02-13T16:30:00'],
  ['in Tết', '2026-02-18T09:00:00'],
  ['a Saturday', '2026-04-25T09:00:00'],
  ['before a public holiday', '2026-04-29T16:59:58'],
  ['the day the two-level model began', '2025-07-01T00:00:01'],
] as const
const JUMPS = [
  ['an hour back', -HOUR],
  ['an hour on', HOUR],
  ['400 days on', 400 * DAY],
  ['3 seconds on', 3_000],
] as const

describe('what was promised stays promised', () => {
  test.each(MOMENTS.flatMap(([when, from]) => JUMPS.map(([what, by]) => [when, what, from, by] as const)))(
    '%s, %s',
    async (_when, _what, from, by) => {
      province.clock.set(at(from))
      const { code, due } = await aDossier(province)
      const before = await viewOf(province, code)
      expect(before.due).toBe(due)
      province.clock.advance(by)
      const after = await viewOf(province, code)
      expect([after.due, after.deadline.originalDue, after.receivedAt]).toEqual([due, due, before.receivedAt])
      expect(after.code).toBe(code)
    },
  )
})

const numberOf = (code: string): [string, number] => {
  const [, day = '', number = ''] = code.split('-')
  return [day, Number(number)]
}
const received = async () => numberOf((await aDossier(province, { procedure: PROCEDURES.sameDay })).code)

describe('numbers of the day', () => {
  test.each([
    ['midnight', '2027-03-09T23:59:58', 3_000],
    ['the new year', '2027-12-31T23:59:58', 3_000],
    ['29 February', '2032-02-28T23:59:59', 2_000],
    ['1 March of a leap year', '2036-02-29T23:59:59', 2_000],
  ])('begin anew once at %s, by Vietnam’s day', async (_what, from, by) => {
    province.clock.set(at(from))
    const [today, first] = await received()
    const [, second] = await received()
    province.clock.advance(by)
    const [tomorrow, begun] = await received()
    const [, next] = await received()
    expect([first, second, begun, next]).toEqual([1, 2, 1, 2])
    expect(tomorrow).not.toBe(today)
    expect(tomorrow).toBe(localDateOf(province.clock.now()).slice(2).replaceAll('-', ''))
    // The clock goes back over midnight: the old day's series goes on, and nothing is given out twice.
    province.clock.advance(-by)
    expect(await received()).toEqual([today, 3])
    province.clock.advance(by)
    expect(await received()).toEqual([tomorrow, 3])
  })

  test('many received while midnight passes: no gap, no number twice', async () => {
    province.clock.set(at('2027-06-15T23:59:59.900'))
    const codes = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        if (i === 20) province.clock.advance(200)
        return received()
      }),
    )
    const days = Map.groupBy(codes, ([day]) => day)
    for (const numbers of days.values())
      expect(numbers.map(([, number]) => number).toSorted((a, b) => a - b)).toEqual(
        numbers.map((_, i) => i + 1),
      )
    expect(codes).toHaveLength(40)
  })
})

describe('a step of the clock during a request', () => {
  test('a dossier is received on one day, whatever the clock says when it is written', async () => {
    province.clock.set(at('2027-07-06T23:59:59.999'))
    const receiving = aDossier(province)
    province.clock.advance(400 * DAY)
    const { code } = await receiving
    const view = await viewOf(province, code)
    expect(view.receivedAt.slice(2, 10).replaceAll('-', '')).toBe(code.split('-')[1])
  })
})

describe('the log', () => {
  test('keeps the order in which things happened, not what clocks said', async () => {
    const { db, services, clock, url } = province
    clock.set(at('2026-08-04T10:00:00'))
    const { code } = await aDossier(province)
    const { id } = await viewOf(province, code)
    const key = temporarySigningKey()
    const sealer = createSealer({ db, signingKey: key, clock })
    const does = async (jump: number) => {
      clock.advance(jump)
      await services.dossiers.reveal(
        { code, reason: `Bước ${jump}` },
        { actor: clerk(), idempotency: undefined },
      )
      await sealer.sealAll()
    }
    const jumps = [-HOUR, 400 * DAY, -800 * DAY, HOUR]
    for (const jump of jumps) await does(jump)
    const events = await services.log.timeline(db, { kind: 'dossier', id })
    const purposes = events
      .map(({ data }) => data.purpose)
      .filter((purpose) => String(purpose).startsWith('Bước'))
    expect(purposes).toEqual(jumps.map((jump) => `Bước ${jump}`))
    const positions = events.map(({ position }) => position)
    expect(positions.toSorted((a, b) => Number(a) - Number(b))).toEqual(positions)
    expect((await verifyLog({ url, keys: [{ id: key.id, key: key.publicKey }] })).findings).toEqual([])
  })
})

describe('a session', () => {
  test.each([
    ['on time', '2026-09-08T08:00:00', 0],
    ['after the clock went an hour back', '2026-10-08T08:00:00', -HOUR],
    ['after it went 400 days back', '2026-11-10T08:00:00', -400 * DAY],
  ])('is not accepted a minute after its end, %s', async (_when, begun, jump) => {
    const { clock, db } = province
    const app = await province.app()
    clock.set(at(begun))
    await db.deleteFrom('auth_session').where('user_id', '=', clerk().id).execute()
    clock.advance(HOUR)
    const cookie = await province.cookieOf(clerk())
    const status = async () =>
      (await app.inject({ method: 'GET', url: '/api/me', headers: { cookie } })).statusCode
    expect(await status()).toBe(200)
    clock.advance(jump)
    await status()
    const { expires_at } = await db
      .selectFrom('auth_session')
      .select('expires_at')
      .where('user_id', '=', clerk().id)
      .executeTakeFirstOrThrow()
    clock.set(new Date(expires_at.getTime() + 60_000))
    await sleep(TRUSTED_MS)
    expect(await status()).toBe(401)
    clock.advance(400 * DAY)
    expect(await status()).toBe(401)
  })
})
