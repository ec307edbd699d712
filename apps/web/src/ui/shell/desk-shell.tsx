import { CircleHelp, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from '../classes.ts'
import { ConnectionStrip } from '../feedback/saved.tsx'
import { KeyBar, type KeyHint } from '../key/key-bar.tsx'
import { KeyList } from '../keyboard/key-list.tsx'
import { catalogue, useWords } from '../language/language.tsx'
import { AppLink } from '../link.tsx'
import { Mark } from '../mark/mark.tsx'
import styles from './desk-shell.module.css'

export type RailItem = { href: string; label: string; icon: LucideIcon; badge?: number; current?: boolean }

const words = catalogue(
  {
    skip: 'Bỏ qua tới nội dung',
    nav: 'Các màn hình',
    help: 'Trợ giúp',
    home: 'Một Cửa',
    waiting: (n: number) => `${n} việc`,
    account: (name: string) => `Tài khoản: ${name}`,
  },
  {
    skip: 'Skip to content',
    nav: 'Screens',
    help: 'Help',
    home: 'Một Cửa',
    waiting: (n: number) => `${n} waiting`,
    account: (name: string) => `Account: ${name}`,
  },
)

type DeskShellProps = {
  rail: readonly RailItem[]
  user: { name: string; initials: string; onOpen: () => void }
  onHelp?: () => void
  /** Over everything and never scrolled away: whom the counter serves. */
  strip?: ReactNode
  /** Title row of the screen. */
  header: ReactNode
  keys: readonly KeyHint[]
  /** Right end of the key bar: person and unit, data version, connection. */
  status?: ReactNode
  pending?: number
  children: ReactNode
}

/** 72 px rail with words, header, content, 36 px key bar. */
export function DeskShell(props: DeskShellProps) {
  const { rail, user, onHelp, strip, header, keys, status, pending, children } = props
  const w = useWords(words)
  return (
    <div className={styles.desk} data-surface="desk">
      <a className={styles.skip} href="#main">
        {w.skip}
      </a>
      <nav className={styles.rail} aria-label={w.nav}>
        <AppLink href="/desk" className={styles.home} aria-label={w.home}>
          <Mark size={40} on="dark" />
        </AppLink>
        <ul>
          {rail.map((item) => (
            <li key={item.href}>
              <AppLink
                href={item.href}
                className={classes(styles.item, item.current && styles.current)}
                aria-current={item.current ? 'page' : undefined}
              >
                <item.icon size={22} aria-hidden="true" />
                <span>{item.label}</span>
                {item.badge ? (
                  <span className={classes(styles.badge, 'n')}>
                    <span aria-hidden="true">{item.badge > 99 ? '99+' : item.badge}</span>
                    <span className="visually-hidden">{w.waiting(item.badge)}</span>
                  </span>
                ) : null}
              </AppLink>
            </li>
          ))}
        </ul>
        <div className={styles.foot}>
          {onHelp ? (
            <button type="button" className={styles.item} onClick={onHelp}>
              <CircleHelp size={22} aria-hidden="true" />
              <span>{w.help}</span>
            </button>
          ) : null}
          <button
            type="button"
            className={styles.user}
            aria-label={`${user.initials}, ${w.account(user.name)}`}
            title={user.name}
            onClick={user.onOpen}
          >
            {user.initials}
          </button>
        </div>
      </nav>
      {strip ? <div className={styles.strip}>{strip}</div> : null}
      <header className={styles.header}>{header}</header>
      <main id="main" className={styles.main} tabIndex={-1}>
        <ConnectionStrip pending={pending} />
        {children}
      </main>
      <footer className={styles.keys}>
        <KeyBar hints={keys}>{status}</KeyBar>
      </footer>
      <KeyList />
    </div>
  )
}
