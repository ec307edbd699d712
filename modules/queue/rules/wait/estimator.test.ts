import { describe, expect, it } from 'vitest'
import { type HallDay, hallDay, SCENARIO_C, SCENARIO_D } from '#sim/hall-days.ts'
import { createRandom } from '#sim/random.ts'
import type { WaitRange } from './calibrate.ts'
import { createWaitEstimator, type HallEvent } from './estimator.ts'

type Score = { waits: number; mae: number; rmse: number; bias: number; coverage: number; silent: number }

/** Days replayed as they come; only those who had to wait count, and of them the normal visitors. */
const score = (day: HallDay, days: number, seed: string): Score => {
  const random = createRandom(`days/${seed}`)
  const estimator = createWaitEstimator(createRandom(`chance/${seed}`).next)
  const promised = new Map<string, { at: number; priority: boolean; range: WaitRange | null }>()
  const errors: number[] = []
  let covered = 0
  let silent = 0
  for (let number = 0; number < days; number += 1) {
    for (const event of hallDay(day, number, random)) {
      const range = estimator.observe(event)
      if (event.type === 'arrive')
        promised.set(event.ticket, { at: event.t, priority: event.priority, range })
      const said = event.type === 'start' ? promised.get(event.ticket) : undefined
      if (event.type !== 'start' || !said || said.priority || event.t <= said.at) continue
      const wait = event.t - said.at
      if (!said.range) silent += 1
      else {
        errors.push(said.range.p50 - wait)
        if (wait >= said.range.p10 && wait <= said.range.p90) covered += 1
      }
    }
  }
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  return {
    waits: errors.length,
    mae: mean(errors.map(Math.abs)),
    rmse: Math.sqrt(mean(errors.map((error) => error ** 2))),
    bias: mean(errors),
    coverage: covered / errors.length,
    silent,
  }
}

describe('generated days', { timeout: 120_000 }, () => {
  it('promises within six minutes on days with a morning rush and lunch, and its 80 % are 80 %', () => {
    const scored = score(SCENARIO_C, 40, 'c')
    expect(scored.waits).toBeGreaterThan(5_000)
    expect(scored.mae).toBeLessThan(6)
    expect(scored.rmse).toBeLessThan(9)
    expect(scored.coverage).toBeGreaterThan(0.76)
    expect(scored.coverage).toBeLessThan(0.84)
    expect(scored.silent).toBeLessThan(100)
  })

  it('does not promise normal visitors too little when priority visitors come', () => {
    const scored = score(SCENARIO_D, 40, 'd')
    expect(scored.mae).toBeLessThan(9)
    expect(Math.abs(scored.bias)).toBeLessThan(2)
    expect(scored.coverage).toBeGreaterThan(0.74)
  })
})

/** A morning with one counter that serves everybody in exactly ten minutes. */
const taught = () => {
  const estimator = createWaitEstimator(createRandom('taught').next)
  const day = (events: readonly HallEvent[]) => events.map((event) => estimator.observe(event))
  day([{ type: 'day' }, { type: 'counter-open', t: 0, counter: '1' }])
  for (let i = 0; i < 40; i += 1)
    day([
      { type: 'arrive', t: i * 10, ticket: `a${i}`, service: 'A', priority: false },
      { type: 'start', t: i * 10, ticket: `a${i}`, counter: '1' },
      { type: 'end', t: i * 10 + 10, ticket: `a${i}`, counter: '1' },
    ])
  day([{ type: 'day' }, { type: 'counter-open', t: 0, counter: '1' }])
  return { estimator, day }
}

describe('one counter, ten minutes each', () => {
  const arrive = (t: number, ticket: string, priority = false): HallEvent => ({
    ...{ type: 'arrive', t, ticket, service: 'A', priority },
  })
  const middle = (range: WaitRange | null | undefined) => Math.round(range?.p50 ?? Number.NaN)

  it('says nothing before it has seen enough services', () => {
    const estimator = createWaitEstimator(createRandom('new').next)
    estimator.observe({ type: 'day' })
    estimator.observe({ type: 'counter-open', t: 0, counter: '1' })
    expect(estimator.observe(arrive(0, 'x'))).toBeNull()
  })

  it('promises nobody a wait at a free counter', () => {
    expect(middle(taught().day([arrive(0, 'x')])[0])).toBe(0)
  })

  it('counts what is left of the running service and everybody ahead', () => {
    const { day } = taught()
    const said = day([
      arrive(0, 'x'),
      { type: 'start', t: 0, ticket: 'x', counter: '1' },
      arrive(4, 'y'),
      arrive(4, 'z'),
    ])
    expect([said[2], said[3]].map(middle)).toEqual([6, 16])
  })

  it('lets a priority visitor ahead of those who wait, and tells the next normal one', () => {
    const { day } = taught()
    const said = day([
      arrive(0, 'x'),
      { type: 'start', t: 0, ticket: 'x', counter: '1' },
      arrive(0, 'y'),
      arrive(0, 'p', true),
      arrive(0, 'z'),
    ])
    expect(middle(said[3])).toBe(10)
    expect(middle(said[4])).toBeGreaterThanOrEqual(30)
  })

  it('forgets who left', () => {
    const { day } = taught()
    const said = day([
      arrive(0, 'x'),
      { type: 'start', t: 0, ticket: 'x', counter: '1' },
      arrive(0, 'y'),
      { type: 'leave', t: 1, ticket: 'y' },
      arrive(2, 'z'),
    ])
    expect(middle(said[4])).toBe(8)
  })

  it('waits for the counter that the plan opens again after lunch', () => {
    const { day, estimator } = taught()
    estimator.observe({
      ...{ type: 'plan' },
      counters: [
        { from: 0, to: 60, open: 1 },
        { from: 60, to: 120, open: 0 },
        { from: 120, to: 240, open: 1 },
      ],
    })
    const said = day([{ type: 'counter-close', t: 60, counter: '1' }, arrive(70, 'x'), arrive(70, 'y')])
    expect([said[1], said[2]].map(middle)).toEqual([50, 60])
  })

  it('is silent when no counter is open and none will be', () => {
    const { day } = taught()
    expect(day([{ type: 'counter-close', t: 5, counter: '1' }, arrive(6, 'x')])[1]).toBeNull()
  })
})
