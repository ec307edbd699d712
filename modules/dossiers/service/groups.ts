import { durationFor } from '#modules/catalogue/rules.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { EventActor, JsonObject, NewEvent } from '#platform/log/log.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { Intake } from '../contract/intake.ts'
import {
  dependants,
  expectedEnd,
  type GroupDefinition,
  groupOf,
  groupOutcome,
  groupStatus,
  MEMBER_STATE_WORDS,
  type MemberDefinition,
  memberStateOf,
  openable,
} from '../rules/group.ts'
import { MEMBERS_FINISHED } from '../rules/group-process.ts'
import { RUNNING, STATE_LABELS } from '../rules.ts'
import { insertDueChanges, stopClocks } from '../store/clock.ts'
import { componentsOf, type DossierRow, findDossier, lockDossier, updateDossier } from '../store/dossiers.ts'
import * as store from '../store/groups.ts'
import { createAccept } from './accept.ts'
import { computeDue } from './deadline.ts'
import { type DossierDeps, eventActor } from './deps.ts'
import { type ComponentRow, createPrepareIntake } from './prepare-intake.ts'
import { holdsAt } from './rights.ts'
import { roleWords } from './words.ts'

const SYSTEM: EventActor = { kind: 'system', id: null, name: 'Nhóm thủ tục liên thông' }
/** Whoever received the group decides with the applicant what follows from a failure. */
export const DECIDES_MEMBERS = ['RECEPTION', 'NON_TERRITORIAL', 'CENTRE_OFFICER'] as const
const AT_ONCE = 50

type Child = Pick<DossierRow, 'id' | 'code' | 'state' | 'outcome' | 'due_at' | 'completed_at'>
export type Member = store.MemberRow & { child: DossierRow | null }

const definitionOf = (dossier: Pick<DossierRow, 'procedure_code'>): GroupDefinition => {
  const group = groupOf(dossier.procedure_code)
  if (!group) throw new Error(`${dossier.procedure_code} is received as a group and defined as none`)
  return group
}

/** Members with the dossiers that count. */
export const membersWithChildren = async (
  db: Parameters<typeof store.membersOf>[0],
  parent: string,
): Promise<Member[]> => {
  const [members, children] = await Promise.all([store.membersOf(db, parent), store.childrenOf(db, parent)])
  const byId = new Map(children.map((child) => [child.id, child]))
  return members.map((member) => ({
    ...member,
    child: member.dossier_id === null ? null : (byId.get(member.dossier_id) ?? null),
  }))
}

const endOf = ({ due_at, completed_at }: Child): Date | null => completed_at ?? due_at

/** When the last result is to be expected, from what stands and from the limits of what has not begun. */
export const expectedOf = async (
  deps: Pick<DossierDeps, 'catalogue' | 'calendarFor' | 'clock'>,
  parent: DossierRow,
  members: readonly Member[],
): Promise<Date> => {
  const now = deps.clock.now()
  const day = localDateOf(now)
  const calendar = await deps.calendarFor(parent.receiving_centre)
  const limits = new Map(
    await Promise.all(
      members.map(async ({ key, procedure_code: code, state }) => {
        if (state !== 'waiting') return [key, null] as const
        const procedure = await deps.catalogue.getInForce(code, day)
        const found = durationFor(procedure, procedure.content.cases[0]?.id ?? `${code}.c1`, 'direct')
        return [key, found && { amount: found.amount, unit: found.unit }] as const
      }),
    ),
  )
  return expectedEnd(
    members.map((member) => ({ ...member, end: member.child && endOf(member.child) })),
    now,
    (key, start) => computeDue(calendar, start, limits.get(key) ?? null).due,
  )
}

export const createGroups = (deps: DossierDeps) => {
  const prepare = createPrepareIntake(deps)

  const eventOf = (
    type: string,
    { id }: Pick<DossierRow, 'id'>,
    by: { actor: EventActor; at: Date },
    data: JsonObject,
  ): NewEvent => ({ type, at: by.at, actor: by.actor, subject: { kind: 'dossier', id }, data })

  const begin = async (tx: Tx, parent: DossierRow, group: GroupDefinition, at: Date): Promise<void> => {
    await store.insertMembers(
      tx,
      group.members.map(({ key, procedure, name, after }, ordinal) => ({
        ...{ parent_id: parent.id, key, ordinal, procedure_code: procedure, name: name.vi },
        ...{ after: [...after], state: 'waiting', changed_at: at },
      })),
    )
  }

  /** What its dossier says, written down once. */
  const follow = async (tx: Tx, parent: DossierRow, members: readonly Member[], at: Date): Promise<void> => {
    for (const member of members) {
      if (!member.child || (member.state !== 'running' && member.state !== 'failed')) continue
      const state = memberStateOf(member.child)
      if (state === member.state) continue
      await store.updateMember(tx, member, { state, changed_at: at })
      member.state = state
      if (state === 'running') continue
      await deps.log.append(tx, [
        eventOf(
          state === 'done' ? 'group-member-done' : 'group-member-failed',
          parent,
          { actor: SYSTEM, at },
          {
            member: member.key,
            name: `${member.name}, ${member.child.code}`,
            ...(state === 'failed'
              ? {
                  reason: member.child.ended_reason ?? 'Cơ quan giải quyết từ chối, xem hồ sơ thành phần.',
                  notify: [{ to: 'reception', message: 'group-member-failed' }],
                }
              : {}),
          },
        ),
      ])
    }
  }

  /** The group's papers that are this member's, and the results that it needs from those before it. */
  const rowsFor = async (
    tx: Tx,
    parent: DossierRow,
    definition: MemberDefinition,
    members: readonly Member[],
  ): Promise<ComponentRow[]> => {
    const papers = (await componentsOf(tx, parent.id)).filter(({ name }) =>
      definition.papers.some((words) => name.startsWith(words)),
    )
    const results = members.filter(({ key }) => definition.after.includes(key))
    return [
      ...papers.map(({ dossier_id: _parent, ...row }, ordinal) => ({
        ...row,
        ordinal,
        // The table holds the contract's own words.
        status: row.status as ComponentRow['status'],
      })),
      ...results.map(
        ({ key, name, child }, i): ComponentRow => ({
          component_id: `group.${key}`,
          ordinal: papers.length + i,
          name: `Kết quả ${name.toLocaleLowerCase('vi')}`,
          group_name: null,
          mandatory: true,
          status: 'in-database',
          ...{ originals: 0, copies: 0, certified_copies: 0, files: [] },
          reason: `Kết quả của hồ sơ ${child?.code ?? ''} trong nhóm ${parent.code}`,
        }),
      ),
    ]
  }

  const intakeOf = (parent: DossierRow): Omit<Intake, 'procedure' | 'components'> => ({
    receivingCentre: parent.receiving_centre,
    channel: parent.channel,
    owner: parent.owner,
    ...(parent.submitter ? { submitter: parent.submitter } : {}),
    ...(parent.representative ? { representative: parent.representative } : {}),
    resultReturn: {
      way: parent.return_way,
      centre: parent.returning_centre,
      ...(parent.return_address ? { address: parent.return_address } : {}),
    },
    sets: parent.sets,
  })

  /** Begins a member with a dossier of its own, received by whoever received the group. */
  const open = async (
    tx: Tx,
    parent: DossierRow,
    member: Member,
    about: { members: readonly Member[]; actor: EventActor; at: Date; reason?: string; moves?: boolean },
  ): Promise<void> => {
    const { members, actor, at, reason, moves = false } = about
    const definition = definitionOf(parent).members.find(({ key }) => key === member.key)
    if (!definition)
      throw new Error(`group ${parent.code} has a member ${member.key} that is defined no more`)
    const prepared = await prepare.member(
      { definition, parent: parent.id, intake: intakeOf(parent) },
      {
        rows: await rowsFor(tx, parent, definition, members),
        actor: { id: parent.intake_by, name: parent.intake_by_name },
        by: actor,
      },
    )
    const accept = createAccept({ ...deps, db: tx })
    const item = { prepared, end: { kind: 'accepted' }, remember: undefined } as const
    const code = await accept.together([item], async (_tx, [answer]) => answer?.code ?? '')
    await store.updateMember(tx, member, {
      ...{ state: 'running', dossier_id: prepared.id, attempts: member.attempts + 1, changed_at: at },
      reason: null,
    })
    const child = await findDossier(tx, code)
    Object.assign(member, { state: 'running', dossier_id: prepared.id, child: child ?? null })
    await deps.log.append(tx, [
      eventOf(
        'group-member-begun',
        parent,
        { actor, at },
        {
          member: member.key,
          name: `${member.name}, ${code}`,
          ...(reason ? { reason } : {}),
          // The applicant was told of the group, and the agency hears of the procedure's own dossier.
          ...(moves ? { from: parent.state, state: 'PROCESSING', notify: [] } : {}),
        },
      ),
    ])
  }

  /** A promise that no longer holds because a procedure takes longer is moved, with which one it is. */
  const followDue = async (
    tx: Tx,
    parent: DossierRow,
    members: readonly Member[],
    at: Date,
  ): Promise<void> => {
    if (parent.due_at === null || members.some(({ state }) => state === 'failed')) return
    const expected = await expectedOf(deps, parent, members)
    if (expected <= parent.due_at) return
    const last = members.findLast(({ child }) => child?.due_at && child.due_at > (parent.due_at ?? at))
    const reason = last
      ? `Thủ tục ${last.name} (${last.child?.code}) có hạn sau ngày hẹn của nhóm`
      : 'Các thủ tục trong nhóm cần thêm thời gian'
    await insertDueChanges(tx, [
      {
        ...{ dossier: parent.id, kind: 'MEMBER', at, before: parent.due_at, due: expected, reason },
        document: null,
      },
    ])
    await updateDossier(tx, parent.id, { due_at: expected, version: parent.version + 1 })
    await deps.log.append(tx, [
      eventOf(
        'group-due-moved',
        parent,
        { actor: SYSTEM, at },
        {
          ...{ reason, state: parent.state },
          dueBefore: parent.due_at.toISOString(),
          due: expected.toISOString(),
          notify: [{ to: 'applicant', message: 'due-moved' }],
        },
      ),
    ])
  }

  /** Every procedure has its result or is left out: the group's own result is ready to be handed over, once. */
  const finish = async (tx: Tx, parent: DossierRow, members: readonly Member[], at: Date): Promise<void> => {
    const outcome = groupOutcome(members)
    await deps.workflow.deliverMessage(tx, {
      subject: { kind: 'dossier', id: parent.id },
      name: MEMBERS_FINISHED,
      key: 'finished',
      sender: SYSTEM.name,
      payload: {},
    })
    await stopClocks(tx, [parent.id], at)
    await updateDossier(tx, parent.id, {
      ...{ state: 'COMPLETED', outcome, completed_at: at, moved_at: at, version: parent.version + 1 },
    })
    await deps.log.append(tx, [
      eventOf(
        'group-finished',
        parent,
        { actor: SYSTEM, at },
        {
          ...{ from: parent.state, state: 'COMPLETED', outcome },
          name: members.map(({ name, state }) => `${name}: ${MEMBER_STATE_WORDS[state].vi}`).join('; '),
          notify: [
            { to: 'applicant', message: 'result-ready' },
            { to: 'return-desk', message: 'result-ready' },
          ],
        },
      ),
    ])
  }

  /** Everything that follows from what the members' dossiers say; the group is locked. */
  const settleIn = async (tx: Tx, parent: DossierRow): Promise<void> => {
    if (!RUNNING.includes(parent.state)) return
    const at = deps.clock.now()
    const group = definitionOf(parent)
    let members = await membersWithChildren(tx, parent.id)
    if (members.length === 0) {
      await begin(tx, parent, group, at)
      members = await membersWithChildren(tx, parent.id)
    }
    await follow(tx, parent, members, at)
    // The first procedure that begins is what moves the group: the log says so, once.
    let moves = parent.state === 'ACCEPTED'
    for (const member of openable(members)) {
      await open(tx, parent, member, { members, actor: SYSTEM, at, moves })
      moves = false
    }
    if (groupStatus(members) === 'FINISHED') return finish(tx, parent, members, at)
    const now = { ...parent }
    if (parent.state === 'ACCEPTED') {
      Object.assign(now, { state: 'PROCESSING', version: parent.version + 1 })
      await updateDossier(tx, parent.id, { state: 'PROCESSING', moved_at: at, version: now.version })
    }
    await followDue(tx, now, members, at)
  }

  /** In a transaction of its own, after that of the member's dossier: a group is never waited for by those beneath it. */
  const settle = (id: string): Promise<void> =>
    inTransaction(deps.db, async (tx) => {
      const parent = await store.lockById(tx, id)
      if (parent?.is_group) await settleIn(tx, parent)
    })

  /** Whatever was done to this dossier: its group follows, or it is a group itself that was accepted. */
  const settleAround = async (code: string): Promise<void> => {
    const dossier = await findDossier(deps.db, code)
    const group = dossier?.is_group ? dossier.id : dossier?.parent_id
    if (group) await settle(group)
  }

  const decideMember = async (
    { code, member: key }: { code: string; member: string },
    actor: StaffActor,
    decide: (
      tx: Tx,
      about: { parent: DossierRow; member: Member; members: readonly Member[]; at: Date },
    ) => Promise<void>,
    after: (tx: Tx) => Promise<void>,
  ): Promise<void> => {
    const tree = await deps.tree()
    await inTransaction(deps.db, async (tx) => {
      const parent = await lockDossier(tx, code)
      if (!parent) throw new Refusal('dossiers.unknown', { code })
      if (!holdsAt(actor, tree, DECIDES_MEMBERS, parent.receiving_centre))
        throw new Refusal('dossiers.not-your-role', {
          role: roleWords(DECIDES_MEMBERS),
          unit: tree.units.get(parent.receiving_centre)?.name ?? parent.receiving_centre,
        })
      const members = parent.is_group ? await membersWithChildren(tx, parent.id) : []
      const member = members.find((one) => one.key === key)
      if (!member) throw new Refusal('dossiers.unknown-member')
      if (!RUNNING.includes(parent.state))
        throw new Refusal('dossiers.action-not-allowed', { state: STATE_LABELS[parent.state] })
      const at = deps.clock.now()
      await follow(tx, parent, members, at)
      if (member.state !== 'failed')
        throw new Refusal('dossiers.member-not-failed', { state: MEMBER_STATE_WORDS[member.state] })
      await decide(tx, { parent, member, members, at })
      const now = await store.lockById(tx, parent.id)
      if (now) await settleIn(tx, now)
      await after(tx)
    })
  }

  const retry = (
    input: { code: string; member: string; reason: string },
    actor: StaffActor,
    after: (tx: Tx) => Promise<void>,
  ): Promise<void> =>
    decideMember(
      input,
      actor,
      (tx, { parent, member, members, at }) =>
        open(tx, parent, member, { members, actor: eventActor(actor), at, reason: input.reason }),
      after,
    )

  const drop = (
    input: { code: string; member: string; reason: string },
    actor: StaffActor,
    after: (tx: Tx) => Promise<void>,
  ): Promise<void> =>
    decideMember(
      input,
      actor,
      async (tx, { parent, member, members, at }) => {
        const keys = [member.key, ...dependants(members, member.key)]
        const dropped = members.filter(({ key, state }) => keys.includes(key) && state !== 'done')
        for (const one of dropped) {
          await store.updateMember(tx, one, { state: 'dropped', reason: input.reason, changed_at: at })
        }
        await deps.log.append(tx, [
          eventOf(
            'group-member-dropped',
            parent,
            { actor: eventActor(actor), at },
            {
              member: member.key,
              name: dropped.map(({ name }) => name).join('; '),
              reason: input.reason,
            },
          ),
        ])
      },
      after,
    )

  return {
    settle,
    settleAround,
    retry,
    drop,
    /** What a process that was killed left undone; each group is settled in a transaction of its own. */
    settleAll: async (): Promise<number> => {
      const ids = await store.unsettledGroups(deps.db, AT_ONCE)
      for (const id of ids) await settle(id)
      return ids.length
    },
  }
}
