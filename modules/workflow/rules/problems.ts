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
    vi: 'Phần tử “{name}” ({id}) có {count} luồng {direction}; quy trình tuần tự chỉ được một.',
    en: '“{name}” ({id}) has {count} {direction} flows; a sequence has one.',
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
    vi: 'Tổng thời gian các bước là {total} giờ, vượt thời hạn {limit} giờ.',
    en: 'The steps take {total} hours, more than the limit of {limit}.',
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
  return { code, element, vi: fillMessage(PROBLEMS[code].vi, all), en: fillMessage(PROBLEMS[code].en, all) }
}
