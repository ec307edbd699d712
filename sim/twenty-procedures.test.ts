import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedOwnProcesses } from '../apps/server/own-processes.ts'
import { aProvince, type Province } from '../tests/support/province.ts'
import { START } from '../tests/support/province-template.ts'
import { LIVES } from './twenty/lives.ts'
import { nothingSeen, officersAtWork, type Seen } from './twenty/officers-at-work.ts'
import { type Shape, TWENTY } from './twenty/procedures.ts'
import { TRANSITIONS, type Transition } from './twenty/transitions.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
  await seedOwnProcesses(province.services)
})
afterAll(() => province.close())

const seen = new Map<string, Seen>(TWENTY.map(({ code }) => [code, nothingSeen()]))
const seenOf = ({ code }: Shape): Seen => seen.get(code) ?? nothingSeen()

/** What a procedure's own shape rules out; there the refusal is proven instead of the transition. */
const ruledOut = ({ remote, movable }: Shape): ReadonlyMap<Transition, string> =>
  new Map<Transition, string>([
    ...(remote === null ? ([['T1', 'dossiers.channel-not-offered']] as const) : []),
    ...(movable ? [] : ([['T18', 'dossiers.extension-too-late']] as const)),
  ])

const FORMS = [
  ...['form-01', 'form-02', 'form-03', 'form-05', 'form-06', 'handover', 'payment-notice'],
  ...['return-minutes', 'result-error'],
]

describe.each(TWENTY)('$code: $because', (shape) => {
  test.each(Object.entries(LIVES))('%s', async (_name, live) => {
    province.clock.set(START)
    await live({ province, shape, at: officersAtWork(province, shape, seenOf(shape)) })
  })

  test('went through every transition that its shape allows, and the others were refused', () => {
    const { transitions, refusals } = seenOf(shape)
    const out = ruledOut(shape)
    const missing = TRANSITIONS.filter((one) => !out.has(one) && !transitions.has(one))
    expect(missing, 'never taken').toEqual([])
    for (const [transition, code] of out) {
      expect(transitions.has(transition), `${transition} was possible after all`).toBe(false)
      expect([...(refusals.get(transition) ?? [])]).toContain(code)
    }
    // Nothing is done without somebody having been told no before.
    expect(
      TRANSITIONS.filter((one) => !refusals.has(one)),
      'never refused',
    ).toEqual([])
  })

  test('its papers were printed and read back', () => {
    const forms = shape.movable ? [...FORMS, 'form-04'] : FORMS
    expect([...seenOf(shape).papers].sort()).toEqual(forms.sort())
  })
})

describe('the list', () => {
  test('has twenty procedures of different shapes', async () => {
    expect(new Set(TWENTY.map(({ code }) => code)).size).toBe(20)
    const versions = await Promise.all(
      TWENTY.map(({ code }) => province.services.catalogue.getInForce(code, '2026-04-21')),
    )
    const distinct = <T>(of: (content: (typeof versions)[number]['content']) => T): number =>
      new Set(versions.map(({ content }) => JSON.stringify(of(content)))).size
    expect(distinct(({ levels }) => levels)).toBeGreaterThanOrEqual(5)
    expect(distinct(({ methods }) => methods.map(({ channel }) => channel).sort())).toBeGreaterThanOrEqual(5)
    expect(distinct(({ cases }) => cases.length)).toBeGreaterThanOrEqual(5)
    expect(distinct(({ methods }) => methods[0]?.duration)).toBeGreaterThanOrEqual(8)
    expect(distinct(({ ministry }) => ministry)).toBeGreaterThanOrEqual(5)
  })
})
