import { BellRing } from 'lucide-react'
import { listAlarms } from '#modules/dossiers/contract.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { useGo } from '../../surfaces/desk/go.ts'
import { formatCount } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'

const words = catalogue(
  { label: 'Cảnh báo: hồ sơ chờ quá lâu' },
  { label: 'Alarms: dossiers that wait too long' },
)

/** How many wait too long, by kind; each opens its list. Nothing is shown where nothing waits. */
export function AlarmCounts({ mine }: { mine: boolean }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const go = useGo()
  const alarms = useOperation(listAlarms, { limit: 1, mine: String(mine) }, { staleTime: 60_000 })
  const waiting = (alarms.data?.counts ?? []).filter(({ value }) => value > 0)
  if (waiting.length === 0) return null
  return (
    <nav className={desk.pills} aria-label={w.label}>
      <BellRing size={16} aria-hidden />
      {waiting.map(({ kind, words: what, value, capped }) => (
        <button
          key={kind}
          type="button"
          className={desk.pill}
          onClick={() => go(`/desk/canh-bao?loai=${kind}${mine ? '&cua-toi=1' : ''}`)}
        >
          {what[language]}{' '}
          <span className="n">
            {formatCount(value)}
            {capped ? '+' : ''}
          </span>
        </button>
      ))}
    </nav>
  )
}
