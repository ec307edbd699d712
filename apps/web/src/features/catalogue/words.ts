import { NO_LIMIT_WORDS } from '#modules/calendar/contract.ts'
import type { getProcedure } from '#modules/catalogue/contract.ts'
import type { Output } from '#platform/operation.ts'
import { formatMoney } from '../../ui/format/format.ts'
import { catalogue } from '../../ui/language/language.tsx'

export type Procedure = Output<typeof getProcedure>
export type ProcedureCase = Procedure['cases'][number]
type CaseChannel = ProcedureCase['channels'][number]
type Duration = Pick<NonNullable<CaseChannel['duration']>, 'amount' | 'unit'>

export const words = catalogue(
  {
    title: 'Thủ tục',
    search: 'Tìm thủ tục',
    placeholder: 'Thí dụ: sang tên sổ đỏ',
    forgiving: 'Gõ không dấu hay sai chính tả đều được.',
    level: 'Cấp giải quyết',
    field: 'Lĩnh vực',
    all: 'Tất cả',
    levels: { ministry: 'Bộ', province: 'Tỉnh', district: 'Huyện', commune: 'Xã, phường', other: 'Khác' },
    channels: { direct: 'Tại quầy', online: 'Trực tuyến', postal: 'Bưu điện' },
    units: {
      WORKING_DAY: (n: string) => `${n} ngày làm việc`,
      CALENDAR_DAY: (n: string) => `${n} ngày`,
      WORKING_HOUR: (n: string) => `${n} giờ làm việc`,
      HOUR: (n: string) => `${n} giờ`,
      MONTH: (n: string) => `${n} tháng`,
      SAME_DAY: () => 'Trong ngày',
      IMMEDIATE: () => 'Ngay khi nộp',
    },
    notSaid: 'Chưa công bố',
    noLimit: NO_LIMIT_WORDS.short.vi,
    noTime: 'Thủ tục đã công bố không ghi rõ thời hạn; chúng tôi báo khi có kết quả',
    noFee: 'Chưa có mức công bố; cán bộ tiếp nhận báo trước khi thu',
    noWays:
      'Chưa công bố cách nộp. Ông/bà mang giấy tờ đến trung tâm nào trong tỉnh cũng được; cán bộ sẽ hướng dẫn.',
    feeNotes: 'Mức thu ghi trong danh mục',
    centres: 'Xem các trung tâm và giờ làm việc',
    free: 'Không thu',
    byProvince: 'Theo mức của tỉnh',
    found: (n: string) => `${n} thủ tục`,
    nothing: 'Không thấy thủ tục nào với từ này.',
    near: 'Có phải ông/bà cần:',
    widen: 'Bỏ bộ lọc để tìm rộng hơn',
    more: 'Xem thêm thủ tục',
    online: 'Nộp trực tuyến được',
    code: (code: string) => `Mã ${code}`,
    whichCase: 'Ông/bà thuộc trường hợp nào?',
    papers: 'Giấy tờ cần có',
    count: (n: number) => `${n} loại`,
    originals: (n: number) => `${n} bản chính`,
    copies: (n: number) => `${n} bản sao`,
    optional: 'nộp khi cần',
    noPapers: 'Trường hợp này không yêu cầu giấy tờ.',
    how: 'Nộp cách nào, bao lâu, bao nhiêu tiền?',
    channel: 'Cách nộp',
    time: 'Thời hạn',
    fee: 'Phí, lệ phí',
    who: 'Ai giải quyết, nhận gì?',
    result: 'Kết quả',
    official: 'Tên chính thức',
    basis: 'Căn cứ pháp lý',
    source: 'Nguồn',
    fixed: (day: string) => `theo dữ liệu ${day}`,
    again: 'Tải lại',
  },
  {
    title: 'Procedures',
    search: 'Find a procedure',
    placeholder: 'For example: sang tên sổ đỏ',
    forgiving: 'Marks and exact spelling are not needed.',
    level: 'Level',
    field: 'Field',
    all: 'All',
    levels: {
      ministry: 'Ministry',
      province: 'Province',
      district: 'District',
      commune: 'Commune, ward',
      other: 'Other',
    },
    channels: { direct: 'At a counter', online: 'Online', postal: 'By post' },
    units: {
      WORKING_DAY: (n: string) => `${n} working days`,
      CALENDAR_DAY: (n: string) => `${n} days`,
      WORKING_HOUR: (n: string) => `${n} working hours`,
      HOUR: (n: string) => `${n} hours`,
      MONTH: (n: string) => `${n} months`,
      SAME_DAY: () => 'Same day',
      IMMEDIATE: () => 'At once',
    },
    notSaid: 'Not published',
    noLimit: NO_LIMIT_WORDS.short.en,
    noTime: 'The published procedure states no time limit; we tell you when the result is ready',
    noFee: 'No amount published; the officer tells you before you pay',
    noWays:
      'How to apply is not published. Take your papers to any centre of the province; an officer will guide you.',
    feeNotes: 'What the catalogue says about the fee',
    centres: 'Centres and opening hours',
    free: 'Free',
    byProvince: 'Set by the province',
    found: (n: string) => `${n} procedures`,
    nothing: 'No procedure matches these words.',
    near: 'Did you mean:',
    widen: 'Drop the filters to search wider',
    more: 'Show more procedures',
    online: 'Can be sent online',
    code: (code: string) => `Code ${code}`,
    whichCase: 'Which case is yours?',
    papers: 'Papers needed',
    count: (n: number) => `${n}`,
    originals: (n: number) => (n === 1 ? '1 original' : `${n} originals`),
    copies: (n: number) => (n === 1 ? '1 copy' : `${n} copies`),
    optional: 'only if it applies',
    noPapers: 'This case asks for no papers.',
    how: 'Which way, how long, how much?',
    channel: 'Way',
    time: 'Time limit',
    fee: 'Fee',
    who: 'Who decides, what you receive',
    result: 'Result',
    official: 'Official name',
    basis: 'Legal basis',
    source: 'Source',
    fixed: (day: string) => `data of ${day}`,
    again: 'Reload',
  },
)
export type Words = (typeof words)['vi']

export const durationText = (duration: Duration | null, w: Words): string =>
  duration ? w.units[duration.unit](String(duration.amount).replace('.', ',')) : w.noLimit

/** The total when it is certain, else what the record says; nothing is guessed. */
export function feeText(fees: CaseChannel['fees'], w: Words): string {
  if (fees.total !== null) return fees.total === 0 ? w.free : formatMoney(fees.total)
  const amounts = fees.lines.flatMap(({ state, amount, per }) =>
    state === 'PAYABLE' && amount ? `${formatMoney(amount)}${per ? `/${per}` : ''}` : [],
  )
  if (amounts.length > 0) return [...new Set(amounts)].join('; ')
  return fees.lines.some((line) => line.state === 'SET_BY_PROVINCE') ? w.byProvince : w.noFee
}

/** What the record says beside the amounts, each remark once. */
export const feeNotes = (channels: readonly CaseChannel[]): string[] => [
  ...new Set(
    channels.flatMap(({ fees }) =>
      fees.lines.flatMap(({ note, per }) => (note && note !== `/${per}` ? note : [])),
    ),
  ),
]
