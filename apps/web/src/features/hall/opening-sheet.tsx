import { useState } from 'react'
import {
  addOpening,
  changeOpening,
  type Floor,
  listOpenings,
  type OpeningRuleView,
} from '#modules/queue/contract.ts'
import { DateField, SelectField, TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { formatDate, parseTypedDate } from '../../ui/format/format.ts'
import { useWords } from '../../ui/language/language.tsx'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { appointmentWords, minuteFrom, timeOfMinute } from './appointment-words.ts'
import { Checks, toggled, whole } from './checks.tsx'
import { serviceWords } from './service-words.ts'

const NTH = [1, 2, 3, 4, 5, -1] as const
type OpeningSheetProps = { hall: Floor; rule?: OpeningRuleView; onClose: () => void }

export function OpeningSheet({ hall, rule, onClose }: OpeningSheetProps) {
  const w = useWords(appointmentWords)
  const { days } = useWords(serviceWords)
  const options = { refresh: [listOpenings], onDone: onClose }
  const adding = useCommand(addOpening, options)
  const changing = useCommand(changeOpening, options)
  const [draft, setDraft] = useState(() => ({
    ...{ group: rule?.group ?? '', opens: rule?.opens ?? true, note: rule?.note ?? '' },
    from: formatDate(rule?.from ?? hall.at.slice(0, 10)),
    to: rule?.to ? formatDate(rule.to) : '',
    weekdays: rule?.weekdays ?? [1, 2, 3, 4, 5],
    ...{ everyWeeks: rule?.everyWeeks ?? 1, nthOfMonth: rule?.nthOfMonth ?? null },
    ...{ begins: timeOfMinute(rule?.fromMinute ?? 480), ends: timeOfMinute(rule?.toMinute ?? 630) },
    ...{ slotMinutes: rule?.slotMinutes ?? 30, publicCapacity: rule?.publicCapacity ?? 2 },
    staffCapacity: rule?.staffCapacity ?? 1,
  }))
  const set = (change: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...change }))
  const from = parseTypedDate(draft.from)
  const to = draft.to.trim() === '' ? null : parseTypedDate(draft.to)
  const [fromMinute, toMinute] = [minuteFrom(draft.begins), minuteFrom(draft.ends)]
  const save = (): void => {
    if (!from || to === undefined || fromMinute === undefined || toMinute === undefined) return
    const { begins: _begins, ends: _ends, ...rest } = draft
    const body = { ...rest, from, to, fromMinute, toMinute, note: draft.note.trim() }
    if (rule)
      void changing.run({ opening: rule.id, version: rule.version, ...body }, { version: rule.version })
    else void adding.run({ centre: hall.centre.id, ...body })
  }
  const ready =
    draft.group && from && to !== undefined && fromMinute !== undefined && toMinute !== undefined
      ? draft.weekdays.length > 0
      : false
  const number = (key: 'everyWeeks' | 'slotMinutes' | 'publicCapacity' | 'staffCapacity', label: string) => (
    <TextField
      id={`opening-${key}`}
      label={label}
      inputMode="numeric"
      value={String(draft[key])}
      onChange={(text) => set({ [key]: whole(text) })}
    />
  )
  return (
    <FormSheet
      form="opening"
      title={rule ? w.editTitle : w.addTitle}
      lead={w.rulesLead}
      submit={w.save}
      blocked={ready ? undefined : w.ruleIncomplete}
      command={rule ? changing : adding}
      onClose={onClose}
      onSubmit={save}
    >
      <SelectField
        id="opening-group"
        label={w.service}
        placeholder={w.pick}
        value={draft.group}
        onChange={(group) => set({ group })}
        options={hall.groups.map(({ id, prefix, name }) => ({ value: id, label: `${prefix} · ${name}` }))}
      />
      <SegmentedChoice
        label={w.what}
        value={draft.opens ? 'opens' : 'closes'}
        options={[
          { value: 'opens', label: w.opens },
          { value: 'closes', label: w.closes },
        ]}
        onChange={(value) => set({ opens: value === 'opens' })}
      />
      <DateField
        id="opening-from"
        label={w.from}
        value={draft.from}
        onChange={(text) => set({ from: text })}
      />
      <DateField
        id="opening-to"
        label={w.to}
        hint={w.toHint}
        optional
        value={draft.to}
        onChange={(text) => set({ to: text })}
      />
      <Checks
        label={w.weekdays}
        options={days.map((label, index) => ({ value: index + 1, label }))}
        chosen={draft.weekdays}
        onToggle={(day, on) => set({ weekdays: toggled(draft.weekdays, day, on).toSorted() })}
      />
      {number('everyWeeks', w.everyLabel)}
      <SelectField
        id="opening-nthOfMonth"
        label={w.nthLabel}
        value={String(draft.nthOfMonth ?? '')}
        onChange={(value) => set({ nthOfMonth: NTH.find((nth) => String(nth) === value) ?? null })}
        options={[
          { value: '', label: w.nthAll },
          ...NTH.map((nth) => ({ value: String(nth), label: nth === -1 ? w.nthLast : w.nthOf(nth) })),
        ]}
      />
      <TextField
        id="opening-fromMinute"
        label={w.begins}
        inputMode="numeric"
        value={draft.begins}
        maxLength={5}
        onChange={(begins) => set({ begins })}
      />
      <TextField
        id="opening-toMinute"
        label={w.ends}
        inputMode="numeric"
        value={draft.ends}
        maxLength={5}
        onChange={(ends) => set({ ends })}
      />
      {draft.opens ? (
        <>
          {number('slotMinutes', w.slot)}
          {number('publicCapacity', w.public)}
          {number('staffCapacity', w.staff)}
        </>
      ) : null}
      <TextField
        id="opening-note"
        label={w.note}
        optional
        value={draft.note}
        maxLength={300}
        onChange={(note) => set({ note })}
      />
    </FormSheet>
  )
}
