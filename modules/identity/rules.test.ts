import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches } from '#platform/policy.ts'
import { type Grant, ROLE_NAMES, type Role, SCOPE_NAMES, type StaffActor } from './contract.ts'
import {
  type Below,
  covers,
  mayAdminister,
  mayGive,
  NOTHING_BELOW,
  type Place,
  passwordWeakness,
  railOf,
  reachOf,
  SEGREGATED,
  segregationConflicts,
} from './rules.ts'

const staff = (grants: Grant[], id = 'me'): StaffActor => ({
  kind: 'staff',
  id,
  username: 'mau',
  name: 'Mẫu',
  position: '',
  unit: 'phong-a',
  centre: null,
  counter: null,
  session: 's',
  grants,
})

describe('a grant covers a place', () => {
  const place = {
    officer: 'me',
    unit: 'to-a1',
    rooms: ['to-a1', 'phong-a'],
    agencies: ['chi-cuc-a', 'so-a'],
    centre: 'tt',
  }
  it.each<[string, Omit<Grant, 'role'>, boolean]>([
    ['the whole province, always', { scope: 'province', unit: null }, true],
    ['own: in my hands', { scope: 'own', unit: 'elsewhere' }, true],
    ['the unit itself', { scope: 'unit', unit: 'to-a1' }, true],
    ['the room around it', { scope: 'unit', unit: 'phong-a' }, true],
    ['another room', { scope: 'unit', unit: 'phong-b' }, false],
    [
      'a unit scope anchored at the agency is its own desk, not its rooms',
      { scope: 'unit', unit: 'chi-cuc-a' },
      false,
    ],
    ['the agency', { scope: 'agency', unit: 'chi-cuc-a' }, true],
    ['the agency above it', { scope: 'agency', unit: 'so-a' }, true],
    ['another agency', { scope: 'agency', unit: 'so-b' }, false],
    ['an agency scope anchored at a section reaches no agency', { scope: 'agency', unit: 'phong-a' }, false],
    ['the centre', { scope: 'centre', unit: 'tt' }, true],
    ['another centre', { scope: 'centre', unit: 'tt-b' }, false],
    ['a scope without its anchor', { scope: 'centre', unit: null }, false],
  ])('%s', (_why, grant, expected) => {
    expect(covers(grant, place, 'me')).toBe(expected)
  })

  it('own is not what others have in hand', () => {
    expect(covers({ scope: 'own', unit: 'x' }, place, 'somebody')).toBe(false)
  })
})

describe('reach', () => {
  /** An agency r with a room rp; an agency a under it with a room ap. */
  const PLACES: Record<string, Place> = {
    r: { unit: 'r', rooms: [], agencies: ['r'] },
    rp: { unit: 'rp', rooms: ['rp'], agencies: ['r'] },
    a: { unit: 'a', rooms: [], agencies: ['a', 'r'] },
    ap: { unit: 'ap', rooms: ['ap'], agencies: ['a', 'r'] },
  }
  const IDS = Object.keys(PLACES)
  const reached = (scope: 'unit' | 'agency' | 'centre') => (anchor: string) =>
    IDS.filter((id) => covers({ scope, unit: anchor }, PLACES[id] ?? {}, ''))
  const below: Below = { unit: reached('unit'), agency: reached('agency'), centre: (id) => [id] }
  const unit = fc.constantFrom(...IDS)
  const grant = fc.record({
    role: fc.constantFrom<Role>('SPECIALIST', 'UNIT_LEAD', 'CLERK'),
    scope: fc.constantFrom(...SCOPE_NAMES),
    unit: fc.option(unit),
  })

  it('as a rule over columns allows exactly the places that a grant covers', () => {
    const row = fc.record({ officer: fc.constantFrom('me', 'other'), unit, centre: fc.option(unit) })
    const columns = { own: 'officer', unit: 'unit', agency: 'unit', centre: 'centre' } as const
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 4 }), row, (grants, one) => {
        const roles: Role[] = ['SPECIALIST', 'UNIT_LEAD']
        const place = { ...PLACES[one.unit], officer: one.officer, centre: one.centre }
        const may = grants.some((own) => roles.includes(own.role) && covers(own, place, 'me'))
        expect(matches(reachOf(staff(grants), roles, columns, below), one)).toBe(may)
      }),
      { numRuns: 3000 },
    )
  })

  it('reaches nothing where the read model lacks the column, and for the public', () => {
    const clerk = staff([{ role: 'CLERK', scope: 'centre', unit: 'a' }])
    expect(reachOf(clerk, ['CLERK'], { unit: 'unit' }, below)).toBe('none')
    expect(reachOf({ kind: 'public' }, [...ROLE_NAMES], { unit: 'unit' }, below)).toBe('none')
  })

  it('of an administrator goes down to the accounts of the agencies under the own, never up', () => {
    const admin = (at: string) => staff([{ role: 'UNIT_ADMIN', scope: 'agency', unit: at }])
    const account = (agency: string) => ({ id: 'you', unit: `${agency}p`, agency, centre: null })
    expect(mayAdminister(admin('r'), account('a'), below)).toBe(true)
    expect(mayAdminister(admin('a'), account('r'), below)).toBe(false)
    expect(mayAdminister(admin('rp'), account('r'), below)).toBe(false)
  })
})

describe('segregation on one dossier', () => {
  it('keeps intake, approval and cashier in three hands', () => {
    const duties = ['intake', 'approval', 'cashier'] as const
    for (const done of duties) {
      for (const next of duties) {
        const own = segregationConflicts([{ duty: done, account: 'a' }], { duty: next, account: 'a' })
        expect(own).toEqual(done === next ? [] : [done])
        expect(segregationConflicts([{ duty: done, account: 'b' }], { duty: next, account: 'a' })).toEqual([])
      }
    }
    expect(SEGREGATED).toHaveLength(3)
  })
})

describe('who may give what', () => {
  const account = { id: 'you', unit: 'phong-a', agency: 'so-a', centre: 'tt' }
  const agencyAdmin = staff([{ role: 'UNIT_ADMIN', scope: 'agency', unit: 'so-a' }])
  const unitAdmin = staff([{ role: 'UNIT_ADMIN', scope: 'unit', unit: 'phong-a' }])
  const system = staff([{ role: 'SYSTEM_ADMIN', scope: 'province', unit: null }])
  it.each<[string, StaffActor, Grant, boolean]>([
    ['in the agency', agencyAdmin, { role: 'CLERK', scope: 'agency', unit: 'so-a' }, true],
    ['narrower, at the section', agencyAdmin, { role: 'CLERK', scope: 'unit', unit: 'phong-a' }, true],
    ['in another agency', agencyAdmin, { role: 'CLERK', scope: 'agency', unit: 'so-b' }, false],
    ['wider', agencyAdmin, { role: 'CLERK', scope: 'province', unit: null }, false],
    [
      'sideways: a centre that is not the anchor',
      agencyAdmin,
      { role: 'CLERK', scope: 'centre', unit: 'tt' },
      false,
    ],
    ['wider than the section', unitAdmin, { role: 'CLERK', scope: 'agency', unit: 'phong-a' }, false],
    ['administration', agencyAdmin, { role: 'UNIT_ADMIN', scope: 'unit', unit: 'phong-a' }, false],
    ['audit', agencyAdmin, { role: 'AUDITOR', scope: 'unit', unit: 'phong-a' }, false],
    ['all by the system administrator', system, { role: 'UNIT_ADMIN', scope: 'province', unit: null }, true],
    ['nothing without administration', staff([]), { role: 'CLERK', scope: 'own', unit: 'phong-a' }, false],
  ])('%s', (_why, actor, grant, expected) => {
    expect(mayGive(actor, account, grant, NOTHING_BELOW)).toBe(expected)
  })

  it('never to oneself', () => {
    for (const role of ROLE_NAMES) {
      const all = { role, scope: 'province', unit: null } as const
      expect(mayGive(system, { ...account, id: 'me' }, all, NOTHING_BELOW)).toBe(false)
    }
  })
})

describe('the rail', () => {
  it('gives every role a destination, and administrators of the system no dossier', () => {
    // Rights without a page of their own are used from within others' pages.
    const within: Role[] = ['POPULATION_QUERY']
    for (const role of ROLE_NAMES) {
      const rail = railOf(staff([{ role, scope: 'province', unit: null }]))
      expect([role, rail.length > 1]).toEqual([role, !within.includes(role)])
    }
    expect(railOf(staff([{ role: 'SYSTEM_ADMIN', scope: 'province', unit: null }]))).toEqual([
      'home',
      'dispatch',
      'queue',
      'calendar',
      'organisation',
      'accounts',
    ])
  })
})

describe('a new password', () => {
  it.each<[string, ReturnType<typeof passwordWeakness>, string]>([
    ['ngắn quá', 'short', 'eight characters'],
    ['x'.repeat(129), 'long', 'beyond what is hashed'],
    ['Password123!', 'common', 'a common word with decoration'],
    ['Matkhau@2026', 'common', 'a common Vietnamese word with a year'],
    ['1234567890', 'common', 'a run of digits'],
    ['aaaaaaaaaaaa', 'common', 'one letter'],
    ['Mẫu Thị An 1', 'common', 'the own name'],
    ['mau.an.2026', 'common', 'the own user name'],
    ['con mèo trèo cây cau', undefined, 'a sentence, with accents and spaces'],
    ['trời xanh mây trắng '.repeat(5), undefined, 'a hundred letters'],
    ['kfu3-28dk-sl2x', undefined, 'from a password manager'],
  ])('%s → %s (%s)', (password, expected) => {
    expect(passwordWeakness(password, ['mau.an', 'Mẫu Thị An'])).toBe(expected)
  })
})
