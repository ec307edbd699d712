import { getCentre, listCentreStaff, listCounters } from '#modules/organisation/contract.ts'

/** What a change of a counter makes old. */
export const COUNTER_READS = [listCounters, getCentre, listCentreStaff] as const
