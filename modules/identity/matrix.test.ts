import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLE_NAMES, type Role } from './contract.ts'
import { createDemoRoutes } from './demo.ts'
import { createIdentityRoutes } from './routes.ts'
import { aPerson, type Harness, harness, type Jar } from './testing.ts'

/**
 * Every operation of the module × every role (in the own agency where the scope allows) and nobody at all. `own` and
 * `other` are accounts of the caller's and of another agency.
 */
type Kind = 'nobody' | 'officer' | 'unit-admin' | 'system-admin'
type Row = {
  id: string
  method: 'GET' | 'POST' | 'DELETE'
  url: (h: Harness) => string
  body?: object
} & Record<Kind, number>

const body = { reason: 'kiểm thử' }
const grant = { ...body, role: 'GUIDE', scope: 'unit', unit: 'phong-a', until: null }
const gone = '01890000-0000-7000-8000-000000000000'
const own = (h: Harness) => h.ids.get('dich') ?? ''
const other = (h: Harness) => h.ids.get('dich.khac') ?? ''

const signedIn = { nobody: 401, officer: 200, 'unit-admin': 200, 'system-admin': 200 }
const unitsOnly = { nobody: 401, officer: 403, 'unit-admin': 404, 'system-admin': 200 }
const TABLE: Row[] = [
  { id: 'identity.get-me', method: 'GET', url: () => '/me', ...signedIn },
  { id: 'identity.list-my-sessions', method: 'GET', url: () => '/me/sessions', ...signedIn },
  { id: 'identity.list-my-delegations', method: 'GET', url: () => '/me/delegations', ...signedIn },
  {
    ...{ id: 'identity.end-my-session', method: 'DELETE' as const, url: () => `/me/sessions/${gone}` },
    ...{ nobody: 401, officer: 404, 'unit-admin': 404, 'system-admin': 404 },
  },
  { id: 'identity.list-accounts', method: 'GET', url: () => '/accounts', ...signedIn, officer: 403 },
  { id: 'identity.get-account', method: 'GET', url: (h) => `/accounts/${own(h)}`, ...signedIn, officer: 403 },
  { id: 'identity.get-account', method: 'GET', url: (h) => `/accounts/${other(h)}`, ...unitsOnly },
  {
    id: 'identity.disable-account',
    method: 'POST',
    url: (h) => `/accounts/${other(h)}/disable`,
    body,
    ...unitsOnly,
  },
  {
    id: 'identity.enable-account',
    method: 'POST',
    url: (h) => `/accounts/${own(h)}/enable`,
    body,
    ...signedIn,
    officer: 403,
  },
  {
    id: 'identity.enable-account',
    method: 'POST',
    url: (h) => `/accounts/${other(h)}/enable`,
    body,
    ...unitsOnly,
  },
  {
    id: 'identity.reset-access',
    method: 'POST',
    url: (h) => `/accounts/${other(h)}/reset-access`,
    body,
    ...unitsOnly,
  },
  {
    ...{ id: 'identity.create-account', method: 'POST' as const, url: () => '/accounts', ...signedIn },
    // The name is taken: who may open accounts learns that, nobody else does.
    body: { username: 'dich', name: 'Thử', position: 'Thử', unit: 'phong-a', agency: 'so-a' },
    ...{ officer: 403, 'unit-admin': 409, 'system-admin': 409 },
  },
  {
    ...{
      id: 'identity.give-grant',
      method: 'POST' as const,
      url: (h: Harness) => `/accounts/${other(h)}/grants`,
    },
    body: { ...grant, until: '2020-01-01T00:00:00Z' },
    ...{ nobody: 401, officer: 422, 'unit-admin': 422, 'system-admin': 422 },
  },
  {
    ...{
      id: 'identity.give-grant',
      method: 'POST' as const,
      url: (h: Harness) => `/accounts/${own(h)}/grants`,
    },
    // Already held: whoever may give it is told so.
    body: { ...grant, role: 'POSTAL' },
    ...{ nobody: 401, officer: 403, 'unit-admin': 409, 'system-admin': 409 },
  },
  {
    ...{
      id: 'identity.revoke-grant',
      method: 'POST' as const,
      url: (h: Harness) => `/accounts/${own(h)}/grants/${gone}/revoke`,
      body,
    },
    ...{ nobody: 401, officer: 403, 'unit-admin': 404, 'system-admin': 404 },
  },
  {
    ...{ id: 'identity.start-delegation', method: 'POST' as const, url: () => '/delegations' },
    body: {
      ...body,
      to: 'dich',
      roles: ['NOTARY'],
      start: '2030-01-01T00:00:00Z',
      end: '2030-01-02T00:00:00Z',
    },
    ...{ nobody: 401, officer: 422, 'unit-admin': 422, 'system-admin': 422 },
  },
  {
    ...{ id: 'identity.end-delegation', method: 'POST' as const, url: () => `/delegations/${gone}/end` },
    ...{ nobody: 401, officer: 404, 'unit-admin': 404, 'system-admin': 404 },
  },
  { id: 'identity.end-all-my-sessions', method: 'DELETE', url: () => '/me/sessions', ...signedIn },
]

const nameOf = (role: Role): string => role.toLowerCase().replaceAll('_', '.')
const kindOf = (role: Role): Kind =>
  role === 'UNIT_ADMIN' ? 'unit-admin' : role === 'SYSTEM_ADMIN' ? 'system-admin' : 'officer'

let h: Harness
const jars = new Map<Role, Jar>()
beforeAll(async () => {
  const people = ROLE_NAMES.map((role) => {
    const wide = role === 'SYSTEM_ADMIN'
    const grants = [
      { role, scope: wide ? ('province' as const) : ('agency' as const), unit: wide ? null : 'so-a' },
    ]
    return aPerson(nameOf(role), { grants })
  })
  const postal = [{ role: 'POSTAL' as const, scope: 'unit' as const, unit: 'phong-a' }]
  const targets = [
    aPerson('dich', { grants: postal }),
    aPerson('dich.khac', { unit: 'phong-b', agency: 'so-b' }),
  ]
  h = await harness([...people, ...targets])
  await Promise.all(ROLE_NAMES.map(async (role) => jars.set(role, await h.signIn(nameOf(role)))))
})
afterAll(() => h.close())

describe('roles and operations', () => {
  it('has a row for every operation', () => {
    const bound = createIdentityRoutes(h.identity.service).map(({ operation }) => operation.id)
    expect(new Set(TABLE.map((row) => row.id))).toEqual(new Set(bound))
  })

  it.each(TABLE.map((row, index) => ({ name: `${index} ${row.method} ${row.id}`, row })))(
    '$name',
    async ({ row }) => {
      const expected: [string, number][] = []
      const got: [string, number][] = []
      // 204 is a 200 without a body.
      const ask = async (jar: Jar) => {
        const { statusCode } = await h.call(jar, row.method, row.url(h), row.body)
        return statusCode === 204 ? 200 : statusCode
      }
      expected.push(['nobody', row.nobody])
      got.push(['nobody', await ask(new Map())])
      for (const role of ROLE_NAMES) {
        // The same officer of every role would hit "no such role held" for NOTARY only where it is held.
        if (row.id === 'identity.start-delegation' && role === 'NOTARY') continue
        expected.push([role, row[kindOf(role)]])
        got.push([role, await ask(jars.get(role) ?? new Map())])
      }
      expect(got).toEqual(expected)
    },
  )
})

describe('the demo accounts', () => {
  it('have no path outside the demo', async () => {
    const answer = await h.call(new Map(), 'GET', '/demo/accounts')
    expect(answer.json().code).toBe('platform.not-found')
    expect(createDemoRoutes(async () => [])[0]?.operation.path).toBe('/demo/accounts')
  })
})
