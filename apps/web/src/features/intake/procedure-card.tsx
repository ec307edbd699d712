import { Printer, Search } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import type { ProcedureDetail } from '#modules/catalogue/contract.ts'
import { searchProcedures } from '#modules/catalogue/contract.ts'
import { getGuidance } from '#modules/dossiers/contract.ts'
import { addressOf } from '../../api/call.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { SavedIndicator, type SavedState } from '../../ui/feedback/saved.tsx'
import { SelectField } from '../../ui/field/field.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { SearchBox } from '../../ui/search/search-box.tsx'
import { OfficialName } from '../dossiers/official-name.tsx'
import type { Preview } from './consequences.tsx'
import type { IntakeDraft } from './draft.ts'
import { GroupNote } from './group-note.tsx'
import styles from './intake.module.css'

const words = catalogue(
  {
    find: 'Tìm thủ tục',
    placeholder: 'Tên thủ tục, mã, hoặc việc người dân cần làm; không cần dấu',
    first: 'Người dân cần làm thủ tục gì?',
    change: 'Đổi thủ tục',
    guide: 'In phiếu hướng dẫn',
    keep: 'Giữ thủ tục đang chọn',
    case: 'Trường hợp',
    choose: 'Chọn trường hợp của người nộp',
    at: (at: number, of: number) => `Thủ tục ${at} trong ${of}`,
  },
  {
    find: 'Find a procedure',
    placeholder: 'Name, code, or what the person needs; marks are not needed',
    first: 'Which procedure does the person need?',
    change: 'Change',
    guide: 'Print the guidance',
    keep: 'Keep the chosen procedure',
    case: 'Case',
    choose: 'Choose the case that applies',
    at: (at: number, of: number) => `Procedure ${at} of ${of}`,
  },
)

type ProcedureCardProps = {
  draft: IntakeDraft
  detail: ProcedureDetail | undefined
  /** Where it is a group of procedures. */
  group: Preview['group']
  saved: SavedState | undefined
  siblings: React.ReactNode
  searching: boolean
  onSearching: (searching: boolean) => void
  onProcedure: (procedure: { code: string; name: string }) => void
  onCase: (id: string) => void
}

/** What to bring, where, how long and for how much: for who goes home to fetch the papers. */
const openGuidance = ({ centre, caseId }: IntakeDraft, procedure: string): void => {
  const asked = { procedure, centre, ...(caseId === '' ? {} : { case: caseId }) }
  window.open(addressOf(getGuidance, asked), '_blank', 'noopener')
}

/** Which procedure and which case; the official title is complete, one press away. */
export function ProcedureCard(props: ProcedureCardProps) {
  const { draft, detail, group, saved, siblings, searching, onSearching, onProcedure, onCase } = props
  const w = useWords(words)
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const box = useRef<HTMLDivElement>(null)
  const open = searching || draft.procedure === null
  useEffect(() => {
    if (open) box.current?.querySelector('input')?.focus()
  }, [open])
  const found = useOperation(
    searchProcedures,
    { q: asked, limit: 8 },
    { enabled: open && asked.length >= 2, keep: true },
  )
  const items = found.data?.items ?? []
  const near = items.length === 0 && (found.data?.near?.length ?? 0) > 0
  const suggestions = near ? found.data?.near : found.data?.items
  return (
    <section className={desk.card} aria-label={w.find}>
      <div className={styles.meta}>
        {siblings}
        <span className={styles.saved}>{saved ? <SavedIndicator state={saved} /> : null}</span>
      </div>
      {open ? (
        <div ref={box} className={desk.stack}>
          {draft.procedure ? null : <h2 className={styles.name}>{w.first}</h2>}
          <div className={styles.searchLine}>
            <SearchBox
              id="procedure-search"
              size="desk"
              label={w.find}
              placeholder={w.placeholder}
              shortcut="/"
              value={text}
              onChange={setText}
              near={near}
              suggestions={
                asked.length >= 2
                  ? suggestions?.map((item) => ({
                      id: item.code,
                      name: item.plainName ?? item.name,
                      detail: item.field,
                      code: item.code,
                    }))
                  : undefined
              }
              onPick={(picked) => {
                setText('')
                onSearching(false)
                onProcedure({ code: picked.id, name: picked.name })
              }}
            />
            {draft.procedure ? (
              <Button look="quiet" onClick={() => onSearching(false)}>
                {w.keep}
              </Button>
            ) : null}
          </div>
        </div>
      ) : (
        <div className={styles.procedure}>
          <div>
            <h2 className={styles.name}>{detail?.plainName ?? detail?.name ?? draft.procedure?.name}</h2>
            <OfficialName code={draft.procedure?.code ?? ''} name={detail?.name ?? ''} />
          </div>
          <div className={styles.procedureActions}>
            {detail ? (
              <Button icon={Printer} onClick={() => openGuidance(draft, detail.code)}>
                {w.guide}
              </Button>
            ) : null}
            <Button icon={Search} shortcut="/" onClick={() => onSearching(true)}>
              {w.change}
            </Button>
          </div>
        </div>
      )}
      {!open && group ? <GroupNote group={group} /> : null}
      {!open && detail && detail.cases.length > 1 ? (
        <div className={styles.case}>
          <SelectField
            id="case"
            label={w.case}
            value={draft.caseId}
            placeholder={w.choose}
            onChange={onCase}
            options={detail.cases.map((one, index) => ({
              value: one.id,
              label: `${index + 1}. ${one.name}`,
            }))}
          />
        </div>
      ) : null}
    </section>
  )
}
