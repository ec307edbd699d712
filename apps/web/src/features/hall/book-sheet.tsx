import { useState } from 'react'
import { bookForVisitor, type Floor, listAppointments } from '#modules/queue/contract.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, PhoneField, SelectField, TextField } from '../../ui/field/field.tsx'
import { formatDate, parseTypedDate, partsOf } from '../../ui/format/format.ts'
import { useWords } from '../../ui/language/language.tsx'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { appointmentWords, minuteFrom, timeOfMinute } from './appointment-words.ts'

/** For somebody on the telephone or at the desk: from the places kept for officers. */
export function BookSheet({ hall, onClose }: { hall: Floor; onClose: () => void }) {
  const w = useWords(appointmentWords)
  const toast = useToast()
  const [group, setGroup] = useState('')
  const [day, setDay] = useState(formatDate(hall.at.slice(0, 10)))
  const [time, setTime] = useState('')
  const [slots, setSlots] = useState('1')
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const date = parseTypedDate(day)
  const minute = minuteFrom(time)
  const ready = group && date && minute !== undefined && name.trim().length > 1 && phone.length === 10
  const command = useCommand(bookForVisitor, {
    refresh: [listAppointments],
    onDone: (made) => {
      toast({ message: w.booked(made.name ?? '', partsOf(made.startsAt).time) })
      onClose()
    },
  })
  return (
    <FormSheet
      form="book"
      title={w.bookTitle}
      lead={w.bookLead}
      submit={w.bookDo}
      blocked={ready ? undefined : w.incomplete}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({
          ...{ centre: hall.centre.id, group, at: `${date}T${timeOfMinute(minute ?? 0)}:00+07:00` },
          ...{ slots: Number(slots), name: name.trim(), phone, procedures: [] },
        })
      }
    >
      <SelectField
        id="book-group"
        label={w.service}
        placeholder={w.pick}
        value={group}
        onChange={setGroup}
        options={hall.groups.map(({ id, prefix, name: label }) => ({
          value: id,
          label: `${prefix} · ${label}`,
        }))}
      />
      <DateField id="book-day" label={w.day} value={day} onChange={setDay} />
      <TextField
        id="book-at"
        label={w.at}
        hint={w.atHint}
        inputMode="numeric"
        value={time}
        maxLength={5}
        onChange={setTime}
      />
      <SelectField
        id="book-slots"
        label={w.count}
        value={slots}
        onChange={setSlots}
        options={['1', '2', '3', '4', '5', '6'].map((value) => ({ value, label: value }))}
      />
      <TextField id="book-name" label={w.name} value={name} maxLength={120} onChange={setName} />
      <PhoneField id="book-phone" label={w.phone} value={phone} onChange={setPhone} />
    </FormSheet>
  )
}
