import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { getMe } from '#modules/identity/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { invalidate } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { changePassword } from '../session/auth.ts'

const words = catalogue(
  {
    title: 'Mật khẩu',
    now: 'Mật khẩu đang dùng',
    next: 'Mật khẩu mới',
    hint: 'Ít nhất 10 ký tự, ví dụ một câu ngắn. Các nơi đăng nhập khác sẽ bị đăng xuất.',
    change: 'Đổi mật khẩu',
    done: 'Đã đổi mật khẩu.',
  },
  {
    title: 'Password',
    now: 'Present password',
    next: 'New password',
    hint: 'At least 10 characters, such as a short sentence. Other sign-ins end.',
    change: 'Change the password',
    done: 'The password was changed.',
  },
)

export function PasswordCard() {
  const w = useWords(words)
  const { language } = useLanguage()
  const client = useQueryClient()
  const toast = useToast()
  const [now, setNow] = useState('')
  const [next, setNext] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    try {
      await changePassword(now, next)
      setNow('')
      setNext('')
      toast({ message: w.done })
      await invalidate(client, getMe)
    } catch (error) {
      setProblem(messageOf(error, language))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={desk.card} aria-labelledby="password-title">
      <div className={desk.cardHead}>
        <h2 id="password-title">{w.title}</h2>
      </div>
      {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
      <form className={desk.form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={w.now}
          type="password"
          autoComplete="current-password"
          value={now}
          onChange={setNow}
        />
        <TextField
          label={w.next}
          hint={w.hint}
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
        />
        <Button type="submit" busy={busy}>
          {w.change}
        </Button>
      </form>
    </section>
  )
}
