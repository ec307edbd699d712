import { Printer, Users } from 'lucide-react'
import { useState } from 'react'
import {
  callTicket,
  type Floor,
  getCounterQueue,
  getFloor,
  listTickets,
  type QueueTicket,
  resumeTicket,
} from '#modules/queue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { TextArea } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { partsOf } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { useAddress, useRested } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { DataTable, Filter, ListSearch } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { CommandProblem } from '../administration/problem.tsx'
import { priorityWords, TICKET_TONE, ticketStateWords } from './hall-words.ts'
import { usePrintAgain } from './use-print-again.tsx'

const words = catalogue(
  {
    which: 'Số nào',
    WAITING: 'Đang chờ',
    ASIDE: 'Tạm giữ, vắng',
    ENDED: 'Đã xong, đã hủy',
    all: 'Mọi dịch vụ',
    service: 'Dịch vụ',
    find: 'Tìm số, ví dụ A014',
    list: 'Các số hôm nay',
    number: 'Số',
    state: 'Trạng thái',
    priority: 'Đối tượng',
    issued: 'Lấy số lúc',
    waited: 'Đã chờ',
    minutes: (n: number) => `${n} phút`,
    why: 'Vì sao ở chỗ này',
    actions: 'Việc làm được',
    call: 'Gọi trái thứ tự',
    resume: 'Xếp lại hàng',
    printAgain: 'In lại phiếu',
    none: 'Không có số nào ở đây.',
    noneFound: (number: string) => `Hôm nay không có số ${number}.`,
    more: (shown: number, total: number) => `Hiện ${shown} trong ${total} số. Tìm theo số để thấy số khác.`,
    callTitle: (number: string) => `Gọi số ${number} trái thứ tự`,
    callLead: 'Lý do được ghi vào nhật ký; người đang chờ hỏi thì được biết.',
    reason: 'Lý do',
    needReason: 'Ghi lý do ít nhất 3 ký tự.',
    needCounter: 'Mở quầy của ông/bà trước rồi mới gọi được.',
  },
  {
    which: 'Which numbers',
    WAITING: 'Waiting',
    ASIDE: 'Held, missed',
    ENDED: 'Done, cancelled',
    all: 'All services',
    service: 'Service',
    find: 'Find a number, e.g. A014',
    list: 'Numbers of today',
    number: 'Number',
    state: 'State',
    priority: 'Class',
    issued: 'Taken at',
    waited: 'Waited',
    minutes: (n: number) => `${n} min`,
    why: 'Why here',
    actions: 'Actions',
    call: 'Call out of order',
    resume: 'Back in line',
    printAgain: 'Print again',
    none: 'No numbers here.',
    noneFound: (number: string) => `There is no number ${number} today.`,
    more: (shown: number, total: number) => `${shown} of ${total} numbers. Search to see another.`,
    callTitle: (number: string) => `Call ${number} out of order`,
    callLead: 'The reason is logged; whoever waits and asks is told.',
    reason: 'Reason',
    needReason: 'Give a reason of at least 3 characters.',
    needCounter: 'Open your counter first.',
  },
)

const STATES = ['WAITING', 'ASIDE', 'ENDED'] as const

/** Every number of today: those waiting in the order in which they will be called, with the rule's words. */
export function TicketsTab({ hall }: { hall: Floor }) {
  const w = useWords(words)
  const [read, write] = useAddress()
  const state = STATES.find((one) => one === read('xem')) ?? 'WAITING'
  const group = hall.groups.some(({ id }) => id === read('dich-vu')) ? read('dich-vu') : ''
  const [typed, setTyped] = useState(read('tim'))
  const number = useRested(typed.trim())
  const [calling, setCalling] = useState<QueueTicket>()
  const counter = hall.counters.find(({ mine }) => mine)
  const paper = usePrintAgain(hall.centre.id)
  const resume = useCommand(resumeTicket, { refresh: [listTickets, getFloor, getCounterQueue] })
  const query = useOperation(
    listTickets,
    {
      ...{ centre: hall.centre.id, state, limit: 200 },
      ...(group ? { group } : {}),
      ...(number ? { number } : {}),
    },
    { keep: true, refetchInterval: 30_000 },
  )
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <SegmentedChoice
          label={w.which}
          hideLabel
          value={state}
          options={STATES.map((value) => ({ value, label: w[value] }))}
          onChange={(xem) => write({ xem: xem === 'WAITING' ? '' : xem })}
        />
        <Filter
          label={w.service}
          all={w.all}
          value={group}
          options={hall.groups.map(({ id, prefix, name }) => ({ value: id, label: `${prefix} · ${name}` }))}
          onChange={(id) => write({ 'dich-vu': id })}
        />
        <ListSearch label={w.find} value={typed} onChange={setTyped} />
      </div>
      <CommandProblem problem={resume.problem} form="hall-resume" />
      {paper.problem ? <ErrorSummary problems={[{ message: paper.problem }]} /> : null}
      <Loaded query={query}>
        {({ items, total }) =>
          items.length === 0 ? (
            <EmptyState icon={Users} title={number ? w.noneFound(number.toUpperCase()) : w.none} />
          ) : (
            <>
              <TicketTable
                items={items}
                actions={(ticket) => (
                  <>
                    {ticket.state === 'HELD' && counter ? (
                      <Button
                        look="quiet"
                        busy={resume.busy}
                        onClick={() => void resume.run({ counter: counter.id, ticket: ticket.id })}
                      >
                        {w.resume}
                      </Button>
                    ) : null}
                    {ticket.state === 'DONE' || ticket.state === 'CANCELLED' ? null : (
                      <Button
                        look="quiet"
                        icon={Printer}
                        busy={paper.busy}
                        aria-label={`${w.printAgain}: ${ticket.number}`}
                        onClick={() => paper.print(ticket.id)}
                      >
                        {w.printAgain}
                      </Button>
                    )}
                    {ticket.state === 'WAITING' && hall.may.order ? (
                      <Button look="quiet" onClick={() => setCalling(ticket)}>
                        {w.call}
                      </Button>
                    ) : null}
                  </>
                )}
              />
              {items.length < total ? <p className={styles.muted}>{w.more(items.length, total)}</p> : null}
            </>
          )
        }
      </Loaded>
      {paper.paper}
      {calling ? (
        <CallSheet ticket={calling} counter={counter?.id} onClose={() => setCalling(undefined)} />
      ) : null}
    </div>
  )
}

type TableProps = { items: readonly QueueTicket[]; actions: (ticket: QueueTicket) => React.ReactNode }

function TicketTable({ items, actions }: TableProps) {
  const w = useWords(words)
  const states = useWords(ticketStateWords)
  const classes = useWords(priorityWords)
  const { language } = useLanguage()
  return (
    <DataTable<QueueTicket>
      label={w.list}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        { id: 'number', head: w.number, names: true, cell: ({ number }) => number },
        {
          id: 'state',
          head: w.state,
          keep: true,
          cell: ({ state }) => <Chip tone={TICKET_TONE[state]}>{states[state]}</Chip>,
        },
        { id: 'service', head: w.service, cell: ({ serviceGroup }) => serviceGroup.name },
        { id: 'priority', head: w.priority, cell: ({ priorityClass }) => classes[priorityClass] },
        { id: 'issued', head: w.issued, keep: true, cell: ({ issuedAt }) => partsOf(issuedAt).time },
        {
          id: 'waited',
          head: w.waited,
          keep: true,
          cell: ({ waitedMinutes }) => <span className="n">{w.minutes(Math.round(waitedMinutes))}</span>,
        },
        { id: 'why', head: w.why, cell: ({ why, note }) => why?.[language] ?? note ?? '' },
        { id: 'actions', head: w.actions, actions: true, cell: actions },
      ]}
    />
  )
}

type CallProps = { ticket: QueueTicket; counter: string | undefined; onClose: () => void }

function CallSheet({ ticket, counter, onClose }: CallProps) {
  const w = useWords(words)
  const [reason, setReason] = useState('')
  const command = useCommand(callTicket, {
    refresh: [listTickets, getFloor, getCounterQueue],
    onDone: onClose,
  })
  const blocked = !counter ? w.needCounter : reason.trim().length < 3 ? w.needReason : undefined
  return (
    <FormSheet
      form="call"
      title={w.callTitle(ticket.number)}
      lead={w.callLead}
      submit={w.call}
      blocked={blocked}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ counter: counter ?? '', ticket: ticket.id, reason: reason.trim() })}
    >
      <TextArea id="call-reason" label={w.reason} value={reason} maxLength={500} onChange={setReason} />
    </FormSheet>
  )
}
