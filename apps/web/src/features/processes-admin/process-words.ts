import { catalogue } from '../../ui/language/language.tsx'
import type { Tone } from '../../ui/status/status-table.ts'

export const processWords = catalogue(
  {
    state: { draft: 'Dự thảo', published: 'Đang hiệu lực', withdrawn: 'Đã bãi bỏ' },
    place: {
      receivingCentre: 'Trung tâm tiếp nhận',
      resolvingAgency: 'Cơ quan giải quyết',
      returningPlace: 'Nơi trả kết quả',
    },
    action: {
      transfer: 'Chuyển hồ sơ',
      assign: 'Phân công',
      appraise: 'Thẩm định',
      review: 'Xem xét',
      approve: 'Ký duyệt',
      issue: 'Phát hành',
      return: 'Trả kết quả',
    },
    part: { lead: 'chủ trì', participant: 'phối hợp', consultee: 'được lấy ý kiến' },
    undo: (what: string) => `Trả về qua bước này: ${what}`,
    requires: { opinion: 'ý kiến', result: 'kết quả', signature: 'chữ ký' },
    hours: (n: number) => `${String(n).replace('.', ',')} giờ`,
    noLimit: 'không định hạn',
    steps: (n: number) => `${n} bước`,
  },
  {
    state: { draft: 'Draft', published: 'In force', withdrawn: 'Withdrawn' },
    place: {
      receivingCentre: 'Receiving centre',
      resolvingAgency: 'Resolving agency',
      returningPlace: 'Place of return',
    },
    action: {
      transfer: 'Transfer',
      assign: 'Assign',
      appraise: 'Appraise',
      review: 'Review',
      approve: 'Approve',
      issue: 'Issue',
      return: 'Hand over',
    },
    part: { lead: 'lead', participant: 'takes part', consultee: 'consulted' },
    undo: (what: string) => `On a return over it: ${what}`,
    requires: { opinion: 'opinion', result: 'result', signature: 'signature' },
    hours: (n: number) => `${n} h`,
    noLimit: 'no limit',
    steps: (n: number) => `${n} steps`,
  },
)

export const STATE_TONE: Record<'draft' | 'published' | 'withdrawn', Tone> = {
  draft: 'nghe',
  published: 'ngoc',
  withdrawn: 'tro',
}
