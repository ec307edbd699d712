import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { Content } from './rules/content.ts'
import type { Limit } from './rules/durations.ts'
import type { SearchEntry } from './rules/search.ts'

export type VersionState = 'DRAFT' | 'CHECKED' | 'PUBLISHED' | 'AMENDED' | 'REPEALED'

/** A version without its content: what decides whether it is in force. */
export type VersionHead = {
  id: string
  code: string
  state: VersionState
  from: string | null
  to: string | null
  decisionNo: string | null
  decisionDate: string | null
  author: string
}

export type NewVersion = VersionHead & { content: Content; fieldId: string; publishedAt: Date | null }

export type NewLimit = Limit & { id: string; code: string; author: string; createdAt: Date }

const IN_FORCE_STATES = ['PUBLISHED', 'AMENDED', 'REPEALED'] as const

export const readRevision = async (db: Db): Promise<number> => {
  const row = await db.selectFrom('catalogue_revision').select('revision').executeTakeFirstOrThrow()
  return row.revision
}

/** Taken first by every change: changes to the catalogue are rare, and one at a time keeps the revision true. */
export const raiseRevision = async (tx: Db): Promise<void> => {
  await tx
    .updateTable('catalogue_revision')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .execute()
}

const headColumns = [
  'id',
  'code',
  'state',
  'effective_from as from',
  'effective_to as to',
  'decision_no as decisionNo',
  'decision_date as decisionDate',
  'author',
] as const

// The check constraint on `state` holds exactly the members of the type.
const headOf = (row: Omit<VersionHead, 'state'> & { state: string }): VersionHead => ({
  ...row,
  state: row.state as VersionState,
})

export const listHeads = async (db: Db): Promise<VersionHead[]> => {
  const rows = await db
    .selectFrom('procedure_version')
    .select(headColumns)
    .where('state', 'in', IN_FORCE_STATES)
    .execute()
  return rows.map(headOf)
}

/** Locks one version for a change of state. */
export const lockVersion = async (tx: Db, id: string): Promise<VersionHead | undefined> => {
  const row = await tx
    .selectFrom('procedure_version')
    .select(headColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ? headOf(row) : undefined
}

/** The content of one version; `content_schema` is 1 everywhere, so the stored JSON is what the code wrote. */
export const findContent = async (
  db: Db,
  id: string,
): Promise<{ head: VersionHead; content: Content } | undefined> => {
  const row = await db
    .selectFrom('procedure_version')
    .select([...headColumns, 'content'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { content, ...head } = row
  return { head: headOf(head), content: content as unknown as Content }
}

/** The newest version of each code, published or not: its ids go on in the next version. */
export const findNewest = async (
  db: Db,
  codes: readonly string[],
): Promise<Map<string, { head: VersionHead; content: Content }>> => {
  const rows = await db
    .selectFrom('procedure_version')
    .distinctOn('code')
    .select([...headColumns, 'content'])
    .where('code', '=', sql<string>`any(${codes}::text[])`)
    .orderBy('code')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return new Map(
    rows.map(({ content, ...head }) => [
      head.code,
      { head: headOf(head), content: content as unknown as Content },
    ]),
  )
}

export type EntryRow = SearchEntry & {
  versionId: string
  ministry: string
  agencyText: string | null
  revision: number
  methods: Pick<Content['methods'][number], 'channel' | 'duration'>[]
  firstCase: string | null
  online: boolean
}

/** One row for each version that may be in force: what lists and the search need; the rest of the content stays on disk. */
export const listEntries = async (db: Db): Promise<EntryRow[]> => {
  const { rows } = await sql<EntryRow>`
    select p.code, v.id as "versionId", v.name, p.plain_name as "plainName", p.synonyms, v.field,
      f.name as "fieldName", v.levels, v.ministry, v.agency as "agencyText", p.popularity, p.revision,
      v.methods, v.first_case as "firstCase", v.online,
      concat_ws(' ', v.agency, v.agencies ->> 'search') as agency,
      coalesce((select array_agg(s.situation) from life_situation_procedure s where s.code = p.code), '{}') as situations
    from procedure p
    join procedure_version v on v.code = p.code and v.state in ('PUBLISHED', 'AMENDED', 'REPEALED')
    join procedure_field f on f.id = v.field
    order by p.code`.execute(db)
  return rows
}

export const listLimits = async (db: Db): Promise<(Limit & { code: string })[]> => {
  const rows = await db
    .selectFrom('procedure_limit')
    .select([
      'code',
      'kind',
      'case_id as caseId',
      'channel',
      'amount',
      'unit',
      'decision_no as decisionNo',
      'decision_date as decisionDate',
      'effective_from as from',
      'effective_to as to',
    ])
    .execute()
  // Check constraints hold exactly the members of these types.
  return rows.map((row) => ({
    ...row,
    kind: row.kind as Limit['kind'],
    channel: row.channel as Limit['channel'],
    unit: row.unit as Limit['unit'],
  }))
}

export type VersionListing = VersionHead & { name: string; createdAt: Date }

/** Versions of one procedure, or those that wait for a check or for publication; newest first. */
export const listVersions = async (
  db: Db,
  filter: { code: string } | { states: readonly VersionState[]; limit: number },
): Promise<VersionListing[]> => {
  const query = db
    .selectFrom('procedure_version')
    .select([...headColumns, 'name', 'created_at as createdAt'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
  const rows = await ('code' in filter
    ? query.where('code', '=', filter.code)
    : query.where('state', 'in', filter.states).limit(filter.limit)
  ).execute()
  return rows.map(({ name, createdAt, ...head }) => ({ ...headOf(head), name, createdAt }))
}

/** Every limit a procedure ever had, the newest first within its kind. */
export const listLimitRows = (db: Db, code: string) =>
  db
    .selectFrom('procedure_limit')
    .select([
      'id',
      'kind',
      'case_id as case',
      'channel',
      'amount',
      'unit',
      'decision_no as decisionNo',
      'decision_date as decisionDate',
      'effective_from as effectiveFrom',
      'effective_to as effectiveTo',
    ])
    .where('code', '=', code)
    .orderBy('kind')
    .orderBy(sql`effective_from desc nulls last`)
    .orderBy('id')
    .execute()

export const listMarkRows = (db: Db, code: string) =>
  db
    .selectFrom('procedure_component_mark')
    .select(['component_id as component', 'mandatory', 'reason', 'decided_at as decidedAt'])
    .where('code', '=', code)
    .execute()

export const listMarks = (db: Db): Promise<{ code: string; component: string; mandatory: boolean }[]> =>
  db
    .selectFrom('procedure_component_mark')
    .select(['code', 'component_id as component', 'mandatory'])
    .execute()

export const listSituations = (
  db: Db,
): Promise<{ id: string; title: string; line: string; icon: string; codes: string[] }[]> =>
  sql<{ id: string; title: string; line: string; icon: string; codes: string[] }>`
    select s.id, s.title, s.line, s.icon,
      (select coalesce(array_agg(l.code order by l.position), '{}') from life_situation_procedure l
        where l.situation = s.id) as codes
    from life_situation s order by s.position`
    .execute(db)
    .then((result) => result.rows)

export const listFields = (db: Db): Promise<{ id: string; name: string }[]> =>
  db.selectFrom('procedure_field').select(['id', 'name']).orderBy('name').execute()

const searchTextOf = (content: Content): string =>
  [
    content.competentAuthority,
    content.ministry,
    ...Object.values(content.profiles).flatMap(({ agency }) =>
      agency ? [...agency.units, ...agency.types, agency.text ?? ''] : [],
    ),
  ]
    .filter((part) => part)
    .join(' ')

/** Fields that are not known yet are added by their name. */
export const insertFields = async (
  tx: Db,
  fields: readonly { id: string; name: string }[],
): Promise<void> => {
  await sql`
    insert into procedure_field (id, name)
    select * from unnest(${fields.map((f) => f.id)}::text[], ${fields.map((f) => f.name)}::text[])
    on conflict do nothing`.execute(tx)
}

export const insertProcedures = async (tx: Db, codes: readonly string[]): Promise<void> => {
  await sql`insert into procedure (code) select unnest(${codes}::text[]) on conflict do nothing`.execute(tx)
}

export const insertVersions = async (
  tx: Db,
  versions: readonly NewVersion[],
  schema: number,
  now: Date,
): Promise<void> => {
  const rows = versions.map(({ content, ...version }, index) => ({
    n: index + 1,
    id: version.id,
    code: version.code,
    state: version.state,
    decision_no: version.decisionNo,
    decision_date: version.decisionDate,
    effective_from: version.from,
    effective_to: version.to,
    methods: content.methods.map(({ channel, duration }) => ({ channel, duration })),
    first_case: content.cases[0]?.id ?? null,
    online: content.online.offered,
    name: content.name,
    ministry: content.ministry,
    field: version.fieldId,
    levels: content.levels,
    agency: content.agency,
    agencies: { search: searchTextOf(content), ...content.profiles },
    author: version.author,
    publisher: version.publishedAt ? version.author : null,
    published_at: version.publishedAt,
  }))
  // Contents travel beside the rows: inside one JSON document each would be parsed twice.
  await sql`
    insert into procedure_version (id, code, state, decision_no, decision_date, effective_from, effective_to,
      content_schema, content, methods, first_case, online, name, ministry, field, levels, agency, agencies, author, publisher, created_at, published_at)
    select r.id, r.code, r.state, r.decision_no, r.decision_date, r.effective_from, r.effective_to,
      ${schema}, c.content::jsonb, r.methods, r.first_case, r.online, r.name, r.ministry, r.field, r.levels, r.agency, r.agencies, r.author, r.publisher,
      ${now}, r.published_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      n int, id uuid, code text, state text, decision_no text, decision_date date, effective_from date, effective_to date,
      methods jsonb, first_case text, online boolean, name text, ministry text, field text, levels text[], agency text, agencies jsonb, author text,
      publisher text, published_at timestamptz)
    join unnest(${versions.map((version) => JSON.stringify(version.content))}::text[]) with ordinality as c(content, n)
      on c.n = r.n`.execute(tx)
}

export const updateState = async (
  tx: Db,
  id: string,
  change: {
    state: VersionState
    from?: string
    to?: string
    checker?: string
    publisher?: string
    publishedAt?: Date
    repealDecision?: string
  },
): Promise<void> => {
  await tx
    .updateTable('procedure_version')
    .set({
      state: change.state,
      ...(change.from === undefined ? {} : { effective_from: change.from }),
      ...(change.to === undefined ? {} : { effective_to: change.to }),
      ...(change.checker === undefined ? {} : { checker: change.checker }),
      ...(change.publisher === undefined ? {} : { publisher: change.publisher }),
      ...(change.publishedAt === undefined ? {} : { published_at: change.publishedAt }),
      ...(change.repealDecision === undefined ? {} : { repeal_decision: change.repealDecision }),
    })
    .where('id', '=', id)
    .execute()
}

/** The version whose period is open at its end; the next one begins where it stops. */
export const lockOpenVersion = async (tx: Db, code: string): Promise<VersionHead | undefined> => {
  const row = await tx
    .selectFrom('procedure_version')
    .select(headColumns)
    .where('code', '=', code)
    .where('state', '=', 'PUBLISHED')
    .where('effective_to', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row ? headOf(row) : undefined
}

/** Writes the names when the revision read is still the one stored; the number of rows says whether it was. */
export const updateNames = async (
  tx: Db,
  change: {
    code: string
    revision: number | undefined
    plainName: string | null
    synonyms: readonly string[]
  },
): Promise<number | undefined> => {
  const row = await tx
    .updateTable('procedure')
    .set((eb) => ({
      plain_name: change.plainName,
      synonyms: [...change.synonyms],
      revision: eb('revision', '+', 1),
    }))
    .where('code', '=', change.code)
    .$if(change.revision !== undefined, (query) => query.where('revision', '=', change.revision ?? 0))
    .returning('revision')
    .executeTakeFirst()
  return row?.revision
}

/** Touches a procedure, so that its revision shows the change; also the lock of its changes. */
export const touchProcedure = async (tx: Db, code: string): Promise<number | undefined> => {
  const row = await tx
    .updateTable('procedure')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('code', '=', code)
    .returning('revision')
    .executeTakeFirst()
  return row?.revision
}

/** Ends the running limit of the same kind, case and channel the day the new one begins; history stays. */
export const closeLimit = async (
  tx: Db,
  limit: { code: string; kind: string; caseId: string | null; channel: string | null; from: string },
): Promise<void> => {
  await sql`
    update procedure_limit set effective_to = ${limit.from}
    where code = ${limit.code} and kind = ${limit.kind} and case_id is not distinct from ${limit.caseId}
      and channel is not distinct from ${limit.channel} and effective_to is null
      and (effective_from is null or effective_from < ${limit.from})`.execute(tx)
}

export const insertLimits = async (tx: Db, limits: readonly NewLimit[]): Promise<void> => {
  if (limits.length === 0) return
  await tx
    .insertInto('procedure_limit')
    .values(
      limits.map((limit) => ({
        id: limit.id,
        code: limit.code,
        kind: limit.kind,
        case_id: limit.caseId,
        channel: limit.channel,
        amount: limit.amount,
        unit: limit.unit,
        decision_no: limit.decisionNo,
        decision_date: limit.decisionDate,
        effective_from: limit.from,
        effective_to: limit.to,
        author: limit.author,
        created_at: limit.createdAt,
      })),
    )
    .execute()
}

export const saveMark = async (
  tx: Db,
  mark: { code: string; component: string; mandatory: boolean; reason: string; author: string; at: Date },
): Promise<void> => {
  const { mandatory, reason, author } = mark
  await tx
    .insertInto('procedure_component_mark')
    .values({ code: mark.code, component_id: mark.component, mandatory, reason, author, decided_at: mark.at })
    .onConflict((conflict) =>
      conflict
        .columns(['code', 'component_id'])
        .doUpdateSet({ mandatory, reason, author, decided_at: mark.at }),
    )
    .execute()
}
