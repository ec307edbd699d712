import type { Tree } from '#modules/organisation/rules.ts'
import type { LogEvent } from '#platform/log/log.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { TimelineEntry } from '../contract/dossier.ts'

type Words = { vi: string; en: string }

/** What each event is called in the timeline; events that are not here say nothing to a reader of the dossier. */
const TITLES: Readonly<Record<string, Words>> = {
  'dossier-submitted': { vi: 'Nhận hồ sơ gửi đến, chờ kiểm tra', en: 'Arrived, to be checked' },
  'dossier-imported': { vi: 'Nhập từ hệ thống cũ', en: 'Taken over from a former system' },
  'dossier-accepted': { vi: 'Tiếp nhận hồ sơ', en: 'Dossier accepted' },
  'intake-supplement-requested': {
    vi: 'Yêu cầu bổ sung trước khi nhận',
    en: 'Papers asked for before acceptance',
  },
  'intake-refused': { vi: 'Từ chối tiếp nhận', en: 'Refused at reception' },
  'dossier-transferred': { vi: 'Chuyển hồ sơ', en: 'Transferred' },
  'dossier-assigned': { vi: 'Phân công', en: 'Assigned' },
  'dossier-appraised': { vi: 'Thẩm định xong', en: 'Appraised' },
  'dossier-reviewed': { vi: 'Trình lãnh đạo', en: 'Submitted to the head' },
  'dossier-approved': { vi: 'Ký duyệt', en: 'Approved' },
  'dossier-sent-back': { vi: 'Trả lại bước trước', en: 'Sent back' },
  'result-issued': { vi: 'Vào sổ, phát hành kết quả', en: 'Result registered and issued' },
  'result-returned': { vi: 'Trả kết quả', en: 'Result handed over' },
  'dossier-resubmitted': { vi: 'Nhận bổ sung gửi đến, chờ kiểm tra', en: 'Papers came in, to be checked' },
  'dossier-reopened': { vi: 'Mở lại hồ sơ', en: 'Taken up again' },
  'dossier-adjusted': { vi: 'Điều chỉnh theo yêu cầu', en: 'Adjusted at request' },
  'papers-lost': { vi: 'Báo mất giấy tờ, xin lỗi', en: 'Papers lost, apology given' },
  'lost-papers-settled': { vi: 'Đã làm lại giấy tờ mất', en: 'Lost papers made again' },
  'due-recomputed': { vi: 'Tính lại hạn theo lịch mới', en: 'Due date computed anew' },
  'supplement-requested': { vi: 'Yêu cầu bổ sung', en: 'Supplement asked for' },
  'supplement-received': { vi: 'Nhận giấy tờ bổ sung', en: 'Supplement received' },
  'dossier-closed': { vi: 'Đóng hồ sơ', en: 'Closed' },
  'payment-requested': { vi: 'Báo nộp nghĩa vụ tài chính', en: 'Payment asked for' },
  'payment-confirmed': { vi: 'Đã nộp tiền', en: 'Payment confirmed' },
  'dossier-withdrawn': { vi: 'Rút hồ sơ', en: 'Withdrawn' },
  'dossier-stopped': { vi: 'Dừng giải quyết', en: 'Stopped' },
  'due-extended': { vi: 'Xin lỗi, hẹn lại ngày trả', en: 'Apologised and moved the date' },
  'group-member-begun': { vi: 'Bắt đầu thủ tục trong nhóm', en: 'Procedure of the group begun' },
  'group-member-done': { vi: 'Thủ tục trong nhóm đã có kết quả', en: 'Procedure of the group finished' },
  'group-member-failed': { vi: 'Thủ tục trong nhóm không thành', en: 'Procedure of the group failed' },
  'group-member-dropped': { vi: 'Bỏ thủ tục khỏi nhóm', en: 'Procedure of the group left out' },
  'group-due-moved': {
    vi: 'Hẹn của nhóm theo thủ tục chậm nhất',
    en: 'Date of the group follows its slowest procedure',
  },
  'group-finished': { vi: 'Nhóm thủ tục đã xong', en: 'All procedures of the group finished' },
  'opinion-asked': { vi: 'Lấy ý kiến cơ quan khác', en: 'Opinions of other agencies asked' },
  'opinion-reminded': { vi: 'Nhắc cơ quan được lấy ý kiến', en: 'Consulted agency reminded' },
  'opinion-given': { vi: 'Cơ quan được hỏi cho ý kiến', en: 'Opinion given' },
  'opinion-silent': { vi: 'Hết hạn, không có ý kiến', en: 'No opinion in time' },
  'opinion-no-longer-asked': { vi: 'Không lấy ý kiến nữa', en: 'Opinion no longer asked' },
  'lateness-explained': { vi: 'Giải trình quá hạn', en: 'Lateness explained' },
  'lateness-explanation-amended': { vi: 'Sửa giải trình quá hạn', en: 'Explanation of lateness amended' },
  'result-error-reported': { vi: 'Báo kết quả có sai sót', en: 'Error in the result reported' },
  'result-corrected': { vi: 'Cấp lại kết quả đúng', en: 'Corrected result issued' },
  'paper-handed-over': { vi: 'Giao hồ sơ giấy', en: 'Papers handed over' },
  'paper-received': { vi: 'Nhận hồ sơ giấy', en: 'Papers received' },
  'result-handed-over': { vi: 'Giao kết quả về nơi trả', en: 'Result sent to the returning place' },
  'result-arrived': { vi: 'Kết quả đã về nơi trả', en: 'Result arrived at the returning place' },
  'result-sent-back': { vi: 'Gửi lại cơ quan kết quả không ai nhận', en: 'Unclaimed result sent back' },
  'result-taken-back': { vi: 'Cơ quan nhận lại kết quả', en: 'Unclaimed result taken back' },
  'paper-missing': { vi: 'Thiếu khi nhận bàn giao', en: 'Missing at the hand-over' },
  'paper-extra': { vi: 'Thừa khi nhận bàn giao', en: 'Extra at the hand-over' },
  'difference-settled': { vi: 'Xử lý chênh lệch bàn giao', en: 'Difference settled' },
  'hand-over-cancelled': { vi: 'Hủy phiếu bàn giao', en: 'Hand-over sheet cancelled' },
  'result-reminded': { vi: 'Nhắc người dân đến nhận kết quả', en: 'Reminded of the result' },
  'task-urged': { vi: 'Đôn đốc', en: 'Asked after' },
  'task-claimed': { vi: 'Nhận việc', en: 'Task taken' },
  'task-released': { vi: 'Nhả việc', en: 'Task put back' },
  'timer-fired': { vi: 'Hết thời gian chờ', en: 'Waiting time over' },
  'message-sent': { vi: 'Gửi thông tin', en: 'Information sent' },
  'message-received': { vi: 'Nhận thông tin', en: 'Information received' },
  'message-recorded': { vi: 'Ghi nhận thông tin trả lời', en: 'Answer recorded by hand' },
  'operation-done': { vi: 'Hệ thống đã xử lý', en: 'Done by the system' },
  'operation-failed': { vi: 'Hệ thống chưa xử lý được', en: 'The system could not do it' },
  'operation-retried': { vi: 'Cho hệ thống xử lý lại', en: 'The system tries again' },
  'task-escalated': { vi: 'Nhắc thời hạn của bước', en: 'Time of the step told' },
  'task-moved': { vi: 'Chuyển việc sang đơn vị khác', en: 'Task moved to another unit' },
  'task-reassigned': { vi: 'Giao lại việc', en: 'Task reassigned' },
  'personal-data-read': { vi: 'Mở xem thông tin cá nhân', en: 'Personal data opened' },
}

export const titleOf = (type: string): Words =>
  TITLES[type] ?? { vi: 'Thay đổi hồ sơ', en: 'Changed the dossier' }

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** What the process itself did, and what a return across branches leaves to do. */
const detailsOfProcess = (data: LogEvent['data']): (string | null)[] => [
  typeof data.level === 'number' ? `${text(data.name)}: đã qua ${data.level}% thời gian` : text(data.name),
  Array.isArray(data.compensations) ? `Phải xử lý lại: ${data.compensations.join('; ')}` : null,
  Array.isArray(data.cancelled) ? `Hủy việc đang làm: ${data.cancelled.join('; ')}` : null,
]

const detailOf = (event: LogEvent, tree: Tree): string | null => {
  const { data } = event
  const parts = [
    text(data.reasonName),
    text(data.opinion) ?? text(data.reason) ?? text(data.purpose),
    data.toName ? `tới bước ${text(data.toName)}${nameOf(tree, data.toUnit)}` : null,
    text(data.number) ? `Số ${text(data.number)}` : null,
    ...detailsOfProcess(data),
    data.sheet ? `Phiếu ${text(data.sheet)}${nameOf(tree, data.to)}` : null,
  ]
  return parts.filter((part) => part !== null).join(' · ') || null
}

const nameOf = (tree: Tree, unit: unknown): string => {
  const found = typeof unit === 'string' ? tree.units.get(unit) : undefined
  return found ? `, ${found.shortName}` : ''
}

const READ = 'personal-data-read'
/** Somebody who works on a dossier opens it many times: the timeline tells of one sitting once, the log of each reading. */
const SITTING_MS = 30 * 60_000

const sittings = (events: readonly LogEvent[]): LogEvent[] => {
  const lastRead = new Map<string, number>()
  return events.filter((event) => {
    if (event.type !== READ) return true
    const reader = `${event.actor.id} ${text(event.data.purpose)}`
    const before = lastRead.get(reader)
    lastRead.set(reader, event.at.getTime())
    return before === undefined || event.at.getTime() - before > SITTING_MS
  })
}

const giverOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'name' in value ? text(value.name) : null

/** Who acted, and for whom when it was by delegation. */
const nameOfActor = ({ actor, data }: LogEvent): string => {
  const giver = giverOf(data.onBehalfOf)
  return giver === null ? actor.name : `${actor.name} (thay mặt ${giver})`
}

/** Newest first, from the log alone. */
export const timelineOf = (events: readonly LogEvent[], tree: Tree): TimelineEntry[] =>
  sittings(events)
    .flatMap((event) => {
      const title = TITLES[event.type]
      if (!title) return []
      const entry: TimelineEntry = {
        at: toLocalIso(event.at),
        type: event.type,
        title,
        detail: detailOf(event, tree),
        actor: nameOfActor(event),
        sealed: event.position !== null,
      }
      return [entry]
    })
    .reverse()
