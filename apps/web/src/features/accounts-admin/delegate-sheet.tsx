import { useState } from 'react'
import { listMyDelegations, ROLES, type Role, startDelegation } from '#modules/identity/contract.ts'
import { instantOf, localDateOf } from '#platform/time/vietnam.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, TextArea, TextField } from '../../ui/field/field.tsx'
import { formatDate, parseTypedDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { fieldError } from '../administration/problem.tsx'
import { useMe } from '../session/me.tsx'
import own from './accounts.module.css'
import { accountsWords } from './accounts-words.ts'

const words = catalogue(
  {
    title: (name: string) => `Ủy quyền của ${name}`,
    lead: 'Người nhận làm được các việc này trong thời gian ủy quyền; nhật ký ghi cả hai tên. Tối đa 12 tháng.',
    to: 'Tên đăng nhập của người nhận',
    roles: 'Vai trò ủy quyền',
    start: 'Từ đầu ngày',
    end: 'Đến hết ngày',
    submit: 'Ủy quyền',
    done: 'Đã ủy quyền.',
    fill: 'Nhập người nhận, chọn vai trò, hai ngày và ghi lý do.',
  },
  {
    title: (name: string) => `Delegation by ${name}`,
    lead: 'The colleague can do these things in that period; the log names both. At most 12 months.',
    to: 'User name of the colleague',
    roles: 'Roles delegated',
    start: 'From the beginning of',
    end: 'Until the end of',
    submit: 'Delegate',
    done: 'Delegated.',
    fill: 'Enter the colleague, choose roles and both dates, and give the reason.',
  },
)

type DelegateSheetProps = {
  from: { id: string; name: string }
  roles: readonly Role[]
  onClose: () => void
}

/** Own roles, or those of an account that one looks after, for a colleague and a period. */
export function DelegateSheet({ from, roles, onClose }: DelegateSheetProps) {
  const w = useWords(words)
  const aw = useWords(accountsWords)
  const { language } = useLanguage()
  const me = useMe()
  const toast = useToast()
  const today = localDateOf(new Date())
  const [to, setTo] = useState('')
  const [chosen, setChosen] = useState<readonly Role[]>([])
  const [start, setStart] = useState(formatDate(today))
  const [end, setEnd] = useState('')
  const [reason, setReason] = useState('')
  const command = useCommand(startDelegation, {
    refresh: [listMyDelegations],
    onDone: () => {
      toast({ message: w.done })
      onClose()
    },
  })
  const first = parseTypedDate(start)
  const last = parseTypedDate(end)
  const ready = to.trim().length >= 3 && chosen.length > 0 && first && last && reason.trim().length >= 3
  return (
    <FormSheet
      form="delegation"
      title={w.title(from.name)}
      lead={w.lead}
      submit={w.submit}
      blocked={ready ? undefined : w.fill}
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (!first || !last) return
        // A delegation of today begins now: the beginning of the day has passed.
        const begin = first === today ? new Date() : instantOf(first, 0)
        void command.run({
          ...(from.id === me.id ? {} : { from: from.id }),
          to,
          roles: [...chosen],
          start: begin.toISOString(),
          end: instantOf(last, 24 * 60).toISOString(),
          reason,
        })
      }}
    >
      <TextField
        id="delegation-to"
        label={w.to}
        spellCheck={false}
        value={to}
        onChange={setTo}
        error={fieldError(command.problem, 'to', language)}
      />
      <fieldset>
        <legend className={styles.label}>{w.roles}</legend>
        <div className={own.checks}>
          {roles.map((role) => (
            <label key={role}>
              <input
                type="checkbox"
                checked={chosen.includes(role)}
                onChange={(event) =>
                  setChosen(event.target.checked ? [...chosen, role] : chosen.filter((one) => one !== role))
                }
              />
              {ROLES[role][language]}
            </label>
          ))}
        </div>
      </fieldset>
      <div className={styles.pair}>
        <DateField id="delegation-start" label={w.start} value={start} onChange={setStart} />
        <DateField id="delegation-end" label={w.end} value={end} onChange={setEnd} />
      </div>
      <TextArea
        id="delegation-reason"
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
