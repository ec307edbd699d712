/** The hall's pure decisions; each file of `rules/` is one question. */

export { CALLING_BOUNDS, type CallingRule, DEFAULT_CALLING, returnMinutesOf } from './rules/calling.ts'
export { type KioskMoment, takenAt, takenInOrder, unusedOf } from './rules/kiosk-clock.ts'
export { findConflicts, type OpeningRule, type Slot, slotsOn, visitFrom } from './rules/openings.ts'
export {
  callOrder,
  nextTurn,
  PRIORITY_CLASSES,
  type PriorityClass,
  requeuedAt,
  streakAfter,
  type Waiting,
  type Why,
} from './rules/order.ts'
export { type Bitmap, bitmapOf, bytesInRow, isBlack } from './rules/paper/bitmap.ts'
export { escPosOf } from './rules/paper/escpos.ts'
export {
  type ListPaper,
  layOutList,
  layOutTicket,
  PAPER_WIDTHS,
  type PaperLayout,
  type PaperWidth,
  type TicketPaper,
} from './rules/paper/layout.ts'
export { measureWith, PAPER_FAMILY, type Pen, paintPaper } from './rules/paper/paint.ts'
export { PAPER_WORDS } from './rules/paper/words.ts'
export { type Kept, LEAST_TICKETS, measure, shownRange } from './rules/promises.ts'
export { type Receiver, receiversOf } from './rules/receiving.ts'
export {
  numberInWords,
  numberSyllables,
  type Region,
  spokenSyllables,
  ticketSyllables,
} from './rules/speak.ts'
export {
  COUNTER_STATES,
  type CounterState,
  canMove,
  type Move,
  stateAfter,
  TICKET_STATES,
  type TicketState,
  ticketCode,
  ticketPath,
  UNDO_SECONDS,
} from './rules/states.ts'
export { learnInterval, type WaitRange } from './rules/wait/calibrate.ts'
export { createWaitEstimator, type HallEvent } from './rules/wait/estimator.ts'
export { countPriority, passTime, priorityRates } from './rules/wait/priority-arrivals.ts'
export { type Learned, nothingLearned, promiseFor } from './rules/wait/promise.ts'
export { learnService, meanService } from './rules/wait/service-times.ts'
export { changesAhead, type StaffPlan } from './rules/wait/staff-plan.ts'
