import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { squeeze } from '../web/scripts/compress.ts'
import { serveWeb } from './web.ts'

const SHELL = `<!doctype html><title>Một Cửa</title>${'<p>Hồ sơ</p>'.repeat(200)}`
const SCRIPT = 'export const a = 1\n'.repeat(200)
let root = ''
let app: FastifyInstance

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'mot-cua-web-'))
  await mkdir(path.join(root, 'assets'))
  for (const [name, text] of [
    ['index.html', SHELL],
    ['assets/a-1.js', SCRIPT],
  ] as const) {
    const bytes = Buffer.from(text)
    await writeFile(path.join(root, name), bytes)
    await writeFile(path.join(root, `${name}.br`), await squeeze.br(bytes))
    await writeFile(path.join(root, `${name}.gz`), await squeeze.gz(bytes))
  }
  app = fastify()
  await serveWeb(app, root)
})
afterAll(async () => {
  await app.close()
  await rm(root, { recursive: true, force: true })
})

const get = (url: string, encoding?: string) =>
  app.inject({ url, headers: encoding ? { 'accept-encoding': encoding } : {} })

describe('the built screens', () => {
  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ] as const)('go out squeezed to who takes %s', async (accepted, sent, unpack) => {
    for (const [url, text] of [
      ['/assets/a-1.js', SCRIPT],
      ['/tra-cuu/H49-260421-0007', SHELL],
    ] as const) {
      const answer = await get(url, accepted)
      expect(answer.statusCode).toBe(200)
      expect(answer.headers['content-encoding']).toBe(sent)
      expect(answer.headers.vary).toMatch(/accept-encoding/i)
      expect(unpack(answer.rawPayload).toString()).toBe(text)
    }
  })
  it('go out as they are to who takes nothing else', async () => {
    const answer = await get('/')
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.body).toBe(SHELL)
    expect(answer.headers['content-type']).toMatch(/^text\/html; *charset=utf-8$/i)
  })
  it('keep hashed files for ever and ask again for the shell', async () => {
    expect((await get('/assets/a-1.js', 'br')).headers['cache-control']).toMatch(/immutable/)
    const shell = await get('/thu-tuc', 'br')
    expect(shell.headers['cache-control']).toBe('no-cache')
    const again = await app.inject({
      url: '/thu-tuc',
      headers: { 'accept-encoding': 'br', 'if-none-match': String(shell.headers.etag) },
    })
    expect(again.statusCode).toBe(304)
  })
})
