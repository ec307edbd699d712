import { defineErrors } from '#platform/errors.ts'

export const identityErrors = defineErrors({
  // One answer for a wrong password, an unknown name, a closed account and an expired one-time password.
  'identity.sign-in-failed': {
    status: 401,
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra lại; nếu vẫn không vào được, liên hệ người quản trị đơn vị.',
    en: 'The user name or password is not right. Check both; if it still fails, ask your unit administrator.',
  },
  'identity.sign-in-busy': {
    status: 503,
    vi: 'Đang có quá nhiều người đăng nhập cùng lúc. Chờ {seconds} giây rồi đăng nhập lại.',
    en: 'Too many people are signing in at once. Wait {seconds} seconds and sign in again.',
  },
  'identity.too-many-attempts': {
    status: 429,
    vi: 'Đã thử sai quá nhiều lần. Chờ {minutes} phút rồi thử lại, hoặc liên hệ người quản trị đơn vị.',
    en: 'Too many failed attempts. Wait {minutes} minutes and try again, or ask your unit administrator.',
  },
  'identity.code-wrong': {
    status: 401,
    vi: 'Mã xác thực không đúng hoặc đã dùng. Nhập mã mới đang hiện trong ứng dụng xác thực.',
    en: 'The code is wrong or was already used. Enter the new code shown in your authenticator.',
  },
  'identity.challenge-ended': {
    status: 401,
    vi: 'Đã hết thời gian nhập mã xác thực. Đăng nhập lại từ đầu.',
    en: 'The time for entering the code is over. Sign in again.',
  },
  'identity.second-factor-on': {
    status: 409,
    vi: 'Tài khoản đã bật xác thực hai lớp. Tắt trước nếu muốn đăng ký thiết bị khác.',
    en: 'The second factor is already on. Turn it off first to register another device.',
  },
  'identity.second-factor-off': {
    status: 409,
    vi: 'Tài khoản chưa bật xác thực hai lớp.',
    en: 'The second factor is not on.',
  },
  'identity.password-wrong': {
    status: 422,
    vi: 'Mật khẩu hiện tại không đúng. Nhập lại.',
    en: 'The current password is not right. Enter it again.',
  },
  'identity.password-weak': {
    status: 422,
    vi: 'Mật khẩu quá ngắn hoặc dễ đoán. Dùng ít nhất 10 ký tự, ví dụ một câu ngắn; không dùng tên mình hoặc từ phổ biến.',
    en: 'The password is too short or easy to guess. Use at least 10 characters, such as a short sentence, and not your name or a common word.',
  },
  'identity.foreign-origin': {
    status: 403,
    vi: 'Yêu cầu đến từ một trang khác nên bị chặn. Mở lại hệ thống và thực hiện tại đó.',
    en: 'The request came from another site and was blocked. Open the system itself and do it there.',
  },
  'identity.session-not-found': {
    status: 404,
    vi: 'Phiên đăng nhập này không còn. Tải lại danh sách.',
    en: 'This session no longer exists. Reload the list.',
  },
  'identity.account-not-found': {
    status: 404,
    vi: 'Không tìm thấy tài khoản trong phạm vi quản trị của bạn.',
    en: 'No such account among those you look after.',
  },
  'identity.username-taken': {
    status: 409,
    vi: 'Tên đăng nhập {username} đã có người dùng. Chọn tên khác.',
    en: 'The user name {username} is taken. Choose another.',
  },
  'identity.not-yourself': {
    status: 403,
    vi: 'Không ai tự làm việc này cho tài khoản của mình. Nhờ một người quản trị khác.',
    en: 'Nobody does this to the own account. Ask another administrator.',
  },
  'identity.beyond-your-rights': {
    status: 403,
    vi: 'Quyền này rộng hơn hoặc nằm ngoài phạm vi quản trị của bạn. Đề nghị quản trị hệ thống cấp.',
    en: 'This right is wider than yours or outside your unit. Ask a system administrator.',
  },
  'identity.grant-exists': {
    status: 409,
    vi: 'Tài khoản đã có quyền này trong thời gian đó.',
    en: 'The account already holds this right in that period.',
  },
  'identity.grant-not-found': {
    status: 404,
    vi: 'Quyền này không có hoặc đã được thu hồi. Tải lại danh sách.',
    en: 'This right does not exist or was already revoked. Reload the list.',
  },
  'identity.system-administrator-alone': {
    status: 409,
    vi: 'Quản trị hệ thống không được giữ thêm vai trò khác (không tiếp cận nội dung hồ sơ). Dùng tài khoản riêng.',
    en: 'A system administrator holds no other role (and no dossier content). Use a separate account.',
  },
  'identity.period-invalid': {
    status: 422,
    vi: 'Thời điểm kết thúc phải sau thời điểm bắt đầu và sau hiện tại, tối đa 12 tháng đối với ủy quyền.',
    en: 'The end must be after the start and after now; a delegation lasts 12 months at most.',
  },
  'identity.role-not-held': {
    status: 422,
    vi: 'Người ủy quyền không giữ vai trò {role}. Chỉ ủy quyền vai trò đang giữ.',
    en: 'The person does not hold the role {role}. Only held roles can be delegated.',
  },
  'identity.role-personal': {
    status: 422,
    vi: 'Vai trò {role} không được ủy quyền.',
    en: 'The role {role} cannot be delegated.',
  },
  'identity.delegation-exists': {
    status: 409,
    vi: 'Đã có ủy quyền giữa hai người trong thời gian này. Kết thúc ủy quyền cũ trước.',
    en: 'A delegation between the two already exists in this period. End it first.',
  },
  'identity.delegation-not-found': {
    status: 404,
    vi: 'Ủy quyền này không có hoặc đã kết thúc. Tải lại danh sách.',
    en: 'This delegation does not exist or has ended. Reload the list.',
  },
})
