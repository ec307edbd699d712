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
  'organisation.dates-reversed': {
    status: 422,
    vi: 'Ngày kết thúc ({to}) trước ngày bắt đầu ({from}). Sửa lại ngày.',
    en: 'The last day ({to}) is before the first ({from}). Correct the dates.',
  },
  'organisation.staff-without-account': {
    status: 409,
    vi: '{name} chưa có tài khoản nên chưa ký được trên hệ thống. Cấp tài khoản trước.',
    en: '{name} has no account and cannot sign here yet. Give an account first.',
  },
  'organisation.mandate-to-yourself': {
    status: 403,
    vi: 'Không ai tự giao cho mình ký thay. Nhờ người quản trị khác ghi quyết định này.',
    en: 'Nobody gives a mandate to himself. Ask another administrator to record the decision.',
  },
  'organisation.mandate-unlimited': {
    status: 422,
    vi: 'Ký thừa ủy quyền phải giới hạn thời gian và nội dung (khoản 4 Điều 13 Nghị định 30/2020/NĐ-CP). Ghi ngày kết thúc và các thủ tục được ký.',
    en: 'Signing by authority is limited in time and content (Article 13(4), Decree 30/2020). Enter the last day and the procedures.',
  },
  'organisation.mandate-exists': {
    status: 409,
    vi: 'Quyết định {decisionNo} đã được ghi cho người này từ ngày đó. Xem lại danh sách.',
    en: 'Decision {decisionNo} is already recorded for this officer from that day. Look at the list.',
  },
  'organisation.mandate-not-found': {
    status: 404,
    vi: 'Không có việc giao ký này. Tải lại danh sách.',
    en: 'There is no such mandate to sign. Reload the list.',
  },
  'organisation.mandate-ended': {
    status: 409,
    vi: 'Việc giao ký này đã kết thúc từ {date}.',
    en: 'This mandate to sign has ended on {date}.',
  },
  'organisation.on-site-seal-alone': {
    status: 422,
    vi: 'Chỉ đóng dấu tại Trung tâm những gì được phê duyệt tại đó. Chọn thêm phê duyệt hoặc bỏ đóng dấu.',
    en: 'Only what is approved at the centre is sealed there. Add the approval or leave the seal out.',
  },
  'organisation.on-site-exists': {
    status: 409,
    vi: 'Thủ tục {procedure} đã có quyết định thực hiện tại Trung tâm này trong thời gian đó. Kết thúc quyết định cũ trước.',
    en: 'Procedure {procedure} already has a decision for this centre in that time. End the former one first.',
  },
  'organisation.on-site-not-found': {
    status: 404,
    vi: 'Không có quyết định thực hiện tại Trung tâm này. Tải lại danh sách.',
    en: 'There is no such decision for this centre. Reload the list.',
  },
  'organisation.seal-exists': {
    status: 409,
    vi: 'Con dấu thứ hai của {name} đã được giữ tại Trung tâm này trong thời gian đó.',
    en: 'A second seal of {name} is already kept at this centre in that time.',
  },
  'organisation.seal-not-found': {
    status: 404,
    vi: 'Không có con dấu này tại Trung tâm. Tải lại danh sách.',
    en: 'There is no such seal at the centre. Reload the list.',
  },
})
