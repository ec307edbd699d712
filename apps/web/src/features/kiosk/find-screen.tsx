import { useDeferredValue, useState } from 'react'
import { type ProcedureSummary, searchProcedures } from '#modules/catalogue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { TextField } from '../../ui/field/field.tsx'
import { useWords } from '../../ui/language/language.tsx'
import styles from './kiosk.module.css'
import { TouchKeyboard } from './touch-keyboard.tsx'
import type { KioskView } from './view.ts'
import { words } from './words.ts'

/** Words without accents find the procedure; the service that receives it is found from there. */
export function FindScreen({ view: { act } }: { view: KioskView }) {
  const w = useWords(words)
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const found = useOperation(
    searchProcedures,
    { q: asked, limit: 8 },
    { enabled: asked.length >= 2, keep: true },
  )
  const items = asked.length < 2 ? [] : (found.data?.items ?? [])
  const near = items.length === 0 && asked.length >= 2 ? (found.data?.near ?? []) : []
  return (
    <div className={styles.typing}>
      <h1 tabIndex={-1}>{w.findTitle}</h1>
      <TextField label={w.findLabel} value={text} onChange={setText} inputMode="none" autoComplete="off" />
      <div className={styles.found} role="status">
        {asked.length < 2 ? <p className={styles.lead}>{w.typeMore}</p> : null}
        {asked.length >= 2 && found.data && items.length === 0 ? (
          <p>{near.length > 0 ? w.near : w.nothing}</p>
        ) : null}
        <ProcedureList
          procedures={[...items, ...near]}
          choose={({ code }) => act({ does: 'go', to: 'papers', with: { procedure: code, group: null } })}
        />
      </div>
      <TouchKeyboard kind="letters" value={text} onChange={setText} />
    </div>
  )
}

type ListProps = { procedures: readonly ProcedureSummary[]; choose: (procedure: ProcedureSummary) => void }

export function ProcedureList({ procedures, choose }: ListProps) {
  return (
    <ul className={styles.procedures}>
      {procedures.map((procedure) => (
        <li key={procedure.code}>
          <button type="button" onClick={() => choose(procedure)} lang="vi">
            <strong>{procedure.plainName ?? procedure.name}</strong>
            <span>{procedure.field}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
