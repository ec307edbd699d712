/** A position in a list ordered by (instant, id); null instants come last in lists that have them. */
export type Position = { at: Date | null; id: string }

export const encodePosition = (position: Position | null): string | null =>
  position && Buffer.from(`${position.at?.getTime() ?? ''} ${position.id}`).toString('base64url')

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const decodePosition = (cursor: string | undefined): Position | undefined => {
  if (!cursor) return undefined
  const [millis, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const valid = id !== undefined && UUID.test(id) && /^\d{0,14}$/.test(millis ?? '')
  // A cursor that is not ours begins anew instead of failing: it comes from an old page at worst.
  return valid ? { at: millis ? new Date(Number(millis)) : null, id } : undefined
}
