import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { predicate } from '#platform/db/policy.ts'
import type { Rule } from '#platform/policy.ts'
import {
  type Account,
  type Delegation,
  type Grant,
  type HeldGrant,
  ROLES,
  type Role,
  SCOPES,
  type Scope,
} from './contract.ts'
import type { Place } from './rules.ts'

const iso = (at: Date | string): string => new Date(at).toISOString()

type AccountRow = Omit<Account, 'passwordChangeDue'> & {
  oneTimeUntil: string | Date | null
  searchName: string
}

const toAccount = ({ oneTimeUntil, searchName: _, ...row }: AccountRow): Account => ({
  ...row,
  passwordChangeDue: oneTimeUntil !== null,
})

/** One row per account with the roles in force; every list of accounts starts here. */
const accounts = (db: Db, now: Date) =>
  db
    .selectFrom('account_profile as p')
    .innerJoin('auth_user as u', 'u.id', 'p.account')
    .select([
      'p.account as id',
      'u.username',
      'p.full_name as name',
      'p.search_name as searchName',
      'p.position',
      'p.unit',
      'p.agency',
      'p.centre',
      'p.counter',
      'p.disabled',
      'u.two_factor_enabled as secondFactor',
      'p.one_time_until as oneTimeUntil',
      sql<Role[]>`array(
        select distinct g.role from account_grant g
        where g.account = p.account and g.valid_from <= ${now} and (g.valid_to is null or g.valid_to > ${now})
        order by g.role)`.as('roles'),
    ])

export type AccountRule = Rule<'unit' | 'agency' | 'centre'>

const among = (rule: AccountRule) =>
  predicate(rule, { unit: sql.ref('p.unit'), agency: sql.ref('p.agency'), centre: sql.ref('p.centre') })

export type AccountFilter = {
  rule: AccountRule
  /** Folded. */
  text: string
  unit?: string
  role?: Role
  after?: string
  limit: number
  now: Date
}

/** The keyset is (name, id), packed as `name|id`; ids hold no bar. */
const cursorOf = (row: AccountRow): string => `${row.searchName}|${row.id}`

const CURSOR = /^(.*)\|([0-9a-f]{8}-[0-9a-f-]{27})$/s

export const listAccounts = async (db: Db, filter: AccountFilter) => {
  const cursor = filter.after?.match(CURSOR)
  const like = `%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows: AccountRow[] = await accounts(db, filter.now)
    .where(among(filter.rule))
    .$if(filter.text !== '', (q) =>
      q.where((eb) => eb.or([eb('p.search_name', 'like', like), eb('u.username', 'like', like)])),
    )
    .$if(filter.unit !== undefined, (q) => q.where('p.unit', '=', filter.unit ?? ''))
    .$if(filter.role !== undefined, (q) =>
      q.where(sql<boolean>`exists (
        select 1 from account_grant g where g.account = p.account and g.role = ${filter.role}
          and g.valid_from <= ${filter.now} and (g.valid_to is null or g.valid_to > ${filter.now}))`),
    )
    .$if(cursor !== undefined && cursor !== null, (q) =>
      q.where(sql<boolean>`(p.search_name, p.account) > (${cursor?.[1]}, ${cursor?.[2]}::uuid)`),
    )
    .orderBy('p.search_name')
    .orderBy('p.account')
    .limit(filter.limit + 1)
    .execute()
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return { items: page.map(toAccount), next: rows.length > page.length && last ? cursorOf(last) : null }
}

export const findAccount = async (
  db: Db,
  { id, rule, now }: { id: string; rule: AccountRule; now: Date },
): Promise<Account | undefined> => {
  const row = await accounts(db, now).where('p.account', '=', id).where(among(rule)).executeTakeFirst()
  return row && toAccount(row)
}

export const labelled = (grant: {
  id: string
  role: Role
  scope: Scope
  unit: string | null
  from: Date | string
  until: Date | string | null
  delegatedBy: { id: string; name: string } | null
}): HeldGrant => ({
  ...grant,
  from: iso(grant.from),
  until: grant.until === null ? null : iso(grant.until),
  roleName: ROLES[grant.role],
  scopeName: SCOPES[grant.scope],
})

/** Rights that have not ended, own and delegated, with who delegated them. */
export const listGrants = async (db: Db, account: string, now: Date): Promise<HeldGrant[]> => {
  const { rows } = await sql<Parameters<typeof labelled>[0]>`
    select id, role, scope, unit, valid_from as "from", valid_to as until, null::json as "delegatedBy"
    from account_grant
    where account = ${account} and (valid_to is null or valid_to > ${now})
    union all
    select g.id, g.role, g.scope, g.unit, greatest(g.valid_from, d.valid_from), least(g.valid_to, d.valid_to),
      json_build_object('id', giver.account, 'name', giver.full_name)
    from account_delegation d
    join account_profile giver on giver.account = d.from_account and not giver.disabled
    join account_grant g on g.account = d.from_account and g.role = any(d.roles)
      and (g.valid_to is null or g.valid_to > ${now})
    where d.to_account = ${account} and d.valid_from <= ${now} and d.valid_to > ${now}
    order by role, scope, unit`.execute(db)
  return rows.map(labelled)
}

/** What `/me` shows beyond the actor, in one row. */
export const getMine = (db: Db, { account, session }: { account: string; session: string }) =>
  db
    .selectFrom('account_profile as p')
    .innerJoin('auth_user as u', 'u.id', 'p.account')
    .innerJoin('auth_session as s', 's.user_id', 'p.account')
    .where('p.account', '=', account)
    .where('s.id', '=', session)
    .select(['p.agency', 'p.one_time_until', 'u.two_factor_enabled', 's.expires_at'])
    .executeTakeFirst()

export const listSessions = async (
  db: Db,
  { account, session, now, idleMs }: { account: string; session: string; now: Date; idleMs: number },
) => {
  const rows = await db
    .selectFrom('auth_session')
    .select(['id', 'created_at', 'updated_at', 'expires_at', 'ip_address', 'user_agent'])
    .where('user_id', '=', account)
    .where('expires_at', '>', now)
    .where('updated_at', '>', new Date(now.getTime() - idleMs))
    .orderBy('updated_at', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    current: row.id === session,
    startedAt: iso(row.created_at),
    lastUsedAt: iso(row.updated_at),
    endsAt: iso(row.expires_at),
    address: row.ip_address || null,
    device: row.user_agent || null,
  }))
}

/** Delegations given or received by the account that have not ended. */
export const listDelegations = async (db: Db, account: string, now: Date): Promise<Delegation[]> => {
  const rows = await db
    .selectFrom('account_delegation as d')
    .innerJoin('account_profile as giver', 'giver.account', 'd.from_account')
    .innerJoin('account_profile as taker', 'taker.account', 'd.to_account')
    .where((eb) => eb.or([eb('d.from_account', '=', account), eb('d.to_account', '=', account)]))
    .where('d.valid_to', '>', now)
    .orderBy('d.valid_from')
    .orderBy('d.id')
    .limit(200)
    .select([
      'd.id',
      'd.roles',
      'd.valid_from',
      'd.valid_to',
      'd.reason',
      'giver.account as giverId',
      'giver.full_name as giverName',
      'taker.account as takerId',
      'taker.full_name as takerName',
    ])
    .execute()
  return rows.map((row) => ({
    id: row.id,
    from: { id: row.giverId, name: row.giverName },
    to: { id: row.takerId, name: row.takerName },
    // Written by `insertDelegation` only, from roles.
    roles: row.roles as Role[],
    start: iso(row.valid_from),
    end: iso(row.valid_to),
    reason: row.reason,
  }))
}

/** Officers whose grant of a role reaches a unit now, by name; `path` holds the unit and the units above it. */
export const officersReaching = async (
  db: Db,
  { role, place, now }: { role: string; place: Place; now: Date },
): Promise<{ id: string; name: string; position: string }[]> => {
  const { rows } = await sql<{ id: string; name: string; position: string }>`
    select p.account as id, p.full_name as name, p.position from account_profile p
    where not p.disabled and exists (
      select from account_grant g where g.account = p.account and g.role = ${role}
        and g.valid_from <= ${now} and (g.valid_to is null or g.valid_to > ${now})
        and (g.scope = 'province' or (g.scope = 'centre' and g.unit = ${place.centre ?? null})
          or (g.scope = 'unit' and g.unit = any(${[place.unit ?? null, ...(place.rooms ?? [])]}::text[]))
          or (g.scope = 'agency' and g.unit = any(${[...(place.agencies ?? [])]}::text[]))))
    order by p.full_name, p.account limit 200`.execute(db)
  return rows
}

/** All rights in force of accounts that are open; held or delegated. */
export const rightsHeld = async (db: Db, now: Date): Promise<(Grant & { account: string })[]> => {
  const { rows } = await sql<Grant & { account: string }>`
    select g.account, g.role, g.scope, g.unit from account_grant g
    join account_profile p on p.account = g.account and not p.disabled
    where g.valid_from <= ${now} and (g.valid_to is null or g.valid_to > ${now})
    union
    select d.to_account, g.role, g.scope, g.unit from account_delegation d
    join account_profile giver on giver.account = d.from_account and not giver.disabled
    join account_profile taker on taker.account = d.to_account and not taker.disabled
    join account_grant g on g.account = d.from_account and g.role = any(d.roles)
      and g.valid_from <= ${now} and (g.valid_to is null or g.valid_to > ${now})
    where d.valid_from <= ${now} and d.valid_to > ${now}`.execute(db)
  return rows
}
