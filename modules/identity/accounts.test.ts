import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grant } from './contract.ts'
import { aPerson, type Harness, harness, type Jar } from './testing.ts'

const at = (role: Grant['role'], scope: Grant['scope'], unit: string | null = null): Grant[] => [
  { role, scope, unit },
]

let h: Harness
let system: Jar
let admin: Jar
let officer: Jar
beforeAll(async () => {
  h = await harness([
    aPerson('he.thong', { unit: 'phong-ht', agency: 'so-ht', grants: at('SYSTEM_ADMIN', 'province') }),
    aPerson('quan.tri', { grants: at('UNIT_ADMIN', 'agency', 'so-a') }),
    aPerson('nhan.vien', { fullName: 'Đỗ Minh Họa', grants: at('RECEPTION', 'centre', 'trung-tam-a') }),
    aPerson('dong.nghiep'),
    aPerson('giam.sat', { grants: at('SUPERVISOR', 'province') }),
    aPerson('so.khac', {
      unit: 'phong-b',
      agency: 'so-b',
      centre: null,
      grants: at('CLERK', 'agency', 'so-b'),
    }),
    ...Array.from({ length: 7 }, (_, i) => aPerson(`nguoi.${i}`, { fullName: 'Ví Dụ Trùng Tên' })),
  ])
  ;[system, admin, officer] = await Promise.all([
    h.signIn('he.thong'),
    h.signIn('quan.tri'),
    h.signIn('nhan.vien'),
  ])
})
afterAll(() => h.close())

const id = (username: string): string => h.ids.get(username) ?? 'missing'
const reason = 'kiểm thử'

const grantBody = (role: Grant['role'], scope: Grant['scope'], unit: string | null) => ({
  role,
  scope,
  unit,
  reason,
})

const eventTypes = async (username: string): Promise<string[]> => {
  const { rows } = await sql<{ type: string }>`
    select type from event where subject_kind = 'account' and subject_id = ${id(username)} and type <> 'signed-in'
    order by id`.execute(h.db)
  return rows.map(({ type }) => type)
}

describe('the list of accounts', () => {
  it('shows an administrator the own agency, the system administrator everybody, others nothing', async () => {
    const names = async (jar: Jar) =>
      (await h.call(jar, 'GET', '/accounts?limit=100'))
        .json()
        .items.map((one: { username: string }) => one.username)
    expect(await names(system)).toHaveLength(13)
    const own = await names(admin)
    expect(own).toContain('nhan.vien')
    expect(own).not.toContain('so.khac')
    expect(own).not.toContain('he.thong')
    expect((await h.call(officer, 'GET', '/accounts')).json().code).toBe('platform.forbidden')
    const other = await h.call(admin, 'GET', `/accounts/${id('so.khac')}`)
    expect(other.json().code).toBe('identity.account-not-found')
  })

  it('is paged without gap or repeat, also among equal names', async () => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const query: string = after === null ? '' : `&after=${encodeURIComponent(after)}`
      const page = (await h.call(system, 'GET', `/accounts?limit=3${query}`)).json()
      seen.push(...page.items.map((one: { username: string }) => one.username))
      after = page.next
    } while (after !== null)
    expect(seen).toHaveLength(13)
    expect(new Set(seen)).toHaveLength(13)
  })

  it('finds by name without accents, by role and by unit; signs of a pattern are only signs', async () => {
    const find = async (query: string) =>
      (await h.call(system, 'GET', `/accounts?${query}`))
        .json()
        .items.map((one: { username: string }) => one.username)
    expect(await find('q=do+minh+hoa')).toEqual(['nhan.vien'])
    expect(await find(`q=${encodeURIComponent('Đỗ MINH')}`)).toEqual(['nhan.vien'])
    expect(await find('role=SUPERVISOR')).toEqual(['giam.sat'])
    expect(await find('unit=phong-b')).toEqual(['so.khac'])
    expect(await find('q=zz%25')).toEqual([])
  })
})

describe('opening an account', () => {
  const body = {
    username: 'moi.den',
    name: 'Thử Văn Mới',
    position: 'Chuyên viên',
    unit: 'phong-a',
    agency: 'so-a',
  }

  it('gives a one-time password that only leads to a new one', async () => {
    const opened = await h.call(admin, 'POST', '/accounts', body)
    expect(opened.statusCode).toBe(201)
    const { oneTimePassword } = opened.json()
    await h.call(
      admin,
      'POST',
      `/accounts/${opened.json().id}/grants`,
      grantBody('RECEPTION', 'unit', 'phong-a'),
    )
    const jar = await h.signIn('moi.den', oneTimePassword)
    const me = await h.call(jar, 'GET', '/me')
    expect(me.json()).toMatchObject({ passwordChangeDue: true, grants: [], rail: ['home'] })
    const change = (newPassword: string, currentPassword = oneTimePassword) =>
      h.call(jar, 'POST', '/auth/change-password', { currentPassword, newPassword })
    expect((await change('ngắn')).json().code).toBe('identity.password-weak')
    expect((await change('một câu đủ dài', 'a wrong guess')).json().code).toBe('identity.password-wrong')
    const elsewhere = await h.signIn('moi.den', oneTimePassword)
    expect((await change('một câu đủ dài')).statusCode).toBe(200)
    expect((await h.call(jar, 'GET', '/me')).json()).toMatchObject({
      passwordChangeDue: false,
      rail: expect.arrayContaining(['intake']),
    })
    expect((await h.call(elsewhere, 'GET', '/me')).statusCode).toBe(401)
    await expect(h.signIn('moi.den', oneTimePassword)).rejects.toThrow('sign-in-failed')
    await h.signIn('moi.den', 'một câu đủ dài')
  })

  it('takes a user name once, also for two administrators at the same moment', async () => {
    const twins = await Promise.all(
      Array.from({ length: 4 }, () => h.call(admin, 'POST', '/accounts', { ...body, username: 'song.sinh' })),
    )
    expect(twins.map((one) => one.statusCode).sort()).toEqual([201, 409, 409, 409])
    const refused = twins.find((one) => one.statusCode === 409)
    expect(refused?.json().code).toBe('identity.username-taken')
  })

  it('stays within the own agency', async () => {
    const outside = await h.call(admin, 'POST', '/accounts', {
      ...body,
      username: 'ngoai',
      agency: 'so-b',
      unit: 'x',
    })
    expect(outside.json().code).toBe('platform.forbidden')
  })

  it('does not sign in when the one-time password is past its time', async () => {
    const opened = (await h.call(admin, 'POST', '/accounts', { ...body, username: 'qua.han' })).json()
    h.clock.advance(3 * 24 * 3_600_000 + 1000)
    await expect(h.signIn('qua.han', opened.oneTimePassword)).rejects.toThrow('sign-in-failed')
    h.clock.set(new Date())
    await h.signIn('qua.han', opened.oneTimePassword)
  })
})

describe('closing an account', () => {
  it('ends its sessions in every process within two seconds, and opens nothing new', async () => {
    const jar = await h.signIn('dong.nghiep')
    const other = await h.anotherProcess()
    const cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
    const there = async () =>
      (await other.app.inject({ url: '/api/me/sessions', headers: { cookie } })).statusCode
    expect(await there()).toBe(200)
    const closed = await h.call(admin, 'POST', `/accounts/${id('dong.nghiep')}/disable`, { reason })
    expect(closed.json()).toMatchObject({ disabled: true })
    expect((await h.call(jar, 'GET', '/me')).statusCode).toBe(401)
    await expect.poll(there, { timeout: 2500, interval: 100 }).toBe(401)
    await expect(h.signIn('dong.nghiep')).rejects.toThrow('sign-in-failed')
    await h.call(admin, 'POST', `/accounts/${id('dong.nghiep')}/enable`, { reason })
    await h.signIn('dong.nghiep')
    expect(await eventTypes('dong.nghiep')).toEqual(['account-disabled', 'account-enabled'])
  })

  it('is not for oneself, nor for whoever has wider rights', async () => {
    const self = await h.call(admin, 'POST', `/accounts/${id('quan.tri')}/disable`, { reason })
    expect(self.json().code).toBe('identity.not-yourself')
    for (const command of ['disable', 'enable', 'reset-access']) {
      const wider = await h.call(admin, 'POST', `/accounts/${id('giam.sat')}/${command}`, { reason })
      expect([command, wider.json().code]).toEqual([command, 'identity.beyond-your-rights'])
      const foreign = await h.call(admin, 'POST', `/accounts/${id('so.khac')}/${command}`, { reason })
      expect([command, foreign.json().code]).toEqual([command, 'identity.account-not-found'])
    }
  })
})

describe('resetting access', () => {
  it('takes the old password, the second factor and every session away', async () => {
    const jar = await h.signIn('nguoi.0')
    const reset = await h.call(system, 'POST', `/accounts/${id('nguoi.0')}/reset-access`, { reason })
    expect(reset.statusCode).toBe(200)
    expect((await h.call(jar, 'GET', '/me')).statusCode).toBe(401)
    await expect(h.signIn('nguoi.0')).rejects.toThrow('sign-in-failed')
    const again = await h.signIn('nguoi.0', reset.json().oneTimePassword)
    expect((await h.call(again, 'GET', '/me')).json().passwordChangeDue).toBe(true)
  })
})

describe('giving and taking rights', () => {
  it('takes effect at the next request', async () => {
    const jar = await h.signIn('nguoi.1')
    const rail = async () => (await h.call(jar, 'GET', '/me')).json().rail
    expect(await rail()).toEqual(['home'])
    const given = await h.call(
      admin,
      'POST',
      `/accounts/${id('nguoi.1')}/grants`,
      grantBody('CASHIER', 'unit', 'phong-a'),
    )
    expect(given.statusCode).toBe(201)
    expect(await rail()).toContain('payments')
    const twice = await h.call(
      admin,
      'POST',
      `/accounts/${id('nguoi.1')}/grants`,
      grantBody('CASHIER', 'unit', 'phong-a'),
    )
    expect(twice.json().code).toBe('identity.grant-exists')
    const revoke = () =>
      h.call(admin, 'POST', `/accounts/${id('nguoi.1')}/grants/${given.json().id}/revoke`, { reason })
    expect((await revoke()).statusCode).toBe(204)
    expect(await rail()).toEqual(['home'])
    expect((await revoke()).json().code).toBe('identity.grant-not-found')
    expect(await eventTypes('nguoi.1')).toEqual(['grant-given', 'grant-revoked'])
  })

  it('happens once when two administrators press together', async () => {
    const both = await Promise.all(
      [admin, system, admin, system].map((jar) =>
        h.call(jar, 'POST', `/accounts/${id('nguoi.2')}/grants`, grantBody('CLERK', 'agency', 'so-a')),
      ),
    )
    expect(both.map((one) => one.statusCode).sort()).toEqual([201, 409, 409, 409])
    expect(await eventTypes('nguoi.2')).toEqual(['grant-given'])
  })

  it('ends by itself', async () => {
    const until = new Date(h.clock.now().getTime() + 3_600_000).toISOString()
    const body = { ...grantBody('REPORTER', 'agency', 'so-a'), until }
    const path = `/accounts/${id('nguoi.3')}/grants`
    expect((await h.call(admin, 'POST', path, body)).statusCode).toBe(201)
    const roles = async () => (await h.call(admin, 'GET', `/accounts/${id('nguoi.3')}`)).json().roles
    expect(await roles()).toEqual(['REPORTER'])
    const past = { ...body, until: new Date(h.clock.now().getTime() - 1000).toISOString() }
    expect((await h.call(admin, 'POST', path, past)).json().code).toBe('identity.period-invalid')
    h.clock.advance(3_600_001)
    // The administrator's own session idled out while the clock moved.
    const later = await h.signIn('quan.tri')
    expect((await h.call(later, 'GET', `/accounts/${id('nguoi.3')}`)).json().roles).toEqual([])
    h.clock.set(new Date())
    admin = await h.signIn('quan.tri')
    system = await h.signIn('he.thong')
    officer = await h.signIn('nhan.vien')
  })

  it('never goes to oneself, beyond the own rights, or beside the administration of the system', async () => {
    const give = (jar: Jar, username: string, body: object) =>
      h.call(jar, 'POST', `/accounts/${id(username)}/grants`, body).then((answer) => answer.json().code)
    expect(await give(admin, 'quan.tri', grantBody('CLERK', 'unit', 'phong-a'))).toBe('identity.not-yourself')
    expect(await give(system, 'he.thong', grantBody('RECEPTION', 'province', null))).toBe(
      'identity.not-yourself',
    )
    expect(await give(admin, 'nguoi.4', grantBody('AUDITOR', 'unit', 'phong-a'))).toBe(
      'identity.beyond-your-rights',
    )
    expect(await give(admin, 'nguoi.4', grantBody('CLERK', 'province', null))).toBe(
      'identity.beyond-your-rights',
    )
    expect(await give(admin, 'so.khac', grantBody('CLERK', 'unit', 'phong-b'))).toBe(
      'identity.account-not-found',
    )
    expect(await give(system, 'nhan.vien', grantBody('SYSTEM_ADMIN', 'province', null))).toBe(
      'identity.system-administrator-alone',
    )
    expect(await give(system, 'nguoi.4', { ...grantBody('CLERK', 'unit', null) })).toBe(
      'platform.invalid-input',
    )
    // Even past the code, the database refuses a right given to oneself.
    const own = sql`insert into account_grant (id, account, role, scope, unit, valid_from, granted_by, reason)
      values (gen_random_uuid(), ${id('nguoi.4')}, 'CLERK', 'unit', 'x', now(), ${id('nguoi.4')}, 'x')`.execute(
      h.db,
    )
    await expect(own).rejects.toThrow('account_grant_by_another')
    const [wide] = (await h.call(system, 'GET', `/accounts/${id('giam.sat')}`)).json().grants
    const taken = await h.call(admin, 'POST', `/accounts/${id('giam.sat')}/grants/${wide.id}/revoke`, {
      reason,
    })
    expect(taken.json().code).toBe('identity.beyond-your-rights')
  })
})

describe('delegation', () => {
  const period = (days: number) => ({
    start: h.clock.now().toISOString(),
    end: new Date(h.clock.now().getTime() + days * 24 * 3_600_000).toISOString(),
  })
  const delegate = (jar: Jar, more: object) =>
    h.call(jar, 'POST', '/delegations', {
      to: 'nguoi.5',
      roles: ['RECEPTION'],
      reason,
      ...period(7),
      ...more,
    })

  it('lets the colleague act for the period, and ends when told', async () => {
    const jar = await h.signIn('nguoi.5')
    const started = await delegate(officer, {})
    expect(started.statusCode).toBe(201)
    const me = (await h.call(jar, 'GET', '/me')).json()
    expect(me.rail).toContain('intake')
    expect(me.grants[0]).toMatchObject({
      role: 'RECEPTION',
      delegatedBy: { id: id('nhan.vien'), name: 'Đỗ Minh Họa' },
    })
    expect((await delegate(officer, {})).json().code).toBe('identity.delegation-exists')
    expect((await h.call(jar, 'GET', '/me/delegations')).json().items).toHaveLength(1)
    const end = (by: Jar) => h.call(by, 'POST', `/delegations/${started.json().id}/end`)
    const stranger = await h.signIn('so.khac')
    expect((await end(stranger)).json().code).toBe('identity.delegation-not-found')
    expect((await end(officer)).statusCode).toBe(204)
    expect((await h.call(jar, 'GET', '/me')).json().rail).toEqual(['home'])
    expect((await end(officer)).json().code).toBe('identity.delegation-not-found')
    expect(await eventTypes('nhan.vien')).toEqual(['delegation-started', 'delegation-ended'])
  })

  it('falls when the giver loses the right or the account', async () => {
    const jar = await h.signIn('nguoi.6')
    await delegate(officer, { to: 'nguoi.6' })
    expect((await h.call(jar, 'GET', '/me')).json().rail).toContain('intake')
    await h.call(system, 'POST', `/accounts/${id('nhan.vien')}/disable`, { reason })
    expect((await h.call(jar, 'GET', '/me')).json().rail).toEqual(['home'])
    await h.call(system, 'POST', `/accounts/${id('nhan.vien')}/enable`, { reason })
    officer = await h.signIn('nhan.vien')
  })

  it('hands on only what is held, for a sane time, to somebody else', async () => {
    const code = async (jar: Jar, more: object) => (await delegate(jar, more)).json().code
    expect(await code(officer, { roles: ['AGENCY_LEAD'] })).toBe('identity.role-not-held')
    expect(await code(admin, { roles: ['UNIT_ADMIN'] })).toBe('identity.role-personal')
    expect(await code(officer, { to: 'nhan.vien' })).toBe('identity.not-yourself')
    expect(await code(admin, { to: 'quan.tri', from: id('nhan.vien') })).toBe('identity.not-yourself')
    expect(await code(officer, { to: 'khong.co' })).toBe('identity.account-not-found')
    expect(await code(officer, { to: 'he.thong' })).toBe('identity.system-administrator-alone')
    expect(await code(officer, { from: id('so.khac') })).toBe('identity.account-not-found')
    expect(await code(officer, period(400))).toBe('identity.period-invalid')
    expect(await code(officer, { end: period(0).start })).toBe('identity.period-invalid')
  })
})

describe('the own sessions', () => {
  it('are listed with device and address, and end one by one or all at once', async () => {
    const here = await h.signIn('giam.sat', undefined, { 'user-agent': 'Firefox 140' })
    const there = await h.signIn('giam.sat', undefined, { 'x-forwarded-for': '203.0.113.7' })
    const { items } = (await h.call(here, 'GET', '/me/sessions')).json()
    expect(items).toHaveLength(2)
    const mine = items.find((one: { current: boolean }) => one.current)
    const other = items.find((one: { current: boolean }) => !one.current)
    expect(mine.device).toBe('Firefox 140')
    expect(other.address).toBe('203.0.113.7')
    const stranger = await h.call(officer, 'DELETE', `/me/sessions/${other.id}`)
    expect(stranger.json().code).toBe('identity.session-not-found')
    expect((await h.call(here, 'DELETE', `/me/sessions/${other.id}`)).statusCode).toBe(204)
    expect((await h.call(there, 'GET', '/me')).statusCode).toBe(401)
    const third = await h.signIn('giam.sat')
    expect((await h.call(here, 'DELETE', '/me/sessions')).statusCode).toBe(204)
    for (const jar of [here, third]) expect((await h.call(jar, 'GET', '/me')).statusCode).toBe(401)
  })
})
