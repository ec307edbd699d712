import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { belowOf, isWithin, subtree, type Tree } from '#modules/organisation/rules.ts'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { NewEvent } from '#platform/log/log.ts'
import type { Input, Output } from '#platform/operation.ts'
import { anyOf, clauseOf, matches, type Rule } from '#platform/policy.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract/handover.ts'
import type { Resolution, Sheet, SheetKind, SheetSummary } from '../contract/handover.ts'
import { compareBatch, paperDue, routeOf, settlementsFor } from '../rules/handover.ts'
import { isNonTerritorial } from '../rules/territory.ts'
import type { DossierRow } from '../store/dossiers.ts'
import * as store from '../store/handover.ts'
import {
  candidateRows,
  countCandidates,
  countSheets,
  findSheet,
  listSheets,
  openSheetsOf,
  rowsOfSheet,
  type SheetColumn,
  type SheetListed,
  sheetsOfDossier,
} from '../views/handover.ts'
import { decodePosition, encodePosition } from './cursor.ts'
import { type Asked, type DossierDeps, eventActor } from './deps.ts'
import { refusalWords } from './refusal-words.ts'
import { holdsAt, readRule } from './rights.ts'
import { momentInWords } from './words.ts'

type HandoverDeps = DossierDeps & {
  /** Results that waited this long may go back to the agency. */
  backBefore: () => Promise<Date>
}

/** Whose hands papers go through: at the counter, and in the agency. */
const COUNTER_HANDS = ['RECEPTION', 'RETURN_DESK', 'DIGITISER', 'CENTRE_OFFICER']
const AGENCY_HANDS = ['CLERK', 'SPECIALIST', 'UNIT_LEAD']
const HANDS = [...COUNTER_HANDS, ...AGENCY_HANDS]
const WATCH = ['AGENCY_LEAD', 'SUPERVISOR', 'CENTRE_DIRECTOR', 'DUE_WATCH', 'AUDITOR']

const EVENTS: Readonly<Record<SheetKind, { sent: string; arrived: string }>> = {
  dossiers: { sent: 'paper-handed-over', arrived: 'paper-received' },
  results: { sent: 'result-handed-over', arrived: 'result-arrived' },
  uncollected: { sent: 'result-sent-back', arrived: 'result-taken-back' },
}

const named = (tree: Tree, id: string) => ({
  id,
  name: tree.units.get(id)?.shortName ?? tree.units.get(id)?.name ?? id,
})
const unitName = (tree: Tree, id: string): string => tree.units.get(id)?.name ?? id

/** Sheets whose giving or taking side this officer sees. */
const sheetRule = (
  actor: StaffActor,
  tree: Tree,
  columns: readonly SheetColumn[] = ['from_unit', 'to_unit'],
  roles: readonly string[] = [...HANDS, ...WATCH],
): Rule<SheetColumn> => {
  const below = belowOf(tree)
  return anyOf<SheetColumn>(
    ...actor.grants.flatMap((grant): Rule<SheetColumn>[] => {
      if (!roles.includes(grant.role) || grant.scope === 'own') return []
      if (grant.scope === 'province') return ['all']
      if (grant.unit === null) return []
      const units = below[grant.scope](grant.unit)
      return columns.map((column) => ({ any: [clauseOf<SheetColumn>(column, units)] }))
    }),
  )
}

const summaryOf = (tree: Tree, sheet: SheetListed): SheetSummary => ({
  code: sheet.code,
  kind: sheet.kind,
  state: sheet.state,
  from: named(tree, sheet.from_unit),
  to: named(tree, sheet.to_unit),
  rows: sheet.rows,
  unsettled: sheet.unsettled,
  handedAt: toLocalIso(sheet.handed_at),
  handedBy: sheet.handed_by_name,
  closedAt: sheet.closed_at && toLocalIso(sheet.closed_at),
  closedBy: sheet.closed_by_name,
})

export const createHandover = (deps: HandoverDeps) => {
  const sideOf = (actor: StaffActor, tree: Tree, unit: string): boolean =>
    holdsAt(actor, tree, tree.centres.has(unit) ? COUNTER_HANDS : AGENCY_HANDS, unit)
  const assertSide = (actor: StaffActor, tree: Tree, unit: string): void => {
    if (!tree.units.has(unit) || !sideOf(actor, tree, unit))
      throw new Refusal('dossiers.not-your-unit', { unit: unitName(tree, unit) })
  }

  const readable = async (code: string, actor: StaffActor, tree: Tree): Promise<SheetListed> => {
    const sheet = await findSheet(deps.db, code)
    if (!sheet || !matches(sheetRule(actor, tree), sheet))
      throw new Refusal('dossiers.unknown-sheet', { sheet: code })
    return sheet
  }

  const viewOf = async (sheet: SheetListed, actor: StaffActor, tree: Tree, db = deps.db): Promise<Sheet> => {
    const rule = readRule(actor, tree)
    const giver = sideOf(actor, tree, sheet.from_unit)
    const receiver = sideOf(actor, tree, sheet.to_unit)
    const rows = await rowsOfSheet(db, sheet.id)
    return {
      ...summaryOf(tree, sheet),
      note: sheet.note,
      cancelReason: sheet.cancel_reason,
      items: rows.map((row) => ({
        dossier: row.code,
        procedure: row.procedure_name,
        owner: row.state === 'extra' && !matches(rule, row) ? null : row.owner_name,
        state: row.state,
        resolution: row.resolution,
        resolutionNote: row.resolution_note,
        resolvedBy: row.resolved_by_name,
        settle: settlementsFor(row, { giver, receiver }),
      })),
      mayReceive: sheet.state === 'open' && receiver,
      mayCancel: sheet.state === 'open' && giver,
    }
  }

  const eventOf = (
    type: string,
    sheet: Pick<SheetListed, 'code' | 'kind' | 'from_unit' | 'to_unit'>,
    dossier: string,
    { actor, at }: { actor: StaffActor; at: Date },
    more: { reason?: string; resolution?: Resolution } = {},
  ): NewEvent => ({
    type,
    at,
    actor: eventActor(actor),
    subject: { kind: 'dossier', id: dossier },
    data: { sheet: sheet.code, kind: sheet.kind, from: sheet.from_unit, to: sheet.to_unit, ...more },
  })

  const candidates = async (
    input: Input<typeof op.listHandoverCandidates>,
    { actor }: Asked,
  ): Promise<Output<typeof op.listHandoverCandidates>> => {
    const tree = await deps.tree()
    assertSide(actor, tree, input.from)
    const from = input.kind === 'results' ? subtree(tree, input.from).map(({ id }) => id) : [input.from]
    const now = deps.clock.now()
    const before = await deps.backBefore()
    const filter = { kind: input.kind, from, before, rule: readRule(actor, tree) }
    const position = decodePosition(input.after)
    const after = position?.at ? { at: position.at, id: position.id } : undefined
    const [{ rows, next }, total] = await Promise.all([
      candidateRows(deps.db, filter, { after, limit: input.limit }),
      countCandidates(deps.db, filter),
    ])
    const calendar = await deps.calendarFor(input.from)
    const items = rows.map((row) => {
      const beyond = isNonTerritorial(tree, row.receiving_centre, row.resolving_unit)
      const due = input.kind === 'dossiers' ? paperDue(calendar, row.since, beyond) : row.due_at
      return {
        code: row.code,
        procedure: row.procedure_name,
        owner: row.owner_name,
        to: named(tree, input.kind === 'results' ? row.returning_centre : row.resolving_unit),
        since: toLocalIso(row.since),
        due: input.kind === 'uncollected' || due === null ? null : toLocalIso(due),
        late: input.kind !== 'uncollected' && due !== null && due < now,
        sets: row.sets,
      }
    })
    await deps.recordAccess({
      actor: { kind: 'staff', id: actor.id, name: actor.name },
      subject: { kind: 'account', id: actor.id },
      fields: [`owner-names:${items.length}`],
      purpose: 'Xem hồ sơ chờ bàn giao',
    })
    return { items, next: encodePosition(next), total, late: items.filter(({ late }) => late).length }
  }

  type Refused = { code: string; refusal: Refusal }
  type Listed = { dossier: DossierRow; to: string }

  const sort = async (
    tx: Tx,
    tree: Tree,
    input: Input<typeof op.createHandoverSheets>,
    actor: StaffActor,
  ): Promise<{ listed: Listed[]; refused: Refused[] }> => {
    const codes = [...new Set(input.dossiers)]
    const dossiers = await store.lockDossiersByCode(tx, codes)
    const open = await openSheetsOf(
      tx,
      [...dossiers.values()].map(({ id }) => id),
    )
    const rule = readRule(actor, tree)
    const listed: Listed[] = []
    const refused: Refused[] = []
    for (const code of codes) {
      const dossier = dossiers.get(code)
      const end =
        dossier && matches(rule, dossier)
          ? await placeOf(tx, tree, input, dossier, open.get(dossier.id))
          : new Refusal('dossiers.unknown', { code })
      if (end instanceof Refusal) refused.push({ code, refusal: end })
      else if (dossier) listed.push({ dossier, to: end.to })
    }
    return { listed, refused }
  }

  const placeOf = async (
    tx: Tx,
    tree: Tree,
    { kind, from }: Input<typeof op.createHandoverSheets>,
    dossier: DossierRow,
    open: string | undefined,
  ): Promise<{ to: string } | Refusal> => {
    const route = routeOf(kind, dossier)
    const leavesHere = route && (kind === 'results' ? isWithin(tree, route.from, from) : route.from === from)
    if (!route || !leavesHere) return new Refusal('dossiers.not-to-hand-over', { unit: unitName(tree, from) })
    if (open !== undefined) return new Refusal('dossiers.on-open-sheet', { sheet: open })
    const sent = store.sentAt(kind, dossier)
    if (sent === null) return { to: route.to }
    const last = (await sheetsOfDossier(tx, dossier.id)).findLast((sheet) => sheet.kind === kind)
    return new Refusal('dossiers.handed-over-already', {
      sheet: last?.code ?? '',
      when: momentInWords(sent),
    })
  }

  const create = async (
    input: Input<typeof op.createHandoverSheets>,
    { actor, idempotency }: Asked,
  ): Promise<Output<typeof op.createHandoverSheets>> => {
    const tree = await deps.tree()
    assertSide(actor, tree, input.from)
    return inTransaction(deps.db, async (tx) => {
      const at = deps.clock.now()
      const { listed, refused } = await sort(tx, tree, input, actor)
      const year = Number(localDateOf(at).slice(0, 4))
      const batches = [...Map.groupBy(listed, ({ to }) => to)]
      const first = batches.length > 0 ? await store.takeSheetNumbers(tx, year, batches.length) : 0
      const sheets = batches.map(([to], i) => ({
        id: newId(),
        code: `PBG${String(year % 100).padStart(2, '0')}-${String(first + i).padStart(6, '0')}`,
        year,
        number: first + i,
        kind: input.kind,
        from_unit: input.from,
        to_unit: to,
        state: 'open' as const,
        note: input.note || null,
        handed_at: at,
        handed_by: actor.id,
        handed_by_name: actor.name,
      }))
      await store.insertSheets(tx, sheets)
      const rows = batches.flatMap(([, some], i) => {
        const sheet = sheets[i]
        return sheet ? some.map(({ dossier }, ordinal) => ({ sheet, dossier, ordinal })) : []
      })
      await store.insertSheetRows(
        tx,
        rows.map(({ sheet, dossier, ordinal }) => ({
          sheet_id: sheet.id,
          dossier_id: dossier.id,
          ordinal,
          state: 'listed',
        })),
      )
      await store.markSent(
        tx,
        input.kind,
        rows.map(({ dossier }) => dossier.id),
        at,
      )
      await deps.log.append(
        tx,
        rows.map(({ sheet, dossier }) => eventOf(EVENTS[input.kind].sent, sheet, dossier.id, { actor, at })),
      )
      const closed = { closed_at: null, closed_by: null, closed_by_name: null, cancel_reason: null }
      const answer = {
        sheets: sheets.map((sheet, i) =>
          summaryOf(tree, { ...sheet, ...closed, rows: batches[i]?.[1].length ?? 0, unsettled: 0 }),
        ),
        refused: refused.map(({ code, refusal }) => ({ code, refusal: refusalWords(refusal) })),
      }
      await idempotency?.remember(tx, answer)
      return answer
    })
  }

  const list = async (
    input: Input<typeof op.listHandoverSheets>,
    { actor }: Asked,
  ): Promise<Output<typeof op.listHandoverSheets>> => {
    const tree = await deps.tree()
    const columns: Readonly<Record<typeof input.direction, readonly SheetColumn[]>> = {
      in: ['to_unit'],
      out: ['from_unit'],
      both: ['from_unit', 'to_unit'],
    }
    const rule = sheetRule(actor, tree, columns[input.direction])
    const position = decodePosition(input.after)
    const after = position?.at ? { at: position.at, id: position.id } : undefined
    const [{ rows, next }, arriving, unsettled] = await Promise.all([
      listSheets(deps.db, { rule, state: input.state, kind: input.kind }, { after, limit: input.limit }),
      countSheets(deps.db, { rule: sheetRule(actor, tree, ['to_unit'], HANDS), state: 'open' }),
      countSheets(deps.db, { rule: sheetRule(actor, tree), state: 'unsettled' }),
    ])
    return {
      items: rows.map((sheet) => summaryOf(tree, sheet)),
      next: encodePosition(next),
      counts: { arriving, unsettled },
    }
  }

  const get = async (
    { sheet: code }: Input<typeof op.getHandoverSheet>,
    { actor }: Asked,
  ): Promise<Sheet> => {
    const tree = await deps.tree()
    const sheet = await readable(code, actor, tree)
    const view = await viewOf(sheet, actor, tree)
    await deps.recordAccess({
      actor: { kind: 'staff', id: actor.id, name: actor.name },
      subject: { kind: 'handover-sheet', id: sheet.id },
      fields: [`owner-names:${view.items.length}`],
      purpose: 'Xem phiếu bàn giao',
    })
    return view
  }

  /** Locks the dossiers of a sheet, those that came besides, and then the sheet; refuses when it was closed meanwhile. */
  const lockAll = async (
    tx: Tx,
    sheet: SheetListed,
    more: readonly string[],
  ): Promise<Map<string, DossierRow>> => {
    const rows = await rowsOfSheet(tx, sheet.id)
    return store.lockDossiersById(tx, [...rows.map((row) => row.dossier_id), ...more])
  }
  const assertOpen = async (tx: Tx, id: string): Promise<void> => {
    const { state, code, closed_at, closed_by_name } = await store.lockSheet(tx, id)
    if (state === 'open') return
    throw new Refusal('dossiers.sheet-closed', {
      sheet: code,
      who: closed_by_name ?? '',
      done: state === 'received' ? { vi: 'nhận', en: 'received' } : { vi: 'hủy', en: 'cancelled' },
      when: momentInWords(closed_at ?? deps.clock.now()),
    })
  }
  const finish = async (
    tx: Tx,
    code: string,
    actor: StaffActor,
    tree: Tree,
    idempotency: Idempotency | undefined,
  ): Promise<Sheet> => {
    const now = await findSheet(tx, code)
    if (!now) throw new Error(`sheet ${code} is gone`)
    const view = await viewOf(now, actor, tree, tx)
    await idempotency?.remember(tx, view)
    return view
  }

  const receive = async (
    { sheet: code, received }: Input<typeof op.receiveHandoverSheet>,
    { actor, idempotency }: Asked,
  ): Promise<Sheet> => {
    const tree = await deps.tree()
    const sheet = await readable(code, actor, tree)
    assertSide(actor, tree, sheet.to_unit)
    return inTransaction(deps.db, async (tx) => {
      const came = await idsOf(tx, received)
      await lockAll(tx, sheet, came)
      await assertOpen(tx, sheet.id)
      const at = deps.clock.now()
      const rows = await rowsOfSheet(tx, sheet.id)
      const result = compareBatch(
        rows.map((row) => row.dossier_id),
        came,
      )
      await store.closeSheet(tx, sheet.id, { ...actor, at }, { state: 'received' })
      await store.setRowStates(tx, sheet.id, result.received, 'received')
      await store.setRowStates(tx, sheet.id, result.missing, 'missing')
      await store.insertSheetRows(
        tx,
        result.extra.map((dossier_id, i) => ({
          sheet_id: sheet.id,
          dossier_id,
          ordinal: rows.length + i,
          state: 'extra',
        })),
      )
      await store.markArrived(tx, sheet.kind, result.received, at)
      const by = { actor, at }
      await deps.log.append(tx, [
        ...result.received.map((id) => eventOf(EVENTS[sheet.kind].arrived, sheet, id, by)),
        ...result.missing.map((id) => eventOf('paper-missing', sheet, id, by)),
        ...result.extra.map((id) => eventOf('paper-extra', sheet, id, by)),
      ])
      return finish(tx, code, actor, tree, idempotency)
    })
  }

  const idsOf = async (tx: Tx, codes: readonly string[]): Promise<string[]> => {
    const rows =
      codes.length === 0
        ? []
        : await tx
            .selectFrom('dossier')
            .select(['id', 'code'])
            .where('code', 'in', [...codes])
            .execute()
    const known = new Set(rows.map((row) => row.code))
    const unknown = codes.find((code) => !known.has(code))
    if (unknown !== undefined) throw new Refusal('dossiers.unknown', { code: unknown })
    return rows.map(({ id }) => id)
  }

  /** What each way of settling means for where the paper is. */
  const applySettlement = async (
    tx: Tx,
    sheet: SheetListed,
    dossier: DossierRow,
    resolution: Resolution,
    at: Date,
  ): Promise<void> => {
    if (resolution === 'found') await store.markArrived(tx, sheet.kind, [dossier.id], at)
    if (resolution === 'kept') await store.markSent(tx, sheet.kind, [dossier.id], null)
    if (resolution === 'accepted' && routeOf(sheet.kind, dossier)?.to === sheet.to_unit) {
      if (store.sentAt(sheet.kind, dossier) === null) await store.markSent(tx, sheet.kind, [dossier.id], at)
      await store.markArrived(tx, sheet.kind, [dossier.id], at)
    }
  }

  const settle = async (
    { sheet: code, code: dossierCode, resolution, note }: Input<typeof op.settleHandoverRow>,
    { actor, idempotency }: Asked,
  ): Promise<Sheet> => {
    const tree = await deps.tree()
    const sheet = await readable(code, actor, tree)
    const sides = {
      giver: sideOf(actor, tree, sheet.from_unit),
      receiver: sideOf(actor, tree, sheet.to_unit),
    }
    if (!sides.giver && !sides.receiver)
      throw new Refusal('dossiers.not-your-unit', { unit: unitName(tree, sheet.to_unit) })
    return inTransaction(deps.db, async (tx) => {
      const dossier = (await store.lockDossiersByCode(tx, [dossierCode])).get(dossierCode)
      await store.lockSheet(tx, sheet.id)
      const row = (await rowsOfSheet(tx, sheet.id)).find((one) => one.code === dossierCode)
      if (!dossier || !row || !settlementsFor(row, sides).includes(resolution))
        throw new Refusal('dossiers.no-difference', { code: dossierCode })
      const at = deps.clock.now()
      await store.settleRow(
        tx,
        { sheet: sheet.id, dossier: dossier.id },
        { resolution, note, at, by: actor.id, byName: actor.name },
      )
      await applySettlement(tx, sheet, dossier, resolution, at)
      const event = eventOf(
        'difference-settled',
        sheet,
        dossier.id,
        { actor, at },
        { reason: note, resolution },
      )
      await deps.log.append(tx, [event])
      return finish(tx, code, actor, tree, idempotency)
    })
  }

  const cancel = async (
    { sheet: code, reason }: Input<typeof op.cancelHandoverSheet>,
    { actor, idempotency }: Asked,
  ): Promise<Sheet> => {
    const tree = await deps.tree()
    const sheet = await readable(code, actor, tree)
    assertSide(actor, tree, sheet.from_unit)
    return inTransaction(deps.db, async (tx) => {
      const dossiers = [...(await lockAll(tx, sheet, [])).keys()]
      await assertOpen(tx, sheet.id)
      const at = deps.clock.now()
      await store.closeSheet(tx, sheet.id, { ...actor, at }, { state: 'cancelled', reason })
      await store.setRowStates(tx, sheet.id, dossiers, 'cancelled')
      await store.markSent(tx, sheet.kind, dossiers, null)
      await deps.log.append(
        tx,
        dossiers.map((id) => eventOf('hand-over-cancelled', sheet, id, { actor, at }, { reason })),
      )
      return finish(tx, code, actor, tree, idempotency)
    })
  }

  return { candidates, create, list, get, receive, settle, cancel, readable }
}
