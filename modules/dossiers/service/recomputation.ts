import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { type Db, inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { NewEvent } from '#platform/log/log.ts'
import type { Input, Output } from '#platform/operation.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract/recomputation.ts'
import { type Recomputed, recompute } from '../rules/recompute.ts'
import { dueChangesOf, insertDueChanges, intervalsOf } from '../store/clock.ts'
import type { DossierRow } from '../store/dossiers.ts'
import {
  applyDuePatches,
  insertRecomputation,
  lastRecomputations,
  lockUnfinished,
  promisedDossiers,
  type Recomputation,
  saveProgress,
} from '../store/recomputation.ts'
import { limitOf } from './deadline.ts'
import type { DossierDeps } from './deps.ts'

const BATCH = 200
/** The answer to the officer comes after this long; a job does the rest. */
const ANSWER_WITHIN_MS = 2_000
const SHOWN = 100

type Changed = Exclude<Recomputed, { kind: 'SAME' }>
type Decided = { dossier: DossierRow; promised: Date; change: Changed }
type Counts = { looked: number; moved: number; kept: number; confirmed: number }

const NOTHING: Counts = { looked: 0, moved: 0, kept: 0, confirmed: 0 }
const countsOf = (looked: number, decided: readonly Decided[]): Counts => {
  const of = (kind: Changed['kind']) => decided.filter(({ change }) => change.kind === kind).length
  return { looked, moved: of('CALENDAR'), kept: of('PROMISE_KEPT'), confirmed: of('CONFIRMED') }
}
const plus = (a: Counts, b: Counts): Counts => ({
  looked: a.looked + b.looked,
  moved: a.moved + b.moved,
  kept: a.kept + b.kept,
  confirmed: a.confirmed + b.confirmed,
})

const runOf = (row: Recomputation) => ({
  id: row.id,
  reason: row.reason,
  startedAt: toLocalIso(row.started_at),
  by: row.started_by_name,
  finishedAt: row.finished_at && toLocalIso(row.finished_at),
  ...{ looked: row.looked, moved: row.moved, kept: row.kept, confirmed: row.confirmed },
})

/** Who keeps the province's calendar decides what it does to dates. */
const assertKeeper = ({ grants }: StaffActor): void => {
  if (!grants.some(({ role, scope }) => role === 'SYSTEM_ADMIN' && scope === 'province'))
    throw new Refusal('platform.forbidden')
}

export const createRecomputation = (deps: DossierDeps) => {
  /** What the calendar as it is now does to these dossiers; nothing is written. */
  const decideAll = async (db: Db, rows: readonly DossierRow[]): Promise<Decided[]> => {
    const ids = rows.map(({ id }) => id)
    const intervals = await intervalsOf(db, ids)
    const changes = await dueChangesOf(db, ids)
    const decided = await Promise.all(
      rows.map(async (dossier): Promise<Decided[]> => {
        if (!dossier.due_at) return []
        const change = recompute(await deps.calendarFor(dossier.receiving_centre), {
          limit: limitOf(dossier),
          due: dossier.due_at,
          provisional: dossier.due_provisional,
          intervals: intervals.get(dossier.id) ?? [],
          changes: changes.get(dossier.id) ?? [],
        })
        return change.kind === 'SAME' ? [] : [{ dossier, promised: dossier.due_at, change }]
      }),
    )
    return decided.flat()
  }

  const eventOf = (run: Recomputation, { dossier, promised, change }: Decided, at: Date): NewEvent => ({
    type: 'due-recomputed',
    at,
    actor: { kind: 'staff', id: run.started_by, name: run.started_by_name },
    subject: { kind: 'dossier', id: dossier.id },
    data: {
      ...{ change: change.kind, reason: run.reason, recomputation: run.id },
      ...{ dueBefore: promised.toISOString(), due: change.due.toISOString() },
      ...(change.kind === 'PROMISE_KEPT' ? { wouldBe: change.wouldBe.toISOString() } : {}),
      ...{ from: dossier.state, state: dossier.state },
      notify: change.kind === 'CALENDAR' ? [{ to: 'applicant', message: 'due-recomputed' }] : [],
    },
  })

  const write = async (tx: Tx, run: Recomputation, decided: readonly Decided[], at: Date): Promise<void> => {
    await applyDuePatches(
      tx,
      decided.map(({ dossier, change }) => ({
        id: dossier.id,
        due: change.due.toISOString(),
        provisional: change.kind === 'CONFIRMED' ? false : change.provisional,
      })),
    )
    await insertDueChanges(
      tx,
      decided.flatMap(({ dossier, promised, change }) => {
        const { kind, due } = change
        if (kind === 'CONFIRMED') return []
        return [{ dossier: dossier.id, kind, at, before: promised, due, reason: run.reason, document: null }]
      }),
    )
    if (decided.length > 0)
      await deps.log.append(
        tx,
        decided.map((one) => eventOf(run, one, at)),
      )
  }

  /** One batch with its place in one transaction: killed between two, nothing is done twice and nothing is left out. */
  const step = (): Promise<'more' | 'done'> =>
    inTransaction(deps.db, async (tx) => {
      const run = await lockUnfinished(tx)
      if (!run) return 'done'
      const at = deps.clock.now()
      const rows = await promisedDossiers(tx, run.last_dossier, BATCH, true)
      const decided = await decideAll(tx, rows)
      await write(tx, run, decided, at)
      const last = rows.length < BATCH
      await saveProgress(tx, run.id, {
        last_dossier: rows.at(-1)?.id ?? run.last_dossier,
        ...plus(run, countsOf(rows.length, decided)),
        finished_at: last ? at : null,
      })
      return last ? 'done' : 'more'
    })

  /** Goes on with what is unfinished; several processes may, one works. */
  const goOn = async (withinMs = Number.POSITIVE_INFINITY): Promise<void> => {
    const started = performance.now()
    while ((await step()) === 'more') if (performance.now() - started > withinMs) return
  }

  return {
    continueRecomputation: () => goOn(),

    previewRecomputation: async (actor: StaffActor): Promise<Output<typeof op.previewRecomputation>> => {
      assertKeeper(actor)
      let counts = NOTHING
      let after: string | null = null
      const shown: Decided[] = []
      for (;;) {
        const rows: DossierRow[] = await promisedDossiers(deps.db, after, BATCH, false)
        const decided = await decideAll(deps.db, rows)
        counts = plus(counts, countsOf(rows.length, decided))
        shown.push(...decided.slice(0, SHOWN - shown.length))
        after = rows.at(-1)?.id ?? null
        if (rows.length < BATCH) break
      }
      const items = shown.map(({ dossier, promised, change }) => ({
        ...{ code: dossier.code, kind: change.kind, from: toLocalIso(promised) },
        to: toLocalIso(change.kind === 'PROMISE_KEPT' ? change.wouldBe : change.due),
      }))
      return { ...counts, items }
    },

    startRecomputation: async (
      { reason }: Input<typeof op.startRecomputation>,
      actor: StaffActor,
    ): Promise<Output<typeof op.startRecomputation>> => {
      assertKeeper(actor)
      const id = newId()
      const by = { started_by: actor.id, started_by_name: actor.name }
      await insertRecomputation(deps.db, { id, reason, started_at: deps.clock.now(), ...by }).catch(
        (error: unknown) => {
          if (violates(error, 'deadline_recomputation_one'))
            throw new Refusal('dossiers.recomputation-under-way')
          throw error
        },
      )
      await goOn(ANSWER_WITHIN_MS)
      const row = (await lastRecomputations(deps.db, 20)).find((one) => one.id === id)
      if (!row) throw new Error('the computation that was just begun is gone')
      return runOf(row)
    },

    listRecomputations: async (actor: StaffActor): Promise<Output<typeof op.listRecomputations>> => {
      assertKeeper(actor)
      return { items: (await lastRecomputations(deps.db, 20)).map(runOf) }
    },
  }
}
