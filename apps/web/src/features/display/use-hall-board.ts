import { useEffect, useReducer, useRef, useState } from 'react'
import { type Board, getBoard } from '#modules/queue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { type BoardEvent, followHall } from '../hall/board-stream.ts'
import { announceNext, type BoardState, EMPTY_BOARD, hear, loadBoard } from './board-state.ts'

type Action = { does: 'load'; board: Board } | { does: 'hear'; event: BoardEvent } | { does: 'next' }
const reduce = (state: BoardState, action: Action): BoardState => {
  if (action.does === 'load') return loadBoard(state, action.board)
  if (action.does === 'hear') return hear(state, action.event, Date.now())
  return announceNext(state)
}

const keptKey = (centre: string): string => `mot-cua.display.${centre}`
const keptPosition = (centre: string): number | undefined => {
  try {
    const kept = window.sessionStorage.getItem(keptKey(centre))
    return kept !== null && /^\d+$/.test(kept) ? Number(kept) : undefined
  } catch {
    return undefined
  }
}
const keep = (centre: string, position: number): void => {
  try {
    window.sessionStorage.setItem(keptKey(centre), String(position))
  } catch {
    // A page loaded anew then begins from the board as it stands.
  }
}

/** Changes come in bursts; the board is read at most so often, and by the displays of a hall not at one moment. */
const READ_EVERY_MS = { least: 1_200, spread: 1_600 } as const
/** Two missed beats: from then on the data count as old. */
const OLD_AFTER_MS = 35_000
/** A moment without a line that mends itself is not worth a word. */
const DOWN_AFTER_MS = 5_000

/** A hall as it stands and as it changes; every call is in `state` once and in order, also those made during a reload. */
export function useHallBoard(centre: string) {
  const [state, dispatch] = useReducer(reduce, EMPTY_BOARD)
  const {
    data: board,
    refetch,
    error,
  } = useOperation(getBoard, { centre }, { refetchInterval: 60_000, keep: true })
  const [oldSince, setOldSince] = useState<Date | null>(null)
  const read = useRef<number | undefined>(undefined)

  useEffect(() => {
    if (board) dispatch({ does: 'load', board })
  }, [board])

  useEffect(() => {
    let alive = Date.now()
    let down: number | null = null
    const readSoon = (): void => {
      read.current ??= window.setTimeout(
        () => {
          read.current = undefined
          void refetch()
        },
        READ_EVERY_MS.least + Math.random() * READ_EVERY_MS.spread,
      )
    }
    const leave = followHall({
      centre,
      after: keptPosition(centre),
      onEvent: (event) => {
        keep(centre, event.position)
        dispatch({ does: 'hear', event })
        readSoon()
      },
      onSnapshot: (position) => {
        keep(centre, position)
        readSoon()
      },
      onAlive: () => {
        alive = Date.now()
        down = null
        setOldSince(null)
      },
      onDown: () => {
        down ??= Date.now()
      },
    })
    const watch = window.setInterval(() => {
      const now = Date.now()
      const old = now - alive > OLD_AFTER_MS || (down !== null && now - down > DOWN_AFTER_MS)
      setOldSince((since) => (old ? (since ?? new Date(alive)) : null))
    }, 1_000)
    return () => {
      leave()
      window.clearInterval(watch)
      window.clearTimeout(read.current)
      read.current = undefined
    }
  }, [centre, refetch])

  return { state, next: () => dispatch({ does: 'next' }), board, oldSince, error }
}
