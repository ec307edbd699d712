import { catalogue } from '../../ui/language/language.tsx'

export const organisationWords = catalogue(
  {
    kind: {
      'people-committee': 'Ủy ban nhân dân',
      department: 'Sở, phòng chuyên môn',
      office: 'Văn phòng',
      inspectorate: 'Thanh tra',
      committee: 'Ban',
      'management-board': 'Ban quản lý',
      'service-unit': 'Đơn vị sự nghiệp',
      vertical: 'Cơ quan ngành dọc',
      utility: 'Đơn vị cung ứng dịch vụ',
      centre: 'Trung tâm Phục vụ hành chính công',
      room: 'Phòng của Trung tâm',
      section: 'Phòng, bộ phận',
      'one-stop': 'Bộ phận Một cửa',
      post: 'Bưu điện',
    },
    level: { province: 'Tỉnh', area: 'Khu vực', district: 'Huyện', commune: 'Xã' },
    confidence: {
      verified: 'đã đối chiếu văn bản',
      'from-knowledge': 'chưa đối chiếu văn bản',
      local: 'nhập tại tỉnh',
    },
    counterKind: {
      reception: 'Tiếp nhận',
      return: 'Trả kết quả',
      cashier: 'Thu phí, lệ phí',
      guide: 'Hướng dẫn',
    },
    basis: 'Căn cứ',
    basisHint: 'Số, ngày, cơ quan ban hành quyết định',
    fields: 'Lĩnh vực',
    fieldsHint: 'Cách nhau bằng dấu phẩy; bỏ trống là mọi lĩnh vực',
  },
  {
    kind: {
      'people-committee': 'People’s committee',
      department: 'Department',
      office: 'Office',
      inspectorate: 'Inspectorate',
      committee: 'Committee',
      'management-board': 'Management board',
      'service-unit': 'Public service unit',
      vertical: 'Branch of a ministry',
      utility: 'Utility',
      centre: 'Public administration service centre',
      room: 'Room of a centre',
      section: 'Section',
      'one-stop': 'One-stop section',
      post: 'Post office',
    },
    level: { province: 'Province', area: 'Area', district: 'District', commune: 'Commune' },
    confidence: {
      verified: 'checked against a document',
      'from-knowledge': 'not checked against a document',
      local: 'entered by the province',
    },
    counterKind: { reception: 'Reception', return: 'Return', cashier: 'Cashier', guide: 'Guide' },
    basis: 'Legal basis',
    basisHint: 'Number, date and issuer of the decision',
    fields: 'Fields',
    fieldsHint: 'Separated by commas; empty means all',
  },
)

/** `Đất đai, Hộ tịch` → its parts. */
export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
