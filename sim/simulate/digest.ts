import { hash } from 'node:crypto'
import type { Db } from '#platform/db/connect.ts'
import { canonicalJson } from '#platform/log/canonical.ts'
import type { EventLog } from '#platform/log/log.ts'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const PAGE = 2_000

/**
 * A chain of hashes over all sealed events. Ids are made by chance and by the machine's clock, so each is called by the order
 * in which it is first met; everything else, instants and codes too, counts. The same seed and commit give the same digest.
 */
export const createDigest = () => {
  const names = new Map<string, string>()
  let after = 0
  let chain = ''
  const nameOf = (id: string): string => {
    const name = names.get(id) ?? `#${names.size + 1}`
    names.set(id, name)
    return name
  }
  return {
    /** Takes up what was sealed since the last time. */
    take: async (db: Db, log: EventLog): Promise<void> => {
      for (;;) {
        const { events, next } = await log.read(db, { after, limit: PAGE })
        for (const { type, at, actor, subject, data } of events) {
          const text = canonicalJson({ type, at: at.toISOString(), actor, subject, data })
          chain = hash('sha256', `${chain}\n${text.replace(UUID, nameOf)}`)
        }
        if (next === after) return
        after = next
      }
    },
    value: () => chain,
    events: () => after,
  }
}
