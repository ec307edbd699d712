import type { ProcedureVersion } from '#modules/catalogue/index.ts'
import { durationFor, totalProcessHours } from '#modules/catalogue/rules.ts'
import { groupOf } from '#modules/dossiers/rules.ts'
import { isValidOn, isWithin, resolveAgency, type Tree } from '#modules/organisation/rules.ts'
import { ownKey, standardKey } from '#modules/workflow/rules.ts'
import type { Db } from '#platform/db/connect.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import type { Services } from '#server/services.ts'
import type { Officers } from './officers.ts'
import { type WalkedStep, walkOf } from './walk.ts'

export type Channel = 'direct' | 'online' | 'postal'

/** A procedure that can be handed in at a centre, with the agency that decides it there. */
export type Offer = {
  version: ProcedureVersion
  centre: string
  unit: string
  /** How often it is asked for, against the other offers of the centre. */
  weight: number
}

const BEFORE_ALL_DOSSIERS = '2014-01-01'
const PAGE = 100
/** An agency that none of the most used procedures belongs to shows a few of its own. */
const OF_ONE_AGENCY = 6

/** The agency by the rule of the product's own intake; null when nobody here decides it. */
export const resolvingUnit = (
  tree: Tree,
  {
    version,
    centre,
    place,
    on,
  }: { version: ProcedureVersion; centre: string; place: string | null; on: LocalDate },
): string | null => {
  const { content } = version
  const agency = content.profiles[tree.profile]?.agency
  return resolveAgency(tree, {
    mapping: agency?.text ?? (agency?.units.join('; ') || content.agency),
    centre,
    place,
    procedure: { ministry: content.ministry, field: content.field, levels: content.levels },
    on,
  }).unit
}

export const limitOf = (version: ProcedureVersion, caseId: string, channel: Channel) => {
  const promised = durationFor(version, caseId, channel) ?? durationFor(version, caseId, 'direct')
  return promised && { amount: promised.amount, unit: promised.unit }
}
export type Limit = ReturnType<typeof limitOf>

const hoursOf = (limit: Limit): number | null => limit && totalProcessHours(limit)

/** The most used procedures of the province, by how often they are asked for. */
const mostUsed = async ({ catalogue }: Services): Promise<string[]> => {
  const first = await catalogue.search({ limit: PAGE })
  const second = first.next === null ? undefined : await catalogue.search({ limit: PAGE, after: first.next })
  // A procedure that people ask for has a plain name.
  // A group of procedures goes several ways at once; `agencies.ts` tells of those.
  return [...first.items, ...(second?.items ?? [])].flatMap(({ code, plainName }) =>
    plainName && !groupOf(code) ? [code] : [],
  )
}

/** Centres that are open on the day: a profile keeps those that ended, for old dossiers. */
export const centresOn = (tree: Tree, on: LocalDate): string[] =>
  [...tree.centres.keys()].filter((id) => {
    const unit = tree.units.get(id)
    return unit !== undefined && isValidOn(unit, on)
  })

const offersOf = (tree: Tree, version: ProcedureVersion, popularity: number, on: LocalDate): Offer[] =>
  centresOn(tree, on).flatMap((centre): Offer[] => {
    const unit = resolvingUnit(tree, { version, centre, place: null, on })
    if (unit === null) return []
    // What a district or a commune decides is handed in there; elsewhere it is the exception (non-territorial).
    const far = tree.units.get(centre)?.level === 'province' && tree.units.get(unit)?.level !== 'province'
    return [{ version, centre, unit, weight: far ? popularity / 20 : popularity }]
  })

/** Everything people may ask for in this province, so that each agency with officers has something to do. */
export const loadOffers = async (
  services: Services,
  tree: Tree,
  { officers, on }: { officers: Officers; on: LocalDate },
): Promise<Offer[]> => {
  const codes = await mostUsed(services)
  const versions = await Promise.all(codes.map((code) => services.catalogue.getInForce(code, on)))
  const offers = versions.flatMap((version, rank) =>
    offersOf(tree, version, (codes.length - rank) ** 1.5, on),
  )
  for (const anchor of officers.anchors('AGENCY_LEAD')) {
    const served = offers.some(({ unit }) => isWithin(tree, unit, anchor))
    if (served) continue
    const { items } = await services.catalogue.search({ agency: anchor, limit: PAGE })
    const own = await Promise.all(items.map(({ code }) => services.catalogue.getInForce(code, on)))
    const found = own.flatMap((version) => offersOf(tree, version, 1, on))
    offers.push(...found.filter(({ unit }) => isWithin(tree, unit, anchor)).slice(0, OF_ONE_AGENCY))
  }
  return offers
}

/** What the decisions in force let a centre appraise or approve on the spot, in the order of their codes. */
export const loadOnSiteOffers = async (
  { catalogue }: Services,
  tree: Tree,
  on: LocalDate,
): Promise<Offer[]> => {
  const decided = [...tree.signing.onSite.values()].sort((a, b) => (a.procedure < b.procedure ? -1 : 1))
  const offers = await Promise.all(
    decided.map(async ({ centre, procedure }): Promise<Offer[]> => {
      const version = await catalogue.getInForce(procedure, on)
      return offersOf(tree, version, 1, on).filter((offer) => offer.centre === centre)
    }),
  )
  return offers.flat()
}

/** Steps that a dossier of this procedure and limit takes. */
export type StepsOf = (procedure: string, limit: Limit) => readonly WalkedStep[]

/** The processes that the product will choose, published before the first dossier needs one. */
export const loadSteps = async (
  { workflow }: Services,
  db: Db,
  { offers, on }: { offers: readonly Offer[]; on: LocalDate },
): Promise<StepsOf> => {
  const limits = offers.flatMap(({ version }) =>
    version.content.cases.flatMap(({ id }) =>
      (['direct', 'online', 'postal'] as const).map((channel) => hoursOf(limitOf(version, id, channel))),
    ),
  )
  const hours = [...new Set([null, ...limits])]
  await workflow.ensureStandardProcesses(hours, BEFORE_ALL_DOSSIERS)
  const own = [...new Set(offers.map(({ version }) => ownKey(version.code)))]
  const versions = await workflow.versionsInForce(db, [...own, ...hours.map(standardKey)], on)
  const graphs = await workflow.graphsOf(db, [...versions.values()])
  const walks = new Map([...graphs].map(([version, graph]) => [version, walkOf(graph)]))
  return (procedure, limit) => {
    const version = versions.get(ownKey(procedure)) ?? versions.get(standardKey(hoursOf(limit)))
    const walk = version && walks.get(version)
    if (!walk) throw new Error(`no process for ${procedure} of ${JSON.stringify(limit)}`)
    return walk
  }
}
