import { useDeferredValue, useState } from 'react'
import { searchDossiers } from '#modules/dossiers/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { useGo } from '../../surfaces/desk/go.ts'
import { useScanner, useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { SearchBox } from '../../ui/search/search-box.tsx'
import { STATUS } from '../../ui/status/status-table.ts'
import { useMe } from '../session/me.tsx'
import { codeInScan } from './code-in-scan.ts'

const words = catalogue(
  {
    label: 'Tìm hồ sơ',
    placeholder: 'Mã hồ sơ, tên, số định danh, điện thoại',
    find: 'Tìm hồ sơ',
  },
  { label: 'Find a dossier', placeholder: 'Code, name, personal number, phone', find: 'Find a dossier' },
)

type DossierSearchProps = { onPick?: (code: string) => void; autoFocus?: boolean }

/** The search of a screen's header; a scanned slip opens its dossier at once. Absent for those who see no dossiers. */
export function DossierSearch({ onPick }: DossierSearchProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const me = useMe()
  const go = useGo()
  const allowed = me.rail.includes('dossiers')
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const found = useOperation(
    searchDossiers,
    { q: asked, limit: 8 },
    { enabled: allowed && asked.length >= 2, keep: true },
  )
  const open = onPick ?? ((code: string) => go(`/desk/ho-so/${code}`))
  useShortcuts([
    {
      keys: '/',
      label: w.find,
      run: () => document.getElementById('dossier-search')?.focus(),
      when: allowed,
    },
  ])
  useScanner((scanned) => {
    const code = codeInScan(scanned)
    if (code && allowed) open(code)
  })
  if (!allowed) return null
  return (
    <SearchBox
      id="dossier-search"
      size="desk"
      label={w.label}
      placeholder={w.placeholder}
      shortcut="/"
      value={text}
      onChange={setText}
      suggestions={
        asked.length >= 2
          ? found.data?.items.map((item) => ({
              id: item.code,
              name: `${item.owner} · ${item.procedure.name}`,
              detail: STATUS[item.status][language],
              code: item.code,
            }))
          : undefined
      }
      onPick={(picked) => {
        setText('')
        open(picked.id)
      }}
      onSubmit={(typed) => {
        const code = codeInScan(typed)
        const best = found.data?.items[0]?.code
        if (code) open(code)
        else if (best) open(best)
      }}
    />
  )
}
