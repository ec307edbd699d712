import { CHIME, planSpeech } from './speech-plan.ts'
import { PAUSE } from './spoken-call.ts'

type Clips = { clips: Record<string, string> }

export type Voice = {
  /** A browser lets a page sound only after a tap, or where its kiosk policy says so; true when it may. */
  unlock: () => Promise<boolean>
  isOpen: () => boolean
  /** Ends when all is said. What has no clip is left out, so that the rest is still heard. */
  say: (texts: readonly string[], options?: { chime?: boolean; volume?: number }) => Promise<void>
  hush: () => void
  close: () => void
}

/** Clips rendered ahead lie under `/voice/<set>/`; nothing is asked of anybody outside. */
export function createVoice(set: string): Voice {
  let context: AudioContext | undefined
  let catalogue: Promise<Clips> | undefined
  const decoded = new Map<string, Promise<AudioBuffer | undefined>>()
  const playing = new Set<AudioScheduledSourceNode>()

  const contextOf = (): AudioContext => {
    context ??= new AudioContext()
    return context
  }
  const clipsOf = (): Promise<Clips> => {
    catalogue ??= fetch(`/voice/${set}/clips.json`)
      .then((answer) => (answer.ok ? answer.json() : { clips: {} }))
      .catch(() => {
        // Asked again with the next call: the network may be back by then.
        catalogue = undefined
        return { clips: {} }
      })
    return catalogue
  }
  const clipOf = (text: string): Promise<AudioBuffer | undefined> => {
    const known = decoded.get(text)
    if (known) return known
    const loading = (async () => {
      const file = (await clipsOf()).clips[text]
      if (file === undefined) return undefined
      const answer = await fetch(`/voice/${set}/${file}`)
      return contextOf().decodeAudioData(await answer.arrayBuffer())
    })().catch(() => {
      decoded.delete(text)
      return undefined
    })
    decoded.set(text, loading)
    return loading
  }

  const start = (source: AudioScheduledSourceNode, at: number): void => {
    playing.add(source)
    source.addEventListener('ended', () => playing.delete(source))
    source.start(at)
  }

  const ring = (audio: AudioContext, into: AudioNode, at: number): void => {
    for (const { hertz, at: later } of CHIME) {
      const tone = audio.createOscillator()
      const gain = audio.createGain()
      tone.frequency.value = hertz
      gain.gain.setValueAtTime(0, at + later)
      gain.gain.linearRampToValueAtTime(0.5, at + later + 0.02)
      gain.gain.exponentialRampToValueAtTime(0.001, at + later + 0.7)
      tone.connect(gain).connect(into)
      start(tone, at + later)
      tone.stop(at + later + 0.75)
    }
  }

  return {
    unlock: async () => {
      const audio = contextOf()
      // Without a tap this promise stays open in some browsers, so that nobody waits for it.
      await Promise.race([
        audio.resume().catch(() => undefined),
        new Promise((done) => setTimeout(done, 300)),
      ])
      return audio.state === 'running'
    },
    isOpen: () => context?.state === 'running',
    say: async (texts, { chime = false, volume = 80 } = {}) => {
      const audio = contextOf()
      const spoken = [...new Set(texts)].filter((text) => text !== PAUSE)
      const clips = new Map(
        await Promise.all(spoken.map(async (text) => [text, await clipOf(text)] as const)),
      )
      if (audio.state !== 'running') return
      const master = audio.createGain()
      master.gain.value = volume / 100
      master.connect(audio.destination)
      const begin = audio.currentTime + 0.05
      if (chime) ring(audio, master, begin)
      const { parts, length } = planSpeech(texts, (text) => clips.get(text)?.duration, chime)
      for (const { text, at } of parts) {
        const source = audio.createBufferSource()
        source.buffer = clips.get(text) ?? null
        source.connect(master)
        start(source, begin + at)
      }
      const left = begin + length - audio.currentTime
      await new Promise((done) => setTimeout(done, Math.max(0, left * 1_000)))
      master.disconnect()
    },
    hush: () => {
      for (const source of playing) source.stop()
    },
    close: () => {
      void context?.close()
      context = undefined
      decoded.clear()
    },
  }
}
