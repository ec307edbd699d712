import reasons from '#data/dossiers/lateness-reasons.json' with { type: 'json' }
import type { Role } from '#modules/identity/contract.ts'
import type { Words } from '#platform/errors.ts'
import type { Pace } from '../contract/vocabulary.ts'

/** Why a dossier is late; `public` is what the applicant reads. The list is data (`data/dossiers`). */
export type LatenessReason = { code: string; name: Words; public: Words; retired: boolean }

export const LATENESS_REASONS: readonly LatenessReason[] = reasons

/** The agency that holds a late dossier owes the reason: its specialist or a head gives it (Article 19(6), Decree 118/2025). */
export const EXPLAINS_LATENESS: readonly Role[] = ['SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD']

/** Past its date and still worked on, or brought after it; who waits for the applicant is not late. */
export const isLate = (pace: Pace): boolean => pace === 'OVERDUE' || pace === 'LATE'

export type Explaining = {
  late: boolean
  /** Of the explanation that stands; 0 while there is none. */
  edition: number
  /** The edition that the new words replace; null for the first. */
  amends: number | null
  holds: boolean
  reason: LatenessReason | undefined
}

export type ExplainingBlock =
  | 'dossiers.not-your-role'
  | 'dossiers.not-late'
  | 'dossiers.unknown-lateness-reason'
  | 'dossiers.lateness-explained'
  | 'dossiers.lateness-not-explained'

/** The first thing against explaining a lateness; a correction names the edition that its author has read. */
export const explainingBlock = ({
  late,
  edition,
  amends,
  holds,
  reason,
}: Explaining): ExplainingBlock | undefined => {
  if (!holds) return 'dossiers.not-your-role'
  if (!late) return 'dossiers.not-late'
  if (!reason || reason.retired) return 'dossiers.unknown-lateness-reason'
  if (amends !== null && edition === 0) return 'dossiers.lateness-not-explained'
  return (amends ?? 0) === edition ? undefined : 'dossiers.lateness-explained'
}
