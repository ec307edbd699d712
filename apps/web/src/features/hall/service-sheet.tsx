import { useState } from 'react'
import {
  addServiceGroup,
  changeServiceGroup,
  getFloor,
  getFloorSetup,
  listServiceGroups,
  type ServiceGroupSetup,
} from '#modules/queue/contract.ts'
import { SelectField, TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { useWords } from '../../ui/language/language.tsx'
import admin from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Checks, toggled, whole } from './checks.tsx'
import styles from './hall.module.css'
import { serviceWords } from './service-words.ts'

type Draft = Omit<ServiceGroupSetup, 'id' | 'ordinal' | 'version' | 'givenToday'>
type Kind = Draft['kind']
const KINDS: readonly Kind[] = ['reception', 'return', 'cashier', 'guide']
const SESSIONS = ['ALL', 'MORNING', 'AFTERNOON'] as const

const EMPTY: Draft = {
  ...{ prefix: '', name: '', nameEn: '', kind: 'reception', fields: [], weekdays: [1, 2, 3, 4, 5, 6, 7] },
  ...{ sessions: 'ALL', numberFrom: 1, dailyLimit: null, stopsBefore: 30, active: true, counters: [] },
}

const draftOf = (group: ServiceGroupSetup | undefined): Draft => {
  if (!group) return EMPTY
  const { id: _id, ordinal: _ordinal, version: _version, givenToday: _given, ...draft } = group
  return draft
}

type ServiceSheetProps = {
  centre: string
  counters: readonly { id: string; number: number; name: string; kinds: readonly Kind[] }[]
  fields: readonly string[]
  group?: ServiceGroupSetup
  onClose: () => void
}

export function ServiceSheet({ centre, counters, fields, group, onClose }: ServiceSheetProps) {
  const w = useWords(serviceWords)
  const refresh = [getFloorSetup, getFloor, listServiceGroups]
  const adding = useCommand(addServiceGroup, { refresh, onDone: onClose })
  const changing = useCommand(changeServiceGroup, { refresh, onDone: onClose })
  const givenToday = group?.givenToday ?? 0
  const [draft, setDraft] = useState<Draft>(() => draftOf(group))
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }))
  const own = counters.filter(({ kinds }) => kinds.includes(draft.kind))
  const ready = /^[A-Z]{1,2}$/.test(draft.prefix) && draft.name && draft.nameEn && draft.weekdays.length > 0
  const save = (): void => {
    const body = {
      ...draft,
      counters: draft.counters.filter(({ counter }) => own.some((one) => one.id === counter)),
    }
    if (group)
      void changing.run({ group: group.id, version: group.version, ...body }, { version: group.version })
    else void adding.run({ centre, ...body })
  }
  return (
    <FormSheet
      form="service"
      title={group ? w.editTitle(group.name) : w.addTitle}
      lead={givenToday > 0 ? w.given(givenToday) : w.lead}
      submit={w.save}
      blocked={ready ? undefined : w.incomplete}
      command={group ? changing : adding}
      onClose={onClose}
      onSubmit={save}
    >
      <TextField
        id="service-prefix"
        label={w.prefix}
        hint={w.prefixHint}
        value={draft.prefix}
        maxLength={2}
        readOnly={givenToday > 0}
        onChange={(prefix) => set({ prefix: prefix.toUpperCase() })}
      />
      <TextField
        id="service-name"
        label={w.name}
        value={draft.name}
        maxLength={120}
        onChange={(name) => set({ name })}
      />
      <TextField
        id="service-nameEn"
        label={w.nameEn}
        value={draft.nameEn}
        maxLength={120}
        onChange={(nameEn) => set({ nameEn })}
      />
      <SelectField
        id="service-kind"
        label={w.kind}
        value={draft.kind}
        onChange={(value) => set({ kind: KINDS.find((kind) => kind === value) ?? 'reception' })}
        options={KINDS.map((value) => ({ value, label: w.kinds[value] }))}
      />
      <Checks
        label={w.weekdays}
        options={w.days.map((label, index) => ({ value: index + 1, label }))}
        chosen={draft.weekdays}
        onToggle={(day, on) => set({ weekdays: toggled(draft.weekdays, day, on).toSorted() })}
      />
      <SegmentedChoice
        label={w.session}
        value={draft.sessions}
        options={SESSIONS.map((value) => ({ value, label: w.sessions[value] }))}
        onChange={(sessions) => set({ sessions })}
      />
      <Numbers draft={draft} fixed={givenToday > 0} onChange={set} />
      {draft.kind === 'reception' && fields.length > 0 ? (
        <Checks
          label={w.fieldsLabel}
          hint={w.fieldsHint}
          options={fields.map((value) => ({ value, label: value }))}
          chosen={draft.fields}
          onToggle={(field, on) => set({ fields: toggled(draft.fields, field, on) })}
        />
      ) : null}
      <CountersServed counters={own} draft={draft} onChange={set} />
      <label>
        <input
          type="checkbox"
          checked={draft.active}
          onChange={(event) => set({ active: event.target.checked })}
        />{' '}
        {w.active}
      </label>
    </FormSheet>
  )
}

type PartProps = { draft: Draft; onChange: (change: Partial<Draft>) => void }

function Numbers({ draft, fixed, onChange }: PartProps & { fixed: boolean }) {
  const w = useWords(serviceWords)
  return (
    <>
      <TextField
        id="service-numberFrom"
        label={w.numberFrom}
        inputMode="numeric"
        value={String(draft.numberFrom)}
        readOnly={fixed}
        onChange={(text) => onChange({ numberFrom: whole(text) })}
      />
      <TextField
        id="service-dailyLimit"
        label={w.dailyLimit}
        hint={w.dailyHint}
        optional
        inputMode="numeric"
        value={draft.dailyLimit === null ? '' : String(draft.dailyLimit)}
        onChange={(text) => onChange({ dailyLimit: whole(text) || null })}
      />
      <TextField
        id="service-stopsBefore"
        label={w.stopsBefore}
        inputMode="numeric"
        value={String(draft.stopsBefore)}
        onChange={(text) => onChange({ stopsBefore: whole(text) })}
      />
    </>
  )
}

type CountersServedProps = PartProps & { counters: ServiceSheetProps['counters'] }

function CountersServed({ counters, draft, onChange }: CountersServedProps) {
  const w = useWords(serviceWords)
  const weightOf = new Map(draft.counters.map(({ counter, weight }) => [counter, weight]))
  const put = (counter: string, weight: number | null): void =>
    onChange({
      counters: [
        ...draft.counters.filter((one) => one.counter !== counter),
        ...(weight === null ? [] : [{ counter, weight: Math.min(100, Math.max(1, weight)) }]),
      ],
    })
  return (
    <fieldset>
      <legend className={admin.label}>{w.counters}</legend>
      <p className={admin.muted}>{counters.length === 0 ? w.noCounters : w.weightHint}</p>
      <div className={styles.served}>
        {counters.flatMap(({ id, number, name }) => {
          const weight = weightOf.get(id)
          return [
            <label key={id}>
              <input
                type="checkbox"
                checked={weight !== undefined}
                onChange={(event) => put(id, event.target.checked ? 1 : null)}
              />
              {w.counter(number, name)}
            </label>,
            weight === undefined ? (
              <span key={`${id}-none`} />
            ) : (
              <input
                key={`${id}-weight`}
                type="number"
                min={1}
                max={100}
                aria-label={w.weight(number)}
                value={weight}
                onChange={(event) => put(id, whole(event.target.value))}
              />
            ),
          ]
        })}
      </div>
    </fieldset>
  )
}
