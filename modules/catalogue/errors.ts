import { defineErrors } from '#platform/errors.ts'

export const catalogueErrors = defineErrors({
  'catalogue.unknown-procedure': {
    status: 404,
    vi: 'Không có thủ tục mang mã {code} trong danh mục. Kiểm tra lại mã hoặc tìm theo tên.',
    en: 'No procedure has the code {code}. Check the code or search by name.',
  },
  'catalogue.not-in-force': {
    status: 409,
    vi: 'Thủ tục {code} không có hiệu lực vào ngày {date}. Chọn thủ tục thay thế hoặc ngày khác.',
    en: 'Procedure {code} is not in force on {date}. Choose its successor or another day.',
  },
  'catalogue.unknown-case': {
    status: 404,
    vi: 'Thủ tục {code} không có trường hợp {case}. Chọn lại trường hợp trong danh sách.',
    en: 'Procedure {code} has no case {case}. Choose a case from the list.',
  },
  'catalogue.unknown-component': {
    status: 404,
    vi: 'Thủ tục {code} không có giấy tờ {component}. Tải lại danh sách giấy tờ rồi chọn lại.',
    en: 'Procedure {code} has no paper {component}. Reload the list of papers and choose again.',
  },
  'catalogue.unknown-version': {
    status: 404,
    vi: 'Không tìm thấy phiên bản {version} của thủ tục. Tải lại danh sách phiên bản.',
    en: 'Version {version} of the procedure was not found. Reload the list of versions.',
  },
  'catalogue.stale': {
    status: 412,
    vi: 'Thủ tục {code} vừa được người khác sửa. Nội dung đang nhập vẫn được giữ; tải lại bản mới rồi sửa tiếp.',
    en: 'Somebody else has just changed procedure {code}. What you typed is kept; reload and continue.',
  },
  'catalogue.wrong-state': {
    status: 409,
    vi: 'Phiên bản đang ở trạng thái {state}, chưa làm được việc này. Tải lại để xem các việc làm được.',
    en: 'The version is {state}; this cannot be done now. Reload to see what can.',
  },
  'catalogue.same-person': {
    status: 403,
    vi: 'Người soạn không được tự kiểm tra hoặc công bố phiên bản của mình. Nhờ đồng nghiệp có quyền quản trị danh mục thực hiện.',
    en: 'The author may not check or publish their own version. Ask a colleague who administers the catalogue.',
  },
  'catalogue.effective-date-taken': {
    status: 409,
    vi: 'Đã có phiên bản khác của thủ tục {code} có hiệu lực từ ngày {from}. Chọn ngày hiệu lực sau ngày đó.',
    en: 'Another version of procedure {code} is in force from {from}. Choose a later effective date.',
  },
  'catalogue.limit-overlaps': {
    status: 409,
    vi: 'Đã có thời hạn cùng loại của thủ tục {code} bắt đầu từ ngày này hoặc sau ngày này. Chọn ngày khác.',
    en: 'A limit of this kind for procedure {code} already starts on or after this day. Choose another day.',
  },
  'catalogue.limit-not-shorter': {
    status: 422,
    vi: 'Thời hạn của địa phương không được dài hơn thời hạn luật định ({statutory}). Nhập thời hạn ngắn hơn.',
    en: 'A local limit may not be longer than the law’s ({statutory}). Enter a shorter one.',
  },
  'catalogue.import-unreadable': {
    status: 422,
    vi: 'Không đọc được tệp nhập: {reason}. Tệp phải là JSON Lines, mỗi dòng một thủ tục; chưa có gì bị thay đổi.',
    en: 'The import file cannot be read: {reason}. It must be JSON Lines, one procedure a line; nothing was changed.',
  },
})
