import { ALargeSmall } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { ConnectionStrip } from '../feedback/saved.tsx'
import { catalogue, useLanguage, useWords } from '../language/language.tsx'
import { AppLink } from '../link.tsx'
import { Mark } from '../mark/mark.tsx'
import styles from './portal-shell.module.css'

const words = catalogue(
  {
    skip: 'Bỏ qua tới nội dung',
    size: 'Cỡ chữ',
    sizes: { normal: 'vừa', large: 'to', largest: 'rất to' },
    procedures: 'Thủ tục',
    tracking: 'Hồ sơ',
    centres: 'Trung tâm',
    staff: 'Cán bộ đăng nhập',
    menu: 'Mục chính',
    about: 'Nộp ở trung tâm nào trong tỉnh cũng được.',
  },
  {
    skip: 'Skip to content',
    size: 'Text size',
    sizes: { normal: 'normal', large: 'large', largest: 'largest' },
    procedures: 'Procedures',
    tracking: 'My dossier',
    centres: 'Centres',
    staff: 'Staff sign-in',
    menu: 'Main menu',
    about: 'You may apply at any centre of the province.',
  },
)
const SIZES = ['normal', 'large', 'largest'] as const
type Size = (typeof SIZES)[number]
const KEPT = 'mot-cua.text-size'

function keptSize(): Size {
  try {
    const kept = window.localStorage.getItem(KEPT)
    return SIZES.find((size) => size === kept) ?? 'normal'
  } catch {
    return 'normal'
  }
}

/** Header with its two-coloured line, text size, language, content, footer. */
export function PortalShell({
  place,
  children,
}: {
  /** "Tỉnh Quảng Ninh". */ place?: string | undefined
  children: ReactNode
}) {
  const w = useWords(words)
  const { language, setLanguage } = useLanguage()
  const [size, setSize] = useState<Size>(keptSize)
  useEffect(() => {
    document.documentElement.dataset.textSize = size
    try {
      window.localStorage.setItem(KEPT, size)
    } catch {
      // Kept for this page only.
    }
  }, [size])
  const other = language === 'vi' ? 'en' : 'vi'
  return (
    <div className={styles.portal} data-surface="portal">
      <a className={styles.skip} href="#main">
        {w.skip}
      </a>
      <header className={styles.header}>
        <div className={styles.row}>
          <AppLink href="/" className={styles.brand}>
            <Mark size={42} />
            <span>
              <strong>Một Cửa</strong>
              {/* Its line is kept free until the name is known, so that nothing jumps. */}
              <span className={styles.place}>{place ?? '\u00a0'}</span>
            </span>
          </AppLink>
          <nav aria-label={w.menu} className={styles.nav}>
            <AppLink href="/thu-tuc">{w.procedures}</AppLink>
            <AppLink href="/tra-cuu">{w.tracking}</AppLink>
            <AppLink href="/trung-tam">{w.centres}</AppLink>
          </nav>
          <div className={styles.tools}>
            <button
              type="button"
              className={styles.tool}
              onClick={() => setSize(SIZES[(SIZES.indexOf(size) + 1) % SIZES.length] ?? 'normal')}
            >
              <ALargeSmall size={22} aria-hidden="true" />
              <span>
                {w.size}
                <span className="visually-hidden">: {w.sizes[size]}</span>
              </span>
            </button>
            <button type="button" className={styles.tool} lang={other} onClick={() => setLanguage(other)}>
              {other === 'en' ? 'English' : 'Tiếng Việt'}
            </button>
          </div>
        </div>
      </header>
      <ConnectionStrip />
      <main id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.footer}>
        <div className={styles.footRow}>
          <Mark size={36} on="dark" />
          <div>
            <p>
              <strong>Một Cửa{place ? ` · ${place}` : ''}</strong>
            </p>
            <p>{w.about}</p>
          </div>
          <AppLink href="/desk" className={styles.staff}>
            {w.staff}
          </AppLink>
        </div>
      </footer>
    </div>
  )
}
