import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getCounterQueue, getFloor, listTickets } from '#modules/queue/contract.ts'
import { invalidate, useOperation } from '../../api/queries.ts'
import type { Me } from '../session/me.tsx'
import { followHall } from './board-stream.ts'

/** Calls of thirty counters come in bursts; what is shown is read again at most twice a second. */
const SETTLE_MS = 500

/**
 * Reads the hall again whenever something happens in it, and after its line was laid anew. The desk's frame follows the
 * officer's own centre for all screens together.
 */
export function useHallEvents(centre: string | null): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!centre) return
    let timer: number | undefined
    const refresh = (): void => {
      timer ??= window.setTimeout(() => {
        timer = undefined
        for (const read of [getCounterQueue, getFloor, listTickets]) void invalidate(client, read)
      }, SETTLE_MS)
    }
    const quiet = (): void => undefined
    const leave = followHall({ centre, onEvent: refresh, onSnapshot: refresh, onAlive: quiet, onDown: quiet })
    return () => {
      window.clearTimeout(timer)
      leave()
    }
  }, [client, centre])
}

/** The hall of the officer's centre, and the counter where the officer sits now. */
export function useMyCounter(me: Me) {
  const centre = me.rail.includes('queue') ? me.centre : null
  const hall = useOperation(
    getFloor,
    { centre: centre ?? '' },
    { enabled: centre !== null, staleTime: 10_000, refetchInterval: 30_000 },
  )
  const mine = hall.data?.counters.find((counter) => counter.mine)
  const queue = useOperation(
    getCounterQueue,
    { counter: mine?.id ?? '' },
    { enabled: mine !== undefined, staleTime: 5_000, refetchInterval: 15_000, keep: true },
  )
  return { hall: hall.data, mine, queue: mine ? queue.data : undefined }
}

/** Now, once a second while something is being timed. */
export function useSeconds(running: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!running) return
    setNow(Date.now())
    const timer = window.setInterval(() => setNow(Date.now()), 1_000)
    return () => window.clearInterval(timer)
  }, [running])
  return now
}
