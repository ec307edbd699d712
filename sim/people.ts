import people from '#data/demo/people.json' with { type: 'json' }
import type { AdminUnit, Tree } from '#modules/organisation/rules.ts'
import type { Random } from './random.ts'

/** An invented applicant, as the intake screen would send them. */
export type Applicant = {
  kind: 'person' | 'organisation'
  name: string
  personalId: string
  birthDate?: string
  gender?: 'male' | 'female'
  phone: string
  address: string
  commune?: string
}

const byFrequency = (random: Random, table: Readonly<Record<string, number>>): string =>
  random.weighted(Object.entries(table), ([, count]) => count)[0]

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0')

/** `Mẫu Thị Thảo`: real middle and given names, a family name that nobody has. */
const personName = (random: Random, gender: 'male' | 'female'): string => {
  const middle = byFrequency(random, people.middle[gender])
  const given = byFrequency(random, people.given[gender])
  return `${random.pick(people.family)} ${middle}${middle === given ? '' : ` ${given}`}`
}

const organisationName = (random: Random): string => {
  const { kinds, trades, names } = people.organisations
  const [kind] = random.weighted(kinds, ([, weight]) => Number(weight))
  return `${kind} ${random.pick(trades)} ${random.pick(names)} ${random.int(1, 99)}`
}

/** "phường Hồng Hải, thành phố Hạ Long, tỉnh Quảng Ninh": whatever levels the profile has. */
const placeName = (tree: Tree, place: AdminUnit): string => {
  const parent = place.parent === null ? undefined : tree.places.get(place.parent)
  const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
  return [place, ...(parent && parent.level !== 'province' ? [parent] : [])]
    .map(({ fullName }) => lower(fullName))
    .concat('tỉnh Quảng Ninh')
    .join(', ')
}

/** `n` keeps the numbers apart: two invented people never share one. */
export const inventApplicant = (
  random: Random,
  { tree, n, commune, organisation }: { tree: Tree; n: number; commune: AdminUnit; organisation: boolean },
): Applicant => {
  const contact = {
    phone: `0900000${pad(n % 1_000, 3)}`,
    address: `${people.street}, ${placeName(tree, commune)}`,
  }
  if (organisation) {
    // Digits 3–9 of a tax code are never all zero, so this one belongs to nobody.
    const personalId = `${pad(n % 100, 2)}0000000${Math.floor(n / 100) % 10}`
    return { kind: 'organisation', name: organisationName(random), personalId, ...contact }
  }
  const gender = random.chance(0.52) ? 'female' : 'male'
  const birthDate = `${random.int(1950, 2005)}-${pad(random.int(1, 12), 2)}-${pad(random.int(1, 28), 2)}`
  const personalId = `000${pad(n, 9)}`
  return { kind: 'person', name: personName(random, gender), personalId, birthDate, gender, ...contact }
}
