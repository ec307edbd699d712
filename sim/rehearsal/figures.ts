import { shownRange } from '#modules/queue/rules.ts'
import type { Evidence } from './check.ts'

export type HallFigures = {
  centre: string
  arrived: number
  turnedAway: number
  issued: number
  served: number
  noShows: number
  left: number
  stillThere: number
  /** Minutes by the server's clock from number to first call. */
  waited: { p50: number; p90: number } | null
  /** Medians of what was promised for half and for nine in ten. */
  promised: { p50: number; p90: number } | null
  /** Share of those promised a range who were called within what was shown. */
  kept: number | null
  refused: Readonly<Record<string, number>>
  recalls: number
  transfers: number
  aside: number
  booked: number
  ratings: number
  boards: number
}

const at = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
}

export const figuresOf = ({ journal, board }: Evidence): HallFigures => {
  const { held } = journal
  const ended = (ending: string) => held.filter((one) => one.ending === ending).length
  const called = held.flatMap(({ waited, ticket: { promised } }) =>
    waited === null ? [] : [{ waited, promised }],
  )
  const told = called.flatMap(({ waited, promised }) => (promised ? [{ waited, promised }] : []))
  const within = told.filter(({ waited, promised }) => {
    const { from, to } = shownRange(promised)
    return waited >= from && waited <= to
  })
  return {
    ...{ centre: journal.centre, arrived: journal.arrived, issued: held.length },
    ...{ turnedAway: journal.turnedAway },
    ...{ served: ended('DONE'), noShows: ended('NO_SHOW'), left: ended('CANCELLED') },
    stillThere: held.filter(({ state }) => state !== 'ended').length,
    waited:
      called.length === 0
        ? null
        : {
            p50: at(
              called.map(({ waited }) => waited),
              0.5,
            ),
            p90: at(
              called.map(({ waited }) => waited),
              0.9,
            ),
          },
    promised:
      told.length === 0
        ? null
        : {
            p50: at(
              told.map(({ promised }) => promised.p50),
              0.5,
            ),
            p90: at(
              told.map(({ promised }) => promised.p90),
              0.5,
            ),
          },
    kept: told.length === 0 ? null : within.length / told.length,
    refused: Object.fromEntries([...journal.refusals].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ...{ recalls: journal.recalls, transfers: journal.transfers, aside: journal.aside },
    ...{ booked: journal.booked, ratings: journal.ratings, boards: board.length },
  }
}

const minutes = (range: { p50: number; p90: number } | null): string =>
  range ? `${range.p50.toFixed(1)} / ${range.p90.toFixed(1)}` : '–'

const COLUMNS: readonly (readonly [string, (figures: HallFigures) => string])[] = [
  ['centre', ({ centre }) => centre],
  ['arrived', ({ arrived }) => String(arrived)],
  ['numbers', ({ issued }) => String(issued)],
  ['served', ({ served }) => String(served)],
  ['no-show', ({ noShows }) => String(noShows)],
  ['left', ({ left }) => String(left)],
  ['there', ({ stillThere }) => String(stillThere)],
  ['waited p50/p90', ({ waited }) => minutes(waited)],
  ['promised p50/p90', ({ promised }) => minutes(promised)],
  ['within', ({ kept }) => (kept === null ? '–' : `${Math.round(kept * 100)} %`)],
  [
    'refused',
    ({ refused }) =>
      Object.entries(refused)
        .map(([code, count]) => `${code.replace('queue.', '')} ${count}`)
        .join(', ') || '–',
  ],
]

/** A line a hall, under one another. */
export const tableOf = (halls: readonly HallFigures[]): string[] => {
  const rows = [
    COLUMNS.map(([title]) => title),
    ...halls.map((hall) => COLUMNS.map(([, cell]) => cell(hall))),
  ]
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
