import { useParams } from '@tanstack/react-router'
import { KeyRound, ShieldPlus, UserCheck, UserX } from 'lucide-react'
import { useState } from 'react'
import { getAccount, ROLES, SCOPES } from '#modules/identity/contract.ts'
import type { Output } from '#platform/operation.ts'
import { useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import styles from '../administration/administration.module.css'
import { Card, DataTable, Facts } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { useMe } from '../session/me.tsx'
import { AccessSheet, type AccessStep } from './access-sheet.tsx'
import { AccountChip } from './account-chip.tsx'
import { accountsWords } from './accounts-words.ts'
import { DelegateSheet } from './delegate-sheet.tsx'
import { GrantSheet, RevokeSheet } from './grant-sheets.tsx'
import { UnitName } from './unit-name.tsx'

const words = catalogue(
  {
    back: 'Tài khoản và quyền',
    person: 'Người dùng',
    grants: 'Quyền đang giữ',
    empty: 'Tài khoản này chưa có quyền nào; đăng nhập chỉ thấy trang đầu.',
    role: 'Vai trò',
    scope: 'Phạm vi',
    anchor: 'Gắn với',
    since: 'Từ',
    until: 'Đến',
    forever: 'không thời hạn',
    delegated: (name: string) => `được ${name} ủy quyền`,
    actions: 'Việc làm được',
    give: 'Cấp quyền',
    revoke: 'Thu hồi',
    revokeOf: (role: string) => `Thu hồi quyền ${role}`,
    access: 'Đăng nhập',
    disable: 'Khóa tài khoản',
    enable: 'Mở khóa tài khoản',
    reset: 'Cấp lại mật khẩu',
    delegate: 'Ủy quyền thay người này',
    yourself: 'Không ai tự cấp quyền, khóa hay cấp lại mật khẩu cho tài khoản của mình.',
  },
  {
    back: 'Accounts and rights',
    person: 'The person',
    grants: 'Rights held',
    empty: 'This account has no right yet; signed in it sees the first page only.',
    role: 'Role',
    scope: 'Scope',
    anchor: 'Anchored at',
    since: 'From',
    until: 'Until',
    forever: 'without end',
    delegated: (name: string) => `delegated by ${name}`,
    actions: 'What can be done',
    give: 'Give a right',
    revoke: 'Revoke',
    revokeOf: (role: string) => `Revoke the right ${role}`,
    access: 'Signing in',
    disable: 'Close the account',
    enable: 'Open the account again',
    reset: 'Give a new password',
    delegate: 'Delegate for this person',
    yourself: 'Nobody gives rights to, closes or resets the own account.',
  },
)

type Person = Output<typeof getAccount>
type Grant = Person['grants'][number]
type Open =
  | { kind: 'access'; step: AccessStep }
  | { kind: 'give' }
  | { kind: 'revoke'; grant: Grant }
  | { kind: 'delegate' }

/** `/desk/nguoi-dung/:id`: one account, what it may do and how it signs in. */
export function AccountPage() {
  const w = useWords(words)
  const { id = '' } = useParams({ strict: false })
  const query = useOperation(getAccount, { account: id })
  return (
    <DeskScreen
      title={query.data?.name ?? w.person}
      header={
        <div>
          <AppLink href="/desk/nguoi-dung">{w.back}</AppLink>
          <div className={styles.row}>
            <h1 className={styles.title}>{query.data?.name ?? w.person}</h1>
            {query.data ? <AccountChip account={query.data} /> : null}
          </div>
        </div>
      }
    >
      <Loaded query={query} shape="lines">
        {(person) => <AccountView person={person} />}
      </Loaded>
    </DeskScreen>
  )
}

function AccountView({ person }: { person: Person }) {
  const w = useWords(words)
  const aw = useWords(accountsWords)
  const { language } = useLanguage()
  const own = useMe().id === person.id
  const [open, setOpen] = useState<Open>()
  const close = (): void => setOpen(undefined)
  const access = (step: AccessStep) => (): void => setOpen({ kind: 'access', step })
  return (
    <div className={styles.split}>
      <Card
        title={w.grants}
        actions={
          own ? null : (
            <Button icon={ShieldPlus} onClick={() => setOpen({ kind: 'give' })}>
              {w.give}
            </Button>
          )
        }
      >
        {person.grants.length === 0 ? (
          <EmptyState icon={ShieldPlus} title={w.empty} />
        ) : (
          <DataTable<Grant>
            label={w.grants}
            items={person.grants}
            keyOf={({ id }) => id}
            columns={[
              {
                id: 'role',
                head: w.role,
                names: true,
                cell: ({ role, delegatedBy }) => (
                  <>
                    {ROLES[role][language]}
                    {delegatedBy ? <div className={styles.muted}>{w.delegated(delegatedBy.name)}</div> : null}
                  </>
                ),
              },
              { id: 'scope', head: w.scope, cell: ({ scope }) => SCOPES[scope][language] },
              {
                id: 'anchor',
                head: w.anchor,
                cell: ({ unit }) => (unit ? <UnitName id={unit} /> : aw.whole),
              },
              {
                id: 'since',
                head: w.since,
                cell: ({ from }) => <span className="n">{formatMoment(from)}</span>,
              },
              {
                id: 'until',
                head: w.until,
                cell: ({ until }) => <span className="n">{until ? formatMoment(until) : w.forever}</span>,
              },
              {
                id: 'actions',
                head: w.actions,
                actions: true,
                cell: (grant) =>
                  own || grant.delegatedBy ? null : (
                    <Button
                      look="danger"
                      aria-label={w.revokeOf(ROLES[grant.role][language])}
                      onClick={() => setOpen({ kind: 'revoke', grant })}
                    >
                      {w.revoke}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Card>
      <div className={styles.stack}>
        <Card title={w.person}>
          <Facts
            facts={[
              { label: aw.username, value: person.username },
              { label: aw.position, value: person.position },
              { label: aw.unit, value: <UnitName id={person.unit} /> },
              { label: aw.agency, value: person.agency !== person.unit && <UnitName id={person.agency} /> },
              { label: aw.centre, value: person.centre && <UnitName id={person.centre} /> },
              { label: aw.counter, value: person.counter },
              { label: aw.secondFactor, value: person.secondFactor ? aw.on : aw.off },
            ]}
          />
        </Card>
        <Card title={w.access}>
          {own ? (
            <p className={styles.muted}>{w.yourself}</p>
          ) : (
            <div className={styles.fields}>
              <Button icon={KeyRound} onClick={access('reset')}>
                {w.reset}
              </Button>
              {person.disabled ? (
                <Button icon={UserCheck} onClick={access('enable')}>
                  {w.enable}
                </Button>
              ) : (
                <Button look="danger" icon={UserX} onClick={access('disable')}>
                  {w.disable}
                </Button>
              )}
              {person.roles.length > 0 ? (
                <Button onClick={() => setOpen({ kind: 'delegate' })}>{w.delegate}</Button>
              ) : null}
            </div>
          )}
        </Card>
      </div>
      {open?.kind === 'access' ? <AccessSheet step={open.step} person={person} onClose={close} /> : null}
      {open?.kind === 'give' ? <GrantSheet person={person} onClose={close} /> : null}
      {open?.kind === 'revoke' ? <RevokeSheet person={person} grant={open.grant} onClose={close} /> : null}
      {open?.kind === 'delegate' ? (
        <DelegateSheet from={person} roles={person.roles} onClose={close} />
      ) : null}
    </div>
  )
}
