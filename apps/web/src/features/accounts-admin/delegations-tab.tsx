import { UserCog } from 'lucide-react'
import { useState } from 'react'
import { type Delegation, endDelegation, listMyDelegations, ROLES } from '#modules/identity/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Card, DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { useMe } from '../session/me.tsx'
import { DelegateSheet } from './delegate-sheet.tsx'

const words = catalogue(
  {
    title: 'Ủy quyền của tôi, cho tôi',
    empty: 'Không có ủy quyền nào đang chạy. Ủy quyền thay người khác: mở tài khoản của người đó.',
    from: 'Người ủy quyền',
    to: 'Người nhận',
    roles: 'Vai trò',
    period: 'Thời gian',
    reason: 'Lý do',
    actions: 'Việc làm được',
    end: 'Kết thúc',
    endOf: (name: string) => `Kết thúc ủy quyền cho ${name}`,
    endTitle: 'Kết thúc ủy quyền ngay',
    endLead: (name: string) => `${name} không làm được các việc này nữa, cả trong phiên đang mở.`,
    ended: 'Đã kết thúc ủy quyền.',
    start: 'Ủy quyền vai trò của tôi',
  },
  {
    title: 'Delegations by me and to me',
    empty: 'No delegation is running. To delegate for somebody else, open that account.',
    from: 'By',
    to: 'To',
    roles: 'Roles',
    period: 'Period',
    reason: 'Reason',
    actions: 'What can be done',
    end: 'End',
    endOf: (name: string) => `End the delegation to ${name}`,
    endTitle: 'End the delegation now',
    endLead: (name: string) => `${name} cannot do these things any more, also in open sessions.`,
    ended: 'The delegation is ended.',
    start: 'Delegate my roles',
  },
)

export function DelegationsTab() {
  const w = useWords(words)
  const { language } = useLanguage()
  const me = useMe()
  const delegations = useOperation(listMyDelegations, {})
  const [starting, setStarting] = useState(false)
  const [ending, setEnding] = useState<Delegation>()
  const roles = [
    ...new Set(me.grants.filter(({ delegatedBy }) => delegatedBy === null).map(({ role }) => role)),
  ]
  return (
    <Card
      title={w.title}
      actions={
        roles.length > 0 ? (
          <Button icon={UserCog} onClick={() => setStarting(true)}>
            {w.start}
          </Button>
        ) : null
      }
    >
      <Loaded query={delegations}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={UserCog} title={w.empty} />
          ) : (
            <DataTable
              label={w.title}
              items={items}
              keyOf={({ id }) => id}
              columns={[
                { id: 'from', head: w.from, names: true, cell: ({ from }) => from.name },
                { id: 'to', head: w.to, cell: ({ to }) => to.name },
                {
                  id: 'roles',
                  head: w.roles,
                  cell: (row) => row.roles.map((role) => ROLES[role][language]).join(', '),
                },
                {
                  id: 'period',
                  head: w.period,
                  cell: ({ start, end }) => (
                    <span className="n">
                      {formatMoment(start)} – {formatMoment(end)}
                    </span>
                  ),
                },
                { id: 'reason', head: w.reason, cell: ({ reason }) => reason },
                {
                  id: 'actions',
                  head: w.actions,
                  actions: true,
                  cell: (row) =>
                    row.from.id === me.id ? (
                      <Button look="danger" aria-label={w.endOf(row.to.name)} onClick={() => setEnding(row)}>
                        {w.end}
                      </Button>
                    ) : null,
                },
              ]}
            />
          )
        }
      </Loaded>
      {starting ? <DelegateSheet from={me} roles={roles} onClose={() => setStarting(false)} /> : null}
      {ending ? <EndSheet row={ending} onClose={() => setEnding(undefined)} /> : null}
    </Card>
  )
}

function EndSheet({ row, onClose }: { row: Delegation; onClose: () => void }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const toast = useToast()
  const command = useCommand(endDelegation, {
    refresh: [listMyDelegations],
    onDone: () => {
      toast({ message: w.ended })
      onClose()
    },
  })
  return (
    <FormSheet
      form="end-delegation"
      title={w.endTitle}
      lead={w.endLead(row.to.name)}
      submit={w.end}
      danger
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ delegation: row.id })}
    >
      <p className={styles.strong}>{row.roles.map((role) => ROLES[role][language]).join(', ')}</p>
    </FormSheet>
  )
}
