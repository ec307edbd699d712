import words from '#data/demo/words.json' with { type: 'json' }
import type { Component, ProcedureCase } from '#modules/catalogue/rules.ts'
import type { HandedIn, Intake } from '#modules/dossiers/contract.ts'
import type { AdminUnit, Tree } from '#modules/organisation/rules.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import { type Channel, type Offer, resolvingUnit } from './offers.ts'
import { inventApplicant } from './people.ts'
import type { Random } from './random.ts'

/** What somebody brings to the counter, and what is lacking of it. */
export type Visit = {
  intake: Intake
  unit: string
  case: ProcedureCase | undefined
  /** A paper that is not there; only where the story asks for it. */
  missing: Component | undefined
  /** Papers with a scan. */
  scanned: string[]
}

export type VisitOptions = {
  tree: Tree
  offer: Offer
  n: number
  on: LocalDate
  channel: Channel
  /** Keeps to the agency of the offer: no applicant from elsewhere. */
  keepUnit: boolean
  incomplete: boolean
}

const SCANS = 0.06
const FROM_ELSEWHERE = 0.15
const IN_DATABASE = /căn cước|hộ chiếu|khai sinh|cư trú/i

/** Where people of a centre live: its district or commune; of the provincial centre, anywhere. */
const homes = (tree: Tree, centre: string): AdminUnit[] => {
  const seat = tree.centres.get(centre)?.seatAdminCode
  const communes = [...tree.places.values()].filter(({ level }) => level === 'commune')
  const near = communes.filter(({ code, parent }) => code === seat || parent === seat)
  return tree.units.get(centre)?.level === 'province' || near.length === 0 ? communes : near
}

const handIn = (random: Random, component: Component, scanned: string[]): HandedIn[] => {
  const base = { component: component.id, originals: 0, copies: 0, certifiedCopies: 0, files: [] }
  if (IN_DATABASE.test(component.name) && random.chance(0.3))
    return [{ ...base, status: 'in-database', reason: words.inDatabase }]
  if (!component.mandatory && !random.chance(0.25)) return []
  const originals = component.originals ?? 1
  const copies = component.copies ?? 0
  if (random.chance(SCANS) && scanned.length < 2) scanned.push(component.id)
  return [{ ...base, originals: originals + copies === 0 ? 1 : originals, copies, status: 'present' }]
}

const isForOrganisations = (objects: readonly string[]): boolean =>
  objects.length > 0 && !objects.some((object) => /công dân|cá nhân|người/i.test(object))

export const visit = (random: Random, options: VisitOptions): Visit | undefined => {
  const { tree, offer, n, on, channel, keepUnit, incomplete } = options
  const { content } = offer.version
  const procedureCase = content.cases.length > 0 ? random.pick(content.cases.slice(0, 3)) : undefined
  const elsewhere = !keepUnit && random.chance(FROM_ELSEWHERE)
  const commune = random.pick(
    elsewhere
      ? [...tree.places.values()].filter(({ level }) => level === 'commune')
      : homes(tree, offer.centre),
  )
  const place = { version: offer.version, centre: offer.centre, on }
  const own = resolvingUnit(tree, { ...place, place: commune.code })
  // The agency that the story is about may decide for its seat alone: then the place is left to the centre.
  const told = own !== null && (!keepUnit || own === offer.unit)
  const unit = told ? own : offer.unit
  const organisation = isForOrganisations(content.objects) || random.chance(0.06)
  const { address, ...owner } = inventApplicant(random, { tree, n, commune, organisation })
  const components = procedureCase?.components ?? []
  const mandatory = components.filter((component) => component.mandatory)
  const missing = incomplete && mandatory.length > 0 ? random.pick(mandatory) : undefined
  if (incomplete && !missing) return undefined
  const scanned: string[] = []
  const handedIn = components.flatMap((component): HandedIn[] =>
    component === missing
      ? [
          {
            component: component.id,
            originals: 0,
            copies: 0,
            certifiedCopies: 0,
            status: 'missing',
            files: [],
          },
        ]
      : handIn(random, component, scanned),
  )
  const byProxy = owner.kind === 'person' && random.chance(0.1)
  const proxy = byProxy
    ? inventApplicant(random, { tree, n: n + 500_000, commune, organisation: false })
    : undefined
  return {
    unit,
    case: procedureCase,
    missing,
    scanned,
    intake: {
      procedure: offer.version.code,
      case: procedureCase?.id,
      receivingCentre: offer.centre,
      channel,
      owner: { ...owner, address, ...(told ? { commune: commune.code } : {}) },
      ...(proxy
        ? { representative: { ...proxy, paper: 'authorisation' as const, paperNumber: `${n}/GUQ-MẪU` } }
        : {}),
      components: handedIn,
      resultReturn:
        channel !== 'direct' && random.chance(0.5) ? { way: 'postal', address } : { way: 'counter' },
      sets: 1,
      ...(random.chance(0.08) ? { note: random.pick(words.notes) } : {}),
    },
  }
}
