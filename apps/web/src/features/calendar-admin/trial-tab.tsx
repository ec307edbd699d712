import { useState } from 'react'
import { computeDeadline } from '#modules/calendar/contract.ts'
import type { CentreView } from '#modules/organisation/contract.ts'
import { localDateOf, minuteOfDay, textFromMinute } from '#platform/time/vietnam.ts'
import { useOperation } from '../../api/queries.ts'
import { WhyThisDate } from '../../ui/due/why-this-date.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { DateField, SelectField, TextField } from '../../ui/field/field.tsx'
import { formatDate, formatLongDate, parseTypedDate, partsOf } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { useRested } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Card } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { calendarWords } from './calendar-words.ts'

const words = catalogue(
  {
    title: 'Nhận hồ sơ lúc nào, hẹn bao lâu?',
    day: 'Ngày nhận',
    time: 'Giờ nhận',
    amount: 'Thời hạn',
    unit: 'Đơn vị',
    centre: 'Nơi nhận',
    units: {
      WORKING_DAY: 'ngày làm việc',
      CALENDAR_DAY: 'ngày theo lịch',
      WORKING_HOUR: 'giờ làm việc',
      HOUR: 'giờ đồng hồ',
      MONTH: 'tháng',
      YEAR: 'năm',
      SAME_DAY: 'trong ngày',
    },
    result: 'Hạn trả kết quả',
    at: (date: string, time: string) => `${date}, ${time}`,
    provisional: 'Tạm tính',
    final: 'Chính thức',
    none: 'Không định hạn',
    fill: 'Nhập ngày, giờ và thời hạn để xem hạn trả.',
  },
  {
    title: 'When received, promised for how long?',
    day: 'Day received',
    time: 'Time received',
    amount: 'Term',
    unit: 'Unit',
    centre: 'Received at',
    units: {
      WORKING_DAY: 'working days',
      CALENDAR_DAY: 'calendar days',
      WORKING_HOUR: 'working hours',
      HOUR: 'hours by the clock',
      MONTH: 'months',
      YEAR: 'years',
      SAME_DAY: 'the same day',
    },
    result: 'Due',
    at: (date: string, time: string) => `${date}, ${time}`,
    provisional: 'Provisional',
    final: 'Final',
    none: 'No time limit',
    fill: 'Enter the day, the time and the term to see the due date.',
  },
)

const UNITS = ['WORKING_DAY', 'CALENDAR_DAY', 'WORKING_HOUR', 'HOUR', 'MONTH', 'YEAR', 'SAME_DAY'] as const
type Unit = (typeof UNITS)[number]

type TrialTabProps = { centre: string | undefined; centres: readonly CentreView[] }

/** The deadline that a dossier would get, with its reasons: what a change of the calendar means, before it is made. */
export function TrialTab({ centre: chosen, centres }: TrialTabProps) {
  const w = useWords(words)
  const cw = useWords(calendarWords)
  const { language } = useLanguage()
  const [day, setDay] = useState(() => formatDate(localDateOf(new Date())))
  const [time, setTime] = useState(() => textFromMinute(minuteOfDay(new Date())))
  const [amount, setAmount] = useState('5')
  const [unit, setUnit] = useState<Unit>('WORKING_DAY')
  const [centre, setCentre] = useState(chosen ?? '')
  const date = parseTypedDate(day)
  const ready =
    date !== undefined &&
    /^([01]?\d|2[0-3]):[0-5]\d$/.test(time) &&
    (unit === 'SAME_DAY' || Number(amount.replace(',', '.')) > 0)
  const input = useRested({
    start: `${date ?? ''}T${time.padStart(5, '0')}`,
    unit,
    ...(unit === 'SAME_DAY' ? {} : { amount: amount.replace(',', '.') }),
    ...(centre ? { centre } : {}),
    ready,
  })
  const { ready: rested, ...question } = input
  const answer = useOperation(computeDeadline, question, { enabled: ready && rested })
  return (
    <div className={styles.split}>
      <Card title={w.title}>
        <div className={styles.fields}>
          <div className={styles.pair}>
            <DateField id="trial-day" label={w.day} value={day} onChange={setDay} />
            <TextField id="trial-time" label={w.time} className="n" value={time} onChange={setTime} />
          </div>
          <div className={styles.pair}>
            <TextField
              id="trial-amount"
              label={w.amount}
              className="n"
              inputMode="decimal"
              readOnly={unit === 'SAME_DAY'}
              value={unit === 'SAME_DAY' ? '' : amount}
              onChange={setAmount}
            />
            <SelectField
              id="trial-unit"
              label={w.unit}
              value={unit}
              options={UNITS.map((value) => ({ value, label: w.units[value] }))}
              onChange={(value) => setUnit(UNITS.find((one) => one === value) ?? unit)}
            />
          </div>
          <SelectField
            id="trial-centre"
            label={w.centre}
            value={centre}
            placeholder={cw.nation}
            options={centres.map(({ id, shortName }) => ({ value: id, label: shortName }))}
            onChange={setCentre}
          />
        </div>
      </Card>
      {ready ? (
        <Loaded query={answer} shape="lines">
          {(data) => {
            const due = data.due ? partsOf(data.due) : undefined
            return (
              <div className={styles.stack}>
                <Card
                  title={w.result}
                  actions={
                    <Chip tone={data.provisional ? 'nghe' : 'ngoc'}>
                      {data.provisional ? w.provisional : w.final}
                    </Chip>
                  }
                >
                  <p className={`n ${styles.big}`} role="status">
                    {due ? w.at(formatLongDate(due.date, language), due.time) : w.none}
                  </p>
                </Card>
                <WhyThisDate
                  open
                  onToggle={() => undefined}
                  explanation={{
                    sentences: language === 'vi' ? data.explanation : data.explanationEn,
                    ruler: data.ruler,
                    basis: data.legalBasis[language],
                  }}
                />
              </div>
            )
          }}
        </Loaded>
      ) : (
        <EmptyState title={w.fill} />
      )}
    </div>
  )
}
