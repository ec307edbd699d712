import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROLE_NAMES, type Role } from '#modules/identity/contract.ts'
import { ACTIONS, type Action, STATES, type State } from './contract.ts'
import { REASSIGNMENT } from './rules/state-chart.ts'
import {
  actionsFrom,
  CHART,
  contradictsPersonalId,
  type DossierFacts,
  decide,
  ENDED,
  INTAKES,
  isPhone,
  isSampleTaxCode,
  isTaxCode,
  lastFour,
  maskNumber,
  nationalStatus,
  type Place,
  personalIdProblem,
  RUNNING,
  readPersonalId,
  STEPS,
  stateAfter,
  WAITING_FOR_APPLICANT,
} from './rules.ts'

const NOW = Date.parse('2026-04-21T08:00:00+07:00')
const HOUR = 3_600_000

const factsIn = (state: State, more: Partial<DossierFacts> = {}): DossierFacts => ({
  state,
  supplementAskedAt: null,
  intakeSupplementAskedAt: null,
  supplementCount: 0,
  supplementMax: 1,
  extensions: 0,
  extensionMax: 1,
  returned: false,
  isGroup: false,
  resultWithParent: false,
  lostOpen: false,
  supplementUntil: NOW + HOUR,
  supplementDeadline: NOW - HOUR,
  extensionUntil: NOW + HOUR,
  due: NOW + 48 * HOUR,
  intakeBy: 'clerk',
  approvedBy: null,
  ...more,
})
const holding = (role: Role, at: Place, account = 'officer') => ({
  account,
  holds: (roles: readonly Role[], place: Place) => place === at && roles.includes(role),
})
const everybody = { account: 'officer', holds: () => true }

/**
 * The chart of domain 2.4 once more, written by hand: from which states, to which one, by whom and where. What the code says is
 * compared with this for every state, role and place.
 */
type Law = {
  from: State[]
  to: State | 'same' | 'before'
  by: Role[]
  at: Place
  facts?: Partial<DossierFacts>
}
const LAW: Record<Action, Law> = {
  accept: {
    from: ['SUBMITTED'],
    to: 'ACCEPTED',
    by: ['RECEPTION', 'NON_TERRITORIAL'],
    at: 'receivingCentre',
  },
  'request-intake-supplement': {
    from: ['SUBMITTED'],
    to: 'INTAKE_SUPPLEMENT',
    by: ['RECEPTION', 'NON_TERRITORIAL'],
    at: 'receivingCentre',
  },
  'complete-intake': {
    from: ['INTAKE_SUPPLEMENT'],
    to: 'ACCEPTED',
    by: ['RECEPTION', 'NON_TERRITORIAL'],
    at: 'receivingCentre',
  },
  'refuse-intake': {
    from: ['SUBMITTED', 'INTAKE_SUPPLEMENT'],
    to: 'NOT_ACCEPTED',
    by: ['RECEPTION', 'NON_TERRITORIAL'],
    at: 'receivingCentre',
  },
  resubmit: {
    from: ['INTAKE_SUPPLEMENT'],
    to: 'SUBMITTED',
    by: ['RECEPTION', 'NON_TERRITORIAL'],
    at: 'receivingCentre',
  },
  reopen: {
    from: ['NOT_ACCEPTED', 'CLOSED_NO_SUPPLEMENT'],
    to: 'SUBMITTED',
    by: ['CENTRE_DIRECTOR'],
    at: 'receivingCentre',
  },
  'request-late-supplement': {
    from: ['PROCESSING'],
    to: 'SUPPLEMENT',
    by: ['AGENCY_LEAD'],
    at: 'resolvingUnit',
    facts: { supplementCount: 1 },
  },
  adjust: {
    from: ['SUBMITTED', 'INTAKE_SUPPLEMENT', 'ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT'],
    to: 'same',
    by: ['RECEPTION', 'NON_TERRITORIAL'],
    at: 'receivingCentre',
  },
  'report-lost-papers': {
    from: ['ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT', 'COMPLETED'],
    to: 'same',
    by: ['AGENCY_LEAD', 'UNIT_LEAD'],
    at: 'resolvingUnit',
  },
  'settle-lost-papers': {
    from: ['ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT', 'COMPLETED'],
    to: 'same',
    by: ['AGENCY_LEAD', 'UNIT_LEAD'],
    at: 'resolvingUnit',
    facts: { lostOpen: true },
  },
  'request-supplement': { from: ['PROCESSING'], to: 'SUPPLEMENT', by: ['SPECIALIST'], at: 'resolvingUnit' },
  'receive-supplement': {
    from: ['SUPPLEMENT'],
    to: 'PROCESSING',
    by: ['RECEPTION', 'NON_TERRITORIAL'],
    at: 'receivingCentre',
  },
  'close-unsupplemented': {
    from: ['SUPPLEMENT', 'INTAKE_SUPPLEMENT'],
    to: 'CLOSED_NO_SUPPLEMENT',
    by: ['RECEPTION', 'NON_TERRITORIAL'],
    at: 'receivingCentre',
  },
  'request-payment': {
    from: ['PROCESSING'],
    to: 'AWAITING_PAYMENT',
    by: ['SPECIALIST'],
    at: 'resolvingUnit',
  },
  'confirm-payment': { from: ['AWAITING_PAYMENT'], to: 'PROCESSING', by: ['CASHIER'], at: 'receivingCentre' },
  withdraw: {
    from: ['SUBMITTED', 'INTAKE_SUPPLEMENT', 'ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT'],
    to: 'WITHDRAWN',
    by: ['RECEPTION', 'NON_TERRITORIAL'],
    at: 'receivingCentre',
  },
  stop: { from: ['PROCESSING'], to: 'STOPPED', by: ['AGENCY_LEAD'], at: 'resolvingUnit' },
  extend: { from: ['ACCEPTED', 'PROCESSING'], to: 'same', by: ['AGENCY_LEAD'], at: 'resolvingUnit' },
  return: { from: ['COMPLETED'], to: 'RETURNED', by: ['RETURN_DESK'], at: 'returningCentre' },
  'report-result-error': {
    from: ['COMPLETED', 'RETURNED'],
    to: 'RESULT_ERROR',
    by: ['RETURN_DESK'],
    at: 'returningCentre',
  },
  'correct-result': { from: ['RESULT_ERROR'], to: 'before', by: ['CLERK'], at: 'resolvingUnit' },
}
const PLACES: readonly Place[] = ['receivingCentre', 'resolvingUnit', 'returningCentre']

describe('the state chart', () => {
  test.each(ACTIONS)('%s: every state × role × place', (action) => {
    const law = LAW[action]
    for (const state of STATES) {
      for (const role of ROLE_NAMES) {
        for (const place of PLACES) {
          const verdict = decide(action, factsIn(state, law.facts), holding(role, place), NOW)
          const lawful = law.from.includes(state) && law.by.includes(role) && place === law.at
          expect([state, role, place, verdict.allowed]).toEqual([state, role, place, lawful])
          if (verdict.allowed) continue
          const reason = law.from.includes(state)
            ? 'dossiers.not-your-role'
            : action === 'return' && state === 'RETURNED'
              ? 'dossiers.already-returned'
              : 'dossiers.action-not-allowed'
          expect(verdict.block.code).toBe(reason)
        }
      }
      for (const returned of [true, false]) {
        if (!law.from.includes(state)) continue
        const before = returned ? 'RETURNED' : 'COMPLETED'
        const lawful = law.to === 'same' ? state : law.to === 'before' ? before : law.to
        expect(stateAfter(action, state, returned)).toBe(lawful)
      }
      expect(actionsFrom(state).includes(action)).toBe(law.from.includes(state))
    }
  })

  test('an ended dossier stays ended, but for an error in its result and for what the centre ended and takes up again', () => {
    const left: Partial<Record<State, Action[]>> = {
      RETURNED: ['report-result-error'],
      NOT_ACCEPTED: ['reopen'],
      CLOSED_NO_SUPPLEMENT: ['reopen'],
    }
    for (const state of ENDED) expect(actionsFrom(state)).toEqual(left[state] ?? [])
  })

  test('each state is running, waiting, ended or one of the three between', () => {
    const kinds = [...RUNNING, ...WAITING_FOR_APPLICANT, ...ENDED, 'SUBMITTED', 'COMPLETED', 'RESULT_ERROR']
    expect(kinds.toSorted()).toEqual([...STATES].toSorted())
  })

  test('every state is reached, and from every state but the ended ones an action or a step leads on', () => {
    const reached = new Set<string>([
      ...[...Object.values(CHART), ...Object.values(INTAKES), ...Object.values(STEPS)].map(({ to }) => to),
    ])
    for (const state of STATES) expect(reached).toContain(state)
    for (const state of STATES.filter((one) => !ENDED.includes(one)))
      expect(actionsFrom(state).length).toBeGreaterThan(0)
  })

  // Domain 2.2; other systems send 5, 6 and 8 as 9.
  test.each([
    ['SUBMITTED', 1],
    ['ACCEPTED', 2],
    ['NOT_ACCEPTED', 3],
    ['PROCESSING', 4],
    ['INTAKE_SUPPLEMENT', 5],
    ['SUPPLEMENT', 5],
    ['AWAITING_PAYMENT', 6],
    ['WITHDRAWN', 7],
    ['CLOSED_NO_SUPPLEMENT', 8],
    ['STOPPED', 8],
    ['COMPLETED', 9],
    ['RETURNED', 10],
    ['RESULT_ERROR', 10],
  ] as const)('%s is national status %i', (state, code) => expect(nationalStatus(state, true)).toBe(code))

  test('an error found before anything was handed over leaves the dossier finished', () =>
    expect(nationalStatus('RESULT_ERROR', false)).toBe(9))

  test('nothing but a finished dossier is ever sent as finished', () => {
    for (const state of STATES)
      for (const returned of [true, false])
        if (nationalStatus(state, returned) === 9) expect(['COMPLETED', 'RESULT_ERROR']).toContain(state)
  })

  test('the twenty transitions of the law are there', () => {
    const laws = [...Object.values(CHART), ...Object.values(INTAKES), ...Object.values(STEPS), REASSIGNMENT]
    const numbers = new Set(laws.map(({ law }) => law))
    for (let n = 1; n <= 20; n++) expect(numbers).toContain(`T${n}`)
  })

  test('every change says who is told, and those that wait for somebody open a limit', () => {
    const changes = [...Object.values(CHART), ...Object.values(INTAKES), ...Object.values(STEPS)]
    for (const { notify, event } of changes) expect([event, notify.length > 0]).toEqual([event, true])
    const waits = Object.values(CHART).filter(({ to }) => WAITING_FOR_APPLICANT.some((state) => state === to))
    for (const { event, opens } of waits) expect([event, opens !== undefined]).toEqual([event, true])
  })
})

describe('guards', () => {
  const at = (action: Action, state: State, more: Partial<DossierFacts>, account = 'officer') => {
    const verdict = decide(action, factsIn(state, more), { ...everybody, account }, NOW)
    return verdict.allowed ? 'allowed' : verdict.block.code
  }
  test.each([
    [
      'a second supplement',
      'request-supplement',
      'PROCESSING',
      { supplementAskedAt: NOW - HOUR, supplementCount: 1 },
      'dossiers.supplement-already-asked',
    ],
    [
      'the last minute of the third working day',
      'request-supplement',
      'PROCESSING',
      { supplementUntil: NOW },
      'allowed',
    ],
    [
      'a minute later',
      'request-supplement',
      'PROCESSING',
      { supplementUntil: NOW - 60_000 },
      'dossiers.supplement-too-late',
    ],
    [
      'after approval',
      'request-supplement',
      'PROCESSING',
      { approvedBy: 'head' },
      'dossiers.already-approved',
    ],
    [
      'a second one before acceptance',
      'request-intake-supplement',
      'SUBMITTED',
      { intakeSupplementAskedAt: NOW },
      'dossiers.supplement-already-asked',
    ],
    [
      'closing in the last minute of the fifteenth day',
      'close-unsupplemented',
      'SUPPLEMENT',
      { supplementDeadline: NOW },
      'dossiers.too-early-to-close',
    ],
    [
      'closing a minute later',
      'close-unsupplemented',
      'SUPPLEMENT',
      { supplementDeadline: NOW - 60_000 },
      'allowed',
    ],
    [
      'closing where no rule closes anything',
      'close-unsupplemented',
      'SUPPLEMENT',
      { supplementDeadline: null },
      'dossiers.no-closing-rule',
    ],
    [
      'an exception of the head while the specialist may still ask',
      'request-late-supplement',
      'PROCESSING',
      {},
      'dossiers.ordinary-supplement-open',
    ],
    [
      'an exception after the three days',
      'request-late-supplement',
      'PROCESSING',
      { supplementUntil: NOW - 60_000 },
      'allowed',
    ],
    [
      'an exception after the signature',
      'request-late-supplement',
      'PROCESSING',
      { supplementCount: 1, approvedBy: 'head' },
      'dossiers.already-approved',
    ],
    [
      'adjusting after the signature',
      'adjust',
      'PROCESSING',
      { approvedBy: 'head' },
      'dossiers.already-approved',
    ],
    [
      'papers lost twice',
      'report-lost-papers',
      'PROCESSING',
      { lostOpen: true },
      'dossiers.lost-papers-open',
    ],
    ['settling what was not lost', 'settle-lost-papers', 'PROCESSING', {}, 'dossiers.nothing-lost'],
    ['the first extension', 'extend', 'PROCESSING', {}, 'allowed'],
    ['a second extension', 'extend', 'PROCESSING', { extensions: 1 }, 'dossiers.extension-already-used'],
    [
      'an extension on the due day',
      'extend',
      'PROCESSING',
      { extensionUntil: NOW - 60_000 },
      'dossiers.extension-too-late',
    ],
    [
      'an extension of what has no limit',
      'extend',
      'PROCESSING',
      { due: null, extensionUntil: null },
      'dossiers.extension-too-late',
    ],
    ['withdrawal before the decision', 'withdraw', 'PROCESSING', {}, 'allowed'],
    ['withdrawal after it', 'withdraw', 'PROCESSING', { approvedBy: 'head' }, 'dossiers.already-approved'],
  ] as const)('%s', (_why, action, state, more, expected) => {
    expect(at(action, state, more)).toBe(expected)
  })
  test.each([
    ['who received it', 'clerk', 'dossiers.segregation'],
    ['who approved it', 'head', 'dossiers.segregation'],
    ['somebody else', 'cashier', 'allowed'],
  ])('money is taken by %s', (_who, account, expected) => {
    expect(at('confirm-payment', 'AWAITING_PAYMENT', { approvedBy: 'head' }, account)).toBe(expected)
  })
  test('an allowed action says until when', () => {
    expect(decide('request-supplement', factsIn('PROCESSING'), everybody, NOW)).toEqual({
      allowed: true,
      until: NOW + HOUR,
    })
  })
})

describe('personal numbers', () => {
  test.each([
    ['022099000001', undefined, 'a man of 1999 in Quảng Ninh (3rd digit group 022, digit 0)'],
    ['022301000001', undefined, 'a woman of 2001 (digit 3: 2000–2099, female)'],
    ['001200000001', undefined, 'a man of 2000 in Hà Nội'],
    ['022227000001', 'birth-year', '2027 has not come'],
    ['022226000001', undefined, 'born this year'],
    ['003099000001', 'province', 'no province has 003'],
    ['097099000001', 'province', 'codes end at 096'],
    ['100099000001', undefined, 'born abroad: three digits of a country'],
    ['000000000001', 'province', 'sample numbers belong to nobody, and this is no demo'],
    ['02209900001', 'length', 'eleven digits'],
    ['0220990000012', 'length', 'thirteen digits'],
    ['123456789', 'length', 'the old card’s nine digits ended in 2024'],
    ['02209900000a', 'length', 'a letter'],
    ['０２２０９９０００００１', 'length', 'digits of another width'],
  ])('%s → %s (%s)', (id, problem, _why) => {
    expect(personalIdProblem(id, { year: 2026, samplesAllowed: false })).toBe(problem)
  })
  test('sample numbers pass in the demo alone', () =>
    expect(personalIdProblem('000000000001', { year: 2026, samplesAllowed: true })).toBeUndefined())

  test.each([
    ['022099000001', { birthDate: '1999-05-01', gender: 'male' }, false],
    ['022099000001', { birthDate: '1998-05-01' }, true],
    ['022099000001', { gender: 'female' }, true],
    ['022099000001', { gender: 'other' }, false],
    ['022099000001', {}, false],
    ['000000000001', { birthDate: '1999-05-01', gender: 'female' }, false],
  ])('%s with %j contradicts: %s', (id, typed, expected) =>
    expect(contradictsPersonalId(id, typed)).toBe(expected),
  )

  test('what is read from a number is what was written into it', () => {
    const person = fc.record({ year: fc.integer({ min: 1900, max: 2199 }), male: fc.boolean() })
    fc.assert(
      fc.property(person, fc.integer({ min: 0, max: 999_999 }), ({ year, male }, serial) => {
        const digit = Math.floor((year - 1900) / 100) * 2 + (male ? 0 : 1)
        const id = `022${digit}${String(year % 100).padStart(2, '0')}${String(serial).padStart(6, '0')}`
        expect(readPersonalId(id)).toEqual({ birthYear: year, gender: male ? 'male' : 'female' })
      }),
    )
  })

  test.each([
    ['0100109106', true, 'a real check digit (the weights 31…3 modulo 11)'],
    ['0100109107', false, 'another last digit'],
    ['0100109106-001', true, 'a dependent unit'],
    ['0100109106001', true, 'the same without dash'],
    ['0100109106-000', false, 'units count from 001'],
    ['010010910', false, 'nine digits'],
    ['0100000006', false, 'seven zeros were never given out'],
  ])('tax code %s: %s (%s)', (code, expected) => expect(isTaxCode(code)).toBe(expected))
  test('sample tax codes are none of the real ones', () => {
    expect(isSampleTaxCode('5700000001')).toBe(true)
    expect(isTaxCode('5700000001')).toBe(false)
  })

  test.each([
    ['0912345678', true],
    ['+84912345678', true],
    ['02033835678', true],
    ['0203383567', true],
    ['0112345678', false],
    ['091234567', false],
    ['09123456789', false],
    ['84912345678', false],
  ])('phone %s: %s', (phone, expected) => expect(isPhone(phone)).toBe(expected))

  test('a masked number shows its last four digits and nothing else', () => {
    const number = fc.stringMatching(/^\d{5,13}$/)
    fc.assert(
      fc.property(number, (text) => {
        const masked = maskNumber(text)
        expect(masked.replace(/\D/g, '')).toBe(lastFour(text))
        expect(masked.replace(/\s/g, '')).toHaveLength(text.length)
      }),
    )
    expect(maskNumber('000000000001')).toBe('•••• •••• 0001')
  })
})
