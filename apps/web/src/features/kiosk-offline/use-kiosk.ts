import { onlineManager } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { kioskOf } from './here.ts'
import type { Kiosk } from './kiosk.ts'

export type KioskStanding = {
  /** The server did not answer when it was last asked. */
  cutOff: boolean
  /** Numbers that can still be given without network. */
  left: number
  /** Tickets that the server has not been told of. */
  untold: number
  paired: boolean
}

const EVERY_MS = 30_000
const START: KioskStanding = { cutOff: false, left: 0, untold: 0, paired: false }

let keeping = false

/** What the page has loaded so far, and the letters of every size that a later screen will want. */
const filesOfPage = async (): Promise<string[]> => {
  await Promise.allSettled([...document.fonts].map((font) => font.load()))
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === window.location.origin && pathname.startsWith('/assets/'))
  return [...new Set(loaded.map(({ pathname }) => pathname))]
}

/** From now on the page opens without network too. Plain HTTP of a hall's own network has no workers: there it lives while it is open. */
const keepPage = async (): Promise<void> => {
  if (keeping || !('serviceWorker' in navigator)) return
  keeping = true
  try {
    await navigator.serviceWorker.register('/kiosk-worker.js', { scope: '/kiosk/' })
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ keep: await filesOfPage() })
  } catch {
    keeping = false
  }
}

/**
 * The address that pairs this machine: `#may=<token of the kiosk>` and `#in=<port>.<token of the printer>.<width>`, as the page
 * of devices gives it. What stands behind `#` is never sent, and is wiped from the address at once.
 */
const readPairing = (): Parameters<Kiosk['pair']>[0] | undefined => {
  const given = new URLSearchParams(window.location.hash.slice(1))
  const token = given.get('may')
  const [port, secret, width] = (given.get('in') ?? '').split('.')
  const agent =
    port && secret ? { port: Number(port), token: secret, width: width === '384' ? 384 : 576 } : undefined
  if (token === null && !agent) return undefined
  window.history.replaceState(null, '', window.location.pathname + window.location.search)
  return {
    ...(token === null ? {} : { token }),
    ...(agent ? { agent: { ...agent, width: agent.width === 384 ? 384 : 576 } } : {}),
  }
}

/** Keeps a kiosk ready for the time without network: blocks of numbers in store, and what was given told as soon as can be. */
export function useKiosk(centre: string): KioskStanding {
  const [standing, setStanding] = useState(START)
  const look = useCallback(
    async (cutOff: boolean) => {
      const { left, untold, paired } = await kioskOf(centre).look()
      setStanding({ cutOff: cutOff && paired, left, untold, paired })
      if (paired && !cutOff) await keepPage()
    },
    [centre],
  )
  useEffect(() => {
    // Questions are asked without network too: the page's own worker answers them from what was last known.
    onlineManager.setEventListener(() => undefined)
    onlineManager.setOnline(true)
    const kiosk = kioskOf(centre)
    const pairing = readPairing()
    const sync = (): Promise<void> =>
      kiosk.sync().then(
        () => look(false),
        () => look(true),
      )
    // Without storage a kiosk is a page like others.
    const begin = (): void => void sync().catch(() => undefined)
    void (pairing ? kiosk.pair(pairing) : Promise.resolve()).then(begin, begin)
    const timer = setInterval(begin, EVERY_MS)
    window.addEventListener('online', begin)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', begin)
    }
  }, [centre, look])
  return standing
}
