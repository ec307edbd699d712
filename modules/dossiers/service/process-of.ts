import { totalProcessHours } from '#modules/catalogue/rules.ts'
import { ownKey, standardKey } from '#modules/workflow/rules.ts'
import { groupProcessOf } from '../rules/group-process.ts'
import type { Limit } from './deadline.ts'
import type { DossierDeps } from './deps.ts'

/** Another process's publication is seen within this time; a dossier accepted meanwhile stays on the version before. */
const FRESH_MS = 1_000
const BEFORE_ALL_DOSSIERS = '2014-01-01'
const GROUP_DECISION = 'Nghị định 118/2025/NĐ-CP, Điều 19 khoản 4'

/** Units of the catalogue; MINUTE, YEAR and NONE occur only in the calendar. */
type CatalogueDuration = Parameters<typeof totalProcessHours>[0]
const hoursOf = (limit: Limit): number | null => {
  if (limit === null || limit.unit === 'NONE') return null
  // Limits come from the catalogue, whose units are a subset of the calendar's.
  return totalProcessHours(limit as CatalogueDuration)
}

/**
 * The version that a dossier accepted on a day travels: of the procedure's own process, else of the standard one of its limit,
 * which is made on first use.
 */
export const createProcessFinder = ({ db, workflow }: Pick<DossierDeps, 'db' | 'workflow'>) => {
  const known = new Map<string, { at: number; version: string }>()

  const find = async (procedure: string, limit: Limit, day: string): Promise<string> => {
    const hours = hoursOf(limit)
    const key = standardKey(hours)
    const own = ownKey(procedure)
    const inForce = await workflow.versionsInForce(db, [own, key], day)
    const version = inForce.get(own) ?? inForce.get(key)
    const drawn = groupProcessOf(procedure)
    if (drawn && !inForce.has(own)) {
      await workflow.ensureProcesses([drawn], {
        effectiveFrom: BEFORE_ALL_DOSSIERS,
        decision: GROUP_DECISION,
      })
      const made = (await workflow.versionsInForce(db, [own], day)).get(own)
      if (made) return made
    }
    if (version) return version
    await workflow.ensureStandardProcesses([hours], BEFORE_ALL_DOSSIERS)
    const made = (await workflow.versionsInForce(db, [key], day)).get(key)
    if (!made) throw new Error(`The standard process ${key} is not in force on ${day}`)
    return made
  }

  return async (procedure: string, limit: Limit, day: string): Promise<string> => {
    const key = `${procedure} ${limit?.amount} ${limit?.unit} ${day}`
    const cached = known.get(key)
    const now = performance.now()
    if (cached && now - cached.at < FRESH_MS) return cached.version
    const version = await find(procedure, limit, day)
    if (known.size > 10_000) known.clear()
    known.set(key, { at: now, version })
    return version
  }
}
