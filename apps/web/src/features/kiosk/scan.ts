import { codeInScan } from '../dossiers/code-in-scan.ts'

export type Scan = { kind: 'dossier'; code: string } | { kind: 'ticket' | 'appointment'; token: string }

const TICKET = /\/(?:ve|danh-gia)\/([\w-]{16,80})\s*$/
const APPOINTMENT = /\/lich-hen\/([\w-]{16,80})\s*$/

/** A slip's QR or bar code holds the dossier's code, a ticket's or an appointment's QR the address of its own page. */
export function readScan(text: string): Scan | undefined {
  const token = TICKET.exec(text.trim())?.[1]
  if (token) return { kind: 'ticket', token }
  const booked = APPOINTMENT.exec(text.trim())?.[1]
  if (booked) return { kind: 'appointment', token: booked }
  const code = codeInScan(text)
  return code ? { kind: 'dossier', code } : undefined
}
