import type { StaffActor } from '#modules/identity/contract.ts'
import type { DossierDeps } from './deps.ts'

/** Writes down, before the answer leaves, who saw which personal data and why. */
export const recordReading =
  ({ recordAccess }: Pick<DossierDeps, 'recordAccess'>) =>
  (
    { id, name }: StaffActor,
    subject: { kind: string; id: string },
    fields: readonly string[],
    purpose: string,
  ): Promise<void> =>
    recordAccess({ actor: { kind: 'staff', id, name }, subject, fields, purpose })
