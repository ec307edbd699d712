import type { Role, StaffActor } from '#modules/identity/contract.ts'
import { agencyOf, type Tree } from '#modules/organisation/rules.ts'
import type { Output } from '#platform/operation.ts'
import type { listBooks } from '../contract/papers.ts'
import type { DossierDeps } from './deps.ts'
import { nameOf } from './paper-parts.ts'
import { holdsAt } from './rights.ts'

/** Who sees what waits or is late at a place. */
const WATCH: readonly Role[] = ['CENTRE_OFFICER', 'CENTRE_DIRECTOR', 'SUPERVISOR', 'AUDITOR', 'DUE_WATCH']

/** Who prints which book; a seal's register is also its agency's. */
export const READERS_OF = {
  register: ['RECEPTION', 'RETURN_DESK', 'CENTRE_OFFICER', 'CENTRE_DIRECTOR', 'SUPERVISOR', 'AUDITOR'],
  overdue: [...WATCH, 'SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD', 'CLERK'],
  unclaimed: [...WATCH, 'RETURN_DESK', 'RECEPTION', 'NON_TERRITORIAL'],
  onSite: WATCH,
  sealOfAgency: ['CLERK', 'UNIT_LEAD', 'AGENCY_LEAD'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export const mayReadSeal = (
  actor: StaffActor,
  tree: Tree,
  { centre, unit }: { centre: string; unit: string },
): boolean =>
  holdsAt(actor, tree, READERS_OF.onSite, centre) || holdsAt(actor, tree, READERS_OF.sealOfAgency, unit)

/** Centres and agencies; a section's own officers have their section too. */
const placesOfWork = (tree: Tree, { grants }: StaffActor): string[] => [
  ...new Set([
    ...grants.flatMap(({ unit }) => unit ?? []),
    ...tree.centres.keys(),
    ...[...tree.units.keys()].filter((id) => agencyOf(tree, id)?.id === id),
  ]),
]

export const createBooks =
  (deps: Pick<DossierDeps, 'tree'>) =>
  async (actor: StaffActor): Promise<Output<typeof listBooks>> => {
    const tree = await deps.tree()
    const named = (ids: Iterable<string>, roles: readonly Role[]) =>
      [...ids].filter((id) => holdsAt(actor, tree, roles, id)).map((id) => ({ id, name: nameOf(tree, id) }))
    const centres = [...tree.centres.keys()]
    const seals = [...tree.signing.everySeal.values()].filter((seal) => mayReadSeal(actor, tree, seal))
    const items = [
      { book: 'register' as const, places: named(centres, READERS_OF.register) },
      { book: 'overdue' as const, places: named(placesOfWork(tree, actor), READERS_OF.overdue) },
      { book: 'unclaimed' as const, places: named(centres, READERS_OF.unclaimed) },
      {
        book: 'seal' as const,
        places: seals.map(({ id, label, unit, centre }) => ({
          id,
          name: [label, nameOf(tree, unit), nameOf(tree, centre)].join(', '),
        })),
      },
    ]
    return { items: items.filter(({ places }) => places.length > 0) }
  }
