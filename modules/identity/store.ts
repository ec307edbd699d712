import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { Grant, Role, Scope, StaffActor } from './contract.ts'

/** Grants in force at `now`, held or delegated, of the account in `account`. Delegated ones fall with the delegator's account. */
const grantsInForce = (account: ReturnType<typeof sql.ref>, now: Date) => sql<Grant[]>`coalesce((
  select json_agg(json_build_object('role', g.role, 'scope', g.scope, 'unit', g.unit))
  from (
    select role, scope, unit from account_grant
    where account = ${account} and valid_from <= ${now} and (valid_to is null or valid_to > ${now})
    union
    select held.role, held.scope, held.unit
    from account_delegation d
    join account_profile giver on giver.account = d.from_account and not giver.disabled
    join account_grant held on held.account = d.from_account and held.role = any(d.roles)
      and held.valid_from <= ${now} and (held.valid_to is null or held.valid_to > ${now})
    where d.to_account = ${account} and d.valid_from <= ${now} and d.valid_to > ${now}
    order by role, scope, unit
  ) g
), '[]'::json)`

/** Colleagues whose delegation to this account is in force at `now`. */
const actsFor = (account: ReturnType<typeof sql.ref>, now: Date) => sql<NonNullable<
  StaffActor['actsFor']
> | null>`(
  select json_agg(json_build_object('id', d.from_account, 'name', giver.full_name, 'roles', d.roles) order by giver.full_name)
  from account_delegation d join account_profile giver on giver.account = d.from_account and not giver.disabled
  where d.to_account = ${account} and d.valid_from <= ${now} and d.valid_to > ${now}
)`

export type FoundActor = { actor: StaffActor; lastUsedAt: Date; endsAt: Date; disabled: boolean }

/** The actor behind a session token, in one query. A one-time password signs in, but brings no right. */
export const findActor = async (db: Db, token: string, now: Date): Promise<FoundActor | undefined> => {
  const row = await db
    .selectFrom('auth_session as s')
    .innerJoin('auth_user as u', 'u.id', 's.user_id')
    .innerJoin('account_profile as p', 'p.account', 's.user_id')
    .where('s.token', '=', token)
    .select([
      's.id as session',
      's.updated_at',
      's.expires_at',
      'u.id',
      'u.username',
      'p.full_name',
      'p.position',
      'p.unit',
      'p.centre',
      'p.counter',
      'p.disabled',
      'p.one_time_until',
    ])
    .select(grantsInForce(sql.ref('s.user_id'), now).as('grants'))
    .select(actsFor(sql.ref('s.user_id'), now).as('acts_for'))
    .executeTakeFirst()
  if (!row) return undefined
  return {
    lastUsedAt: new Date(row.updated_at),
    endsAt: new Date(row.expires_at),
    disabled: row.disabled,
    actor: {
      kind: 'staff',
      id: row.id,
      username: row.username,
      name: row.full_name,
      position: row.position,
      unit: row.unit,
      centre: row.centre,
      counter: row.counter,
      grants: row.one_time_until === null ? row.grants : [],
      ...(row.one_time_until === null && row.acts_for ? { actsFor: row.acts_for } : {}),
      session: row.session,
    },
  }
}

export const touchSession = (db: Db, session: string, now: Date) =>
  db.updateTable('auth_session').set({ updated_at: now }).where('id', '=', session).execute()

export const removeSession = (db: Db, session: string) =>
  db.deleteFrom('auth_session').where('id', '=', session).execute()

/** Ends one session of this account; false when there was none. */
export const removeOwnSession = async (db: Db, account: string, session: string): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('auth_session')
    .where('id', '=', session)
    .where('user_id', '=', account)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export const removeSessionsOf = async (db: Db, account: string): Promise<number> => {
  const { numDeletedRows } = await db
    .deleteFrom('auth_session')
    .where('user_id', '=', account)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Whether this account may open a session now: open, and a one-time password not yet past its time. */
export const mayOpenSession = async (db: Db, account: string, now: Date): Promise<boolean> => {
  const row = await db
    .selectFrom('account_profile')
    .select(['disabled', 'one_time_until'])
    .where('account', '=', account)
    .executeTakeFirst()
  return (
    row !== undefined && !row.disabled && (row.one_time_until === null || new Date(row.one_time_until) > now)
  )
}

/** Claims a second-factor code for one use; false when it opened a session already. */
export const claimCode = async (db: Db, account: string, code: string, now: Date): Promise<boolean> => {
  const before = new Date(now.getTime() - 5 * 60_000)
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('auth_used_code')
    .values({ account, code, used_at: now })
    .onConflict((c) =>
      c
        .columns(['account', 'code'])
        .doUpdateSet({ used_at: now })
        .where('auth_used_code.used_at', '<', before),
    )
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export type NewAccount = {
  id: string
  credential: string
  username: string
  name: string
  searchName: string
  position: string
  unit: string
  agency: string
  centre: string | null
  counter: string | null
  passwordHash: string
  oneTimeUntil: Date | null
  createdAt: Date
}

/** Opens accounts in bulk: one statement, three tables. An account whose user name is known stays as it is. */
export const insertAccounts = async (tx: Db, accounts: readonly NewAccount[]): Promise<string[]> => {
  if (accounts.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as g(
        id uuid, credential uuid, username text, name text, "searchName" text, position text, unit text, agency text,
        centre text, counter text, "passwordHash" text, "oneTimeUntil" timestamptz, "createdAt" timestamptz)
    ), opened as (
      insert into auth_user (id, name, email, email_verified, username, created_at, updated_at)
      select id, name, username || '@account.invalid', true, username, "createdAt", "createdAt" from given
      on conflict (username) do nothing
      returning id
    ), credentials as (
      insert into auth_credential (id, user_id, account_id, provider_id, password, created_at, updated_at)
      select credential, id, id::text, 'credential', "passwordHash", "createdAt", "createdAt"
      from given where id in (select id from opened)
    )
    insert into account_profile
      (account, full_name, search_name, position, unit, agency, centre, counter, one_time_until, created_at)
    select id, name, "searchName", position, unit, agency, centre, counter, "oneTimeUntil", "createdAt"
    from given where id in (select id from opened)
    returning account as id`.execute(tx)
  return rows.map(({ id }) => id)
}

export type LockedAccount = {
  id: string
  username: string
  name: string
  unit: string
  agency: string
  centre: string | null
  disabled: boolean
}

const accountColumns = [
  'p.account as id',
  'u.username',
  'p.full_name as name',
  'p.unit',
  'p.agency',
  'p.centre',
  'p.disabled',
] as const

/** Takes the row locks of these accounts, in the order of their ids so that two administrators never wait in a ring. */
export const lockAccounts = (tx: Db, ids: readonly string[]): Promise<LockedAccount[]> =>
  tx
    .selectFrom('account_profile as p')
    .innerJoin('auth_user as u', 'u.id', 'p.account')
    .where('p.account', 'in', [...ids])
    .select(accountColumns)
    .orderBy('p.account')
    .forUpdate('p')
    .execute()

export const findAccountId = async (db: Db, username: string): Promise<string | undefined> => {
  const row = await db
    .selectFrom('auth_user')
    .select('id')
    .where('username', '=', username)
    .executeTakeFirst()
  return row?.id
}

/** Account ids by user name; unknown names are missing. */
export const findAccountIds = async (db: Db, usernames: readonly string[]): Promise<Map<string, string>> => {
  if (usernames.length === 0) return new Map()
  const rows = await db
    .selectFrom('auth_user')
    .select(['id', 'username'])
    .where(sql<boolean>`username = any(${[...usernames]})`)
    .execute()
  return new Map(rows.map(({ id, username }) => [username, id]))
}

export const setDisabled = (tx: Db, account: string, disabled: boolean) =>
  tx.updateTable('account_profile').set({ disabled }).where('account', '=', account).execute()

/** Replaces the password by a one-time one and takes the second factor off. */
export const resetCredential = async (
  tx: Db,
  { account, passwordHash, until, now }: { account: string; passwordHash: string; until: Date; now: Date },
): Promise<void> => {
  await tx
    .updateTable('auth_credential')
    .set({ password: passwordHash, updated_at: now })
    .where('user_id', '=', account)
    .where('provider_id', '=', 'credential')
    .execute()
  await tx.deleteFrom('auth_second_factor').where('user_id', '=', account).execute()
  await tx
    .updateTable('auth_user')
    .set({ two_factor_enabled: false, updated_at: now })
    .where('id', '=', account)
    .execute()
  await tx
    .updateTable('account_profile')
    .set({ one_time_until: until })
    .where('account', '=', account)
    .execute()
}

export const clearOneTime = (db: Db, account: string) =>
  db.updateTable('account_profile').set({ one_time_until: null }).where('account', '=', account).execute()

export type NewGrant = {
  id: string
  account: string
  role: Role
  scope: Scope
  unit: string | null
  from: Date
  until: Date | null
  by: string
  reason: string
}

export const insertGrants = async (tx: Db, grants: readonly NewGrant[]): Promise<void> => {
  if (grants.length === 0) return
  await sql`
    insert into account_grant (id, account, role, scope, unit, valid_from, valid_to, granted_by, reason)
    select id, account, role, scope, unit, "from", until, by, reason
    from jsonb_to_recordset(${JSON.stringify(grants)}::jsonb) as g(
      id uuid, account uuid, role text, scope text, unit text, "from" timestamptz, until timestamptz, by text, reason text)
  `.execute(tx)
}

export const findGrant = async (tx: Db, account: string, grant: string, now: Date) => {
  const row = await tx
    .selectFrom('account_grant')
    .selectAll()
    .where('id', '=', grant)
    .where('account', '=', account)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', now)]))
    .executeTakeFirst()
  // Written by `insertGrants` only, whose type is narrower than the columns'.
  return row && { ...row, role: row.role as Role, scope: row.scope as Scope }
}

/** Ends a right; one that has not begun ends where it begins. */
export const endGrant = (
  tx: Db,
  { grant, by, reason, now }: { grant: string; by: string; reason: string; now: Date },
) =>
  tx
    .updateTable('account_grant')
    .set({ valid_to: sql<Date>`greatest(valid_from, ${now})`, revoked_by: by, revoke_reason: reason })
    .where('id', '=', grant)
    .execute()

/** Roles that the account itself holds at some time from `now` on. */
export const rolesHeld = async (db: Db, account: string, now: Date): Promise<Role[]> => {
  const rows = await db
    .selectFrom('account_grant')
    .select('role')
    .distinct()
    .where('account', '=', account)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', now)]))
    .execute()
  return rows.map(({ role }) => role as Role)
}

export type NewDelegation = {
  id: string
  from: string
  to: string
  roles: readonly Role[]
  start: Date
  end: Date
  reason: string
  by: string
}

export const insertDelegation = (tx: Db, one: NewDelegation) =>
  tx
    .insertInto('account_delegation')
    .values({
      id: one.id,
      from_account: one.from,
      to_account: one.to,
      roles: [...one.roles],
      valid_from: one.start,
      valid_to: one.end,
      reason: one.reason,
      started_by: one.by,
    })
    .execute()

export const lockDelegation = (tx: Db, id: string, now: Date) =>
  tx
    .selectFrom('account_delegation')
    .selectAll()
    .where('id', '=', id)
    .where('valid_to', '>', now)
    .forUpdate()
    .executeTakeFirst()

export const closeDelegation = (tx: Db, id: string, by: string, now: Date) =>
  tx
    .updateTable('account_delegation')
    .set({ valid_to: sql<Date>`greatest(valid_from, ${now})`, ended_by: by })
    .where('id', '=', id)
    .execute()

/** Throws away what no longer counts: ended and idle sessions, old challenges, attempts and used codes. */
export const removeStale = async (db: Db, now: Date, idleMs: number): Promise<void> => {
  const ago = (ms: number) => new Date(now.getTime() - ms)
  await db
    .deleteFrom('auth_session')
    .where((eb) => eb.or([eb('expires_at', '<', now), eb('updated_at', '<', ago(idleMs))]))
    .execute()
  await db.deleteFrom('auth_verification').where('expires_at', '<', now).execute()
  await db.deleteFrom('auth_attempt').where('since', '<', ago(3_600_000)).execute()
  await db.deleteFrom('auth_used_code').where('used_at', '<', ago(3_600_000)).execute()
}
