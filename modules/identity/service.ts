import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'
import type { Clock } from '#platform/clock/clock.ts'
import { type Db, inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { Refusal, refuse } from '#platform/errors.ts'
import type { EventLog, JsonObject, NewEvent } from '#platform/log/log.ts'
import type { Input, Output } from '#platform/operation.ts'
import { fold } from '#platform/text/fold.ts'
import type { Actor, Role, StaffActor } from './contract.ts'
import * as contract from './contract.ts'
import type { Passwords } from './passwords.ts'
import {
  administeredAccounts,
  type Below,
  eventActorOf,
  holds,
  mayAdminister,
  mayGive,
  PERSONAL_ROLES,
  type Place,
  railOf,
} from './rules.ts'
import { IDLE_MS, type Sessions } from './sessions.ts'
import * as store from './store.ts'
import * as views from './views.ts'

export type IdentityDeps = {
  db: Db
  clock: Clock
  log: EventLog
  sessions: Sessions
  passwords: Passwords
  /** What stands below a unit; the organisation knows it. */
  below: () => Promise<Below>
}

const ONE_TIME_MS = 3 * 24 * 3_600_000
const LONGEST_DELEGATION_MS = 366 * 24 * 3_600_000
/** Without letters and digits that are mistaken for one another when read aloud or written down. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const oneTimePassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  ).join('-')

export const createIdentityService = ({ db, clock, log, sessions, below, passwords }: IdentityDeps) => {
  const eventOf = (actor: Actor, type: string, account: string, data: JsonObject): NewEvent => ({
    type,
    at: clock.now(),
    actor: eventActorOf(actor),
    subject: { kind: 'account', id: account },
    data,
  })

  /** One change of rights: in a transaction with its event; this process forgets what it knew about accounts. */
  const change = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await inTransaction(db, work)
    sessions.forget()
    return done
  }

  const assertAdministrator = (actor: Actor): void => {
    if (actor.kind !== 'system' && !holds(actor, 'UNIT_ADMIN', 'SYSTEM_ADMIN'))
      throw new Refusal('platform.forbidden')
  }

  type AccountOperation =
    | typeof contract.disableAccount
    | typeof contract.giveGrant
    | typeof contract.revokeGrant

  /** The account under its row lock, when the actor looks after it; who may not see it learns nothing about it. */
  const lockAdministered = async (tx: Tx, operation: AccountOperation, actor: Actor, id: string) => {
    assertAdministrator(actor)
    const [account] = await store.lockAccounts(tx, [id])
    if (!account || !mayAdminister(actor, account, await below()))
      return refuse(operation, 'identity.account-not-found')
    return account
  }

  const assertAnother = (actor: Actor, id: string): void => {
    if (actor.kind === 'staff' && actor.id === id) throw new Refusal('identity.not-yourself')
  }

  /**
   * Who can reset a password can become that person: an administrator does it only where he could have given every
   * right the account has, held or delegated.
   */
  const assertCouldGiveAll = async (tx: Tx, actor: Actor, account: store.LockedAccount): Promise<void> => {
    const rights = await views.listGrants(tx, account.id, clock.now())
    const units = await below()
    if (!rights.every((right) => mayGive(actor, account, right, units)))
      throw new Refusal('identity.beyond-your-rights')
  }

  const administered = async (actor: Actor, id: string) => {
    assertAdministrator(actor)
    const rule = administeredAccounts(actor, await below())
    const found = await views.findAccount(db, { id, rule, now: clock.now() })
    return found ?? refuse(contract.getAccount, 'identity.account-not-found')
  }

  const setDisabled = async (
    actor: Actor,
    { account: id, reason }: Input<typeof contract.disableAccount>,
    disabled: boolean,
  ) => {
    assertAnother(actor, id)
    await change(async (tx) => {
      const account = await lockAdministered(tx, contract.disableAccount, actor, id)
      await assertCouldGiveAll(tx, actor, account)
      if (account.disabled === disabled) return
      await store.setDisabled(tx, id, disabled)
      const ended = disabled ? await store.removeSessionsOf(tx, id) : 0
      const type = disabled ? 'account-disabled' : 'account-enabled'
      await log.append(tx, [eventOf(actor, type, id, { reason, sessionsEnded: ended })])
    })
    return administered(actor, id)
  }

  return {
    /** Who may do what where now: every right of an open account. */
    rightsHeld: () => views.rightsHeld(db, clock.now()),

    /** Officers whose grant of a role reaches a unit now. */
    officersReaching: (role: string, place: Place) =>
      views.officersReaching(db, { role, place, now: clock.now() }),

    getMe: async (actor: StaffActor): Promise<Output<typeof contract.getMe>> => {
      const now = clock.now()
      const [mine, grants] = await Promise.all([
        views.getMine(db, { account: actor.id, session: actor.session }),
        views.listGrants(db, actor.id, now),
      ])
      if (!mine) throw new Refusal('platform.not-signed-in')
      const { id, username, name, position, unit, centre, counter } = actor
      const due = mine.one_time_until !== null
      return {
        ...{ id, username, name, position, unit, centre, counter, agency: mine.agency },
        grants: due ? [] : grants,
        rail: railOf(actor),
        secondFactor: mine.two_factor_enabled,
        passwordChangeDue: due,
        session: { id: actor.session, endsAt: new Date(mine.expires_at).toISOString() },
      }
    },

    listMySessions: async (actor: StaffActor): Promise<Output<typeof contract.listMySessions>> => ({
      items: await views.listSessions(db, {
        account: actor.id,
        session: actor.session,
        now: clock.now(),
        idleMs: IDLE_MS,
      }),
    }),

    endMySession: (actor: StaffActor, session: string): Promise<void> =>
      change(async (tx) => {
        const ended = await store.removeOwnSession(tx, actor.id, session)
        if (!ended) refuse(contract.endMySession, 'identity.session-not-found')
        await log.append(tx, [eventOf(actor, 'session-ended', actor.id, { session })])
      }),

    endAllMySessions: (actor: StaffActor): Promise<void> =>
      change(async (tx) => {
        const ended = await store.removeSessionsOf(tx, actor.id)
        await log.append(tx, [eventOf(actor, 'sessions-ended', actor.id, { sessionsEnded: ended })])
      }),

    listAccounts: async (actor: Actor, input: Input<typeof contract.listAccounts>) => {
      assertAdministrator(actor)
      const { q, unit, role, after, limit } = input
      const rule = administeredAccounts(actor, await below())
      return views.listAccounts(db, { rule, text: fold(q ?? ''), unit, role, after, limit, now: clock.now() })
    },

    getAccount: async (actor: Actor, id: string): Promise<Output<typeof contract.getAccount>> => {
      const account = await administered(actor, id)
      return { ...account, grants: await views.listGrants(db, id, clock.now()) }
    },

    createAccount: async (
      actor: Actor,
      input: Input<typeof contract.createAccount>,
    ): Promise<Output<typeof contract.createAccount>> => {
      assertAdministrator(actor)
      const id = v7()
      if (!mayAdminister(actor, { id, ...input }, await below())) throw new Refusal('platform.forbidden')
      const password = oneTimePassword()
      const now = clock.now()
      const until = new Date(now.getTime() + ONE_TIME_MS)
      const account: store.NewAccount = {
        ...input,
        id,
        credential: v7(),
        searchName: fold(input.name),
        passwordHash: await passwords.hash(password),
        oneTimeUntil: until,
        createdAt: now,
      }
      await change(async (tx) => {
        const [opened] = await store.insertAccounts(tx, [account])
        if (!opened) refuse(contract.createAccount, 'identity.username-taken', { username: input.username })
        const { username, unit, position } = input
        await log.append(tx, [eventOf(actor, 'account-created', id, { username, unit, position })])
      })
      return { id, username: input.username, oneTimePassword: password, oneTimeUntil: until.toISOString() }
    },

    disableAccount: (actor: Actor, input: Input<typeof contract.disableAccount>) =>
      setDisabled(actor, input, true),
    enableAccount: (actor: Actor, input: Input<typeof contract.enableAccount>) =>
      setDisabled(actor, input, false),

    resetAccess: async (
      actor: Actor,
      { account: id, reason }: Input<typeof contract.resetAccess>,
    ): Promise<Output<typeof contract.resetAccess>> => {
      assertAnother(actor, id)
      // Before the hash, which costs: who has no right must not be able to keep the processor busy. Again under the lock.
      await administered(actor, id)
      const password = oneTimePassword()
      const passwordHash = await passwords.hash(password)
      const now = clock.now()
      const until = new Date(now.getTime() + ONE_TIME_MS)
      await change(async (tx) => {
        const account = await lockAdministered(tx, contract.disableAccount, actor, id)
        await assertCouldGiveAll(tx, actor, account)
        await store.resetCredential(tx, { account: id, passwordHash, until, now })
        const ended = await store.removeSessionsOf(tx, id)
        await log.append(tx, [eventOf(actor, 'access-reset', id, { reason, sessionsEnded: ended })])
      })
      return { oneTimePassword: password, oneTimeUntil: until.toISOString() }
    },

    giveGrant: async (
      actor: Actor,
      { account: id, role, scope, unit, until, reason }: Input<typeof contract.giveGrant>,
    ): Promise<Output<typeof contract.giveGrant>> => {
      assertAnother(actor, id)
      const from = clock.now()
      const end = until === null ? null : new Date(until)
      if (end !== null && end <= from) refuse(contract.giveGrant, 'identity.period-invalid')
      const grant = {
        id: v7(),
        account: id,
        role,
        scope,
        unit,
        from,
        until: end,
        by: eventActorOf(actor).id ?? 'system',
        reason,
      }
      try {
        await change(async (tx) => {
          const account = await lockAdministered(tx, contract.giveGrant, actor, id)
          if (!mayGive(actor, account, grant, await below()))
            refuse(contract.giveGrant, 'identity.beyond-your-rights')
          if (role === 'SYSTEM_ADMIN' && (await receivesDelegation(tx, id))) {
            refuse(contract.giveGrant, 'identity.system-administrator-alone')
          }
          await store.insertGrants(tx, [grant])
          await log.append(tx, [
            eventOf(actor, 'grant-given', id, { grant: grant.id, role, scope, unit, until, reason }),
          ])
        })
      } catch (error) {
        if (violates(error, 'account_grant_once')) return refuse(contract.giveGrant, 'identity.grant-exists')
        if (violates(error, 'account_grant_system_alone')) {
          return refuse(contract.giveGrant, 'identity.system-administrator-alone')
        }
        throw error
      }
      return views.labelled({ ...grant, delegatedBy: null })
    },

    revokeGrant: (
      actor: Actor,
      { account: id, grant, reason }: Input<typeof contract.revokeGrant>,
    ): Promise<void> =>
      change(async (tx) => {
        const account = await lockAdministered(tx, contract.revokeGrant, actor, id)
        const now = clock.now()
        const found = await store.findGrant(tx, id, grant, now)
        if (!found) return refuse(contract.revokeGrant, 'identity.grant-not-found')
        // One may lay down an own right; a unit's administrator takes away only what he could give.
        const own = actor.kind === 'staff' && actor.id === id
        if (!own && !mayGive(actor, account, found, await below()))
          refuse(contract.revokeGrant, 'identity.beyond-your-rights')
        await store.endGrant(tx, { grant, by: eventActorOf(actor).id ?? 'system', reason, now })
        const { role, scope, unit } = found
        await log.append(tx, [eventOf(actor, 'grant-revoked', id, { grant, role, scope, unit, reason })])
      }),

    startDelegation: async (
      actor: StaffActor,
      input: Input<typeof contract.startDelegation>,
    ): Promise<Output<typeof contract.startDelegation>> => {
      const operation = contract.startDelegation
      const from = input.from ?? actor.id
      const to = await store.findAccountId(db, input.to)
      if (to === undefined) return refuse(operation, 'identity.account-not-found')
      // Neither to oneself, nor other people's roles to oneself.
      if (from === to || to === (input.from === undefined ? undefined : actor.id)) {
        return refuse(operation, 'identity.not-yourself')
      }
      const period = assertPeriod(new Date(input.start), new Date(input.end), clock.now())
      const roles = [...new Set(input.roles)]
      const personal = roles.find((role) => PERSONAL_ROLES.includes(role))
      if (personal) refuse(operation, 'identity.role-personal', { role: personal })
      const one = { id: v7(), from, to, roles, ...period, reason: input.reason, by: actor.id }
      try {
        return await change(async (tx) => {
          const locked = await store.lockAccounts(tx, [from, to])
          const giver = locked.find((account) => account.id === from)
          const taker = locked.find((account) => account.id === to)
          if (!giver || !taker || taker.disabled) return refuse(operation, 'identity.account-not-found')
          if (from !== actor.id && !mayAdminister(actor, giver, await below()))
            return refuse(operation, 'identity.account-not-found')
          await assertDelegable(tx, { from, to, roles })
          await store.insertDelegation(tx, one)
          const { id, start, end, reason } = one
          const data = {
            delegation: id,
            to,
            roles,
            start: start.toISOString(),
            end: end.toISOString(),
            reason,
          }
          await log.append(tx, [eventOf(actor, 'delegation-started', from, data)])
          return {
            ...{ id, roles, reason, start: start.toISOString(), end: end.toISOString() },
            from: { id: from, name: giver.name },
            to: { id: to, name: taker.name },
          }
        })
      } catch (error) {
        if (violates(error, 'account_delegation_once')) return refuse(operation, 'identity.delegation-exists')
        throw error
      }
    },

    listMyDelegations: async (actor: StaffActor): Promise<Output<typeof contract.listMyDelegations>> => ({
      items: await views.listDelegations(db, actor.id, clock.now()),
    }),

    endDelegation: (actor: StaffActor, id: string): Promise<void> =>
      change(async (tx) => {
        const now = clock.now()
        const found = await store.lockDelegation(tx, id, now)
        if (!found) return refuse(contract.endDelegation, 'identity.delegation-not-found')
        const [giver] = await store.lockAccounts(tx, [found.from_account])
        const may = found.from_account === actor.id || (giver && mayAdminister(actor, giver, await below()))
        if (!may) refuse(contract.endDelegation, 'identity.delegation-not-found')
        await store.closeDelegation(tx, id, actor.id, now)
        await log.append(tx, [eventOf(actor, 'delegation-ended', found.from_account, { delegation: id })])
      }),

    /** Throws away what no longer counts; for the hourly job. */
    sweep: (): Promise<void> => store.removeStale(db, clock.now(), IDLE_MS),
  }

  async function receivesDelegation(tx: Tx, account: string): Promise<boolean> {
    const open = await views.listDelegations(tx, account, clock.now())
    return open.some((one) => one.to.id === account)
  }

  async function assertDelegable(tx: Tx, { from, to, roles }: { from: string; to: string; roles: Role[] }) {
    const held = await store.rolesHeld(tx, from, clock.now())
    const missing = roles.find((role) => !held.includes(role))
    if (missing) refuse(contract.startDelegation, 'identity.role-not-held', { role: missing })
    // The taker's row is locked, as it is while a grant is given: no SYSTEM_ADMIN slips in between.
    if ((await store.rolesHeld(tx, to, clock.now())).includes('SYSTEM_ADMIN')) {
      refuse(contract.startDelegation, 'identity.system-administrator-alone')
    }
  }

  function assertPeriod(start: Date, end: Date, now: Date): { start: Date; end: Date } {
    const sane = end > start && end > now && end.getTime() - start.getTime() <= LONGEST_DELEGATION_MS
    if (!sane) refuse(contract.startDelegation, 'identity.period-invalid')
    return { start, end }
  }
}

export type IdentityService = ReturnType<typeof createIdentityService>
