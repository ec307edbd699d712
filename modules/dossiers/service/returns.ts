import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { matches } from '#platform/policy.ts'
import { addDays, instantOf, localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract/returns.ts'
import type { BulkDossiers, UncollectedItem } from '../contract/returns.ts'
import { lifeRulesOn } from '../rules/life-rules.ts'
import { maskNumber } from '../rules.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { lockDossiersByCode } from '../store/handover.ts'
import { insertReminders } from '../store/returns.ts'
import {
  countUncollected,
  type Limits,
  togetherRows,
  type UncollectedRow,
  uncollectedRows,
} from '../views/returns.ts'
import type { ActInput } from './acting.ts'
import { decodePosition, encodePosition } from './cursor.ts'
import { type Asked, type DossierDeps, eventActor } from './deps.ts'
import { keptOrUndone } from './each-alone.ts'
import { refusalWords } from './refusal-words.ts'
import { holdsAt, readRule } from './rights.ts'
import { roleWords } from './words.ts'

type ReturnDeps = DossierDeps & {
  /** The action `return` of one dossier inside a transaction. */
  actIn: (tx: Tx, input: ActInput, actor: StaffActor) => Promise<DossierRow>
  readable: (code: string, actor: StaffActor) => Promise<DossierRow>
}

const DESK = ['RETURN_DESK', 'RECEPTION', 'CENTRE_OFFICER']
const DAY_MS = 86_400_000

/** Calendar days, both ends at their legal day. */
const daysBetween = (from: Date, to: Date): number =>
  Math.round((Date.parse(localDateOf(to)) - Date.parse(localDateOf(from))) / DAY_MS)

/** From the beginning of that legal day back everything is so many days old. */
const daysAgo = (now: Date, days: number): Date => {
  const next = instantOf(addDays(localDateOf(now), 1 - days))
  return new Date(next.getTime() - 1)
}

export const createReturns = (deps: ReturnDeps) => {
  /** By the parameters of the day: the law says nothing of how long a result waits. */
  const limits = async (now: Date): Promise<Limits> => {
    const rules = lifeRulesOn(localDateOf(now), await deps.parameters())
    return { remind: daysAgo(now, rules.uncollectedAfter), back: daysAgo(now, rules.backAfter) }
  }

  const itemsOf = async (rows: readonly UncollectedRow[], now: Date): Promise<UncollectedItem[]> => {
    const tree = await deps.tree()
    const { remind, back } = await limits(now)
    return rows.map((row) => {
      const here = row.result_back_at === null
      return {
        code: row.code,
        version: row.version,
        procedure: row.procedure_name,
        owner: row.owner_name,
        phone: row.owner_phone && maskNumber(row.owner_phone),
        way: row.return_way,
        returningCentre: {
          id: row.returning_centre,
          name: tree.units.get(row.returning_centre)?.shortName ?? row.returning_centre,
        },
        result:
          row.result_number && row.result_date ? { number: row.result_number, date: row.result_date } : null,
        readyAt: toLocalIso(row.completed_at),
        days: daysBetween(row.completed_at, now),
        reminders: row.reminders,
        lastReminder: row.last_at && {
          at: toLocalIso(row.last_at),
          by: row.last_by ?? '',
          way: row.last_way ?? 'other',
          note: row.last_note,
        },
        remindNow: here && row.reminders === 0 && row.completed_at <= remind,
        backDue: here && row.completed_at <= back,
        sentBackAt: row.result_back_at && toLocalIso(row.result_back_at),
      }
    })
  }

  const list = async (
    input: Input<typeof op.listUncollected>,
    { actor }: Asked,
  ): Promise<Output<typeof op.listUncollected>> => {
    const now = deps.clock.now()
    const rule = readRule(actor, await deps.tree())
    const base = { rule, centre: input.centre, limits: await limits(now) }
    const from = input.month && `${input.month}-01`
    const until = from && localDateOf(new Date(instantOf(addDays(from, 31)).getTime()))
    const filter = {
      ...base,
      show: input.show,
      before: input.days === undefined ? undefined : daysAgo(now, input.days),
      from: from ? instantOf(from) : undefined,
      until: until ? instantOf(`${until.slice(0, 7)}-01`) : undefined,
    }
    const position = decodePosition(input.after)
    const after = position?.at ? { at: position.at, id: position.id } : undefined
    const [{ rows, next }, total, every, remind, back] = await Promise.all([
      uncollectedRows(deps.db, filter, { after, limit: input.limit }),
      countUncollected(deps.db, filter),
      countUncollected(deps.db, { ...base, show: 'all' }),
      countUncollected(deps.db, { ...base, show: 'remind' }),
      countUncollected(deps.db, { ...base, show: 'back' }),
    ])
    await recordNames(actor, rows.length, 'Xem kết quả chưa ai nhận')
    return {
      items: await itemsOf(rows, now),
      next: encodePosition(next),
      total,
      counts: { all: every, remind, back },
    }
  }

  const recordNames = (actor: StaffActor, count: number, purpose: string): Promise<void> =>
    deps.recordAccess({
      actor: { kind: 'staff', id: actor.id, name: actor.name },
      subject: { kind: 'account', id: actor.id },
      fields: [`owner-names:${count}`],
      purpose,
    })

  const together = async (
    { code }: Input<typeof op.listResultsTogether>,
    { actor }: Asked,
  ): Promise<Output<typeof op.listResultsTogether>> => {
    const dossier = await deps.readable(code, actor)
    const rows = await togetherRows(deps.db, readRule(actor, await deps.tree()), dossier)
    await recordNames(actor, rows.length, 'Xem kết quả cùng người nhận')
    return { items: await itemsOf(rows, deps.clock.now()) }
  }

  const remind = async (
    input: Input<typeof op.remindOfResults>,
    { actor, idempotency }: Asked,
  ): Promise<BulkDossiers> => {
    const tree = await deps.tree()
    const rule = readRule(actor, tree)
    const codes = [...new Set(input.dossiers)]
    return inTransaction(deps.db, async (tx) => {
      const dossiers = await lockDossiersByCode(tx, codes)
      const at = deps.clock.now()
      const refusalFor = (dossier: DossierRow | undefined, code: string): Refusal | undefined => {
        if (!dossier || !matches(rule, dossier)) return new Refusal('dossiers.unknown', { code })
        if (!holdsAt(actor, tree, DESK, dossier.returning_centre))
          return new Refusal('dossiers.not-your-role', {
            role: roleWords(['RETURN_DESK']),
            unit: tree.units.get(dossier.returning_centre)?.name ?? dossier.returning_centre,
          })
        return dossier.state === 'COMPLETED' ? undefined : new Refusal('dossiers.nothing-to-fetch')
      }
      const refused = codes.flatMap((code) => {
        const refusal = refusalFor(dossiers.get(code), code)
        return refusal ? [{ code, refusal: refusalWords(refusal) }] : []
      })
      const told = codes.flatMap((code) => {
        const dossier = dossiers.get(code)
        return dossier && !refused.some((one) => one.code === code) ? [dossier] : []
      })
      const note = input.note || null
      await insertReminders(
        tx,
        told.map(({ id }) => ({
          ...{ id: newId(), dossier_id: id, at, way: input.way, note },
          ...{ by_account: actor.id, by_name: actor.name },
        })),
      )
      await deps.log.append(
        tx,
        told.map(({ id }) => ({
          type: 'result-reminded',
          at,
          actor: eventActor(actor),
          subject: { kind: 'dossier', id },
          data: { way: input.way, ...(note ? { reason: note } : {}) },
        })),
      )
      const answer = { done: told.map(({ code, state, version }) => ({ code, state, version })), refused }
      await idempotency?.remember(tx, answer)
      return answer
    })
  }

  const hand = async (
    { items, receiver, way }: Input<typeof op.returnResults>,
    { actor, idempotency }: Asked,
  ): Promise<BulkDossiers> => {
    const once = [...new Map(items.map((item) => [item.code, item])).values()]
    return inTransaction(deps.db, async (tx) => {
      // All are locked first and in one order, so that two desks with one receiver's results never wait in a circle.
      await lockDossiersByCode(
        tx,
        once.map(({ code }) => code),
      )
      const answer: BulkDossiers = { done: [], refused: [] }
      for (const { code, version } of once) {
        try {
          const input: ActInput = { code, action: 'return', version, receiver, way }
          const after = await keptOrUndone(tx, () => deps.actIn(tx, input, actor))
          answer.done.push({ code, state: after.state, version: after.version })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          answer.refused.push({ code, refusal: refusalWords(error) })
        }
      }
      await idempotency?.remember(tx, answer)
      return answer
    })
  }

  return {
    list,
    together,
    remind,
    hand,
    /** Results ready before this moment may go back to the agency. */
    backBefore: async (): Promise<Date> => (await limits(deps.clock.now())).back,
  }
}
