import net from 'node:net'

/**
 * The bare peer of the boards, in a process of its own: what one connection says first with `say` goes as it is to all the
 * others, by one write each.
 */
const HELLO = 'say\n'
/** What the parent is told once it listens. */
export type BareReady = { port: number }
const listeners = new Set<net.Socket>()

const server = net.createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined)
  socket.once('close', () => listeners.delete(socket))
  socket.once('data', (first) => {
    if (first.toString('latin1') !== HELLO) return listeners.add(socket)
    socket.on('data', (bytes) => {
      for (const listener of listeners) listener.write(bytes)
    })
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const ready: BareReady = { port: typeof address === 'object' && address ? address.port : 0 }
  process.send?.(ready)
})
process.on('disconnect', () => process.exit())
