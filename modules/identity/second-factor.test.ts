import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, type Harness, harness, type Jar } from './testing.ts'

let h: Harness
beforeAll(async () => {
  h = await harness(['an', 'binh', 'chi', 'dung', 'em'].map((name) => aPerson(`mau.${name}`)))
})
afterAll(() => h.close())

const password = 'motcua-demo'

/** What an authenticator app shows `steps` half minutes from now, by RFC 6238. */
const codeOf = (uri: string, steps = 0): string => {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = mac.readUInt8(19) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

const enrol = async (username: string): Promise<{ jar: Jar; uri: string; backupCodes: string[] }> => {
  const jar = await h.signIn(username)
  const begun = await h.call(jar, 'POST', '/auth/two-factor/enable', { password })
  expect(begun.statusCode).toBe(200)
  const uri: string = begun.json().totpURI
  const done = await h.call(jar, 'POST', '/auth/two-factor/verify-totp', { code: codeOf(uri) })
  expect(done.statusCode).toBe(200)
  return { jar, uri, backupCodes: begun.json().backupCodes }
}

const begin = async (username: string): Promise<Jar> => {
  const jar: Jar = new Map()
  const answer = await h.call(jar, 'POST', '/auth/sign-in/username', { username, password })
  expect(answer.json()).toEqual({ secondFactorRequired: true })
  // The password alone opens nothing.
  expect((await h.call(jar, 'GET', '/me')).statusCode).toBe(401)
  return jar
}

describe('the second factor', () => {
  it('is set up with an authenticator, then asked at every sign-in', async () => {
    const { jar, uri } = await enrol('mau.an')
    expect(decodeURIComponent(uri)).toContain('Một Cửa:mau.an?')
    expect((await h.call(jar, 'GET', '/me')).json().secondFactor).toBe(true)

    const next = await begin('mau.an')
    const wrong = await h.call(next, 'POST', '/auth/two-factor/verify-totp', { code: '000000' })
    expect(wrong.json().code).toBe('identity.code-wrong')
    const code = codeOf(uri, 1)
    expect((await h.call(next, 'POST', '/auth/two-factor/verify-totp', { code })).statusCode).toBe(200)
    expect((await h.call(next, 'GET', '/me')).json().username).toBe('mau.an')

    // Read over the shoulder, the same code opens nothing a second time.
    const thief = await begin('mau.an')
    const again = await h.call(thief, 'POST', '/auth/two-factor/verify-totp', { code })
    expect(again.json().code).toBe('identity.code-wrong')
    expect((await h.call(thief, 'GET', '/me')).statusCode).toBe(401)
  })

  it('takes the code of one step before or after, and of no other', async () => {
    const { uri } = await enrol('mau.em')
    const tried = async (steps: number) => {
      const jar = await begin('mau.em')
      const code = codeOf(uri, steps)
      return (await h.call(jar, 'POST', '/auth/two-factor/verify-totp', { code })).statusCode
    }
    expect(await tried(-3)).not.toBe(200)
    expect(await tried(3)).not.toBe(200)
    expect(await tried(1)).toBe(200)
  })

  it('takes each backup code once', async () => {
    const { backupCodes } = await enrol('mau.binh')
    expect(backupCodes).toHaveLength(10)
    const code = backupCodes[0] ?? ''
    const first = await begin('mau.binh')
    expect((await h.call(first, 'POST', '/auth/two-factor/verify-backup-code', { code })).statusCode).toBe(
      200,
    )
    const second = await begin('mau.binh')
    const again = await h.call(second, 'POST', '/auth/two-factor/verify-backup-code', { code })
    expect(again.json().code).toBe('identity.code-wrong')
    const renewed = await h.call(first, 'POST', '/auth/two-factor/generate-backup-codes', { password })
    expect(renewed.json().backupCodes).toHaveLength(10)
    const old = await h.call(second, 'POST', '/auth/two-factor/verify-backup-code', {
      code: backupCodes[1] ?? '',
    })
    expect(old.json().code).toBe('identity.code-wrong')
  })

  it('ends the challenge after five wrong codes', async () => {
    const { uri } = await enrol('mau.chi')
    const jar = await begin('mau.chi')
    for (let i = 0; i < 5; i++)
      await h.call(jar, 'POST', '/auth/two-factor/verify-totp', { code: `00000${i}` })
    const code = codeOf(uri, 1)
    const late = await h.call(jar, 'POST', '/auth/two-factor/verify-totp', { code })
    expect(late.json().code).toBe('identity.challenge-ended')
    // Ten in a row lock the factor whatever the challenge.
    const another = await begin('mau.chi')
    for (let i = 0; i < 5; i++)
      await h.call(another, 'POST', '/auth/two-factor/verify-totp', { code: `10000${i}` })
    const third = await begin('mau.chi')
    const locked = await h.call(third, 'POST', '/auth/two-factor/verify-totp', { code })
    expect(locked.json()).toMatchObject({ status: 429, code: 'identity.too-many-attempts' })
  })

  it('is turned on once, and on or off only with the password', async () => {
    const { jar } = await enrol('mau.dung')
    const twice = await h.call(jar, 'POST', '/auth/two-factor/enable', { password })
    expect(twice.json().code).toBe('identity.second-factor-on')
    const guess = await h.call(jar, 'POST', '/auth/two-factor/disable', { password: 'a wrong guess' })
    expect(guess.json().code).toBe('identity.password-wrong')
    expect((await h.call(jar, 'POST', '/auth/two-factor/disable', { password })).statusCode).toBe(200)
    expect((await h.call(jar, 'GET', '/me')).json().secondFactor).toBe(false)
    const off = await h.call(jar, 'POST', '/auth/two-factor/generate-backup-codes', { password })
    expect(off.json().code).toBe('identity.second-factor-off')
    const nobody = await h.call(new Map(), 'POST', '/auth/two-factor/enable', { password })
    expect(nobody.json().code).toBe('platform.not-signed-in')
    const { rows } = await sql<{ type: string }>`
      select type from event where subject_id = ${h.ids.get('mau.dung')} order by id`.execute(h.db)
    expect(rows.map(({ type }) => type)).toEqual([
      'signed-in',
      'second-factor-begun',
      'second-factor-set-up',
      'second-factor-removed',
    ])
  })

  it('keeps its secret encrypted', async () => {
    const { rows } = await sql<{ secret: string; backup_codes: string }>`
      select secret, backup_codes from auth_second_factor limit 1`.execute(h.db)
    expect(rows[0]?.secret).not.toMatch(/^[A-Za-z2-7]{32}$/)
    expect(rows[0]?.backup_codes).not.toContain('[')
  })
})
