import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Region } from '#modules/queue/rules.ts'
import { atRoot } from '#platform/root.ts'
import { secondsOfOpus } from '../../../../../tests/support/opus.ts'
import { CHIME, CHIME_S, PAUSE_S, planSpeech } from '../hall/speech-plan.ts'
import { announcementOf, PAUSE } from '../hall/spoken-call.ts'
import { announceCall, LONGEST_MS } from './announce.ts'
import { announceNext, EMPTY_BOARD, hear } from './board-state.ts'

/** Calls of a morning: one to four figures, doubled letters, empty tens and hundreds, counters up to 21. */
const CALLS: readonly (readonly [code: string, counter: number])[] = [
  ...([
    ['A001', 1],
    ['A015', 3],
    ['B021', 4],
    ['C105', 5],
    ['D110', 10],
  ] as const),
  ...([
    ['E444', 11],
    ['T999', 14],
    ['A1005', 15],
    ['AB024', 21],
    ['K2000', 2],
  ] as const),
]
const REGIONS: readonly Region[] = ['north', 'south']

/** Seconds of each clip of a region, read from the very files that displays play. */
const clipsOf = (region: Region): ((text: string) => number | undefined) => {
  const folder = atRoot('apps/web/public/voice', `vi-${region}`)
  const { clips } = JSON.parse(readFileSync(`${folder}/clips.json`, 'utf8')) as {
    clips: Record<string, string>
  }
  const known = new Map<string, number>()
  return (text) => {
    const file = clips[text]
    if (file === undefined) return undefined
    const seconds = known.get(text) ?? secondsOfOpus(readFileSync(`${folder}/${file}`))
    known.set(text, seconds)
    return seconds
  }
}

describe.each(REGIONS)('ten calls as the hall in the %s hears them', (region) => {
  const secondsOf = clipsOf(region)
  const spoken = CALLS.map(([code, counter]) => ({
    ...{ code, counter, texts: announcementOf(code, counter, region) },
    plan: planSpeech(announcementOf(code, counter, region), secondsOf, true),
  }))

  it.each(spoken)(
    '$code to counter $counter: chime, number twice, counter, one after the other',
    ({ texts, plan }) => {
      const words = texts.filter((text) => text !== PAUSE)
      expect(plan.parts.map(({ text }) => text)).toEqual(words)
      const breath = texts.indexOf(PAUSE)
      const [invite, ...number] = texts.slice(0, breath)
      expect(invite).toBe('mời công dân có số thứ tự')
      expect(texts.slice(breath + 1, breath + 1 + number.length)).toEqual(number)
      expect(texts[breath + 1 + number.length]).toBe('đến quầy số')
      // The chime has died away before the first word.
      expect(Math.max(...CHIME.map(({ at }) => at)) + 0.7).toBeLessThan(CHIME_S)
      expect(plan.parts[0]?.at).toBe(CHIME_S)
      for (const [index, { at }] of plan.parts.entries())
        expect(at).toBeGreaterThanOrEqual(plan.parts[index - 1]?.until ?? 0)
      const sum = words.reduce((total, text) => total + (secondsOf(text) ?? 0), 0)
      const gaps = plan.length - CHIME_S - PAUSE_S - sum
      expect(gaps / words.length).toBeCloseTo(0.02, 6)
      // No clip is silence, and none is a sentence; nothing is cut off by the clock that guards the hall.
      for (const { at, until } of plan.parts) {
        expect(until - at).toBeGreaterThan(0.1)
        expect(until - at).toBeLessThan(4)
      }
      expect(plan.length * 1_000).toBeLessThan(LONGEST_MS)
    },
  )
})

describe('ten calls that come at once', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are said one after the other in the order in which they were called', async () => {
    const secondsOf = clipsOf('north')
    const begin = Date.now()
    let board = CALLS.reduce(
      (state, [number, counter], index) =>
        hear(
          state,
          {
            ...{
              kind: 'call',
              type: 'ticket-called',
              position: index + 1,
              ticket: `ticket-${index}`,
              number,
              counter,
            },
            ...{ counterName: '', service: '', calls: 1, at: new Date(begin).toISOString() },
          },
          begin,
        ),
      EMPTY_BOARD,
    )
    const said: { number: string; from: number; until: number }[] = []
    const morning = (async () => {
      for (;;) {
        if (!board.announcing) board = announceNext(board)
        const { current, announcing } = board
        if (!announcing || !current) return
        const { length } = planSpeech(
          announcementOf(current.number, current.counter, 'north'),
          secondsOf,
          true,
        )
        const from = Date.now()
        const speech = new Promise((done) => setTimeout(done, length * 1_000))
        void speech.then(() => said.push({ number: current.number, from, until: Date.now() }))
        await announceCall(speech)
        board = announceNext(board)
      }
    })()
    await vi.runAllTimersAsync()
    await morning
    expect(said.map(({ number }) => number)).toEqual(CALLS.map(([number]) => number))
    for (const [index, { from }] of said.entries()) expect(from).toBeGreaterThan(said[index - 1]?.until ?? 0)
  })
})
