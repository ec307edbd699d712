import type { Examples } from '../example.ts'
import { Chip, StatusChip } from './chip.tsx'
import { DueChip } from './due-chip.tsx'
import { isStatusKey, STATUS } from './status-table.ts'

const row = { display: 'flex', flexWrap: 'wrap', gap: 8 } as const

export const examples: Examples = {
  component: 'Status chip',
  examples: [
    {
      name: 'every state of the table',
      render: () => (
        <div style={row}>
          {Object.keys(STATUS)
            .filter(isStatusKey)
            .map((key) => (
              <StatusChip key={key} status={key} />
            ))}
        </div>
      ),
    },
    {
      name: 'due',
      render: () => (
        <div style={row}>
          <DueChip due={{ kind: 'on-track' }} />
          <DueChip due={{ kind: 'due-soon', left: { amount: 5, unit: 'HOUR' } }} />
          <DueChip due={{ kind: 'due-soon', left: { amount: 20, unit: 'MINUTE' } }} />
          <DueChip due={{ kind: 'overdue', over: { amount: 1, unit: 'DAY' } }} />
          <DueChip due={{ kind: 'early' }} />
          <DueChip due={{ kind: 'in-time' }} />
        </div>
      ),
    },
    { name: 'without an icon', render: () => <Chip>Phi địa giới</Chip> },
  ],
}
