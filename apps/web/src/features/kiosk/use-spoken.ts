import { useCallback, useEffect, useRef } from 'react'
import { type Region, ticketSyllables } from '#modules/queue/rules.ts'
import type { Language } from '../../ui/language/language.tsx'
import { englishNumber } from '../hall/spoken-call.ts'
import { createVoice, type Voice } from '../hall/voice.ts'
import { SPOKEN, type SpokenKey } from './spoken.ts'

type Speaking = { on: boolean; language: Language; region: Region; volume: number }

const textsOf = (key: SpokenKey, number: string | undefined, { language, region }: Speaking): string[] => {
  const sentences = SPOKEN[language]
  if (key !== 'ticket' || number === undefined) return [sentences[key]]
  const said = language === 'vi' ? ticketSyllables(number, region) : englishNumber(number)
  return [sentences.ticket, ...said, sentences.wait]
}

/** Reads screens aloud to who asked for it, from clips that lie on the server; a new screen ends the old sentence. */
export function useSpoken(speaking: Speaking): (key: SpokenKey, number?: string) => void {
  const { on, language, region } = speaking
  const voice = useRef<Voice | undefined>(undefined)
  const latest = useRef(speaking)
  latest.current = speaking
  useEffect(() => {
    if (!on) return
    const made = createVoice(language === 'vi' ? `vi-${region}` : 'en')
    voice.current = made
    return () => {
      voice.current = undefined
      made.close()
    }
  }, [on, language, region])
  // biome-ignore lint/correctness/useExhaustiveDependencies: said anew when it is switched on and when the language changes
  return useCallback(
    (key, number) => {
      const made = voice.current
      if (!made || !on) return
      made.hush()
      const texts = textsOf(key, number, latest.current)
      // The tap on "read aloud" is the permission.
      void made.unlock().then(() => made.say(texts, { volume: latest.current.volume }))
    },
    [on, language, region],
  )
}
