import { DoorClosed, DoorOpen, Plus } from 'lucide-react'
import { useState } from 'react'
import {
  assignCounter,
  closeCounter,
  listCentreStaff,
  listCounters,
  reopenCounter,
} from '#modules/organisation/contract.ts'
import type { Output } from '#platform/operation.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { SelectField } from '../../ui/field/field.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Card, DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { COUNTER_READS } from './counter-reads.ts'
import { CounterSheet } from './counter-sheet.tsx'
import { organisationWords } from './organisation-words.ts'

const words = catalogue(
  {
    title: 'Quầy của Trung tâm',
    empty: 'Trung tâm chưa có quầy nào.',
    add: 'Lập quầy',
    number: 'Quầy',
    what: 'Việc, lĩnh vực',
    officer: 'Cán bộ',
    nobody: 'chưa phân công',
    state: 'Trạng thái',
    open: 'Đang mở',
    closed: (date: string) => `Đóng từ ${date}`,
    priority: 'Ưu tiên',
    actions: 'Việc làm được',
    assign: 'Phân công',
    close: 'Đóng quầy',
    reopen: 'Mở lại',
    assignTitle: (n: number) => `Phân công quầy ${n}`,
    assignLead: 'Người đang ngồi quầy khác sẽ rời quầy đó.',
    person: 'Cán bộ của Trung tâm',
    empties: 'Để trống quầy',
    assignDone: 'Đã phân công quầy.',
    closeTitle: (n: number) => `Đóng quầy ${n}`,
    closeLead: 'Quầy thôi nhận khách, cán bộ của quầy được rút ra. Mở lại được khi cần.',
    reopenTitle: (n: number) => `Mở lại quầy ${n}`,
    reopenLead: 'Quầy nhận khách trở lại; phân công cán bộ sau đó.',
    changed: 'Đã lưu quầy.',
    at: (name: string, n: number) => `${name}, đang ở quầy ${n}`,
    of: (verb: string, n: number) => `${verb} quầy ${n}`,
  },
  {
    title: 'Counters of the centre',
    empty: 'The centre has no counters yet.',
    add: 'Set up a counter',
    number: 'Counter',
    what: 'Work, fields',
    officer: 'Officer',
    nobody: 'nobody assigned',
    state: 'State',
    open: 'Open',
    closed: (date: string) => `Closed since ${date}`,
    priority: 'Priority',
    actions: 'What can be done',
    assign: 'Assign',
    close: 'Close',
    reopen: 'Open again',
    assignTitle: (n: number) => `Assign counter ${n}`,
    assignLead: 'Who sits at another counter leaves it.',
    person: 'Officer of the centre',
    empties: 'Leave the counter empty',
    assignDone: 'The counter is assigned.',
    closeTitle: (n: number) => `Close counter ${n}`,
    closeLead: 'The counter receives nobody any more and its officer is released. It can be opened again.',
    reopenTitle: (n: number) => `Open counter ${n} again`,
    reopenLead: 'The counter receives people again; assign an officer afterwards.',
    changed: 'The counter is saved.',
    at: (name: string, n: number) => `${name}, now at counter ${n}`,
    of: (verb: string, n: number) => `${verb}, counter ${n}`,
  },
)

type Counter = Output<typeof listCounters>['items'][number]
type Step = { kind: 'assign' | 'close' | 'reopen'; counter: Counter }

export function CountersTab({ centre, mayChange }: { centre: string; mayChange: boolean }) {
  const w = useWords(words)
  const ow = useWords(organisationWords)
  const counters = useOperation(listCounters, { centre })
  const [adding, setAdding] = useState(false)
  const [step, setStep] = useState<Step>()
  return (
    <Card
      title={w.title}
      actions={
        mayChange ? (
          <Button icon={Plus} onClick={() => setAdding(true)}>
            {w.add}
          </Button>
        ) : null
      }
    >
      <Loaded query={counters}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={DoorClosed} title={w.empty} />
          ) : (
            <DataTable
              label={w.title}
              items={items}
              keyOf={({ id }) => id}
              dim={({ closedOn }) => closedOn !== null}
              columns={[
                {
                  id: 'number',
                  head: w.number,
                  names: true,
                  cell: ({ number, name }) => (
                    <>
                      <span className="n">{number}</span> {name}
                    </>
                  ),
                },
                {
                  id: 'what',
                  head: w.what,
                  cell: ({ kinds, fields, agencies, priority }) => (
                    <>
                      {kinds.map((kind) => ow.counterKind[kind]).join(', ')}{' '}
                      {priority ? <Chip tone="cham">{w.priority}</Chip> : null}
                      <div className={styles.muted}>
                        {[...fields, ...agencies.map(({ name }) => name)].join('; ')}
                      </div>
                    </>
                  ),
                },
                {
                  id: 'officer',
                  head: w.officer,
                  cell: ({ officer }) => officer?.name ?? <span className={styles.muted}>{w.nobody}</span>,
                },
                {
                  id: 'state',
                  head: w.state,
                  keep: true,
                  cell: ({ closedOn }) => (
                    <Chip tone={closedOn ? 'tro' : 'ngoc'} icon={closedOn ? DoorClosed : DoorOpen}>
                      {closedOn ? w.closed(formatDate(closedOn)) : w.open}
                    </Chip>
                  ),
                },
                ...(mayChange
                  ? [
                      {
                        id: 'actions',
                        head: w.actions,
                        actions: true,
                        cell: (counter: Counter) =>
                          counter.closedOn ? (
                            <Button
                              aria-label={w.of(w.reopen, counter.number)}
                              onClick={() => setStep({ kind: 'reopen', counter })}
                            >
                              {w.reopen}
                            </Button>
                          ) : (
                            <>
                              <Button
                                aria-label={w.of(w.assign, counter.number)}
                                onClick={() => setStep({ kind: 'assign', counter })}
                              >
                                {w.assign}
                              </Button>{' '}
                              <Button
                                aria-label={w.of(w.close, counter.number)}
                                onClick={() => setStep({ kind: 'close', counter })}
                              >
                                {w.close}
                              </Button>
                            </>
                          ),
                      },
                    ]
                  : []),
              ]}
            />
          )
        }
      </Loaded>
      {adding ? <CounterSheet centre={centre} onClose={() => setAdding(false)} /> : null}
      {step?.kind === 'assign' ? (
        <AssignSheet centre={centre} counter={step.counter} onClose={() => setStep(undefined)} />
      ) : step ? (
        <OpenCloseSheet kind={step.kind} counter={step.counter} onClose={() => setStep(undefined)} />
      ) : null}
    </Card>
  )
}

function AssignSheet({
  centre,
  counter,
  onClose,
}: {
  centre: string
  counter: Counter
  onClose: () => void
}) {
  const w = useWords(words)
  const toast = useToast()
  const staff = useOperation(listCentreStaff, { centre })
  const [person, setPerson] = useState(counter.officer?.id ?? '')
  const command = useCommand(assignCounter, {
    refresh: COUNTER_READS,
    onDone: () => {
      toast({ message: w.assignDone })
      onClose()
    },
  })
  return (
    <FormSheet
      form="assign"
      title={w.assignTitle(counter.number)}
      lead={w.assignLead}
      submit={w.assign}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ counter: counter.id, staff: person || null })}
    >
      <Loaded query={staff} shape="lines">
        {({ items }) => (
          <SelectField
            id="assign-staff"
            label={w.person}
            value={person}
            placeholder={w.empties}
            options={items.map(({ id, name, counter: at }) => ({
              value: id,
              label: at === null || at === counter.number ? name : w.at(name, at),
            }))}
            onChange={setPerson}
          />
        )}
      </Loaded>
    </FormSheet>
  )
}

function OpenCloseSheet({
  kind,
  counter,
  onClose,
}: {
  kind: 'close' | 'reopen'
  counter: Counter
  onClose: () => void
}) {
  const w = useWords(words)
  const toast = useToast()
  const onDone = (): void => {
    toast({ message: w.changed })
    onClose()
  }
  const close = useCommand(closeCounter, { refresh: COUNTER_READS, onDone })
  const reopen = useCommand(reopenCounter, { refresh: COUNTER_READS, onDone })
  const command = { close, reopen }[kind]
  return (
    <FormSheet
      form="counter-state"
      title={(kind === 'close' ? w.closeTitle : w.reopenTitle)(counter.number)}
      lead={kind === 'close' ? w.closeLead : w.reopenLead}
      submit={w[kind]}
      danger={kind === 'close'}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ counter: counter.id })}
    >
      <p className={styles.strong}>{counter.name}</p>
    </FormSheet>
  )
}
