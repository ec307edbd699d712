import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FaultProxy, startFaultProxy } from './tcp-proxy.ts'

let echo: net.Server
let proxy: FaultProxy
beforeAll(async () => {
  echo = net.createServer((socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  proxy = await startFaultProxy({ port: (echo.address() as net.AddressInfo).port }) // a listening TCP server has one
})
beforeEach(() => proxy.set({}))
afterAll(async () => {
  await proxy.close()
  await new Promise((resolve) => echo.close(resolve))
})

const open = (): Promise<net.Socket> =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ port: proxy.port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
const answerTo = (socket: net.Socket, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.length < text.length) return
      socket.off('data', listen)
      resolve(said)
    }
    socket.on('data', listen)
    socket.once('error', reject)
    socket.write(text)
  })

describe('the proxy of faults', () => {
  test('passes what it gets', async () => {
    const socket = await open()
    expect(await answerTo(socket, 'xin chào')).toHaveLength('xin chào'.length)
    socket.destroy()
  })
  test('delays each way and keeps the order', async () => {
    proxy.set({ delayMs: 100 })
    const socket = await open()
    const started = performance.now()
    const first = answerTo(socket, 'abcdefgh')
    expect(await first).toBe('abcdefgh')
    expect(performance.now() - started).toBeGreaterThan(190)
    socket.destroy()
  })
  test('drips', async () => {
    proxy.set({ dripBytes: 1 })
    const socket = await open()
    const started = performance.now()
    expect(await answerTo(socket, '0123456789')).toBe('0123456789')
    expect(performance.now() - started).toBeGreaterThan(90)
    socket.destroy()
  })
  test('swallows without a word, and the connection stays', async () => {
    const socket = await open()
    await answerTo(socket, 'a')
    proxy.set({ silent: true })
    const answered = await Promise.race([answerTo(socket, 'b'), sleep(300).then(() => 'nothing')])
    expect(answered).toBe('nothing')
    expect(socket.destroyed).toBe(false)
    socket.destroy()
  })
  test('resets a share of the packets', async () => {
    proxy.set({ resetShare: 1 })
    const socket = await open()
    await expect(answerTo(socket, 'a')).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
  test('refuses, and cuts what is there', async () => {
    const socket = await open()
    await answerTo(socket, 'a')
    const ended = new Promise((resolve) => socket.once('close', resolve))
    socket.once('error', () => undefined)
    proxy.cut('reset')
    await ended
    proxy.set({ refuse: true })
    // The reset may come with the connection or with the first answer.
    const refused = open().then((one) => answerTo(one, 'a'))
    await expect(refused).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
})
