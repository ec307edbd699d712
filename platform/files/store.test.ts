import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLocalFileStore, FileTooLarge } from './store.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex')
const stagedNames = () => readdir(path.join(folder, 'staged'))
const objectNames = async () =>
  (await readdir(path.join(folder, 'objects'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)

test('what is kept is read back under its hash; nothing stays staged', async () => {
  const store = await createLocalFileStore(folder)
  const staged = await store.stage(Readable.from([Buffer.from('xin '), Buffer.from('chào')]), 100)
  expect(staged).toMatchObject({ size: 9, sha256: sha256('xin chào') })
  expect(await store.has(staged.sha256)).toBe(false)
  await staged.keep()
  const { size, stream } = await store.open(staged.sha256)
  expect(size).toBe(9)
  expect(await text(stream)).toBe('xin chào')
  expect(await stagedNames()).toEqual([])
})

test('twenty identical uploads at once are one object, and all of them succeed', async () => {
  const store = await createLocalFileStore(folder)
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const staged = await store.stage(Readable.from([Buffer.from('một')]), 100)
      await staged.keep()
    }),
  )
  expect(await objectNames()).toEqual([sha256('một')])
  expect(await stagedNames()).toEqual([])
})

test('too much is refused while it arrives, not after', async () => {
  const store = await createLocalFileStore(folder)
  let sent = 0
  const endless = Readable.from(
    (function* () {
      while (sent < 1_000) {
        sent += 1
        yield Buffer.alloc(1_000)
      }
    })(),
  )
  await expect(store.stage(endless, 10_000)).rejects.toBeInstanceOf(FileTooLarge)
  expect(sent).toBeLessThan(100)
  expect(await stagedNames()).toEqual([])
})

test('a broken connection leaves nothing', async () => {
  const store = await createLocalFileStore(folder)
  const broken = new Readable({
    read() {
      this.push(Buffer.from('a'))
      this.destroy(new Error('connection lost'))
    },
  })
  await expect(store.stage(broken, 100)).rejects.toThrow('connection lost')
  expect(await stagedNames()).toEqual([])
})

test('what a killed process left is swept once it is old; what is arriving now is not', async () => {
  const store = await createLocalFileStore(folder)
  const left = path.join(folder, 'staged', 'left-by-a-killed-process')
  await writeFile(left, 'half')
  await utimes(left, new Date('2026-01-01'), new Date('2026-01-01'))
  const arriving = await store.stage(Readable.from([Buffer.from('now')]), 100)
  expect(await store.sweep(new Date('2026-01-02'))).toBe(1)
  await arriving.keep()
  expect(await store.has(arriving.sha256)).toBe(true)
})

test('a name that is not a hash never becomes a path', async () => {
  const store = await createLocalFileStore(folder)
  await expect(store.open('../../etc/passwd')).rejects.toThrow('not a sha256')
})
