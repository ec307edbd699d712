import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What happens to bytes on their way, in both directions. */
export type Fault = {
  /** Each packet waits so long; their order stays. */
  delayMs?: number
  /** The share of packets instead of which the connection is reset. */
  resetShare?: number
  /** Bytes are taken and go nowhere: the other end looks alive and says nothing (half-open). */
  silent?: boolean
  /** So many bytes at a time, one portion every 10 ms. */
  dripBytes?: number
  /** New connections are refused. */
  refuse?: boolean
}

export type FaultProxy = {
  port: number
  set: (fault: Fault) => void
  /** Ends every connection: with a reset, or quietly. */
  cut: (how: 'reset' | 'close') => void
  /** Packets from the client so far: what a storm of repeats would show in. */
  packets: () => number
  connections: () => number
  close: () => Promise<void>
}

const DRIP_MS = 10

/**
 * A TCP proxy that delays, drips, swallows, resets and cuts, for what `tc` does where the kernel has it. Faults change while
 * connections live; the dice are thrown from a seed.
 */
export const startFaultProxy = async (
  target: { port: number; host?: string },
  seed = 1,
): Promise<FaultProxy> => {
  let fault: Fault = {}
  let packets = 0
  let dice = seed
  const roll = (): number => {
    dice = (Math.imul(dice, 1_664_525) + 1_013_904_223) >>> 0
    return dice / 2 ** 32
  }
  const pairs = new Set<[net.Socket, net.Socket]>()

  const pass = async (chunk: Buffer, to: net.Socket): Promise<void> => {
    const { delayMs = 0, dripBytes } = fault
    if (delayMs > 0) await sleep(delayMs)
    if (fault.silent || to.destroyed) return
    if (dripBytes === undefined) {
      to.write(chunk)
      return
    }
    for (let at = 0; at < chunk.length && !to.destroyed; at += dripBytes) {
      to.write(chunk.subarray(at, at + dripBytes))
      await sleep(DRIP_MS)
    }
  }
  const join = (from: net.Socket, to: net.Socket, count: boolean): void => {
    let order = Promise.resolve()
    from.on('data', (chunk: Buffer) => {
      if (count) packets += 1
      if (fault.resetShare && roll() < fault.resetShare) {
        from.resetAndDestroy()
        to.resetAndDestroy()
        return
      }
      order = order.then(() => pass(chunk, to))
    })
    from.on('error', () => to.destroy())
    from.on('close', () => void order.then(() => to.destroy()))
  }

  const server = net.createServer((client) => {
    client.on('error', () => undefined)
    if (fault.refuse) {
      client.resetAndDestroy()
      return
    }
    const upstream = net.connect({ port: target.port, host: target.host ?? '127.0.0.1', noDelay: true })
    client.setNoDelay(true)
    const pair: [net.Socket, net.Socket] = [client, upstream]
    pairs.add(pair)
    client.once('close', () => pairs.delete(pair))
    join(client, upstream, true)
    join(upstream, client, false)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const cut: FaultProxy['cut'] = (how) => {
    for (const pair of pairs)
      for (const socket of pair) how === 'reset' ? socket.resetAndDestroy() : socket.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    set: (next) => {
      fault = next
    },
    cut,
    packets: () => packets,
    connections: () => pairs.size,
    close: () => {
      cut('close')
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
