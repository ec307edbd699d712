import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { ErrorDefinition } from '#platform/errors.ts'
import type { Operation } from '#platform/operation.ts'
import { errors, routesOf } from '../../apps/server/app.ts'
import { createHealthRoutes } from '../../apps/server/health.ts'
import { aProvince, type Province } from '../support/province.ts'

let province: Province
let operations: readonly Operation[]
beforeAll(async () => {
  province = await aProvince()
  const routes = routesOf(province.services, async () => province.staff)
  operations = [...routes, ...createHealthRoutes({ db: province.db, routes })].map(
    ({ operation }) => operation,
  )
})
afterAll(() => province.close())

const doubles = (all: readonly string[]) => all.filter((one, i) => all.indexOf(one) !== i)
const parametersOf = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')

describe('operations', () => {
  test('ids and addresses are unique', () => {
    expect(operations.length).toBeGreaterThan(80)
    expect(doubles(operations.map(({ id }) => id))).toEqual([])
    // Two parameters of different names at one place are one address.
    expect(doubles(operations.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`))).toEqual(
      [],
    )
  })

  test('are named module.verb, say what they do, and know every parameter of their path', () => {
    for (const { id, path, summary, input } of operations) {
      expect(id).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/)
      expect(summary.length).toBeGreaterThan(5)
      for (const name of parametersOf(path))
        expect([id, Object.keys(input.shape)]).toEqual([id, expect.arrayContaining([name])])
    }
  })

  test('declare only codes that a table knows', () => {
    for (const { id, errors: codes } of operations)
      for (const code of codes) expect([id, code, code in errors]).toEqual([id, code, true])
  })

  test('that change something by POST and may be sent twice say so, or are named here', () => {
    // Repeating these does the same once more and harms nobody, or they end in a state where a repeat is refused.
    const harmless = operations
      .filter(({ method, idempotent, access }) => method === 'POST' && !idempotent && access === 'staff')
      .map(({ id }) => id)
    expect(
      harmless.filter((id) => /\.(create|open|add|start|receive)-/.test(id) && !REPEATABLE.includes(id)),
    ).toEqual([])
  })
})

/** Opening twice is refused by a unique name, user name or period, or because the first is under way. */
const REPEATABLE = [
  'calendar.add-exception',
  'dossiers.start-recomputation',
  'identity.create-account',
  'identity.start-delegation',
]

describe('refusals', () => {
  test('have words in both languages that say something, and a status', () => {
    for (const [code, { vi, en, status }] of Object.entries<ErrorDefinition>(errors)) {
      expect(code).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/)
      expect([code, vi.length > 15, en.length > 15, vi === en]).toEqual([code, true, true, false])
      expect([code, /[.?!]$/.test(vi), /[.?!]$/.test(en)]).toEqual([code, true, true])
      expect([code, vi.normalize('NFC') === vi]).toEqual([code, true])
      expect(status).toBeGreaterThanOrEqual(400)
      // The same facts are named in both languages.
      const facts = (text: string) =>
        [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name?.replace(/En$/, '')).toSorted()
      if (!DIFFERENT_FACTS.includes(code)) expect([code, facts(en)]).toEqual([code, facts(vi)])
    }
  })
})

/** Problems of a drawing are joined in each language beforehand. */
const DIFFERENT_FACTS = ['workflow.process-invalid', 'workflow.process-unreadable']

type Schema = { [key: string]: unknown }
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Paths of strings, lists and free objects in an input that may be of any length. */
const unboundedIn = (schema: unknown, path: string): string[] => {
  if (!isSchema(schema)) return []
  const { type, properties, items, additionalProperties, maxLength, maxItems, pattern, format } = schema
  const options = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((one) => (Array.isArray(one) ? one : []))
  const own: string[] = []
  if (
    type === 'string' &&
    maxLength === undefined &&
    pattern === undefined &&
    format === undefined &&
    !('enum' in schema) &&
    !('const' in schema)
  )
    own.push(path)
  if (type === 'array' && maxItems === undefined && !Array.isArray(items)) own.push(`${path}[]`)
  if (isSchema(additionalProperties) && Object.keys(additionalProperties).length === 0) own.push(`${path}.*`)
  const nothing = ['type', 'anyOf', 'oneOf', 'allOf', 'enum', 'const', '$ref', 'not'].every(
    (key) => !(key in schema),
  )
  if (nothing) own.push(`${path}?`)
  return [
    ...own,
    ...options.flatMap((one) => unboundedIn(one, path)),
    ...Object.entries(isSchema(properties) ? properties : {}).flatMap(([name, one]) =>
      unboundedIn(one, `${path}.${name}`),
    ),
    ...unboundedIn(items, `${path}[]`),
    ...(isSchema(additionalProperties) ? unboundedIn(additionalProperties, `${path}.*`) : []),
  ]
}

/** Bounded by the body's 1 MB alone: documents in a format of their own, checked by their importers, and a screen's own draft. */
const FREE: readonly string[] = [
  'calendar.import-years.tables?',
  'catalogue.draft-version.record.*',
  'catalogue.draft-version.record.*?',
  'dossiers.save-draft.content.*',
  'dossiers.save-draft.content.*?',
  'organisation.import.document?',
  // One of the words for yes and no.
  'dossiers.list-alarms.mine',
  'organisation.list-mandates.ended',
  'organisation.list-on-site.ended',
  'organisation.list-units.ended',
]

test('no field of an input is boundless', () => {
  const found = operations.flatMap(({ id, input }) =>
    unboundedIn(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }), id),
  )
  expect([...new Set(found)].toSorted()).toEqual([...FREE].toSorted())
})

describe('the description of the API', () => {
  test('names every operation, and each of its references leads somewhere', async () => {
    const answer = await province.call(null, 'GET', '/openapi.json')
    expect(answer.statusCode).toBe(200)
    const document = z
      .object({
        openapi: z.string().regex(/^3\.1\.\d+$/),
        info: z.object({ title: z.string().min(1), version: z.string().min(1) }),
        paths: z.record(
          z.string().startsWith('/'),
          z.record(
            z.string(),
            z.object({
              operationId: z.string(),
              responses: z.record(z.string(), z.object({ description: z.string() })),
            }),
          ),
        ),
      })
      .parse(answer.json())
    const described = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    )
    const wanted = operations.map(({ id }) => id).filter((id) => !id.startsWith('system.'))
    expect(described).toEqual(expect.arrayContaining(wanted))
    // Better-auth serves these, so no route has them: each path described must be a door that opens.
    const doors = Object.keys(document.paths).filter((path) => path.startsWith('/api/auth/'))
    expect(doors).toEqual(
      expect.arrayContaining([
        '/api/auth/sign-in/username',
        '/api/auth/sign-out',
        '/api/auth/two-factor/verify-totp',
      ]),
    )
    for (const door of doors) {
      const knocked = await province.call(null, 'POST', door.slice('/api'.length), {})
      expect([door, knocked.statusCode]).not.toEqual([door, 404])
    }
    const whole = answer.json()
    const references = [...answer.body.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '')
    for (const reference of new Set(references)) {
      const target = reference
        .split('/')
        .reduce<unknown>(
          (at, key) => (isSchema(at) ? at[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
          whole,
        )
      expect([reference, target === undefined]).toEqual([reference, false])
    }
    for (const path of Object.keys(document.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const parameters = JSON.stringify(whole.paths[path])
      for (const name of named) expect(parameters).toContain(`"name":"${name}","in":"path"`)
    }
  })
})

describe('what no request may break', () => {
  const clerk = () => province.actor('RECEPTION', 'tthcc-tinh')
  test.each([
    ['a character that no text may hold', { reason: 'a\u0000b' }],
    ['a lone half of a letter', { reason: 'abc\ud800' }],
    ['a text of half a megabyte', { reason: 'a'.repeat(500_000) }],
    ['a list of a hundred thousand', { reason: 'abc', items: Array.from({ length: 100_000 }, () => 1) }],
    ['a number beyond all numbers', { amount: 1e308 }],
    ['another type', { reason: { toString: 'x' } }],
    ['the prototype', JSON.parse('{"__proto__":{"reason":"x"},"constructor":{"prototype":{}}}')],
  ])('%s is refused with a reason, never with 500', async (_what, body) => {
    for (const url of [
      '/dossiers/H49-260421-9999/actions/withdraw',
      '/dossiers/H49-260421-9999/personal-data',
      '/dossiers/preview',
    ]) {
      const answer = await province.call(clerk(), 'POST', url, body)
      expect([url, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([url, true])
      expect(Object.keys(errors)).toContain(answer.json().code)
    }
  })

  test('nor a body nested five thousand deep, with a key to remember it by', async () => {
    const deep = `{"reason":"abc","items":${'['.repeat(5_000)}${']'.repeat(5_000)}}`
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'sau' }
    const answer = await province.call(
      clerk(),
      'POST',
      '/dossiers/H49-260421-9999/actions/withdraw',
      deep,
      headers,
    )
    expect([answer.statusCode, Object.keys(errors).includes(answer.json().code)]).toEqual([422, true])
  })

  test.each(['%00', 'a%00b', '%ff', 'a'.repeat(300), '..%2f..%2fetc', "'%3b--"])(
    'nor an address with %j',
    async (text) => {
      for (const url of [
        `/dossiers/${text}`,
        `/dossiers?q=${text}`,
        `/tracking/${text}`,
        `/procedures?q=${text}`,
        `/tasks/${text}/assignees`,
        `/units/${text}`,
      ]) {
        const answer = await province.call(clerk(), 'GET', url)
        expect([url.slice(0, 60), answer.statusCode]).toEqual([
          url.slice(0, 60),
          expect.toSatisfy((status: number) => status < 500),
        ])
      }
    },
  )
})
