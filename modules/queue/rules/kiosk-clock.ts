/** A moment as a kiosk knows it; see the contract. */
export type KioskMoment = { at: number; session: string; mono: number }

export type Taken = {
  taken: KioskMoment
  /** The kiosk's clock behind ours when it was last measured before; null when it never was. */
  behind: number | null
}
export type Arrival = {
  sent: KioskMoment
  /** Ours, when it arrived. */
  now: number
  /** When the block was given: nothing was taken from it before. */
  given: number
}

/**
 * When a ticket was taken, by our clock. A kiosk's clock may be wrong, and may be set right between ticket and network:
 * within one run of the page the clock that nobody sets tells exactly how long ago it was; else the difference measured before
 * holds (it is also what the paper says), and if that cannot be, the difference measured now. Never before the block was given,
 * never in the future.
 */
export const takenAt = ({ taken, behind }: Taken, { sent, now, given }: Arrival): number => {
  const within = (at: number): number => Math.min(Math.max(at, given), now)
  if (taken.session === sent.session && sent.mono >= taken.mono) return within(now - (sent.mono - taken.mono))
  const candidates = [...(behind === null ? [] : [taken.at + behind]), taken.at + now - sent.at]
  const plausible = candidates.find((at) => at >= given && at <= now)
  return within(plausible ?? candidates[0] ?? now)
}

/** The same for what one kiosk brings together, in the order in which it gave them: that order stays, whatever its clock did. */
export const takenInOrder = (
  tickets: readonly (Taken & { given: number })[],
  arrival: Omit<Arrival, 'given'>,
): number[] => {
  let latest = 0
  return tickets.map((ticket) => {
    latest = Math.max(latest, takenAt(ticket, { ...arrival, given: ticket.given }))
    return latest
  })
}

/** Numbers of a block that no ticket bears. */
export const unusedOf = (first: number, last: number, used: readonly number[]): number[] => {
  const given = new Set(used)
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((number) => !given.has(number))
}
