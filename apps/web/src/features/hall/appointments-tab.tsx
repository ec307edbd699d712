import { CalendarPlus, CalendarX2, Plus } from 'lucide-react'
import { useState } from 'react'
import {
  type Floor,
  listAppointments,
  listOpenings,
  type OpeningRuleView,
  removeOpening,
} from '#modules/queue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { DateField } from '../../ui/field/field.tsx'
import { formatDate, parseTypedDate, partsOf } from '../../ui/format/format.ts'
import { useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { Card, DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { CommandProblem } from '../administration/problem.tsx'
import { appointmentWords, timeOfMinute } from './appointment-words.ts'
import { BookSheet } from './book-sheet.tsx'
import parts from './hall.module.css'
import { OpeningSheet } from './opening-sheet.tsx'
import { serviceWords } from './service-words.ts'

const TONES = {
  HELD: 'nghe',
  BOOKED: 'cham',
  ARRIVED: 'ngoc',
  CANCELLED: 'tro',
  EXPIRED: 'tro',
  MISSED: 'son',
} as const

/** Who is expected, and when visitors may book. */
export function AppointmentsTab({ hall }: { hall: Floor }) {
  const w = useWords(appointmentWords)
  const [read, write] = useAddress()
  const today = hall.at.slice(0, 10)
  const day = /^\d{4}-\d\d-\d\d$/.test(read('ngay')) ? read('ngay') : today
  const [typed, setTyped] = useState(formatDate(day))
  const [booking, setBooking] = useState(false)
  const query = useOperation(
    listAppointments,
    { centre: hall.centre.id, day },
    { keep: true, refetchInterval: 30_000 },
  )
  return (
    <div className={styles.stack}>
      <Card
        title={w.expected}
        actions={
          <Button icon={CalendarPlus} onClick={() => setBooking(true)}>
            {w.book}
          </Button>
        }
      >
        <div className={parts.day}>
          <DateField
            id="appointments-day"
            label={w.day}
            value={typed}
            onChange={(text) => {
              setTyped(text)
              const date = parseTypedDate(text)
              if (date) write({ ngay: date === today ? '' : date })
            }}
          />
        </div>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon={CalendarX2} title={w.nobody} />
            ) : (
              <DataTable
                label={w.expected}
                items={items}
                keyOf={({ token }) => token}
                dim={({ state }) => state === 'CANCELLED'}
                columns={[
                  {
                    id: 'time',
                    head: w.time,
                    keep: true,
                    names: true,
                    cell: ({ startsAt, endsAt }) => `${partsOf(startsAt).time}–${partsOf(endsAt).time}`,
                  },
                  {
                    id: 'who',
                    head: w.who,
                    cell: ({ name, phone }) => [name, phone].filter(Boolean).join(' · '),
                  },
                  { id: 'service', head: w.service, cell: ({ serviceGroup }) => serviceGroup.name },
                  {
                    id: 'state',
                    head: w.state,
                    keep: true,
                    cell: ({ state }) => <Chip tone={TONES[state]}>{w.states[state]}</Chip>,
                  },
                  {
                    id: 'made',
                    head: w.madeBy,
                    cell: ({ side, madeBy }) => (side === 'PUBLIC' ? w.byVisitor : (madeBy ?? '')),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Card>
      <Openings hall={hall} />
      {booking ? <BookSheet hall={hall} onClose={() => setBooking(false)} /> : null}
    </div>
  )
}

function Openings({ hall }: { hall: Floor }) {
  const w = useWords(appointmentWords)
  const [editing, setEditing] = useState<OpeningRuleView | 'new'>()
  const query = useOperation(listOpenings, { centre: hall.centre.id })
  const remove = useCommand(removeOpening, { refresh: [listOpenings] })
  return (
    <Loaded query={query}>
      {({ items, conflicts, maySetUp }) => (
        <Card
          title={w.rules}
          actions={
            maySetUp ? (
              <Button icon={Plus} onClick={() => setEditing('new')}>
                {w.addRule}
              </Button>
            ) : null
          }
        >
          <p className={styles.muted}>{w.rulesLead}</p>
          <CommandProblem problem={remove.problem} form="opening-remove" />
          {conflicts.length > 0 ? (
            <ErrorSummary
              title={w.conflicts}
              problems={conflicts.map(({ a, b, dates }) => {
                const one = items.find(({ id }) => id === a)
                const other = items.find(({ id }) => id === b)
                const name = hall.groups.find(({ id }) => id === one?.group)?.name ?? ''
                const times = [one, other].flatMap((rule) =>
                  rule ? [`${timeOfMinute(rule.fromMinute)}–${timeOfMinute(rule.toMinute)}`] : [],
                )
                return { message: w.conflict(name, times.join(', '), dates.map(formatDate).join(', ')) }
              })}
            />
          ) : null}
          {items.length === 0 ? (
            <EmptyState icon={CalendarX2} title={w.noRules} />
          ) : (
            <RuleTable
              hall={hall}
              items={items}
              {...(maySetUp
                ? { onEdit: setEditing, onRemove: (rule) => void remove.run({ opening: rule.id }) }
                : {})}
            />
          )}
          {editing ? (
            <OpeningSheet
              hall={hall}
              {...(editing === 'new' ? {} : { rule: editing })}
              onClose={() => setEditing(undefined)}
            />
          ) : null}
        </Card>
      )}
    </Loaded>
  )
}

type RuleTableProps = {
  hall: Floor
  items: readonly OpeningRuleView[]
  onEdit?: (rule: OpeningRuleView) => void
  onRemove?: (rule: OpeningRuleView) => void
}

function RuleTable({ hall, items, onEdit, onRemove }: RuleTableProps) {
  const w = useWords(appointmentWords)
  const days = useWords(serviceWords).days
  const when = ({ from, to, weekdays, everyWeeks, nthOfMonth }: OpeningRuleView): string => {
    if (from === to) return w.onDay(formatDate(from))
    const names = weekdays.map((day) => days[day - 1]).join(', ')
    return [
      nthOfMonth === null ? names : w.nth(nthOfMonth, names),
      everyWeeks > 1 ? w.everyWeeks(everyWeeks) : '',
      w.since(formatDate(from), to && formatDate(to)),
    ]
      .filter(Boolean)
      .join(', ')
  }
  return (
    <DataTable<OpeningRuleView>
      label={w.rules}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'service',
          head: w.service,
          names: true,
          cell: ({ group }) => hall.groups.find(({ id }) => id === group)?.name ?? w.outOfUse,
        },
        {
          id: 'kind',
          head: w.kind,
          keep: true,
          cell: ({ opens }) => <Chip tone={opens ? 'ngoc' : 'son'}>{opens ? w.opens : w.closes}</Chip>,
        },
        { id: 'when', head: w.when, cell: when },
        {
          id: 'time',
          head: w.time,
          keep: true,
          cell: ({ fromMinute, toMinute }) => `${timeOfMinute(fromMinute)}–${timeOfMinute(toMinute)}`,
        },
        {
          id: 'capacity',
          head: w.capacity,
          cell: ({ opens, slotMinutes, publicCapacity, staffCapacity }) =>
            opens ? w.places(slotMinutes, publicCapacity, staffCapacity) : '—',
        },
        { id: 'note', head: w.note, cell: ({ note }) => note },
        {
          id: 'actions',
          head: w.actions,
          actions: true,
          cell: (rule) => (
            <>
              {onEdit ? (
                <Button look="quiet" onClick={() => onEdit(rule)}>
                  {w.edit}
                </Button>
              ) : null}
              {onRemove ? (
                <Button look="quiet" onClick={() => onRemove(rule)}>
                  {w.remove}
                </Button>
              ) : null}
            </>
          ),
        },
      ]}
    />
  )
}
