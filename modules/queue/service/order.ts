import type { Waiting } from '../rules.ts'
import type { TicketRow } from '../store/tickets.ts'

/** A ticket as the rule of order looks at it; a declared priority counts until an officer declines it. */
export const orderable = (ticket: TicketRow): Waiting => ({
  id: ticket.id,
  priority: ticket.priority_class,
  queuedAt: ticket.queued_at.getTime(),
  appointmentAt: ticket.appointment_at?.getTime() ?? null,
})
