import { useState } from 'react'
import {
  type Floor,
  getFloor,
  listTickets,
  PRIORITY_CLASSES,
  type PriorityClass,
  takeTicket,
  type VisitorTicket,
} from '#modules/queue/contract.ts'
import { SelectField } from '../../ui/field/field.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import styles from './hall.module.css'
import { priorityWords } from './hall-words.ts'

const words = catalogue(
  {
    title: 'Phát số cho người dân',
    lead: 'Dùng khi người dân không tự lấy số ở máy được.',
    give: 'Phát số',
    again: 'Phát số khác',
    service: 'Dịch vụ',
    pick: 'Chọn dịch vụ',
    need: 'Chọn dịch vụ.',
    priority: 'Đối tượng',
    given: 'Số của người dân',
    ahead: (n: number) => (n === 0 ? 'Được gọi ngay khi có quầy trống.' : `Còn ${n} người trước.`),
  },
  {
    title: 'Give a visitor a number',
    lead: 'For visitors who cannot use the kiosk.',
    give: 'Give a number',
    again: 'Give another',
    service: 'Service',
    pick: 'Choose a service',
    need: 'Choose a service.',
    priority: 'Class',
    given: 'The visitor’s number',
    ahead: (n: number) => (n === 0 ? 'Called as soon as a counter is free.' : `${n} before.`),
  },
)

/** The guide desk's own kiosk: a service, a class, a number read out or written down. */
export function GiveNumberSheet({ hall, onClose }: { hall: Floor; onClose: () => void }) {
  const w = useWords(words)
  const classes = useWords(priorityWords)
  const [serviceGroup, setServiceGroup] = useState('')
  const [priorityClass, setPriorityClass] = useState<PriorityClass>('NONE')
  const [given, setGiven] = useState<VisitorTicket>()
  const command = useCommand(takeTicket, { refresh: [getFloor, listTickets], onDone: setGiven })
  return (
    <FormSheet
      form="give"
      title={w.title}
      lead={w.lead}
      submit={given ? w.again : w.give}
      blocked={serviceGroup ? undefined : w.need}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({
          ...{
            centre: hall.centre.id,
            serviceGroup,
            priorityClass,
            channel: 'DESK',
            procedures: [],
            language: 'vi',
          },
        })
      }
    >
      <SelectField
        id="give-serviceGroup"
        label={w.service}
        placeholder={w.pick}
        value={serviceGroup}
        onChange={setServiceGroup}
        options={hall.groups.map(({ id, prefix, name }) => ({ value: id, label: `${prefix} · ${name}` }))}
      />
      <SelectField
        id="give-priorityClass"
        label={w.priority}
        value={priorityClass}
        onChange={(value) => setPriorityClass(PRIORITY_CLASSES.find((one) => one === value) ?? 'NONE')}
        options={PRIORITY_CLASSES.map((value) => ({ value, label: classes[value] }))}
      />
      {given ? (
        <p className={styles.given} role="status">
          <span>{w.given}</span>
          <strong>{given.number}</strong>
          <span>{w.ahead(given.ahead)}</span>
        </p>
      ) : null}
    </FormSheet>
  )
}
