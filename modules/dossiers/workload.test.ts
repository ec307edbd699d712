import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aDossier, asked, currentStep, viewOf, walkTo } from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { countStatements } from '../../tests/support/statements.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const AGENCY = 'so-tu-phap'
const lead = () => asked(province.actor('UNIT_LEAD', AGENCY))
const workload = (by = lead(), unit?: string) =>
  province.services.dossiers.workload.get({ ...(unit ? { unit } : {}) }, by)

describe('what is late and what will be', () => {
  test('by officer and step, within one, three and five working days', async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'appraise')
    const rowOf = async () => (await workload()).rows.find(({ step }) => step === 'appraise')
    expect(await rowOf()).toMatchObject({ unit: { id: AGENCY }, officer: null, overdue: 0, in5: 1 })
    province.clock.advance(30 * 86_400_000)
    expect(await rowOf()).toMatchObject({ overdue: 1, in1: 0, in3: 0, in5: 0 })
  })

  test('what waits for me is counted beside it', async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'assign')
    const { mine } = await workload()
    expect(mine.assign).toBeGreaterThan(0)
  })

  test('a lead sees the own section, the supervisor of the province all, a clerk nothing', async () => {
    for (const { unit } of (await workload()).rows) expect(unit.id).toBe(AGENCY)
    const all = await workload(asked(province.actor('SUPERVISOR')))
    expect(all.rows.length).toBeGreaterThanOrEqual((await workload()).rows.length)
    expect((await workload(asked(province.actor('CLERK', AGENCY)))).rows).toEqual([])
  })

  test('costs a handful of statements, however much waits', async () => {
    await workload()
    expect((await countStatements(() => workload())).count).toBeLessThanOrEqual(8)
  })
})

test('the list behind a figure holds its steps, whoever has them', async () => {
  const { code } = await aDossier(province)
  const step = await walkTo(province, code, 'appraise')
  const list = (query: object) =>
    province.services.dossiers.listTasks({ filter: 'unit', limit: 200, ...query }, lead())
  const codes = async (query: object) => (await list(query)).items.map(({ dossier }) => dossier.code)
  expect(await codes({ officer: 'nobody', step: 'appraise' })).toContain(code)
  await province.services.dossiers.claim({ id: step.id }, asked(step.officer))
  expect(await codes({ officer: 'nobody', step: 'appraise' })).not.toContain(code)
  expect(await codes({ officer: step.officer.id })).toContain(code)
  expect(await codes({ officer: step.officer.id, dueBefore: START.toISOString() })).not.toContain(code)
})

test('who holds steps is found by a part of the name, without accents', async () => {
  const { code } = await aDossier(province)
  const step = await walkTo(province, code, 'appraise')
  await province.services.dossiers.claim({ id: step.id }, asked(step.officer))
  const { id, name } = step.officer
  const part = name.split(' ').at(-1)?.toLowerCase() ?? ''
  expect((await province.services.dossiers.workload.officers({ q: part })).items).toContainEqual({ id, name })
  expect((await province.services.dossiers.workload.officers({ id })).items).toEqual([{ id, name }])
  expect((await province.services.dossiers.workload.officers({ q: 'khong co ai' })).items).toEqual([])
})

describe('asking after a step', () => {
  test('stands in the officer’s list and in the history, and moves nothing', async () => {
    const { code } = await aDossier(province)
    const step = await walkTo(province, code, 'appraise')
    const before = await viewOf(province, code)
    const message = 'Đề nghị xong trong hôm nay'
    const answer = await province.services.dossiers.workload.urge({ tasks: [step.id], message }, lead())
    expect(answer.done).toMatchObject([{ task: step.id, code, version: before.version }])
    const { items } = await province.services.dossiers.listTasks(
      { filter: 'all', limit: 200 },
      asked(step.officer),
    )
    expect(items.find(({ id }) => id === step.id)?.urged).toMatchObject({ message, by: lead().actor.name })
    expect((await viewOf(province, code)).timeline[0]).toMatchObject({ type: 'task-urged' })
    // What was read before is still what is there: urging makes nobody's work stale.
    await province.services.dossiers.complete({ id: step.id, opinion: 'Đủ' }, asked(step.officer))
    expect((await currentStep(province, code))?.step).toBe('review')
  })

  test('belongs to those who watch', async () => {
    const { code } = await aDossier(province)
    const step = await walkTo(province, code, 'appraise')
    const { refused } = await province.services.dossiers.workload.urge(
      { tasks: [step.id], message: 'Nhanh lên' },
      asked(province.actor('CLERK', AGENCY)),
    )
    expect(refused.map(({ refusal }) => refusal.code)).toEqual(['dossiers.not-your-role'])
  })
})
