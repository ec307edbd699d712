import type { DossierView } from '#modules/dossiers/contract.ts'
import type { Role, StaffActor } from '#modules/identity/contract.ts'
import { resolveAgency, type Tree } from '#modules/organisation/rules.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import { GROUPS, groupOf } from '../../modules/dossiers/rules/group.ts'
import type { Province } from '../../tests/support/open-province.ts'
import { centresOn, resolvingUnit } from '../offers.ts'
import type { Officers } from '../officers.ts'
import type { Press } from './press.ts'
import { Broken, type GroupOffer, type Simulated } from './world.ts'

const STEPS: readonly Role[] = ['RECEPTION', 'SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD', 'CLERK', 'RETURN_DESK']
const AT_AGENCIES: readonly Role[] = ['SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD', 'CLERK']

const isStaffed = (officers: Officers, unit: string): boolean =>
  AT_AGENCIES.every((role) => officers.at(role, unit).length > 0)

/** Below the province, where children are registered. */
export const groupOffers = async (
  { services, tree }: Pick<Province, 'services' | 'tree'>,
  officers: Officers,
  on: LocalDate,
): Promise<GroupOffer[]> => {
  const { getInForce } = services.catalogue
  const centres = centresOn(tree, on).filter(
    (id) =>
      tree.units.get(id)?.level !== 'province' &&
      STEPS.filter((role) => !AT_AGENCIES.includes(role)).every((role) => officers.at(role, id).length > 0),
  )
  const offers = await Promise.all(
    GROUPS.map(async ({ procedure, members }): Promise<GroupOffer[]> => {
      const version = await getInForce(procedure, on)
      const own = await Promise.all(
        members.map(async ({ procedure: code, agency }) => ({ version: await getInForce(code, on), agency })),
      )
      return centres.flatMap((centre): GroupOffer[] => {
        const unit = resolvingUnit(tree, { version, centre, place: null, on })
        return unit === null ? [] : [{ ...{ version, centre, unit, weight: 1 }, members: own }]
      })
    }),
  )
  return offers.flat()
}

const memberUnit = (
  tree: Tree,
  { version, agency }: GroupOffer['members'][number],
  { centre, place, on }: { centre: string; place: string | null; on: LocalDate },
): string | null => {
  if (agency === null) return resolvingUnit(tree, { version, centre, place, on })
  const { ministry, field, levels } = version.content
  return resolveAgency(tree, { mapping: agency, centre, place, procedure: { ministry, field, levels }, on })
    .unit
}

/** Each procedure of the group has an agency with officers, for somebody who lives there. */
export const isDecided = (
  world: Pick<Simulated, 'province' | 'officers'>,
  { members, centre }: GroupOffer,
  place: string | null,
  on: LocalDate,
): boolean =>
  members.every((member) => {
    const unit = memberUnit(world.province.tree, member, { centre, place, on })
    return unit !== null && isStaffed(world.officers, unit)
  })

/** Dossiers that began by themselves, as procedures of groups, are followed like those that somebody brought. */
export const followMembers = async (world: Simulated): Promise<void> => {
  const { province, members, open } = world
  const rows = await province.db
    .selectFrom('dossier')
    .select('code')
    .where('parent_id', 'is not', null)
    .orderBy('received_at')
    .orderBy('code')
    .execute()
  for (const { code } of rows) {
    if (members.has(code)) continue
    members.add(code)
    open.push({ code, n: 500_000 + members.size, promised: null, neglected: false })
  }
}

/** What reception decides where a procedure of a group failed. */
export const memberOptions = (
  { random, count }: Simulated,
  by: StaffActor,
  { code, group }: DossierView,
): { weight: number; what: string; one: () => Press }[] =>
  (group?.members ?? []).flatMap(({ key, mayRetry, mayDrop }) =>
    (['retry', 'drop'] as const).flatMap((verb) =>
      (verb === 'retry' ? mayRetry : mayDrop)
        ? [
            {
              ...{ weight: verb === 'retry' ? 3 : 4, what: `${verb} ${key}` },
              one: () => ({
                ...{ by, path: `/dossiers/${code}/members/${key}/${verb}`, key: `${code}-${count.requests}` },
                body: { reason: random.pick(['Theo đề nghị của người nộp', 'Đã bổ sung giấy tờ']) },
              }),
            },
          ]
        : [],
    ),
  )

/** What a group's page says of its procedures is what their own dossiers say, and its fees are theirs. */
export const checkGroup = (view: DossierView): void => {
  const { group, code } = view
  if (!group) throw new Broken(`${code} is a group and its page shows none`)
  const known = groupOf(view.procedure.code)?.members.map(({ key }) => key) ?? []
  if (group.members.map(({ key }) => key).join() !== known.join())
    throw new Broken(`${code} has other procedures than its group defines`)
  const done = group.members.every(({ state }) => state === 'done' || state === 'dropped')
  if (done !== (group.status === 'FINISHED')) throw new Broken(`${code} is ${group.status}`)
  if (done && view.state === 'PROCESSING') throw new Broken(`${code} has all its results and goes on`)
  const kept = group.members.filter(({ state }) => state !== 'dropped').length
  if (view.fees.lines.length !== kept)
    throw new Broken(`${code} names fees of ${view.fees.lines.length} procedures, it has ${kept}`)
}
