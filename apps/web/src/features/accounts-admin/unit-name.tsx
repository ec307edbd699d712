import { getUnit } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'

/** The name of a unit by its id; the id until the name is there. */
export function UnitName({ id }: { id: string }) {
  const unit = useOperation(getUnit, { unit: id }, { staleTime: 600_000 })
  return <>{unit.data?.name ?? id}</>
}
