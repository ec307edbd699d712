import { defineErrors } from '#platform/errors.ts'

/** Refusals of uploads: each says what is wrong with this file and what to do instead. */
export const documentErrors = defineErrors({
  'documents.file-missing': {
    status: 422,
    vi: 'Chưa có tệp nào được gửi lên. Chọn một tệp rồi gửi lại.',
    en: 'No file was sent. Choose one file and send again.',
  },
  'documents.one-file-only': {
    status: 422,
    vi: 'Mỗi lần chỉ gửi một tệp. Gửi lần lượt từng tệp.',
    en: 'Send one file at a time.',
  },
  'documents.file-empty': {
    status: 422,
    vi: 'Tệp "{name}" không có nội dung. Kiểm tra lại tệp hoặc quét lại rồi gửi.',
    en: 'The file "{name}" is empty. Check it or scan it again, then send.',
  },
  'documents.file-too-large': {
    status: 413,
    vi: 'Tệp "{name}" lớn hơn giới hạn {limit}. Quét lại ở 300 dpi hoặc tách thành nhiều tệp.',
    en: 'The file "{name}" is larger than {limit}. Scan it at 300 dpi or split it into several files.',
  },
  'documents.quota-exceeded': {
    status: 413,
    vi: 'Tài khoản này đã gửi quá {limit} trong 24 giờ. Chờ đến {until} hoặc nhờ người quản trị.',
    en: 'This account has sent more than {limit} in 24 hours. Wait until {until} or ask your administrator.',
  },
  'documents.file-kind-refused': {
    status: 415,
    vi: 'Tệp "{name}" không phải PDF, ảnh JPG/PNG, Word (.docx) hay Excel (.xlsx). Lưu lại thành PDF rồi gửi.',
    en: 'The file "{name}" is not a PDF, a JPG or PNG picture, Word (.docx) or Excel (.xlsx). Save it as PDF and send again.',
  },
  'documents.file-wrong-extension': {
    status: 422,
    vi: 'Tệp "{name}" thật ra là tệp {actual}. Đổi đuôi tên thành .{actual} rồi gửi lại.',
    en: 'The file "{name}" is really a {actual} file. Rename it to end in .{actual} and send again.',
  },
  'documents.file-damaged': {
    status: 422,
    vi: 'Tệp "{name}" bị hỏng hoặc thiếu phần cuối. Tạo hoặc quét lại tệp rồi gửi.',
    en: 'The file "{name}" is damaged or cut off. Make or scan it again, then send.',
  },
  'documents.file-encrypted': {
    status: 422,
    vi: 'Tệp "{name}" đang đặt mật khẩu. Bỏ mật khẩu rồi gửi lại để cán bộ đọc được.',
    en: 'The file "{name}" is protected by a password. Remove the password and send again.',
  },
  'documents.file-active-content': {
    status: 422,
    vi: 'Tệp "{name}" chứa mã lệnh hoặc tệp đính kèm ({what}). In tệp ra PDF mới rồi gửi bản đó.',
    en: 'The file "{name}" contains code or attachments ({what}). Print it to a new PDF and send that one.',
  },
  'documents.image-too-many-pixels': {
    status: 422,
    vi: 'Ảnh "{name}" có quá nhiều điểm ảnh (giới hạn 100 triệu). Quét lại ở 300 dpi rồi gửi.',
    en: 'The picture "{name}" has too many pixels (limit 100 million). Scan it at 300 dpi and send again.',
  },
  'documents.archive-unsafe': {
    status: 422,
    vi: 'Tệp "{name}" có cấu trúc nén bất thường, không mở an toàn được. Mở và lưu lại tệp rồi gửi.',
    en: 'The file "{name}" is packed in an unusual way and cannot be opened safely. Open it, save it again and send.',
  },
  'documents.file-infected': {
    status: 422,
    vi: 'Tệp "{name}" bị phần mềm diệt vi-rút chặn. Quét vi-rút máy của bạn rồi gửi tệp khác.',
    en: 'The file "{name}" was stopped by the virus scanner. Scan your computer and send another file.',
  },
  'documents.file-not-found': {
    status: 404,
    vi: 'Không tìm thấy tệp này, hoặc tài khoản không có quyền xem. Mở tệp từ hồ sơ chứa nó.',
    en: 'This file was not found, or your account may not see it. Open it from its dossier.',
  },
  'documents.file-not-ready': {
    status: 409,
    vi: 'Tệp "{name}" đang chờ quét vi-rút. Thử lại sau ít phút.',
    en: 'The file "{name}" is waiting for the virus scan. Try again in a few minutes.',
  },
})
