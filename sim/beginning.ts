import type { Db } from '#platform/db/connect.ts'
import { inTransaction } from '#platform/db/connect.ts'
import type { Services } from '#server/services.ts'
import type { Terms } from './plan.ts'

const STARTED = 'demo-province-started'

/** Set down in the log before the first invented dossier, so that nobody takes the demo's past for a real one. */
type Started = { seed: string; from: string; to: string; dossiers: number; plan: string }

const termsOf = ({ seed, from, to, dossiers }: Started): Terms => ({
  seed,
  from: new Date(from),
  to: new Date(to),
  dossiers,
})

/**
 * The terms of this past. A start that was broken off has set them down already, and what it began is finished with them:
 * the same seed, the same "now". `confirm` writes them with the plan's digest, or says whether the plan is still the same.
 */
export const agreeTerms = async (
  { services, db, profile }: { services: Services; db: Db; profile: string },
  proposed: Terms,
) => {
  const subject = { kind: 'installation', id: profile }
  const events = await services.log.timeline(db, subject)
  // Written below, in this shape.
  const started = events.find(({ type }) => type === STARTED)?.data as Started | undefined
  return {
    resuming: started !== undefined,
    terms: started ? termsOf(started) : proposed,
    confirm: async (plan: string): Promise<boolean> => {
      if (started) return started.plan === plan
      const { seed, from, to, dossiers } = proposed
      const data: Started = { seed, from: from.toISOString(), to: to.toISOString(), dossiers, plan }
      const actor = { kind: 'system', id: null, name: 'Tỉnh mẫu' } as const
      await inTransaction(db, (tx) =>
        services.log.append(tx, [{ type: STARTED, at: from, actor, subject, data }]),
      )
      return true
    },
  }
}
