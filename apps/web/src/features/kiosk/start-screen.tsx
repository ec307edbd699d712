import { FolderSearch, PackageCheck, ScanLine, Search, Smile } from 'lucide-react'
import { useState } from 'react'
import type { ServiceGroup } from '#modules/queue/contract.ts'
import { partsOf } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { CrowdWord, WaitText } from '../hall/waits.tsx'
import styles from './kiosk.module.css'
import type { KioskView } from './view.ts'
import { words } from './words.ts'

const SHOWN = 6

/** Everything in reach from one page: search, services with their waits, results, dossiers, rating. */
export function StartScreen({ view: { groups, act } }: { view: KioskView }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [all, setAll] = useState(false)
  const reception = groups.filter(({ kind }) => kind === 'reception')
  const results = groups.find(({ kind }) => kind === 'return')
  const others = groups.filter((group) => group.kind === 'cashier' || group.kind === 'guide')
  const services = [...reception, ...others]
  const closed = services.every(({ open }) => !open) ? services[0]?.closed : null
  const few = services.length > SHOWN + 1 && !all
  const choose = (group: ServiceGroup) =>
    act({
      does: 'go',
      to: group.kind === 'reception' && group.agencies.length > 0 ? 'group' : 'papers',
      with: { group: group.id, procedure: null },
    })
  return (
    <>
      <h1 tabIndex={-1}>{w.welcome}</h1>
      <p className={styles.lead}>{closed ? `${closed[language]}. ${w.closedHint}` : w.welcomeHint}</p>
      <button type="button" className={styles.search} onClick={() => act({ does: 'go', to: 'find' })}>
        <Search size="2.5rem" aria-hidden="true" /> {w.find}
      </button>
      <div className={styles.between}>
        <h2>{w.take}</h2>
        {closed ? null : <p>{w.estimated(partsOf(new Date().toISOString()).time)}</p>}
      </div>
      <ul className={styles.cards}>
        {services.slice(0, few ? SHOWN - 1 : undefined).map((group) => (
          <li key={group.id}>
            <GroupCard group={group} choose={() => choose(group)} />
          </li>
        ))}
        {few ? (
          <li>
            <button type="button" className={styles.card} onClick={() => setAll(true)}>
              <strong>{w.more}</strong>
            </button>
          </li>
        ) : null}
      </ul>
      <div className={styles.doors}>
        {results ? (
          <button type="button" className={styles.mainDoor} onClick={() => choose(results)}>
            <PackageCheck size="2.75rem" aria-hidden="true" /> <GroupName group={results} />
          </button>
        ) : null}
        <button type="button" onClick={() => act({ does: 'go', to: 'look-up', with: { code: '' } })}>
          <FolderSearch size="2.75rem" aria-hidden="true" /> {w.lookUp}
        </button>
        <button type="button" onClick={() => act({ does: 'go', to: 'rate', with: { token: null } })}>
          <Smile size="2.75rem" aria-hidden="true" /> {w.rate}
        </button>
      </div>
      <p className={styles.hint}>
        <ScanLine size="2.25rem" aria-hidden="true" /> {w.scanHint}
      </p>
    </>
  )
}

export function GroupName({ group }: { group: Pick<ServiceGroup, 'name' | 'nameEn'> }) {
  const { language } = useLanguage()
  return (
    <span lang={language === 'vi' ? 'vi' : undefined}>{language === 'vi' ? group.name : group.nameEn}</span>
  )
}

function GroupCard({ group, choose }: { group: ServiceGroup; choose: () => void }) {
  const w = useWords(words)
  return (
    <button type="button" className={styles.card} onClick={choose}>
      <strong>
        <GroupName group={group} />
      </strong>
      <span className={styles.cardFoot}>
        {!group.open ? (
          <span>{w.closed}</span>
        ) : group.openCounters === 0 ? (
          <span>{w.noCounter}</span>
        ) : (
          <>
            <CrowdWord crowd={group.crowd} size="1.75rem" />
            <span className={styles.cardWait}>
              <WaitText wait={group.wait} />
            </span>
          </>
        )}
      </span>
    </button>
  )
}
