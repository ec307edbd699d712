import type { Role, Scope, StaffActor } from '#modules/identity/contract.ts'
import type { LayerScope, Words } from './model.ts'

type Keeper = { role: Role; reach: readonly Scope[]; where: 'everywhere' | 'own-centre' }

/** Who keeps which calendar: the nation's and the province's are configuration, a centre's hours are its director's. */
const KEEPERS: Record<LayerScope, { keepers: readonly Keeper[]; called: Words }> = {
  NATION: {
    keepers: [{ role: 'SYSTEM_ADMIN', reach: ['province'], where: 'everywhere' }],
    called: { vi: 'quản trị hệ thống của tỉnh', en: 'the system administrator of the province' },
  },
  PROVINCE: {
    keepers: [{ role: 'SYSTEM_ADMIN', reach: ['province'], where: 'everywhere' }],
    called: { vi: 'quản trị hệ thống của tỉnh', en: 'the system administrator of the province' },
  },
  CENTRE: {
    keepers: [
      { role: 'SYSTEM_ADMIN', reach: ['province'], where: 'everywhere' },
      { role: 'CENTRE_DIRECTOR', reach: ['centre', 'province'], where: 'own-centre' },
      { role: 'UNIT_ADMIN', reach: ['centre'], where: 'own-centre' },
    ],
    called: { vi: 'giám đốc hoặc quản trị của Trung tâm', en: 'the director or administrator of the centre' },
  },
}

export const scopeOfCalendar = (id: string): LayerScope => {
  if (id === 'nation') return 'NATION'
  return id === 'province' ? 'PROVINCE' : 'CENTRE'
}

export const keeperOf = (calendar: string): Words => KEEPERS[scopeOfCalendar(calendar)].called

/** Whether this officer may change this calendar; everybody on the staff may read all of them. */
export const mayChangeCalendar = (actor: Pick<StaffActor, 'grants'>, calendar: string): boolean =>
  KEEPERS[scopeOfCalendar(calendar)].keepers.some(({ role, reach, where }) =>
    actor.grants.some(
      (grant) =>
        grant.role === role &&
        reach.includes(grant.scope) &&
        (where === 'everywhere' || grant.unit === calendar),
    ),
  )
