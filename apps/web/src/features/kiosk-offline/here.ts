import { takeTicket as takeTicketOperation } from '#modules/queue/contract.ts'
import { call, newUuid } from '../../api/call.ts'
import { canRetry, ProblemError } from '../../api/problem.ts'
import { createKiosk, type Kiosk, type KioskTicket, type TicketRequest } from './kiosk.ts'
import { openKioskStore } from './store.ts'

/** This run of the page: within it the clock that nobody sets tells how long ago something was. */
const SESSION = newUuid()

const isTimeout = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError')

/** Not guessable: who knows it sees the ticket's page. */
const newToken = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(15))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')

const kiosks = new Map<string, Kiosk>()

/** The kiosk that this browser is at a centre. */
export const kioskOf = (centre: string): Kiosk => {
  const known = kiosks.get(centre)
  if (known) return known
  const made = createKiosk(centre, {
    store: openKioskStore(centre),
    ask: call,
    isUnreachable: (error) => isTimeout(error) || canRetry(error),
    moment: () => ({ at: Date.now(), session: SESSION, mono: performance.now() }),
    newId: newUuid,
    newToken,
  })
  kiosks.set(centre, made)
  return made
}

/**
 * A number at this kiosk: from the server, and when that cannot be reached in four seconds from the kiosk's own blocks. The
 * same key gets the same number, also after a reload and whoever gave it. Where the browser keeps nothing, the server alone gives.
 */
export const takeTicket = async (request: TicketRequest, key: string): Promise<KioskTicket> => {
  try {
    return await kioskOf(request.centre).take(request, key)
  } catch (error) {
    if (error instanceof ProblemError || isTimeout(error)) throw error
    return call(takeTicketOperation, request, { idempotencyKey: key })
  }
}
