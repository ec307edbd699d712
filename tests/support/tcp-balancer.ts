import net from 'node:net'

export type Balancer = {
  port: number
  /** From now on these: what its look at `/api/ready` tells a real one. */
  use: (targets: readonly number[]) => void
  close: () => Promise<void>
}

const dial = (port: number): Promise<net.Socket> =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ host: '127.0.0.1', port, noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })

/** What stands before several processes: each connection goes to the next one that takes it. */
export const startBalancer = async (first: readonly number[]): Promise<Balancer> => {
  let targets = first
  let turn = 0
  const open = new Set<net.Socket>()

  const reach = async (): Promise<net.Socket | undefined> => {
    turn += 1
    for (let tried = 0; tried < targets.length; tried++) {
      const socket = await dial(targets[(turn + tried) % targets.length] ?? 0).catch(() => undefined)
      if (socket) return socket
    }
    return undefined
  }
  const server = net.createServer({ noDelay: true, pauseOnConnect: true }, async (client) => {
    open.add(client)
    client.once('close', () => open.delete(client))
    client.on('error', () => undefined)
    const upstream = await reach()
    if (!upstream || client.destroyed) {
      client.resetAndDestroy()
      upstream?.destroy()
      return
    }
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
    client.once('close', () => upstream.destroy())
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    use: (next) => {
      targets = next
    },
    close: () => {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
