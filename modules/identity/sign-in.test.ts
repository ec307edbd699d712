import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from './attempts.ts'
import { createPasswords } from './passwords.ts'
import { aPerson, type Harness, harness, type Jar, keepCookies, SECRET } from './testing.ts'

let h: Harness
beforeAll(async () => {
  h = await harness([
    aPerson('mot', { grants: [{ role: 'RECEPTION', scope: 'centre', unit: 'trung-tam-a' }] }),
    aPerson('hai'),
    aPerson('bach'),
    aPerson('khoa'),
    aPerson('dong'),
  ])
})
afterAll(() => h.close())
afterEach(async () => {
  await sql`truncate auth_attempt`.execute(h.db)
})

const attempt = (username: string, password: string, headers: Record<string, string> = {}) =>
  h.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/username',
    payload: { username, password },
    headers,
  })

const eventsOf = async (type: string): Promise<number> => {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from event where type = ${type}`.execute(h.db)
  return rows[0]?.n ?? 0
}

describe('signing in', () => {
  it('sends away who would wait too long, without counting an attempt', async () => {
    const { app } = await h.anotherProcess(createPasswords({ atOnce: 1, mostAdmitted: 3 }))
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        app.inject({
          method: 'POST',
          url: '/api/auth/sign-in/username',
          payload: { username: 'hai', password: i === 0 ? 'wrong' : 'motcua-demo' },
          headers: { 'x-forwarded-for': `10.9.0.${i}` },
        }),
      ),
    )
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 200, 200, 503, 503, 503, 503, 503])
    const busy = answers[3]
    expect(busy?.json()).toMatchObject({ code: 'identity.sign-in-busy', seconds: 5 })
    expect(busy?.headers['retry-after']).toBe('5')
    const { rows } = await sql<{ key: string }>`select key from auth_attempt`.execute(h.db)
    expect(rows.map(({ key }) => key)).not.toContain('@ 10.9.0.3')
    // Their turn comes when the others have gone.
    expect((await h.signIn('hai')).size).toBe(1)
  })

  it('opens a session by user name and password, whatever the case of the name', async () => {
    const answer = await attempt('MOT', 'motcua-demo')
    expect(answer.statusCode).toBe(200)
    const cookie = answer.cookies.find(({ name }) => name === 'mot-cua.session_token')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    // The token that JavaScript could read is not in the body.
    expect(answer.body).not.toContain(cookie?.value.split('.')[0])
    const jar: Jar = new Map()
    keepCookies(jar, answer)
    const me = await h.call(jar, 'GET', '/me')
    expect(me.json()).toMatchObject({ username: 'mot', passwordChangeDue: false, secondFactor: false })
    expect(me.json().rail).toContain('intake')
    expect(me.json().grants[0]).toMatchObject({ role: 'RECEPTION', roleName: { vi: 'Cán bộ một cửa' } })
  })

  it('answers a wrong password, an unknown name, a closed account and a strange name alike', async () => {
    await sql`update account_profile set disabled = true where account = ${h.ids.get('dong')}`.execute(h.db)
    const answers = await Promise.all([
      attempt('hai', 'not the password'),
      attempt('nobody.here', 'motcua-demo'),
      attempt('dong', 'motcua-demo'),
      attempt('x', 'motcua-demo'),
      attempt("' or 1=1 --", 'motcua-demo'),
      attempt('hai', 'x'.repeat(5000)),
      attempt('n'.repeat(500), 'motcua-demo'),
    ])
    const seen = answers.map((answer) => {
      const { requestId: _, ...problem } = answer.json()
      return JSON.stringify([answer.statusCode, problem, answer.cookies])
    })
    expect(new Set(seen)).toHaveLength(1)
    expect(answers[0]?.json().code).toBe('identity.sign-in-failed')
  })

  it('takes as long for an unknown name as for a wrong password', async () => {
    const timeOf = async (username: string) => {
      const times: number[] = []
      for (let i = 0; i < 3; i++) {
        const start = performance.now()
        await attempt(username, 'wrong password')
        times.push(performance.now() - start)
      }
      return Math.min(...times)
    }
    const known = await timeOf('hai')
    const unknown = await timeOf('nobody.at.all')
    // Without a hash for unknown names the ratio is about 20.
    expect(known / unknown).toBeLessThan(3)
    expect(unknown / known).toBeLessThan(3)
  })

  it('blocks a name after ten failures at an address, also for parallel guesses and unknown names', async () => {
    for (const name of ['khoa', 'khong.co.ai']) {
      const answers = await Promise.all(
        Array.from({ length: LIMITS.nameAtAddress + 5 }, () => attempt(name, 'a wrong guess')),
      )
      const codes = answers.map((answer) => answer.json().code)
      expect(codes.filter((code) => code === 'identity.sign-in-failed')).toHaveLength(LIMITS.nameAtAddress)
      expect(codes.filter((code) => code === 'identity.too-many-attempts')).toHaveLength(5)
    }
    const right = await attempt('khoa', 'motcua-demo')
    expect(right.statusCode).toBe(429)
    expect(await eventsOf('sign-in-blocked')).toBe(2)
    // Somebody else's failures do not lock the officer out at the own counter.
    const elsewhere = await attempt('khoa', 'motcua-demo', { 'x-forwarded-for': '203.0.113.9' })
    expect(elsewhere.statusCode).toBe(200)
  })

  it('opens again when the window is over', async () => {
    await Promise.all(Array.from({ length: LIMITS.nameAtAddress }, () => attempt('bach', 'a wrong guess')))
    expect((await attempt('bach', 'motcua-demo')).statusCode).toBe(429)
    h.clock.advance(16 * 60_000)
    expect((await attempt('bach', 'motcua-demo')).statusCode).toBe(200)
    h.clock.set(new Date())
  })

  it('does not count sign-ins that succeed', async () => {
    const answers = []
    for (let i = 0; i <= LIMITS.nameAtAddress; i++)
      answers.push((await attempt('mot', 'motcua-demo')).statusCode)
    expect(new Set(answers)).toEqual(new Set([200]))
  })

  it('ends the session that the same browser had', async () => {
    const jar = await h.signIn('mot')
    const old = new Map(jar)
    const again = await h.call(jar, 'POST', '/auth/sign-in/username', {
      username: 'mot',
      password: 'motcua-demo',
    })
    expect(again.statusCode).toBe(200)
    expect(jar).not.toEqual(old)
    expect((await h.call(new Map(old), 'GET', '/me')).json().code).toBe('platform.not-signed-in')
    expect((await h.call(jar, 'GET', '/me')).statusCode).toBe(200)
  })

  it('sets a host-bound secure cookie behind TLS, and takes no plain one there', async () => {
    const tls = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'motcua.example' }
    const answer = await attempt('mot', 'motcua-demo', tls)
    expect(answer.cookies[0]).toMatchObject({
      name: '__Host-mot-cua.session_token',
      secure: true,
      httpOnly: true,
      path: '/',
    })
    expect(answer.cookies[0]).not.toHaveProperty('domain')
    const plain = await h.signIn('mot')
    const cookie = [...plain].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
    const me = await h.app.inject({ url: '/api/me', headers: { ...tls, cookie } })
    expect(me.statusCode).toBe(401)
  })

  it('keeps every other door of better-auth shut', async () => {
    const jar = await h.signIn('mot')
    const doors = [
      'sign-up/email',
      'sign-in/email',
      'update-user',
      'delete-user',
      'list-sessions',
      'get-session',
      'is-username-available',
      'change-email',
      'two-factor/send-otp',
      '__proto__',
      'constructor',
      'ok',
      'sign-in/username/',
      '../me',
    ]
    for (const door of doors) {
      const answer = await h.call(jar, 'POST', `/auth/${door}`, {
        username: 'mot',
        email: 'a@b.vn',
        name: 'x',
      })
      expect([door, answer.statusCode]).toEqual([door, 404])
    }
    expect((await h.call(jar, 'GET', '/auth/sign-out')).statusCode).toBe(404)
  })

  it('refuses what is not the shape', async () => {
    const odd = await h.call(new Map(), 'POST', '/auth/sign-in/username', {
      username: ['mot'],
      password: 'x',
    })
    expect(odd.json().code).toBe('platform.malformed-request')
  })
})

describe('a request from another site', () => {
  it('neither signs in nor changes anything', async () => {
    const foreign = await attempt('mot', 'motcua-demo', { origin: 'https://evil.example' })
    expect(foreign.json().code).toBe('identity.foreign-origin')
    const jar = await h.signIn('mot')
    const cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
    const tries = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'same-site' }]
    for (const headers of tries) {
      const out = await h.app.inject({
        method: 'DELETE',
        url: '/api/me/sessions',
        headers: { cookie, ...headers },
      })
      expect(out.json().code).toBe('identity.foreign-origin')
    }
    const own = await h.app.inject({
      method: 'DELETE',
      url: '/api/me/sessions',
      headers: { cookie, origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' },
    })
    expect(own.statusCode).toBe(204)
  })
})

describe('a session', () => {
  it('ends at sign-out', async () => {
    const jar = await h.signIn('mot')
    const kept = new Map(jar)
    expect((await h.call(jar, 'POST', '/auth/sign-out')).statusCode).toBe(200)
    expect(jar.has('mot-cua.session_token')).toBe(false)
    expect((await h.call(kept, 'GET', '/me')).statusCode).toBe(401)
    expect((await h.call(new Map(), 'POST', '/auth/sign-out')).statusCode).toBe(200)
  })

  it('ends after thirty idle minutes, and lasts while it is used, to twelve hours at most', async () => {
    const start = new Date()
    h.clock.set(start)
    const idle = await h.signIn('mot')
    const used = await h.signIn('hai')
    const later = await h.anotherProcess()
    const alive = async (jar: Jar) => {
      // Another process remembers nothing, so that the moved clock is seen at once.
      const cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
      const fresh = await h.anotherProcess()
      return (await fresh.app.inject({ url: '/api/me', headers: { cookie } })).statusCode === 200
    }
    for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
      h.clock.set(new Date(start.getTime() + minutes * 60_000))
      expect([minutes, await alive(used)]).toEqual([minutes, true])
    }
    expect(await alive(idle)).toBe(false)
    h.clock.set(new Date(start.getTime() + 12 * 3_600_000 + 1000))
    expect(await alive(used)).toBe(false)
    h.clock.set(new Date())
    // Ended for good, not only while the clock says so.
    expect(await alive(used)).toBe(false)
    await later.app.close()
  })

  it('is not made by a token alone: the cookie is signed', async () => {
    await h.signIn('mot')
    const { rows } = await sql<{ token: string }>`select token from auth_session limit 1`.execute(h.db)
    const token = rows[0]?.token ?? ''
    for (const value of [token, `${token}.`, `${token}.${Buffer.from(SECRET).toString('base64')}`]) {
      const jar = new Map([['mot-cua.session_token', value]])
      expect((await h.call(jar, 'GET', '/me')).statusCode).toBe(401)
    }
  })
})
