import type { Role } from '#modules/identity/contract.ts'
import type { Reach } from '../world.ts'
import { includes } from './shared.ts'

/** Domain 12.3: who sees a dossier's content at the counter, in the agency, and across. */
const AT_COUNTER = [
  'RECEPTION',
  'DIGITISER',
  'CASHIER',
  'RETURN_DESK',
  'NON_TERRITORIAL',
  'COMPLAINT_OFFICER',
] as const
export const IN_AGENCY = ['SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD', 'CLERK'] as const
export const ACROSS = ['CENTRE_OFFICER', 'CENTRE_DIRECTOR', 'SUPERVISOR', 'DUE_WATCH', 'AUDITOR'] as const
export const READERS: readonly Role[] = [...AT_COUNTER, ...IN_AGENCY, ...ACROSS]

/** Which of the four dossiers a reader sees, by where the centre or the agency of the asker comes in. */
export const SEES: Readonly<Record<Reach, (role: Role) => readonly ('A' | 'B' | 'C' | 'D')[]>> = {
  here: (role) => {
    // The one-stop of the agency watches over what another centre received for it (domain 2.9); its counters have nothing to do.
    if (includes(ACROSS, role)) return ['A', 'C', 'D']
    if (includes(AT_COUNTER, role)) return ['A', 'C']
    // The department that resolves C is not the district's.
    return includes(IN_AGENCY, role) ? ['A', 'D'] : []
  },
  elsewhere: (role) => {
    if (includes(AT_COUNTER, role) || includes(ACROSS, role)) return ['B', 'C', 'D']
    return includes(IN_AGENCY, role) ? ['B'] : []
  },
  province: (role) => (READERS.includes(role) ? ['A', 'B', 'C', 'D'] : []),
}
