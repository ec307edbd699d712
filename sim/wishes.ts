import type { Role } from '#modules/identity/contract.ts'
import { isWithin } from '#modules/organisation/rules.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { centresOn, type Offer } from './offers.ts'
import type { Random } from './random.ts'
import type { Detour, Standing, Wait, Wish, World } from './story.ts'

/** What must be there for somebody who signs in at an agency, by the role that it waits for. */
const AT_AGENCIES: readonly (readonly [role: Role, waitsAt: Wait])[] = [
  ['SPECIALIST', 'appraise'],
  ['SPECIALIST', 'appraise'],
  ['UNIT_LEAD', 'assign'],
  ['UNIT_LEAD', 'review'],
  ['AGENCY_LEAD', 'approve'],
  ['CLERK', 'issue'],
]
const AT_CENTRES: readonly Wait[] = ['transfer', 'return', 'check', 'transfer', 'return']
/** Beyond so many centres each has the first two of these and every fifth the third. */
const MANY_CENTRES = 20

const STANDINGS: readonly (readonly [Standing, number])[] = [
  ['on-track', 12],
  ['soon', 3],
  ['today', 2],
  ['overdue', 4],
]

type Special = { ending: Wish['ending']; count: number; standing?: Standing; detours?: readonly Detour[] }

/** Every state and every turn that a dossier's life has, seldom as some are. */
const SPECIALS: readonly Special[] = [
  { ending: { waitsAt: 'intake-supplement' }, count: 6 },
  { ending: { waitsAt: 'intake-supplement' }, count: 2, standing: 'today' },
  { ending: { waitsAt: 'intake-supplement' }, count: 1, standing: 'overdue' },
  { ending: { waitsAt: 'supplement' }, count: 6 },
  { ending: { waitsAt: 'supplement' }, count: 3, standing: 'today' },
  { ending: { waitsAt: 'supplement' }, count: 1, standing: 'overdue' },
  { ending: { waitsAt: 'payment' }, count: 6 },
  { ending: { waitsAt: 'correction' }, count: 3 },
  { ending: 'not-accepted', count: 6 },
  { ending: 'withdrawn', count: 5 },
  { ending: 'stopped', count: 3 },
  { ending: 'closed', count: 3 },
  { ending: 'closed', count: 2, detours: ['intake-supplement'] },
  { ending: 'returned', count: 8, detours: ['submitted'] },
  { ending: 'returned', count: 6, detours: ['intake-supplement'] },
  { ending: 'returned', count: 6, detours: ['supplement'] },
  { ending: 'returned', count: 5, detours: ['payment'] },
  { ending: 'returned', count: 8, detours: ['sent-back'] },
  { ending: 'returned', count: 6, detours: ['extended'] },
  { ending: 'returned', count: 6, detours: ['refused'] },
  { ending: 'returned', count: 3, detours: ['corrected'] },
  { ending: 'returned', count: 3, detours: ['reassigned'] },
]

/** Of each procedure that a centre decides on the spot; of the first one some are on their way. */
const ON_THE_SPOT: readonly Wish['ending'][] = ['returned', 'returned', 'returned']
const FIRST_ON_THE_SPOT: readonly Wish['ending'][] = [{ waitsAt: 'approve' }, { waitsAt: 'return' }]

type Chooser = (where: (offer: Offer) => boolean) => Offer | undefined

/** More people live in the cities and come to the provincial centre. */
const BUSY = /tinh$|ha-long|cam-pha|mong-cai|uong-bi/
const weightOf = ({ centre, weight }: Offer): number => weight * (BUSY.test(centre) ? 2 : 1)

const createChooser = (random: Random, offers: readonly Offer[]): Chooser => {
  return (where) => {
    const able = offers.filter(where)
    return able.length === 0 ? undefined : random.weighted(able, weightOf)
  }
}

/** The stories that are wanted, those that must be there first and the everyday ones after them. */
export const wishes = (
  world: World,
  random: Random,
  { offers, onSite, dossiers }: { offers: readonly Offer[]; onSite: readonly Offer[]; dossiers: number },
): Wish[] => {
  const { officers, tree, stepsOf } = world
  const choose = createChooser(random, offers)
  const standing = () => random.weighted(STANDINGS, ([, weight]) => weight)[0]
  const long = ({ version }: Offer): boolean => {
    const limit = version.content.methods.find(({ channel }) => channel === 'direct')?.duration
    return limit !== undefined && limit !== null && stepsOf(version.code, limit).length > 5
  }
  const remote = ({ version }: Offer): boolean =>
    version.content.methods.some(({ channel }) => channel !== 'direct')
  const list: Wish[] = []
  const add = (offer: Offer | undefined, wish: Omit<Wish, 'offer'>): void => {
    if (offer) list.push({ offer, ...wish })
  }

  for (const { ending, count, standing: now, detours = [] } of SPECIALS) {
    const needsRemote = detours.includes('submitted')
    for (let i = 0; i < count; i++)
      add(
        choose((one) => long(one) && (!needsRemote || remote(one))),
        {
          keepUnit: false,
          ending,
          detours,
          ...(now ? { standing: now } : {}),
        },
      )
  }

  for (const [role, waitsAt] of AT_AGENCIES) {
    for (const anchor of officers.anchors(role)) {
      const own = (offer: Offer) => isWithin(tree, offer.unit, anchor)
      const now = standing()
      const detours: Detour[] = now === 'overdue' && random.chance(0.5) ? ['extended'] : []
      const offer = choose((one) => own(one) && long(one)) ?? choose(own)
      add(offer, { keepUnit: true, ending: { waitsAt }, standing: now, detours })
    }
  }
  const centres = centresOn(tree, localDateOf(world.now))
  for (const [index, centre] of centres.entries()) {
    const many = centres.length > MANY_CENTRES
    const waits = many ? AT_CENTRES.slice(0, index % 5 === 0 ? 3 : 2) : AT_CENTRES
    for (const waitsAt of waits) {
      const offer = choose((one) => one.centre === centre && (waitsAt !== 'check' || remote(one)))
      add(offer, { keepUnit: false, ending: { waitsAt }, detours: [] })
    }
  }
  const onTheSpot = onSite.flatMap((offer, index) =>
    (index === 0 ? [...ON_THE_SPOT, ...FIRST_ON_THE_SPOT] : ON_THE_SPOT).map(
      (ending): Wish => ({ offer, keepUnit: true, ending, detours: [] }),
    ),
  )
  while (list.length < dossiers - onTheSpot.length)
    add(
      choose(() => true),
      { keepUnit: false, ending: 'returned', detours: [] },
    )
  // A smaller province has every state first, then work for every account, and a history last.
  return [...list, ...onTheSpot].slice(0, dossiers)
}
