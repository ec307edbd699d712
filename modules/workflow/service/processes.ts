import { hash } from 'node:crypto'
import { v7 as newId } from 'uuid'
import type { Actor, StaffActor } from '#modules/identity/contract.ts'
import { type Db, inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { Refusal, refuse } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { addDays, localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import {
  type getProcess,
  getProcessPositions,
  getProcessVersion,
  type importProcess,
  type listProcesses,
  type ProcessVersion,
  type ProcessVersionDetail,
  publishProcessVersion,
  getProcess as readProcess,
  type WorkflowEvent,
  withdrawProcessVersion,
} from '../contract.ts'
import {
  callProblems,
  compileProcess,
  type Problem,
  type ProcessGraph,
  standardKey,
  standardProcess,
  totalHours,
  warningsOf,
} from '../rules.ts'
import * as store from '../store/processes.ts'
import { eventActor, type WorkflowDeps } from './deps.ts'
import type { GraphCache } from './graphs.ts'
import { ROLE_SET } from './roles.ts'

const toVersion = (row: store.VersionRow): ProcessVersion => ({
  id: row.id,
  key: row.process_key,
  version: row.version,
  title: row.title,
  state: row.state as ProcessVersion['state'], // held to these three by the table's check
  stepCount: row.step_count,
  totalHours: row.total_hours,
  limitHours: row.limit_hours,
  decisionNumber: row.decision_number,
  createdAt: toLocalIso(row.created_at),
  createdBy: row.created_by_name,
  approvedBy: row.approved_by_name,
  publishedAt: row.published_at && toLocalIso(row.published_at),
  effectiveFrom: row.effective_from,
  effectiveTo: row.effective_to,
})

/** The processes that one calls, and those that these call, in their versions of a day. */
async function calledGraphs(
  tx: Tx,
  graph: ProcessGraph,
  { graphsOf, day }: Pick<GraphCache, 'graphsOf'> & { day: string },
): Promise<Map<string, ProcessGraph>> {
  const found = new Map<string, ProcessGraph>()
  let keys = [...graph.calls]
  while (keys.length > 0) {
    const versions = await store.versionsInForce(tx, keys, day)
    const graphs = await graphsOf(tx, [...versions.values()])
    for (const [key, version] of versions) {
      const called = graphs.get(version)
      if (called) found.set(key, called)
    }
    keys = [...found.values()].flatMap(({ calls }) => calls.filter((key) => !found.has(key)))
    if (versions.size === 0) break
  }
  return found
}

/** One code per kind of trouble: a file that is none, elements that are not supported, a drawing that is wrong. */
function refuseProblems(problems: readonly Problem[]): never {
  const count = problems.length
  const unsupported = problems.filter(({ code }) => code === 'unsupported-element')
  const words = problems.map(({ vi }) => vi).join(' ')
  const english = problems.map(({ en }) => en).join(' ')
  if (unsupported.length > 0) {
    const elements = unsupported.map(({ element }) => ({ ...element }))
    const named = elements.map(({ type, name, id }) => `${type} “${name}” (${id})`).join(', ')
    throw refusal('workflow.unsupported-elements', {
      count: elements.length,
      named,
      elements,
      problems: [...problems],
    })
  }
  const unreadable = problems.some(({ code }) => code === 'unreadable')
  const code = unreadable ? 'workflow.process-unreadable' : 'workflow.process-invalid'
  throw refusal(code, { count, words, english, problems: [...problems] })
}

const refusal = (code: (typeof importProcess)['errors'][number], details: Record<string, unknown>) =>
  new Refusal(code, details)

const STANDARD = 'Quy trình chuẩn'

type ProcessEvent = Extract<WorkflowEvent, { data: { key: string } }>

const contentHash = (xml: string): Buffer => hash('sha256', xml, 'buffer')

const assertProcessAdmin = (actor: StaffActor): void => {
  if (!actor.grants.some(({ role }) => role === 'PROCESS_ADMIN')) throw new Refusal('platform.forbidden')
}

export function createProcesses(
  { db, log, clock, fourEyes, agencies, operations }: WorkflowDeps,
  { graphsOf }: GraphCache,
) {
  const event = (
    type: ProcessEvent['type'],
    actor: Actor,
    version: { id: string; key: string; version: number },
    at: Date,
  ) => ({
    type,
    at,
    actor: eventActor(actor),
    subject: { kind: 'process-version', id: version.id },
    data: { key: version.key, version: version.version } satisfies ProcessEvent['data'],
  })

  async function detailOf(on: Db, row: store.VersionWithXml): Promise<ProcessVersionDetail> {
    const graph = (await graphsOf(on, [row.id])).get(row.id)
    const steps = (graph?.steps ?? []).map(
      (step) =>
        ({
          ...step,
          requires: [...step.requires],
          canReturnTo: [...step.canReturnTo],
          decisions: [...step.decisions],
        }) as ProcessVersionDetail['steps'][number], // the compiler held its role to the list of roles
    )
    const warnings = (graph ? warningsOf(graph) : []).map(({ code, vi, en }) => ({ code, vi, en }))
    return { ...toVersion(row), steps, warnings, xml: row.xml }
  }

  const getDetail = async (on: Db, id: string): Promise<ProcessVersionDetail> =>
    detailOf(
      on,
      (await store.findVersionWithXml(on, id)) ?? refuse(getProcessVersion, 'workflow.process-not-found'),
    )

  /** Adds a draft unless the same file is there already; the process' row is locked, so versions have no gap. */
  async function addDraft(
    tx: Tx,
    key: string,
    xml: string,
    graph: ProcessGraph,
    actor: Actor,
  ): Promise<string> {
    const at = clock.now()
    const title = graph.name === '' ? key : graph.name
    await store.lockProcess(tx, { key, title, createdAt: at })
    const same = await store.findVersionByContent(tx, key, contentHash(xml))
    if (same) return same.id
    const id = newId()
    const { id: by, name } = eventActor(actor)
    await store.insertDraft(tx, {
      id,
      key,
      title,
      xml,
      contentHash: contentHash(xml),
      stepCount: graph.steps.length,
      totalHours: totalHours(graph),
      limitHours: graph.limitHours,
      createdAt: at,
      createdBy: { id: by ?? 'system', name },
    })
    const row = await store.findVersion(tx, id)
    if (row) await log.append(tx, [event('process-imported', actor, toVersion(row), at)])
    return id
  }

  async function publish(tx: Tx, version: ProcessVersion, publication: store.Publication, actor: Actor) {
    await store.markPublished(tx, version.id, publication)
    await log.append(tx, [event('process-published', actor, version, publication.at)])
  }

  const optionsNow = async () => ({
    roles: ROLE_SET,
    agencies: await agencies(),
    operations: new Set(Object.keys(operations)),
  })

  async function compileOrRefuse(xml: string): Promise<ProcessGraph> {
    const compiled = await compileProcess(xml, await optionsNow())
    return compiled.ok ? compiled.graph : refuseProblems(compiled.problems)
  }

  /** Asked again when published: units and the called processes may have changed since the drawing came in. */
  async function assertStandsNow(tx: Tx, key: string, xml: string): Promise<void> {
    const graph = await compileOrRefuse(xml)
    const called = await calledGraphs(tx, graph, { graphsOf, day: localDateOf(clock.now()) })
    const problems = callProblems(key, graph, called)
    if (problems.length > 0) refuseProblems(problems)
  }

  /** By the system itself: reference data and the demo province. */
  async function publishAtOnce(
    tx: Tx,
    { key, xml, graph }: { key: string; xml: string; graph: ProcessGraph },
    { effectiveFrom, decision }: { effectiveFrom: string; decision: string },
  ): Promise<void> {
    const actor: Actor = { kind: 'system', name: STANDARD }
    const id = await addDraft(tx, key, xml, graph, actor)
    const row = await store.lockVersion(tx, id)
    if (row?.state !== 'draft') return
    const approvedBy = { id: 'system', name: STANDARD }
    const publication = { decisionNumber: decision, approvedBy, at: clock.now(), effectiveFrom }
    await publish(tx, toVersion(row), publication, actor)
  }

  return {
    importProcess: async (
      { xml, key }: { xml: string; key?: string | undefined },
      actor: StaffActor,
    ): Promise<Output<typeof importProcess>> => {
      assertProcessAdmin(actor)
      const graph = await compileOrRefuse(xml)
      return await inTransaction(db, async (tx) =>
        getDetail(tx, await addDraft(tx, key ?? graph.id, xml, graph, actor)),
      )
    },

    listProcesses: async ({
      q,
      after,
      limit,
    }: Input<typeof listProcesses>): Promise<Output<typeof listProcesses>> => {
      const rows = await store.listNewestVersions(db, { q, after, limit: limit + 1 })
      const items = rows.slice(0, limit).map(toVersion)
      return { items, next: rows.length > limit ? (items.at(-1)?.key ?? null) : null }
    },

    getProcess: async ({ key }: Input<typeof getProcess>): Promise<Output<typeof getProcess>> => {
      const versions = await store.versionsOf(db, key)
      const inForce = await store.versionsInForce(db, [key], localDateOf(clock.now()))
      const id = inForce.get(key) ?? versions[0]?.id ?? refuse(readProcess, 'workflow.process-not-found')
      const current = await getDetail(db, id)
      return { key, title: current.title, current, versions: versions.map(toVersion) }
    },

    getProcessVersion: ({ id }: Input<typeof getProcessVersion>): Promise<Output<typeof getProcessVersion>> =>
      getDetail(db, id),

    getProcessPositions: async ({
      id,
    }: Input<typeof getProcessPositions>): Promise<Output<typeof getProcessPositions>> => {
      if (!(await store.findVersion(db, id))) refuse(getProcessPositions, 'workflow.process-not-found')
      return { items: await store.positionsIn(db, id) }
    },

    publishProcessVersion: async (
      { id, decisionNumber, effectiveFrom }: Input<typeof publishProcessVersion>,
      actor: StaffActor,
    ): Promise<Output<typeof publishProcessVersion>> => {
      assertProcessAdmin(actor)
      return await inTransaction(db, async (tx) => {
        const row =
          (await store.lockVersion(tx, id)) ?? refuse(publishProcessVersion, 'workflow.process-not-found')
        const version = toVersion(row)
        if (version.state !== 'draft')
          refuse(publishProcessVersion, 'workflow.not-a-draft', { version: row.version, state: row.state })
        if (fourEyes && row.created_by === actor.id) refuse(publishProcessVersion, 'workflow.four-eyes')
        const source = await store.findVersionWithXml(tx, id)
        if (source) await assertStandsNow(tx, version.key, source.xml)
        const approvedBy = { id: actor.id, name: actor.name }
        await publish(tx, version, { decisionNumber, approvedBy, at: clock.now(), effectiveFrom }, actor)
        return await getDetail(tx, id)
      }).catch((error: unknown) => {
        if (violates(error, 'process_version_in_force'))
          return refuse(publishProcessVersion, 'workflow.effective-date-taken', { date: effectiveFrom })
        throw error
      })
    },

    withdrawProcessVersion: async (
      { id }: Input<typeof withdrawProcessVersion>,
      actor: StaffActor,
    ): Promise<Output<typeof withdrawProcessVersion>> => {
      assertProcessAdmin(actor)
      return await inTransaction(db, async (tx) => {
        const row =
          (await store.lockVersion(tx, id)) ?? refuse(withdrawProcessVersion, 'workflow.process-not-found')
        if (row.state !== 'published') refuse(withdrawProcessVersion, 'workflow.not-published')
        const at = clock.now()
        await store.markWithdrawn(tx, id, at, addDays(localDateOf(at), -1))
        await log.append(tx, [event('process-withdrawn', actor, toVersion(row), at)])
        return await getDetail(tx, id)
      })
    },

    /** The published version of each process that is in force on a day, by key; keys without one are absent. */
    versionsInForce: (on: Db, keys: readonly string[], day: string): Promise<Map<string, string>> =>
      store.versionsInForce(on, keys, day),

    /**
     * Publishes processes of single procedures that have none yet, in force from `effectiveFrom`. One whose agencies this
     * province does not have is left out; anything else that is wrong with one is refused. Answers the keys in force.
     */
    ensureProcesses: async (
      drawings: readonly { key: string; xml: string }[],
      { effectiveFrom, decision }: { effectiveFrom: string; decision: string },
    ): Promise<string[]> => {
      const options = await optionsNow()
      const compiled = await Promise.all(
        drawings.map(async (one) => ({ ...one, compiled: await compileProcess(one.xml, options) })),
      )
      const fitting = compiled.flatMap(({ compiled: result, ...one }) => {
        if (result.ok) return [{ ...one, graph: result.graph }]
        const elsewhere = result.problems.every(({ code }) => code === 'unknown-agency')
        return elsewhere ? [] : refuseProblems(result.problems)
      })
      return await inTransaction(db, async (tx) => {
        const known = await store.findPublishedKeys(
          tx,
          fitting.map(({ key }) => key),
        )
        for (const { key, xml, graph } of fitting)
          if (!known.has(key)) await publishAtOnce(tx, { key, xml, graph }, { effectiveFrom, decision })
        return fitting.map(({ key }) => key)
      })
    },

    /**
     * Publishes the standard process of each limit (working hours; null for procedures without one) that has none yet, in
     * force from `effectiveFrom`. Answers with the process key of each limit.
     */
    ensureStandardProcesses: (
      limits: readonly (number | null)[],
      effectiveFrom: string,
    ): Promise<Map<number | null, string>> =>
      inTransaction(db, async (tx) => {
        const keys = new Map(limits.map((limit) => [limit, standardKey(limit)]))
        const known = await store.findPublishedKeys(tx, [...keys.values()])
        for (const [limitHours, key] of keys) {
          if (known.has(key)) continue
          const name = limitHours === null ? STANDARD : `${STANDARD} ${limitHours} giờ làm việc`
          const xml = await standardProcess({ limitHours, name })
          const graph = await compileOrRefuse(xml)
          await publishAtOnce(tx, { key, xml, graph }, { effectiveFrom, decision: STANDARD })
        }
        return keys
      }),
  }
}
