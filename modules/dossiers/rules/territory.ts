import type { Tree } from '#modules/organisation/rules.ts'
import type { Clause } from '#platform/policy.ts'

const lies = (tree: Tree, place: string, within: string): boolean =>
  place === within || tree.places.get(place)?.parent === within

/** Received at a centre whose place is not the deciding agency's: Article 14, Decree 118/2025. */
export const isNonTerritorial = (tree: Tree, centre: string, unit: string): boolean => {
  const seat = tree.units.get(centre)
  const agency = tree.units.get(unit)
  if (!seat || !agency || seat.level === 'province' || agency.level === 'province') return false
  if (seat.adminCode === null || agency.adminCode === null) return false
  // A ward lies in the district of its centre, and a centre of a commune in what the area's branch serves.
  return !lies(tree, agency.adminCode, seat.adminCode) && !lies(tree, seat.adminCode, agency.adminCode)
}

/** Which centre has its seat at a place, or in the district around it. */
type SeatOf = (place: string) => string | undefined

/** The provincial centre has its seat in a district as well, and watches over nobody for it. */
const seatsIn = (tree: Tree): SeatOf => {
  const seats = new Map<string, string>()
  for (const { unit, seatAdminCode } of tree.centres.values())
    if (seatAdminCode !== null && tree.units.get(unit)?.level !== 'province' && !seats.has(seatAdminCode))
      seats.set(seatAdminCode, unit)
  return (place) => seats.get(place) ?? seats.get(tree.places.get(place)?.parent ?? '')
}

type Pair = 'receiving_centre' | 'resolving_unit'

/** The centre where the agency has its seat, when another one received the dossier (Article 20, Decree 118/2025). */
export const supervisingCentre = (
  tree: Tree,
  { receiving_centre, resolving_unit }: { readonly [C in Pair]: string },
): string | undefined =>
  isNonTerritorial(tree, receiving_centre, resolving_unit)
    ? seatsIn(tree)(tree.units.get(resolving_unit)?.adminCode ?? '')
    : undefined

/**
 * What other centres received for the agencies seated around these: whoever receives it tells the one-stop of the agency, which
 * watches over it (Article 20(1), Decree 118/2025). The pairs of places of which `supervisingCentre` names one of these.
 */
export const supervisedBy = (tree: Tree, centres: readonly string[]): Clause<Pair>[] => {
  if (centres.length === 0) return []
  const seatOf = seatsIn(tree)
  const local = [...tree.units.values()].filter(
    ({ level, adminCode }) => level !== 'province' && adminCode !== null,
  )
  const watched = local.filter(({ adminCode }) => centres.includes(seatOf(adminCode ?? '') ?? ''))
  // Everything of one place has the same neighbours, and most places of a district have.
  const places = Map.groupBy(watched, ({ adminCode }) => adminCode)
  const pairs = new Map<string, { receiving_centre: string[]; resolving_unit: string[] }>()
  for (const units of places.values()) {
    const beyond = [...tree.centres.keys()].filter((id) => isNonTerritorial(tree, id, units[0]?.id ?? ''))
    if (beyond.length === 0) continue
    const known = pairs.get(beyond.join()) ?? { receiving_centre: beyond, resolving_unit: [] }
    known.resolving_unit.push(...units.map(({ id }) => id))
    pairs.set(beyond.join(), known)
  }
  return [...pairs.values()]
}
