import { useQueryClient } from '@tanstack/react-query'
import { ShieldCheck, ShieldOff } from 'lucide-react'
import encodeQR from 'qr'
import { type FormEvent, useMemo, useState } from 'react'
import { getMe } from '#modules/identity/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { invalidate } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { beginSecondFactor, type Enrolment, endSecondFactor, verifyCode } from '../session/auth.ts'
import { useMe } from '../session/me.tsx'
import styles from './account.module.css'

const words = catalogue(
  {
    title: 'Xác thực hai lớp',
    on: 'Đang bật',
    off: 'Đang tắt',
    why: 'Ngoài mật khẩu, mỗi lần đăng nhập cần mã 6 số trên điện thoại.',
    password: 'Mật khẩu hiện tại',
    enable: 'Bật xác thực hai lớp',
    disable: 'Tắt xác thực hai lớp',
    scan: 'Mở ứng dụng xác thực (Google Authenticator, Microsoft Authenticator…), quét mã này, rồi nhập mã 6 số.',
    qr: 'Mã QR để đăng ký ứng dụng xác thực',
    key: 'Không quét được? Nhập khóa này vào ứng dụng',
    code: 'Mã 6 số đang hiện',
    confirm: 'Xác nhận và bật',
    backup: 'Mã dự phòng, mỗi mã dùng một lần. Chép ra giấy và cất kỹ:',
    done: 'Đã bật xác thực hai lớp.',
    ended: 'Đã tắt xác thực hai lớp.',
    cancel: 'Thôi',
  },
  {
    title: 'Second factor',
    on: 'On',
    off: 'Off',
    why: 'Besides the password, each sign-in needs a 6-digit code from the phone.',
    password: 'Current password',
    enable: 'Turn the second factor on',
    disable: 'Turn the second factor off',
    scan: 'Open your authenticator, scan this code, then type the 6 digits.',
    qr: 'QR code to register the authenticator',
    key: 'Cannot scan? Type this key into the app',
    code: 'The 6 digits shown',
    confirm: 'Confirm and turn on',
    backup: 'Backup codes, each works once. Write them down and keep them safe:',
    done: 'The second factor is on.',
    ended: 'The second factor is off.',
    cancel: 'Cancel',
  },
)

/** The picture is an image of our own making: the key never leaves the page. */
const qrImage = (text: string): string =>
  `data:image/svg+xml;utf8,${encodeURIComponent(encodeQR(text, 'svg', { border: 2 }))}`
const keyOf = (uri: string): string =>
  new URL(uri).searchParams.get('secret')?.replace(/(.{4})(?=.)/g, '$1 ') ?? ''

export function SecondFactorCard() {
  const w = useWords(words)
  const { language } = useLanguage()
  const me = useMe()
  const client = useQueryClient()
  const toast = useToast()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [enrolment, setEnrolment] = useState<Enrolment>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const image = useMemo(() => (enrolment ? qrImage(enrolment.totpURI) : ''), [enrolment])
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      setProblem(messageOf(error, language))
    } finally {
      setBusy(false)
    }
  }
  const begin = (event: FormEvent): void => {
    event.preventDefault()
    void run(async () => {
      if (me.secondFactor) {
        await endSecondFactor(password)
        toast({ message: w.ended })
        await invalidate(client, getMe)
      } else setEnrolment(await beginSecondFactor(password))
      setPassword('')
    })
  }
  const confirm = (event: FormEvent): void => {
    event.preventDefault()
    void run(async () => {
      await verifyCode(code)
      setEnrolment(undefined)
      setCode('')
      toast({ message: w.done })
      await invalidate(client, getMe)
    })
  }
  return (
    <section className={desk.card} aria-labelledby="factor-title">
      <div className={desk.cardHead}>
        <h2 id="factor-title">{w.title}</h2>
        <Chip tone={me.secondFactor ? 'ngoc' : 'tro'} icon={me.secondFactor ? ShieldCheck : ShieldOff}>
          {me.secondFactor ? w.on : w.off}
        </Chip>
      </div>
      {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
      {enrolment ? (
        <form className={desk.form} onSubmit={confirm}>
          <div className={styles.enrol}>
            <img className={styles.qr} src={image} alt={w.qr} />
            <div className={desk.stack}>
              <p>{w.scan}</p>
              <p className={desk.small}>
                {w.key}: <strong>{keyOf(enrolment.totpURI)}</strong>
              </p>
            </div>
          </div>
          <p>{w.backup}</p>
          <ul className={styles.codes}>
            {enrolment.backupCodes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <TextField
            label={w.code}
            className="n"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={(text) => setCode(text.replace(/\D/g, ''))}
          />
          <div className={desk.buttons}>
            <Button onClick={() => setEnrolment(undefined)}>{w.cancel}</Button>
            <Button look="main" type="submit" busy={busy}>
              {w.confirm}
            </Button>
          </div>
        </form>
      ) : (
        <form className={desk.form} onSubmit={begin}>
          <p className={desk.muted}>{w.why}</p>
          <TextField
            label={w.password}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
          <Button type="submit" busy={busy}>
            {me.secondFactor ? w.disable : w.enable}
          </Button>
        </form>
      )}
    </section>
  )
}
