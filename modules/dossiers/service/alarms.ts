import { type Calendar, nextSession, workingMinutesBetween } from '#modules/calendar/rules.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import type { Input, Output } from '#platform/operation.ts'
import { addDays, instantOf, localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { AlarmItem, listAlarms } from '../contract/alarms.ts'
import { type LifeRules, lifeRulesOn } from '../rules/life-rules.ts'
import { ALARM_WORDS, ALARMS, type Alarm, PROPOSED, WATCH } from '../rules/watch.ts'
import { CHART, decide } from '../rules.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { type AlarmMoments, type AlarmPosition, alarmRows, countAlarms } from '../views/alarms.ts'
import { dossiersByIds } from '../views/lists.ts'
import type { DossierDeps } from './deps.ts'
import { factsOf, rulesOf } from './facts.ts'
import { holderOf, holdsAt, readRule, unitOf } from './rights.ts'
import { isOpen, summaryOf } from './summaries.ts'
import { roleWords } from './words.ts'

const DAY_MS = 86_400_000

const LONGEST_MS = 400 * DAY_MS

/** The moment since which so many working hours have passed: found by halving, because working time only grows. */
const workingHoursAgo = (calendar: Calendar, now: Date, hours: number): Date => {
  let low = now.getTime() - LONGEST_MS
  let high = now.getTime()
  while (high - low > 1_000) {
    const middle = (low + high) / 2
    if (workingMinutesBetween(calendar, new Date(middle), now) >= hours * 60) low = middle
    else high = middle
  }
  return new Date(low)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const encode = (position: AlarmPosition | null): string | null =>
  position && Buffer.from(`${position.at.getTime()} ${position.kind} ${position.id}`).toString('base64url')

const decode = (cursor: string | undefined): AlarmPosition | undefined => {
  const [millis, kind, id] = Buffer.from(cursor ?? '', 'base64url')
    .toString('utf8')
    .split(' ')
  const known = ALARMS.find((one) => one === kind)
  // A cursor that is not ours begins anew instead of failing.
  if (!known || !id || !UUID.test(id) || !/^\d{1,14}$/.test(millis ?? '')) return undefined
  return { at: new Date(Number(millis)), kind: known, id }
}

/** Due dates between the end of today and the end of the next working day: today is the last day to move them. */
const closingWindow = (calendar: Calendar, now: Date): AlarmMoments['closing'] => {
  const tomorrow = instantOf(addDays(localDateOf(now), 1))
  if (localDateOf(nextSession(calendar, now).from) !== localDateOf(now)) return null
  const next = localDateOf(nextSession(calendar, tomorrow).from)
  return { from: tomorrow, to: instantOf(addDays(next, 1)) }
}

const momentsOf = (calendar: Calendar, now: Date, rules: LifeRules): AlarmMoments => ({
  now,
  silentBefore: workingHoursAgo(calendar, now, rules.silentAfter),
  uncollectedBefore: new Date(now.getTime() - rules.uncollectedAfter * DAY_MS),
  closing: closingWindow(calendar, now),
})

export const createAlarms = (deps: DossierDeps) => {
  /** Whose alarms somebody may act on: an alarm of a state that belongs to one of their roles. */
  const kindsOf = ({ grants }: StaffActor): Alarm[] => {
    const mine = Object.values(WATCH).flatMap(({ owner, alarms }) => {
      const roles = owner === null ? [] : owner === 'applicant' ? ['RECEPTION', 'CASHIER'] : owner.roles
      return grants.some(({ role }) => roles.some((one) => one === role)) ? alarms : []
    })
    return ALARMS.filter((kind) => mine.includes(kind))
  }

  const ownerOf = (dossier: DossierRow, kind: Alarm, tree: Tree): AlarmItem['owner'] => {
    const { owner } = WATCH[dossier.state]
    const proposed = PROPOSED[kind]
    const { roles, at } =
      owner !== null && owner !== 'applicant'
        ? owner
        : proposed
          ? CHART[proposed]
          : { roles: ['RECEPTION'] as const, at: 'receivingCentre' as const }
    const unit = unitOf(dossier, at)
    return { role: roleWords(roles), unit: tree.units.get(unit)?.name ?? unit }
  }

  const actionOf = async (
    dossier: DossierRow,
    kind: Alarm,
    { actor, tree, now }: { actor: StaffActor; tree: Tree; now: Date },
  ): Promise<AlarmItem['action']> => {
    const action = PROPOSED[kind]
    if (!action) return null
    const { roles, at, label } = CHART[action]
    if (!holdsAt(actor, tree, roles, unitOf(dossier, at))) return null
    const calendar = await deps.calendarFor(dossier.receiving_centre)
    const facts = factsOf(dossier, calendar, rulesOf(dossier, await deps.parameters()))
    const { allowed } = decide(action, facts, holderOf(actor, tree, dossier), now.getTime())
    return allowed ? { action, label } : null
  }

  return async (input: Input<typeof listAlarms>, actor: StaffActor): Promise<Output<typeof listAlarms>> => {
    const tree = await deps.tree()
    const now = deps.clock.now()
    const [calendar, locals] = await Promise.all([deps.calendarFor(null), deps.parameters()])
    const rule = readRule(actor, tree)
    const moments = momentsOf(calendar, now, lifeRulesOn(localDateOf(now), locals))
    const reach: readonly Alarm[] = input.mine ? kindsOf(actor) : ALARMS
    const kinds = reach.filter((kind) => input.kind === undefined || kind === input.kind)
    const [page, counts] = await Promise.all([
      alarmRows(deps.db, { rule, moments, kinds, after: decode(input.after), limit: input.limit }),
      countAlarms(deps.db, { rule, moments, kinds: reach }),
    ])
    const ids = [...new Set(page.rows.map(({ id }) => id))]
    const [found, tasks] = await Promise.all([
      dossiersByIds(deps.db, ids),
      deps.workflow.tasksOfSubjects(deps.db, ids),
    ])
    const items = await Promise.all(
      page.rows.flatMap(({ kind, at, id }) => {
        const dossier = found.get(id)
        if (!dossier) return []
        return [itemOf(dossier, { kind, at }, tasks.get(id)?.find(isOpen))]
      }),
    )
    return {
      items,
      next: encode(page.next),
      counts: reach.map((kind) => ({
        ...{ kind, words: ALARM_WORDS[kind] },
        ...(counts.get(kind) ?? { value: 0, capped: false }),
      })),
    }

    async function itemOf(
      dossier: DossierRow,
      { kind, at }: { kind: Alarm; at: Date },
      task: Parameters<typeof summaryOf>[3],
    ): Promise<AlarmItem> {
      return {
        ...{ kind, words: ALARM_WORDS[kind], at: toLocalIso(at) },
        dossier: await summaryOf(deps, tree, dossier, task),
        owner: ownerOf(dossier, kind, tree),
        action: await actionOf(dossier, kind, { actor, tree, now }),
      }
    }
  }
}
