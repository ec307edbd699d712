import type { Role } from '#modules/identity/contract.ts'
import type { Row } from '../row.ts'

export const NOBODY = '00000000-0000-7000-8000-000000000000'
export const REASON = 'Kiểm tra quyền'
export const ADMINISTRATORS = ['UNIT_ADMIN', 'SYSTEM_ADMIN'] as const

export function includes(roles: readonly Role[], role: Role): boolean {
  return roles.includes(role)
}

export const anyone = (ask: Row['ask'], past: readonly string[] = []): Row => ({ ask, may: 'anyone', past })
