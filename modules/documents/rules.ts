import { type LocalDate, localDateOf, minuteOfDay, weekdayOf } from '#platform/time/vietnam.ts'
import type { PaperData, PaperKind } from './paper-data.ts'

const two = (n: number): string => String(n).padStart(2, '0')

/** Vietnamese date of an official paper: days below 10 and months 1–2 with a leading zero (NĐ 30/2020, Annex I). */
export const dayInWords = (date: LocalDate): string => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return `ngày ${two(day)} tháng ${month <= 2 ? two(month) : month} năm ${year}`
}

export const hourInWords = (at: Date): string => {
  const minute = minuteOfDay(at)
  return `${two(Math.floor(minute / 60))} giờ ${two(minute % 60)} phút`
}

/** `08 giờ 58 phút, ngày 21 tháng 4 năm 2026`. */
export const instantInWords = (iso: string): string => {
  const at = new Date(iso)
  return `${hourInWords(at)}, ${dayInWords(localDateOf(at))}`
}

const WEEKDAYS = ['Hai', 'Ba', 'Tư', 'Năm', 'Sáu', 'Bảy']
export const weekdayInWords = (date: LocalDate): string => {
  const index = weekdayOf(date)
  return index === 7 ? 'Chủ nhật' : `thứ ${WEEKDAYS[index - 1]}`
}

/** `17 giờ 00 phút, thứ Sáu, ngày 08 tháng 5 năm 2026`. */
export const appointmentInWords = (iso: string): string => {
  const at = new Date(iso)
  const day = localDateOf(at)
  return `${hourInWords(at)}, ${weekdayInWords(day)}, ${dayInWords(day)}`
}

/** `21/04/2026`. */
export const shortDay = (date: LocalDate | null): string => (date ? date.split('-').reverse().join('/') : '')

/** `1.250.000 đồng`. */
export const dongInWords = (amount: number): string =>
  `${String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, '.')} đồng`

const UNITS = {
  WORKING_DAY: 'ngày làm việc',
  CALENDAR_DAY: 'ngày',
  WORKING_HOUR: 'giờ làm việc',
  HOUR: 'giờ',
  MINUTE: 'phút',
  MONTH: 'tháng',
  YEAR: 'năm',
}

export const durationInWords = ({ amount, unit }: PaperData<'form-01'>['duration']): string => {
  if (unit === 'SAME_DAY') return 'trong ngày'
  if (unit === 'IMMEDIATE') return 'trả ngay'
  if (unit === 'NONE' || amount === null) return 'không ghi rõ trong thủ tục đã công bố'
  const number = Number.isInteger(amount) ? two(amount) : String(amount).replace('.', ',')
  return `${number} ${UNITS[unit]}`
}

/** No day can be promised: the result comes at once, or nothing published says when. */
const withoutDay = ({ unit }: PaperData<'form-01'>['duration']): string =>
  unit === 'IMMEDIATE'
    ? 'trả ngay sau khi tiếp nhận, giải quyết'
    : 'chưa hẹn được ngày; cơ quan báo khi có kết quả'

export const feesInWords = (fees: PaperData<'form-01'>['fees']): string => {
  if (fees === null) return 'Theo thông báo của cơ quan giải quyết'
  if (fees.length === 0) return 'Không thu'
  const parts = fees.map((fee) => `${fee.name} ${dongInWords(fee.amount)}${fee.paid ? ' (đã nộp)' : ''}`)
  const total = fees.reduce((sum, fee) => sum + fee.amount, 0)
  return fees.length === 1 ? parts.join('') : `${parts.join('; ')}. Cộng: ${dongInWords(total)}`
}

const WAYS = {
  counter: 'Trực tiếp',
  post: 'Qua dịch vụ bưu chính công ích',
  online: 'Trực tuyến, trên Cổng Dịch vụ công quốc gia',
  'other-centre': 'Trực tiếp tại Trung tâm khác',
}
export const returnInWords = ({ way, place }: PaperData<'form-01'>['resultReturn']): string => {
  if (!place) return WAYS[way]
  return way === 'counter' || way === 'other-centre' ? place : `${WAYS[way]}: ${place}`
}

const IDENTITIES = {
  'personal-id': 'Số định danh cá nhân',
  'old-id': 'Số CMND',
  passport: 'Số hộ chiếu',
  'tax-code': 'Mã số thuế',
  'registration-number': 'Số đăng ký',
}
type Identity = NonNullable<PaperData<'form-01'>['applicant']['identity']>
export const identityInWords = ({ kind, number }: Identity): string => `${IDENTITIES[kind]}: ${number}`

const nfc = <T>(value: T): T => {
  if (typeof value === 'string') return value.normalize('NFC') as T & string
  if (Array.isArray(value)) return value.map(nfc) as T & unknown[]
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, nfc(part)])) as T & object
  return value
}

type DossierPaper = Pick<
  PaperData<'form-02'>,
  'letterhead' | 'issuedAt' | 'sample' | 'applicant' | 'procedure'
> & {
  dossierCode: string | null
}

const head = ({
  letterhead,
  issuedAt,
  sample,
}: Pick<DossierPaper, 'letterhead' | 'issuedAt' | 'sample'>) => ({
  head: letterhead,
  date: dayInWords(localDateOf(new Date(issuedAt))),
  sample,
})

const dossierHead = (data: DossierPaper) => ({
  ...head(data),
  code: data.dossierCode,
  running: data.dossierCode ? `Mã hồ sơ ${data.dossierCode}` : '',
  owner: data.applicant.name,
  submitter: data.applicant.representative ?? data.applicant.name,
  organisation: data.applicant.kind === 'organisation',
  address: data.applicant.address ?? '',
  contacts: [
    data.applicant.identity && identityInWords(data.applicant.identity),
    data.applicant.phone && `Số điện thoại: ${data.applicant.phone}`,
    data.applicant.email && `Email: ${data.applicant.email}`,
  ].filter((part) => part !== null && part !== ''),
  procedure: `${data.procedure.name} (mã ${data.procedure.code})`,
})

const COPIES = {
  archive: '(Liên 1: lưu tại bộ phận tiếp nhận)',
  applicant: '(Liên 2: giao người nộp hồ sơ)',
}
const number = (n: number): string => (n === 0 ? '' : String(n))
const bookInWords = (book: { volume: number; number: number } | null): string =>
  book ? `Quyển số ${two(book.volume)}, Số thứ tự ${String(book.number).padStart(4, '0')}` : ''

const OUTCOMES = { early: 'Trước hạn', 'on-time': 'Đúng hạn', late: 'Quá hạn' }

const GROUNDS = (ground: PaperData<'form-05'>['ground']): string => {
  if (ground.kind === 'applicant-request')
    return `yêu cầu dừng giải quyết hồ sơ của tổ chức, cá nhân ${dayInWords(ground.day)}`
  if (ground.kind === 'not-completed')
    return `Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ số ${ground.noticeNumber} ${dayInWords(ground.noticeDay)}; đến nay đã quá thời hạn hoàn thiện hồ sơ mà tổ chức, cá nhân chưa bổ sung`
  return ground.text
}

/** Form 01 in words, one paper per copy. */
const printReceipt = (data: PaperData<'form-01'>) =>
  data.copies.map((copy) => ({
    ...dossierHead(data),
    copy: COPIES[copy],
    desk: data.desk,
    components: data.components.map((component, index) => [
      String(index + 1),
      component.name,
      number(component.originals),
      number(component.certified),
      number(component.copies),
      component.electronic ? 'x' : '',
    ]),
    sets: `${two(data.sets)} (bộ)`,
    duration: durationInWords(data.duration),
    received: instantInWords(data.receivedAt),
    due: data.due && appointmentInWords(data.due.at) + (data.due.provisional ? ' (tạm tính)' : ''),
    withoutDay: withoutDay(data.duration),
    explanation: data.due?.explanation ?? '',
    secondPhase: data.secondPhase && {
      receive: instantInWords(data.secondPhase.receiveAt),
      return: appointmentInWords(data.secondPhase.returnAt),
    },
    fees: feesInWords(data.fees),
    result: returnInWords(data.resultReturn),
    officer: data.officer,
    link: data.tracking.url,
    pin: data.tracking.pin ?? '',
    hotline: data.tracking.hotline ?? '',
    book: bookInWords(data.book),
    note: data.note ?? '',
  }))
export type PrintedReceipt = ReturnType<typeof printReceipt>[number]

type Printers = { [K in PaperKind]: (data: PaperData<K>) => readonly Printed[] }

/** One paper as the template sees it: every value already in words. `code` and `link` are also drawn as bars and QR. */
export type Printed = Record<string, unknown>

const printers: Printers = {
  'form-01': printReceipt,
  'form-02': (data) => [
    {
      ...dossierHead(data),
      number: data.number,
      requirements: data.requirements.map((item, index) => [
        String(index + 1),
        item.text,
        item.quantity ?? '',
      ]),
      reason: data.reason,
      legalBasis: data.legalBasis ?? '',
      deadline: data.deadline ? dayInWords(data.deadline) : '',
      contact: data.contact,
      officer: data.officer,
      link: data.tracking.url,
      pin: data.tracking.pin ?? '',
      hotline: data.tracking.hotline ?? '',
    },
  ],
  'form-03': (data) => [
    {
      ...dossierHead(data),
      number: data.number,
      submitted: data.submittedAt ? instantInWords(data.submittedAt) : '',
      papers: data.papersSubmitted === null ? '' : two(data.papersSubmitted),
      reason: data.reason,
      legalBasis: data.legalBasis ?? '',
      rightAuthority: data.rightAuthority ?? '',
      officer: data.officer,
    },
  ],
  'form-04': (data) => [
    {
      ...dossierHead(data),
      number: data.number,
      receivedDay: dayInWords(localDateOf(new Date(data.receivedAt))),
      promised: instantInWords(data.promisedAt),
      reason: data.reason,
      newDue: appointmentInWords(data.newDueAt),
      recipients: data.recipients,
      signer: data.signer,
    },
  ],
  'form-05': (data) => [
    {
      ...dossierHead(data),
      number: data.number,
      received: instantInWords(data.receivedAt),
      ground: GROUNDS(data.ground),
      stopped: dayInWords(data.stoppedFrom),
      papersReturned: data.papersReturned,
      feeHandling: data.feeHandling ?? '',
      recipients: data.recipients,
      signer: data.signer,
    },
  ],
  'form-06': (data) => [
    {
      ...dossierHead(data),
      book: bookInWords(data.book),
      received: instantInWords(data.receivedAt),
      due: data.dueAt ? instantInWords(data.dueAt) : 'chưa hẹn được ngày',
      responsible: data.responsible,
      coordinating: data.coordinating.join('; '),
      handovers: data.handovers.map((row) => ({
        from: row.from,
        to: row.to,
        at: row.at ? instantInWords(row.at) : '…… giờ …… phút, ngày …… tháng …… năm ……',
        giver: row.giver ?? '',
        receiver: row.receiver ?? '',
        outcome: row.outcome ? OUTCOMES[row.outcome] : '',
        note: [row.electronic ? 'Chuyển qua môi trường điện tử' : '', row.note ?? '']
          .filter(Boolean)
          .join('. '),
      })),
    },
  ],
  'form-07': (data) => [
    {
      ...head(data),
      running: `Sổ theo dõi hồ sơ, Quyển số ${two(data.volume)}, năm ${data.year}`,
      field: data.field,
      volume: two(data.volume),
      year: String(data.year),
      rows: data.rows.map((row) => [
        String(row.number),
        row.dossierCode,
        row.procedure,
        two(row.sets),
        row.applicant,
        row.contact ?? '',
        row.responsible,
        shortDay(row.receivedOn),
        shortDay(row.dueOn),
        shortDay(row.returnedOn),
        WAYS[row.way],
        '',
        row.note ?? '',
      ]),
    },
  ],
  'result-receipt': (data) => [
    {
      ...dossierHead(data),
      returned: instantInWords(data.returnedAt),
      results: data.results.map((result, index) => [
        String(index + 1),
        result.name,
        [result.number, shortDay(result.day)].filter(Boolean).join(', '),
        two(result.originals),
      ]),
      returnedPapers: data.returnedPapers,
      receiver: data.receiver.name,
      receiverIdentity: data.receiver.identity ? identityInWords(data.receiver.identity) : '',
      authorised: data.receiver.authorised,
      officer: data.officer,
      link: data.tracking.url,
      pin: data.tracking.pin ?? '',
      hotline: data.tracking.hotline ?? '',
    },
  ],
}

/** The papers of one print, in words and NFC (as fonts and text extraction expect). Two copies are two papers. */
export const printPaper = <K extends PaperKind>(kind: K, data: PaperData<K>): readonly Printed[] =>
  nfc(printers[kind](data))

/** A name without path, control characters and bidirectional overrides, at most 150 characters, extension kept. */
export const cleanName = (name: string): string => {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const visible = base.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
  const extension = /\.[^.]{1,10}$/.exec(visible)?.[0] ?? ''
  const stem = visible.slice(0, visible.length - extension.length)
  return `${Array.from(stem).slice(0, 140).join('')}${extension}` || 'tep'
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / (1024 * 1024))} MB`

const encodeRfc5987 = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** Downloads never run in our origin: attachment, sandbox, no sniffing; the name in both forms of RFC 6266. */
export const downloadHeaders = ({ name }: { name: string }): Record<string, string> => {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^\w. ()-]/g, '_')
  return {
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeRfc5987(name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
  }
}
