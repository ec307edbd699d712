import { Monitor } from 'lucide-react'
import { useState } from 'react'
import { endAllMySessions, endMySession, listMySessions } from '#modules/identity/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from './account.module.css'

const words = catalogue(
  {
    title: 'Nơi đang đăng nhập',
    here: 'Máy này',
    unknown: 'Thiết bị không rõ',
    used: (when: string, from: string) => `Dùng lần cuối ${when}${from ? ` · địa chỉ ${from}` : ''}`,
    end: 'Đăng xuất nơi này',
    all: 'Đăng xuất mọi nơi',
    on: 'trên',
    others: (n: number) => `Xem ${n} nơi khác`,
  },
  {
    title: 'Where you are signed in',
    here: 'This computer',
    unknown: 'Unknown device',
    used: (when: string, from: string) => `Last used ${when}${from ? ` · address ${from}` : ''}`,
    end: 'Sign out there',
    all: 'Sign out everywhere',
    on: 'on',
    others: (n: number) => `Show ${n} more`,
  },
)

/** `Chrome trên Windows` out of what the browser calls itself; undefined when it is nothing known. */
export function deviceName(agent: string | null, on: string): string | undefined {
  if (!agent) return undefined
  const browser = [/Edg\//, /OPR\//, /Firefox\//, /Chrome\//, /Safari\//].findIndex((one) => one.test(agent))
  const system = [/Windows/, /Android/, /iPhone|iPad/, /Mac OS/, /Linux/].findIndex((one) => one.test(agent))
  const name = ['Edge', 'Opera', 'Firefox', 'Chrome', 'Safari'][browser]
  const where = ['Windows', 'Android', 'iOS', 'macOS', 'Linux'][system]
  if (!name && !where) return undefined
  return name && where ? `${name} ${on} ${where}` : (name ?? where)
}

const SHOWN = 5

export function SessionsCard() {
  const w = useWords(words)
  const { language } = useLanguage()
  const sessions = useOperation(listMySessions, {})
  const [problem, setProblem] = useState<string>()
  const [all, setAll] = useState(false)
  const items = sessions.data?.items ?? []
  const end = async (session: string): Promise<void> => {
    try {
      await call(endMySession, { session })
    } catch (error) {
      setProblem(messageOf(error, language))
    } finally {
      void sessions.refetch()
    }
  }
  const endAll = async (): Promise<void> => {
    await call(endAllMySessions, {})
    window.location.assign('/desk/sign-in')
  }
  return (
    <section className={desk.card} aria-labelledby="sessions-title">
      <div className={desk.cardHead}>
        <h2 id="sessions-title">{w.title}</h2>
        <Button look="danger" onClick={() => void endAll()}>
          {w.all}
        </Button>
      </div>
      {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
      <ul className={styles.rows}>
        {(all ? items : items.slice(0, SHOWN)).map((session) => (
          <li key={session.id}>
            <span>
              <strong className={styles.device}>
                <Monitor size={16} aria-hidden="true" /> {deviceName(session.device, w.on) ?? w.unknown}
              </strong>
              <span className={desk.by}>
                {w.used(formatMoment(session.lastUsedAt), session.address ?? '')}
              </span>
            </span>
            {session.current ? (
              <Chip tone="ngoc">{w.here}</Chip>
            ) : (
              <Button onClick={() => void end(session.id)}>{w.end}</Button>
            )}
          </li>
        ))}
      </ul>
      {!all && items.length > SHOWN ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          {w.others(items.length - SHOWN)}
        </Button>
      ) : null}
    </section>
  )
}
