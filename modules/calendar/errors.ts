import { defineErrors } from '#platform/errors.ts'

export const calendarErrors = defineErrors({
  'calendar.start-unreadable': {
    status: 422,
    vi: 'Không đọc được thời điểm nhận "{start}". Ghi theo dạng 2026-04-21T08:58 hoặc 2026-04-21.',
    en: 'The start "{start}" cannot be read. Write it like 2026-04-21T08:58 or 2026-04-21.',
  },
  'calendar.out-of-range': {
    status: 422,
    vi: 'Lịch chỉ tính được từ năm 2000 đến năm 2069. Chọn thời điểm hoặc thời hạn trong khoảng này.',
    en: 'The calendar covers 2000 to 2069 only. Choose a start and a term within these years.',
  },
  'calendar.amount-impossible': {
    status: 422,
    vi: 'Thời hạn "{amount}" không tính được. Nhập một số lớn hơn 0; ngày theo lịch, tháng và năm phải là số nguyên.',
    en: 'A term of "{amount}" cannot be computed. Enter a number above 0; calendar days, months and years are whole.',
  },
  'calendar.amount-too-large': {
    status: 422,
    vi: 'Thời hạn {amount} dài quá 20 năm. Kiểm tra lại số và đơn vị.',
    en: 'A term of {amount} is longer than 20 years. Check the number and its unit.',
  },
  'calendar.unknown-unit': {
    status: 422,
    vi: 'Không có đơn vị thời hạn "{unit}". Các đơn vị: {units}.',
    en: 'There is no unit "{unit}". Units are: {units}.',
  },
  'calendar.unknown-centre': {
    status: 404,
    vi: 'Không có Trung tâm nào mang mã "{centre}". Kiểm tra lại mã, hoặc bỏ trống để dùng lịch chung.',
    en: 'There is no centre "{centre}". Check its id, or leave it out for the national calendar.',
  },
  'calendar.unknown-year': {
    status: 404,
    vi: 'Không có lịch năm {year}. Chọn một năm từ 2000 đến 2069.',
    en: 'There is no calendar of {year}. Choose a year from 2000 to 2069.',
  },
  'calendar.not-allowed': {
    status: 403,
    vi: 'Lịch này do {keeper} sửa. Gửi đề nghị kèm căn cứ để được cập nhật.',
    en: 'This calendar is kept by {keeperEn}. Send them the change with its legal basis.',
  },
  'calendar.exception-exists': {
    status: 409,
    vi: 'Ngày {date} đã có trong lịch này. Sửa dòng đang có thay vì thêm dòng mới.',
    en: '{date} is already in this calendar. Change the existing row instead of adding one.',
  },
  'calendar.unknown-exception': {
    status: 404,
    vi: 'Dòng lịch này không còn. Tải lại danh sách rồi thực hiện.',
    en: 'This row of the calendar is gone. Reload the list and try again.',
  },
  'calendar.changed-meanwhile': {
    status: 412,
    vi: 'Người khác vừa sửa dòng lịch này. Tải lại để xem nội dung mới rồi sửa tiếp; chưa có gì bị ghi đè.',
    en: 'Somebody else has just changed this row. Reload to see it, then go on; nothing was overwritten.',
  },
  'calendar.impossible-sessions': {
    status: 422,
    vi: 'Giờ làm việc chưa đúng: {problem}. Mỗi buổi có giờ bắt đầu trước giờ kết thúc và các buổi không chồng nhau.',
    en: 'The sessions are not possible: {problemEn}. Each begins before it ends, and they do not overlap.',
  },
  'calendar.not-a-candidate': {
    status: 409,
    vi: 'Ngày {date} không phải ngày dự kiến nên không bật, tắt được. Sửa hoặc xóa dòng này.',
    en: '{date} is not a candidate day, so it cannot be switched. Change or remove the row instead.',
  },
  'calendar.bad-import': {
    status: 422,
    vi: 'Tệp lịch có dòng sai: năm {year}, dòng {row} ({date}): {problem}. Chưa dòng nào được ghi; sửa dòng này rồi gửi lại.',
    en: 'The file has a bad row: year {year}, row {row} ({date}): {problem}. Nothing was stored; correct it and send again.',
  },
  'calendar.unknown-parameter': {
    status: 404,
    vi: 'Không có tham số "{key}". Chọn trong danh sách.',
    en: 'There is no parameter "{key}". Choose one from the list.',
  },
  'calendar.parameter-not-local': {
    status: 422,
    vi: '"{name}" do pháp luật quy định; tỉnh không đặt khác được.',
    en: '"{name}" is set by law; a province cannot change it.',
  },
  'calendar.parameter-laxer': {
    status: 422,
    vi: '"{name}" của tỉnh không được bất lợi cho người dân hơn quy định chung.',
    en: 'The province’s "{name}" must not be worse for the applicant than the law’s.',
  },
  'calendar.parameter-impossible': {
    status: 422,
    vi: 'Giá trị của "{name}" không dùng được. Nhập một số nguyên trong khoảng cho phép.',
    en: 'The value of "{name}" is not possible. Enter a whole number within its bounds.',
  },
  'calendar.parameter-days': {
    status: 422,
    vi: 'Ngày hết hiệu lực không thể trước ngày có hiệu lực.',
    en: 'The last day cannot be before the first.',
  },
  'calendar.unknown-value': {
    status: 404,
    vi: 'Giá trị này không còn. Tải lại danh sách.',
    en: 'This value is gone. Reload the list.',
  },
  'calendar.value-decided': {
    status: 409,
    vi: 'Giá trị này đã được quyết định. Tải lại để xem.',
    en: 'This value was decided already. Reload to see it.',
  },
  'calendar.value-exists': {
    status: 409,
    vi: 'Đã có giá trị được duyệt có hiệu lực từ {date}. Rút giá trị đó trước.',
    en: 'A value that counts from {date} is approved already. Withdraw it first.',
  },
  'calendar.same-person': {
    status: 403,
    vi: 'Người đề nghị không tự duyệt. Nhờ người khác duyệt giá trị này.',
    en: 'Who proposed it cannot approve it. Ask somebody else.',
  },
})
