import { localDateOf } from '#platform/time/vietnam.ts'
import type { PaperData, PaperKind } from '../paper-data.ts'
import { applicantLines, dossierHead, follow, head, type Printed } from './head.ts'
import {
  amountInWords,
  appointmentInWords,
  countInWords,
  dayInWords,
  dongInWords,
  durationInWords,
  feesInWords,
  hourAndDay,
  identityInWords,
  instantInWords,
  shortDay,
  two,
} from './words.ts'

const BY_HAND = '…… giờ …… phút, ngày …… tháng …… năm ……'
const momentOrBlank = (at: string | null): string => (at ? instantInWords(at) : BY_HAND)
const momentOrNone = (at: string | null): string => (at ? instantInWords(at) : '')
const dayOf = (at: string): string => shortDay(localDateOf(new Date(at)))
const listed = (index: number): string => String(index + 1)

const quantity = ({ sets, papers }: { sets: number; papers: number | null }): string =>
  `${two(sets)} bộ${papers === null ? '' : `\n${papers} giấy tờ`}`

const SHEET_COPIES = { giver: 'Liên 1: bên giao lưu', receiver: 'Liên 2: bên nhận lưu' }
const RECEIPT_COPIES = {
  archive: 'Liên 1: lưu tại bộ phận tiếp nhận',
  applicant: 'Liên 2: giao người nộp hồ sơ',
}
const PARTS = {
  lead: 'Cơ quan chủ trì giải quyết',
  participant: 'Cơ quan cùng giải quyết',
  consulted: 'Cơ quan được lấy ý kiến',
}

const sides = (data: PaperData<'handover-sheet'> | PaperData<'result-handover'>) => ({
  ...head(data),
  number: data.number,
  code: data.code,
  running: `${data.number}, mã phiếu ${data.code}`,
  from: data.from.unit,
  to: data.to.unit,
  giver: data.from.person ?? '',
  taker: data.to.person ?? '',
  handed: momentOrBlank(data.handedAt),
  total: countInWords(data.rows.length),
})

const named = ({ name, quantity }: { name: string; quantity: string | null }, index: number) => [
  listed(index),
  name,
  quantity ?? '',
]

const receiverOf = (receiver: PaperData<'return-minutes'>['receiver']) => ({
  receiver: receiver.name,
  receiverIdentity: receiver.identity ? identityInWords(receiver.identity) : '',
})

const resultInWords = ({ name, number, day }: PaperData<'result-error'>['result']): string =>
  [name, number && `số ${number}`, day && dayInWords(day)].filter(Boolean).join(', ')

/** Papers of 4.10 that real systems print beside the national forms. */
export const printSheets = {
  'handover-sheet': (data) =>
    data.copies.map((copy) => ({
      ...sides(data),
      copy: `(${SHEET_COPIES[copy]})`,
      purpose: data.purpose ?? '',
      received: momentOrBlank(data.receivedAt),
      rows: data.rows.map((row, index) => ({
        code: row.dossierCode,
        cells: [
          listed(index),
          [row.applicant, row.procedure],
          quantity(row),
          `Nhận ${shortDay(row.receivedOn)}${row.dueAt ? `\nHẹn trả ${dayOf(row.dueAt)}` : ''}`,
          row.note ?? '',
        ],
      })),
    })),
  'result-handover': (data) => [
    {
      ...sides(data),
      rows: data.rows.map((row, index) => ({
        code: row.dossierCode,
        cells: [
          listed(index),
          row.procedure,
          row.result,
          row.applicant,
          row.address ?? '',
          row.feeDue,
          row.post,
          row.note ?? '',
        ],
      })),
    },
  ],
  'result-receipt': (data) => [
    {
      ...dossierHead(data),
      returned: instantInWords(data.returnedAt),
      results: data.results.map((result, index) => [
        listed(index),
        result.name,
        [result.number, shortDay(result.day)].filter(Boolean).join(', '),
        two(result.originals),
      ]),
      returnedPapers: data.returnedPapers,
      ...receiverOf(data.receiver),
      authorised: data.receiver.authorised,
      officer: data.officer,
      ...follow(data),
    },
  ],
  'batch-receipt': (data) => {
    const fees = data.rows.reduce((sum, row) => sum + (row.fee ?? 0), 0)
    return data.copies.map((copy) => ({
      ...head(data),
      ...applicantLines(data.submitter),
      number: data.number,
      running: `Số ${data.number}`,
      copy: `(${RECEIPT_COPIES[copy]})`,
      desk: data.desk,
      received: instantInWords(data.receivedAt),
      total: countInWords(data.rows.length),
      fees: fees > 0 ? dongInWords(fees) : '',
      rows: data.rows.map((row, index) => ({
        code: row.dossierCode,
        cells: [
          listed(index),
          [row.applicant, row.procedure],
          quantity(row),
          row.dueAt ? hourAndDay(row.dueAt) : 'Trả ngay',
          row.fee === null ? '' : row.fee === 0 ? 'Không thu' : dongInWords(row.fee),
          row.pin ?? '',
        ],
      })),
      officer: data.officer,
      hotline: data.hotline ?? '',
      note: data.note ?? '',
    }))
  },
  progress: (data) => [
    {
      ...dossierHead(data),
      received: instantInWords(data.receivedAt),
      due: momentOrNone(data.dueAt),
      state: data.state,
      responsible: data.responsible,
      entries: data.entries.map((entry, index) => [
        listed(index),
        hourAndDay(entry.at),
        [entry.what, entry.detail ?? ''],
        entry.by ?? '',
      ]),
      printed: instantInWords(data.issuedAt),
      officer: data.officer,
    },
  ],
  guidance: (data) => [
    {
      ...head(data),
      running: `Phiếu hướng dẫn, thủ tục ${data.procedure.code}`,
      procedure: `${data.procedure.name} (mã ${data.procedure.code})`,
      case: data.procedure.case ?? '',
      components: data.components.map((component, index) => [
        listed(index),
        [component.name, component.note ?? (component.mandatory ? '' : 'Nộp khi thuộc trường hợp này')],
        component.originals ? String(component.originals) : '',
        component.certified ? String(component.certified) : '',
        component.copies ? String(component.copies) : '',
      ]),
      where: data.where,
      duration: durationInWords(data.duration),
      fees: feesInWords(data.fees),
      legalBases: data.legalBases,
      officer: data.officer,
      link: data.tracking.url,
      hotline: data.tracking.hotline ?? '',
    },
  ],
  'return-minutes': (data) => [
    {
      ...dossierHead(data),
      number: data.number,
      returned: instantInWords(data.returnedAt),
      reason: data.reason,
      requested: data.requestedOn ? dayInWords(data.requestedOn) : '',
      papers: data.papers.map(named),
      feeHandling: data.feeHandling ?? '',
      ...receiverOf(data.receiver),
      officer: data.officer,
    },
  ],
  'transfer-slip': (data) => [
    {
      ...dossierHead(data),
      number: data.number,
      from: data.from,
      to: data.to,
      part: PARTS[data.role],
      work: data.work,
      sent: instantInWords(data.sentAt),
      due: data.dueAt ? appointmentInWords(data.dueAt) : '',
      limit: data.limit ?? '',
      finalDue: momentOrNone(data.finalDueAt),
      attachments: data.attachments,
      recipients: data.recipients,
      officer: data.officer,
    },
  ],
  'result-error': (data) => [
    {
      ...dossierHead(data),
      number: data.number,
      reported: instantInWords(data.reportedAt),
      reporter: data.reporter,
      result: resultInWords(data.result),
      error: data.error,
      correctBy: data.correctBy ? appointmentInWords(data.correctBy) : '',
      corrected: data.corrected && {
        result: `số ${data.corrected.number}, ${dayInWords(data.corrected.day)}`,
        at: instantInWords(data.corrected.at),
        cause: data.corrected.cause ?? '',
      },
      officer: data.officer,
    },
  ],
  'lost-papers': (data) => [
    {
      ...dossierHead(data),
      number: data.number,
      found: instantInWords(data.foundAt),
      papers: data.papers.map(named),
      circumstances: data.circumstances,
      holder: data.holder ?? '',
      remedy: data.remedy,
      remedyBy: data.remedyBy ? dayInWords(data.remedyBy) : '',
      recipients: data.recipients,
      signer: data.signer,
    },
  ],
  'payment-notice': (data) => {
    const total = data.items.reduce((sum, item) => sum + item.amount, 0)
    return [
      {
        ...dossierHead(data),
        number: data.number,
        items: data.items.map((item, index) => [listed(index), item.name, dongInWords(item.amount)]),
        total: dongInWords(total),
        inWords: amountInWords(total),
        legalBasis: data.legalBasis,
        deadline: data.deadline ? dayInWords(data.deadline) : '',
        ways: data.ways,
        officer: data.officer,
        ...follow(data),
      },
    ]
  },
  'overdue-report': (data) => [
    {
      ...head(data),
      running: `Báo cáo hồ sơ quá hạn, ${data.scope}`,
      scope: data.scope,
      at: instantInWords(data.at),
      total: countInWords(data.rows.length),
      rows: data.rows.map((row, index) => [
        listed(index),
        row.dossierCode,
        row.procedure,
        row.submitter === row.applicant ? row.applicant : `${row.submitter} (chủ hồ sơ: ${row.applicant})`,
        shortDay(row.receivedOn),
        hourAndDay(row.dueAt),
        String(row.lateDays),
        [row.state, row.holder ?? ''].filter(Boolean).join(', '),
        row.note ?? '',
      ]),
      officer: data.officer,
    },
  ],
  'unclaimed-results': (data) => [
    {
      ...head(data),
      running: `Danh sách kết quả chưa nhận, ${data.scope}`,
      scope: data.scope,
      at: instantInWords(data.at),
      total: countInWords(data.rows.length),
      rows: data.rows.map((row, index) => [
        listed(index),
        row.dossierCode,
        row.procedure,
        row.applicant,
        row.phone ?? '',
        row.result ?? '',
        shortDay(row.completedOn),
        String(row.waitingDays),
        row.post ? 'Bưu chính' : 'Tại quầy',
        row.note ?? '',
      ]),
      officer: data.officer,
    },
  ],
  'seal-register': (data) => [
    {
      ...head(data),
      running: `Sổ sử dụng con dấu thứ hai, ${data.agency}`,
      scope: data.scope,
      agency: data.agency,
      seal: data.seal,
      keeper: data.keeper,
      from: shortDay(data.from),
      to: shortDay(data.to),
      total: countInWords(data.rows.length),
      rows: data.rows.map((row, index) => [
        listed(index),
        dayOf(row.at),
        row.result,
        shortDay(row.resultOn),
        row.dossierCode,
        row.procedure,
        row.applicant,
        row.signer ?? '',
        [...(row.edition > 1 ? [`Cấp lại lần ${row.edition}`] : []), row.note ?? '']
          .filter(Boolean)
          .join('; '),
      ]),
      officer: data.officer,
    },
  ],
} satisfies {
  [K in Exclude<PaperKind, `form-0${number}`>]: (data: PaperData<K>) => readonly Printed[]
}
