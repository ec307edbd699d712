import { KeyRound, LogIn } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { messageOf } from '../../api/problem.ts'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { signIn, verifyBackupCode, verifyCode } from './auth.ts'
import styles from './session.module.css'

const words = catalogue(
  {
    username: 'Tên đăng nhập',
    password: 'Mật khẩu',
    enter: 'Đăng nhập',
    code: 'Mã xác thực 6 số',
    codeHint: 'Mở ứng dụng xác thực trên điện thoại và nhập mã đang hiện.',
    backup: 'Mã dự phòng',
    backupHint: 'Mỗi mã dự phòng chỉ dùng được một lần.',
    useBackup: 'Mất điện thoại? Dùng mã dự phòng',
    useCode: 'Dùng mã trong ứng dụng',
    confirm: 'Xác nhận',
    again: 'Đăng nhập lại từ đầu',
    failed: 'Chưa đăng nhập được',
    fillBoth: 'Nhập tên đăng nhập và mật khẩu.',
    fillCode: 'Nhập mã xác thực.',
  },
  {
    username: 'User name',
    password: 'Password',
    enter: 'Sign in',
    code: '6-digit code',
    codeHint: 'Open the authenticator on your phone and type the code it shows.',
    backup: 'Backup code',
    backupHint: 'Each backup code works once.',
    useBackup: 'Lost your phone? Use a backup code',
    useCode: 'Use the code of the authenticator',
    confirm: 'Confirm',
    again: 'Start over',
    failed: 'Not signed in yet',
    fillBoth: 'Enter the user name and the password.',
    fillCode: 'Enter the code.',
  },
)

type SignInFormProps = {
  /** The person whose page lies beneath; only they may go on with it. */
  username?: string
  onSignedIn: () => void
}
type Step = 'password' | 'code' | 'backup'

/** User name and password, then the second factor where one is on. A failed attempt keeps what was typed but the password. */
export function SignInForm({ username: fixed, onSignedIn }: SignInFormProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [step, setStep] = useState<Step>('password')
  const [username, setUsername] = useState(fixed ?? '')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const move = (next: Step): void => {
    setStep(next)
    setCode('')
    setProblem(undefined)
  }

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (step === 'password' && (!username.trim() || !password)) return setProblem(w.fillBoth)
    if (step !== 'password' && !code.trim()) return setProblem(w.fillCode)
    setBusy(true)
    setProblem(undefined)
    try {
      const answer =
        step === 'password'
          ? await signIn(username, password)
          : step === 'code'
            ? await verifyCode(code)
            : await verifyBackupCode(code)
      if (answer.secondFactorRequired) move('code')
      else onSignedIn()
    } catch (error) {
      setProblem(messageOf(error, language))
      setPassword('')
      setCode('')
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      {problem ? <ErrorSummary title={w.failed} problems={[{ message: problem }]} /> : null}
      {step === 'password' ? (
        <>
          <TextField
            label={w.username}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            onChange={setUsername}
            readOnly={fixed !== undefined}
          />
          <TextField
            label={w.password}
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
          <Button look="main" type="submit" icon={LogIn} busy={busy} wide>
            {w.enter}
          </Button>
        </>
      ) : (
        <>
          <TextField
            key={step}
            label={step === 'code' ? w.code : w.backup}
            hint={step === 'code' ? w.codeHint : w.backupHint}
            name="code"
            // The code is the only thing to do in this step, and it expires in seconds.
            autoFocus
            autoComplete="one-time-code"
            inputMode={step === 'code' ? 'numeric' : 'text'}
            maxLength={step === 'code' ? 8 : 40}
            className="n"
            value={code}
            onChange={(text) => setCode(step === 'code' ? text.replace(/\D/g, '') : text)}
          />
          <Button look="main" type="submit" icon={KeyRound} busy={busy} wide>
            {w.confirm}
          </Button>
          <div className={styles.choices}>
            <Button look="quiet" onClick={() => move(step === 'code' ? 'backup' : 'code')}>
              {step === 'code' ? w.useBackup : w.useCode}
            </Button>
            <Button look="quiet" onClick={() => move('password')}>
              {w.again}
            </Button>
          </div>
        </>
      )}
    </form>
  )
}
