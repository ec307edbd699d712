import { ChevronLeft, ChevronRight } from 'lucide-react'
import { listExceptions, showYear } from '#modules/calendar/contract.ts'
import { listCentres } from '#modules/organisation/contract.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { IconButton } from '../../ui/button/button.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { Tabs } from '../../ui/tabs/tabs.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Filter } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { calendarWords } from './calendar-words.ts'
import { DayPanel } from './day-panel.tsx'
import { ExceptionsTab } from './exceptions-tab.tsx'
import { HoursTab } from './hours-tab.tsx'
import { NumbersTab } from './numbers-tab.tsx'
import { RecomputeTab } from './recompute-tab.tsx'
import { TrialTab } from './trial-tab.tsx'
import { YearPanel } from './year-panel.tsx'
import { YearView } from './year-view.tsx'

const words = catalogue(
  {
    title: 'Lịch làm việc',
    calendar: 'Lịch của',
    before: 'Năm trước',
    after: 'Năm sau',
    tabs: 'Phần của lịch',
    year: 'Cả năm',
    exceptions: 'Ngày riêng',
    hours: 'Giờ làm việc',
    trial: 'Thử một hạn',
    recompute: 'Tính lại hạn',
    numbers: 'Số theo quy định',
    provisional: 'Tạm tính',
    official: 'Đã công bố',
    days: (n: number) => `${n} ngày làm việc`,
    years: 'đổi năm',
    move: 'đi từng ngày',
    weeks: 'đi từng tuần',
  },
  {
    title: 'Working calendar',
    calendar: 'Calendar of',
    before: 'Year before',
    after: 'Year after',
    tabs: 'Parts of the calendar',
    year: 'Whole year',
    exceptions: 'Own days',
    hours: 'Working hours',
    trial: 'Try a deadline',
    recompute: 'Dates anew',
    numbers: 'Numbers of the law',
    provisional: 'Provisional',
    official: 'Announced',
    days: (n: number) => `${n} working days`,
    years: 'change the year',
    move: 'day by day',
    weeks: 'week by week',
  },
)

const TABS = ['year', 'exceptions', 'hours', 'trial', 'numbers', 'recompute'] as const
type TabName = (typeof TABS)[number]

/** `/desk/lich`: the days and hours that every deadline counts by. */
export function CalendarPage() {
  const w = useWords(words)
  const cw = useWords(calendarWords)
  const [read, write] = useAddress()
  const today = localDateOf(new Date())
  const year = /^20[0-6]\d$/.test(read('nam')) ? Number(read('nam')) : Number(today.slice(0, 4))
  const calendar = read('lich') || 'nation'
  const tab: TabName = TABS.find((one) => one === read('muc')) ?? 'year'
  const centres = useOperation(listCentres, {}, { staleTime: 600_000 })
  // The province has no days of its own to show without a place; its own centre follows it most closely.
  const provincial = centres.data?.items.find(({ level }) => level === 'province')?.id
  const centre = calendar === 'nation' ? undefined : calendar === 'province' ? provincial : calendar
  const shown = useOperation(showYear, { year, ...(centre ? { centre } : {}) }, { keep: true })
  const rows = useOperation(listExceptions, { year, calendar }, { keep: true })
  const nation = useOperation(listExceptions, { year, calendar: 'nation' }, { keep: true })
  const asked = read('ngay')
  const day = asked.startsWith(String(year))
    ? asked
    : today.startsWith(String(year))
      ? today
      : `${year}-01-01`
  const go = (to: number): void => write({ nam: String(to), ngay: '' })
  useShortcuts([
    { keys: '[', label: w.before, run: () => go(year - 1), when: year > 2000 },
    { keys: ']', label: w.after, run: () => go(year + 1), when: year < 2069 },
  ])
  return (
    <DeskScreen
      title={`${w.title} ${year}`}
      header={
        <div className={styles.header}>
          <h1 className={styles.title}>{w.title}</h1>
          <div className={styles.row}>
            <IconButton
              icon={ChevronLeft}
              label={w.before}
              disabled={year <= 2000}
              onClick={() => go(year - 1)}
            />
            <strong className={`n ${styles.title}`}>{year}</strong>
            <IconButton
              icon={ChevronRight}
              label={w.after}
              disabled={year >= 2069}
              onClick={() => go(year + 1)}
            />
          </div>
          {shown.data ? (
            <>
              <Chip tone={shown.data.official ? 'ngoc' : 'nghe'}>
                {shown.data.official ? w.official : w.provisional}
              </Chip>
              <span className={styles.subtitle}>{w.days(shown.data.workingDays)}</span>
            </>
          ) : null}
          <div className={styles.end}>
            <Filter
              label={w.calendar}
              value={calendar}
              options={[
                { value: 'nation', label: cw.nation },
                { value: 'province', label: cw.province },
                ...(centres.data?.items ?? []).map(({ id, shortName }) => ({ value: id, label: shortName })),
              ]}
              onChange={(lich) => write({ lich })}
            />
          </div>
        </div>
      }
      keys={[
        { keys: ['[', ']'], label: w.years },
        { keys: ['←', '→'], label: w.move },
        { keys: ['↑', '↓'], label: w.weeks },
      ]}
    >
      <Tabs
        label={w.tabs}
        tabs={TABS.filter((value) => value !== 'recompute' || nation.data?.mayChange).map((value) => ({
          value,
          label: w[value],
          ...(value === 'exceptions' && rows.data ? { count: rows.data.items.length } : {}),
        }))}
        value={tab}
        onChange={(muc) => write({ muc })}
      >
        <div className={styles.panel}>
          {tab === 'trial' ? (
            <TrialTab centre={centre} centres={centres.data?.items ?? []} />
          ) : tab === 'numbers' ? (
            <NumbersTab />
          ) : tab === 'recompute' ? (
            <RecomputeTab />
          ) : (
            <Loaded query={rows}>
              {(own) =>
                tab === 'exceptions' ? (
                  <ExceptionsTab year={year} calendar={calendar} own={own} />
                ) : tab === 'hours' ? (
                  <HoursTab calendar={calendar} own={own} />
                ) : (
                  <Loaded query={shown}>
                    {(data) => (
                      <div className={styles.split}>
                        <YearView
                          data={data}
                          today={today}
                          selected={day}
                          onSelect={(ngay) => write({ ngay })}
                        />
                        <div className={styles.stack}>
                          <DayPanel date={day} data={data} calendar={calendar} own={own} />
                          {nation.data ? <YearPanel data={data} nation={nation.data} /> : null}
                        </div>
                      </div>
                    )}
                  </Loaded>
                )
              }
            </Loaded>
          )}
        </div>
      </Tabs>
    </DeskScreen>
  )
}
