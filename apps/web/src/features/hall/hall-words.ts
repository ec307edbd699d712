import type { TicketState } from '#modules/queue/contract.ts'
import { catalogue } from '../../ui/language/language.tsx'
import type { Tone } from '../../ui/status/status-table.ts'

/** Who goes first by law, as the kiosk, the ticket and the desk say it. */
export const priorityWords = catalogue(
  {
    NONE: 'Thường',
    ELDERLY: 'Người cao tuổi',
    DISABLED: 'Người khuyết tật',
    PREGNANT: 'Phụ nữ có thai',
    MERIT: 'Người có công',
    SMALL_CHILD: 'Có con nhỏ đi cùng',
  },
  {
    NONE: 'Ordinary',
    ELDERLY: 'Elderly person',
    DISABLED: 'Person with a disability',
    PREGNANT: 'Pregnant woman',
    MERIT: 'Person of merit',
    SMALL_CHILD: 'With a small child',
  },
)

export const ticketStateWords = catalogue(
  {
    WAITING: 'Đang chờ',
    CALLED: 'Đã gọi',
    SERVING: 'Đang phục vụ',
    HELD: 'Tạm giữ',
    DONE: 'Đã xong',
    NO_SHOW: 'Vắng',
    CANCELLED: 'Đã hủy',
  },
  {
    WAITING: 'Waiting',
    CALLED: 'Called',
    SERVING: 'Being served',
    HELD: 'On hold',
    DONE: 'Done',
    NO_SHOW: 'Missed',
    CANCELLED: 'Cancelled',
  },
)

export const TICKET_TONE: Readonly<Record<TicketState, Tone>> = {
  WAITING: 'cham',
  CALLED: 'nghe',
  SERVING: 'ngoc',
  HELD: 'sim',
  DONE: 'tro',
  NO_SHOW: 'son',
  CANCELLED: 'tro',
}
