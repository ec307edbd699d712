import { useDeferredValue, useState } from 'react'
import {
  type Account,
  disableAccount,
  enableAccount,
  listAccounts,
  ROLES,
  resetAccess,
} from '#modules/identity/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextArea, TextField } from '../../ui/field/field.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from './account.module.css'

const words = catalogue(
  {
    title: 'Tài khoản trong phạm vi quản trị',
    find: 'Tìm theo tên hoặc tên đăng nhập',
    none: 'Không có tài khoản nào khớp.',
    noRole: 'chưa có quyền',
    disabled: 'Đã khóa',
    disable: 'Khóa',
    enable: 'Mở lại',
    reset: 'Cấp lại đăng nhập',
    disableTitle: (name: string) => `Khóa tài khoản của ${name}?`,
    enableTitle: (name: string) => `Mở lại tài khoản của ${name}?`,
    resetTitle: (name: string) => `Cấp mật khẩu một lần cho ${name}?`,
    disableLine: 'Mọi phiên đăng nhập của người này kết thúc ngay.',
    enableLine: 'Người này đăng nhập lại được với quyền đang có.',
    resetLine: 'Mật khẩu cũ, xác thực hai lớp và mọi phiên đăng nhập bị bỏ.',
    reason: 'Lý do',
    needed: 'Ghi lý do, ít nhất 3 chữ.',
    keep: 'Giữ nguyên',
    done: 'Đã lưu.',
    oneTime: 'Mật khẩu một lần, chỉ hiện lần này. Trao tận tay:',
    until: (when: string) => `Dùng được đến ${when}.`,
    close: 'Đã chép, đóng lại',
    more: 'Còn tài khoản khác, gõ để tìm.',
  },
  {
    title: 'Accounts you look after',
    find: 'Name or user name',
    none: 'No account matches.',
    noRole: 'no rights',
    disabled: 'Closed',
    disable: 'Close',
    enable: 'Open again',
    reset: 'Reset sign-in',
    disableTitle: (name: string) => `Close the account of ${name}?`,
    enableTitle: (name: string) => `Open the account of ${name} again?`,
    resetTitle: (name: string) => `Give ${name} a one-time password?`,
    disableLine: 'All sessions of this person end now.',
    enableLine: 'This person can sign in again with the rights they hold.',
    resetLine: 'The old password, the second factor and all sessions are taken away.',
    reason: 'Reason',
    needed: 'Give the reason, at least 3 letters.',
    keep: 'Keep as it is',
    done: 'Saved.',
    oneTime: 'One-time password, shown only now. Hand it over in person:',
    until: (when: string) => `Works until ${when}.`,
    close: 'Copied, close',
    more: 'There are more accounts; type to find them.',
  },
)

type Command = { kind: 'disable' | 'enable' | 'reset'; account: Account }

/** Closing, opening and resetting the accounts within one's reach; each with its reason. */
export function AccountsCard() {
  const w = useWords(words)
  const { language } = useLanguage()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const accounts = useOperation(listAccounts, { ...(asked ? { q: asked } : {}), limit: 30 }, { keep: true })
  const [command, setCommand] = useState<Command>()
  return (
    <section className={desk.card} aria-labelledby="accounts-title">
      <div className={desk.cardHead}>
        <h2 id="accounts-title">{w.title}</h2>
      </div>
      {accounts.error ? <ErrorSummary problems={[{ message: messageOf(accounts.error, language) }]} /> : null}
      <TextField label={w.find} type="search" value={text} onChange={setText} />
      {accounts.data?.items.length === 0 ? <p role="status">{w.none}</p> : null}
      <ul className={styles.rows}>
        {accounts.data?.items.map((account) => (
          <li key={account.id}>
            <span>
              <strong>{account.name}</strong> {account.disabled ? <Chip>{w.disabled}</Chip> : null}
              <span className={desk.by}>
                {[
                  account.username,
                  account.position,
                  account.roles.map((role) => ROLES[role][language]).join(', ') || w.noRole,
                ].join(' · ')}
              </span>
            </span>
            <Button
              aria-label={`${w.reset}: ${account.name}`}
              onClick={() => setCommand({ kind: 'reset', account })}
            >
              {w.reset}
            </Button>
            <Button
              look={account.disabled ? 'outline' : 'danger'}
              aria-label={`${account.disabled ? w.enable : w.disable}: ${account.name}`}
              onClick={() => setCommand({ kind: account.disabled ? 'enable' : 'disable', account })}
            >
              {account.disabled ? w.enable : w.disable}
            </Button>
          </li>
        ))}
      </ul>
      {accounts.data?.next ? <p className={desk.small}>{w.more}</p> : null}
      <Dialog
        open={command !== undefined}
        onClose={() => setCommand(undefined)}
        title={command ? w[`${command.kind}Title`](command.account.name) : ''}
      >
        {command ? (
          <CommandForm
            command={command}
            onClose={() => setCommand(undefined)}
            onDone={() => void accounts.refetch()}
          />
        ) : null}
      </Dialog>
    </section>
  )
}

type CommandFormProps = { command: Command; onClose: () => void; onDone: () => void }

function CommandForm({ command, onClose, onDone }: CommandFormProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const toast = useToast()
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [oneTime, setOneTime] = useState<{ oneTimePassword: string; oneTimeUntil: string }>()
  const submit = async (): Promise<void> => {
    if (busy || oneTime) return
    if (reason.trim().length < 3) return setProblem(w.needed)
    setBusy(true)
    setProblem(undefined)
    const input = { account: command.account.id, reason: reason.trim() }
    try {
      if (command.kind === 'reset') setOneTime(await call(resetAccess, input))
      else {
        await call(command.kind === 'disable' ? disableAccount : enableAccount, input)
        toast({ message: w.done })
        onClose()
      }
      onDone()
    } catch (error) {
      setProblem(messageOf(error, language))
    } finally {
      setBusy(false)
    }
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w[command.kind], run: () => void submit() }])
  if (oneTime)
    return (
      <div className={desk.form}>
        <p>{w.oneTime}</p>
        <p className={styles.password}>{oneTime.oneTimePassword}</p>
        <p className={desk.small}>{w.until(formatMoment(oneTime.oneTimeUntil))}</p>
        <Button look="main" onClick={onClose}>
          {w.close}
        </Button>
      </div>
    )
  return (
    <div className={desk.form}>
      {problem ? <ErrorSummary problems={[{ field: 'command-reason', message: problem }]} /> : null}
      <p className={desk.hint}>{w[`${command.kind}Line`]}</p>
      <TextArea id="command-reason" label={w.reason} value={reason} onChange={setReason} />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button
          look={command.kind === 'enable' ? 'main' : 'danger'}
          shortcut="Ctrl+Enter"
          busy={busy}
          onClick={() => void submit()}
        >
          {w[command.kind]}
        </Button>
      </div>
    </div>
  )
}
