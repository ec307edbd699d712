import type { Action } from '#modules/dossiers/contract.ts'
import { CHART } from '#modules/dossiers/rules.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { type Calendar, workingMinutesBetween } from '../../modules/calendar/rules.ts'
import { deriveDues, type Interval } from '../../modules/dossiers/rules/clock.ts'
import { replay } from '../../modules/dossiers/rules/replay.ts'
import { WATCH } from '../../modules/dossiers/rules/watch.ts'
import { limitOf } from '../../modules/dossiers/service/deadline.ts'
import { deadlinesOf, dueChangesOf, intervalsOf } from '../../modules/dossiers/store/clock.ts'
import { consultationsOf } from '../../modules/dossiers/store/consultations.ts'
import { type DossierRow, findDossier } from '../../modules/dossiers/store/dossiers.ts'
import { type ActBody, anIntake, holderAt, newKey, RECEIVER } from './dossiers.ts'
import type { Province } from './province.ts'

const REASON = 'Theo đơn của người nộp'
const ITEMS = [{ what: 'Bản đồ thửa đất', reason: 'Thiếu chữ ký' }]

/** A body with which the action is done where the chart allows it. */
export const bodyOf = async (province: Province, action: Action): Promise<ActBody> => {
  switch (action) {
    case 'resubmit':
    case 'complete-intake':
      return { components: (await anIntake(province)).components }
    case 'request-intake-supplement':
    case 'request-supplement':
      return { items: ITEMS }
    case 'request-late-supplement':
      return { items: ITEMS, reason: REASON, legalBasis: 'Điều 19', applicantFault: true }
    case 'refuse-intake':
      return { reasonCode: 'OTHER', reason: REASON }
    case 'reopen':
    case 'stop':
      return { reason: REASON, legalBasis: 'Quyết định 01' }
    case 'request-payment':
      return { amount: 1_000, legalBasis: 'Thông báo 01' }
    case 'extend': {
      // A Monday far enough for every dossier here.
      const day = province.clock.now()
      const monday = new Date(day.getTime() + (56 - ((day.getUTCDay() + 6) % 7)) * 86_400_000)
      return { reason: REASON, newDue: localDateOf(monday) }
    }
    case 'adjust':
      return { reason: REASON, adjustment: { note: newKey() } }
    case 'report-lost-papers':
      return { reason: REASON, lost: [{ what: 'Giấy chứng nhận', remadeBy: 'Văn phòng đăng ký' }] }
    case 'return':
      return { receiver: RECEIVER }
    case 'correct-result':
      return { reason: REASON, result: { number: `${newKey()}/SỬA` } }
    case 'accept':
      return { components: (await anIntake(province)).components }
    default:
      return { reason: REASON }
  }
}

/** Somebody who may do it, found without reading the dossier through the service. */
export const doerOf = async (province: Province, code: string, action: Action): Promise<StaffActor> => {
  const dossier = await rowOf(province, code)
  const { roles, at } = CHART[action]
  const unit = {
    receivingCentre: dossier.receiving_centre,
    resolvingUnit: dossier.resolving_unit,
    returningCentre: dossier.returning_centre,
  }[at]
  return holderAt(province, roles[0] ?? 'RECEPTION', unit)
}

export const rowOf = async (province: Province, code: string): Promise<DossierRow> => {
  const found = await findDossier(province.db, code)
  if (!found) throw new Error(`there is no ${code}`)
  return found
}

/** Events that changed the dossier, in their order. */
export const changesOf = async (province: Province, id: string) => {
  const events = await province.services.log.timeline(province.db, { kind: 'dossier', id })
  return events.filter(({ data }) => typeof data.state === 'string')
}

const COUNTING = ['ACCEPTED', 'PROCESSING', 'AWAITING_PAYMENT']
const UNDER_WAY = ['ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT']

const clockProblems = (
  dossier: DossierRow,
  intervals: readonly Interval[],
  calendar: Calendar,
  now: Date,
): string[] => {
  const problems: string[] = []
  const open = intervals.filter(({ to }) => to === null)
  if (open.length !== (UNDER_WAY.includes(dossier.state) ? 1 : 0))
    problems.push(`${open.length} open intervals in ${dossier.state}`)
  for (const [i, { from, fromZero }] of intervals.entries()) {
    const before = intervals[i - 1]
    if (!before) continue
    const gap = from.getTime() - (before.to?.getTime() ?? Number.NaN)
    // Only a dossier that was ended and taken up again has time in which no clock of its own ran.
    if (!(gap === 0 || (gap > 0 && fromZero && before.kind !== 'RUNNING')))
      problems.push(`interval ${i} begins ${gap} ms after the one before`)
  }
  const first = intervals[0]
  const contiguous = intervals.every(
    (one, i) => i === 0 || one.from.getTime() === intervals[i - 1]?.to?.getTime(),
  )
  if (first && contiguous) {
    const end = intervals.at(-1)?.to ?? now
    const sum = intervals.reduce(
      (all, { from, to }) => all + workingMinutesBetween(calendar, from, to ?? end),
      0,
    )
    const elapsed = workingMinutesBetween(calendar, first.from, end)
    if (Math.abs(sum - elapsed) > 0.01) problems.push(`intervals hold ${sum} of ${elapsed} working minutes`)
  }
  return problems
}

/** What a process may do besides having one step open: several at once where it branches, none where it waits. */
const apart = async ({ db, services }: Province, { id, process_version: version }: DossierRow) => {
  const waits = await services.workflow.waitsOfSubject(db, { kind: 'dossier', id })
  const graph = version === null ? undefined : (await services.workflow.graphsOf(db, [version])).get(version)
  const branches = [...(graph?.nodes.values() ?? [])].some(
    ({ kind }) => kind === 'parallel' || kind === 'inclusive',
  )
  return { branches, waits: waits.length }
}

/** What is wrong with one dossier: its events, its row, its clocks and its process must say one thing. */
export const problemsOf = async (
  province: Province,
  code: string,
  { sameCalendar = true }: { sameCalendar?: boolean } = {},
): Promise<string[]> => {
  const { db, services, clock } = province
  const dossier = await rowOf(province, code)
  const events = await changesOf(province, dossier.id)
  const told = replay(events)
  const problems: string[] = []
  const same = (what: string, a: unknown, b: unknown): void => {
    if (a !== b) problems.push(`${what}: the log says ${String(a)}, the row ${String(b)}`)
  }
  same('state', told?.state, dossier.state)
  // A question to another agency counts as a change, so that nobody decides on old ground; the state stays.
  const questions = await consultationsOf(db, dossier.id)
  same('version', (told?.version ?? 0) + questions.length, dossier.version)
  same('due', told?.due ?? null, dossier.due_at?.toISOString() ?? null)
  same('outcome', told?.outcome ?? null, dossier.outcome)
  same('extensions', told?.extensions, dossier.extended_at === null ? 0 : 1)
  same('supplements', told?.supplements, dossier.supplement_count)
  same('beyond the rule', told?.beyondRule, dossier.supplement_beyond_rule)
  same('lost papers', told?.lostOpen, dossier.lost_reported_at !== null && dossier.lost_settled_at === null)
  same('returned', told?.returned, dossier.returned_at !== null)
  events.forEach(({ type, data }, i) => {
    const before = events[i - 1]?.data.state
    if (i > 0 && data.from !== undefined && data.from !== before)
      problems.push(`${type} began in ${String(data.from)} and the dossier was ${String(before)}`)
    if (!Array.isArray(data.notify)) problems.push(`${type} does not say who is told`)
  })
  const calendar = await services.calendar.calendarFor(db, dossier.receiving_centre)
  const intervals = (await intervalsOf(db, [dossier.id])).get(dossier.id) ?? []
  const changes = (await dueChangesOf(db, [dossier.id])).get(dossier.id) ?? []
  if (changes.filter(({ kind }) => kind === 'EXTENSION').length > 1) problems.push('extended twice')
  const { due } = deriveDues(calendar, limitOf(dossier), intervals, changes)
  // Where no clock counts towards the date any more, or it will be counted from zero, a changed calendar leaves it as it was told.
  if (sameCalendar || COUNTING.includes(dossier.state))
    same('derived due', due?.getTime(), dossier.due_at?.getTime())
  problems.push(...clockProblems(dossier, intervals, calendar, clock.now()))
  const limits = (await deadlinesOf(db, dossier.id))
    .filter(({ to_at }) => to_at === null)
    .map(({ kind }) => kind)
  const { clock: watched } = WATCH[dossier.state]
  const expected = watched === null || watched === 'SLA' ? [] : [watched]
  const own = limits.filter((kind) => kind !== 'CONSULTATION')
  if (own.join() !== expected.join()) problems.push(`limits ${limits.join()} in ${dossier.state}`)
  const awaited = questions.filter(({ agencies }) => agencies.some(({ state }) => state === 'asked')).length
  if (limits.length - own.length < awaited) problems.push(`${awaited} questions without their limit`)
  const asked = questions.flatMap(({ agencies }) => agencies.filter(({ state }) => state === 'asked')).length
  same('opinions awaited', asked, dossier.opinions_awaited)
  const tasks = (await services.workflow.tasksOfSubjects(db, [dossier.id])).get(dossier.id) ?? []
  const open = tasks.filter(({ state }) => state === 'open' || state === 'claimed').length
  // A process of its own may branch, or wait for a moment, a message or an operation.
  const { branches, waits } = await apart(province, dossier)
  const waiting = (open === 0 && waits > 0) || (open > 1 && branches) ? 1 : open
  const atReturn = dossier.state === 'COMPLETED' || (dossier.state === 'RESULT_ERROR' && !dossier.returned_at)
  if (waiting !== (UNDER_WAY.includes(dossier.state) || atReturn ? 1 : 0))
    problems.push(`${waiting} open tasks in ${dossier.state}`)
  return problems
}
