import { NO_LIMIT_WORDS } from '#modules/calendar/contract.ts'
import type { Tracking } from '#modules/dossiers/contract.ts'
import { partsOf } from '../../ui/format/format.ts'
import { catalogue } from '../../ui/language/language.tsx'

export const words = catalogue(
  {
    done: (n: number) => `Đã xong ${n} phần trăm các bước`,
    pin: 'Mã PIN trên Giấy tiếp nhận, hoặc 4 số cuối số định danh hay điện thoại',
    pinTitle: 'Xem ngày hẹn và từng bước',
    pinWhy: 'Để người khác không xem được hồ sơ của ông/bà.',
    open: 'Xem hồ sơ',
    official: 'Tên chính thức của thủ tục',
    due: 'Hẹn trả kết quả',
    dueWaits: 'Hẹn trả kết quả, tính lại khi ông/bà làm xong việc dưới đây',
    noDue: NO_LIMIT_WORDS.promise.vi,
    noDueNote: NO_LIMIT_WORDS.sentence.vi,
    before: (time: string) => `trước ${time}`,
    day: (n: number) => (n === 0 ? 'Chưa tính ngày nào' : `Đang ở ngày thứ ${n}`),
    days: (n: number, added: number) => `Thời hạn ${n} ngày${added > 0 ? `, hẹn thêm ${added}` : ''}`,
    path: 'Hồ sơ đã qua những đâu',
    now: 'đang làm',
    holds: (place: string, from: string) => `${place} giữ hồ sơ từ ${from}`,
    stepDue: (day: string) => `, hạn bước này ${day}`,
    expected: (day: string) => `dự kiến ${day}`,
    latest: (day: string) => `chậm nhất ${day}`,
    asked: 'Giấy cần nộp thêm',
    again: 'Tải lại',
    code: 'Mã hồ sơ',
    refused: 'Hồ sơ bị từ chối giải quyết',
    because: (reason: string) => `Lý do: ${reason}`,
    needPin: 'Nhập mã PIN hoặc 4 số cuối.',
    badCode: 'Mã này chưa đúng dạng. Mã hồ sơ gồm chữ, ngày nhận và số thứ tự, thí dụ H49.05.12-260421-0007.',
    otherCode: 'Tra hồ sơ khác',
  },
  {
    done: (n: number) => `${n} per cent of the steps done`,
    pin: 'PIN on the receipt, or the last 4 digits of your personal or phone number',
    pinTitle: 'See the date and each step',
    pinWhy: 'So that nobody else can see your dossier.',
    open: 'Show the dossier',
    official: 'Official name of the procedure',
    due: 'Result due',
    dueWaits: 'Result due, counted anew once you have done what is below',
    noDue: NO_LIMIT_WORDS.promise.en,
    noDueNote: NO_LIMIT_WORDS.sentence.en,
    before: (time: string) => `before ${time}`,
    day: (n: number) => (n === 0 ? 'No day counted yet' : `Now on day ${n}`),
    days: (n: number, added: number) => `of ${n} days${added > 0 ? `, ${added} added` : ''}`,
    path: 'Where it has been',
    now: 'now',
    holds: (place: string, from: string) => `${place}, since ${from}`,
    stepDue: (day: string) => `, this step until ${day}`,
    expected: (day: string) => `expected ${day}`,
    latest: (day: string) => `${day} at the latest`,
    asked: 'Papers to add',
    again: 'Reload',
    code: 'Dossier code',
    refused: 'The dossier was refused',
    because: (reason: string) => `Reason: ${reason}`,
    needPin: 'Type the PIN or the last 4 digits.',
    badCode:
      'This is not a dossier code. A code has letters, the day and a number, such as H49.05.12-260421-0007.',
    otherCode: 'Look up another dossier',
  },
)

type Ruler = NonNullable<NonNullable<Tracking['deadline']>['ruler']>

/** Counted days gone of the term and of those added to it, from the calendar's own ruler; undefined where today stands in none of its weeks. */
export function dayOf(
  ruler: Ruler | null | undefined,
): { day: number; of: number; added: number } | undefined {
  if (!ruler?.today) return undefined
  const { today } = ruler
  const days = ruler.rows.flatMap((row) => (row.kind === 'week' ? row.days : []))
  const counted = days.filter((day) => day.ordinal !== null)
  const last = counted.at(-1)?.ordinal
  const first = days[0]
  if (!last || !first || today < first.date) return undefined
  // Weeks left out of a long ruler: nobody counts there.
  if (!days.some((day) => day.date === today) && today < (days.at(-1)?.date ?? '')) return undefined
  const day = counted.findLast(({ date }) => date <= today)?.ordinal ?? 0
  return { day, of: last - ruler.added, added: ruler.added }
}

/** Whether a moment's day has not gone by. */
export const isAhead = (instant: string, now: Date): boolean =>
  partsOf(instant).date >= partsOf(now.toISOString()).date

/** "Ông/bà chưa cần làm gì. Có kết quả, …" → what to do, and the rest. */
export function headAndRest(text: string): { head: string; rest: string } {
  const end = text.search(/\.\s/)
  return end < 0
    ? { head: text.replace(/\.$/, ''), rest: '' }
    : { head: text.slice(0, end), rest: text.slice(end + 2) }
}
