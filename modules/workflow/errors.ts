import { defineErrors } from '#platform/errors.ts'

export const workflowErrors = defineErrors({
  'workflow.unsupported-elements': {
    status: 422,
    vi: 'Quy trình có {count} phần tử chưa được hỗ trợ: {named}. Bỏ hoặc thay các phần tử này rồi nhập lại.',
    en: 'The process has {count} elements that are not supported: {named}. Remove or replace them and import again.',
  },
  'workflow.process-invalid': {
    status: 422,
    vi: 'Quy trình có {count} lỗi: {words} Sửa trong công cụ vẽ rồi nhập lại.',
    en: 'The process has {count} problems: {english} Correct the drawing and import again.',
  },
  'workflow.process-unreadable': {
    status: 422,
    vi: 'Không đọc được tệp BPMN 2.0: {words} Kiểm tra tệp rồi nhập lại.',
    en: 'The BPMN 2.0 file cannot be read: {english} Check the file and import again.',
  },
  'workflow.process-not-found': {
    status: 404,
    vi: 'Không có quy trình này. Kiểm tra lại mã quy trình.',
    en: 'There is no such process. Check its key.',
  },
  'workflow.not-a-draft': {
    status: 409,
    vi: 'Phiên bản {version} không còn là dự thảo (trạng thái: {state}). Tải lại để xem.',
    en: 'Version {version} is no longer a draft (state: {state}). Reload to see it.',
  },
  'workflow.not-published': {
    status: 409,
    vi: 'Phiên bản quy trình này chưa được ban hành hoặc đã bị bãi bỏ. Chọn phiên bản đang có hiệu lực.',
    en: 'This process version is not published, or was withdrawn. Choose the one in force.',
  },
  'workflow.effective-date-taken': {
    status: 409,
    vi: 'Đã có một phiên bản khác có hiệu lực từ ngày {date}. Chọn ngày khác.',
    en: 'Another version takes effect on {date}. Choose another date.',
  },
  'workflow.four-eyes': {
    status: 409,
    vi: 'Người soạn không được tự ban hành. Nhờ một người kiểm soát TTHC khác ban hành.',
    en: 'The author may not publish alone. Ask another process administrator to publish.',
  },
  'workflow.already-running': {
    status: 409,
    vi: 'Hồ sơ này đang đi theo một quy trình khác. Tải lại hồ sơ.',
    en: 'This dossier already follows a process. Reload it.',
  },
  'workflow.task-not-found': {
    status: 404,
    vi: 'Không có việc này hoặc không thuộc đơn vị của bạn.',
    en: 'There is no such task, or it is not your unit’s.',
  },
  'workflow.task-taken': {
    status: 409,
    vi: '{by} đã nhận việc này lúc {when}. Trao đổi với người đó hoặc nhờ lãnh đạo giao lại.',
    en: '{by} took this task at {when}. Talk to them, or ask the head to reassign it.',
  },
  'workflow.task-assigned': {
    status: 409,
    vi: 'Việc này được giao cho {by}. Nhờ lãnh đạo giao lại nếu cần.',
    en: 'This task is assigned to {by}. Ask the head to reassign it if needed.',
  },
  'workflow.task-done': {
    status: 409,
    vi: '{by} đã xử lý xong việc này lúc {when}. Tải lại hồ sơ để xem kết quả.',
    en: '{by} finished this task at {when}. Reload the dossier to see the outcome.',
  },
  'workflow.task-cancelled': {
    status: 409,
    vi: 'Việc này đã bị hủy lúc {when} vì {why}. Tải lại hồ sơ.',
    en: 'This task was cancelled at {when} because {why}. Reload the dossier.',
  },
  'workflow.task-not-held': {
    status: 409,
    vi: 'Bạn chưa nhận việc này nên không trả lại được.',
    en: 'You have not taken this task, so you cannot release it.',
  },
  'workflow.return-not-allowed': {
    status: 422,
    vi: 'Bước này không được trả về “{step}”. Các bước trả về được: {allowed}.',
    en: 'This step may not return to “{step}”. It may return to: {allowed}.',
  },
  'workflow.reason-required': {
    status: 422,
    vi: 'Ghi lý do trước khi trả về bước trước hoặc giao lại.',
    en: 'Give a reason before sending back or reassigning.',
  },
  'workflow.opinion-required': {
    status: 422,
    vi: 'Bước này cần ý kiến xử lý. Ghi ý kiến rồi hoàn thành.',
    en: 'This step needs an opinion. Write it, then complete.',
  },
  'workflow.result-required': {
    status: 422,
    vi: 'Bước này cần kết quả có số, ngày và tệp. Vào sổ kết quả rồi hoàn thành.',
    en: 'This step needs a result with number, date and file. Register the result, then complete.',
  },
  'workflow.decision-required': {
    status: 422,
    vi: 'Bước “{step}” cần chọn một trong: {choices}. Chọn rồi hoàn thành.',
    en: 'Step “{step}” needs a choice among {choices}. Choose, then complete.',
  },
  'workflow.not-stuck': {
    status: 409,
    vi: 'Mục này không còn trong danh sách điều phối. Tải lại danh sách.',
    en: 'This is no longer in the dispatch list. Reload the list.',
  },
  'workflow.reassign-target': {
    status: 422,
    vi: 'Chọn người hoặc đơn vị nhận việc.',
    en: 'Choose an officer or a unit to give the task to.',
  },
  'workflow.unknown-unit': {
    status: 422,
    vi: 'Không có đơn vị “{unit}”. Chọn đơn vị trong danh sách.',
    en: 'There is no unit “{unit}”. Choose one of the list.',
  },
  'workflow.officer-unfit': {
    status: 422,
    vi: 'Ở {unit} không có người này với vai trò mà bước cần. Chọn người hoặc đơn vị khác.',
    en: 'At {unit} nobody such holds the role that the step needs. Choose another officer or unit.',
  },
  'workflow.hours-unknown': {
    status: 409,
    vi: 'Vẫn chưa tính được thời gian của “{name}”: hồ sơ còn thiếu dữ liệu. Bổ sung rồi thử lại.',
    en: 'The time of “{name}” still cannot be computed: the dossier lacks a fact. Complete it and try again.',
  },
  'workflow.signature-required': {
    status: 422,
    vi: 'Bước này cần ký. Ký rồi hoàn thành.',
    en: 'This step needs a signature. Sign, then complete.',
  },
})

export type WorkflowErrorCode = keyof typeof workflowErrors
