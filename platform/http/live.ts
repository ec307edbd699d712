import type { Writable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** The other end of an answer that goes on: bytes leave as they are given, so that one buffer serves any number of readers. */
export type LiveLine = {
  write: (bytes: Uint8Array) => void
  /** Bytes that the other end has not taken yet. */
  pending: () => number
  /** Ends when all that was written is out. */
  end: () => void
  /** For an end that takes nothing any more. */
  cut: () => void
}

/** An answer without an end of its own: events of a board. */
export type LiveAnswer = {
  mediaType: string
  headers?: Record<string, string>
  /** Called once the head is out; answers what is to be done when the reader has left. */
  begin: (line: LiveLine) => () => void
}

export const isLiveAnswer = (answer: unknown): answer is LiveAnswer =>
  typeof answer === 'object' && answer !== null && 'begin' in answer && 'mediaType' in answer

/**
 * Ends with the connection instead of in chunks, and is written to the socket itself: Node's response would frame, cork and
 * queue every event for every reader, half of what the system call costs (measured at 2,000 readers: 1.5 times bare sockets).
 */
export const sendLive = (reply: FastifyReply, status: number, answer: LiveAnswer): FastifyReply => {
  const { raw } = reply
  const head = reply
    .headers(answer.headers ?? {})
    .type(answer.mediaType)
    .getHeaders()
  reply.hijack()
  if (raw.destroyed) return reply
  raw.useChunkedEncodingByDefault = false
  for (const [name, value] of Object.entries(head)) if (value !== undefined) raw.setHeader(name, value)
  raw.writeHead(status)
  raw.flushHeaders()
  // Behind an answer that is still going out on the same connection the socket is not ours yet.
  const to: Writable = raw.socket ?? raw
  const leave = answer.begin({
    write: (bytes) => void to.write(bytes),
    pending: () => to.writableLength,
    end: () => void raw.end(),
    cut: () => void raw.destroy(),
  })
  raw.once('close', leave)
  return reply
}
