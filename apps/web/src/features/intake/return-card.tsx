import { Building2, Mail, Smartphone } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { listCentres, listUnits } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { SelectField, TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { SearchBox } from '../../ui/search/search-box.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import type { IntakeDraft } from './draft.ts'
import styles from './intake.module.css'

const words = catalogue(
  {
    title: 'Trả kết quả',
    way: 'Cách trả',
    counter: 'Tại quầy',
    postal: 'Bưu điện',
    electronic: 'Bản điện tử',
    centre: 'Nơi trả',
    here: 'Tại nơi nhận',
    receiving: 'Nơi tiếp nhận',
    address: 'Địa chỉ gửi bưu điện',
    sets: 'Số bộ hồ sơ',
    copies: 'Số hồ sơ giống nhau',
    note: 'Ghi chú',
    resolves: (unit: string) => `${unit} giải quyết`,
    abroad: 'Phi địa giới',
    unknown: 'Chọn cơ quan giải quyết',
    find: 'Tên cơ quan, xã, phường',
    change: 'Đổi',
  },
  {
    title: 'Return of the result',
    way: 'Way of return',
    counter: 'At the counter',
    postal: 'By post',
    electronic: 'Electronic',
    centre: 'Returned at',
    here: 'Where it is received',
    receiving: 'Received at',
    address: 'Postal address',
    sets: 'Sets of papers',
    copies: 'Dossiers alike',
    note: 'Note',
    resolves: (unit: string) => `${unit} decides`,
    abroad: 'Non-territorial',
    unknown: 'Choose the deciding agency',
    find: 'Name of the agency or commune',
    change: 'Change',
  },
)

type ReturnCardProps = {
  draft: IntakeDraft
  onChange: (change: Partial<IntakeDraft>) => void
  errorOf: (path: string) => string | undefined
  /** As the server found it; null when it could not. Undefined before a procedure is chosen. */
  unit: { id: string; name: string } | null | undefined
  nonTerritorial: boolean
  /** For officers of no single centre. */
  chooseCentre: boolean
}

export function ReturnCard({
  draft,
  onChange,
  errorOf,
  unit,
  nonTerritorial,
  chooseCentre,
}: ReturnCardProps) {
  const w = useWords(words)
  const centres = useOperation(listCentres, {}, { staleTime: 600_000 })
  const options = centres.data?.items.map(({ id, shortName }) => ({ value: id, label: shortName })) ?? []
  return (
    <section className={desk.card} aria-labelledby="return-title">
      <div className={styles.return}>
        <h2 id="return-title">{w.title}</h2>
        <SegmentedChoice
          label={w.way}
          hideLabel
          value={draft.way}
          options={[
            { value: 'counter', label: w.counter, icon: Building2 },
            { value: 'postal', label: w.postal, icon: Mail },
            { value: 'electronic', label: w.electronic, icon: Smartphone },
          ]}
          onChange={(way) => onChange({ way })}
        />
        {unit === undefined ? null : (
          <Agency
            unit={unit}
            chosen={draft.resolvingUnit}
            nonTerritorial={nonTerritorial}
            onChange={(resolvingUnit) => onChange({ resolvingUnit })}
          />
        )}
        <div className={styles.returnFields}>
          {chooseCentre ? (
            <SelectField
              id="receivingCentre"
              label={w.receiving}
              value={draft.centre}
              placeholder={w.receiving}
              options={options}
              onChange={(centre) => onChange({ centre })}
              error={errorOf('receivingCentre')}
            />
          ) : null}
          {draft.way === 'counter' ? (
            <SelectField
              id="resultReturn.centre"
              label={w.centre}
              value={draft.returnCentre}
              placeholder={w.here}
              options={options.filter(({ value }) => value !== draft.centre)}
              onChange={(returnCentre) => onChange({ returnCentre })}
            />
          ) : null}
          {draft.way === 'postal' ? (
            <TextField
              id="resultReturn.address"
              label={w.address}
              value={draft.address}
              onChange={(address) => onChange({ address })}
              error={errorOf('resultReturn.address')}
            />
          ) : null}
          <TextField
            id="sets"
            label={w.sets}
            className="n"
            inputMode="numeric"
            value={String(draft.sets)}
            onFocus={(event) => event.target.select()}
            onChange={(text) =>
              onChange({ sets: Math.min(20, Math.max(1, Number(text.replace(/\D/g, '')))) })
            }
          />
          <TextField
            id="copies"
            label={w.copies}
            className="n"
            inputMode="numeric"
            value={String(draft.copies)}
            onFocus={(event) => event.target.select()}
            onChange={(text) =>
              onChange({ copies: Math.min(20, Math.max(1, Number(text.replace(/\D/g, '')))) })
            }
          />
          <TextField id="note" label={w.note} value={draft.note} onChange={(note) => onChange({ note })} />
        </div>
      </div>
    </section>
  )
}

type AgencyProps = {
  unit: { id: string; name: string } | null
  chosen: IntakeDraft['resolvingUnit']
  nonTerritorial: boolean
  onChange: (unit: IntakeDraft['resolvingUnit']) => void
}

/** Who decides: found by the server, or chosen where several could, e.g. the commune of the land. */
function Agency({ unit, chosen, nonTerritorial, onChange }: AgencyProps) {
  const w = useWords(words)
  const [choosing, setChoosing] = useState(false)
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const open = choosing || unit === null
  const found = useOperation(
    listUnits,
    { q: asked, limit: 8 },
    { enabled: open && asked.length >= 2, keep: true },
  )
  if (!open)
    return (
      <span className={styles.agency}>
        {w.resolves(chosen?.name ?? unit.name)}
        {nonTerritorial ? <Chip>{w.abroad}</Chip> : null}
        <button type="button" className={styles.smallButton} onClick={() => setChoosing(true)}>
          {w.change}
        </button>
      </span>
    )
  return (
    <span className={styles.agency}>
      <SearchBox
        id="resolvingUnit"
        size="desk"
        label={w.unknown}
        placeholder={`${w.unknown}: ${w.find}`}
        value={text}
        onChange={setText}
        suggestions={
          asked.length >= 2
            ? found.data?.items.map((item) => ({
                id: item.id,
                name: item.name,
                detail: item.parentName ?? '',
              }))
            : undefined
        }
        onPick={(picked) => {
          setText('')
          setChoosing(false)
          onChange({ id: picked.id, name: picked.name })
        }}
      />
    </span>
  )
}
