import type { Grant } from '#modules/identity/contract.ts'
import { type Below, covers, type Place } from '#modules/identity/rules.ts'
import { fold } from '#platform/text/fold.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import { type Signing, type SigningRecords, signingOn } from './signing.ts'

export const UNIT_KINDS = [
  'people-committee',
  'department',
  'office',
  'inspectorate',
  'committee',
  'management-board',
  'service-unit',
  'vertical',
  'utility',
  'centre',
  'room',
  'section',
  'one-stop',
  'post',
] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

/** `area`: a branch that serves several communes since July 2025, where the district level is gone. */
export const LEVELS = ['province', 'area', 'district', 'commune'] as const
export type Level = (typeof LEVELS)[number]

export type Unit = {
  /** Text slug, stable for ever: `so-tu-phap`. */
  id: string
  name: string
  shortName: string
  kind: UnitKind
  level: Level
  parent: string | null
  /** What it does, the same word at every level: `tu-phap`, `thue`, `cong-an`. */
  function: string | null
  /** Code of the national list of administrative units: province 2, district 3, commune 5 digits. */
  adminCode: string | null
  /** Own identifier by QĐ 20/2020 (`H49`); null where the province has not published one. */
  identifier: string | null
  legacyIdentifier: string | null
  centralBody: string | null
  validFrom: LocalDate | null
  /** The last day. */
  validTo: LocalDate | null
  confidence: 'verified' | 'from-knowledge' | 'local'
  note: string | null
  version: number
}

export type Succession = { from: string; to: string; date: LocalDate; partial: boolean }
export type FormerName = { unit: string; until: LocalDate; name: string; shortName: string | null }

export type AdminUnit = {
  edition: string
  code: string
  level: 'province' | 'district' | 'commune'
  name: string
  fullName: string
  type: string
  parent: string | null
  seat: string | null
  lon: number | null
  lat: number | null
  mainFormerDistrict: string | null
}
export type AdminSuccession = {
  from: string
  to: string
  date: LocalDate
  partial: boolean
  fromName: string
}

/** Which units a published wording means: one unit, or every unit of a function or kind at a level. */
export type AgencyTarget = {
  unit?: string
  kind?: UnitKind
  function?: string
  level: Level
  /** Only where the receiving district is of these types, e.g. residence at the city's police (Luật Cư trú 2006 Đ21). */
  districtTypes?: readonly string[]
}
export type AgencyReference = { text: string; targets: readonly AgencyTarget[]; outside: boolean }

/** Who resolves by default, in the words of a reference; null: nobody of the province's one-stop. `field` '' is the rest. */
export type AgencyDefault = {
  ministry: string
  field: string
  wordings: { province: string | null; commune: string | null }
}

export type CentreAttributes = {
  unit: string
  address: string | null
  phone: string | null
  /** The place the centre stands in: a district (2016) or a commune (2025). */
  seatAdminCode: string
  receptionPoints: readonly { name: string; address: string | null }[]
  note: string | null
}

export type OrganisationRecords = {
  profile: string
  title: string
  asOf: LocalDate
  adminEdition: string
  version: number
  units: readonly Unit[]
  successions: readonly Succession[]
  formerNames: readonly FormerName[]
  centres: readonly CentreAttributes[]
  adminUnits: readonly AdminUnit[]
  adminSuccessions: readonly AdminSuccession[]
  references: readonly AgencyReference[]
  defaults: readonly AgencyDefault[]
  signing: SigningRecords
}

/** An immutable snapshot with the look-ups that every rule needs. */
export type Tree = Omit<OrganisationRecords, 'units' | 'centres' | 'references' | 'defaults' | 'signing'> & {
  units: ReadonlyMap<string, Unit>
  children: ReadonlyMap<string, readonly Unit[]>
  /** `level|function or kind|admin code` → units. */
  byPlace: ReadonlyMap<string, readonly Unit[]>
  successorsOf: ReadonlyMap<string, readonly Succession[]>
  centres: ReadonlyMap<string, CentreAttributes>
  /** Of the profile's own edition, by code. */
  places: ReadonlyMap<string, AdminUnit>
  newPlacesOf: ReadonlyMap<string, readonly AdminSuccession[]>
  references: ReadonlyMap<string, AgencyReference>
  /** Provincial units by folded name: `so tu phap`. */
  byName: ReadonlyMap<string, readonly Unit[]>
  defaults: ReadonlyMap<string, AgencyDefault>
  /** Folded name for search, by unit id. */
  folded: ReadonlyMap<string, string>
  /** Who signs for whom, what is done at centres and with which seals, on the day of the snapshot. */
  signing: Signing
}

const grouped = <T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  }
  return groups
}

export const placeKey = (level: Level, what: string, adminCode: string | null): string =>
  `${level}|${what}|${adminCode ?? ''}`

export const defaultKey = (ministry: string, field: string): string => `${fold(ministry)}|${fold(field)}`

/** `day` is the one on which mandates to sign are looked at; of a profile without a day, the one it describes. */
export const buildTree = (records: OrganisationRecords, day: LocalDate = records.asOf): Tree => ({
  ...records,
  signing: signingOn(records.signing, day),
  units: new Map(records.units.map((unit) => [unit.id, unit])),
  children: grouped(records.units, (unit) => (unit.parent === null ? [] : [unit.parent])),
  byPlace: grouped(records.units, (unit) =>
    [unit.kind, ...(unit.function ? [unit.function] : [])].map((what) =>
      placeKey(unit.level, what, unit.adminCode),
    ),
  ),
  successorsOf: grouped(records.successions, (succession) => [succession.from]),
  centres: new Map(records.centres.map((centre) => [centre.unit, centre])),
  places: new Map(
    records.adminUnits.filter((p) => p.edition === records.adminEdition).map((place) => [place.code, place]),
  ),
  newPlacesOf: grouped(records.adminSuccessions, (succession) => [succession.from]),
  references: new Map(records.references.map((reference) => [fold(reference.text), reference])),
  byName: grouped(records.units, (unit) => (unit.level === 'province' ? [fold(unit.name)] : [])),
  defaults: new Map(records.defaults.map((one) => [defaultKey(one.ministry, one.field), one])),
  folded: new Map(records.units.map((unit) => [unit.id, fold(`${unit.name} ${unit.shortName}`)])),
})

type Node = { id: string; parent: string | null }
type Units<U extends Node> = { units: ReadonlyMap<string, U> }

/** From the unit's parent up to the root. */
export const ancestors = <U extends Node>(tree: Units<U>, id: string): U[] => {
  const found: U[] = []
  let parent = tree.units.get(id)?.parent ?? null
  while (parent !== null) {
    const unit = tree.units.get(parent)
    if (!unit) break
    found.push(unit)
    parent = unit.parent
  }
  return found
}

/** The unit itself counts as within itself. */
export const isWithin = (tree: Tree, id: string, ancestor: string): boolean => {
  let current: string | null = id
  while (current !== null) {
    if (current === ancestor) return true
    current = tree.units.get(current)?.parent ?? null
  }
  return false
}

/** The unit and everything beneath it. */
export const subtree = (tree: Tree, id: string): Unit[] => {
  const unit = tree.units.get(id)
  if (!unit) return []
  return [unit, ...(tree.children.get(id) ?? []).flatMap((child) => subtree(tree, child.id))]
}

/** `/ubnd-tinh/so-tu-phap/`: a subtree is what begins with its root's path. */
export const pathOf = (tree: Units<Node>, id: string): string =>
  `/${[...ancestors(tree, id).map((unit) => unit.id)].reverse().concat(id).join('/')}/`

/**
 * The identifier that a dossier's code begins with: the unit's own, else its nearest ancestor's, else the province's
 * (central agencies' own codes are not published with the tree, and their dossiers are counted in the province's system).
 */
export const nearestIdentifier = (tree: Tree, id: string): string | null => {
  const own = [tree.units.get(id), ...ancestors(tree, id)].find((unit) => unit?.identifier)
  return own?.identifier ?? provincialCommittee(tree)?.identifier ?? null
}

export const provincialCommittee = (tree: Tree): Unit | undefined =>
  [...tree.units.values()].find((unit) => unit.kind === 'people-committee' && unit.level === 'province')

export const isValidOn = (unit: Pick<Unit, 'validFrom' | 'validTo'>, date: LocalDate): boolean =>
  (unit.validFrom === null || unit.validFrom <= date) && (unit.validTo === null || date <= unit.validTo)

/** Agencies that advise the provincial committee: NĐ 24/2014 and its successor. */
export const isSpecialisedAgency = (tree: Tree, unit: Unit): boolean =>
  ['department', 'office', 'inspectorate', 'committee'].includes(unit.kind) &&
  unit.level === 'province' &&
  unit.parent !== null &&
  unit.parent === provincialCommittee(tree)?.id

/**
 * Who stands in for a unit on a date: itself while it is valid, else the end of its chain of successors, those that took
 * it over whole before those that took a part. Empty when nobody is known.
 */
export const successorsOn = (
  tree: Tree,
  id: string,
  date: LocalDate,
): readonly { unit: string; partial: boolean }[] => {
  const found = new Map<string, boolean>()
  const visited = new Set<string>()
  const follow = (current: string, partial: boolean): void => {
    const unit = tree.units.get(current)
    if (!unit || visited.has(current)) return
    visited.add(current)
    if (isValidOn(unit, date)) {
      found.set(current, partial)
      return
    }
    const next = (tree.successorsOf.get(current) ?? []).filter((succession) => succession.date <= date)
    for (const succession of [...next].sort(wholeFirst)) follow(succession.to, partial || succession.partial)
  }
  follow(id, false)
  return [...found].map(([unit, partial]) => ({ unit, partial })).sort(wholeFirst)
}

const wholeFirst = (a: { partial: boolean }, b: { partial: boolean }): number =>
  Number(a.partial) - Number(b.partial)

/** What the unit was called on a date. */
export const nameOn = (tree: Tree, id: string, date: LocalDate): string | undefined => {
  const former = tree.formerNames
    .filter((name) => name.unit === id && date <= name.until)
    .sort((a, b) => (a.until < b.until ? -1 : 1))[0]
  return former?.name ?? tree.units.get(id)?.name
}

/** Parts of an agency that sign and number nothing of their own. */
const ROOMS: readonly UnitKind[] = ['room', 'section', 'one-stop', 'post']
const isRoom = ({ kind }: { kind: UnitKind }): boolean => ROOMS.includes(kind)

/** Where a unit is, in the words of the rights policy: the rooms around it, the agencies it stands under, its centre. */
export const placeOf = (tree: Tree, id: string): Place & { rooms: string[]; agencies: string[] } => {
  const own = tree.units.get(id)
  const chain = own ? [own, ...ancestors(tree, id)] : []
  const agency = chain.findIndex((unit) => !isRoom(unit))
  const idsOf = (units: readonly Unit[]) => units.map((unit) => unit.id)
  return {
    unit: id,
    rooms: idsOf(agency < 0 ? chain : chain.slice(0, agency)),
    agencies: idsOf(chain.filter((unit) => !isRoom(unit))),
    centre: chain.find(({ kind }) => kind === 'centre')?.id ?? null,
  }
}

/** Whether a grant reaches a unit. `own` never does: it reaches what the person has in hand, wherever that is. */
export const grantCovers = (tree: Tree, grant: Pick<Grant, 'scope' | 'unit'>, unit: string): boolean =>
  grant.scope !== 'own' && covers(grant, placeOf(tree, unit), '')

/** The units that each scope reaches from an anchor: what `covers` says, read from above. */
export const belowOf = (tree: Tree): Below => {
  const reached = (scope: 'unit' | 'agency' | 'centre') => (anchor: string) =>
    subtree(tree, anchor).flatMap(({ id }) =>
      covers({ scope, unit: anchor }, placeOf(tree, id), '') ? [id] : [],
    )
  return { unit: reached('unit'), agency: reached('agency'), centre: reached('centre') }
}

/** The committee or agency a room, section or post belongs to: where a paper of that unit is signed and numbered. */
export const agencyOf = <U extends Node & { kind: UnitKind }>(tree: Units<U>, id: string): U | undefined =>
  [tree.units.get(id), ...ancestors(tree, id)].find((unit) => unit && !isRoom(unit))

export type TreeProblem = { id: string; reason: string }

/** Everything that must hold of a set of units before it may become the organisation. */
export const treeProblems = (
  units: readonly Pick<Unit, 'id' | 'parent' | 'validFrom' | 'validTo' | 'kind' | 'level'>[],
): TreeProblem[] => {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const seen = new Set<string>()
  return units.flatMap((unit): TreeProblem[] => {
    const problem = (reason: string): TreeProblem[] => [{ id: unit.id, reason }]
    if (seen.has(unit.id)) return problem('duplicate-id')
    seen.add(unit.id)
    if (unit.validFrom && unit.validTo && unit.validFrom > unit.validTo) return problem('dates-reversed')
    if (unit.parent === null) return []
    const parent = byId.get(unit.parent)
    if (!parent) return problem('unknown-parent')
    if (isInCycle(byId, unit.id)) return problem('cycle')
    // On a unit's last day its parent is there too: nothing hangs on an agency that has already ended.
    const lastDay = unit.validTo ?? '9999-12-31'
    if ((parent.validTo ?? '9999-12-31') < lastDay) return problem('parent-ended-before')
    return []
  })
}

const isInCycle = (byId: ReadonlyMap<string, { parent: string | null }>, id: string): boolean => {
  const visited = new Set<string>()
  let current: string | null = id
  while (current !== null) {
    if (visited.has(current)) return true
    visited.add(current)
    current = byId.get(current)?.parent ?? null
  }
  return false
}
