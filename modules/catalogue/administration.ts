import { isDeepStrictEqual } from 'node:util'
import { v7 } from 'uuid'
import type { Actor } from '#modules/identity/contract.ts'
import { holds } from '#modules/identity/rules.ts'
import type { Clock } from '#platform/clock/clock.ts'
import { type Db, inTransaction, violates } from '#platform/db/connect.ts'
import { Refusal, refuse } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { EventLog, JsonObject } from '#platform/log/log.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import * as contract from './contract.ts'
import type { CatalogueMemory } from './memory.ts'
import type { Reading } from './reading.ts'
import { CONTENT_SCHEMA, type Content } from './rules/content.ts'
import { durationFor, totalProcessHours } from './rules/durations.ts'
import { fieldIdOf, fieldsOf, parseImport } from './rules/import.ts'
import { normalise } from './rules/normalise.ts'
import { ProcedureRecord } from './rules/record.ts'
import * as store from './store.ts'
import { detailOf } from './views.ts'

const ACTOR_NAMES = { public: 'Người dân', system: 'Hệ thống' } as const

const eventActor = (actor: Actor): { kind: Actor['kind']; id: string | null; name: string } =>
  actor.kind === 'staff'
    ? { kind: 'staff', id: actor.id, name: actor.name }
    : { kind: actor.kind, id: null, name: actor.kind === 'system' ? actor.name : ACTOR_NAMES.public }

const authorOf = (actor: Actor): string => (actor.kind === 'staff' ? actor.id : actor.kind)

const assertAdmin = (actor: Actor): void => {
  if (actor.kind !== 'system' && !holds(actor, 'CATALOG_ADMIN')) throw new Refusal('platform.forbidden')
}

/** Where a record was read is no change of what it says. */
const sameContent = (a: Content, b: Content): boolean =>
  isDeepStrictEqual({ ...a, source: null }, { ...b, source: null })

type AdministrationDeps = {
  db: Db
  log: Pick<EventLog, 'append'>
  clock: Clock
  memory: CatalogueMemory
  versionOn: Reading['versionOn']
  getVersion: Reading['getVersion']
}

/** What administrators of the catalogue do: each change is one transaction with its event. */
export const createAdministration = ({
  db,
  log,
  clock,
  memory,
  versionOn,
  getVersion,
}: AdministrationDeps) => {
  const today = (): string => localDateOf(clock.now())

  const change = async <T>(work: (tx: Db) => Promise<T>): Promise<T> => {
    const result = await inTransaction(db, async (tx) => {
      await store.raiseRevision(tx)
      return work(tx)
    })
    memory.forget()
    return result
  }

  type Change = { type: contract.CatalogueEventType; code: string; data: JsonObject }
  const record = (tx: Db, actor: Actor, changes: readonly Change[]): Promise<unknown> =>
    log.append(
      tx,
      changes.map(({ type, code, data }) => ({
        type,
        at: clock.now(),
        actor: eventActor(actor),
        subject: { kind: 'procedure', id: code },
        data,
      })),
    )

  const rowOf = (
    { id, code, name, state, decisionNo, decisionDate, from, to, author, createdAt }: store.VersionListing,
    actor: Actor,
  ): contract.VersionRow => ({
    ...{ id, code, name, state, decisionNo, decisionDate, effectiveFrom: from, effectiveTo: to },
    createdAt: createdAt.toISOString(),
    mine: author === authorOf(actor),
  })

  const administrationOf = async (
    { code }: Input<typeof contract.getProcedureAdministration>,
    actor: Actor,
  ): Promise<Output<typeof contract.getProcedureAdministration>> => {
    assertAdmin(actor)
    const [versions, limits, marks] = await Promise.all([
      store.listVersions(db, { code }),
      store.listLimitRows(db, code),
      store.listMarkRows(db, code),
    ])
    if (versions.length === 0)
      return refuse(contract.getProcedureAdministration, 'catalogue.unknown-procedure', { code })
    const { limits: shape } = contract.getProcedureAdministration.output.shape
    return {
      versions: versions.map((version) => rowOf(version, actor)),
      // Check constraints hold exactly the members of these types; parsing says so to the compiler.
      limits: shape.parse(limits),
      marks: marks.map((mark) => ({ ...mark, decidedAt: mark.decidedAt.toISOString() })),
    }
  }

  const inPreparation = async (
    { limit }: Input<typeof contract.listVersionsInPreparation>,
    actor: Actor,
  ): Promise<Output<typeof contract.listVersionsInPreparation>> => {
    assertAdmin(actor)
    const versions = await store.listVersions(db, { states: ['DRAFT', 'CHECKED'], limit })
    return { items: versions.map((version) => rowOf(version, actor)) }
  }

  const readVersion = async (
    { id }: Input<typeof contract.getProcedureVersion>,
    actor: Actor,
  ): Promise<contract.ProcedureDetail> => {
    assertAdmin(actor)
    const version = await getVersion(id)
    const snapshot = await memory.current()
    return detailOf(version, snapshot.on(today()).entries.get(version.code), snapshot)
  }

  const editNames = async (
    { code, version, plainName, synonyms }: Input<typeof contract.editProcedureNames>,
    actor: Actor,
  ): Promise<Output<typeof contract.editProcedureNames>> => {
    assertAdmin(actor)
    if (!(await memory.current()).versions.has(code)) {
      refuse(contract.editProcedureNames, 'catalogue.unknown-procedure', { code })
    }
    return change(async (tx) => {
      const revision = await store.updateNames(tx, { code, revision: version, plainName, synonyms })
      if (revision === undefined) return refuse(contract.editProcedureNames, 'catalogue.stale', { code })
      await record(tx, actor, [
        { type: 'procedure-names-edited', code, data: { plainName, synonyms: [...synonyms] } },
      ])
      return { code, revision }
    })
  }

  const setLimit = async (
    input: Input<typeof contract.setProcedureLimit>,
    actor: Actor,
    idempotency?: Idempotency,
  ): Promise<Output<typeof contract.setProcedureLimit>> => {
    assertAdmin(actor)
    const operation = contract.setProcedureLimit
    const { code, kind, channel, amount, unit, decisionNo, decisionDate, effectiveFrom } = input
    const snapshot = await memory.current()
    const head = snapshot.versions.get(code)?.at(-1)
    if (!head) return refuse(operation, 'catalogue.unknown-procedure', { code })
    const version = await versionOn(snapshot, head, effectiveFrom)
    if (input.case !== null && !version.content.cases.some((one) => one.id === input.case)) {
      return refuse(operation, 'catalogue.unknown-case', { code, case: input.case })
    }
    if (kind === 'LOCAL') {
      const caseId = input.case ?? version.content.cases[0]?.id ?? ''
      const statutory = durationFor(version, caseId, channel ?? 'direct')?.statutory
      if (statutory && totalProcessHours({ amount, unit }) > totalProcessHours(statutory)) {
        const words = `${statutory.amount} ${statutory.unit}`
        return refuse(operation, 'catalogue.limit-not-shorter', { statutory: words })
      }
    }
    const limit = { code, kind, caseId: input.case, channel, from: effectiveFrom }
    try {
      return await change(async (tx) => {
        const revision = (await store.touchProcedure(tx, code)) ?? 1
        await store.closeLimit(tx, limit)
        await store.insertLimits(tx, [
          {
            ...limit,
            id: v7(),
            amount,
            unit,
            decisionNo,
            decisionDate,
            to: null,
            author: authorOf(actor),
            createdAt: clock.now(),
          },
        ])
        await record(tx, actor, [
          {
            type: 'procedure-limit-set',
            code,
            data: {
              kind,
              case: input.case,
              channel,
              amount,
              unit,
              decisionNo,
              decisionDate,
              effectiveFrom,
            },
          },
        ])
        await idempotency?.remember(tx, { code, revision })
        return { code, revision }
      })
    } catch (error) {
      if (violates(error, 'procedure_limit_one_in_force')) {
        return refuse(operation, 'catalogue.limit-overlaps', { code })
      }
      throw error
    }
  }

  const markComponent = async (
    { code, component, mandatory, reason }: Input<typeof contract.markComponent>,
    actor: Actor,
  ): Promise<Output<typeof contract.markComponent>> => {
    assertAdmin(actor)
    const snapshot = await memory.current()
    const heads = snapshot.versions.get(code)
    if (!heads) return refuse(contract.markComponent, 'catalogue.unknown-procedure', { code })
    const versions = await Promise.all(heads.map((head) => versionOn(snapshot, head, today())))
    const known = versions.some((version) =>
      version.content.cases.some((one) => one.components.some((item) => item.id === component)),
    )
    if (!known) return refuse(contract.markComponent, 'catalogue.unknown-component', { code, component })
    return change(async (tx) => {
      const revision = (await store.touchProcedure(tx, code)) ?? 1
      await store.saveMark(tx, {
        code,
        component,
        mandatory,
        reason,
        author: authorOf(actor),
        at: clock.now(),
      })
      await record(tx, actor, [
        { type: 'procedure-component-marked', code, data: { component, mandatory, reason } },
      ])
      return { code, revision }
    })
  }

  /** Writes drafts for records; what says the same as the newest version is left alone. */
  const writeDrafts = async (
    tx: Db,
    actor: Actor,
    records: readonly { record: ProcedureRecord; decisionNo: string | null; decisionDate: string | null }[],
  ): Promise<Map<string, string>> => {
    const newest = await store.findNewest(
      tx,
      records.map((item) => item.record.code),
    )
    const drafts = records.flatMap(({ record: source, decisionNo, decisionDate }): store.NewVersion[] => {
      const before = newest.get(source.code)
      const content = normalise(source, before?.content)
      if (before && before.head.decisionNo === decisionNo && sameContent(before.content, content)) return []
      return [
        {
          id: v7(),
          code: source.code,
          state: 'DRAFT',
          from: null,
          to: null,
          decisionNo,
          decisionDate,
          author: authorOf(actor),
          content,
          fieldId: fieldIdOf(source.field),
          publishedAt: null,
        },
      ]
    })
    await store.insertFields(
      tx,
      drafts.map(({ fieldId, content }) => ({ id: fieldId, name: content.field })),
    )
    await store.insertProcedures(
      tx,
      drafts.map((draft) => draft.code),
    )
    await store.insertVersions(tx, drafts, CONTENT_SCHEMA, clock.now())
    await record(
      tx,
      actor,
      drafts.map(({ id, code, decisionNo }) => ({
        type: 'procedure-version-drafted',
        code,
        data: { version: id, decisionNo },
      })),
    )
    return new Map(drafts.map((draft) => [draft.code, draft.id]))
  }

  const draft = async (
    input: Input<typeof contract.draftVersion>,
    actor: Actor,
    idempotency?: Idempotency,
  ): Promise<Output<typeof contract.draftVersion>> => {
    assertAdmin(actor)
    const source = ProcedureRecord.safeParse({ ...input.record, code: input.code })
    if (!source.success) {
      const fields = fieldsOf(source.error).map((field) => ({
        ...field,
        code: 'invalid',
        path: `record.${field.path}`,
      }))
      return refuse(contract.draftVersion, 'platform.invalid-input', { fields })
    }
    const { decisionNo, decisionDate } = input
    const { code } = source.data
    // Drafts are nobody's business but the administrators': the catalogue in memory stays.
    return inTransaction(db, async (tx) => {
      await writeDrafts(tx, actor, [{ record: source.data, decisionNo, decisionDate }])
      // Nothing new to say: the newest version is the answer.
      const newest = (await store.findNewest(tx, [code])).get(code)
      if (!newest) throw new Error(`No version of ${code} was written`)
      const answer = { id: newest.head.id, code, state: newest.head.state }
      await idempotency?.remember(tx, answer)
      return answer
    })
  }

  const importFile = async (
    text: string,
    actor: Actor,
  ): Promise<Output<typeof contract.importProcedures>> => {
    assertAdmin(actor)
    const operation = contract.importProcedures
    if (text.includes('\u0000') || text.includes('\uFFFD')) {
      return refuse(operation, 'catalogue.import-unreadable', { reason: 'UTF-8' })
    }
    const { records, refused } = parseImport(text)
    if (records.length === 0 && refused.length === 0) {
      return refuse(operation, 'catalogue.import-unreadable', { reason: 'tệp rỗng' })
    }
    const ids = await inTransaction(db, (tx) =>
      writeDrafts(
        tx,
        actor,
        records.map(({ record: source }) => ({
          record: source,
          decisionNo: source.decisionNo ?? null,
          decisionDate: null,
        })),
      ),
    )
    const outcome = records.map(({ row, record: { code } }) => ({ row, code, version: ids.get(code) }))
    return {
      drafted: outcome.flatMap(({ row, code, version }) => (version ? [{ row, code, version }] : [])),
      unchanged: outcome.flatMap(({ row, code, version }) => (version ? [] : [{ row, code }])),
      refused,
    }
  }

  const lockIn = async (
    tx: Db,
    id: string,
    states: readonly store.VersionState[],
  ): Promise<store.VersionHead> => {
    const head = await store.lockVersion(tx, id)
    if (!head) return refuse(contract.publishVersion, 'catalogue.unknown-version', { version: id })
    if (!states.includes(head.state)) {
      return refuse(contract.publishVersion, 'catalogue.wrong-state', { version: id, state: head.state })
    }
    return head
  }

  const check = async (
    { id }: Input<typeof contract.checkVersion>,
    actor: Actor,
  ): Promise<Output<typeof contract.checkVersion>> => {
    assertAdmin(actor)
    return inTransaction(db, async (tx) => {
      const head = await lockIn(tx, id, ['DRAFT'])
      if (head.author === authorOf(actor)) refuse(contract.checkVersion, 'catalogue.same-person')
      await store.updateState(tx, id, { state: 'CHECKED', checker: authorOf(actor) })
      await record(tx, actor, [{ type: 'procedure-version-checked', code: head.code, data: { version: id } }])
      return { id, code: head.code, state: 'CHECKED' as const }
    })
  }

  const publish = async (
    { id, effectiveFrom }: Input<typeof contract.publishVersion>,
    actor: Actor,
  ): Promise<Output<typeof contract.publishVersion>> => {
    assertAdmin(actor)
    const operation = contract.publishVersion
    try {
      return await change(async (tx) => {
        const head = await lockIn(tx, id, ['CHECKED'])
        if (head.author === authorOf(actor)) refuse(operation, 'catalogue.same-person')
        const open = await store.lockOpenVersion(tx, head.code)
        if (open) {
          if (open.from !== null && open.from >= effectiveFrom) {
            refuse(operation, 'catalogue.effective-date-taken', { code: head.code, from: open.from })
          }
          await store.updateState(tx, open.id, { state: 'AMENDED', to: effectiveFrom })
        }
        await store.updateState(tx, id, {
          state: 'PUBLISHED',
          from: effectiveFrom,
          publisher: authorOf(actor),
          publishedAt: clock.now(),
        })
        await record(tx, actor, [
          {
            type: 'procedure-version-published',
            code: head.code,
            data: {
              version: id,
              effectiveFrom,
              decisionNo: head.decisionNo,
              amends: open?.id ?? null,
            },
          },
        ])
        return { id, code: head.code, state: 'PUBLISHED' as const }
      })
    } catch (error) {
      if (violates(error, 'procedure_version_one_in_force')) {
        return refuse(operation, 'catalogue.effective-date-taken', { from: effectiveFrom })
      }
      throw error
    }
  }

  const repeal = async (
    { id, effectiveTo, decisionNo }: Input<typeof contract.repealVersion>,
    actor: Actor,
  ): Promise<Output<typeof contract.repealVersion>> => {
    assertAdmin(actor)
    return change(async (tx) => {
      const head = await lockIn(tx, id, ['PUBLISHED'])
      if (head.from !== null && head.from >= effectiveTo) {
        refuse(contract.repealVersion, 'catalogue.effective-date-taken', { code: head.code, from: head.from })
      }
      await store.updateState(tx, id, { state: 'REPEALED', to: effectiveTo, repealDecision: decisionNo })
      await record(tx, actor, [
        {
          type: 'procedure-version-repealed',
          code: head.code,
          data: {
            version: id,
            effectiveTo,
            decisionNo,
          },
        },
      ])
      return { id, code: head.code, state: 'REPEALED' as const }
    })
  }

  return {
    ...{ administrationOf, inPreparation, readVersion },
    ...{ editNames, setLimit, markComponent, draft, importFile, check, publish, repeal },
  }
}
