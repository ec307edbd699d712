import { listCentres } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'

/** "Trung tâm Hành chính công tỉnh Quảng Ninh" → "Tỉnh Quảng Ninh". */
export function placeIn(centre: string): string | undefined {
  const place = /(?:tỉnh|thành phố)\s+\S.*$/iu.exec(centre)?.[0]
  return place && place.charAt(0).toUpperCase() + place.slice(1)
}

/** The province this portal serves, from its own centre; nothing until it is known. */
export function usePlace(): string | undefined {
  const { data } = useOperation(listCentres, { level: 'province' }, { staleTime: 3_600_000 })
  const centre = data?.items[0]
  return centre && placeIn(centre.name)
}
