import { useState } from 'react'
import {
  type Account,
  getAccount,
  giveGrant,
  listAccounts,
  ROLES,
  type Role,
  revokeGrant,
  SCOPES,
  type Scope,
} from '#modules/identity/contract.ts'
import { RESERVED_ROLES } from '#modules/identity/rules.ts'
import { instantOf } from '#platform/time/vietnam.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, SelectField, TextArea } from '../../ui/field/field.tsx'
import { parseTypedDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { fieldError } from '../administration/problem.tsx'
import { type PickedUnit, UnitPicker } from '../administration/unit-picker.tsx'
import { useMe } from '../session/me.tsx'
import { accountsWords } from './accounts-words.ts'

const words = catalogue(
  {
    give: (name: string) => `Cấp quyền cho ${name}`,
    giveLead:
      'Quyền có hiệu lực ngay, cả trong phiên đang mở. Mỗi quyền gồm việc (vai trò) và nơi (phạm vi).',
    role: 'Vai trò',
    scope: 'Phạm vi',
    anchor: 'Gắn với đơn vị',
    until: 'Đến hết ngày',
    untilHint: 'Bỏ trống là không thời hạn',
    submit: 'Cấp quyền',
    given: 'Đã cấp quyền.',
    fill: 'Chọn vai trò, phạm vi, đơn vị và ghi lý do.',
    badDay: 'Ngày này không có trong lịch.',
    revoke: (role: string) => `Thu hồi quyền: ${role}`,
    revokeLead: 'Từ lúc này người dùng không làm được việc của vai trò này nữa, cả trong phiên đang mở.',
    revokeSubmit: 'Thu hồi quyền',
    revoked: 'Đã thu hồi quyền.',
  },
  {
    give: (name: string) => `Give a right to ${name}`,
    giveLead:
      'The right is in force at once, also in open sessions. It is a role (what) with a scope (where).',
    role: 'Role',
    scope: 'Scope',
    anchor: 'Anchored at the unit',
    until: 'Until the end of',
    untilHint: 'Empty means without end',
    submit: 'Give the right',
    given: 'The right is given.',
    fill: 'Choose role, scope and unit, and give the reason.',
    badDay: 'There is no such day.',
    revoke: (role: string) => `Revoke the right: ${role}`,
    revokeLead: 'From now on the person cannot do what this role does, also in open sessions.',
    revokeSubmit: 'Revoke the right',
    revoked: 'The right is revoked.',
  },
)

const READS = [getAccount, listAccounts] as const
// The tables are closed: their keys are exactly the roles and scopes.
const ROLE_IDS = Object.keys(ROLES) as Role[]
const SCOPE_IDS = Object.keys(SCOPES) as Scope[]

export function GrantSheet({ person, onClose }: { person: Account; onClose: () => void }) {
  const w = useWords(words)
  const aw = useWords(accountsWords)
  const { language } = useLanguage()
  const me = useMe()
  const toast = useToast()
  const system = me.grants.some((grant) => grant.role === 'SYSTEM_ADMIN')
  const roles = system ? ROLE_IDS : ROLE_IDS.filter((role) => !RESERVED_ROLES.includes(role))
  const [role, setRole] = useState<Role>()
  const [scope, setScope] = useState<Scope>('unit')
  const [unit, setUnit] = useState<PickedUnit | null>(null)
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const command = useCommand(giveGrant, {
    refresh: READS,
    onDone: () => {
      toast({ message: w.given })
      onClose()
    },
  })
  const end = until.trim() === '' ? null : parseTypedDate(until)
  const anchored = scope === 'province' || unit !== null
  return (
    <FormSheet
      form="grant"
      title={w.give(person.name)}
      lead={w.giveLead}
      submit={w.submit}
      blocked={
        end === undefined ? w.badDay : role && anchored && reason.trim().length >= 3 ? undefined : w.fill
      }
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (role && end !== undefined)
          void command.run({
            account: person.id,
            role,
            scope,
            unit: scope === 'province' ? null : (unit?.id ?? null),
            until: end === null ? null : instantOf(end, 24 * 60).toISOString(),
            reason,
          })
      }}
    >
      <SelectField
        id="grant-role"
        label={w.role}
        value={role ?? ''}
        placeholder={w.role}
        options={roles.map((value) => ({ value, label: ROLES[value][language] }))}
        onChange={(value) => setRole(roles.find((one) => one === value))}
        error={fieldError(command.problem, 'role', language)}
      />
      <SelectField
        id="grant-scope"
        label={w.scope}
        value={scope}
        options={SCOPE_IDS.map((value) => ({ value, label: SCOPES[value][language] }))}
        onChange={(value) => setScope(SCOPE_IDS.find((one) => one === value) ?? scope)}
      />
      {scope === 'province' ? null : (
        <UnitPicker
          id="grant-unit"
          label={w.anchor}
          centres={scope === 'centre'}
          value={unit}
          onChange={setUnit}
          error={fieldError(command.problem, 'unit', language)}
        />
      )}
      <DateField id="grant-until" label={w.until} hint={w.untilHint} value={until} onChange={setUntil} />
      <TextArea
        id="grant-reason"
        label={aw.reason}
        hint={aw.reasonHint}
        rows={2}
        value={reason}
        onChange={setReason}
        error={fieldError(command.problem, 'reason', language)}
      />
    </FormSheet>
  )
}

export function RevokeSheet({
  person,
  grant,
  onClose,
}: {
  person: Account
  grant: { id: string; role: Role }
  onClose: () => void
}) {
  const w = useWords(words)
  const aw = useWords(accountsWords)
  const { language } = useLanguage()
  const toast = useToast()
  const [reason, setReason] = useState('')
  const command = useCommand(revokeGrant, {
    refresh: READS,
    onDone: () => {
      toast({ message: w.revoked })
      onClose()
    },
  })
  return (
    <FormSheet
      form="revoke"
      title={w.revoke(ROLES[grant.role][language])}
      lead={w.revokeLead}
      submit={w.revokeSubmit}
      danger
      blocked={reason.trim().length >= 3 ? undefined : aw.needReason}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ account: person.id, grant: grant.id, reason })}
    >
      <p className={styles.strong}>{person.name}</p>
      <TextArea
        id="revoke-reason"
        label={aw.reason}
        hint={aw.reasonHint}
        value={reason}
        onChange={setReason}
        error={fieldError(command.problem, 'reason', language)}
      />
    </FormSheet>
  )
}
