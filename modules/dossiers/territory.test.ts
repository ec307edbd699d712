import { describe, expect, test } from 'vitest'
import { PROFILES } from '#modules/organisation/profiles.ts'
import { treeOf } from '#modules/organisation/test-tree.ts'
import { supervisedBy, supervisingCentre } from './rules/territory.ts'

describe.each(PROFILES)('supervision in %s', (profile) => {
  test('of a centre is read the same as of a dossier, pair of places by pair', async () => {
    const tree = await treeOf(profile)
    const centres = [...tree.centres.keys()]
    const every = centres.flatMap((centre) =>
      supervisedBy(tree, [centre]).flatMap(({ receiving_centre = [], resolving_unit = [] }) =>
        receiving_centre.flatMap((receiving) =>
          resolving_unit.map((unit) => [receiving, unit, centre].join()),
        ),
      ),
    )
    // Nothing is watched over by two.
    expect(new Set(every.map((pair) => pair.split(',', 2).join())).size).toBe(every.length)
    const some = centres.filter((_, i) => i % 5 === 0)
    const named = some.flatMap((receiving_centre) =>
      [...tree.units.keys()].flatMap((resolving_unit) => {
        const centre = supervisingCentre(tree, { receiving_centre, resolving_unit })
        return centre === undefined ? [] : [[receiving_centre, resolving_unit, centre].join()]
      }),
    )
    expect(named.length).toBeGreaterThan(100)
    expect(every.filter((pair) => some.includes(pair.split(',')[0] ?? '')).toSorted()).toEqual(
      named.toSorted(),
    )
  })

  test('is no business of the provincial centre for a district or a commune', async () => {
    const tree = await treeOf(profile)
    const provincial = [...tree.centres.keys()].filter((id) => tree.units.get(id)?.level === 'province')
    expect(provincial.length).toBeGreaterThan(0)
    expect(supervisedBy(tree, provincial)).toEqual([])
  })
})
