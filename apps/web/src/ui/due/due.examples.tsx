import type { DayRuler as Ruler, RulerDay } from '#modules/calendar/rules.ts'
import { addDays } from '#platform/time/vietnam.ts'
import type { Examples } from '../example.ts'
import { type DateExplanation, DateReasons, WhyThisDate } from './why-this-date.tsx'

const OFF: Record<string, [string, string]> = {
  '2026-04-25': ['Nghỉ', 'Off'],
  '2026-04-26': ['Giỗ Tổ', 'Kings'],
  '2026-04-27': ['Bù lễ', 'In lieu'],
  '2026-04-30': ['Lễ', 'Holiday'],
  '2026-05-01': ['Lễ', 'Holiday'],
  '2026-05-02': ['Nghỉ', 'Off'],
  '2026-05-03': ['Nghỉ', 'Off'],
  '2026-05-09': ['Nghỉ', 'Off'],
  '2026-05-10': ['Nghỉ', 'Off'],
}
const RECEIVED = '2026-04-21'
function ruler(due: string, provisional = false, former?: string): Ruler {
  let count = 0
  const day = (date: string): RulerDay => {
    const off = OFF[date]
    if (date < RECEIVED || date > due)
      return { date, state: 'outside', ordinal: null, label: null, reason: null }
    if (off)
      return {
        date,
        state: 'skipped',
        ordinal: null,
        label: { vi: off[0], en: off[1] },
        reason: { vi: off[0], en: off[1] },
      }
    if (date === RECEIVED)
      return {
        date,
        state: due === date ? 'due' : 'received',
        ordinal: null,
        label: due === date ? null : { vi: 'Nhận', en: 'In' },
        reason: null,
      }
    count += 1
    const state =
      date === due ? 'due' : date === former ? 'former' : former && date > former ? 'added' : 'counted'
    return { date, state, ordinal: count, label: null, reason: null }
  }
  const rows: Ruler['rows'][number][] = []
  for (let monday = '2026-04-20'; monday <= due; monday = addDays(monday, 7))
    rows.push({ kind: 'week', days: Array.from({ length: 7 }, (_, i) => day(addDays(monday, i))) })
  return { rows, added: former ? 2 : 0, today: due === RECEIVED ? RECEIVED : '2026-04-24', provisional }
}
const explanation: DateExplanation = {
  sentences: [
    'Nhận đủ hồ sơ 08:58 thứ Ba 21/4. Ngày nhận không tính, đếm từ thứ Tư 22/4.',
    'Thủ tục này có 10 ngày làm việc.',
    'Không tính cuối tuần, 27/4 nghỉ bù Giỗ Tổ Hùng Vương, 30/4 và 01/5.',
  ],
  ruler: ruler('2026-05-08'),
  basis: 'Theo Điều 147, 148 Bộ luật Dân sự và lịch nghỉ lễ năm 2026.',
}

export const examples: Examples = {
  component: 'Why this date',
  examples: [
    { name: 'closed', render: () => <WhyThisDate explanation={explanation} shortcut="V" /> },
    {
      name: 'open, with the day ruler',
      render: () => <WhyThisDate explanation={explanation} open onToggle={() => undefined} />,
    },
    {
      name: 'provisional: beyond the published calendar',
      render: () => <DateReasons explanation={{ ...explanation, ruler: ruler('2026-05-08', true) }} />,
    },
    {
      name: 'after an extension',
      render: () => (
        <DateReasons
          explanation={{
            ...explanation,
            ruler: ruler('2026-05-12', false, '2026-05-08'),
            extended: {
              formerDue: '2026-05-08',
              due: '2026-05-12',
              reason: 'Chúng tôi xin lỗi: chậm 2 ngày vì chưa có kết quả đo đạc.',
            },
          }}
        />
      ),
    },
    {
      name: 'a long term with weeks left out',
      render: () => (
        <DateReasons
          explanation={{
            ...explanation,
            ruler: {
              ...ruler('2026-05-08'),
              rows: ruler('2026-05-08').rows.toSpliced(1, 0, { kind: 'gap', weeks: 9, counted: 45 }),
            },
          }}
        />
      ),
    },
    {
      name: 'same day',
      render: () => (
        <DateReasons
          explanation={{ sentences: ['Nhận 08:58 hôm nay, trả trong ngày.'], ruler: ruler(RECEIVED) }}
        />
      ),
    },
  ],
}
