export type Times = { from: string; to: string }

/** `07:30–11:30, 13:00–17:00`. */
export const sessionsText = (sessions: readonly Times[]): string =>
  sessions.map(({ from, to }) => `${from}–${to}`).join(', ')

const time = (text: string): string | undefined => {
  const match = /^(\d{1,2})(?:[:h.](\d{2}))?h?$/.exec(text.trim())
  if (!match) return undefined
  const value = `${(match[1] ?? '').padStart(2, '0')}:${match[2] ?? '00'}`
  return /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(value) ? value : undefined
}

/** Sessions as people type them: `7:30-11:30, 13h-17h`; undefined when a part is no pair of times. */
export const parseSessions = (text: string): Times[] | undefined => {
  const parts = text.split(/[,;]/).filter((part) => part.trim() !== '')
  const sessions = parts.map((part) => {
    const [from, to, ...more] = part.split(/[-–—]/).map(time)
    return from && to && more.length === 0 ? { from, to } : undefined
  })
  return sessions.every((one) => one !== undefined) ? sessions : undefined
}
