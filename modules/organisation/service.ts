import { createCounters } from './service/counters.ts'
import { createReading } from './service/reading.ts'
import { createShared, type OrganisationDeps } from './service/shared.ts'
import { createSigning } from './service/signing.ts'
import { createStaff } from './service/staff.ts'
import { createUnits } from './service/units.ts'

export type { OrganisationDeps } from './service/shared.ts'

/** The use cases, by what they change; all stand on one tree in memory. */
export const createOrganisationService = (deps: OrganisationDeps) => {
  const shared = createShared(deps)
  return {
    ...createReading(shared),
    ...createUnits(shared),
    ...createCounters(shared),
    ...createStaff(shared),
    ...createSigning(shared),
  }
}

export type OrganisationService = ReturnType<typeof createOrganisationService>
