import { PAUSE } from './spoken-call.ts'

type Clips = { clips: Record<string, string> }

const GAP_S = 0.02
const PAUSE_S = 0.35
const CHIME: readonly { hertz: number; at: number }[] = [
  { hertz: 784, at: 0 },
  { hertz: 622, at: 0.42 },
]
const CHIME_S = 1.15

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

  const ring = (audio: AudioContext, into: AudioNode, at: number): number => {
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
    return at + CHIME_S
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
      const clips = await Promise.all(texts.map((text) => (text === PAUSE ? null : clipOf(text))))
      if (audio.state !== 'running') return
      const master = audio.createGain()
      master.gain.value = volume / 100
      master.connect(audio.destination)
      let at = audio.currentTime + 0.05
      if (chime) at = ring(audio, master, at)
      for (const clip of clips) {
        if (!clip) {
          if (clip === null) at += PAUSE_S
          continue
        }
        const source = audio.createBufferSource()
        source.buffer = clip
        source.connect(master)
        start(source, at)
        at += clip.duration + GAP_S
      }
      await new Promise((done) => setTimeout(done, Math.max(0, (at - audio.currentTime) * 1_000)))
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
