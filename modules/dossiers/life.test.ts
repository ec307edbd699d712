import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '#platform/errors.ts'
import type { Services } from '../../apps/server/services.ts'
import {
  act,
  aDossier,
  anIntake,
  asked,
  completedDossier,
  currentStep,
  returnedDossier,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { bodyOf, changesOf, doerOf, problemsOf, rowOf } from '../../tests/support/life.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { ACTIONS, type Action, type State } from './contract.ts'

let province: Province
let second: Services
beforeAll(async () => {
  province = await aProvince()
  second = province.anotherProcess()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const HOUR = 3_600_000
const submitted = async (): Promise<string> => {
  const input = await anIntake(province, { channel: 'postal' })
  const clerk = province.actor('RECEPTION', 'tthcc-tinh')
  return (await province.services.dossiers.submit({ ...input, channel: 'postal' }, asked(clerk))).code
}

/** The law once more in its simplest form, written apart from the chart: from → to, what stands against it and what it counts. */
type Model = {
  state: State
  /** Steps of the process done: transfer, assign, appraise, review, approve, issue. */
  steps: number
  intakeAsked: boolean
  supplements: number
  extensions: number
  returned: boolean
  lost: boolean
}
const UNDER_WAY: State[] = ['ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT']
const approved = ({ steps }: Model): boolean => steps >= 5
const LAWS: Record<Action, { may: (m: Model) => boolean; leads: (m: Model) => Partial<Model> }> = {
  accept: { may: (m) => m.state === 'SUBMITTED', leads: () => ({ state: 'ACCEPTED', steps: 0 }) },
  'request-intake-supplement': {
    may: (m) => m.state === 'SUBMITTED' && !m.intakeAsked,
    leads: () => ({ state: 'INTAKE_SUPPLEMENT', intakeAsked: true }),
  },
  resubmit: { may: (m) => m.state === 'INTAKE_SUPPLEMENT', leads: () => ({ state: 'SUBMITTED' }) },
  'complete-intake': {
    may: (m) => m.state === 'INTAKE_SUPPLEMENT',
    leads: () => ({ state: 'ACCEPTED', steps: 0 }),
  },
  'refuse-intake': {
    may: (m) => m.state === 'SUBMITTED' || m.state === 'INTAKE_SUPPLEMENT',
    leads: () => ({ state: 'NOT_ACCEPTED' }),
  },
  reopen: {
    may: (m) => m.state === 'NOT_ACCEPTED' || m.state === 'CLOSED_NO_SUPPLEMENT',
    leads: () => ({ state: 'SUBMITTED' }),
  },
  'request-supplement': {
    may: (m) => m.state === 'PROCESSING' && m.supplements === 0 && !approved(m),
    leads: (m) => ({ state: 'SUPPLEMENT', supplements: m.supplements + 1 }),
  },
  'request-late-supplement': {
    may: (m) => m.state === 'PROCESSING' && !approved(m),
    leads: (m) => ({ state: 'SUPPLEMENT', supplements: m.supplements + 1 }),
  },
  'receive-supplement': { may: (m) => m.state === 'SUPPLEMENT', leads: () => ({ state: 'PROCESSING' }) },
  'close-unsupplemented': {
    may: (m) => m.state === 'SUPPLEMENT' || m.state === 'INTAKE_SUPPLEMENT',
    leads: () => ({ state: 'CLOSED_NO_SUPPLEMENT' }),
  },
  'request-payment': { may: (m) => m.state === 'PROCESSING', leads: () => ({ state: 'AWAITING_PAYMENT' }) },
  'confirm-payment': { may: (m) => m.state === 'AWAITING_PAYMENT', leads: () => ({ state: 'PROCESSING' }) },
  withdraw: {
    may: (m) =>
      m.state === 'SUBMITTED' ||
      m.state === 'INTAKE_SUPPLEMENT' ||
      (UNDER_WAY.includes(m.state) && !approved(m)),
    leads: () => ({ state: 'WITHDRAWN' }),
  },
  stop: { may: (m) => m.state === 'PROCESSING', leads: () => ({ state: 'STOPPED' }) },
  extend: {
    may: (m) => (m.state === 'ACCEPTED' || m.state === 'PROCESSING') && m.extensions === 0,
    leads: () => ({ extensions: 1 }),
  },
  adjust: {
    may: (m) =>
      m.state === 'SUBMITTED' ||
      m.state === 'INTAKE_SUPPLEMENT' ||
      (UNDER_WAY.includes(m.state) && !approved(m)),
    leads: () => ({}),
  },
  'report-lost-papers': {
    may: (m) => (UNDER_WAY.includes(m.state) || m.state === 'COMPLETED') && !m.lost,
    leads: () => ({ lost: true }),
  },
  'settle-lost-papers': {
    may: (m) => (UNDER_WAY.includes(m.state) || m.state === 'COMPLETED') && m.lost,
    leads: () => ({ lost: false }),
  },
  return: { may: (m) => m.state === 'COMPLETED', leads: () => ({ state: 'RETURNED', returned: true }) },
  'report-result-error': {
    may: (m) => m.state === 'COMPLETED' || m.state === 'RETURNED',
    leads: () => ({ state: 'RESULT_ERROR' }),
  },
  'correct-result': {
    may: (m) => m.state === 'RESULT_ERROR',
    leads: (m) => ({ state: m.returned ? 'RETURNED' : 'COMPLETED' }),
  },
}
/** Refusals that come from the hour and not from the chart; the model knows no hours. */
const OF_TIME = [
  'dossiers.supplement-too-late',
  'dossiers.ordinary-supplement-open',
  'dossiers.too-early-to-close',
  'dossiers.extension-too-late',
  'dossiers.extension-not-later',
]

type Real = { code: string }
type Command = fc.AsyncCommand<Model, Real>

class Act implements Command {
  readonly action: Action
  constructor(action: Action) {
    this.action = action
  }
  check = () => true
  async run(model: Model, { code }: Real): Promise<void> {
    const { may, leads } = LAWS[this.action]
    const body = await bodyOf(province, this.action)
    try {
      await act(province, code, this.action, body)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (may(model))
        expect([this.action, OF_TIME]).toEqual([this.action, expect.arrayContaining([error.code])])
      return
    }
    expect([this.action, model.state, may(model)]).toEqual([this.action, model.state, true])
    Object.assign(model, leads(model))
    expect((await rowOf(province, code)).state).toBe(model.state)
  }
  toString = () => this.action
}

class Step implements Command {
  check = (model: Readonly<Model>) =>
    (model.state === 'ACCEPTED' || model.state === 'PROCESSING') && model.steps < 6
  async run(model: Model, { code }: Real): Promise<void> {
    const step = await currentStep(province, code)
    if (!step) throw new Error(`${code} has no step in ${model.state}`)
    await province.services.dossiers.complete({ id: step.id, opinion: 'Đủ điều kiện.' }, asked(step.officer))
    model.steps += 1
    model.state = model.steps === 6 ? 'COMPLETED' : 'PROCESSING'
  }
  toString = () => 'step'
}

class Wait implements Command {
  readonly hours: number
  constructor(hours: number) {
    this.hours = hours
  }
  check = () => true
  async run(): Promise<void> {
    province.clock.advance(this.hours * HOUR)
  }
  toString = () => `wait ${this.hours} h`
}

describe('the whole life', () => {
  test('random walks agree with a simple model, and log, row, clocks and process with one another', async () => {
    const commands = fc.commands(
      [
        ...ACTIONS.map((action) => fc.constant(new Act(action))),
        ...Array.from({ length: 6 }, () => fc.constant(new Step())),
        fc.integer({ min: 1, max: 200 }).map((hours) => new Wait(hours)),
      ],
      { size: '+1', maxCommands: 30 },
    )
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(commands, fc.boolean(), async (walk, arrived) => {
        province.clock.set(START)
        const code = arrived ? await submitted() : (await aDossier(province)).code
        await fc.asyncModelRun(
          () => ({
            model: {
              ...{ state: arrived ? 'SUBMITTED' : 'ACCEPTED', steps: 0, intakeAsked: false, supplements: 0 },
              ...{ extensions: 0, returned: false, lost: false },
            } as Model,
            real: { code },
          }),
          walk,
        )
        expect([code, await problemsOf(province, code)]).toEqual([code, []])
        for (const { data } of await changesOf(province, (await rowOf(province, code)).id))
          seen.add(String(data.state))
      }),
      { numRuns: 25, endOnFailure: true },
    )
    // Walks that go nowhere prove nothing.
    expect(seen.size).toBeGreaterThan(5)
  }, 240_000)
})

/** Ways into each state from which more than one thing can happen. */
const INTO: Partial<Record<State, () => Promise<string>>> = {
  SUBMITTED: submitted,
  INTAKE_SUPPLEMENT: async () => {
    const code = await submitted()
    await act(
      province,
      code,
      'request-intake-supplement',
      await bodyOf(province, 'request-intake-supplement'),
    )
    return code
  },
  NOT_ACCEPTED: async () => {
    const code = await submitted()
    await act(province, code, 'refuse-intake', await bodyOf(province, 'refuse-intake'))
    return code
  },
  ACCEPTED: async () => (await aDossier(province)).code,
  PROCESSING: async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'appraise', { minutes: 1 })
    return code
  },
  SUPPLEMENT: async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'appraise', { minutes: 1 })
    await act(province, code, 'request-supplement', await bodyOf(province, 'request-supplement'))
    return code
  },
  AWAITING_PAYMENT: async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'appraise', { minutes: 1 })
    await act(province, code, 'request-payment', await bodyOf(province, 'request-payment'))
    return code
  },
  COMPLETED: async () => (await completedDossier(province)).code,
  RETURNED: async () => (await returnedDossier(province)).code,
  RESULT_ERROR: async () => {
    const { code } = await completedDossier(province)
    await act(province, code, 'report-result-error', await bodyOf(province, 'report-result-error'))
    return code
  },
}

describe('two officers at once, each with a process of their own', () => {
  const states = Object.keys(INTO) as State[]
  test.each(states)(
    '%s: every pair of actions, and a step',
    async (state) => {
      const model: Model = {
        ...{ state, steps: state === 'COMPLETED' ? 6 : 2, intakeAsked: state === 'INTAKE_SUPPLEMENT' },
        ...{
          supplements: state === 'SUPPLEMENT' ? 1 : 0,
          extensions: 0,
          returned: state === 'RETURNED',
          lost: false,
        },
      }
      const open: (Action | 'step')[] = ACTIONS.filter(
        (action) =>
          LAWS[action].may(model) &&
          action !== 'close-unsupplemented' &&
          action !== 'request-late-supplement',
      )
      if (state === 'ACCEPTED' || state === 'PROCESSING') open.push('step')
      const pairs = open.flatMap((a, i) => open.slice(i).map((b) => [a, b] as const))
      for (const pair of pairs) {
        province.clock.set(START)
        const code = await INTO[state]?.()
        if (!code) throw new Error(state)
        const step = pair.includes('step') ? await currentStep(province, code) : undefined
        const doing = await Promise.all(
          pair.map(async (what, i) => {
            const { dossiers } = i === 0 ? province.services : second
            if (what === 'step') {
              if (!step) throw new Error('no step')
              return () => dossiers.complete({ id: step.id, opinion: 'Đủ.' }, asked(step.officer))
            }
            const [body, by] = [await bodyOf(province, what), await doerOf(province, code, what)]
            return () => dossiers.act({ code, action: what, ...body }, asked(by))
          }),
        )
        const before = (await rowOf(province, code)).version
        const outcomes = await Promise.allSettled(doing.map((go) => go()))
        const done = outcomes.filter(({ status }) => status === 'fulfilled').length
        for (const lost of outcomes)
          if (lost.status === 'rejected') expect([pair, lost.reason instanceof Refusal]).toEqual([pair, true])
        expect([pair, done > 0]).toEqual([pair, true])
        // Both only where one leaves the other's ground standing, in one order or the other.
        const legal = (first: Action | 'step', then: Action | 'step'): boolean => {
          const after =
            first === 'step' ? { steps: 3, state: 'PROCESSING' as State } : LAWS[first].leads(model)
          const next = { ...model, ...after }
          return then === 'step'
            ? first !== 'step' && ['ACCEPTED', 'PROCESSING'].includes(next.state)
            : LAWS[then].may(next)
        }
        if (done === 2)
          expect([pair, legal(pair[0], pair[1]) || legal(pair[1], pair[0])]).toEqual([pair, true])
        expect([pair, (await rowOf(province, code)).version]).toEqual([pair, before + done])
        expect([pair, await problemsOf(province, code)]).toEqual([pair, []])
      }
    },
    240_000,
  )
})
