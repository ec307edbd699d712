import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEscPosReader, type PrintedPaper } from './escpos.ts'

/** How the printer is; changes while conversations last. */
export type PrinterFault = {
  paper?: 'full' | 'low' | 'out'
  coverOpen?: boolean
  /** The key on it was pressed: it takes nothing. */
  offline?: boolean
  /** Answers with bytes that are no status. */
  garbage?: boolean
  /** Takes everything and says nothing. */
  silent?: boolean
  /** The paper ends after so many more bytes. */
  endsAfter?: number
  /** The connection breaks after so many more bytes. */
  breaksAfter?: number
  bytesPerMs?: number
}

export type FakePrinter = {
  port: number
  set: (fault: PrinterFault) => void
  /** Every paper that left it, torn ones too, also before a restart. */
  papers: () => readonly PrintedPaper[]
  /** Off, and after a while on again at the same address. */
  off: () => Promise<void>
  on: () => Promise<void>
  close: () => Promise<void>
}

const STATUS = 0x12

/** A thermal printer on TCP port 9100: prints what it understands, answers `DLE EOT n` at once and `GS r n` in its turn. */
export const startFakePrinter = async (): Promise<FakePrinter> => {
  let fault: PrinterFault = {}
  let lives = 0
  const torn: PrintedPaper[] = []
  const readers: ReturnType<typeof createEscPosReader>[] = []
  const sockets = new Set<net.Socket>()

  const statusOf = (n: number): number => {
    const { paper = 'full', coverOpen = false, offline = false } = fault
    const stopped = paper === 'out' || coverOpen || offline
    if (n === 1) return STATUS | (stopped ? 0x08 : 0)
    if (n === 2) return STATUS | (coverOpen ? 0x04 : 0) | (paper === 'out' ? 0x20 : 0)
    if (n === 3) return STATUS
    return STATUS | (paper === 'out' ? 0x6c : paper === 'low' ? 0x0c : 0)
  }
  const isStopped = (): boolean => fault.paper === 'out' || fault.coverOpen === true || fault.offline === true

  /** Counts down to what is to happen; true when the connection breaks here. */
  const breaks = (bytes: number): boolean => {
    const { endsAfter, breaksAfter } = fault
    if (endsAfter !== undefined) {
      fault =
        endsAfter > bytes
          ? { ...fault, endsAfter: endsAfter - bytes }
          : { ...fault, paper: 'out', endsAfter: undefined }
    }
    if (breaksAfter === undefined) return false
    const now = breaksAfter <= bytes
    fault = { ...fault, breaksAfter: now ? undefined : breaksAfter - bytes }
    return now
  }

  const converse = (socket: net.Socket): void => {
    sockets.add(socket)
    const say = (byte: number): void => {
      if (!fault.silent && !socket.destroyed) socket.write(Buffer.of(fault.garbage ? 0xff : byte))
    }
    const reader = createEscPosReader(({ kind, n }) => say(kind === 'now' ? statusOf(n) : 0))
    readers.push(reader)
    let order = Promise.resolve()

    const born = lives
    const feed = async (chunk: Buffer): Promise<void> => {
      for (let at = 0; at < chunk.length; ) {
        // What is in the buffer of a stopped printer is printed when it goes on, whether the sender is still there or not.
        while (isStopped() && born === lives) await sleep(20)
        const portion = Math.min(chunk.length - at, fault.bytesPerMs ? Math.ceil(fault.bytesPerMs * 10) : 512)
        if (fault.bytesPerMs) await sleep(10)
        if (born !== lives) return
        reader.feed(chunk.subarray(at, at + portion))
        at += portion
        if (breaks(portion)) {
          socket.resetAndDestroy()
          return
        }
      }
    }
    socket.on('data', (chunk: Buffer) => {
      const [first, second, n] = chunk
      if (chunk.length === 3 && first === 0x10 && second === 0x04 && n !== undefined) return say(statusOf(n))
      order = order.then(() => feed(chunk)).catch((error: unknown) => console.error(error))
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      void order.then(() => {
        const before = reader.papers.length
        reader.tear()
        torn.push(...reader.papers.splice(before))
      })
    })
  }

  let server: net.Server
  let port = 0
  const on = async (): Promise<void> => {
    server = net.createServer(converse)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : port
  }
  const off = (): Promise<void> => {
    lives += 1
    for (const socket of sockets) socket.resetAndDestroy()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  await on()
  return {
    ...{ port, on, off, close: off },
    set: (next) => {
      fault = { ...next }
    },
    papers: () => [...readers.flatMap((reader) => reader.papers), ...torn],
  }
}
