import { catalogue } from '../../ui/language/language.tsx'

/** The vocabulary of the catalogue's administration, shared by its screens. */
export const catalogueWords = catalogue(
  {
    level: { ministry: 'Bộ', province: 'Tỉnh', district: 'Huyện', commune: 'Xã', other: 'Khác' },
    channel: { direct: 'Trực tiếp', online: 'Trực tuyến', postal: 'Bưu chính' },
    state: {
      DRAFT: 'Bản nháp',
      CHECKED: 'Đã kiểm tra',
      PUBLISHED: 'Đang hiệu lực',
      AMENDED: 'Đã có bản thay',
      REPEALED: 'Đã bãi bỏ',
    },
    limitKind: {
      LEGAL: 'Luật định',
      ANNOUNCED: 'Bộ công bố',
      LOCAL: 'Địa phương cắt giảm',
      INTERNAL: 'Quy trình nội bộ',
    },
    source: { LAW: 'luật định', ANNOUNCED: 'bộ công bố', LOCAL: 'địa phương' },
    flag: {
      TIME_UNKNOWN: 'Nguồn không có thời hạn',
      TIME_UNIT_OTHER: 'Đơn vị thời hạn ghi “Khác”',
      TIME_SPLIT_INFERRED: 'Thời hạn tách từ chữ của nguồn',
      TIME_VARIES: 'Nhiều thời hạn trong một cách nộp',
      FEE_UNKNOWN: 'Chưa rõ phí',
      AMOUNT_SUSPECT: 'Số tiền đáng ngờ',
      COUNTS_UNKNOWN: 'Chưa rõ số bản',
      NO_COMPONENTS: 'Nguồn không có giấy tờ',
      CASES_MISSING_IN_SOURCE: 'Nguồn thiếu trường hợp',
      CASES_AMBIGUOUS: 'Trường hợp chưa rõ ràng',
    } as Record<string, string>,
  },
  {
    level: {
      ministry: 'Ministry',
      province: 'Province',
      district: 'District',
      commune: 'Commune',
      other: 'Other',
    },
    channel: { direct: 'At a counter', online: 'Online', postal: 'By post' },
    state: {
      DRAFT: 'Draft',
      CHECKED: 'Checked',
      PUBLISHED: 'In force',
      AMENDED: 'Amended',
      REPEALED: 'Repealed',
    },
    limitKind: {
      LEGAL: 'Set by law',
      ANNOUNCED: 'Announced by the ministry',
      LOCAL: 'Cut by the province',
      INTERNAL: 'Internal process',
    },
    source: { LAW: 'law', ANNOUNCED: 'announced', LOCAL: 'local' },
    flag: {
      TIME_UNKNOWN: 'No time limit in the source',
      TIME_UNIT_OTHER: 'Unit of time given as “other”',
      TIME_SPLIT_INFERRED: 'Time split out of the source’s words',
      TIME_VARIES: 'Several times within one channel',
      FEE_UNKNOWN: 'Fee unknown',
      AMOUNT_SUSPECT: 'Amount looks wrong',
      COUNTS_UNKNOWN: 'Number of copies unknown',
      NO_COMPONENTS: 'No papers in the source',
      CASES_MISSING_IN_SOURCE: 'Cases missing in the source',
      CASES_AMBIGUOUS: 'Cases ambiguous',
    } as Record<string, string>,
  },
)
