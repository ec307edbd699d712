import type { Calendar } from '#modules/calendar/rules.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { ClocksView } from '../contract/dossier.ts'
import { deriveDues, latenessOf, measuredBy } from '../rules/clock.ts'
import type { LifeRules } from '../rules/life-rules.ts'
import { RUNNING } from '../rules.ts'
import type { deadlinesOf, StoredDueChange, StoredInterval } from '../store/clock.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { limitOf } from './deadline.ts'
import { extensionUntil, supplementUntil } from './facts.ts'

type Stored = {
  intervals: readonly StoredInterval[]
  changes: readonly StoredDueChange[]
  deadlines: Awaited<ReturnType<typeof deadlinesOf>>
}
type Situation = { calendar: Calendar; rules: LifeRules; now: Date }

const iso = (instant: Date | null): string | null => instant && toLocalIso(instant)

/**
 * Windows in which an officer may still ask for papers or move the date: they follow from acceptance and due date, so that
 * nothing is written for them at the counter's busiest moment.
 */
const windowsOf = (dossier: DossierRow, { calendar, rules }: Situation): ClocksView['limits'] => {
  if (!dossier.accepted_at || !RUNNING.includes(dossier.state)) return []
  const window = (kind: 'SUPPLEMENT_NOTICE' | 'EXTENSION_NOTICE', until: Date | null) => ({
    ...{ kind, from: toLocalIso(dossier.accepted_at ?? dossier.received_at), due: iso(until) },
    ...{ to: null, reason: null, document: null },
  })
  return [
    window('SUPPLEMENT_NOTICE', supplementUntil(dossier, calendar, rules)),
    ...(dossier.due_at && !dossier.extended_at
      ? [window('EXTENSION_NOTICE', extensionUntil(dossier.due_at, calendar, rules))]
      : []),
  ]
}

/** Every clock of a dossier, and how late it is against what was promised first and last. */
export const clocksOf = (
  dossier: DossierRow,
  { intervals, changes, deadlines }: Stored,
  situation: Situation,
): ClocksView => {
  const limit = limitOf(dossier)
  const dues = deriveDues(situation.calendar, limit, intervals, changes)
  const until = dossier.completed_at ?? intervals.at(-1)?.to ?? situation.now
  const late = latenessOf(measuredBy(dues, dossier.due_at), until, limit?.unit ?? 'NONE')
  return {
    intervals: intervals.map(({ kind, fromZero, from, to, reason, document }) => ({
      ...{ kind, fromZero, from: toLocalIso(from), to: iso(to), reason, document },
    })),
    moves: changes.map(({ kind, at, before, due, reason, document }) => ({
      ...{ kind, at: toLocalIso(at), before: toLocalIso(before), due: toLocalIso(due), reason, document },
    })),
    limits: [
      ...deadlines.map((row) => ({
        // The table's check holds exactly these words.
        kind: row.kind as ClocksView['limits'][number]['kind'],
        from: toLocalIso(row.from_at),
        due: iso(row.due_at),
        to: iso(row.to_at),
        reason: row.reason,
        document: row.document,
      })),
      ...windowsOf(dossier, situation),
    ],
    lateVsOriginal: late.vsOriginal,
    lateVsExtended: late.vsExtended,
    countsAsLate: late.vsOriginal || dossier.supplement_beyond_rule,
  }
}
