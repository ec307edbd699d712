import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  anIntake,
  asked,
  newKey,
  PERSON,
  PROCEDURES,
  refusalOf,
  viewOf,
} from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { createBatch } from './contract.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const HERE = 'tthcc-tinh'
const clerk = () => asked(province.actor('RECEPTION', HERE))
const itemOf = async (procedure: string, copies = 1) => {
  const intake = await anIntake(province, { procedure })
  return { procedure, components: intake.components, copies, ...(intake.case ? { case: intake.case } : {}) }
}
const aBatch = async (...items: Awaited<ReturnType<typeof itemOf>>[]) =>
  createBatch.input.parse({ receivingCentre: HERE, owner: PERSON, items })
const counted = async () => {
  const { count } = await province.db
    .selectFrom('dossier')
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

test('several procedures and copies of one applicant: each has its code, its due date and its first step', async () => {
  const input = await aBatch(await itemOf(PROCEDURES.justice, 3), await itemOf(PROCEDURES.withFee))
  const { items, number } = await province.services.dossiers.batch(input, clerk())
  expect(number).toMatch(/^\d+\/2026$/)
  expect(items.map(({ item, procedure, state }) => [item, procedure, state])).toEqual([
    [1, PROCEDURES.justice, 'ACCEPTED'],
    [1, PROCEDURES.justice, 'ACCEPTED'],
    [1, PROCEDURES.justice, 'ACCEPTED'],
    [2, PROCEDURES.withFee, 'ACCEPTED'],
  ])
  expect(new Set(items.map(({ code }) => code)).size).toBe(4)
  for (const { code } of items)
    expect(await viewOf(province, code)).toMatchObject({
      owner: PERSON.name,
      current: { unit: expect.any(String) },
    })
})

test('one that lacks papers stops all of them, and the refusal says which', async () => {
  const before = await counted()
  const bad = { ...(await itemOf(PROCEDURES.justice)), components: [] }
  const input = await aBatch(await itemOf(PROCEDURES.justice, 2), bad)
  const refusal = await refusalOf(province.services.dossiers.batch(input, clerk()))
  expect([refusal.code, refusal.details.item]).toEqual(['dossiers.missing-components', 2])
  expect(await counted()).toBe(before)
})

test('a repeat with its key makes nothing a second time', async () => {
  const input = await aBatch(await itemOf(PROCEDURES.justice, 2))
  const before = await counted()
  const headers = { 'idempotency-key': newKey() }
  const send = () => province.call(clerk().actor, 'POST', '/dossiers/batch', input, headers)
  const answers = await Promise.all([send(), send(), send()])
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201])
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  expect(await counted()).toBe(before + 2)
})

test('batches of one centre are numbered without a gap, also at once', async () => {
  const input = await aBatch(await itemOf(PROCEDURES.justice))
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => province.services.dossiers.batch(input, clerk())),
  )
  const numbers = answers.map(({ number }) => Number(number.split('/')[0])).toSorted((a, b) => a - b)
  expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i))
})
