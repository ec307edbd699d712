import { Layers, Plus } from 'lucide-react'
import { useState } from 'react'
import { getFloorSetup, type ServiceGroupSetup } from '#modules/queue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatCount } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { ServiceSheet } from './service-sheet.tsx'
import { serviceWords } from './service-words.ts'

/** Which services the hall offers, with which letters, when and at which counters. */
export function ServicesTab({ centre }: { centre: string }) {
  const w = useWords(serviceWords)
  const [editing, setEditing] = useState<ServiceGroupSetup | 'new'>()
  const query = useOperation(getFloorSetup, { centre })
  return (
    <Loaded query={query}>
      {(setup) => (
        <div className={styles.stack}>
          {setup.maySetUp ? (
            <div className={styles.row}>
              <Button icon={Plus} onClick={() => setEditing('new')}>
                {w.add}
              </Button>
            </div>
          ) : null}
          {setup.groups.length === 0 ? (
            <EmptyState icon={Layers} title={w.none} />
          ) : (
            <ServiceTable
              groups={setup.groups}
              counters={setup.counters}
              {...(setup.maySetUp ? { onEdit: setEditing } : {})}
            />
          )}
          {editing ? (
            <ServiceSheet
              centre={centre}
              counters={setup.counters}
              fields={setup.fields}
              {...(editing === 'new' ? {} : { group: editing })}
              onClose={() => setEditing(undefined)}
            />
          ) : null}
        </div>
      )}
    </Loaded>
  )
}

type TableProps = {
  groups: readonly ServiceGroupSetup[]
  counters: readonly { id: string; number: number }[]
  onEdit?: (group: ServiceGroupSetup) => void
}

function ServiceTable({ groups, counters, onEdit }: TableProps) {
  const w = useWords(serviceWords)
  const { language } = useLanguage()
  const numberOf = new Map(counters.map(({ id, number }) => [id, number]))
  return (
    <DataTable<ServiceGroupSetup>
      label={w.list}
      items={groups}
      keyOf={({ id }) => id}
      dim={({ active }) => !active}
      columns={[
        {
          id: 'name',
          head: w.service,
          names: true,
          cell: ({ prefix, name, nameEn }) => `${prefix} · ${language === 'vi' ? name : nameEn}`,
        },
        { id: 'kind', head: w.kind, cell: ({ kind }) => w.kinds[kind] },
        {
          id: 'when',
          head: w.when,
          cell: ({ weekdays, sessions }) => {
            const days =
              weekdays.length === 7 ? w.everyDay : weekdays.map((day) => w.days[day - 1]).join(', ')
            return `${days}, ${w.sessions[sessions].toLocaleLowerCase()}`
          },
        },
        {
          id: 'numbers',
          head: w.numbers,
          keep: true,
          cell: ({ prefix, numberFrom, dailyLimit }) => (
            <span className="n">
              {w.from(`${prefix}${String(numberFrom).padStart(3, '0')}`)}
              {dailyLimit === null ? '' : ` · ${w.atMost(formatCount(dailyLimit))}`}
            </span>
          ),
        },
        {
          id: 'counters',
          head: w.counters,
          cell: ({ counters: served }) =>
            served.length === 0 ? (
              <Chip tone="son">{w.noCounter}</Chip>
            ) : (
              served
                .flatMap(({ counter }) => numberOf.get(counter) ?? [])
                .toSorted((a, b) => a - b)
                .join(', ')
            ),
        },
        {
          id: 'state',
          head: w.state,
          keep: true,
          cell: ({ active }) => (
            <Chip tone={active ? 'ngoc' : 'tro'}>{active ? w.offered : w.notOffered}</Chip>
          ),
        },
        {
          id: 'actions',
          head: w.edit,
          actions: true,
          cell: (group) =>
            onEdit ? (
              <Button look="quiet" onClick={() => onEdit(group)}>
                {w.edit}
              </Button>
            ) : null,
        },
      ]}
    />
  )
}
