import { useState } from 'react'
import {
  type Account,
  disableAccount,
  enableAccount,
  getAccount,
  listAccounts,
  resetAccess,
} from '#modules/identity/contract.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextArea } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { fieldError } from '../administration/problem.tsx'
import { accountsWords } from './accounts-words.ts'
import { type OneTime, OneTimePassword } from './one-time-password.tsx'

const words = catalogue(
  {
    disable: {
      title: (name: string) => `Khóa tài khoản: ${name}`,
      lead: 'Mọi phiên đăng nhập kết thúc ngay. Quyền được giữ lại để mở khóa sau.',
      submit: 'Khóa tài khoản',
      done: 'Đã khóa tài khoản.',
    },
    enable: {
      title: (name: string) => `Mở khóa tài khoản: ${name}`,
      lead: 'Người dùng đăng nhập lại được với mật khẩu cũ và các quyền đang giữ.',
      submit: 'Mở khóa',
      done: 'Đã mở khóa tài khoản.',
    },
    reset: {
      title: (name: string) => `Cấp lại mật khẩu: ${name}`,
      lead: 'Mật khẩu cũ và xác thực hai lớp bị bỏ, mọi phiên kết thúc. Một mật khẩu dùng một lần hiện đúng một lần.',
      submit: 'Cấp lại mật khẩu',
      done: 'Đã cấp lại mật khẩu.',
    },
  },
  {
    disable: {
      title: (name: string) => `Close the account: ${name}`,
      lead: 'All sessions end at once. The rights stay for when it is opened again.',
      submit: 'Close the account',
      done: 'The account is closed.',
    },
    enable: {
      title: (name: string) => `Open the account again: ${name}`,
      lead: 'The person can sign in again with the old password and the rights held.',
      submit: 'Open again',
      done: 'The account is open again.',
    },
    reset: {
      title: (name: string) => `New password: ${name}`,
      lead: 'The old password and the second factor are taken off and all sessions end. A one-time password is shown exactly once.',
      submit: 'Give a new password',
      done: 'A new password was given.',
    },
  },
)

export type AccessStep = 'disable' | 'enable' | 'reset'
const READS = [getAccount, listAccounts] as const

export function AccessSheet({
  step,
  person,
  onClose,
}: {
  step: AccessStep
  person: Account
  onClose: () => void
}) {
  const w = useWords(words)
  const aw = useWords(accountsWords)
  const { language } = useLanguage()
  const toast = useToast()
  const [reason, setReason] = useState('')
  const [secret, setSecret] = useState<OneTime>()
  const onDone = (): void => {
    toast({ message: w[step].done })
    onClose()
  }
  const disable = useCommand(disableAccount, { refresh: READS, onDone })
  const enable = useCommand(enableAccount, { refresh: READS, onDone })
  const reset = useCommand(resetAccess, {
    refresh: READS,
    onDone: (answer) => setSecret({ username: person.username, ...answer }),
  })
  const command = { disable, enable, reset }[step]
  if (secret) return <OneTimePassword secret={secret} onClose={onClose} />
  return (
    <FormSheet
      form="access"
      title={w[step].title(person.name)}
      lead={w[step].lead}
      submit={w[step].submit}
      danger={step !== 'enable'}
      blocked={reason.trim().length >= 3 ? undefined : aw.needReason}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ account: person.id, reason })}
    >
      <TextArea
        id="access-reason"
        label={aw.reason}
        hint={aw.reasonHint}
        value={reason}
        onChange={setReason}
        error={fieldError(command.problem, 'reason', language)}
      />
    </FormSheet>
  )
}
