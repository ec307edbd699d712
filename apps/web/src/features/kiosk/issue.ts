import { takeTicket, type VisitorTicket } from '#modules/queue/contract.ts'
import type { Request } from '#platform/operation.ts'
import { call } from '../../api/call.ts'

/** What a number is asked for with. */
export type TicketRequest = Request<typeof takeTicket>

/**
 * The one place where a kiosk or phone gets its number. The same key gets the same number, however often and from however many
 * taps it is asked.
 */
export const issueTicket = (request: TicketRequest, key: string): Promise<VisitorTicket> =>
  call(takeTicket, request, { idempotencyKey: key })
