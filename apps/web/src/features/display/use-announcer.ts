import { useEffect, useRef, useState } from 'react'
import { type HallSettings, holdAnnouncer } from '#modules/queue/contract.ts'
import { minuteOfDay } from '#platform/time/vietnam.ts'
import { call, newUuid } from '../../api/call.ts'
import { announcementOf } from '../hall/spoken-call.ts'
import { createVoice, type Voice } from '../hall/voice.ts'
import { announceCall } from './announce.ts'
import type { BoardState } from './board-state.ts'

const RENEW_MS = 5_000

export type Sound = 'locked' | 'speaks' | 'another-speaks' | 'quiet'

const isQuiet = ({ quiet }: HallSettings, now: Date): boolean => {
  if (!quiet) return false
  const minute = minuteOfDay(now)
  return quiet.from <= quiet.to
    ? minute >= quiet.from && minute < quiet.to
    : minute >= quiet.from || minute < quiet.to
}

/** One display of a hall speaks: it holds a lease, and the next one takes over when it falls silent. */
function useLease(centre: string, able: boolean): boolean {
  const [speaks, setSpeaks] = useState(false)
  const display = useRef('')
  useEffect(() => {
    if (!able) return setSpeaks(false)
    display.current ||= newUuid()
    const ask = (leave = false) => call(holdAnnouncer, { centre, display: display.current, leave })
    const renew = () =>
      void ask().then(
        (answer) => setSpeaks(answer.speaks),
        // Without the server nobody knows who speaks: who spoke goes on, who was silent stays so.
        () => undefined,
      )
    renew()
    const timer = window.setInterval(renew, RENEW_MS)
    return () => {
      window.clearInterval(timer)
      void ask(true).catch(() => undefined)
    }
  }, [centre, able])
  return speaks
}

type Announcing = {
  centre: string
  state: BoardState
  next: () => void
  settings: HallSettings | undefined
}

/** Announces call after call: shows it, and says it where this display has the voice. A new one never cuts the last one off. */
export function useAnnouncer({ centre, state, next, settings }: Announcing) {
  const [open, setOpen] = useState(false)
  const voice = useRef<Voice | undefined>(undefined)
  const region = settings?.region ?? 'north'
  useEffect(() => {
    const made = createVoice(`vi-${region}`)
    voice.current = made
    void made.unlock().then(setOpen)
    return () => made.close()
  }, [region])
  const speaks = useLease(centre, open)
  const latest = useRef({ speaks, settings, next })
  latest.current = { speaks, settings, next }

  const { announcing, current, pending } = state
  const key = announcing ? (current?.key ?? null) : null
  useEffect(() => {
    if (!announcing && pending.length > 0) latest.current.next()
  }, [announcing, pending])
  const shown = useRef(current)
  shown.current = current
  useEffect(() => {
    const said = shown.current
    if (key === null || !said) return
    let gone = false
    const run = async (): Promise<void> => {
      const { speaks: mine, settings: how } = latest.current
      const aloud = mine && how !== undefined && !isQuiet(how, new Date()) && voice.current
      const texts = announcementOf(said.number, said.counter, region)
      const speech = aloud ? aloud.say(texts, { chime: true, volume: how.volume }) : Promise.resolve()
      await announceCall(speech)
      if (!gone) latest.current.next()
    }
    void run()
    return () => {
      gone = true
    }
  }, [key, region])

  const sound: Sound = !open
    ? 'locked'
    : settings && isQuiet(settings, new Date())
      ? 'quiet'
      : speaks
        ? 'speaks'
        : 'another-speaks'
  return { sound, unlock: () => void voice.current?.unlock().then(setOpen) }
}
