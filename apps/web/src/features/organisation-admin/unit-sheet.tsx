import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { editUnit, getUnit, listUnits, type UnitView } from '#modules/organisation/contract.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { call } from '../../api/call.ts'
import { invalidate, isProblem } from '../../api/queries.ts'
import { ChangedMeanwhile, type Choice } from '../../ui/feedback/changed-meanwhile.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, TextArea, TextField } from '../../ui/field/field.tsx'
import { formatDate, parseTypedDate, partsOf } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { FormSheet } from '../administration/form-sheet.tsx'
import { fieldError } from '../administration/problem.tsx'
import { organisationWords } from './organisation-words.ts'

const words = catalogue(
  {
    title: 'Sửa tên hoặc mã định danh',
    lead: 'Tên cũ được giữ trong lịch sử; hồ sơ và giấy tờ cũ vẫn mang tên của ngày lập.',
    name: 'Tên đầy đủ',
    short: 'Tên ngắn',
    identifier: 'Mã định danh',
    identifierHint: 'Theo Quyết định 20/2020/QĐ-TTg, thí dụ H49.12.3',
    from: 'Có hiệu lực từ ngày',
    submit: 'Lưu đơn vị',
    saved: 'Đã lưu đơn vị.',
    fill: 'Ghi căn cứ và ngày có hiệu lực.',
    same: 'Chưa có gì thay đổi.',
    other: 'Người quản trị khác',
    about: (time: string) => `khoảng ${time}`,
  },
  {
    title: 'Change the name or the identifier',
    lead: 'The former name stays in the history; earlier dossiers and papers keep the name of their day.',
    name: 'Full name',
    short: 'Short name',
    identifier: 'Identifier',
    identifierHint: 'By Decision 20/2020, for example H49.12.3',
    from: 'In force from',
    submit: 'Save the unit',
    saved: 'The unit is saved.',
    fill: 'Give the legal basis and the date.',
    same: 'Nothing has changed.',
    other: 'Another administrator',
    about: (time: string) => `about ${time}`,
  },
)

type Draft = { name: string; shortName: string; identifier: string }
const draftOf = (unit: UnitView): Draft => ({
  name: unit.name,
  shortName: unit.shortName,
  identifier: unit.identifier ?? '',
})

export function UnitSheet({ unit, onClose }: { unit: UnitView; onClose: () => void }) {
  const w = useWords(words)
  const ow = useWords(organisationWords)
  const { language } = useLanguage()
  const client = useQueryClient()
  const toast = useToast()
  const [draft, setDraft] = useState(() => draftOf(unit))
  const [basis, setBasis] = useState('')
  const [from, setFrom] = useState(() => formatDate(localDateOf(new Date())))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [theirs, setTheirs] = useState<UnitView>()
  const set =
    (name: keyof Draft) =>
    (value: string): void =>
      setDraft({ ...draft, [name]: value })
  const effectiveFrom = parseTypedDate(from)
  const before = draftOf(unit)
  const same =
    draft.name === before.name &&
    draft.shortName === before.shortName &&
    draft.identifier === before.identifier
  const save = async (values: Draft, version: number): Promise<void> => {
    if (!effectiveFrom) return
    setBusy(true)
    setProblem(undefined)
    try {
      await call(
        editUnit,
        {
          unit: unit.id,
          version,
          name: values.name,
          shortName: values.shortName,
          identifier: values.identifier.trim() || null,
          legalBasis: basis,
          effectiveFrom,
        },
        { version },
      )
      await Promise.all([invalidate(client, getUnit), invalidate(client, listUnits)])
      toast({ message: w.saved })
      onClose()
    } catch (error) {
      if (isProblem(error) && error.kind === 'stale') setTheirs(await call(getUnit, { unit: unit.id }))
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const resolve = (choices: Readonly<Record<string, Choice>>): void => {
    if (!theirs) return
    const other = draftOf(theirs)
    const pick = (name: keyof Draft): string => (choices[name] === 'theirs' ? other[name] : draft[name])
    const merged = { name: pick('name'), shortName: pick('shortName'), identifier: pick('identifier') }
    setDraft(merged)
    setTheirs(undefined)
    void save(merged, theirs.version)
  }
  const other = theirs && draftOf(theirs)
  return (
    <>
      <FormSheet
        form="unit"
        title={w.title}
        lead={w.lead}
        submit={w.submit}
        blocked={same ? w.same : basis.trim().length >= 3 && effectiveFrom ? undefined : w.fill}
        command={{ busy, problem, reset: () => undefined }}
        onClose={onClose}
        onSubmit={() => void save(draft, unit.version)}
      >
        <TextField
          id="unit-name"
          label={w.name}
          value={draft.name}
          onChange={set('name')}
          error={fieldError(problem, 'name', language)}
        />
        <TextField
          id="unit-shortName"
          label={w.short}
          value={draft.shortName}
          onChange={set('shortName')}
          error={fieldError(problem, 'shortName', language)}
        />
        <TextField
          id="unit-identifier"
          label={w.identifier}
          hint={w.identifierHint}
          optional
          className="n"
          value={draft.identifier}
          onChange={set('identifier')}
          error={fieldError(problem, 'identifier', language)}
        />
        <TextArea
          id="unit-legalBasis"
          label={ow.basis}
          hint={ow.basisHint}
          rows={2}
          value={basis}
          onChange={setBasis}
          error={fieldError(problem, 'legalBasis', language)}
        />
        <div className={styles.pair}>
          <DateField id="unit-effectiveFrom" label={w.from} value={from} onChange={setFrom} />
        </div>
      </FormSheet>
      <ChangedMeanwhile
        open={other !== undefined}
        who={w.other}
        when={w.about(partsOf(new Date().toISOString()).time)}
        fields={[
          { id: 'name', label: w.name, theirs: other?.name ?? '', mine: draft.name },
          { id: 'shortName', label: w.short, theirs: other?.shortName ?? '', mine: draft.shortName },
          { id: 'identifier', label: w.identifier, theirs: other?.identifier ?? '', mine: draft.identifier },
        ]}
        onResolve={resolve}
        onClose={() => setTheirs(undefined)}
      />
    </>
  )
}
