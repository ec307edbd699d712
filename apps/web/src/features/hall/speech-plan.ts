import { PAUSE } from './spoken-call.ts'

/** Between two clips, and the breath between the first and the second time; seconds. */
const GAP_S = 0.02
export const PAUSE_S = 0.35
export const CHIME: readonly { hertz: number; at: number }[] = [
  { hertz: 784, at: 0 },
  { hertz: 622, at: 0.42 },
]
/** Both tones have died away by then. */
export const CHIME_S = 1.15

export type SpokenPart = { text: string; at: number; until: number }

/** When each clip sounds, in seconds from the beginning; what has no clip is left out, so that the rest is still heard. */
export const planSpeech = (
  texts: readonly string[],
  durationOf: (text: string) => number | undefined,
  chime: boolean,
): { parts: SpokenPart[]; length: number } => {
  const parts: SpokenPart[] = []
  let at = chime ? CHIME_S : 0
  for (const text of texts) {
    if (text === PAUSE) {
      at += PAUSE_S
      continue
    }
    const duration = durationOf(text)
    if (duration === undefined) continue
    parts.push({ text, at, until: at + duration })
    at += duration + GAP_S
  }
  return { parts, length: at }
}
