import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import type { Db } from '#platform/db/connect.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { GroupMember, GroupView } from '../contract/group-view.ts'
import { dependants, GROUP_STATUS_WORDS, groupOf, groupStatus, MEMBER_STATE_WORDS } from '../rules/group.ts'
import { RUNNING, statusOf } from '../rules.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { dossierPace } from './deadline.ts'
import type { DossierDeps } from './deps.ts'
import { DECIDES_MEMBERS, expectedOf, type Member, membersWithChildren } from './groups.ts'
import { holdsAt } from './rights.ts'

type Reader = { actor: StaffActor; tree: Tree }

export const groupView = async (
  deps: Pick<DossierDeps, 'catalogue' | 'calendarFor' | 'clock'>,
  db: Db,
  parent: DossierRow,
  { actor, tree }: Reader,
): Promise<GroupView | null> => {
  if (!parent.is_group) return null
  const members = await membersWithChildren(db, parent.id)
  const numbers = await resultNumbers(db, members)
  const status = groupStatus(members)
  const expected = RUNNING.includes(parent.state) ? await expectedOf(deps, parent, members) : null
  const may = RUNNING.includes(parent.state) && holdsAt(actor, tree, DECIDES_MEMBERS, parent.receiving_centre)
  const calendar = await deps.calendarFor(parent.receiving_centre)
  const nameOf = (key: string): string => members.find((one) => one.key === key)?.name ?? key
  const viewOf = (member: Member): GroupMember => {
    const { child } = member
    const decided = may && member.state === 'failed'
    return {
      ...{ key: member.key, name: member.name, procedure: member.procedure_code, state: member.state },
      stateWords: MEMBER_STATE_WORDS[member.state],
      after: member.after.map(nameOf),
      dossier: child && {
        code: child.code,
        state: child.state,
        status: statusOf(child),
        unit: { id: child.resolving_unit, name: tree.units.get(child.resolving_unit)?.shortName ?? '' },
        due: child.due_at && toLocalIso(child.due_at),
        ...dossierPace(calendar, child, deps.clock.now()),
        result: numbers.get(child.id) ?? null,
      },
      attempts: member.attempts,
      reason: member.reason,
      dependants: dependants(members, member.key).map(nameOf),
      mayRetry: decided,
      mayDrop: decided,
    }
  }
  return {
    status,
    statusWords: GROUP_STATUS_WORDS[status],
    legalBasis: groupOf(parent.procedure_code)?.legalBasis ?? '',
    expected: expected && toLocalIso(expected),
    beyondDue: expected !== null && parent.due_at !== null && expected > parent.due_at,
    members: members.map(viewOf),
  }
}

const resultNumbers = async (db: Db, members: readonly Member[]): Promise<Map<string, string>> => {
  const ids = members.flatMap(({ dossier_id }) => dossier_id ?? [])
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('dossier_result')
    .select(['dossier_id', 'number'])
    .where('dossier_id', 'in', ids)
    .orderBy('edition')
    .execute()
  return new Map(rows.map(({ dossier_id, number }) => [dossier_id, number]))
}
