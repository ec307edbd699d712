import { defineErrors } from '#platform/errors.ts'

/** Refusals of the hall. The visitor stands in front of a machine: each says what to do now. */
export const queueErrors = defineErrors({
  'queue.unknown-centre': {
    status: 404,
    vi: 'Không có trung tâm này. Chọn trung tâm trong danh sách.',
    en: 'There is no such centre. Choose one from the list.',
  },
  'queue.not-your-centre': {
    status: 403,
    vi: 'Trung tâm này không phải nơi ông/bà làm việc hoặc quản lý.',
    en: 'You do not work at this centre, nor administer it.',
  },
  'queue.prefix-taken': {
    status: 409,
    vi: 'Chữ {prefix} đã dùng cho dịch vụ khác của trung tâm. Chọn chữ khác.',
    en: 'Letter {prefix} belongs to another service of the centre. Choose another.',
  },
  'queue.counter-of-another-kind': {
    status: 422,
    vi: 'Quầy {counter} không làm loại dịch vụ này. Sửa loại quầy ở mục Tổ chức hoặc bỏ quầy khỏi danh sách.',
    en: 'Counter {counter} does not do this kind of service. Change its kinds among the units, or leave it out.',
  },
  'queue.numbers-given': {
    status: 409,
    vi: 'Hôm nay dịch vụ "{name}" đã phát {count} số. Chữ và số đầu đổi được từ ngày mai.',
    en: '“{name}” has given {count} numbers today. Its letter and first number can be changed tomorrow.',
  },
  'queue.changed-meanwhile': {
    status: 412,
    vi: 'Người khác vừa sửa dịch vụ này. Tải lại để xem bản mới rồi sửa tiếp.',
    en: 'Somebody else has just changed this service. Reload to see the new version, then edit again.',
  },
  'queue.unknown-appointment': {
    status: 404,
    vi: 'Không có lịch hẹn này. Kiểm tra lại liên kết hoặc đặt lịch mới.',
    en: 'There is no such appointment. Check the link or book anew.',
  },
  'queue.appointment-moved-on': {
    status: 409,
    vi: 'Lịch hẹn đang ở trạng thái "{state}", không làm được việc này nữa.',
    en: 'The appointment is now "{state}"; this can no longer be done.',
  },
  'queue.hold-expired': {
    status: 409,
    vi: 'Giờ này chỉ được giữ ít phút và đã trả lại. Mời ông/bà chọn giờ khác.',
    en: 'The time was kept for some minutes and is free again. Please choose another.',
  },
  'queue.no-such-time': {
    status: 409,
    vi: 'Không nhận lịch hẹn lúc {at}. Chọn một giờ trong danh sách.',
    en: 'No appointments at {at}. Choose a time from the list.',
  },
  'queue.time-taken': {
    status: 409,
    vi: 'Giờ {at} vừa có người đặt. Mời ông/bà chọn giờ khác.',
    en: '{at} was just taken. Please choose another time.',
  },
  'queue.time-over': {
    status: 409,
    vi: 'Giờ này đã qua. Mời ông/bà chọn giờ khác.',
    en: 'That time is over. Please choose another.',
  },
  'queue.moved-too-often': {
    status: 409,
    vi: 'Lịch hẹn đã đổi {times} lần. Hủy lịch này rồi đặt lịch mới.',
    en: 'The appointment was moved {times} times. Cancel it and book anew.',
  },
  'queue.not-today': {
    status: 409,
    vi: 'Lịch hẹn lúc {at}. Mời ông/bà quay lại, sớm nhất trước giờ hẹn hai giờ.',
    en: 'The appointment is at {at}. Please come back, at the earliest two hours before.',
  },
  'queue.unknown-opening': {
    status: 404,
    vi: 'Quy tắc này không còn. Tải lại danh sách.',
    en: 'There is no such rule any more. Reload the list.',
  },
  'queue.opening-impossible': {
    status: 422,
    vi: 'Giờ kết thúc phải sau giờ bắt đầu ít nhất một lượt, ngày cuối không trước ngày đầu.',
    en: 'It must end at least one time after it begins, and its last day not before its first.',
  },
  'queue.unknown-device': {
    status: 404,
    vi: 'Không có máy này, hoặc máy đã thôi dùng. Tải lại danh sách thiết bị.',
    en: 'There is no such device, or it is out of use. Reload the list of devices.',
  },
  'queue.device-name-taken': {
    status: 409,
    vi: 'Trung tâm đã có máy tên "{name}". Đặt tên khác, ví dụ thêm vị trí đặt máy.',
    en: 'The centre has a device called "{name}" already. Choose another name, say with its place.',
  },
  'queue.device-not-paired': {
    status: 401,
    vi: 'Máy này chưa được ghép với trung tâm, hoặc đã bị thu hồi. Ghép lại ở trang Thiết bị.',
    en: 'This device is not paired with a centre, or no longer. Pair it again on the page of devices.',
  },
  'queue.number-not-leased': {
    status: 409,
    vi: 'Số này không thuộc các số đã giao cho máy lấy số.',
    en: 'This number is not among those that the kiosk was given.',
  },
  'queue.number-taken': {
    status: 409,
    vi: 'Số này đã phát cho phiếu khác. Mời người cầm phiếu đến quầy hướng dẫn.',
    en: 'Another ticket bears this number. Please send its holder to the guide desk.',
  },
  'queue.unknown-service-group': {
    status: 404,
    vi: 'Dịch vụ này không còn ở trung tâm. Chọn dịch vụ khác hoặc hỏi quầy hướng dẫn.',
    en: 'This service is no longer offered here. Choose another or ask the guide desk.',
  },
  'queue.centre-closed': {
    status: 409,
    vi: 'Trung tâm đang nghỉ. Mở cửa lại lúc {opens}. Ông/bà có thể nộp hồ sơ trực tuyến.',
    en: 'The centre is closed. It opens again at {opens}. You can apply online.',
  },
  'queue.closing-soon': {
    status: 409,
    vi: 'Hôm nay đã ngừng phát số vì sắp hết giờ làm việc ({closes}). Mời ông/bà đặt lịch hoặc đến lúc {opens}.',
    en: 'No more numbers today: the centre closes at {closes}. Please book, or come at {opens}.',
  },
  'queue.no-counter-open': {
    status: 409,
    vi: 'Dịch vụ "{name}" chưa có quầy nào phục vụ hôm nay. Mời ông/bà hỏi quầy hướng dẫn.',
    en: 'No counter serves "{name}" today. Please ask the guide desk.',
  },
  'queue.daily-limit-reached': {
    status: 409,
    vi: 'Dịch vụ "{name}" đã phát đủ {limit} số trong ngày. Mời ông/bà đặt lịch hoặc đến lúc {opens}.',
    en: 'All {limit} numbers of the day for "{name}" are taken. Please book, or come at {opens}.',
  },
  'queue.unknown-ticket': {
    status: 404,
    vi: 'Không có số này. Kiểm tra lại phiếu hoặc lấy số mới.',
    en: 'There is no such ticket. Check it or take a new one.',
  },
  'queue.ticket-moved-on': {
    status: 409,
    vi: 'Số {number} đang ở trạng thái "{state}", không làm được việc này nữa. Tải lại hàng chờ.',
    en: 'Ticket {number} is now "{state}"; this can no longer be done. Reload the queue.',
  },
  'queue.return-too-late': {
    status: 409,
    vi: 'Số {number} được gọi đã quá {minutes} phút. Mời ông/bà lấy số mới.',
    en: 'Ticket {number} was called more than {minutes} minutes ago. Please take a new one.',
  },
  'queue.returned-before': {
    status: 409,
    vi: 'Số {number} đã được xếp lại một lần. Mời ông/bà lấy số mới.',
    en: 'Ticket {number} was put back once already. Please take a new one.',
  },
  'queue.unknown-counter': {
    status: 404,
    vi: 'Không có quầy này, hoặc quầy đã bỏ. Chọn quầy khác.',
    en: 'There is no such counter, or it was closed for good. Choose another.',
  },
  'queue.not-your-counter': {
    status: 403,
    vi: 'Quầy {counter} không thuộc trung tâm ông/bà làm việc.',
    en: 'Counter {counter} is not at the centre where you work.',
  },
  'queue.officer-elsewhere': {
    status: 409,
    vi: 'Ông/bà đang mở quầy {counter}. Đóng quầy đó trước.',
    en: 'You serve at counter {counter}. Close it first.',
  },
  'queue.counter-taken': {
    status: 409,
    vi: 'Quầy {counter} đang do {officer} phục vụ.',
    en: 'Counter {counter} is served by {officer}.',
  },
  'queue.counter-closed': {
    status: 409,
    vi: 'Quầy {counter} chưa mở. Mở quầy trước khi gọi.',
    en: 'Counter {counter} is not open. Open it first.',
  },
  'queue.counter-paused': {
    status: 409,
    vi: 'Quầy {counter} đang tạm nghỉ ({reason}). Mở lại quầy trước khi gọi.',
    en: 'Counter {counter} is paused ({reason}). Resume first.',
  },
  'queue.visitor-at-counter': {
    status: 409,
    vi: 'Số {number} đang ở quầy. Xong, chuyển quầy hoặc báo vắng trước.',
    en: 'Ticket {number} is at the counter. Finish, transfer or mark it missing first.',
  },
  'queue.nobody-waiting': {
    status: 409,
    vi: 'Không còn ai chờ ở các dịch vụ của quầy {counter}.',
    en: 'Nobody waits for the services of counter {counter}.',
  },
  'queue.out-of-order-not-allowed': {
    status: 403,
    vi: 'Gọi trái thứ tự cần quyền hướng dẫn hoặc cán bộ Trung tâm. Nhờ quầy hướng dẫn gọi giúp.',
    en: 'Calling out of order needs the guide desk or an officer of the centre. Ask them.',
  },
  'queue.unknown-help-call': {
    status: 404,
    vi: 'Không còn lần gọi này. Tải lại, hoặc gọi lại.',
    en: 'There is no such call for help any more. Reload, or call again.',
  },
  'queue.help-taken': {
    status: 409,
    vi: '{officer} đang đến {place} rồi.',
    en: '{officer} is on the way to {place} already.',
  },
  'queue.help-over': {
    status: 409,
    vi: '{place} không cần người giúp nữa.',
    en: '{place} needs no help any more.',
  },
  'queue.recall-too-soon': {
    status: 409,
    vi: 'Vừa gọi số {number}. Gọi lại sau {seconds} giây nữa.',
    en: 'Ticket {number} was just called. Call again in {seconds} seconds.',
  },
  'queue.call-again-first': {
    status: 409,
    vi: 'Mới gọi số {number} {calls} lần. Gọi đủ {needed} lần rồi mới báo vắng.',
    en: 'Ticket {number} was called {calls} times only. Call {needed} times before marking it missing.',
  },
  'queue.undo-too-late': {
    status: 409,
    vi: 'Chỉ hoàn tác được trong {seconds} giây sau khi gọi. Dùng chuyển quầy hoặc gọi lại.',
    en: 'A call can be taken back within {seconds} seconds only. Transfer or recall instead.',
  },
  'queue.same-service-group': {
    status: 422,
    vi: 'Số {number} đang ở chính dịch vụ này. Chọn dịch vụ khác.',
    en: 'Ticket {number} is already in this service. Choose another.',
  },
  'queue.unknown-rating-place': {
    status: 404,
    vi: 'Trang đánh giá này không còn dùng được. Quét lại mã QR trên phiếu số của ông/bà.',
    en: 'This rating page is not in use any more. Scan the code on your ticket again.',
  },
  'queue.nothing-to-rate': {
    status: 409,
    vi: 'Chưa có lượt phục vụ nào để đánh giá. Mời ông/bà đánh giá sau khi làm việc xong tại quầy.',
    en: 'There is no visit to rate yet. Please rate after you have been served.',
  },
  'queue.rated-before': {
    status: 409,
    vi: 'Lượt phục vụ này đã được đánh giá. Cảm ơn ông/bà.',
    en: 'This visit has been rated already. Thank you.',
  },
  'queue.rating-too-late': {
    status: 409,
    vi: 'Đã quá thời gian đánh giá tại đây. Ông/bà dùng mã QR trên phiếu số, trong vòng {days} ngày.',
    en: 'It is too late to rate here. Use the code on your ticket, within {days} days.',
  },
  'queue.hall-changed-meanwhile': {
    status: 412,
    vi: 'Cài đặt sảnh vừa được người khác đổi. Tải lại rồi sửa tiếp.',
    en: 'Somebody else changed the hall meanwhile. Reload and go on from there.',
  },
  'queue.not-your-hall': {
    status: 403,
    vi: 'Chỉ cán bộ hoặc Giám đốc của Trung tâm này được đổi cài đặt sảnh. Nhờ người phụ trách đổi giúp.',
    en: 'Only an officer or the director of this centre may change its hall. Ask them.',
  },
})
