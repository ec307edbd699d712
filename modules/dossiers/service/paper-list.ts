import type { State } from '../contract/vocabulary.ts'
import type { DossierRow } from '../store/dossiers.ts'

const TITLES = {
  'form-01': 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
  'form-02': 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
  'form-03': 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
  'form-04': 'Văn bản xin lỗi và đề nghị gia hạn',
  'form-05': 'Thông báo dừng giải quyết hồ sơ',
  'form-06': 'Phiếu kiểm soát quá trình giải quyết hồ sơ',
  handover: 'Giấy biên nhận trả kết quả',
} as const

export type PaperForm = keyof typeof TITLES

const STOPPED: readonly State[] = ['STOPPED', 'CLOSED_NO_SUPPLEMENT', 'WITHDRAWN']

/** Whether what the form certifies has happened to the dossier. */
const ISSUED: Readonly<Record<PaperForm, (dossier: DossierRow) => boolean>> = {
  'form-01': ({ accepted_at }) => accepted_at !== null,
  'form-02': ({ supplement_items }) => supplement_items !== null,
  'form-03': ({ state }) => state === 'NOT_ACCEPTED',
  'form-04': ({ extended_at }) => extended_at !== null,
  'form-05': ({ state }) => STOPPED.some((one) => one === state),
  'form-06': ({ accepted_at }) => accepted_at !== null,
  handover: ({ returned_at }) => returned_at !== null,
}

export const titleOfPaper = (form: PaperForm): string => `In ${TITLES[form]}`

export const isIssued = (form: PaperForm, dossier: DossierRow): boolean => ISSUED[form](dossier)

/** Papers that can be printed of a dossier now. */
export const papersOf = (dossier: DossierRow): { form: PaperForm; title: string }[] =>
  // The titles' keys are exactly the forms.
  (Object.keys(TITLES) as PaperForm[])
    .filter((form) => isIssued(form, dossier))
    .map((form) => ({ form, title: TITLES[form] }))
