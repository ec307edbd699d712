import { assessFees } from '#modules/catalogue/rules.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { type GroupDefinition, groupOf, type MemberDefinition, memberCaseOf } from '../rules/group.ts'
import type { DossierRow } from '../store/dossiers.ts'
import type { DossierDeps } from './deps.ts'
import { type FeeLineView, feeLines } from './fee-lines.ts'

type Procedure = Parameters<typeof memberCaseOf>[0] & Parameters<typeof assessFees>[0]
type Channel = Parameters<typeof assessFees>[2]

export type FeesShown = { lines: FeeLineView[]; total: number | null }

/** One line for a procedure of a group: its sum, or why that is not known. */
const memberLine = (member: MemberDefinition, procedure: Procedure, channel: Channel): FeeLineView => {
  const caseId = memberCaseOf(procedure, member)?.id ?? ''
  const { lines, total, text } = assessFees(procedure, caseId, channel)
  if (total === null || total === 0)
    return { name: member.name.vi, amount: total, note: total === null ? text : null }
  const [only] = feeLines({ lines, total, text })
  return {
    name: `${member.name.vi}: ${(only?.name ?? '').toLocaleLowerCase('vi')}`,
    amount: total,
    note: only?.note ?? null,
  }
}

const summed = (lines: FeeLineView[]): FeesShown => ({
  lines,
  total: lines.reduce<number | null>(
    (sum, { amount }) => (sum === null || amount === null ? null : sum + amount),
    0,
  ),
})

/** What the procedures of a group cost together. The group's own record restates their fees, so it is not added. */
export const feesOfMembers = (
  members: readonly { member: MemberDefinition; procedure: Procedure }[],
  channel: Channel,
): FeesShown => summed(members.map(({ member, procedure }) => memberLine(member, procedure, channel)))

/** The same by the records of a day. */
export const feesOfGroup = async (
  { catalogue }: Pick<DossierDeps, 'catalogue'>,
  { members }: Pick<GroupDefinition, 'members'>,
  { day, channel }: { day: string; channel: Channel },
): Promise<FeesShown> =>
  feesOfMembers(
    await Promise.all(
      members.map(async (member) => ({
        member,
        procedure: await catalogue.getInForce(member.procedure, day),
      })),
    ),
    channel,
  )

/** What is paid for a dossier by the records of the day on which it was received: of a group, for those procedures that it keeps. */
export const feesShown = async (
  deps: Pick<DossierDeps, 'catalogue'>,
  dossier: Pick<
    DossierRow,
    'procedure_code' | 'accepted_at' | 'received_at' | 'channel' | 'fees' | 'is_group'
  >,
  dropped: readonly string[] = [],
): Promise<FeesShown> => {
  const group = dossier.is_group ? groupOf(dossier.procedure_code) : undefined
  if (!group) return { lines: feeLines(dossier.fees), total: dossier.fees.total }
  return feesOfGroup(
    deps,
    { members: group.members.filter(({ key }) => !dropped.includes(key)) },
    { day: localDateOf(dossier.accepted_at ?? dossier.received_at), channel: dossier.channel },
  )
}

/** On a slip every procedure of the group is named, also one that costs nothing. */
export const feesOfGroupOnPaper = ({ lines }: FeesShown): { name: string; amount: number | null }[] =>
  lines.map(({ name, amount }) => ({ name, amount }))
