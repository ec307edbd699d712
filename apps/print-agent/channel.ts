import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Bytes to a printer and back. */
export type Channel = {
  /** Resolves when the printer (or its buffer) has taken all; fails when it takes nothing for `patience` milliseconds. */
  write: (bytes: Uint8Array, patience: number) => Promise<void>
  /** The next byte from the printer, or undefined after so many milliseconds. */
  read: (patience: number) => Promise<number | undefined>
  close: () => Promise<void>
}

const PORTION = 2_048
const CONNECT_MS = 3_000
const PAUSE_MS = 15
const MOST_WAITING = 1_024

export const openTcp = async (host: string, port: number): Promise<Channel> => {
  const socket = net.connect({ host, port, noDelay: true })
  const incoming: number[] = []
  let wake: () => void = () => undefined
  let broken: Error | undefined
  const end = (error: Error): void => {
    broken ??= error
    wake()
  }
  socket.on('data', (chunk: Buffer) => {
    // A printer says a byte at a time; a flood is noise, of which the first tells enough.
    if (incoming.length < MOST_WAITING) incoming.push(...chunk.subarray(0, MOST_WAITING))
    wake()
  })
  socket.on('error', end)
  socket.on('close', () => end(new Error('the printer closed the connection')))
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error('no connection in time'))
    }, CONNECT_MS)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })

  const portion = (bytes: Uint8Array, patience: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        socket.destroy()
        reject(new Error('the printer takes nothing'))
      }, patience)
      socket.write(bytes, (error) => {
        clearTimeout(timer)
        if (error) reject(error)
        else resolve()
      })
    })

  return {
    write: async (bytes, patience) => {
      for (let at = 0; at < bytes.length; at += PORTION) {
        if (broken) throw broken
        await portion(bytes.subarray(at, at + PORTION), patience)
      }
    },
    read: async (patience) => {
      const until = performance.now() + patience
      while (incoming.length === 0) {
        if (broken) throw broken
        const left = until - performance.now()
        if (left <= 0) return undefined
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      return incoming.shift()
    },
    close: async () => {
      socket.destroy()
    },
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EWOULDBLOCK')

/** A device file (`/dev/usb/lp0`), never waited in: a printer that is switched off would hold a thread for ever. */
export const openDevice = async (file: string): Promise<Channel> => {
  const handle: FileHandle = await open(file, constants.O_RDWR | constants.O_NONBLOCK)
  const one = Buffer.alloc(1)
  return {
    write: async (bytes, patience) => {
      let at = 0
      for (let until = performance.now() + patience; at < bytes.length; ) {
        try {
          const { bytesWritten } = await handle.write(bytes, at, Math.min(PORTION, bytes.length - at))
          at += bytesWritten
          if (bytesWritten > 0) until = performance.now() + patience
        } catch (error) {
          if (!isBusy(error)) throw error
          if (performance.now() > until) throw new Error('the printer takes nothing')
          await sleep(PAUSE_MS)
        }
      }
    },
    read: async (patience) => {
      for (const until = performance.now() + patience; ; ) {
        try {
          const { bytesRead } = await handle.read(one, 0, 1, null)
          if (bytesRead === 1) return one[0]
        } catch (error) {
          if (!isBusy(error)) throw error
        }
        if (performance.now() > until) return undefined
        await sleep(PAUSE_MS)
      }
    },
    close: () => handle.close(),
  }
}
