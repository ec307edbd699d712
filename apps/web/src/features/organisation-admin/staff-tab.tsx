import { UserPlus, Users } from 'lucide-react'
import { useState } from 'react'
import { addStaff, listCentreStaff, listUnitStaff, type UnitView } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Card, DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { fieldError } from '../administration/problem.tsx'
import own from './organisation.module.css'
import { listOf, organisationWords } from './organisation-words.ts'

const words = catalogue(
  {
    atCentre: 'Cán bộ đang làm việc tại Trung tâm',
    employed: 'Cán bộ của đơn vị',
    empty: 'Chưa có cán bộ nào trong danh sách.',
    name: 'Họ tên',
    position: 'Chức vụ',
    unit: 'Đơn vị',
    serves: 'Nơi làm việc hôm nay',
    counter: (n: number) => `Quầy ${n}`,
    seconded: 'biệt phái',
    here: 'tại đơn vị',
    leader: 'Lãnh đạo',
    phone: 'Điện thoại cơ quan',
    add: 'Thêm cán bộ',
    lead: 'Tài khoản đăng nhập được mở ở màn hình Tài khoản và quyền.',
    submit: 'Thêm cán bộ',
    saved: 'Đã thêm cán bộ.',
    fill: 'Nhập họ tên và chức vụ.',
  },
  {
    atCentre: 'Officers who work at the centre',
    employed: 'Officers of the unit',
    empty: 'There are no officers on the list yet.',
    name: 'Name',
    position: 'Position',
    unit: 'Unit',
    serves: 'Works today at',
    counter: (n: number) => `Counter ${n}`,
    seconded: 'seconded',
    here: 'in the unit',
    leader: 'Head',
    phone: 'Telephone of the office',
    add: 'Add an officer',
    lead: 'The account for signing in is opened on the screen of accounts.',
    submit: 'Add the officer',
    saved: 'The officer is added.',
    fill: 'Enter name and position.',
  },
)

export function StaffTab({ unit, mayChange }: { unit: UnitView; mayChange: boolean }) {
  const w = useWords(words)
  const [adding, setAdding] = useState(false)
  const centre = unit.kind === 'centre'
  const present = useOperation(listCentreStaff, { centre: unit.id }, { enabled: centre })
  const employed = useOperation(listUnitStaff, { unit: unit.id })
  const title = centre ? w.atCentre : w.employed
  return (
    <Card
      title={title}
      actions={
        mayChange ? (
          <Button icon={UserPlus} onClick={() => setAdding(true)}>
            {w.add}
          </Button>
        ) : null
      }
    >
      {centre ? (
        <Loaded query={present}>{({ items }) => <People label={title} items={items} />}</Loaded>
      ) : (
        <Loaded query={employed}>{({ items }) => <People label={title} items={items} />}</Loaded>
      )}
      {adding ? <StaffSheet unit={unit.id} onClose={() => setAdding(false)} /> : null}
    </Card>
  )
}

type Person = {
  id: string
  name: string
  position: string
  unit: { name: string }
  seconded: boolean
  leader: boolean
  fields: string[]
  phone: string | null
  counter: number | null
  centre?: { name: string } | null
}

function People({ label, items }: { label: string; items: readonly Person[] }) {
  const w = useWords(words)
  if (items.length === 0) return <EmptyState icon={Users} title={w.empty} />
  return (
    <DataTable
      label={label}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'name',
          head: w.name,
          names: true,
          cell: ({ name, leader }) => (
            <>
              {name} {leader ? <Chip tone="cham">{w.leader}</Chip> : null}
            </>
          ),
        },
        {
          id: 'position',
          head: w.position,
          cell: ({ position, fields }) => (
            <>
              {position}
              <div className={styles.muted}>{fields.join(', ')}</div>
            </>
          ),
        },
        { id: 'unit', head: w.unit, cell: ({ unit }) => unit.name },
        {
          id: 'serves',
          head: w.serves,
          cell: ({ counter, seconded, centre }) =>
            [centre?.name, counter !== null && w.counter(counter), seconded ? w.seconded : w.here]
              .filter(Boolean)
              .join(', '),
        },
        { id: 'phone', head: w.phone, cell: ({ phone }) => <span className="n">{phone ?? '—'}</span> },
      ]}
    />
  )
}

function StaffSheet({ unit, onClose }: { unit: string; onClose: () => void }) {
  const w = useWords(words)
  const ow = useWords(organisationWords)
  const { language } = useLanguage()
  const toast = useToast()
  const [values, setValues] = useState({ fullName: '', position: '', phone: '', fields: '' })
  const [leader, setLeader] = useState(false)
  const command = useCommand(addStaff, {
    refresh: [listCentreStaff, listUnitStaff],
    onDone: () => {
      toast({ message: w.saved })
      onClose()
    },
  })
  const field = (name: keyof typeof values) => ({
    id: `staff-${name}`,
    value: values[name],
    onChange: (value: string) => setValues({ ...values, [name]: value }),
    error: fieldError(command.problem, name, language),
  })
  const ready = values.fullName.trim().length >= 2 && values.position.trim().length >= 2
  return (
    <FormSheet
      form="staff"
      title={w.add}
      lead={w.lead}
      submit={w.submit}
      blocked={ready ? undefined : w.fill}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({
          unit,
          fullName: values.fullName,
          position: values.position,
          phone: values.phone.trim() || null,
          fields: listOf(values.fields),
          leader,
        })
      }
    >
      <TextField label={w.name} {...field('fullName')} />
      <TextField label={w.position} {...field('position')} />
      <TextField label={w.phone} optional inputMode="tel" {...field('phone')} />
      <TextField label={ow.fields} hint={ow.fieldsHint} optional {...field('fields')} />
      <div className={own.checks}>
        <label>
          <input type="checkbox" checked={leader} onChange={(event) => setLeader(event.target.checked)} />
          {w.leader}
        </label>
      </div>
    </FormSheet>
  )
}
