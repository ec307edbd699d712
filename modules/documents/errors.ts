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
  'documents.unknown-template': {
    status: 404,
    vi: 'Không có phiên bản mẫu này. Mở lại danh sách mẫu giấy tờ.',
    en: 'There is no such version of a form. Open the list of forms again.',
  },
  'documents.template-forbidden-word': {
    status: 422,
    vi: 'Dòng {line} dùng "{word}": mẫu chỉ được nhập "common.typ" bằng đúng dòng #import "common.typ": *, không đọc gì khác. Sửa rồi tải lên lại.',
    en: 'Line {line} uses "{word}": a template may take in "common.typ" by the very line #import "common.typ": * and nothing else. Correct it and upload again.',
  },
  'documents.template-broken': {
    status: 422,
    vi: 'Mẫu chưa in được: {first}. Sửa các dòng đã nêu rồi tải lên lại.',
    en: 'The template cannot be printed: {first}. Correct the lines named and upload again.',
  },
  'documents.template-too-heavy': {
    status: 422,
    vi: 'Mẫu cần quá {seconds} giây hoặc quá nhiều bộ nhớ để in một giấy. Bỏ các vòng lặp lớn rồi tải lên lại.',
    en: 'The template needs more than {seconds} seconds or too much memory to print one paper. Remove large loops and upload again.',
  },
  'documents.template-unchanged': {
    status: 409,
    vi: 'Nội dung này giống hệt phiên bản {version}. Dùng phiên bản đó hoặc tải lên mẫu đã sửa.',
    en: 'This text is exactly that of version {version}. Use that version, or upload a changed one.',
  },
  'documents.template-not-a-draft': {
    status: 409,
    vi: 'Phiên bản {version} không còn là bản nháp. Tải lại trang để xem trạng thái mới.',
    en: 'Version {version} is no longer a draft. Reload to see its state.',
  },
  'documents.template-same-person': {
    status: 403,
    vi: 'Người soạn mẫu không tự công bố. Nhờ người quản trị danh mục khác kiểm tra và công bố.',
    en: 'The author of a template does not publish it. Ask another catalogue administrator to check and publish it.',
  },
  'documents.template-in-past': {
    status: 422,
    vi: 'Ngày hiệu lực đã qua. Chọn từ {today} trở đi: giấy tờ đã cấp giữ nguyên mẫu lúc cấp.',
    en: 'That day is past. Choose {today} or later: papers already issued keep their template.',
  },
  'documents.template-day-taken': {
    status: 409,
    vi: 'Phiên bản {version} đã có hiệu lực từ {day}. Chọn ngày sau ngày đó, hoặc thu hồi phiên bản đó trước.',
    en: 'Version {version} is in force from {day}. Choose a later day, or withdraw that version first.',
  },
  'documents.template-already-withdrawn': {
    status: 409,
    vi: 'Phiên bản {version} đã được thu hồi.',
    en: 'Version {version} has been withdrawn already.',
  },
  'documents.template-not-the-last': {
    status: 409,
    vi: 'Phiên bản {version} đã được thay bằng phiên bản sau. Thu hồi phiên bản sau trước.',
    en: 'Version {version} was followed by a later one. Withdraw the later one first.',
  },
  'documents.template-nothing-before': {
    status: 409,
    vi: 'Không có phiên bản nào trước phiên bản {version}, thu hồi thì không in được giấy này nữa. Công bố phiên bản thay thế trước.',
    en: 'Nothing was in force before version {version}; without it this paper could not be printed. Publish its replacement first.',
  },
})
