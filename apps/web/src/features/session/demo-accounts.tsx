import { UserRound } from 'lucide-react'
import { useMemo, useState } from 'react'
import { listDemoAccounts, ROLES, type Role } from '#modules/identity/contract.ts'
import { listCentres } from '#modules/organisation/contract.ts'
import type { Output } from '#platform/operation.ts'
import { fold } from '#platform/text/fold.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { signIn } from './auth.ts'
import styles from './session.module.css'

export type DemoAccount = Output<typeof listDemoAccounts>['items'][number]

const words = catalogue(
  {
    title: 'Tài khoản dùng thử',
    lead: 'Người và hồ sơ ở đây đều là bịa ra. Bấm một tên để đăng nhập ngay.',
    find: 'Tìm tên, vai trò, trung tâm',
    none: 'Không có tài khoản nào khớp. Thử từ khác, không cần dấu.',
    failed: 'Chưa đăng nhập được',
    count: (n: number) => `${n} người`,
    first: (n: number) => `và ${n} người nữa, gõ để tìm`,
  },
  {
    title: 'Accounts to try',
    lead: 'People and dossiers here are invented. Press a name to sign in at once.',
    find: 'Name, role or centre',
    none: 'No account matches. Try other words; marks are not needed.',
    failed: 'Not signed in yet',
    count: (n: number) => `${n} people`,
    first: (n: number) => `and ${n} more; type to find them`,
  },
)

/** Groups by the first role, in the order of the roles' table. Pure. */
export function groupByRole(accounts: readonly DemoAccount[]): { role: Role; accounts: DemoAccount[] }[] {
  const groups = new Map<Role, DemoAccount[]>()
  for (const account of accounts) {
    const role = account.roles[0]
    if (role) groups.set(role, [...(groups.get(role) ?? []), account])
  }
  // `Object.keys` of a closed table: exactly the roles.
  return (Object.keys(ROLES) as Role[]).flatMap((role) => {
    const found = groups.get(role)
    return found ? [{ role, accounts: found }] : []
  })
}

const SHOWN = 6

/** Listed only where the server is a demo: elsewhere the address does not exist and nothing is drawn. */
export function DemoAccounts({ onSignedIn }: { onSignedIn: () => void }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const demo = useOperation(listDemoAccounts, {}, { staleTime: 600_000 })
  const centres = useOperation(listCentres, {}, { enabled: demo.data !== undefined, staleTime: 600_000 })
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState<string>()
  const placeOf = useMemo(() => {
    const names = new Map(centres.data?.items.map((centre) => [centre.id, centre.shortName]))
    return (account: DemoAccount): string => names.get(account.centre ?? '') ?? ''
  }, [centres.data])
  const groups = useMemo(() => {
    const wanted = fold(text).split(/\s+/).filter(Boolean)
    const found = (demo.data?.items ?? []).filter((account) => {
      const roles = account.roles.map((role) => `${ROLES[role].vi} ${ROLES[role].en}`).join(' ')
      const all = fold(`${account.name} ${account.username} ${account.position} ${roles} ${placeOf(account)}`)
      return wanted.every((part) => all.includes(part))
    })
    return groupByRole(found)
  }, [demo.data, text, placeOf])
  if (!demo.data || demo.data.items.length === 0) return null

  const enter = async (account: DemoAccount): Promise<void> => {
    setBusy(account.username)
    setProblem(undefined)
    try {
      await signIn(account.username, account.password)
      onSignedIn()
    } catch (error) {
      setProblem(messageOf(error, language))
      setBusy(undefined)
    }
  }
  const searching = text.trim() !== ''
  return (
    <section className={styles.demo} aria-labelledby="demo-title">
      <h2 id="demo-title">{w.title}</h2>
      <p className={styles.lead}>{w.lead}</p>
      {problem ? <ErrorSummary title={w.failed} problems={[{ message: problem }]} /> : null}
      <TextField label={w.find} type="search" value={text} onChange={setText} />
      <div className={styles.groups}>
        {groups.length === 0 ? <p role="status">{w.none}</p> : null}
        {groups.map(({ role, accounts }) => (
          <section key={role} aria-label={ROLES[role][language]}>
            <h3>
              {ROLES[role][language]} <span>{w.count(accounts.length)}</span>
            </h3>
            <ul>
              {(searching ? accounts : accounts.slice(0, SHOWN)).map((account) => (
                <li key={account.username}>
                  <button
                    type="button"
                    className={styles.account}
                    aria-busy={busy === account.username || undefined}
                    onClick={() => void enter(account)}
                  >
                    <UserRound size={18} aria-hidden="true" />
                    <span>
                      <strong>{account.name}</strong>
                      <small>{[account.position, placeOf(account)].filter(Boolean).join(' · ')}</small>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            {!searching && accounts.length > SHOWN ? (
              <p className={styles.more}>{w.first(accounts.length - SHOWN)}</p>
            ) : null}
          </section>
        ))}
      </div>
    </section>
  )
}
