import { defineErrors } from '#platform/errors.ts'

export const organisationErrors = defineErrors({
  'organisation.unit-not-found': {
    status: 404,
    vi: 'Không có cơ quan, đơn vị mang mã “{unit}”. Tìm lại trong danh mục cơ quan.',
    en: 'There is no unit “{unit}”. Look it up in the list of agencies.',
  },
  'organisation.centre-not-found': {
    status: 404,
    vi: 'Không có Trung tâm mang mã “{centre}”. Chọn lại trong danh sách Trung tâm.',
    en: 'There is no centre “{centre}”. Choose one from the list of centres.',
  },
  'organisation.counter-not-found': {
    status: 404,
    vi: 'Không có quầy mang mã “{counter}”. Tải lại danh sách quầy của Trung tâm.',
    en: 'There is no counter “{counter}”. Reload the counters of the centre.',
  },
  'organisation.staff-not-found': {
    status: 404,
    vi: 'Không có cán bộ này trong danh sách, hoặc người đó đã thôi việc. Chọn lại người.',
    en: 'This officer is not on the list or has left. Choose another person.',
  },
  'organisation.secondment-not-found': {
    status: 404,
    vi: 'Không có lượt cử cán bộ này. Tải lại danh sách cán bộ được cử đến Trung tâm.',
    en: 'There is no such secondment. Reload the secondments of the centre.',
  },
  'organisation.outside-your-unit': {
    status: 403,
    vi: 'Tài khoản chỉ được quản trị trong đơn vị của mình; {name} nằm ngoài phạm vi đó. Liên hệ quản trị hệ thống.',
    en: 'Your account administers its own unit only, and {name} is outside it. Ask the system administrator.',
  },
  'organisation.changed-meanwhile': {
    status: 412,
    vi: 'Người khác vừa sửa đơn vị này. Tải lại để xem bản mới rồi sửa tiếp.',
    en: 'Somebody else has just changed this unit. Reload to see the new version, then edit again.',
  },
  'organisation.unit-ended': {
    status: 409,
    vi: '{name} không hoạt động vào ngày {date}. Chọn cơ quan kế tiếp hoặc ngày khác.',
    en: '{name} is not in operation on {date}. Choose its successor or another date.',
  },
  'organisation.date-in-future': {
    status: 422,
    vi: 'Ngày có hiệu lực {date} chưa đến. Ghi nhận vào đúng ngày đó hoặc sửa lại ngày.',
    en: 'The effective date {date} has not come yet. Record it on that day or correct the date.',
  },
  'organisation.identifier-invalid': {
    status: 422,
    vi: 'Mã định danh “{identifier}” chưa đúng dạng (ví dụ H49.12.3) hoặc không nối tiếp mã cấp trên “{above}”.',
    en: 'The identifier “{identifier}” is malformed (e.g. H49.12.3) or does not continue “{above}” above it.',
  },
  'organisation.identifier-taken': {
    status: 409,
    vi: 'Mã định danh “{identifier}” đang dùng cho cơ quan khác. Kiểm tra lại quyết định công bố mã.',
    en: 'The identifier “{identifier}” is in use by another agency. Check the decision that published it.',
  },
  'organisation.counter-number-taken': {
    status: 409,
    vi: 'Trung tâm đã có quầy số {number} đang mở. Chọn số khác hoặc đóng quầy cũ trước.',
    en: 'The centre already has an open counter {number}. Choose another number or close that one first.',
  },
  'organisation.counter-closed': {
    status: 409,
    vi: 'Quầy này đã đóng. Mở lại quầy trước khi phân công cán bộ.',
    en: 'This counter is closed. Open it again before assigning an officer.',
  },
  'organisation.counter-occupied': {
    status: 409,
    vi: 'Quầy hoặc cán bộ này vừa được phân công việc khác. Tải lại danh sách quầy.',
    en: 'This counter or officer has just been assigned otherwise. Reload the counters.',
  },
  'organisation.secondment-overlap': {
    status: 409,
    vi: 'Cán bộ này đã được cử đi trong khoảng thời gian đó. Kết thúc lượt cũ trước hoặc chọn ngày khác.',
    en: 'This officer is already seconded in that period. End that secondment first or choose other dates.',
  },
  'organisation.secondment-length': {
    status: 422,
    vi: 'Mỗi lượt cử từ {min} đến {max} tháng. Sửa ngày, hoặc ghi căn cứ cho trường hợp ngoại lệ.',
    en: 'A tour lasts {min} to {max} months. Correct the dates or state the basis for the exception.',
  },
  'organisation.secondment-dates': {
    status: 422,
    vi: 'Ngày kết thúc phải nằm trong thời gian được cử, từ {from} đến {to}.',
    en: 'The end must lie within the secondment, from {from} to {to}.',
  },
  'organisation.account-taken': {
    status: 409,
    vi: 'Tài khoản này đã gắn với một cán bộ khác.',
    en: 'This account already belongs to another officer.',
  },
  'organisation.import-head': {
    status: 422,
    vi: 'Tệp không phải danh mục tổ chức (mot-cua/organisation@1): {reason}. Chưa có gì được nhập.',
    en: 'The file is not an organisation document (mot-cua/organisation@1): {reason}. Nothing was imported.',
  },
  'organisation.import-row': {
    status: 422,
    vi: 'Dòng {row} của phần {part} ({id}) chưa đúng: {reason}. Chưa có gì được nhập; sửa dòng này rồi nhập lại.',
    en: 'Row {row} of {part} ({id}) is not valid: {reason}. Nothing was imported; correct it and import again.',
  },
})
