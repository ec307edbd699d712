import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { searchProcedures } from '#modules/catalogue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { useWords } from '../../ui/language/language.tsx'
import { SearchBox } from '../../ui/search/search-box.tsx'
import { words } from './words.ts'

/** The search box of the portal: suggestions while typing, Enter shows the whole list. */
export function ProcedureSearch({ initial = '' }: { initial?: string }) {
  const w = useWords(words)
  const navigate = useNavigate()
  const [text, setText] = useState(initial)
  const asked = useDeferredValue(text.trim())
  const found = useOperation(
    searchProcedures,
    { q: asked, limit: 6 },
    { enabled: asked.length >= 2, keep: true },
  )
  const items = found.data?.items ?? []
  const near = items.length === 0 ? (found.data?.near ?? []) : []
  return (
    <SearchBox
      label={w.search}
      placeholder={w.placeholder}
      value={text}
      onChange={setText}
      suggestions={
        found.data
          ? [...items, ...near].map((p) => ({
              id: p.code,
              name: p.plainName ?? p.name,
              detail: p.field,
              code: p.code,
            }))
          : undefined
      }
      near={near.length > 0}
      onPick={(picked) => void navigate({ to: '/thu-tuc/$code', params: { code: picked.id } })}
      onSubmit={(q) => void navigate({ to: '/thu-tuc', search: { q: q.trim() || undefined } })}
    />
  )
}
