import { defineErrors } from '#platform/errors.ts'

/** Refusals of the dossiers module, in words that say what to do. */
export const dossierErrors = defineErrors({
  'dossiers.unknown-case': {
    status: 422,
    vi: 'Thủ tục này không có trường hợp đã chọn. Chọn lại trường hợp.',
    en: 'This procedure has no such case. Choose the case again.',
  },
  'dossiers.case-required': {
    status: 422,
    vi: 'Thủ tục này có {count} trường hợp. Chọn trường hợp của người nộp.',
    en: 'This procedure has {count} cases. Choose the one that applies.',
  },
  'dossiers.unknown-centre': {
    status: 422,
    vi: 'Không có trung tâm {centre} đang hoạt động. Chọn trung tâm trong danh sách.',
    en: 'There is no open centre {centre}. Choose one from the list.',
  },
  'dossiers.not-at-this-centre': {
    status: 403,
    vi: 'Tài khoản này không tiếp nhận tại {centre}. Chọn trung tâm mình đang làm việc.',
    en: 'Your account does not receive at {centre}. Choose the centre where you work.',
  },
  'dossiers.channel-not-offered': {
    status: 422,
    vi: 'Thủ tục này không nhận theo cách đã chọn. Các cách nộp: {offered}.',
    en: 'This procedure is not received this way. It is received: {offered}.',
  },
  'dossiers.unknown-component': {
    status: 422,
    vi: 'Có giấy tờ không thuộc trường hợp đã chọn: {components}. Tải lại danh mục giấy tờ.',
    en: 'Some papers do not belong to this case: {components}. Reload the list of papers.',
  },
  'dossiers.missing-components': {
    status: 422,
    vi: 'Còn thiếu {count} giấy: {names}. Bổ sung tại quầy hoặc in Phiếu yêu cầu bổ sung.',
    en: '{count} papers are missing: {names}. Add them now or print the supplement form.',
  },
  'dossiers.invalid-personal-id': {
    status: 422,
    vi: 'Số định danh của {whose} không đúng: {why}. Xem lại trên thẻ căn cước.',
    en: 'The personal number of {whose} cannot be right: {why}. Check it on the card.',
  },
  'dossiers.invalid-tax-code': {
    status: 422,
    vi: 'Mã số thuế của {whose} không đúng: có 10 hoặc 13 số và số kiểm tra phải khớp.',
    en: 'The tax code of {whose} cannot be right: 10 or 13 digits with a matching check digit.',
  },
  'dossiers.invalid-phone': {
    status: 422,
    vi: 'Số điện thoại của {whose} không đúng: số di động có 10 số, bắt đầu bằng 0.',
    en: 'The phone number of {whose} cannot be right: a mobile number has 10 digits and begins with 0.',
  },
  'dossiers.date-in-future': {
    status: 422,
    vi: '{what} không thể sau hôm nay ({today}). Sửa lại ngày.',
    en: '{what} cannot be after today ({today}). Correct the date.',
  },
  'dossiers.personal-id-mismatch': {
    status: 422,
    vi: 'Số định danh của {whose} không khớp năm sinh hoặc giới tính đã nhập. Quét lại thẻ hoặc sửa cho khớp.',
    en: 'The personal number of {whose} does not match the year of birth or the sex. Scan the card again or correct them.',
  },
  'dossiers.authorisation-expired': {
    status: 422,
    vi: 'Giấy ủy quyền đã hết hạn ngày {date}. Đề nghị giấy ủy quyền còn hiệu lực.',
    en: 'The authorisation ended on {date}. Ask for one that is valid.',
  },
  'dossiers.authorisation-not-yet': {
    status: 422,
    vi: 'Giấy ủy quyền có hiệu lực từ ngày {date}. Mời quay lại từ ngày đó, hoặc chủ hồ sơ trực tiếp nộp.',
    en: 'The authorisation begins on {date}. Please come back from that day on, or let the owner hand in.',
  },
  'dossiers.authorisation-not-for-submitting': {
    status: 422,
    vi: 'Giấy ủy quyền này không cho phép nộp hồ sơ thay ({scope}). Đề nghị giấy ủy quyền có ghi việc nộp hồ sơ.',
    en: 'This authorisation does not allow to hand in ({scope}). Ask for one that says so.',
  },
  'dossiers.authorisation-other-procedure': {
    status: 422,
    vi: 'Giấy ủy quyền này dành cho thủ tục khác ({procedures}). Đề nghị giấy ủy quyền cho thủ tục đang nộp.',
    en: 'This authorisation is for other procedures ({procedures}). Ask for one for the procedure at hand.',
  },
  'dossiers.authorisation-ended': {
    status: 409,
    vi: 'Việc ủy quyền cho {name} đã chấm dứt lúc {when} theo yêu cầu của người ủy quyền. Mời chủ hồ sơ đến hoặc đưa giấy ủy quyền mới.',
    en: 'The owner took the authorisation of {name} back at {when}. The owner may come, or give a new one.',
  },
  'dossiers.authorisation-over': {
    status: 422,
    vi: 'Giấy ủy quyền của {name} đã hết hạn ngày {date}. Mời chủ hồ sơ đến nhận, hoặc đưa giấy ủy quyền còn hiệu lực; kết quả vẫn được giữ tại đây.',
    en: 'The authorisation of {name} ended on {date}. The owner may come, or give a valid one; the result is kept here.',
  },
  'dossiers.authorisation-not-for-receiving': {
    status: 422,
    vi: 'Giấy ủy quyền của {name} không ghi việc nhận kết quả ({scope}). Mời chủ hồ sơ đến nhận, hoặc đưa giấy ủy quyền nhận kết quả; kết quả vẫn được giữ tại đây.',
    en: 'The authorisation of {name} does not say that the result may be taken ({scope}). The owner may come, or give one that does; the result is kept here.',
  },
  'dossiers.unknown-authorisation': {
    status: 404,
    vi: 'Không tìm thấy giấy ủy quyền này. Tải lại hồ sơ.',
    en: 'This authorisation was not found. Reload the dossier.',
  },
  'dossiers.unknown-file': {
    status: 422,
    vi: 'Không tìm thấy tệp đã đính kèm hoặc tệp chưa kiểm tra xong. Tải tệp lên lại.',
    en: 'An attached file was not found or is not checked yet. Upload it again.',
  },
  'dossiers.unknown-unit': {
    status: 422,
    vi: 'Không có cơ quan {unit} đang hoạt động. Chọn cơ quan trong danh sách.',
    en: 'There is no agency {unit} in operation. Choose one from the list.',
  },
  'dossiers.no-resolving-unit': {
    status: 422,
    vi: 'Chưa xác định được cơ quan giải quyết thủ tục này. Chọn cơ quan giải quyết rồi lưu lại.',
    en: 'The agency that resolves this procedure is not known. Choose the agency and save again.',
  },
  'dossiers.right-authority-required': {
    status: 422,
    vi: 'Hồ sơ nộp sai nơi phải ghi rõ cơ quan có thẩm quyền để người nộp biết đến đâu.',
    en: 'Name the competent authority so that the applicant knows where to go.',
  },
  'dossiers.draft-too-large': {
    status: 413,
    vi: 'Bản nháp quá lớn. Tệp đính kèm được tải lên riêng, không nằm trong bản nháp.',
    en: 'The draft is too large. Upload files separately; they are not part of the draft.',
  },
  'dossiers.unknown': {
    status: 404,
    vi: 'Không tìm thấy hồ sơ {code}. Kiểm tra lại mã ở góc trên Giấy tiếp nhận.',
    en: 'Dossier {code} was not found. Check the code at the top of the slip.',
  },
  'dossiers.stale-version': {
    status: 412,
    vi: '{who} đã {what} lúc {when}. Xem thay đổi rồi làm lại; nội dung đang nhập vẫn còn.',
    en: '{who} changed this dossier at {when} ({what}). Look at the change and try again; what you typed is kept.',
  },
  'dossiers.not-read': {
    status: 409,
    vi: 'Chưa đọc hết hồ sơ này nên chưa ký được. Mở hồ sơ, đọc tới cuối rồi ký.',
    en: 'This dossier was not read to its end, so it cannot be signed yet. Open it, read it, then sign.',
  },
  'dossiers.changed-since-read': {
    status: 412,
    vi: 'Hồ sơ đã thay đổi sau khi ông/bà đọc. Đọc lại rồi làm tiếp.',
    en: 'The dossier changed after you read it. Read it again, then go on.',
  },
  'dossiers.action-not-allowed': {
    status: 409,
    vi: 'Hồ sơ đang ở trạng thái "{state}" nên chưa làm được việc này.',
    en: 'The dossier is in state "{state}", where this cannot be done.',
  },
  'dossiers.not-your-role': {
    status: 403,
    vi: 'Việc này thuộc {role} của {unit}.',
    en: 'This belongs to {role} of {unit}.',
  },
  'dossiers.segregation': {
    status: 403,
    vi: 'Ông/bà đã {did} hồ sơ này nên người khác phải {doing}.',
    en: 'You {did}, so somebody else must {doing}.',
  },
  'dossiers.already-approved': {
    status: 409,
    vi: 'Lãnh đạo đã ký duyệt hồ sơ này nên không làm được việc này nữa. Trả hồ sơ về bước trước nếu cần xem lại.',
    en: 'The head has approved this dossier, so this can no longer be done. Send it back to an earlier step to reconsider.',
  },
  'dossiers.reason-required': {
    status: 422,
    vi: 'Ghi rõ lý do để người nộp và cơ quan biết.',
    en: 'Give the reason, for the applicant and the agency.',
  },
  'dossiers.items-required': {
    status: 422,
    vi: 'Nêu đủ các giấy tờ, nội dung cần bổ sung, mỗi mục kèm lý do.',
    en: 'List every paper or point to supplement, each with its reason.',
  },
  'dossiers.supplement-already-asked': {
    status: 409,
    vi: 'Hồ sơ này đã yêu cầu bổ sung một lần ngày {date}; chỉ được yêu cầu một lần.',
    en: 'A supplement was already asked for on {date}; it may be asked only once.',
  },
  'dossiers.supplement-too-late': {
    status: 409,
    vi: 'Đã quá hạn yêu cầu bổ sung ({until}): chỉ trong ba ngày làm việc kể từ khi nhận.',
    en: 'Too late to ask for a supplement ({until}): only within three working days of acceptance.',
  },
  'dossiers.ordinary-supplement-open': {
    status: 409,
    vi: 'Chuyên viên còn được yêu cầu bổ sung theo quy định (đến {until}) nên chưa cần lãnh đạo duyệt ngoài quy định.',
    en: 'The specialist may still ask for papers by the rule (until {until}), so no exception of the head is needed.',
  },
  'dossiers.supplement-trips-used': {
    status: 409,
    vi: 'Người nộp đã phải bổ sung {times} lần. Chỉ yêu cầu thêm khi người nộp không làm theo hướng dẫn; đánh dấu điều đó nếu đúng.',
    en: 'The applicant was sent for papers {times} times. Ask again only when the guidance was not followed; mark it if so.',
  },
  'dossiers.no-closing-rule': {
    status: 409,
    vi: 'Hồ sơ nhận trước ngày 01/7/2025 không có quy định đóng vì không bổ sung. Chờ người nộp bổ sung hoặc rút hồ sơ.',
    en: 'A dossier received before 1 July 2025 is never closed for silence. Wait for the papers, or for a withdrawal.',
  },
  'dossiers.too-early-to-close': {
    status: 409,
    vi: 'Người nộp còn hạn bổ sung đến {until}. Chỉ đóng hồ sơ sau ngày đó.',
    en: 'The applicant may still supplement until {until}. Close the dossier after that day.',
  },
  'dossiers.extension-already-used': {
    status: 409,
    vi: 'Hồ sơ đã hẹn lại một lần; không được hẹn lại lần nữa.',
    en: 'The date was already moved once; it may not be moved again.',
  },
  'dossiers.extension-too-late': {
    status: 409,
    vi: 'Phải gia hạn trước hạn trả ít nhất một ngày. Hạn trả là {due}.',
    en: 'An extension must come at least one day before the due date, which is {due}.',
  },
  'dossiers.extension-not-later': {
    status: 422,
    vi: 'Ngày hẹn lại phải là ngày làm việc sau hạn hiện tại ({due}).',
    en: 'The new date must be a working day after the present due date ({due}).',
  },
  'dossiers.not-late': {
    status: 409,
    vi: 'Hồ sơ này không quá hạn nên không cần giải trình.',
    en: 'This dossier is not late, so nothing has to be explained.',
  },
  'dossiers.unknown-lateness-reason': {
    status: 422,
    vi: 'Lý do quá hạn đã chọn không có trong danh mục. Chọn lý do trong danh sách.',
    en: 'The reason chosen is not in the list. Choose one that is offered.',
  },
  'dossiers.lateness-explained': {
    status: 409,
    vi: '{who} đã giải trình lần quá hạn này lúc {when}. Xem lại rồi sửa giải trình đó nếu cần.',
    en: '{who} explained this lateness at {when}. Read it, and amend it if needed.',
  },
  'dossiers.lateness-not-explained': {
    status: 409,
    vi: 'Lần quá hạn này chưa có giải trình nào để sửa. Gửi giải trình mới.',
    en: 'There is no explanation of this lateness to amend yet. Give the first one.',
  },
  'dossiers.amount-required': {
    status: 422,
    vi: 'Ghi số tiền phải nộp và căn cứ pháp lý.',
    en: 'Give the amount to pay and its legal basis.',
  },
  'dossiers.result-required': {
    status: 422,
    vi: 'Ghi kết quả: số, ngày văn bản và tệp kết quả nếu có.',
    en: 'Enter the result: number, date and file if there is one.',
  },
  'dossiers.result-number-taken': {
    status: 409,
    vi: 'Số {number} đã có trong sổ kết quả của {unit} năm {year}. Ghi số khác hoặc để trống để lấy số tiếp theo.',
    en: 'Number {number} is already in the register of {unit} for {year}. Use another, or leave it empty for the next.',
  },
  'dossiers.receiver-required': {
    status: 422,
    vi: 'Ghi người nhận kết quả và cách xác nhận danh tính.',
    en: 'Enter who receives the result and how they were identified.',
  },
  'dossiers.receiver-not-entitled': {
    status: 422,
    vi: 'Người nhận không phải chủ hồ sơ thì cần giấy ủy quyền hoặc giấy tờ chứng minh quan hệ.',
    en: 'A receiver who is not the owner needs an authorisation or a proof of relation.',
  },
  'dossiers.already-returned': {
    status: 409,
    vi: 'Kết quả đã trao cho {receiver} lúc {when}.',
    en: 'The result was already handed to {receiver} at {when}.',
  },
  'dossiers.basis-required': {
    status: 422,
    vi: 'Ghi căn cứ pháp lý hoặc số quyết định.',
    en: 'Give the legal basis or the number of the decision.',
  },
  'dossiers.adjustment-required': {
    status: 422,
    vi: 'Chưa có nội dung nào thay đổi. Ghi điều người nộp đề nghị điều chỉnh.',
    en: 'Nothing would change. Enter what the applicant asks to adjust.',
  },
  'dossiers.lost-required': {
    status: 422,
    vi: 'Nêu từng giấy tờ bị mất và ai làm lại.',
    en: 'List each lost paper and who makes it again.',
  },
  'dossiers.lost-papers-open': {
    status: 409,
    vi: 'Giấy tờ mất đã được báo và chưa làm lại xong. Ghi nhận làm lại xong trước khi báo tiếp.',
    en: 'Lost papers are reported and not made again yet. Record that first.',
  },
  'dossiers.nothing-lost': {
    status: 409,
    vi: 'Hồ sơ này không có giấy tờ mất đang chờ làm lại.',
    en: 'No lost papers of this dossier wait to be made again.',
  },
  'dossiers.recomputation-under-way': {
    status: 409,
    vi: 'Đang tính lại hạn của các hồ sơ. Chờ lần này xong rồi tính tiếp.',
    en: 'Dates are being computed anew. Wait until this is finished.',
  },
  'dossiers.opinion-required': {
    status: 422,
    vi: 'Ghi ý kiến xử lý. Từ chối giải quyết phải nêu lý do và căn cứ.',
    en: 'Write your opinion. A refusal must give its reason and legal basis.',
  },
  'dossiers.unknown-assignee': {
    status: 422,
    vi: 'Người được giao không làm bước này ở đơn vị. Chọn người trong danh sách.',
    en: 'The chosen officer does not do this step in this unit. Choose from the list.',
  },
  'dossiers.return-by-action': {
    status: 409,
    vi: 'Bước trả kết quả hoàn thành khi trao kết quả và ghi người nhận.',
    en: 'The return step ends when the result is handed over and the receiver entered.',
  },
  'dossiers.paper-not-issued': {
    status: 404,
    vi: 'Hồ sơ này chưa có giấy {form}.',
    en: 'This dossier has no {form}.',
  },
  'dossiers.not-one-batch': {
    status: 422,
    vi: 'Giấy tiếp nhận nhiều hồ sơ chỉ gồm hồ sơ của một người nộp tại một trung tâm trong một ngày. Bỏ hồ sơ {code} khỏi danh sách.',
    en: 'A receipt of many dossiers takes those that one person handed in at one centre on one day. Leave {code} out of the list.',
  },
  'dossiers.period-too-long': {
    status: 422,
    vi: 'Mỗi lần xem, in tối đa một năm, ngày cuối không trước ngày đầu. Chọn lại khoảng thời gian.',
    en: 'A period is at most one year and ends no earlier than it begins. Choose another one.',
  },
  'dossiers.unknown-seal': {
    status: 404,
    vi: 'Không tìm thấy con dấu này trong phạm vi của ông/bà.',
    en: 'There is no such seal within your reach.',
  },
  'dossiers.group-by-members': {
    status: 409,
    vi: 'Đây là hồ sơ nhóm liên thông. Mở hồ sơ của thủ tục liên quan để làm việc này.',
    en: 'This is the dossier of a group. Open the dossier of the procedure concerned to do this.',
  },
  'dossiers.returned-with-group': {
    status: 409,
    vi: 'Kết quả này trả cùng hồ sơ nhóm liên thông. Mở hồ sơ nhóm để trả một lần.',
    en: 'This result is handed over with its group. Open the dossier of the group to hand everything over once.',
  },
  'dossiers.unknown-member': {
    status: 404,
    vi: 'Hồ sơ này không có thủ tục đó trong nhóm. Tải lại trang.',
    en: 'This dossier has no such procedure in its group. Load the page again.',
  },
  'dossiers.member-not-failed': {
    status: 409,
    vi: 'Thủ tục này đang {state}, không cần quyết định gì. Tải lại trang.',
    en: 'This procedure is: {state}. There is nothing to decide. Load the page again.',
  },
  'dossiers.opinions-awaited': {
    status: 409,
    vi: 'Còn {count} cơ quan chưa cho ý kiến. Chờ trả lời, hoặc thôi hỏi và ghi lý do.',
    en: '{count} agencies have not given their opinion. Wait for them, or ask no longer and say why.',
  },
  'dossiers.consulted-unit': {
    status: 422,
    vi: 'Không lấy ý kiến của {unit} được: chọn cơ quan khác đang hoạt động, không phải trung tâm hay cơ quan mình.',
    en: '{unit} cannot be asked: choose another agency in operation, not a centre and not your own.',
  },
  'dossiers.consulted-already': {
    status: 409,
    vi: 'Có cơ quan đang được hỏi về hồ sơ này và chưa trả lời. Chờ trả lời, hoặc thôi hỏi lần trước rồi hỏi lại.',
    en: 'One of the agencies is asked about this dossier already. Wait for it, or end that question first.',
  },
  'dossiers.silence-basis-required': {
    status: 422,
    vi: 'Ghi điều luật cho phép coi im lặng là đồng ý. Nếu không có, chọn báo cấp trên khi quá hạn.',
    en: 'Name the article by which silence is agreement. Without one, choose that silence is told to those above.',
  },
  'dossiers.unknown-consultation': {
    status: 404,
    vi: 'Không có phiếu lấy ý kiến này trong phạm vi của ông/bà. Mở lại danh sách lấy ý kiến.',
    en: 'There is no such question within your reach. Open the list of consultations again.',
  },
  'dossiers.consultation-over': {
    status: 409,
    vi: 'Việc lấy ý kiến {unit} đã xong lúc {when} nên không thay đổi được nữa. Tải lại để xem.',
    en: 'The question to {unit} was over at {when} and cannot be changed. Load again to see it.',
  },
  'dossiers.not-your-unit': {
    status: 403,
    vi: 'Tài khoản này không giao, nhận hồ sơ giấy tại {unit}. Chọn nơi mình đang làm việc.',
    en: 'Your account does not hand over or receive papers at {unit}. Choose the place where you work.',
  },
  'dossiers.unknown-sheet': {
    status: 404,
    vi: 'Không tìm thấy phiếu bàn giao {sheet}. Quét lại mã vạch ở đầu phiếu.',
    en: 'Hand-over sheet {sheet} was not found. Scan the bar code at its top again.',
  },
  'dossiers.sheet-closed': {
    status: 409,
    vi: 'Phiếu {sheet} đã được {who} {done} lúc {when}. Mở phiếu để xem.',
    en: 'Sheet {sheet} was {done} by {who} at {when}. Open the sheet to see it.',
  },
  'dossiers.no-difference': {
    status: 409,
    vi: 'Hồ sơ {code} trên phiếu này không còn chênh lệch nào ông/bà xử lý được.',
    en: 'Dossier {code} has no difference on this sheet that you could settle.',
  },
  'dossiers.not-to-hand-over': {
    status: 409,
    vi: 'Hồ sơ này không bàn giao từ {unit} theo loại phiếu này. Kiểm tra trạng thái và nơi nhận.',
    en: 'This dossier is not handed over from {unit} on such a sheet. Check its state and destination.',
  },
  'dossiers.on-open-sheet': {
    status: 409,
    vi: 'Hồ sơ đang nằm trên phiếu {sheet}, chưa nhận xong. Nhận hoặc hủy phiếu đó trước.',
    en: 'The dossier is on sheet {sheet}, which is not settled yet. Receive or cancel that sheet first.',
  },
  'dossiers.handed-over-already': {
    status: 409,
    vi: 'Hồ sơ đã bàn giao theo phiếu {sheet} lúc {when}.',
    en: 'The dossier was handed over on sheet {sheet} at {when}.',
  },
  'dossiers.filter-name-taken': {
    status: 409,
    vi: 'Đã có bộ lọc tên "{name}" ở danh sách này. Đặt tên khác hoặc lưu đè bộ lọc đó.',
    en: 'This list has a filter called “{name}”. Choose another name or overwrite that one.',
  },
  'dossiers.too-many-kept': {
    status: 409,
    vi: 'Đã lưu {count} mục, là số tối đa. Xóa bớt rồi lưu lại.',
    en: '{count} are kept already, which is the most. Remove some and save again.',
  },
  'dossiers.template-key-taken': {
    status: 409,
    vi: 'Từ khóa "{key}" đã có mẫu khác dùng ở đây. Chọn từ khóa khác.',
    en: 'Another template here has the key “{key}”. Choose another key.',
  },
  'dossiers.template-not-yours': {
    status: 403,
    vi: 'Mẫu này của đơn vị; chỉ lãnh đạo đơn vị sửa được. Lưu một mẫu riêng nếu cần.',
    en: 'This template is the unit’s; only its leaders may change it. Keep one of your own if you need it.',
  },
  'dossiers.template-placeholder': {
    status: 422,
    vi: 'Mẫu có chỗ điền không có thật: {names}. Các chỗ điền được: {known}.',
    en: 'The template names places that do not exist: {names}. Those that do: {known}.',
  },
  'dossiers.nothing-to-fetch': {
    status: 409,
    vi: 'Kết quả của hồ sơ này chưa có hoặc đã trao, nên không còn gì để nhắc.',
    en: 'The result is not ready or was handed over, so there is nothing to be reminded of.',
  },
  'dossiers.step-is-done': {
    status: 409,
    vi: 'Bước này đã xong nên không còn gì để đôn đốc.',
    en: 'This step is finished, so there is nothing to ask after.',
  },
  'dossiers.not-yours-to-watch': {
    status: 403,
    vi: 'Tài khoản này không theo dõi việc của {unit}. Chọn đơn vị trong danh sách.',
    en: 'Your account does not watch the work of {unit}. Choose a unit from the list.',
  },
  'dossiers.wrong-pin': {
    status: 403,
    vi: 'Mã tra cứu hoặc số cuối không khớp. Xem mã ở cuối Giấy tiếp nhận, hoặc dùng 4 số cuối của số căn cước, điện thoại.',
    en: 'The PIN or digits do not match. The PIN is at the foot of the slip; the last 4 digits of the card or phone number also work.',
  },
  'dossiers.tracking-locked': {
    status: 429,
    vi: 'Nhập sai nhiều lần. Thử lại sau {minutes} phút hoặc gọi tổng đài.',
    en: 'Too many wrong attempts. Try again in {minutes} minutes or call the help line.',
  },
  'dossiers.unknown-import': {
    status: 404,
    vi: 'Không có lần nhập hồ sơ này. Xem danh sách các lần nhập.',
    en: 'There is no such import. See the list of imports.',
  },
  'dossiers.import-file-missing': {
    status: 422,
    vi: 'Chưa có tệp hồ sơ. Chọn một tệp CSV hoặc JSON lines rồi gửi lại.',
    en: 'There is no file. Choose one file, CSV or JSON lines, and send again.',
  },
  'dossiers.import-unreadable': {
    status: 422,
    vi: 'Không đọc được tệp hồ sơ. {why} Xem mẫu trong tài liệu vận hành rồi gửi lại.',
    en: 'The file of dossiers cannot be read. {why} See the format in the operations guide and send again.',
  },
  'dossiers.import-too-large': {
    status: 413,
    vi: 'Tệp hồ sơ lớn hơn {limit}. Chia nhỏ tệp, hoặc nhập tại máy chủ bằng lệnh import-dossiers.',
    en: 'The file is larger than {limit}. Split it, or import it on the server with import-dossiers.',
  },
  'dossiers.import-running': {
    status: 409,
    vi: 'Tệp này đang được nhập. Xem tiến độ trong danh sách các lần nhập.',
    en: 'This file is being imported. See how far it is in the list of imports.',
  },
})
