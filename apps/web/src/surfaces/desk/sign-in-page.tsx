import { useEffect } from 'react'
import { DemoAccounts } from '../../features/session/demo-accounts.tsx'
import { SignInForm } from '../../features/session/sign-in-form.tsx'
import { Button } from '../../ui/button/button.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Mark } from '../../ui/mark/mark.tsx'
import styles from './sign-in-page.module.css'

const words = catalogue(
  {
    title: 'Đăng nhập bàn làm việc',
    lead: 'Dành cho cán bộ, công chức tại các trung tâm và cơ quan giải quyết.',
    forgot: 'Quên mật khẩu: liên hệ người quản trị đơn vị để nhận mật khẩu dùng một lần.',
    citizen: 'Tra cứu hồ sơ của người dân',
    other: 'English',
  },
  {
    title: 'Sign in to the desk',
    lead: 'For officers at the centres and the resolving agencies.',
    forgot: 'Forgot the password? Ask your unit administrator for a one-time password.',
    citizen: 'Track a dossier as a citizen',
    other: 'Tiếng Việt',
  },
)

/** Only addresses of this desk are followed after signing in, never another site's. */
export const nextAddress = (search: string): string => {
  const next = new URLSearchParams(search).get('next') ?? ''
  return /^\/desk(\/|\?|$)/.test(next) && !next.startsWith('/desk/sign-in') ? next : '/desk'
}

export function SignInPage() {
  const w = useWords(words)
  const { language, setLanguage } = useLanguage()
  useEffect(() => {
    document.title = `${w.title} · Một Cửa`
  }, [w])
  // A whole load: nothing of the person before stays in memory.
  const enter = (): void => window.location.assign(nextAddress(window.location.search))
  return (
    <div className={styles.page} data-surface="portal">
      <main className={styles.main}>
        <section className={styles.card} aria-labelledby="sign-in-title">
          <div className={styles.brand}>
            <Mark size={48} />
            <span>
              <strong>Một Cửa</strong>
              <Button
                look="quiet"
                lang={language === 'vi' ? 'en' : 'vi'}
                onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}
              >
                {w.other}
              </Button>
            </span>
          </div>
          <h1 id="sign-in-title">{w.title}</h1>
          <p className={styles.lead}>{w.lead}</p>
          <SignInForm onSignedIn={enter} />
          <p className={styles.lead}>{w.forgot}</p>
          <a href="/tra-cuu">{w.citizen}</a>
        </section>
        <DemoAccounts onSignedIn={enter} />
      </main>
    </div>
  )
}
