import {
  Baby,
  BriefcaseBusiness,
  Car,
  FileText,
  Flower2,
  GraduationCap,
  Hammer,
  HandHeart,
  Heart,
  House,
  IdCard,
  type LucideIcon,
  Map as MapIcon,
  Stamp,
  Store,
} from 'lucide-react'
import { listSituations, searchProcedures } from '#modules/catalogue/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { OpeningHours } from '../../features/calendar/opening-hours.tsx'
import { ProcedureSearch } from '../../features/catalogue/procedure-search.tsx'
import { CentreList } from '../../features/centres/centre-list.tsx'
import { TrackingForm } from '../../features/tracking/tracking-form.tsx'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { formatCount } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import styles from './home-page.module.css'
import { Islands } from './islands.tsx'

const words = catalogue(
  {
    ask: 'Hôm nay cần làm giấy tờ gì?',
    often: 'Hay tìm:',
    forgiving: 'Gõ không dấu hay sai chính tả đều được.',
    life: 'Chọn theo việc trong đời',
    all: (n: string) => `Tất cả ${n} thủ tục`,
    again: 'Tải lại',
  },
  {
    ask: 'What do you need to get done today?',
    often: 'Often searched:',
    forgiving: 'Marks and exact spelling are not needed.',
    life: 'By life situation',
    all: (n: string) => `All ${n} procedures`,
    again: 'Reload',
  },
)
const ICONS: Record<string, LucideIcon> = {
  baby: Baby,
  briefcase: BriefcaseBusiness,
  car: Car,
  flower: Flower2,
  'graduation-cap': GraduationCap,
  hammer: Hammer,
  'hand-heart': HandHeart,
  heart: Heart,
  home: House,
  'id-card': IdCard,
  map: MapIcon,
  stamp: Stamp,
  store: Store,
}
const OFTEN = ['khai sinh', 'tạm trú', 'sao y bản chính', 'hộ kinh doanh']

/** Search before everything, then tracking, life situations and hours. */
export function HomePage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const { data: all } = useOperation(searchProcedures, { limit: 1 }, { staleTime: 600_000 })
  const situations = useOperation(listSituations, {}, { staleTime: 600_000 })
  return (
    <>
      <div className={styles.hero}>
        <Islands />
        <div className={styles.heroRow}>
          <div className={styles.search}>
            <h1>{w.ask}</h1>
            <ProcedureSearch />
            <p className={styles.often}>
              {w.often}{' '}
              {OFTEN.map((text) => (
                <AppLink key={text} href={`/thu-tuc?q=${encodeURIComponent(text)}`} lang="vi">
                  {text}
                </AppLink>
              ))}
            </p>
            <p className={styles.note}>{w.forgiving}</p>
          </div>
          <TrackingForm />
        </div>
      </div>
      <div className={styles.row}>
        <section>
          <div className={styles.head}>
            <h2>{w.life}</h2>
            <AppLink href="/thu-tuc">{w.all(all ? formatCount(all.total) : '')}</AppLink>
          </div>
          {situations.error ? (
            <ErrorSummary
              problems={[{ message: messageOf(situations.error, language) }]}
              action={<Button onClick={() => void situations.refetch()}>{w.again}</Button>}
            />
          ) : null}
          <ul className={styles.situations}>
            {situations.data?.items.map((one) => {
              const Icon = ICONS[one.icon] ?? FileText
              return (
                <li key={one.id}>
                  <AppLink href={`/thu-tuc?situation=${one.id}`} lang="vi">
                    <Icon size={26} strokeWidth={1.75} aria-hidden="true" />
                    <strong>{one.title}</strong>
                    <span>{one.line}</span>
                  </AppLink>
                </li>
              )
            })}
          </ul>
        </section>
        <div className={styles.side}>
          <OpeningHours />
          <CentreList />
        </div>
      </div>
    </>
  )
}
