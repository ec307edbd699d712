import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type CounterQueue,
  getCounterQueue,
  getFloor,
  holdTicket,
  listServiceGroups,
  listTickets,
  pauseCounter,
  type QueueTicket,
  transferTicket,
} from '#modules/queue/contract.ts'
import { keyOf, useOperation } from '../../api/queries.ts'
import { SelectField, TextArea, TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'

const words = catalogue(
  {
    transfer: (number: string) => `Chuyển số ${number} sang dịch vụ khác`,
    transferLead: 'Người dân giữ số và thứ tự chờ. Quầy nhận đọc được ghi chú.',
    transferDo: 'Chuyển quầy',
    to: 'Dịch vụ nhận',
    pick: 'Chọn dịch vụ',
    note: 'Ghi chú cho quầy nhận',
    needTarget: 'Chọn dịch vụ nhận và ghi chú ít nhất 3 ký tự.',
    hold: (number: string) => `Tạm giữ số ${number}`,
    holdLead: 'Người dân đi làm việc khác rồi quay lại, không phải lấy số mới.',
    holdDo: 'Tạm giữ',
    minutes: 'Quay lại chậm nhất sau',
    min: (count: number) => `${count} phút`,
    holdNote: 'Ghi chú',
    pause: (counter: number) => `Tạm nghỉ quầy ${counter}`,
    pauseLead: 'Bảng ở sảnh ghi quầy tạm nghỉ; số đang chờ được gọi ở quầy khác.',
    pauseDo: 'Tạm nghỉ',
    reason: 'Lý do',
    until: 'Mở lại lúc',
    untilHint: 'Giờ trong ngày, ví dụ 09:10. Để trống nếu chưa biết.',
    needReason: 'Ghi lý do ít nhất 3 ký tự.',
    badTime: 'Ghi giờ theo dạng 09:10, sau giờ hiện tại.',
  },
  {
    transfer: (number: string) => `Transfer ticket ${number}`,
    transferLead: 'The visitor keeps number and seniority. The receiving counter reads the note.',
    transferDo: 'Transfer',
    to: 'To the service',
    pick: 'Choose a service',
    note: 'Note for the receiving counter',
    needTarget: 'Choose a service and write a note of at least 3 characters.',
    hold: (number: string) => `Hold ticket ${number}`,
    holdLead: 'The visitor does something else and comes back without a new number.',
    holdDo: 'Hold',
    minutes: 'Back at the latest after',
    min: (count: number) => `${count} min`,
    holdNote: 'Note',
    pause: (counter: number) => `Pause counter ${counter}`,
    pauseLead: 'The board says that it is paused; waiting numbers are called elsewhere.',
    pauseDo: 'Pause',
    reason: 'Reason',
    until: 'Open again at',
    untilHint: 'Time of today, e.g. 09:10. Leave empty if unknown.',
    needReason: 'Give a reason of at least 3 characters.',
    badTime: 'Write the time as 09:10, later than now.',
  },
)

const READS = [getFloor, listTickets]

/** The answer of a counter's operation is what its strip shows. */
function useAnswer(onClose: () => void) {
  const client = useQueryClient()
  return (answer: CounterQueue): void => {
    client.setQueryData(keyOf(getCounterQueue, { counter: answer.counter.id }), answer)
    onClose()
  }
}

type TicketSheetProps = { queue: CounterQueue; ticket: QueueTicket; onClose: () => void }

export function TransferSheet({ queue, ticket, onClose }: TicketSheetProps) {
  const w = useWords(words)
  const onDone = useAnswer(onClose)
  const command = useCommand(transferTicket, { refresh: READS, onDone })
  const groups = useOperation(listServiceGroups, { centre: queue.counter.centre })
  const [serviceGroup, setServiceGroup] = useState('')
  const [note, setNote] = useState('')
  const ready = serviceGroup !== '' && note.trim().length >= 3
  return (
    <FormSheet
      form="transfer"
      title={w.transfer(ticket.number)}
      lead={w.transferLead}
      submit={w.transferDo}
      blocked={ready ? undefined : w.needTarget}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({ counter: queue.counter.id, ticket: ticket.id, serviceGroup, note: note.trim() })
      }
    >
      <SelectField
        id="transfer-serviceGroup"
        label={w.to}
        placeholder={w.pick}
        value={serviceGroup}
        onChange={setServiceGroup}
        options={(groups.data?.items ?? [])
          .filter(({ id }) => id !== ticket.serviceGroup.id)
          .map(({ id, prefix, name }) => ({ value: id, label: `${prefix} · ${name}` }))}
      />
      <TextArea id="transfer-note" label={w.note} value={note} maxLength={300} onChange={setNote} />
    </FormSheet>
  )
}

const MINUTES = ['5', '10', '15', '30', '60'] as const

export function HoldSheet({ queue, ticket, onClose }: TicketSheetProps) {
  const w = useWords(words)
  const onDone = useAnswer(onClose)
  const command = useCommand(holdTicket, { refresh: READS, onDone })
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>('10')
  const [note, setNote] = useState('')
  return (
    <FormSheet
      form="hold"
      title={w.hold(ticket.number)}
      lead={w.holdLead}
      submit={w.holdDo}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({
          ...{ counter: queue.counter.id, ticket: ticket.id, minutes: Number(minutes) },
          ...(note.trim() ? { note: note.trim() } : {}),
        })
      }
    >
      <SegmentedChoice
        label={w.minutes}
        value={minutes}
        options={MINUTES.map((value) => ({ value, label: w.min(Number(value)) }))}
        onChange={setMinutes}
      />
      <TextArea id="hold-note" label={w.holdNote} optional value={note} maxLength={300} onChange={setNote} />
    </FormSheet>
  )
}

/** `09:10` of today in Vietnam, as an instant; undefined when it is no time or over. */
const todayAt = (text: string): string | undefined => {
  const [, hour = '', minute = ''] = /^([01]?\d|2[0-3])[:hg.]([0-5]\d)$/.exec(text.trim()) ?? []
  if (!hour) return undefined
  const day = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
  const at = `${day}T${hour.padStart(2, '0')}:${minute}:00+07:00`
  return Date.parse(at) > Date.now() ? at : undefined
}

export function PauseSheet({ queue, onClose }: { queue: CounterQueue; onClose: () => void }) {
  const w = useWords(words)
  const onDone = useAnswer(onClose)
  const command = useCommand(pauseCounter, { refresh: READS, onDone })
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const at = todayAt(until)
  const wrong = until.trim() !== '' && at === undefined
  const blocked = reason.trim().length < 3 ? w.needReason : wrong ? w.badTime : undefined
  return (
    <FormSheet
      form="pause"
      title={w.pause(queue.counter.number)}
      lead={w.pauseLead}
      submit={w.pauseDo}
      blocked={blocked}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({
          ...{ counter: queue.counter.id, reason: reason.trim() },
          ...(at ? { until: at } : {}),
        })
      }
    >
      <TextField id="pause-reason" label={w.reason} value={reason} maxLength={500} onChange={setReason} />
      <TextField
        id="pause-until"
        label={w.until}
        hint={w.untilHint}
        optional
        value={until}
        inputMode="numeric"
        {...(wrong ? { error: w.badTime } : {})}
        onChange={setUntil}
      />
    </FormSheet>
  )
}
