import { X } from 'lucide-react'
import { useState } from 'react'
import { COUNTER_KINDS, type CounterKind, openCounter } from '#modules/organisation/contract.ts'
import { IconButton } from '../../ui/button/button.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { fieldError } from '../administration/problem.tsx'
import { type PickedUnit, UnitPicker } from '../administration/unit-picker.tsx'
import { COUNTER_READS } from './counter-reads.ts'
import own from './organisation.module.css'
import { listOf, organisationWords } from './organisation-words.ts'

const words = catalogue(
  {
    title: 'Lập quầy',
    lead: 'Quầy hiện ngay trên bảng gọi số và máy lấy số của Trung tâm.',
    number: 'Số quầy',
    name: 'Tên quầy',
    nameHint: 'Thí dụ: Đất đai, xây dựng',
    kinds: 'Việc của quầy',
    agency: 'Thêm cơ quan mà quầy nhận hồ sơ',
    remove: (name: string) => `Bỏ ${name}`,
    priority: 'Dành cho người cao tuổi, người khuyết tật, phụ nữ mang thai',
    submit: 'Lập quầy',
    saved: 'Đã lập quầy.',
    fill: 'Nhập số quầy, tên và chọn ít nhất một việc.',
  },
  {
    title: 'Set up a counter',
    lead: 'The counter appears at once on the boards and ticket machines of the centre.',
    number: 'Number',
    name: 'Name',
    nameHint: 'For example: Land, construction',
    kinds: 'What the counter does',
    agency: 'Add an agency whose dossiers it receives',
    remove: (name: string) => `Remove ${name}`,
    priority: 'Reserved for elderly, disabled and pregnant people',
    submit: 'Set up the counter',
    saved: 'The counter is set up.',
    fill: 'Enter the number, the name and at least one kind of work.',
  },
)

export function CounterSheet({ centre, onClose }: { centre: string; onClose: () => void }) {
  const w = useWords(words)
  const ow = useWords(organisationWords)
  const { language } = useLanguage()
  const toast = useToast()
  const [number, setNumber] = useState('')
  const [name, setName] = useState('')
  const [kinds, setKinds] = useState<readonly CounterKind[]>(['reception'])
  const [agencies, setAgencies] = useState<readonly PickedUnit[]>([])
  const [fields, setFields] = useState('')
  const [priority, setPriority] = useState(false)
  const command = useCommand(openCounter, {
    refresh: COUNTER_READS,
    onDone: () => {
      toast({ message: w.saved })
      onClose()
    },
  })
  const ready = /^[1-9]\d{0,2}$/.test(number) && name.trim().length >= 2 && kinds.length > 0
  return (
    <FormSheet
      form="counter"
      title={w.title}
      lead={w.lead}
      submit={w.submit}
      blocked={ready ? undefined : w.fill}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({
          centre,
          number: Number(number),
          name,
          kinds: [...kinds],
          agencies: agencies.map(({ id }) => id),
          fields: listOf(fields),
          priority,
        })
      }
    >
      <div className={styles.pair}>
        <TextField
          id="counter-number"
          label={w.number}
          className="n"
          inputMode="numeric"
          value={number}
          onChange={setNumber}
          error={fieldError(command.problem, 'number', language)}
        />
        <TextField
          id="counter-name"
          label={w.name}
          hint={w.nameHint}
          value={name}
          onChange={setName}
          error={fieldError(command.problem, 'name', language)}
        />
      </div>
      <fieldset>
        <legend className={styles.label}>{w.kinds}</legend>
        <div className={own.checks}>
          {COUNTER_KINDS.map((kind) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={kinds.includes(kind)}
                onChange={(event) =>
                  setKinds(event.target.checked ? [...kinds, kind] : kinds.filter((other) => other !== kind))
                }
              />
              {ow.counterKind[kind]}
            </label>
          ))}
        </div>
      </fieldset>
      {agencies.map((agency) => (
        <div key={agency.id} className={styles.picked}>
          {agency.name}
          <IconButton
            icon={X}
            label={w.remove(agency.name)}
            onClick={() => setAgencies(agencies.filter(({ id }) => id !== agency.id))}
          />
        </div>
      ))}
      <UnitPicker
        id="counter-agencies"
        label={w.agency}
        value={null}
        onChange={(unit) =>
          unit && !agencies.some(({ id }) => id === unit.id) && setAgencies([...agencies, unit])
        }
        error={fieldError(command.problem, 'agencies', language)}
      />
      <TextField
        id="counter-fields"
        label={ow.fields}
        hint={ow.fieldsHint}
        optional
        value={fields}
        onChange={setFields}
      />
      <div className={own.checks}>
        <label>
          <input type="checkbox" checked={priority} onChange={(event) => setPriority(event.target.checked)} />
          {w.priority}
        </label>
      </div>
    </FormSheet>
  )
}
