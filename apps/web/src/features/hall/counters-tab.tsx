import { CirclePause, DoorClosed, DoorOpen, Hand } from 'lucide-react'
import {
  type Floor,
  type FloorCounter,
  getCounterQueue,
  getFloor,
  type HelpCall,
  openCounter,
} from '#modules/queue/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { formatCount, partsOf } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { DataTable } from '../administration/layout.tsx'
import { CommandProblem } from '../administration/problem.tsx'

const words = catalogue(
  {
    lines: 'Hàng chờ theo dịch vụ',
    service: 'Dịch vụ',
    waiting: 'Đang chờ',
    priority: (n: number) => `${n} ưu tiên`,
    longest: 'Lâu nhất',
    minutes: (n: number) => `${n} phút`,
    open: 'Quầy mở',
    served: 'Đã xong hôm nay',
    counters: 'Các quầy',
    counter: 'Quầy',
    state: 'Trạng thái',
    OPEN: 'Đang mở',
    CLOSED: 'Đã đóng',
    PAUSED: (until: string | null) => (until ? `Tạm nghỉ đến ${until}` : 'Tạm nghỉ'),
    officer: 'Cán bộ',
    ticket: 'Đang phục vụ',
    groups: 'Dịch vụ phục vụ',
    actions: 'Việc làm được',
    openHere: 'Mở quầy này',
    help: (since: string) => `Cần giúp từ ${since}`,
    comes: (name: string) => `${name} đang đến giúp`,
    unserved: 'Chưa có dịch vụ',
  },
  {
    lines: 'Lines by service',
    service: 'Service',
    waiting: 'Waiting',
    priority: (n: number) => `${n} priority`,
    longest: 'Longest',
    minutes: (n: number) => `${n} min`,
    open: 'Open counters',
    served: 'Served today',
    counters: 'Counters',
    counter: 'Counter',
    state: 'State',
    OPEN: 'Open',
    CLOSED: 'Closed',
    PAUSED: (until: string | null) => (until ? `Paused until ${until}` : 'Paused'),
    officer: 'Officer',
    ticket: 'Serving',
    groups: 'Services',
    actions: 'Actions',
    openHere: 'Open this counter',
    help: (since: string) => `Needs help since ${since}`,
    comes: (name: string) => `${name} is coming`,
    unserved: 'No service',
  },
)

/** Lines on top, counters beneath: who waits for what, who sits where, who needs a colleague. */
export function CountersTab({ hall }: { hall: Floor }) {
  const w = useWords(words)
  const command = useCommand(openCounter, { refresh: [getFloor, getCounterQueue] })
  const serving = hall.counters.some(({ mine }) => mine)
  return (
    <div className={styles.stack}>
      <DataTable
        label={w.lines}
        items={hall.groups}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'service',
            head: w.service,
            names: true,
            cell: ({ prefix, name }) => `${prefix} · ${name}`,
          },
          {
            id: 'waiting',
            head: w.waiting,
            keep: true,
            cell: ({ waiting, priority }) => (
              <span className="n">
                {formatCount(waiting)}
                {priority > 0 ? ` (${w.priority(priority)})` : ''}
              </span>
            ),
          },
          {
            id: 'longest',
            head: w.longest,
            keep: true,
            cell: ({ longestMinutes }) =>
              longestMinutes === null ? '—' : <span className="n">{w.minutes(longestMinutes)}</span>,
          },
          { id: 'open', head: w.open, keep: true, cell: ({ openCounters }) => formatCount(openCounters) },
          { id: 'served', head: w.served, keep: true, cell: ({ served }) => formatCount(served) },
        ]}
      />
      <CommandProblem problem={command.problem} form="hall-open" />
      <DataTable<FloorCounter>
        label={w.counters}
        items={hall.counters}
        keyOf={({ id }) => id}
        dim={({ state }) => state === 'CLOSED'}
        columns={[
          { id: 'counter', head: w.counter, names: true, cell: ({ number, name }) => `${number} · ${name}` },
          {
            id: 'state',
            head: w.state,
            keep: true,
            cell: (counter) => (
              <CounterChip counter={counter} help={hall.help.find((one) => one.counter === counter.number)} />
            ),
          },
          { id: 'officer', head: w.officer, cell: ({ officer }) => officer?.name ?? '—' },
          { id: 'ticket', head: w.ticket, keep: true, cell: ({ ticket }) => ticket?.number ?? '—' },
          {
            id: 'groups',
            head: w.groups,
            cell: ({ groups }) =>
              groups.length === 0
                ? w.unserved
                : groups.map(({ prefix, name }) => `${prefix} · ${name}`).join('; '),
          },
          {
            id: 'actions',
            head: w.actions,
            actions: true,
            cell: ({ id, state }) =>
              hall.may.serve && !serving && state === 'CLOSED' ? (
                <Button look="quiet" busy={command.busy} onClick={() => void command.run({ counter: id })}>
                  {w.openHere}
                </Button>
              ) : null,
          },
        ]}
      />
    </div>
  )
}

type ChipProps = { counter: FloorCounter; help: HelpCall | undefined }

function CounterChip({ counter: { state, until }, help }: ChipProps) {
  const w = useWords(words)
  const time = (instant: string) => partsOf(instant).time
  return (
    <span className={styles.row}>
      {state === 'OPEN' ? (
        <Chip tone="ngoc" icon={DoorOpen}>
          {w.OPEN}
        </Chip>
      ) : state === 'PAUSED' ? (
        <Chip tone="nghe" icon={CirclePause}>
          {w.PAUSED(until && time(until))}
        </Chip>
      ) : (
        <Chip tone="tro" icon={DoorClosed}>
          {w.CLOSED}
        </Chip>
      )}
      {help ? (
        <Chip tone={help.taken ? 'nghe' : 'son'} icon={Hand}>
          {help.taken ? w.comes(help.taken.by) : w.help(time(help.askedAt))}
        </Chip>
      ) : null}
    </span>
  )
}
