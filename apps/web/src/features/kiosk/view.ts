import type { ServiceGroup } from '#modules/queue/contract.ts'
import type { KioskAction, KioskSession } from './session.ts'

/** What a scanned card tells this visit, in memory alone: never its name, never its number. */
export type Card = { sixty: boolean; lastFour: string }

export type KioskView = {
  centre: string
  session: KioskSession
  act: (action: KioskAction) => void
  groups: readonly ServiceGroup[]
  card: Card | null
}
