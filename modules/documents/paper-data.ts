import { z } from 'zod'
import {
  Form01Data,
  Form02Data,
  Form03Data,
  Form04Data,
  Form05Data,
  Form06Data,
  Form07Data,
} from './paper-data/forms.ts'
import {
  BatchReceiptData,
  GuidanceData,
  HandoverSheetData,
  LostPapersData,
  OverdueReportData,
  PaymentNoticeData,
  ProgressData,
  ResultErrorData,
  ResultHandoverData,
  ResultReceiptData,
  ReturnMinutesData,
  SealRegisterData,
  TransferSlipData,
  UnclaimedResultsData,
} from './paper-data/sheets.ts'

/** Merge data of each paper, raw: instants, days, numbers and lists. `printing.ts` turns them into print. */
export const paperData = {
  'form-01': Form01Data,
  'form-02': Form02Data,
  'form-03': Form03Data,
  'form-04': Form04Data,
  'form-05': Form05Data,
  'form-06': Form06Data,
  'form-07': Form07Data,
  'batch-receipt': BatchReceiptData,
  'handover-sheet': HandoverSheetData,
  'result-handover': ResultHandoverData,
  'result-receipt': ResultReceiptData,
  'transfer-slip': TransferSlipData,
  'payment-notice': PaymentNoticeData,
  'return-minutes': ReturnMinutesData,
  'result-error': ResultErrorData,
  'lost-papers': LostPapersData,
  progress: ProgressData,
  guidance: GuidanceData,
  'overdue-report': OverdueReportData,
  'unclaimed-results': UnclaimedResultsData,
  'seal-register': SealRegisterData,
} as const

export const PAPER_KINDS = [
  'form-01',
  'form-02',
  'form-03',
  'form-04',
  'form-05',
  'form-06',
  'form-07',
  'batch-receipt',
  'handover-sheet',
  'result-handover',
  'result-receipt',
  'transfer-slip',
  'payment-notice',
  'return-minutes',
  'result-error',
  'lost-papers',
  'progress',
  'guidance',
  'overdue-report',
  'unclaimed-results',
  'seal-register',
] as const satisfies readonly (keyof typeof paperData)[]
export const PaperKind = z.enum(PAPER_KINDS)
export type PaperKind = z.output<typeof PaperKind>
/** After validation and defaults. */
export type PaperData<K extends PaperKind = PaperKind> = z.output<(typeof paperData)[K]>
/** What a caller gives. */
export type PaperInput<K extends PaperKind = PaperKind> = z.input<(typeof paperData)[K]>
