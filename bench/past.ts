import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Services } from '#server/services.ts'
import { historyLines, type PastOffer } from '#sim/history.ts'
import { centresOn, resolvingUnit } from '#sim/offers.ts'

/** Days of the past: ten years until the day before the benchmark's own dossiers. */
export const PAST_FROM = new Date('2016-01-04T00:00:00+07:00')
export const PAST_TO = new Date('2026-04-01T00:00:00+07:00')

/** The procedures that people ask for, at every open centre whose province decides them. */
const offersOf = async ({ catalogue, organisation }: Services, on: string): Promise<PastOffer[]> => {
  const tree = await organisation.tree()
  const { items } = await catalogue.search({ limit: 100 })
  const offers: PastOffer[] = []
  for (const [rank, { code }] of items.entries()) {
    const version = await catalogue.getInForce(code)
    for (const centre of centresOn(tree, on)) {
      const unit = resolvingUnit(tree, { version, centre, place: null, on })
      if (unit !== null) offers.push({ procedure: code, centre, unit, weight: 1 / (rank + 3) })
    }
  }
  return offers
}

export type PastFile = { file: string; rows: number; seed?: string }

/** Writes a file of the former system, line by line. */
export const writePast = async (
  services: Services,
  { file, rows, seed = 'mot-cua-bench' }: PastFile,
): Promise<void> => {
  const tree = await services.organisation.tree()
  const offers = await offersOf(services, PAST_TO.toISOString().slice(0, 10))
  const out = createWriteStream(file, { highWaterMark: 4 * 1024 * 1024 })
  let page = ''
  for (const line of historyLines({ seed, rows, from: PAST_FROM, to: PAST_TO, tree, offers })) {
    page += line
    if (page.length < 1_000_000) continue
    if (!out.write(page)) await once(out, 'drain')
    page = ''
  }
  out.end(page)
  await once(out, 'finish')
}
