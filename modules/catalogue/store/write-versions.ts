import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { Content } from '../rules/content.ts'
import type { NewVersion } from './versions.ts'

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
