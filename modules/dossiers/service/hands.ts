import type { Calendar } from '#modules/calendar/rules.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import { agencyOf, type Tree } from '#modules/organisation/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import type { Words } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { addDays, instantOf, localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { getLateHands, HandsView, LegView } from '../contract/hands.ts'
import { routeOf } from '../rules/handover.ts'
import {
  HOLDER_WORDS,
  HOLDERS,
  type Holder,
  LEG_WORDS,
  type Leg,
  lateBy,
  legsOf,
  type Step,
  sharesOf,
} from '../rules/hands.ts'
import { isLate } from '../rules/lateness.ts'
import { isNonTerritorial, supervisingCentre } from '../rules/territory.ts'
import { type Pause, pausesIn } from '../rules/worked.ts'
import { intervalsOf } from '../store/clock.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { lateDossiers, receivedPairs } from '../views/hands.ts'
import { dossierPace } from './deadline.ts'
import type { DossierDeps } from './deps.ts'
import { readRule } from './rights.ts'

type Measure = { tree: Tree; calendar: Calendar; now: Date }
type About = { dossier: DossierRow; tasks: readonly TaskRow[]; pauses: readonly Pause[] }

const TOGETHER: Words = { vi: 'Các khâu cộng lại', en: 'All of them together' }

const hours = (minutes: number): number => Math.round(minutes / 6) / 10
const named = (tree: Tree, id: string) => ({ id, name: tree.units.get(id)?.shortName ?? id })

const stepsOf = (tree: Tree, tasks: readonly TaskRow[]): Step[] =>
  tasks
    .filter(({ state }) => state !== 'cancelled')
    .map(({ step, unit, action, hours: given, openedAt, closedAt }) => {
      const agency = agencyOf(tree, unit)?.id ?? unit
      return {
        ...{ step, unit: agency, atCentre: tree.centres.has(agency), returns: action === 'return' },
        ...{ hours: given, openedAt, closedAt },
      }
    })

const legsFor = ({ tree, calendar, now }: Measure, { dossier, tasks, pauses }: About): Leg[] => {
  const at = (state: DossierRow['state']) => ({ ...dossier, state })
  return legsOf(
    {
      ...{ acceptedAt: dossier.accepted_at, completedAt: dossier.completed_at },
      ...{ paperSentAt: dossier.paper_sent_at, paperReceivedAt: dossier.paper_received_at },
      ...{ resultSentAt: dossier.result_sent_at, resultReceivedAt: dossier.result_received_at },
      returnedAt: dossier.returned_at,
      // Paper that never left cannot be late where it does not travel at all.
      paperTravels: !dossier.is_group && routeOf('dossiers', at('PROCESSING')) !== undefined,
      resultTravels: !dossier.is_group && routeOf('results', at('COMPLETED')) !== undefined,
      beyondTerritory: isNonTerritorial(tree, dossier.receiving_centre, dossier.resolving_unit),
      receivingCentre: dossier.receiving_centre,
      resolvingUnit: dossier.resolving_unit,
    },
    stepsOf(tree, tasks),
    { calendar, now, pauses },
  )
}

const legView = (tree: Tree, leg: Leg): LegView => ({
  kind: leg.kind,
  words: LEG_WORDS[leg.kind],
  holder: leg.holder,
  holderWords: HOLDER_WORDS[leg.holder],
  unit: leg.holder === 'COURIER' ? null : named(tree, leg.unit),
  from: toLocalIso(leg.from),
  to: leg.to && toLocalIso(leg.to),
  used: hours(leg.used),
  allowed: leg.allowed === null ? null : hours(leg.allowed),
  over: hours(leg.over),
})

const lateView = (legs: readonly Leg[]): NonNullable<HandsView['late']> => {
  const shares = sharesOf(legs)
  const by = lateBy(shares)
  return {
    by,
    words: by === null ? TOGETHER : HOLDER_WORDS[by],
    shares: HOLDERS.filter((holder) => shares[holder] > 0).map((holder) => ({
      ...{ holder, words: HOLDER_WORDS[holder], over: hours(shares[holder]) },
    })),
  }
}

/** Everybody's own clock on the way of one dossier, and of a late one who exceeded it. */
export const handsView = (measure: Measure, about: About): HandsView => {
  const { tree, calendar, now } = measure
  const legs = legsFor(measure, about)
  const centre = supervisingCentre(tree, about.dossier)
  const late = !about.dossier.is_group && isLate(dossierPace(calendar, about.dossier, now).pace)
  return {
    legs: legs.map((leg) => legView(tree, leg)),
    supervisedBy: centre === undefined ? null : named(tree, centre),
    late: late ? lateView(legs) : null,
  }
}

export const createLateHands =
  (deps: DossierDeps) =>
  async (
    { centre, days }: Input<typeof getLateHands>,
    actor: StaffActor,
  ): Promise<Output<typeof getLateHands>> => {
    const tree = await deps.tree()
    const now = deps.clock.now()
    const since = instantOf(addDays(localDateOf(now), 1 - days))
    const filter = { rule: readRule(actor, tree), centre, since, now }
    const [late, pairs] = await Promise.all([lateDossiers(deps.db, filter), receivedPairs(deps.db, filter)])
    const ids = late.rows.map(({ id }) => id)
    const [tasks, clocks] = await Promise.all([
      deps.workflow.tasksOfSubjects(deps.db, ids),
      intervalsOf(deps.db, ids),
    ])
    const found = new Map<Holder | null, { dossiers: number; over: number }>()
    let counted = 0
    for (const dossier of late.rows) {
      const calendar = await deps.calendarFor(dossier.receiving_centre)
      // By the same measure as everywhere: what ends on its day is in time.
      if (!isLate(dossierPace(calendar, dossier, now).pace)) continue
      counted += 1
      const pauses = pausesIn(clocks.get(dossier.id) ?? [])
      const shares = sharesOf(
        legsFor({ tree, calendar, now }, { dossier, tasks: tasks.get(dossier.id) ?? [], pauses }),
      )
      const by = lateBy(shares)
      const before = found.get(by) ?? { dossiers: 0, over: 0 }
      found.set(by, {
        dossiers: before.dossiers + 1,
        over: before.over + (by === null ? 0 : shares[by]),
      })
    }
    return {
      holders: [...HOLDERS, null].map((holder) => {
        const { dossiers, over } = found.get(holder) ?? { dossiers: 0, over: 0 }
        return {
          holder,
          words: holder === null ? TOGETHER : HOLDER_WORDS[holder],
          dossiers,
          over: hours(over),
        }
      }),
      matrix: pairs.rows
        .filter((row) => isNonTerritorial(tree, row.receiving_centre, row.resolving_unit))
        .slice(0, 200)
        .map((row) => ({
          receiving: named(tree, row.receiving_centre),
          resolving: named(tree, row.resolving_unit),
          dossiers: row.dossiers,
          late: row.late,
        })),
      late: counted,
      capped: late.capped || pairs.capped,
    }
  }
