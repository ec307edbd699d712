import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { deflateSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { movableClock } from '#platform/clock/clock.ts'
import { fillMessage, platformErrors } from '#platform/errors.ts'
import { createLocalFileStore, type FileStore } from '#platform/files/store.ts'
import { createHttpServer } from '#platform/http/server.ts'
import { createLog } from '#platform/log/log.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { docx, zip } from '../../tests/support/zip.ts'
import type { StaffActor } from '../identity/contract.ts'
import { uploadFile } from './contract.ts'
import { documentErrors } from './errors.ts'
import { createDocumentRoutes, createDocuments, type DocumentsService, type Scanner } from './index.ts'

const dataFolder = path.join(import.meta.dirname, '../../data')
const clock = movableClock(new Date('2026-04-21T01:58:00Z'))
const MB = 1024 * 1024

let database: TestDatabase
let folder = ''
let files: FileStore
let documents: DocumentsService
let verdict: Awaited<ReturnType<Scanner>> = 'clean'
let app: FastifyInstance

const officer = (id: string): StaffActor => ({
  kind: 'staff',
  id,
  username: id,
  name: 'Hoàng Thị Mẫu',
  position: 'Cán bộ một cửa',
  unit: 'trung-tam-mau',
  centre: null,
  counter: null,
  grants: [],
  session: 'test',
})

beforeAll(async () => {
  database = await testDatabase()
  folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-documents-'))
  files = await createLocalFileStore(folder)
  documents = createDocuments({
    db: database.db,
    files,
    clock,
    log: createLog({ clock }),
    dataFolder,
    scanner: async () => verdict,
    quota: 5 * MB,
  })
  app = await createHttpServer({
    db: database.db,
    clock,
    routes: createDocumentRoutes(documents),
    errors: { ...platformErrors, ...documentErrors },
    authenticate: async ({ headers }) =>
      typeof headers['x-account'] === 'string' ? officer(headers['x-account']) : undefined,
    nobody: { kind: 'public' },
    publicRequestsPerMinute: 1_000,
    checkAnswers: true,
    logLevel: 'silent',
    trustProxy: false,
  })
})
afterAll(async () => {
  await app.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const pdf = (inside = '', end = '%%EOF\n') =>
  Buffer.from(`%PDF-1.7\n1 0 obj << /Type /Catalog ${inside} >> endobj\nstartxref\n9\n${end}`)
const png = (width: number) => {
  const bytes = Buffer.alloc(57)
  bytes.write('89504e470d0a1a0a0000000d49484452', 'hex')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(width, 20)
  bytes[24] = 8
  bytes.write('IDAT', 37)
  bytes.write('IEND', 49)
  return Buffer.concat([bytes, deflateSync('')])
}

type Part = { name: string; content: Buffer; field?: string }
const send = (parts: readonly Part[], account = 'a') => {
  const boundary = 'ranh-gioi'
  const payload = Buffer.concat([
    ...parts.flatMap(({ name, content, field = 'file' }) => [
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      content,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return app.inject({
    method: 'POST',
    url: '/api/files',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'x-account': account },
    payload,
  })
}
const download = (id: string, account = 'a') =>
  app.inject({ method: 'GET', url: `/api/files/${id}`, headers: { 'x-account': account } })

test('an upload comes back byte for byte to its sender, as a download that runs nowhere', async () => {
  const content = pdf()
  const sent = await send([{ name: 'Đơn đề nghị.pdf', content }])
  expect(sent.statusCode).toBe(201)
  expect(sent.json()).toMatchObject({
    name: 'Đơn đề nghị.pdf',
    size: content.length,
    mediaType: 'application/pdf',
    state: 'clean',
    sha256: createHash('sha256').update(content).digest('hex'),
    uploadedBy: 'a',
    uploadedAt: '2026-04-21T08:58:00+07:00',
  })
  const got = await download(sent.json().id)
  expect(got.statusCode).toBe(200)
  expect(got.rawPayload.equals(content)).toBe(true)
  expect(got.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="Don de nghi.pdf"; filename*=UTF-8''%C4%90%C6%A1n%20%C4%91%E1%BB%81%20ngh%E1%BB%8B.pdf`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  })
})

test('a fresh upload is nobody else’s, and looks like one that does not exist', async () => {
  const { id } = (await send([{ name: 'a.pdf', content: pdf() }])).json()
  const other = await download(id, 'b')
  const none = await download('019a0000-0000-7000-8000-000000000000')
  expect(other.statusCode).toBe(404)
  expect(other.json().code).toBe('documents.file-not-found')
  expect(none.json().code).toBe('documents.file-not-found')
  expect((await app.inject({ method: 'GET', url: `/api/files/${id}` })).statusCode).toBe(401)
})

describe('each refusal has its code, says what to do, and keeps nothing', () => {
  const big = Buffer.concat([pdf(), Buffer.alloc(51 * MB, 'A')])
  test.each<[string, number, readonly Part[]]>([
    ['documents.file-missing', 422, []],
    ['documents.file-empty', 422, [{ name: 'a.pdf', content: Buffer.alloc(0) }]],
    ['documents.file-too-large', 413, [{ name: 'a.pdf', content: big }]],
    ['documents.file-kind-refused', 415, [{ name: 'don.exe', content: Buffer.from('MZ program') }]],
    ['documents.file-wrong-extension', 422, [{ name: 'a.png', content: pdf() }]],
    ['documents.file-damaged', 422, [{ name: 'a.pdf', content: pdf('', '') }]],
    ['documents.file-encrypted', 422, [{ name: 'a.pdf', content: pdf('/Encrypt 5 0 R') }]],
    ['documents.file-active-content', 422, [{ name: 'a.pdf', content: pdf('/S /JavaScript') }]],
    ['documents.image-too-many-pixels', 422, [{ name: 'a.png', content: png(20_000) }]],
    ['documents.archive-unsafe', 422, [{ name: 'a.docx', content: docx([{ name: '../a', content: 'x' }]) }]],
    ['documents.file-kind-refused', 415, [{ name: 'a.docx', content: zip([{ name: 'a', content: 'x' }]) }]],
  ])('%s', async (code, status, parts) => {
    const answer = await send(parts, 'refused')
    expect(answer.json()).toMatchObject({ code, status })
    expect(answer.statusCode).toBe(status)
    // No placeholder of the message is left unfilled.
    expect(JSON.stringify(answer.json())).not.toMatch(/\{\w+\}/)
    const rows = await database.db
      .selectFrom('file')
      .select('id')
      .where('uploaded_by', '=', 'refused')
      .execute()
    expect(rows).toEqual([])
    expect(await readdir(path.join(folder, 'staged'))).toEqual([])
  })

  test('documents.one-file-only', async () => {
    const answer = await send([
      { name: 'a.pdf', content: pdf() },
      { name: 'b.pdf', content: pdf() },
    ])
    expect(answer.json().code).toBe('documents.one-file-only')
  })

  test('documents.file-infected', async () => {
    verdict = 'infected'
    const answer = await send([{ name: 'a.pdf', content: pdf() }])
    verdict = 'clean'
    expect(answer.json().code).toBe('documents.file-infected')
  })

  test('documents.quota-exceeded, until the day has passed', async () => {
    const filler = Buffer.concat([pdf('', ''), Buffer.alloc(MB, 'A'), Buffer.from('\nstartxref\n9\n%%EOF\n')])
    for (let i = 0; i < 5; i++) {
      const stream = Readable.from([filler])
      await documents.upload({ name: 'a.pdf', stream }, 'eager')
    }
    expect((await send([{ name: 'a.pdf', content: pdf() }], 'eager')).json().code).toBe(
      'documents.quota-exceeded',
    )
    clock.advance(25 * 3_600_000)
    expect((await send([{ name: 'a.pdf', content: pdf() }], 'eager')).statusCode).toBe(201)
    clock.set(new Date('2026-04-21T01:58:00Z'))
  })

  test('every declared code has words in both languages that name the file or the remedy', () => {
    for (const code of uploadFile.errors) {
      const { vi, en } = documentErrors[code]
      expect(vi).not.toBe(en)
      expect(fillMessage(vi, { name: 'a', limit: '1', actual: 'pdf', what: 'x', until: 'y' })).not.toMatch(
        /[{}]/,
      )
    }
  })
})

test('with the scanner away a file waits in quarantine: accepted, not served', async () => {
  verdict = 'unavailable'
  const { id, state } = (await send([{ name: 'a.pdf', content: pdf() }])).json()
  verdict = 'clean'
  expect(state).toBe('quarantined')
  expect((await download(id)).json().code).toBe('documents.file-not-ready')
})

test('identical uploads at once are several files over one object', async () => {
  const content = pdf('/Same true')
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => send([{ name: 'a.pdf', content }], 'same')),
  )
  expect(new Set(answers.map((answer) => answer.statusCode))).toEqual(new Set([201]))
  expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(12)
  expect(new Set(answers.map((answer) => answer.json().sha256)).size).toBe(1)
  const { info, stream } = await documents.open(answers[0]?.json().id)
  expect((await buffer(stream)).length).toBe(info.size)
})

test('only own uploads can be attached', async () => {
  const { id } = (await send([{ name: 'a.pdf', content: pdf() }], 'owner')).json()
  expect(await documents.attachable(database.db, [id], 'owner')).toMatchObject([{ id }])
  expect(await documents.attachable(database.db, [id], 'thief')).toEqual([])
  expect(await documents.attachable(database.db, [], 'owner')).toEqual([])
})
