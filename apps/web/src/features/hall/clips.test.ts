import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ticketCode } from '#modules/queue/rules.ts'
import { atRoot } from '#platform/root.ts'
import { SPOKEN } from '../kiosk/spoken.ts'
import { announcementOf, englishNumber, PAUSE } from './spoken-call.ts'

/** Texts of a set that have no clip, or one that holds next to nothing. */
const mute = (set: string, texts: Iterable<string>): string[] => {
  const folder = atRoot('apps/web/public/voice', set)
  const { clips } = JSON.parse(readFileSync(`${folder}/clips.json`, 'utf8')) as {
    clips: Record<string, string>
  }
  return [...new Set(texts)].filter((text) => {
    const file = clips[text]
    return text !== PAUSE && (file === undefined || statSync(`${folder}/${file}`).size < 400)
  })
}
const codes = [
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap((letter) =>
    Array.from({ length: 1_200 }, (_, i) => ticketCode(letter, i + 1)),
  ),
  ...Array.from({ length: 10_000 }, (_, n) => ticketCode('A', n)),
]

describe('every call can be said from clips that lie here', () => {
  it.each(['north', 'south'] as const)('in the %s', (region) => {
    const said = new Set<string>(Object.values(SPOKEN.vi))
    for (const [index, code] of codes.entries())
      for (const text of announcementOf(code, (index % 200) + 1, region)) said.add(text)
    expect(mute(`vi-${region}`, said)).toEqual([])
  })
  it('in English', () => {
    const said = new Set<string>(Object.values(SPOKEN.en))
    for (const code of codes) for (const text of englishNumber(code)) said.add(text)
    expect(mute('en', said)).toEqual([])
  })
})
