import { type Calendar, dueDate, paperTransfer } from '#modules/calendar/rules.ts'
import type { Resolution, SheetKind } from '../contract/handover.ts'
import type { State } from '../contract/vocabulary.ts'

/**
 * Until when a paper dossier has to leave the centre: the same day, or the next morning when it came from 15:00 on (Decree
 * 118/2025, Article 18(2)); to an agency outside the centre's own territory within one working day (Article 20(1)(a)).
 */
export const paperDue = (calendar: Calendar, acceptedAt: Date, beyondTerritory: boolean): Date => {
  if (!beyondTerritory) return paperTransfer(calendar, acceptedAt).by
  const { due } = dueDate({ start: acceptedAt, amount: 1, unit: 'WORKING_DAY', calendar })
  if (!due) throw new Error('a number of working days always has an end')
  return due
}

type Travelling = {
  state: State
  receiving_centre: string
  resolving_unit: string
  returning_centre: string
  channel: string
  return_way: string
}

/** Where something of this kind goes from and to; undefined when it does not travel on such a sheet now. */
export const routeOf = (kind: SheetKind, dossier: Travelling): { from: string; to: string } | undefined => {
  const { receiving_centre, resolving_unit, returning_centre, state } = dossier
  const route = {
    dossiers: { from: receiving_centre, to: resolving_unit },
    results: { from: resolving_unit, to: returning_centre },
    uncollected: { from: returning_centre, to: resolving_unit },
  }[kind]
  const travels = {
    dossiers: (state === 'ACCEPTED' || state === 'PROCESSING') && dossier.channel !== 'online',
    results: state === 'COMPLETED' && dossier.return_way !== 'electronic',
    uncollected: state === 'COMPLETED' && dossier.return_way !== 'electronic',
  }[kind]
  return travels && route.from !== route.to ? route : undefined
}

type Difference = 'missing' | 'extra'
const OPEN_TO: Readonly<Record<Difference, Readonly<Record<'giver' | 'receiver', readonly Resolution[]>>>> = {
  // The giver finds it on the own shelf; the receiver finds it in the batch, or both agree that it is lost.
  missing: { giver: ['kept', 'lost'], receiver: ['found', 'lost'] },
  extra: { giver: [], receiver: ['accepted', 'returned'] },
}

/** How a difference may be settled by somebody of these sides. */
export const settlementsFor = (
  row: { state: string; resolution: string | null },
  sides: { giver: boolean; receiver: boolean },
): Resolution[] => {
  if (row.resolution !== null || (row.state !== 'missing' && row.state !== 'extra')) return []
  const open = OPEN_TO[row.state]
  const all = [...(sides.giver ? open.giver : []), ...(sides.receiver ? open.receiver : [])]
  return [...new Set(all)]
}

export type Compared = { received: string[]; missing: string[]; extra: string[] }

/** What came against what was listed, by dossier. */
export const compareBatch = (listed: readonly string[], came: readonly string[]): Compared => {
  const arrived = new Set(came)
  const expected = new Set(listed)
  return {
    received: listed.filter((id) => arrived.has(id)),
    missing: listed.filter((id) => !arrived.has(id)),
    extra: [...arrived].filter((id) => !expected.has(id)),
  }
}
