import groups from '#data/dossiers/procedure-groups.json' with { type: 'json' }
import type { Words } from '#platform/errors.ts'
import type { Outcome, State } from '../contract/vocabulary.ts'

export type MemberDefinition = {
  key: string
  procedure: string
  /** The case begins with these words; null for the only one. */
  case: string | null
  name: Words
  /** Members whose results it needs; those that name none of each other go on side by side. */
  after: readonly string[]
  /** Its papers among those of the group, by the words they begin with. */
  papers: readonly string[]
  /** Who decides it, in the words of a published mapping, where the procedure's own record does not say. */
  agency: string | null
}
export type GroupDefinition = { procedure: string; legalBasis: string; members: readonly MemberDefinition[] }

export const GROUPS: readonly GroupDefinition[] = groups.groups
const BY_PROCEDURE = new Map(GROUPS.map((group) => [group.procedure, group]))
/** The group that a procedure's code names; most name none. */
export const groupOf = (procedure: string): GroupDefinition | undefined => BY_PROCEDURE.get(procedure)

/** A member's case by the words that its definition gives; without any, the procedure's only one. */
export const memberCaseOf = <C extends { id: string; name: string | null }>(
  procedure: { content: { cases: readonly C[] } },
  { case: words }: Pick<MemberDefinition, 'case'>,
): C | undefined =>
  words === null
    ? procedure.content.cases[0]
    : procedure.content.cases.find(({ name }) => name?.startsWith(words))

export const MEMBER_STATES = ['waiting', 'running', 'done', 'failed', 'dropped'] as const
export type MemberState = (typeof MEMBER_STATES)[number]

export const MEMBER_STATE_WORDS: Readonly<Record<MemberState, Words>> = {
  waiting: { vi: 'Chờ kết quả trước đó', en: 'Waits for a result before it' },
  running: { vi: 'Đang giải quyết', en: 'In progress' },
  done: { vi: 'Đã có kết quả', en: 'Result ready' },
  failed: { vi: 'Không được giải quyết', en: 'Without success' },
  dropped: { vi: 'Không làm nữa', en: 'Left out' },
}

export type GroupStatus = 'RUNNING' | 'WAITS_FOR_APPLICANT' | 'BLOCKED' | 'FINISHED'
export const GROUP_STATUS_WORDS: Readonly<Record<GroupStatus, Words>> = {
  RUNNING: { vi: 'Các cơ quan đang giải quyết', en: 'The agencies are at work' },
  WAITS_FOR_APPLICANT: { vi: 'Có thủ tục chờ người nộp', en: 'A procedure waits for the applicant' },
  BLOCKED: { vi: 'Có thủ tục không thành, cần quyết định', en: 'A procedure failed, to be decided' },
  FINISHED: { vi: 'Đã xong các thủ tục', en: 'All procedures are finished' },
}

type Standing = { key: string; after: readonly string[]; state: MemberState }
type Child = { state: State; outcome: Outcome | null }

const WITHOUT_RESULT: readonly State[] = ['NOT_ACCEPTED', 'WITHDRAWN', 'CLOSED_NO_SUPPLEMENT', 'STOPPED']
const WITH_RESULT: readonly State[] = ['COMPLETED', 'RETURNED', 'RESULT_ERROR']
const WAITS: readonly State[] = ['SUPPLEMENT', 'INTAKE_SUPPLEMENT', 'AWAITING_PAYMENT']

/** A refusal is a result of the dossier, and no success of the group (Article 19(3), Decree 118/2025). */
export const memberStateOf = ({ state, outcome }: Child): 'running' | 'done' | 'failed' => {
  if (WITHOUT_RESULT.includes(state)) return 'failed'
  if (!WITH_RESULT.includes(state)) return 'running'
  return outcome === 'REFUSED' ? 'failed' : 'done'
}

/** Members that may begin now: whatever they need is there. */
export const openable = <M extends Standing>(members: readonly M[]): M[] => {
  const done = new Set(members.filter(({ state }) => state === 'done').map(({ key }) => key))
  return members.filter(({ state, after }) => state === 'waiting' && after.every((key) => done.has(key)))
}

/** Who cannot begin without this member, directly or through another. */
export const dependants = (members: readonly Standing[], key: string): string[] => {
  const found = new Set<string>([key])
  for (let before = 0; before !== found.size; ) {
    before = found.size
    for (const member of members) if (member.after.some((one) => found.has(one))) found.add(member.key)
  }
  found.delete(key)
  return [...found]
}

/** Derived from the members alone. */
export const groupStatus = (members: readonly (Standing & { child: Child | null })[]): GroupStatus => {
  if (members.every(({ state }) => state === 'done' || state === 'dropped')) return 'FINISHED'
  if (members.some(({ state }) => state === 'failed')) return 'BLOCKED'
  return members.some(({ child, state }) => state === 'running' && child && WAITS.includes(child.state))
    ? 'WAITS_FOR_APPLICANT'
    : 'RUNNING'
}

/** Something was granted, or nothing was. */
export const groupOutcome = (members: readonly Standing[]): Outcome =>
  members.some(({ state }) => state === 'done') ? 'GRANTED' : 'REFUSED'

const later = (a: Date, b: Date): Date => new Date(Math.max(a.getTime(), b.getTime()))

export type Dated = Standing & {
  /** When its result came, or is promised; null where it has no limit. */
  end: Date | null
}

/**
 * When the last result is to be expected: along the path of the members, each after those that it needs. `endAfter` says when one
 * that has not begun would be due if it began then; one without a limit is taken to need no time.
 */
export const expectedEnd = (
  members: readonly Dated[],
  now: Date,
  endAfter: (key: string, start: Date) => Date | null,
): Date => {
  const ends = new Map<string, Date>()
  const endOf = (member: Dated): Date => {
    const known = ends.get(member.key)
    if (known) return known
    const start = member.after
      .flatMap((key) => members.filter((one) => one.key === key))
      .map(endOf)
      .reduce(later, now)
    const end = member.state === 'waiting' ? (endAfter(member.key, start) ?? start) : (member.end ?? start)
    ends.set(member.key, end)
    return end
  }
  return members
    .filter(({ state }) => state !== 'dropped')
    .map(endOf)
    .reduce(later, now)
}
