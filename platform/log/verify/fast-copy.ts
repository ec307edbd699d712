import type { Duplex } from 'node:stream'
import type pg from 'pg'

/** Shows the payload of one message: a row, which the first time stands behind the header, or the end. */
export type ShowMessage = (bytes: Buffer, from: number, to: number) => void

/** Kind and length, the latter counting itself (PostgreSQL manual, 55.7). */
const MESSAGE_HEADER = 5
const COPY_DATA = 0x64
const ERROR = 0x45
const READY = 0x5a

/**
 * Runs `copy … to stdout (format binary)`, or several statements with one another, and shows the data's messages where they
 * lie in what the socket received; `false` when the database refused. PostgreSQL sends one message a row (manual, 55.2.6).
 * The driver's own way makes an object, a view and an event of each row, and a stream (pg-copy-streams) puts them together to
 * have them taken apart again: either costs about as much as hashing them. Like that stream it stands in for the driver on the
 * socket until the data ends; the end and errors are the driver's.
 */
export const showCopy = (client: pg.Client, statements: string, show: ShowMessage): Promise<boolean> =>
  new Promise((resolve) => {
    client.query({
      submit: (connection: pg.Connection) => {
        standIn(connection.stream, show)
        connection.query(statements)
      },
      handleCommandComplete: () => undefined,
      handleError: () => resolve(false),
      handleReadyForQuery: () => resolve(true),
    })
  })

type OnData = (chunk: Buffer) => void

const standIn = (stream: Duplex, show: ShowMessage): void => {
  // What the driver listens with; an emitter's types do not know its events.
  const drivers = stream.listeners('data') as OnData[]
  const take = createTaker(show, (rest) => {
    for (const driver of drivers) stream.on('data', driver)
    stream.off('data', take)
    for (const driver of drivers) driver(rest)
  })
  stream.on('data', take)
  for (const driver of drivers) stream.off('data', driver)
}

const NOTHING = Buffer.alloc(0)
const lengthOf = (bytes: Buffer, at: number): number => 1 + bytes.readInt32BE(at + 1)

/** Takes messages out of chunks, until one tells of the end or of an error: it and what follows it go to `end`. */
export const createTaker = (show: ShowMessage, end: OnData): OnData => {
  /** The beginning of a message that goes on in the next chunk. */
  let begun: Buffer = NOTHING

  const takeWhole = (bytes: Buffer): void => {
    let at = 0
    while (at < bytes.length) {
      const kind = bytes[at]
      if (kind === READY || kind === ERROR) {
        end(bytes.subarray(at))
        return
      }
      const next = at + MESSAGE_HEADER <= bytes.length ? at + lengthOf(bytes, at) : Number.POSITIVE_INFINITY
      if (next > bytes.length) break
      if (kind === COPY_DATA) show(bytes, at + MESSAGE_HEADER, next)
      at = next
    }
    begun = bytes.subarray(at)
  }
  return (chunk) => {
    let rest = chunk
    // Only the message that lies in both chunks is put together.
    while (begun.length > 0 && rest.length > 0) {
      const length = begun.length < MESSAGE_HEADER ? MESSAGE_HEADER : lengthOf(begun, 0)
      const part = rest.subarray(0, length - begun.length)
      rest = rest.subarray(part.length)
      takeWhole(Buffer.concat([begun, part]))
    }
    if (rest.length > 0) takeWhole(rest)
  }
}
