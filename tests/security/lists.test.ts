import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Grant, StaffActor } from '#modules/identity/contract.ts'
import { asked, refusalOf } from '../support/dossiers.ts'
import { SEES } from './policy.ts'
import { aWorld, ELSEWHERE, HERE, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.province.close())

const planted = () => Object.values(world.dossiers)
const listed = (actor: StaffActor, query: object = {}) =>
  world.province.services.dossiers.list({ limit: 200, ...query }, asked(actor))
const keysOf = (codes: readonly string[]) =>
  planted()
    .filter(({ code }) => codes.includes(code))
    .map(({ key }) => key)

describe('what a list, a count and a search tell follows the rights of every officer', () => {
  test('list and count', async () => {
    for (const { role, reach, actor } of world.askers) {
      const { items, total } = await listed(actor)
      const sees = [...SEES[reach](role)]
      expect([role, reach, keysOf(items.map(({ code }) => code))]).toEqual([role, reach, sees])
      expect(total).toEqual({ value: sees.length, capped: false })
    }
  })

  // Asking for exactly what one may not see is how a list is tried.
  test.each(['name', 'phone', 'number', 'code'] as const)('search by %s', async (by) => {
    for (const { role, reach, actor } of world.askers) {
      for (const { key, code, canary } of planted()) {
        const { items, total } = await listed(actor, { q: by === 'code' ? code : canary[by] })
        const sees = SEES[reach](role).some((one) => one === key) ? [code] : []
        expect([role, reach, items.map((item) => item.code)]).toEqual([role, reach, sees])
        expect(total.value).toBe(sees.length)
      }
    }
  })

  test('a filter by centre, state or pace widens nothing', async () => {
    for (const { role, reach, actor } of world.askers) {
      for (const query of [
        { centre: HERE },
        { centre: ELSEWHERE },
        { state: 'PROCESSING' },
        { pace: 'DUE_SOON' },
      ]) {
        const { items } = await listed(actor, query)
        const sees = SEES[reach](role)
        for (const key of keysOf(items.map(({ code }) => code))) expect(sees.map(String)).toContain(key)
      }
    }
  })

  test('tasks: only steps of the own role at the own place, and dossiers behind them', async () => {
    for (const { role, reach, actor } of world.askers) {
      const { items, counts } = await world.province.services.dossiers.listTasks(
        { filter: 'all', limit: 200 },
        asked(actor),
      )
      // All four wait for appraisal: A, B and D in a district's section, C in the department of justice.
      const sees =
        role !== 'SPECIALIST'
          ? []
          : { here: ['A', 'D'], elsewhere: ['B'], province: ['A', 'B', 'C', 'D'] }[reach]
      expect([role, reach, keysOf(items.map(({ dossier }) => dossier.code))]).toEqual([role, reach, sees])
      expect(counts.claimable.value).toBe(sees.length)
    }
  })
})

describe('scopes', () => {
  const withGrants = (grants: Grant[]): StaffActor => ({
    ...world.province.actor('GUIDE', 'tthcc-tinh'),
    grants,
  })

  test('own: what this person received, wherever; nothing else of the same counter', async () => {
    const { db } = world.province
    const { code } = world.dossiers.A
    const { intake_by: clerk } = await db
      .selectFrom('dossier')
      .select('intake_by')
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
    const grant: Grant = { role: 'RECEPTION', scope: 'own', unit: null }
    const mine = { ...withGrants([grant]), id: clerk }
    expect(keysOf((await listed(mine)).items.map((item) => item.code))).toContain('A')
    expect((await listed(withGrants([grant]))).items).toEqual([])
    const refusal = await refusalOf(
      world.province.services.dossiers.get({ code }, asked(withGrants([grant]))),
    )
    expect(refusal.code).toBe('dossiers.unknown')
  })

  test('unit: this section, not the agency above it nor the sections beside it', async () => {
    const unit = (id: string) => withGrants([{ role: 'SPECIALIST', scope: 'unit', unit: id }])
    expect(keysOf((await listed(unit('tu-phap-ha-long'))).items.map(({ code }) => code))).toEqual(['A', 'D'])
    expect((await listed(unit('ubnd-ha-long'))).items).toEqual([])
    expect((await listed(unit('tu-phap-cam-pha'))).items).toEqual([])
  })

  test('supervision: of a centre what it has and what it watches over, of another one nothing', async () => {
    const at = (unit: string) => withGrants([{ role: 'SUPERVISOR', scope: 'centre', unit }])
    expect(keysOf((await listed(at(HERE))).items.map(({ code }) => code))).toEqual(['A', 'C', 'D'])
    // Another centre of the province watches over none of these.
    expect((await listed(at('tthcc-cam-pha'))).items).toEqual([])
    expect((await listed(at('tthcc-tinh'))).items).toEqual([])
  })

  test('a grant without a unit reaches nothing but by province', async () => {
    for (const scope of ['unit', 'agency', 'centre'] as const) {
      expect((await listed(withGrants([{ role: 'SUPERVISOR', scope, unit: null }]))).items).toEqual([])
    }
  })
})

test('drafts are their author’s alone, also under the same id', async () => {
  const { services } = world.province
  const [one, two] = [world.province.actor('RECEPTION', HERE), world.province.actor('RECEPTION', ELSEWHERE)]
  const id = '00000000-0000-7000-8000-0000000000d1'
  await services.dossiers.saveDraft({ id, content: { typed: 'CHIMNHAPMOT' } }, asked(one))
  await services.dossiers.saveDraft({ id, content: { typed: 'CHIMNHAPHAI' } }, asked(two))
  expect((await services.dossiers.listDrafts(asked(one))).items.map(({ content }) => content)).toEqual([
    { typed: 'CHIMNHAPMOT' },
  ])
  await services.dossiers.discardDraft({ id }, asked(one))
  expect((await services.dossiers.listDrafts(asked(one))).items).toEqual([])
  expect((await services.dossiers.listDrafts(asked(two))).items.map(({ content }) => content)).toEqual([
    { typed: 'CHIMNHAPHAI' },
  ])
})

test('a right that is taken away is gone from the next request', async () => {
  const { province, askers } = world
  const clerk = askers.find(({ role, reach }) => role === 'RECEPTION' && reach === 'here')
  if (!clerk) throw new Error('no such officer')
  const url = `/dossiers/${world.dossiers.A.code}`
  expect((await province.call(clerk.actor, 'GET', url)).statusCode).toBe(200)
  await province.db
    .updateTable('account_grant')
    .set({ valid_to: province.clock.now(), revoked_by: 'test', revoke_reason: 'thử' })
    .where('account', '=', clerk.actor.id)
    .execute()
  // Another process made the change: this one asks again after two seconds at most.
  await expect
    .poll(async () => (await province.call(clerk.actor, 'GET', url)).statusCode, { timeout: 4_000 })
    .toBe(404)
})
