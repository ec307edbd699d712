import { useQueryClient } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { getUnit } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { formatDate, partsOf } from '../../ui/format/format.ts'
import { useKeyboard } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { signOut } from '../session/auth.ts'
import { useMe } from '../session/me.tsx'
import styles from './account.module.css'
import { PasswordCard } from './password-card.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'
import { SessionsCard } from './sessions-card.tsx'

const words = catalogue(
  {
    title: 'Tài khoản',
    me: 'Tôi',
    username: 'Tên đăng nhập',
    position: 'Chức vụ',
    unit: 'Đơn vị',
    out: 'Đăng xuất',
    grants: 'Quyền đang có',
    noGrants: 'Tài khoản chưa có quyền nào. Liên hệ người quản trị đơn vị.',
    due: 'Ông/bà đang dùng mật khẩu một lần. Đặt mật khẩu mới để dùng được các quyền.',
    until: (day: string) => `đến ${day}`,
    delegated: (who: string) => `thay ông/bà ${who}`,
    keys: 'Phím tắt và ngôn ngữ',
    single: 'Dùng phím tắt một chữ',
    singleHelp:
      'Tắt khi dùng nhập liệu bằng giọng nói hoặc hay bấm nhầm. Phím F và phím có Ctrl vẫn dùng được.',
    language: 'Ngôn ngữ màn hình',
  },
  {
    title: 'Account',
    me: 'Me',
    username: 'User name',
    position: 'Position',
    unit: 'Unit',
    out: 'Sign out',
    grants: 'Rights in force',
    noGrants: 'The account has no rights. Ask your unit administrator.',
    due: 'You signed in with a one-time password. Set a new one to use your rights.',
    until: (day: string) => `until ${day}`,
    delegated: (who: string) => `for ${who}`,
    keys: 'Keys and language',
    single: 'Use single-letter shortcuts',
    singleHelp: 'Switch off when dictating or pressing keys by accident. F keys and Ctrl keys keep working.',
    language: 'Language of the screen',
  },
)

/** The own account: rights, sign-ins, second factor, password, keys and language. */
export function AccountPage() {
  const w = useWords(words)
  const me = useMe()
  const client = useQueryClient()
  const leave = async (): Promise<void> => {
    await signOut()
    client.clear()
    window.location.assign('/desk/sign-in')
  }
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
          <span style={{ marginLeft: 'auto' }} />
          <Button icon={LogOut} onClick={() => void leave()}>
            {w.out}
          </Button>
        </div>
      }
    >
      {me.passwordChangeDue ? (
        <p className={`${desk.hint} ${styles.notice}`} role="alert">
          {w.due}
        </p>
      ) : null}
      <div className={styles.page}>
        <div className={desk.stack}>
          <MeCard />
          <GrantsCard />
          <KeysCard />
        </div>
        <div className={desk.stack}>
          <SessionsCard />
          <SecondFactorCard />
          <PasswordCard />
        </div>
      </div>
    </DeskScreen>
  )
}

function UnitName({ id }: { id: string }) {
  const unit = useOperation(getUnit, { unit: id }, { staleTime: 600_000 })
  return unit.data?.name ?? id
}

function MeCard() {
  const w = useWords(words)
  const me = useMe()
  return (
    <section className={desk.card} aria-labelledby="me-title">
      <div className={desk.cardHead}>
        <h2 id="me-title">{me.name}</h2>
      </div>
      <dl className={desk.facts}>
        <dt>{w.username}</dt>
        <dd>{me.username}</dd>
        <dt>{w.position}</dt>
        <dd>{me.position}</dd>
        <dt>{w.unit}</dt>
        <dd>
          <UnitName id={me.unit} />
        </dd>
      </dl>
    </section>
  )
}

function GrantsCard() {
  const w = useWords(words)
  const me = useMe()
  const { language } = useLanguage()
  return (
    <section className={desk.card} aria-labelledby="grants-title">
      <div className={desk.cardHead}>
        <h2 id="grants-title">{w.grants}</h2>
      </div>
      {me.grants.length === 0 ? <p className={desk.muted}>{w.noGrants}</p> : null}
      <ul className={styles.rows}>
        {me.grants.map((grant) => (
          <li key={grant.id}>
            <strong>{grant.roleName[language]}</strong>
            <span className={desk.by}>
              {grant.scopeName[language]}
              {grant.unit ? (
                <>
                  {' · '}
                  <UnitName id={grant.unit} />
                </>
              ) : null}
              {[
                '',
                grant.until && w.until(formatDate(partsOf(grant.until).date)),
                grant.delegatedBy && w.delegated(grant.delegatedBy.name),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function KeysCard() {
  const w = useWords(words)
  const { language, setLanguage } = useLanguage()
  const { preferences, setPreferences } = useKeyboard()
  return (
    <section className={desk.card} aria-labelledby="keys-title">
      <div className={desk.cardHead}>
        <h2 id="keys-title">{w.keys}</h2>
      </div>
      <div className={desk.form}>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={preferences.singleKeys}
            onChange={(event) => setPreferences({ ...preferences, singleKeys: event.target.checked })}
          />
          <span>
            <strong>{w.single}</strong>
            <span className={desk.by}>{w.singleHelp}</span>
          </span>
        </label>
        <SegmentedChoice
          label={w.language}
          value={language}
          options={[
            { value: 'vi', label: 'Tiếng Việt' },
            { value: 'en', label: 'English' },
          ]}
          onChange={setLanguage}
        />
      </div>
    </section>
  )
}
