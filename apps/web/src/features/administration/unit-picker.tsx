import { useState } from 'react'
import { listUnits } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { SearchBox } from '../../ui/search/search-box.tsx'
import { useRested } from './address.ts'
import styles from './administration.module.css'

const words = catalogue(
  { change: 'Chọn đơn vị khác', hint: 'Gõ tên đơn vị, không cần dấu' },
  { change: 'Choose another unit', hint: 'Type the unit’s name; marks are not needed' },
)

export type PickedUnit = { id: string; name: string }

type UnitPickerProps = {
  id: string
  label: string
  value: PickedUnit | null
  onChange: (unit: PickedUnit | null) => void
  /** Only centres. */
  centres?: boolean
  error?: string | undefined
}

/** One unit of the organisation, found by a part of its name. */
export function UnitPicker({ id, label, value, onChange, centres, error }: UnitPickerProps) {
  const w = useWords(words)
  const [text, setText] = useState('')
  const q = useRested(text)
  const found = useOperation(
    listUnits,
    { q, limit: 8, ...(centres ? { kind: 'centre' as const } : {}) },
    { enabled: value === null && q.trim().length >= 2, keep: true },
  )
  return (
    <div>
      <p className={styles.label}>{label}</p>
      {value ? (
        <div className={styles.picked} id={id}>
          <span>{value.name}</span>
          <Button look="quiet" onClick={() => onChange(null)}>
            {w.change}
          </Button>
        </div>
      ) : (
        <SearchBox
          id={id}
          size="desk"
          label={label}
          placeholder={w.hint}
          value={text}
          onChange={setText}
          suggestions={found.data?.items.map((unit) => ({
            id: unit.id,
            name: unit.name,
            detail: unit.parentName ?? '',
          }))}
          onPick={(unit) => {
            setText('')
            onChange({ id: unit.id, name: unit.name })
          }}
        />
      )}
      {error ? <p className={styles.fieldError}>{error}</p> : null}
    </div>
  )
}
