import { localDateOf } from '#platform/time/vietnam.ts'
import type { PaperData } from '../paper-data.ts'
import { bookInWords, dossierHead, follow, head, type Printed } from './head.ts'
import {
  appointmentInWords,
  dayInWords,
  durationInWords,
  feesInWords,
  instantInWords,
  returnInWords,
  shortDay,
  two,
  WAYS,
  withoutDay,
} from './words.ts'

const COPIES = {
  archive: 'Liên 1: lưu tại bộ phận tiếp nhận',
  applicant: 'Liên 2: giao người nộp hồ sơ',
  electronic: 'Bản điện tử',
}
const BY_HAND = '(Ký và ghi rõ họ tên)'
type FormKind = `form-0${1 | 2 | 3 | 4 | 5 | 6 | 7}`

const number = (n: number): string => (n === 0 ? '' : String(n))
/** What completing changes: before acceptance there is no clock yet, after it the clock begins anew (NĐ 118/2025 Đ19(5)). */
const AFTERWARDS = {
  reception:
    'Quá thời hạn này mà chưa bổ sung thì hồ sơ được đóng; hồ sơ được tiếp nhận và tính thời gian giải quyết khi đã đầy đủ.',
  appraisal:
    'Quá thời hạn này mà chưa bổ sung thì hồ sơ được đóng; khi hồ sơ đầy đủ, thời gian giải quyết được tính lại từ đầu.',
}

const OUTCOMES = { early: 'Trước hạn', 'on-time': 'Đúng hạn', late: 'Quá hạn' }

const GROUNDS = (ground: PaperData<'form-05'>['ground']): string => {
  if (ground.kind === 'applicant-request')
    return `yêu cầu dừng giải quyết hồ sơ của tổ chức, cá nhân ${dayInWords(ground.day)}`
  if (ground.kind === 'not-completed')
    return `Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ số ${ground.noticeNumber} ${dayInWords(ground.noticeDay)}; đến nay đã quá thời hạn hoàn thiện hồ sơ mà tổ chức, cá nhân chưa bổ sung`
  return ground.text
}

/** Form 01 in words, one paper per copy. */
export const printReceipt = (data: PaperData<'form-01'>, reprint: string) =>
  data.copies.map((copy) => ({
    ...dossierHead(data),
    copy: `(${[data.edition > 1 ? `Lần ${data.edition}` : '', COPIES[copy], reprint].filter(Boolean).join('; ')})`,
    hints: copy === 'electronic' ? ['(Nộp trực tuyến)', '(Ký số)'] : [BY_HAND, BY_HAND],
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
    withoutDay: data.due ? '' : withoutDay(data.duration),
    explanation: data.due?.explanation ?? '',
    secondPhase: data.secondPhase && {
      receive: instantInWords(data.secondPhase.receiveAt),
      return: appointmentInWords(data.secondPhase.returnAt),
    },
    fees: feesInWords(data.fees),
    result: returnInWords(data.resultReturn),
    officer: data.officer,
    ...follow(data),
    book: bookInWords(data.book),
    note: data.note ?? '',
  }))
/** Typed, because `receipt-layout.ts` repeats its template. */
export type PrintedReceipt = ReturnType<typeof printReceipt>[number]

/** Forms 01–07 of Thông tư 03/2025/TT-VPCP. */
export const printForms = {
  'form-01': printReceipt,
  'form-02': (data) => [
    {
      ...dossierHead(data),
      number: data.number,
      edition: data.edition > 1 ? `(Lần ${data.edition})` : '',
      afterwards: data.deadline ? AFTERWARDS[data.stage] : '',
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
      ...follow(data),
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
} satisfies { [K in FormKind]: (data: PaperData<K>, reprint: string) => readonly Printed[] }
