import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { platformErrors } from '#platform/errors.ts'
import { routesOf } from '../../apps/server/app.ts'
import { expectedOf, POLICY, SEES } from './policy.ts'
import { type Asker, aWorld, type World } from './world.ts'

let world: World
let operations: { id: string; access: string; errors: readonly string[] }[]
beforeAll(async () => {
  world = await aWorld()
  const { services, staff } = world.province
  operations = routesOf(services, async () => staff).map(({ operation }) => operation)
})
afterAll(() => world.province.close())

const codeOf = (answer: { statusCode: number; body: string }): string => {
  if (answer.statusCode < 300) return 'ok'
  const problem: unknown = JSON.parse(answer.body)
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : ''
  return String(code)
}

/** Nothing of a citizen whose dossier the asker may not read stands in an answer to the asker. */
const leaksIn = (text: string, { role, reach }: Asker): string[] =>
  Object.values(world.dossiers)
    .filter(({ key }) => !SEES[reach](role).some((one) => one === key))
    .flatMap(({ canary }) => canary.words)
    .filter((word) => text.toLowerCase().includes(word.toLowerCase()))

describe('rights', () => {
  test('every staff operation has a row, every row an operation', () => {
    const staff = operations.filter(({ access }) => access === 'staff').map(({ id }) => id)
    expect(Object.keys(POLICY).toSorted()).toEqual(staff.toSorted())
  })

  /** A scope means the same for accounts as for dossiers (domain 12.3): an agency with what stands under it. */
  test('a district looks after the accounts of its communes, another district does not', async () => {
    const administrators = world.askers.filter(({ role }) => role === 'UNIT_ADMIN')
    const answers = await Promise.all(
      administrators.map(async ({ reach, actor }) => {
        const answer = await world.province.call(actor, 'GET', `/accounts/${world.communal}`)
        return [reach, codeOf(answer)]
      }),
    )
    expect(Object.fromEntries(answers)).toEqual({
      here: 'ok',
      elsewhere: 'identity.account-not-found',
      province: 'ok',
    })
  })

  const rows = Object.entries(POLICY).toSorted(([, a], [, b]) => Number(a.last ?? 0) - Number(b.last ?? 0))
  test.each(rows)('%s', async (id, row) => {
    const wrong: string[] = []
    const declared = [
      'ok',
      ...Object.keys(platformErrors),
      ...(operations.find((one) => one.id === id)?.errors ?? []),
    ]
    const nobody = row.ask(world, world.askers[0] as Asker)
    const out = await world.province.call(null, nobody.method, nobody.url, nobody.body, nobody.headers)
    expect(codeOf(out)).toBe('platform.not-signed-in')
    let answered = false
    for (const asker of world.askers) {
      const expected = expectedOf(row, asker)
      if (row.slow && answered && expected.includes('ok')) continue
      const { method, url, body, headers } = row.ask(world, asker)
      const answer = await world.province.call(asker.actor, method, url, body, headers)
      const got = codeOf(answer)
      answered ||= got === 'ok'
      if (!declared.includes(got)) wrong.push(`${got} is not declared`)
      if (!expected.includes(got)) wrong.push(`${asker.role} ${asker.reach}: ${got}, not ${expected}`)
      const leaks = leaksIn(answer.body, asker)
      if (leaks.length > 0) wrong.push(`${asker.role} ${asker.reach} sees ${leaks}`)
    }
    expect(wrong).toEqual([])
  })
})
