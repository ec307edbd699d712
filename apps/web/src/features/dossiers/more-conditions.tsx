import { useState } from 'react'
import { getUnit, listCentres } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { DateField, SelectField, TextField } from '../../ui/field/field.tsx'
import { formatDate, parseTypedDate } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { UnitPicker } from '../administration/unit-picker.tsx'
import { type Filter, withCondition } from './conditions.ts'
import styles from './list-page.module.css'
import { OfficerPicker } from './officer-picker.tsx'

const words = catalogue(
  {
    region: 'Điều kiện khác',
    procedure: 'Mã thủ tục',
    agency: 'Cơ quan giải quyết',
    officer: 'Người đang giữ',
    channel: 'Cách nộp',
    direct: 'Tại quầy',
    online: 'Trực tuyến',
    postal: 'Bưu chính',
    returning: 'Nơi trả',
    all: 'Tất cả',
    dueFrom: 'Hẹn trả từ ngày',
    dueTo: 'đến ngày',
    receivedFrom: 'Nhận từ ngày',
    receivedTo: 'đến hết ngày',
  },
  {
    region: 'More conditions',
    procedure: 'Procedure code',
    agency: 'Resolving agency',
    officer: 'Held by',
    channel: 'Channel',
    direct: 'Counter',
    online: 'Online',
    postal: 'Post',
    returning: 'Returned at',
    all: 'All',
    dueFrom: 'Promised from',
    dueTo: 'until',
    receivedFrom: 'Received from',
    receivedTo: 'up to',
  },
)

const CHANNELS = ['direct', 'online', 'postal'] as const

type MoreConditionsProps = { filter: Filter; onChange: (filter: Filter) => void }

/** Everything else that a dossier is found by; conditions combine. */
export function MoreConditions({ filter, onChange }: MoreConditionsProps) {
  const w = useWords(words)
  const centres = useOperation(listCentres, {}, { staleTime: 600_000 })
  const agency = useOperation(
    getUnit,
    { unit: filter.agency ?? '-' },
    { enabled: filter.agency !== undefined, staleTime: 600_000 },
  )
  const set = <K extends keyof Filter>(name: K, value: Filter[K] | ''): void =>
    onChange(withCondition(filter, name, value))
  return (
    <section className={styles.more} aria-label={w.region}>
      <TextField
        id="list-procedure"
        label={w.procedure}
        value={filter.procedure ?? ''}
        onChange={(value) => set('procedure', value.trim())}
      />
      <UnitPicker
        id="list-agency"
        label={w.agency}
        value={filter.agency ? { id: filter.agency, name: agency.data?.name ?? '…' } : null}
        onChange={(unit) => set('agency', unit?.id ?? '')}
      />
      <OfficerPicker
        id="list-officer"
        label={w.officer}
        value={filter.officer ?? ''}
        onChange={(account) => set('officer', account)}
      />
      <SelectField
        label={w.channel}
        value={typeof filter.channel === 'string' ? filter.channel : ''}
        placeholder={w.all}
        onChange={(value) => set('channel', CHANNELS.find((one) => one === value) ?? '')}
        options={CHANNELS.map((value) => ({ value, label: w[value] }))}
      />
      <SelectField
        label={w.returning}
        value={filter.returningCentre ?? ''}
        placeholder={w.all}
        onChange={(value) => set('returningCentre', value)}
        options={centres.data?.items.map(({ id, shortName }) => ({ value: id, label: shortName })) ?? []}
      />
      <DayCondition
        id="list-due-from"
        label={w.dueFrom}
        day={filter.dueFrom ?? ''}
        onChange={(day) => set('dueFrom', day)}
      />
      <DayCondition
        id="list-due-to"
        label={w.dueTo}
        day={filter.dueTo ?? ''}
        onChange={(day) => set('dueTo', day)}
      />
      <DayCondition
        id="list-received-from"
        label={w.receivedFrom}
        day={filter.receivedFrom ?? ''}
        onChange={(day) => set('receivedFrom', day)}
      />
      <DayCondition
        id="list-received-to"
        label={w.receivedTo}
        day={filter.receivedTo ?? ''}
        onChange={(day) => set('receivedTo', day)}
      />
    </section>
  )
}

type DayConditionProps = { id: string; label: string; day: string; onChange: (day: string) => void }

/** A day that filters once it is whole; half of one filters nothing. */
function DayCondition({ id, label, day, onChange }: DayConditionProps) {
  const [text, setText] = useState(day ? formatDate(day) : '')
  const [before, setBefore] = useState(day)
  // A filter applied from elsewhere shows in the field too.
  if (day !== before) {
    setBefore(day)
    if (day !== (parseTypedDate(text) ?? '')) setText(day ? formatDate(day) : '')
  }
  return (
    <DateField
      id={id}
      label={label}
      value={text}
      onChange={(typed) => {
        setText(typed)
        const parsed = typed === '' ? '' : parseTypedDate(typed)
        if (parsed !== undefined && parsed !== day) onChange(parsed)
      }}
    />
  )
}
