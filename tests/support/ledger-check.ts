import path from 'node:path'
import pg from 'pg'
import { readAnchors } from '#platform/log/anchors.ts'
import { loadPublicKey, publicKeyFile } from '#platform/log/signing-key.ts'
import { verifyLog } from '#platform/log/verify/verify.ts'
import { reportLines } from '#platform/log/verify/words.ts'
import { isAcknowledged, type Recorded } from './ledger.ts'

export type Checked = { lost: string[]; ghosts: string[]; broken: string[]; dossiers: number; events: number }

/** Each gives the rows that must not exist. */
const IMPOSSIBLE: Readonly<Record<string, string>> = {
  'a number of a day is missing or the counter is elsewhere': `
    select c.identifier, c.day, c.last, count(d.id) as used, max(right(d.code, 4)::integer) as highest
    from dossier_code_counter c
    left join dossier d on d.code like c.identifier || '-' || to_char(c.day, 'YYMMDD') || '-%'
    group by c.identifier, c.day, c.last
    having count(d.id) <> c.last or count(distinct d.code) <> c.last
      or max(substring(d.code from '[0-9]+$')::integer) <> c.last`,
  'a number of a book is missing or given twice': `
    select c.centre, c.year, c.last, count(d.id) as used
    from dossier_book_counter c left join dossier d on d.receiving_centre = c.centre
    group by c.centre, c.year, c.last
    having count(d.id) <> c.last or count(distinct d.book_number) <> c.last or max(d.book_number) <> c.last`,
  'a number of the register of results is missing or given twice': `
    select c.unit, c.year, c.last from result_number_counter c
    left join dossier_result r on r.unit = c.unit and r.year = c.year
    group by c.unit, c.year, c.last
    having count(r.id) <> c.last or max(r.number::integer) <> c.last`,
  'a dossier without papers': `
    select code from dossier d where not exists (select from dossier_component c where c.dossier_id = d.id)`,
  'a dossier without exactly one beginning': `
    select d.code from dossier d
    left join event e on e.subject_kind = 'dossier' and e.subject_id = d.id::text and e.type = 'dossier-accepted'
    group by d.code having count(e.id) <> 1`,
  'a dossier without exactly one process': `
    select d.code from dossier d left join process_instance i on i.subject_id = d.id
    group by d.code having count(i.id) <> 1`,
  'a process that is not where its dossier is': `
    select d.code, d.state, i.ended_as from dossier d join process_instance i on i.subject_id = d.id
    where (d.state = 'RETURNED') <> (i.ended_at is not null)`,
  'not exactly one open step in a running process, or one in an ended process': `
    select d.code, d.state from dossier d
    left join task t on t.subject_id = d.id and t.state in ('open', 'claimed')
    group by d.code, d.state having count(t.id) <> (case when d.state = 'RETURNED' then 0 else 1 end)`,
  'a token that is not where its open step is': `
    select t.id from task t join process_token k on k.id = t.token_id
    where t.state in ('open', 'claimed') and (k.node_id <> t.step_id or k.state <> 'active')`,
  'a finished step without exactly one event, or an event without its finished step': `
    select t.id, t.state from task t
    left join (select body::jsonb -> 'data' ->> 'task' as task from event
      where type not in ('task-claimed', 'task-released', 'task-reassigned') and body::jsonb -> 'data' ? 'task') e
      on e.task = t.id::text
    where t.action <> 'return'
    group by t.id, t.state
    having count(e.task) <> (case when t.state = 'done' then 1 else 0 end)`,
  'a state without its result, or a result without its state': `
    select d.code, d.state from dossier d
    where (d.state in ('COMPLETED', 'RETURNED')) <> exists (select from dossier_result r where r.dossier_id = d.id)
      or (d.state in ('COMPLETED', 'RETURNED')) <> (d.completed_at is not null)`,
  'a state without its hand-over, or a hand-over without its state': `
    select d.code, d.state from dossier d
    where (d.state = 'RETURNED') <> exists (select from dossier_handover h where h.dossier_id = d.id)
      or (d.state = 'RETURNED') <> (d.returned_at is not null)`,
  'papers, steps, processes, results or events of no dossier': `
    select subject_id::text from task where subject_id not in (select id from dossier)
    union all select subject_id::text from process_instance where subject_id not in (select id from dossier)
    union all select subject_id from event where subject_kind = 'dossier'
      and subject_id not in (select id::text from dossier)`,
  'a kept answer without its dossier': `
    select i.key from idempotency i where not exists (select from dossier d where d.code = i.answer::jsonb ->> 'code')`,
}

/** What a state becomes by an event; `undefined` where the event may not happen. Written apart from the server's own chart. */
const STEPS = [
  'dossier-transferred',
  'dossier-assigned',
  'dossier-appraised',
  'dossier-reviewed',
  'dossier-approved',
]
const stateAfter = (state: string | undefined, type: string): string | undefined => {
  if (type === 'dossier-accepted') return state === undefined ? 'ACCEPTED' : undefined
  const running = state === 'ACCEPTED' || state === 'PROCESSING'
  if (STEPS.includes(type)) return running ? 'PROCESSING' : undefined
  if (type === 'result-issued') return running ? 'COMPLETED' : undefined
  if (type === 'result-returned') return state === 'COMPLETED' ? 'RETURNED' : undefined
  return undefined
}

type StateRow = { id: string; code: string; state: string; version: number; note: string; pin: string }
type EventRow = { subject_id: string; type: string; said: string | null; task: string | null }

const replay = (dossiers: readonly StateRow[], events: readonly EventRow[]): string[] => {
  const bySubject = Map.groupBy(events, (event) => event.subject_id)
  return dossiers.flatMap(({ id, code, state, version }) => {
    const own = bySubject.get(id) ?? []
    let replayed: string | undefined
    for (const { type, said } of own) {
      replayed = stateAfter(replayed, type)
      if (replayed === undefined || replayed !== said)
        return [`${code}: ${type} leads to ${replayed}, the event says ${said}`]
    }
    if (replayed !== state) return [`${code}: its events lead to ${replayed}, it is ${state}`]
    return own.length === version ? [] : [`${code}: version ${version} after ${own.length} events`]
  })
}

/** Compares what was acknowledged with what is there, and what is there with itself. */
export const checkAgainstLedger = async (
  url: string,
  dataDir: string,
  ledger: readonly Recorded[],
): Promise<Checked> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Tables this fresh have no statistics, and a nested loop over parsed bodies takes half a minute for a thousand steps.
    await client.query('set enable_nestloop = off')
    const { rows: dossiers } = await client.query<StateRow>(
      'select id::text, code, state, version, note, pin from dossier',
    )
    const { rows: events } = await client.query<EventRow>(
      `select subject_id, type, body::jsonb -> 'data' ->> 'state' as said, body::jsonb -> 'data' ->> 'task' as task
       from event where subject_kind = 'dossier' and type not in ('task-claimed', 'personal-data-read')
       order by position nulls last, waiting_since, id`,
    )
    const broken = replay(dossiers, events)
    for (const [what, query] of Object.entries(IMPOSSIBLE)) {
      const { rows } = await client.query(`${query} limit 5`)
      if (rows.length > 0) broken.push(`${what}: ${JSON.stringify(rows)}`)
    }
    const log = await verifyLog({
      url,
      keys: [await loadPublicKey(publicKeyFile(path.join(dataDir, 'keys')))],
      anchors: await readAnchors(dataDir),
    })
    if (log.findings.length > 0) broken.push(...reportLines(log))
    return { ...compare(ledger, dossiers, events), broken, dossiers: dossiers.length, events: log.events }
  } finally {
    await client.end()
  }
}

const compare = (
  ledger: readonly Recorded[],
  dossiers: readonly StateRow[],
  events: readonly EventRow[],
): { lost: string[]; ghosts: string[] } => {
  const lost: string[] = []
  const ghosts: string[] = []
  const byNote = Map.groupBy(dossiers, ({ note }) => note)
  const byCode = new Map(dossiers.map((dossier) => [dossier.code, dossier]))
  const moved = Map.groupBy(
    events.filter(({ task }) => task !== null),
    ({ task }) => task,
  )
  const returned = new Set(
    events.filter(({ type }) => type === 'result-returned').map((one) => one.subject_id),
  )
  const sent = new Set(ledger.map(({ key }) => key))
  for (const [note, found] of byNote) {
    if (!sent.has(note)) ghosts.push(`never sent: ${found.map(({ code }) => code).join(', ')}`)
    if (found.length > 1)
      ghosts.push(`${found.length} dossiers of one request: ${found.map(({ code }) => code)}`)
  }
  for (const request of ledger.filter(isAcknowledged)) {
    const answer: { code: string; pin?: string } = JSON.parse(request.answers[0]?.body ?? '{}')
    const dossier = byCode.get(answer.code)
    if (request.does === 'intake') {
      if (dossier?.note !== request.key || dossier.pin !== answer.pin) lost.push(`intake ${answer.code}`)
    } else if (request.does === 'complete') {
      const task = request.path.split('/')[2] ?? ''
      const found = moved.get(task)?.length ?? 0
      if (found === 0) lost.push(`step ${task} of ${answer.code}`)
      if (found > 1) ghosts.push(`step ${task} of ${answer.code} was done ${found} times`)
    } else if (!dossier || !returned.has(dossier.id)) lost.push(`hand-over of ${answer.code}`)
  }
  return { lost, ghosts }
}
