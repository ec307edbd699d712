import { useQueries } from '@tanstack/react-query'
import { getUnit } from '#modules/organisation/contract.ts'
import { call } from '../../api/call.ts'
import { keyOf } from '../../api/queries.ts'
import { useMe } from '../session/me.tsx'

const AT_COUNTER = ['RECEPTION', 'RETURN_DESK', 'DIGITISER', 'CENTRE_OFFICER']
const IN_AGENCY = ['CLERK', 'SPECIALIST', 'UNIT_LEAD']

export type HandPlace = { id: string; name: string; side: 'centre' | 'agency' }

/** Where this person gives and takes papers, by the grants; the server decides, this only offers. */
export function useHandPlaces(): HandPlace[] {
  const me = useMe()
  const places = new Map<string, HandPlace['side']>()
  for (const { role, unit, scope } of me.grants) {
    const place = unit ?? (scope === 'province' ? (me.centre ?? me.unit) : null)
    if (place === null) continue
    if (AT_COUNTER.includes(role)) places.set(place, 'centre')
    else if (IN_AGENCY.includes(role) && !places.has(place)) places.set(place, 'agency')
  }
  const ids = [...places]
  const units = useQueries({
    queries: ids.map(([unit]) => ({
      queryKey: keyOf(getUnit, { unit }),
      queryFn: () => call(getUnit, { unit }),
      staleTime: 600_000,
    })),
  })
  return ids.map(([id, side], i) => ({ id, side, name: units[i]?.data?.shortName ?? id }))
}
