import { type Selectable, sql } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import type { CounterState } from '../rules.ts'

export type CounterRow = Omit<Selectable<Schema['counter_state']>, 'state' | 'help_since'> & {
  state: CounterState
}
export type GroupKind = 'reception' | 'return' | 'cashier' | 'guide'
export type GroupRow = Omit<Selectable<Schema['service_group']>, 'kind' | 'sessions'> & {
  kind: GroupKind
  sessions: 'ALL' | 'MORNING' | 'AFTERNOON'
}

export const groupsOf = (db: Db, centre: string): Promise<GroupRow[]> =>
  db
    .selectFrom('service_group')
    .selectAll()
    .where('centre_id', '=', centre)
    .where('active', '=', true)
    .orderBy('ordinal')
    .$castTo<GroupRow>()
    .execute()

/** The same, and none of them changes its letter or its first number before this transaction ends. */
export const shareGroupsOf = (tx: Tx, centre: string): Promise<GroupRow[]> =>
  tx
    .selectFrom('service_group')
    .selectAll()
    .where('centre_id', '=', centre)
    .where('active', '=', true)
    .orderBy('ordinal')
    .forShare()
    .$castTo<GroupRow>()
    .execute()

export const findGroup = (db: Db, id: string): Promise<GroupRow | undefined> =>
  db.selectFrom('service_group').selectAll().where('id', '=', id).$castTo<GroupRow>().executeTakeFirst()

/** The groups that a counter serves, the heavier first. */
export const groupsOfCounter = async (db: Db, counter: string): Promise<GroupRow[]> => {
  const { rows } = await sql<GroupRow>`select g.* from service_group g
    join service_group_counter c on c.group_id = g.id
    where c.counter_id = ${counter} and g.active order by c.weight desc, g.ordinal`.execute(db)
  return rows
}

export type Served = { group: string; counter: string; weight: number }

export const servedBy = (db: Db, groups: readonly string[]): Promise<Served[]> =>
  groups.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('service_group_counter')
        .select(['group_id as group', 'counter_id as counter', 'weight'])
        .where('group_id', 'in', [...groups])
        .execute()

export const statesOf = (db: Db, centre: string): Promise<CounterRow[]> =>
  db.selectFrom('counter_state').selectAll().where('centre_id', '=', centre).$castTo<CounterRow>().execute()

export const findState = (db: Db, counter: string): Promise<CounterRow | undefined> =>
  db
    .selectFrom('counter_state')
    .selectAll()
    .where('counter_id', '=', counter)
    .$castTo<CounterRow>()
    .executeTakeFirst()

export const lockState = (tx: Tx, counter: string): Promise<CounterRow | undefined> =>
  tx
    .selectFrom('counter_state')
    .selectAll()
    .where('counter_id', '=', counter)
    .forNoKeyUpdate()
    .$castTo<CounterRow>()
    .executeTakeFirst()

export const findOfficer = (db: Db, officer: string): Promise<CounterRow | undefined> =>
  db
    .selectFrom('counter_state')
    .selectAll()
    .where('officer_id', '=', officer)
    .where('state', '<>', 'CLOSED')
    .$castTo<CounterRow>()
    .executeTakeFirst()

/** Writes the whole state; two officers who sit down at once meet on the row, two counters on the index of officers. */
export const putState = (tx: Tx, row: CounterRow) =>
  tx
    .insertInto('counter_state')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('counter_id').doUpdateSet({
        ...{ state: row.state, officer_id: row.officer_id, officer_name: row.officer_name },
        ...{ reason: row.reason, until: row.until, since: row.since },
      }),
    )
    .execute()

export type NewGroup = {
  id: string
  centre: string
  prefix: string
  name: string
  nameEn: string
  ordinal: number
  fields: readonly string[]
  kind: GroupKind
  counters: readonly { counter: string; weight: number }[]
}

export const insertGroups = async (tx: Tx, groups: readonly NewGroup[]): Promise<void> => {
  await sql`insert into service_group (id, centre_id, prefix, name, name_en, ordinal, fields, kind)
    select x.id, x.centre, x.prefix, x.name, x."nameEn", x.ordinal, x.fields, x.kind
    from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) as x(id uuid, centre text, prefix text, name text,
      "nameEn" text, ordinal integer, fields text[], kind text)`.execute(tx)
  const served = groups.flatMap(({ id, counters }) => counters.map((one) => ({ group: id, ...one })))
  await sql`insert into service_group_counter (group_id, counter_id, weight)
    select x."group", x.counter, x.weight
    from jsonb_to_recordset(${JSON.stringify(served)}::jsonb) as x("group" uuid, counter text, weight integer)`.execute(
    tx,
  )
}
