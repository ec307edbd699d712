import { fillMessage } from '#platform/errors.ts'

/** What can be wrong with a process, in words for the person who drew it. */
const PROBLEMS = {
  unreadable: {
    vi: 'Không đọc được tệp BPMN: {reason}.',
    en: 'The BPMN file cannot be read: {reason}.',
  },
  'no-process': { vi: 'Tệp không có quy trình (process) nào.', en: 'The file holds no process.' },
  'several-processes': {
    vi: 'Tệp có {count} quy trình; mỗi tệp chỉ được một.',
    en: 'The file holds {count} processes; one file, one process.',
  },
  'duplicate-id': { vi: 'Mã phần tử “{id}” bị trùng.', en: 'The element id “{id}” is used twice.' },
  'unsupported-element': {
    vi: 'Phần tử {type} “{name}” ({id}) chưa được hỗ trợ.',
    en: 'The element {type} “{name}” ({id}) is not supported.',
  },
  'unknown-attribute': {
    vi: 'Thuộc tính “{attribute}” không có trong bộ thuộc tính motcua.',
    en: 'The attribute “{attribute}” is not one of motcua’s.',
  },
  'no-start': { vi: 'Quy trình không có điểm bắt đầu.', en: 'The process has no start event.' },
  'several-starts': {
    vi: 'Quy trình có hơn một điểm bắt đầu: “{id}”.',
    en: 'The process has more than one start event: “{id}”.',
  },
  'no-end': { vi: 'Quy trình không có điểm kết thúc.', en: 'The process has no end event.' },
  'no-steps': { vi: 'Quy trình không có bước nào.', en: 'The process has no step.' },
  'unresolved-reference': {
    vi: 'Tham chiếu tới phần tử không tồn tại: “{id}”.',
    en: 'A reference leads to an element that does not exist: “{id}”.',
  },
  'branching-flow': {
    vi: 'Phần tử “{name}” ({id}) có {count} luồng ra; dùng cổng để rẽ nhánh.',
    en: '“{name}” ({id}) has {count} outgoing flows; use a gateway to branch.',
  },
  'unreachable-step': {
    vi: 'Không đi tới được “{name}” ({id}) từ điểm bắt đầu.',
    en: '“{name}” ({id}) cannot be reached from the start.',
  },
  'dead-end': {
    vi: 'Sau “{name}” ({id}) không còn đường tới điểm kết thúc.',
    en: 'After “{name}” ({id}) there is no way to an end event.',
  },
  'no-name': { vi: 'Bước ({id}) chưa có tên.', en: 'The step ({id}) has no name.' },
  'no-role': { vi: 'Bước “{name}” ({id}) chưa có vai trò.', en: 'The step “{name}” ({id}) has no role.' },
  'unknown-role': {
    vi: 'Bước “{name}” ({id}) có vai trò không tồn tại: “{value}”.',
    en: 'The step “{name}” ({id}) has an unknown role: “{value}”.',
  },
  'unknown-place': {
    vi: 'Bước “{name}” ({id}) có nơi thực hiện không hợp lệ: “{value}”.',
    en: 'The step “{name}” ({id}) has an unknown place: “{value}”.',
  },
  'unknown-action': {
    vi: 'Bước “{name}” ({id}) có loại việc không hợp lệ: “{value}”.',
    en: 'The step “{name}” ({id}) has an unknown action: “{value}”.',
  },
  'unknown-requirement': {
    vi: 'Bước “{name}” ({id}) có yêu cầu không hợp lệ: “{value}”.',
    en: 'The step “{name}” ({id}) has an unknown requirement: “{value}”.',
  },
  'no-hours': {
    vi: 'Bước “{name}” ({id}) chưa có số giờ làm việc.',
    en: 'The step “{name}” ({id}) has no working hours.',
  },
  'bad-hours': {
    vi: 'Số giờ “{value}” của “{name}” ({id}) phải là bội số không âm của 0,25.',
    en: 'The hours “{value}” of “{name}” ({id}) must be a multiple of 0.25, not negative.',
  },
  'bad-return': {
    vi: 'Bước “{name}” ({id}) cho trả về “{value}”, không phải một bước đứng trước.',
    en: 'The step “{name}” ({id}) may return to “{value}”, which is not an earlier step.',
  },
  'hours-over-limit': {
    vi: 'Đường dài nhất qua các bước mất {total} giờ, vượt thời hạn {limit} giờ.',
    en: 'The longest way through the steps takes {total} hours, more than the limit of {limit}.',
  },
  'agency-hours-over-limit': {
    vi: 'Cộng thời hạn của các cơ quan là {total} giờ, vượt thời hạn {limit} giờ; chỉ kịp khi các cơ quan làm song song.',
    en: 'The limits of the agencies add up to {total} hours, more than {limit}: it holds only while they work side by side.',
  },
  'crossing-flow': {
    vi: 'Luồng ({id}) nối hai phần tử ở hai cấp khác nhau của quy trình con.',
    en: 'The flow ({id}) crosses the border of a sub-process.',
  },
  'no-default': {
    vi: 'Cổng “{name}” ({id}) chưa có luồng mặc định khi không điều kiện nào đúng.',
    en: 'The gateway “{name}” ({id}) has no default flow for when no condition holds.',
  },
  'no-condition': {
    vi: 'Luồng “{name}” ({id}) ra khỏi cổng “{value}” chưa có điều kiện và không phải luồng mặc định.',
    en: 'The flow “{name}” ({id}) out of gateway “{value}” has no condition and is not the default.',
  },
  'condition-not-allowed': {
    vi: 'Luồng “{name}” ({id}) có điều kiện nhưng “{value}” không phải cổng lựa chọn.',
    en: 'The flow “{name}” ({id}) has a condition, but “{value}” does not choose.',
  },
  'expression-syntax': {
    vi: 'Biểu thức FEEL “{value}” của “{name}” ({id}) sai cú pháp.',
    en: 'The FEEL expression “{value}” of “{name}” ({id}) has a syntax error.',
  },
  'unknown-variable': {
    vi: 'Biểu thức của “{name}” ({id}) dùng biến không có: “{value}”.',
    en: 'The expression of “{name}” ({id}) uses an unknown variable: “{value}”.',
  },
  'expression-type': {
    vi: 'Trong biểu thức của “{name}” ({id}): {value} {reason}.',
    en: 'In the expression of “{name}” ({id}): {value} {reason}.',
  },
  'expression-unsupported': {
    vi: 'Biểu thức của “{name}” ({id}) dùng “{value}”, chưa được hỗ trợ.',
    en: 'The expression of “{name}” ({id}) uses “{value}”, which is not supported.',
  },
  'bad-variable': {
    vi: 'Biến “{value}” của quy trình không hợp lệ; ghi tên:text, tên:number hoặc tên:boolean.',
    en: 'The variable “{value}” is not valid; write name:text, name:number or name:boolean.',
  },
  'unknown-agency': {
    vi: '“{name}” ({id}) ghi cơ quan không có trong tổ chức: “{value}”.',
    en: '“{name}” ({id}) names an agency that the organisation does not have: “{value}”.',
  },
  'unknown-part': {
    vi: 'Bước “{name}” ({id}) có vai trò phối hợp không hợp lệ: “{value}” (lead, participant hoặc consultee).',
    en: 'The step “{name}” ({id}) has an unknown part: “{value}” (lead, participant or consultee).',
  },
  'several-leads': {
    vi: 'Quy trình có hơn một cơ quan chủ trì: {value}.',
    en: 'The process has more than one lead agency: {value}.',
  },
  'no-lead': {
    vi: 'Quy trình có cơ quan phối hợp nhưng không ghi cơ quan chủ trì (motcua:part="lead").',
    en: 'Agencies take part in the process but none is the lead (motcua:part="lead").',
  },
  'bad-decision': {
    vi: 'Lựa chọn “{value}” của bước “{name}” ({id}) không hợp lệ; ghi mã=Tên, cách nhau bằng dấu |.',
    en: 'The decision “{value}” of step “{name}” ({id}) is not valid; write value=Label, parted by |.',
  },
  'unknown-operation': {
    vi: '“{name}” ({id}) gọi nghiệp vụ không có: “{value}”.',
    en: '“{name}” ({id}) calls an operation that does not exist: “{value}”.',
  },
  'no-message': {
    vi: '“{name}” ({id}) chưa ghi thông điệp.',
    en: '“{name}” ({id}) names no message.',
  },
  'bad-timer': {
    vi: 'Thời gian “{value}” của “{name}” ({id}) không đọc được.',
    en: 'The time “{value}” of “{name}” ({id}) cannot be read.',
  },
  'no-called-process': {
    vi: '“{name}” ({id}) chưa ghi quy trình được gọi.',
    en: '“{name}” ({id}) names no process to call.',
  },
  'unknown-process': {
    vi: '“{name}” ({id}) gọi quy trình chưa được ban hành: “{value}”.',
    en: '“{name}” ({id}) calls a process that is not published: “{value}”.',
  },
  'call-cycle': {
    vi: 'Các quy trình gọi nhau thành vòng: {value}.',
    en: 'The processes call one another in a circle: {value}.',
  },
  deadlock: {
    vi: 'Hồ sơ có thể mắc kẹt ở “{name}” ({id}): không phải luồng nào vào đó cũng tới.',
    en: 'A dossier may be stuck at “{name}” ({id}): not every flow into it is always taken.',
  },
  unsynchronised: {
    vi: '“{name}” ({id}) có thể được mở hai lần cùng lúc: các nhánh song song chưa được gộp lại trước đó.',
    en: '“{name}” ({id}) may be open twice at once: parallel branches are not joined before it.',
  },
  'endless-loop': {
    vi: 'Vòng lặp qua “{name}” ({id}) không có bước nào nên quay mãi.',
    en: 'The loop through “{name}” ({id}) has no step in it and would turn for ever.',
  },
  'too-complex': {
    vi: 'Quy trình có hơn {value} trạng thái nên không kiểm tra hết được. Tách thành quy trình con.',
    en: 'The process has more than {value} states and cannot be checked. Part it into called processes.',
  },
} as const

export type ProblemCode = keyof typeof PROBLEMS
export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[]

export type ElementName = { id: string; type: string; name: string }
/** One reason for which a process is refused, with the element at fault when there is one. */
export type Problem = { code: ProblemCode; element: ElementName | null; vi: string; en: string }

export const problem = (
  code: ProblemCode,
  element: ElementName | null,
  details: Record<string, unknown> = {},
): Problem => {
  const all = { ...element, ...details }
  return {
    code,
    element,
    vi: fillMessage(PROBLEMS[code].vi, all),
    en: fillMessage(PROBLEMS[code].en, all, 'en'),
  }
}
