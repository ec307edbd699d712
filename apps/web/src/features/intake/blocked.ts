import { catalogue } from '../../ui/language/language.tsx'
import type { Preview } from './consequences.tsx'
import { type IntakeDraft, unreadableDates } from './draft.ts'

export const blockedWords = catalogue(
  {
    procedure: 'Chọn thủ tục trước.',
    case: 'Chọn trường hợp của người nộp.',
    centre: 'Chọn nơi tiếp nhận.',
    owner: 'Ghi họ tên hoặc tên tổ chức của chủ hồ sơ.',
    representative: 'Ghi họ tên người nộp thay.',
    date: 'Sửa ngày chưa đúng: nhập ngày/tháng/năm.',
    uploading: 'Chờ tệp gửi xong.',
    missing: (n: number) => `Còn thiếu ${n} giấy. Bổ sung ngay hoặc in phiếu bổ sung (F9).`,
    fields: 'Sửa các ô được đánh dấu.',
    unit: 'Chọn cơ quan giải quyết.',
    checking: 'Đang kiểm tra với máy chủ.',
  },
  {
    procedure: 'Choose the procedure first.',
    case: 'Choose the case that applies.',
    centre: 'Choose where it is received.',
    owner: 'Enter the name of the owner.',
    representative: 'Enter the name of the representative.',
    date: 'Correct the date: day/month/year.',
    uploading: 'Wait until the files are sent.',
    missing: (n: number) => `${n} papers are missing. Add them or print the request (F9).`,
    fields: 'Correct the marked fields.',
    unit: 'Choose the deciding agency.',
    checking: 'Checking with the server.',
  },
)
export type BlockedWords = (typeof blockedWords)['vi']

type Situation = {
  draft: IntakeDraft
  hasCase: boolean
  preview: Preview | undefined
  fieldProblems: number
  uploading: number
}

/** The one thing to do next before the button works; undefined when it works. `papers` are weighed only for accepting. */
export function whyBlocked(
  w: BlockedWords,
  { draft, hasCase, preview, fieldProblems, uploading }: Situation,
  papers: boolean,
): string | undefined {
  if (draft.procedure === null) return w.procedure
  if (!hasCase) return w.case
  if (draft.centre === '') return w.centre
  if (draft.owner.name.trim().length < 2) return w.owner
  if (draft.who === 'behalf' && draft.representative.name.trim().length < 2) return w.representative
  if (unreadableDates(draft).length > 0) return w.date
  if (uploading > 0) return w.uploading
  if (fieldProblems > 0) return w.fields
  if (preview && preview.resolvingUnit === null && draft.resolvingUnit === null) return w.unit
  if (papers && preview && preview.missing.length > 0) return w.missing(preview.missing.length)
  return preview ? undefined : w.checking
}
