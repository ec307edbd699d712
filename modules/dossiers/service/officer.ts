import type { StaffActor } from '#modules/identity/contract.ts'
import type { ActingOfficer } from '#modules/workflow/rules.ts'

/** The officer with the colleagues for whom they may act. */
export const officerOf = ({ id, name, actsFor }: StaffActor): ActingOfficer => ({
  id,
  name,
  ...(actsFor ? { for: actsFor } : {}),
})
