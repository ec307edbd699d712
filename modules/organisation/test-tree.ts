import { readAdminUnits, readDefaults, readProfile, readReferences } from './document.ts'
import { parseDocument } from './import.ts'
import type { Profile } from './profiles.ts'
import { buildTree, NO_SIGNING, type Tree } from './rules.ts'

/** For tests: a profile as a tree, without a database. */
export const treeOf = async (profile: Profile): Promise<Tree> => {
  const document = parseDocument(await readProfile(profile))
  const places = await readAdminUnits()
  return buildTree({
    ...document,
    version: 1,
    units: document.units.map((unit) => ({
      ...unit,
      function: unit.function ?? null,
      adminCode: unit.adminCode ?? null,
      identifier: unit.identifier ?? null,
      legacyIdentifier: unit.legacyIdentifier ?? null,
      centralBody: unit.centralBody ?? null,
      validFrom: unit.validFrom ?? null,
      validTo: unit.validTo ?? null,
      note: unit.note ?? null,
      version: 1,
    })),
    formerNames: document.units.flatMap((unit) =>
      (unit.formerNames ?? []).map(({ name, until }) => ({ unit: unit.id, name, until, shortName: null })),
    ),
    centres: document.centres.map((centre) => ({ ...centre, note: centre.note ?? null })),
    adminUnits: places.units,
    adminSuccessions: places.successions,
    references: await readReferences(),
    defaults: await readDefaults(document.adminEdition),
    signing: NO_SIGNING,
  })
}
