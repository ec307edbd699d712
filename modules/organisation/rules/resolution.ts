import { fold } from '#platform/text/fold.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import {
  type AdminUnit,
  type AgencyTarget,
  defaultKey,
  isValidOn,
  type Level,
  placeKey,
  successorsOn,
  type Tree,
  type Unit,
} from './tree.ts'

export type ResolutionRequest = {
  /** The procedure's published wording: unit ids and usual names, alternatives separated by `;`. */
  mapping: string | null
  /** Unit id of the receiving centre. */
  centre: string
  /** Administrative code of the applicant's commune (or district), of today's or of the previous list. */
  place?: string | null
  /** Code of the place whose authority is competent, when the officer has chosen it; goes before everything else. */
  competentPlace?: string | null
  /** Keeps to this level where the wording offers several. */
  level?: Level | null
  /** What the record says besides; decides when the wording names nobody of this province. */
  procedure?: { ministry: string | null; field: string | null; levels: readonly string[] }
  on: LocalDate
}

export type Resolution =
  | {
      unit: string
      level: Level
      /** The place was assumed from the centre, not told by the applicant: show it for confirmation. */
      assumed: boolean
      /** Found by ministry, field and level, not by the record's wording: a default to be confirmed once. */
      inferred: boolean
      /** Other units that the same wording could mean here. */
      alternatives: readonly string[]
    }
  | { unit: null; reason: Unresolved }

/** Why nobody was found; such dossiers go to the dispatch list. */
export type Unresolved =
  | 'not-mapped'
  | 'unknown-agency'
  | 'outside-one-stop'
  | 'unknown-centre'
  | 'no-unit-in-force'

type Territory = {
  district: AdminUnit | string | null
  commune: AdminUnit | null
  assumedDistrict: boolean
  assumedCommune: boolean
}

type Candidate = { unit: Unit; assumed: boolean }

const LEVEL_RANK: Record<Level, number> = { province: 0, area: 1, district: 1, commune: 2 }

/** Finds the agency that resolves, among those in force on the day, near the receiving centre. */
export const resolveAgency = (tree: Tree, request: ResolutionRequest): Resolution => {
  const named = resolveWording(tree, request)
  if (named.unit !== null || !request.procedure) return named
  if (named.reason !== 'not-mapped' && named.reason !== 'unknown-agency') return named
  const mapping = defaultWording(tree, request.procedure)
  if (mapping === undefined) return named
  if (mapping === null) return { unit: null, reason: 'outside-one-stop' }
  const found = resolveWording(tree, { ...request, mapping })
  return found.unit === null ? found : { ...found, inferred: true }
}

/**
 * The wording for a procedure whose record names nobody here: undefined when no rule is known for the ministry, null when
 * it is not resolved through the province's one-stop (decided in the ministry, or by a body outside the tree).
 */
export const defaultWording = (
  tree: Tree,
  { ministry, field, levels }: NonNullable<ResolutionRequest['procedure']>,
): string | null | undefined => {
  const local = (['commune', 'province'] as const).filter((level) => levels.includes(level))
  if (local.length === 0) return levels.length > 0 ? null : undefined
  const rule =
    tree.defaults.get(defaultKey(ministry ?? '', field ?? '')) ??
    tree.defaults.get(defaultKey(ministry ?? '', ''))
  if (!rule) return undefined
  const wordings = new Set(local.flatMap((level) => rule.wordings[level] ?? []))
  return wordings.size === 0 ? null : [...wordings].join('; ')
}

const resolveWording = (tree: Tree, request: ResolutionRequest): Resolution => {
  const centre = tree.units.get(request.centre)
  if (!centre || !tree.centres.has(request.centre)) return { unit: null, reason: 'unknown-centre' }
  const wordings = (request.mapping ?? '').split(';').map((text) => text.trim())
  const named = wordings.filter((text) => text !== '')
  if (named.length === 0) return { unit: null, reason: 'not-mapped' }
  const references = named.map((text) => targetsOf(tree, text))
  const targets = references.flatMap((reference) => reference?.targets ?? [])
  if (targets.length === 0) {
    const outside = references.some((reference) => reference?.outside)
    return { unit: null, reason: outside ? 'outside-one-stop' : 'unknown-agency' }
  }
  const territory = territoryOf(tree, centre, request)
  const all = targets.flatMap((target) => candidatesFor(tree, target, territory, request.on))
  const atLevel = all.filter(({ unit }) => unit.level === request.level)
  const candidates = atLevel.length > 0 ? atLevel : all
  const distance = ({ unit }: Candidate) => Math.abs(LEVEL_RANK[unit.level] - LEVEL_RANK[centre.level])
  // `sort` is stable: at the same distance the order of the wording decides.
  const [best, ...others] = [...candidates].sort((a, b) => distance(a) - distance(b))
  if (!best) return { unit: null, reason: 'no-unit-in-force' }
  const alternatives = [...new Set(others.map(({ unit }) => unit.id))].filter((id) => id !== best.unit.id)
  return {
    unit: best.unit.id,
    level: best.unit.level,
    assumed: best.assumed,
    inferred: false,
    alternatives,
  }
}

const targetsOf = (
  tree: Tree,
  text: string,
): { targets: readonly AgencyTarget[]; outside: boolean } | undefined => {
  const unit = tree.units.get(text)
  if (unit) return { targets: [{ unit: unit.id, level: unit.level }], outside: false }
  const reference = tree.references.get(fold(text))
  if (reference) return reference
  const byName = tree.byName.get(fold(text))
  return byName && { targets: byName.map(({ id, level }) => ({ unit: id, level })), outside: false }
}

const candidatesFor = (
  tree: Tree,
  target: AgencyTarget,
  territory: Territory,
  on: LocalDate,
): Candidate[] => {
  if (target.unit !== undefined) {
    return successorsOn(tree, target.unit, on).flatMap(({ unit }) => candidate(tree, unit, false))
  }
  if (target.districtTypes && !isOfType(territory.district, target.districtTypes)) return []
  const place = placeOfLevel(territory, target.level)
  if (place === null) return []
  const what = target.function ?? target.kind ?? ''
  return (tree.byPlace.get(placeKey(target.level, what, place.code)) ?? [])
    .filter((unit) => isValidOn(unit, on))
    .map((unit) => ({ unit, assumed: place.assumed }))
}

const candidate = (tree: Tree, id: string, assumed: boolean): Candidate[] => {
  const unit = tree.units.get(id)
  return unit ? [{ unit, assumed }] : []
}

const isOfType = (district: Territory['district'], types: readonly string[]): boolean =>
  typeof district === 'object' && district !== null && types.includes(district.type)

const codeOf = (place: AdminUnit | string | null): string | null =>
  typeof place === 'string' ? place : (place?.code ?? null)

const placeOfLevel = (
  territory: Territory,
  level: Level,
): { code: string | null; assumed: boolean } | null => {
  if (level === 'province') return { code: null, assumed: false }
  if (level === 'commune') {
    return territory.commune && { code: territory.commune.code, assumed: territory.assumedCommune }
  }
  const code = codeOf(territory.district)
  return code === null ? null : { code, assumed: territory.assumedDistrict }
}

/**
 * District matters belong to the receiving district's own offices, commune matters to the applicant's commune. What
 * nobody told is taken from where the centre stands, and marked.
 */
const territoryOf = (tree: Tree, centre: Unit, request: ResolutionRequest): Territory => {
  const competent = findPlace(tree, request.competentPlace)
  const applicant = competent ?? findPlace(tree, request.place)
  const seat = findPlace(tree, tree.centres.get(centre.id)?.seatAdminCode)
  const own = centre.level === 'province' ? null : seat
  const districtPlace = competent ?? own ?? applicant ?? seat
  const communePlace = applicant ?? seat
  const commune = communePlace && communeOf(tree, communePlace)
  return {
    district: districtPlace && districtOf(tree, districtPlace),
    assumedDistrict: centre.level === 'province' && applicant === null,
    commune,
    assumedCommune:
      commune !== null && communePlace?.level !== 'commune' ? true : assumesSeat(centre, applicant),
  }
}

const assumesSeat = (centre: Unit, applicant: AdminUnit | null): boolean =>
  applicant === null && centre.level !== 'commune'

/** A place of the profile's list; an old commune is found by its successor, the one that took it whole first. */
export const findPlace = (tree: Tree, code: string | null | undefined): AdminUnit | null => {
  if (!code) return null
  const own = tree.places.get(code)
  if (own) return own
  const successor = [...(tree.newPlacesOf.get(code) ?? [])].sort(
    (a, b) => Number(a.partial) - Number(b.partial),
  )[0]
  return successor ? (tree.places.get(successor.to) ?? null) : null
}

const districtOf = (tree: Tree, place: AdminUnit): AdminUnit | string | null => {
  if (place.level === 'district') return place
  if (place.level !== 'commune') return null
  // Since July 2025 there is no district; branches still serve the area of a former one.
  if (place.mainFormerDistrict) return place.mainFormerDistrict
  return place.parent === null ? null : (tree.places.get(place.parent) ?? null)
}

const communeOf = (tree: Tree, place: AdminUnit): AdminUnit | null => {
  if (place.level === 'commune') return place
  const communes = [...tree.places.values()].filter(
    (other) => other.level === 'commune' && other.parent === place.code,
  )
  return communes.sort((a, b) => (a.code < b.code ? -1 : 1))[0] ?? null
}
