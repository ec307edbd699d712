import { ROLE_NAMES } from '#modules/identity/contract.ts'

/** Roles that a step may ask for. */
export const ROLE_SET: ReadonlySet<string> = new Set(ROLE_NAMES)
