import { useState } from 'react'
import { listOfficers } from '#modules/dossiers/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { SearchBox } from '../../ui/search/search-box.tsx'
import { useRested } from '../administration/address.ts'
import styles from './list-page.module.css'

const words = catalogue(
  { change: 'Bỏ người này', hint: 'Gõ tên, không cần dấu' },
  { change: 'Drop this person', hint: 'Type a name; marks are not needed' },
)

type OfficerPickerProps = {
  id: string
  label: string
  /** Account, or nothing. */
  value: string
  onChange: (account: string) => void
}

/** One of those who hold steps now. */
export function OfficerPicker({ id, label, value, onChange }: OfficerPickerProps) {
  const w = useWords(words)
  const [text, setText] = useState('')
  const q = useRested(text)
  const found = useOperation(
    listOfficers,
    { q },
    { enabled: value === '' && q.trim().length >= 2, keep: true },
  )
  const chosen = useOperation(listOfficers, { id: value }, { enabled: value !== '', staleTime: 600_000 })
  if (value)
    return (
      <div>
        <p className={styles.label}>{label}</p>
        <div className={styles.picked} id={id}>
          <span>{chosen.data?.items[0]?.name ?? '…'}</span>
          <Button look="quiet" onClick={() => onChange('')}>
            {w.change}
          </Button>
        </div>
      </div>
    )
  return (
    <div>
      <p className={styles.label}>{label}</p>
      <SearchBox
        id={id}
        size="desk"
        label={label}
        placeholder={w.hint}
        value={text}
        onChange={setText}
        suggestions={
          q.trim().length >= 2 ? found.data?.items.map((one) => ({ ...one, detail: '' })) : undefined
        }
        onPick={(one) => {
          setText('')
          onChange(one.id)
        }}
      />
    </div>
  )
}
