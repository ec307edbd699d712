import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { movableClock } from '#platform/clock/clock.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { platformErrors } from '#platform/errors.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { createHttpServer } from '#platform/http/server.ts'
import { createLog } from '#platform/log/log.ts'
import { createTrials } from '#platform/papers/trial.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { readPdf } from '../../tests/support/pdf.ts'
import type { Role, StaffActor } from '../identity/contract.ts'
import * as contract from './contract.ts'
import { documentErrors } from './errors.ts'
import { paperExamples } from './examples.ts'
import { createDocumentRoutes, createDocuments, type DocumentsService } from './index.ts'

const dataFolder = path.join(import.meta.dirname, '../../data')
const clock = movableClock(new Date('2026-04-21T01:58:00Z'))

let database: TestDatabase
let folder = ''
let documents: DocumentsService
let app: FastifyInstance

/** Accounts of the tests: `author` and `checker` administer the catalogue, `clerk` does not. */
const officer = (id: string): StaffActor => {
  const role: Role = id === 'clerk' ? 'RECEPTION' : 'CATALOG_ADMIN'
  return {
    kind: 'staff',
    id,
    username: id,
    name: `Nguyễn Văn ${id}`,
    position: 'Chuyên viên',
    unit: 'trung-tam-mau',
    centre: null,
    counter: null,
    grants: [{ role, scope: 'province', unit: null }],
    session: 'test',
  }
}

const makeDocuments = () =>
  createLocalFileStore(folder).then((files) =>
    createDocuments({
      db: database.db,
      files,
      clock,
      log: createLog({ clock }),
      dataFolder,
      scanner: null,
    }),
  )

beforeAll(async () => {
  database = await testDatabase()
  folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-templates-'))
  documents = await makeDocuments()
  await documents.registerTemplates(database.db)
  app = await createHttpServer({
    db: database.db,
    clock,
    routes: createDocumentRoutes(documents),
    errors: { ...platformErrors, ...documentErrors },
    authenticate: async ({ headers }) => officer(String(headers['x-account'])),
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

const ask = (method: 'GET' | 'POST', url: string, account: string, payload?: object) =>
  app.inject({
    method,
    url: `/api/paper-templates${url}`,
    headers: { 'x-account': account },
    ...(payload ? { payload } : {}),
  })
const get = (url: string, account = 'author') => ask('GET', url, account)
const post = (url: string, payload: object, account = 'author') => ask('POST', url, account, payload)

const legalBasis = { document: 'Quyết định 00/2026/QĐ-UBND', wordingFrom: 'Phụ lục kèm theo quyết định' }
/** The shipped text of a form with a sentence of the province in it. */
const changedText = async (kind: contract.PaperKind, sentence: string): Promise<string> =>
  (await get(`/${kind}/versions/1/source`)).body.replace(
    '  person(paper)\n',
    `  person(paper)\n  [${sentence}]\n  parbreak()\n`,
  )
const drafted = async (kind: contract.PaperKind, sentence: string, account = 'author'): Promise<number> => {
  const answer = await post(
    `/${kind}/versions`,
    { source: await changedText(kind, sentence), legalBasis },
    account,
  )
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json().version
}
const publish = (kind: contract.PaperKind, version: number, effectiveFrom: string, account = 'checker') =>
  post(`/${kind}/versions/${version}/publish`, { effectiveFrom, decisionNumber: '00/QĐ-UBND' }, account)
const withdraw = (kind: contract.PaperKind, version: number) =>
  post(`/${kind}/versions/${version}/withdraw`, { reason: 'Ban hành nhầm' }, 'checker')
const textAt = async (kind: 'form-02' | 'form-03', issuedAt: string): Promise<string> =>
  (await readPdf(await documents.renderPaper(kind, { ...paperExamples[kind], issuedAt }))).text

describe('the list of forms', () => {
  test('names each form with its legal basis and the version in force', async () => {
    const { items } = (await get('')).json()
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual([...contract.PAPER_KINDS])
    for (const item of items) {
      expect(item.inForce.version).toBe(1)
      expect(item.legalBasis.document).toMatch(/^(Thông tư|Nghị định)/)
    }
  })

  test('shows a form’s versions, what a template is given, its text and its previews', async () => {
    const form = (await get('/form-02')).json()
    expect(form.versions).toMatchObject([{ version: 1, shipped: true, state: 'published', mine: false }])
    expect(form.values).toMatchObject({ code: 'H49.05.12-260421-0007', number: '15/HDHS' })
    const source = await get('/form-02/versions/1/source')
    expect(source.headers['content-type']).toContain('text/plain')
    expect(source.body).toContain('PHIẾU YÊU CẦU BỔ SUNG')
    for (const example of contract.PaperExample.options) {
      const preview = await get(`/form-02/versions/1/preview?example=${example}`)
      expect(preview.headers['content-type']).toContain('application/pdf')
      const pdf = await readPdf(preview.rawPayload)
      expect(pdf.text).toContain('PHIẾU YÊU CẦU BỔ SUNG')
      expect(pdf.pages.length).toBe(example === 'long' ? 2 : 1)
    }
  })

  test('is nobody’s but the administrators of the catalogue', async () => {
    const calls = [
      get('', 'clerk'),
      get('/form-02', 'clerk'),
      get('/form-02/versions/1/source', 'clerk'),
      get('/form-02/versions/1/preview', 'clerk'),
      post('/form-02/versions', { source: 'x', legalBasis }, 'clerk'),
      publish('form-02', 1, '2026-05-01', 'clerk'),
      post('/form-02/versions/1/withdraw', { reason: 'Thử xem' }, 'clerk'),
    ]
    for (const answer of await Promise.all(calls)) expect(answer.json().code).toBe('platform.forbidden')
  })

  test('of a version that does not exist says so', async () => {
    const calls = [
      get('/form-02/versions/99/source'),
      get('/form-02/versions/99/preview'),
      publish('form-02', 99, '2026-05-01'),
      withdraw('form-02', 99),
    ]
    for (const answer of await Promise.all(calls))
      expect(answer.json().code).toBe('documents.unknown-template')
    expect((await get('/form-99')).statusCode).toBe(422)
  })
})

describe('an upload is tried out first', () => {
  const refused = async (source: string) => {
    const answer = (await post('/form-03/versions', { source, legalBasis })).json()
    return { ...answer, problems: answer.problems ?? answer.details?.problems }
  }
  const head = '#import "common.typ": *\n'

  test.each([
    ['an unknown name', `${head}\n#print-all(paper => [#paper.code])\n#nothing(1)`, 4, 'unknown variable'],
    ['an open bracket', `${head}#print-all(paper => [`, 2, 'unclosed delimiter'],
    ['a value that the paper has not', `${head}#print-all(paper => {\n  paper.shoe-size\n})`, 3, 'shoe-size'],
    ['an endless loop', `${head}#{ while true { } }`, 2, 'always true'],
  ])('%s is named with its line', async (_what, source, line, message) => {
    const { code, detail, problems } = await refused(source)
    expect(code).toBe('documents.template-broken')
    expect(problems[0]).toMatchObject({ file: 'main.typ', line })
    expect(problems[0].message).toContain(message)
    expect(JSON.stringify(detail ?? '')).toContain(`dòng ${line}`)
  })

  test.each([
    ['#import "@preview/cetz:0.3.0": *', 'import'],
    ['#include "/etc/passwd"', 'include'],
    ['#eval("1 + 1")', 'eval'],
    ['#dictionary(std).at("ev" + "al")("1")', 'std'],
    ['#plugin("x.wasm")', 'plugin'],
  ])('%s reaches beyond the template and is refused', async (line, word) => {
    const { code, detail } = await refused(`${head}\n${line}`)
    expect(code).toBe('documents.template-forbidden-word')
    expect(detail).toContain('Dòng 3')
    expect(detail).toContain(`"${word}"`)
  })

  test('files of the server cannot be read', async () => {
    for (const path of ['/etc/passwd', '../../../../etc/passwd', 'main.typ/../../../etc/passwd']) {
      const { code, problems } = await refused(`${head}#print-all(paper => read("${path}"))`)
      expect(code).toBe('documents.template-broken')
      expect(problems[0].message).toMatch(/file not found|access denied|outside/)
    }
  })

  test('a template that needs too much is ended', { timeout: 60_000 }, async () => {
    const trials = createTrials({ fonts: path.join(dataFolder, 'fonts'), seconds: 4, megabytes: 500 })
    const run = (body: string) =>
      trials.run({ files: { 'main.typ': body }, main: 'main.typ', prints: [[{}]] })
    const started = performance.now()
    expect(await run('#for i in range(100000000) [x#i ]')).toEqual({ outcome: 'too-heavy' })
    expect(performance.now() - started).toBeLessThan(20_000)
    const far =
      '#{ let n = 0; for i in range(2000) { for j in range(2000) { for k in range(2000) { n += 1 } } }; n }'
    expect(await run(far)).toEqual({ outcome: 'too-heavy' })
    expect(await run('ngắn')).toMatchObject({ outcome: 'printed' })
  })

  test('no package is fetched from anywhere, even past the forbidden words', {
    timeout: 30_000,
  }, async () => {
    const trials = createTrials({ fonts: path.join(dataFolder, 'fonts') })
    const body = '#import "@preview/cetz:0.3.0": *'
    expect(await trials.run({ files: { 'main.typ': body }, main: 'main.typ', prints: [[{}]] })).toMatchObject(
      {
        outcome: 'broken',
        problems: [{ line: 1, message: expect.stringContaining('failed to download') }],
      },
    )
  })

  test('the same text again is no new version', async () => {
    const source = (await get('/form-03/versions/1/source')).body
    expect((await post('/form-03/versions', { source, legalBasis })).json().code).toBe(
      'documents.template-unchanged',
    )
  })
})

describe('a decision of the province is a new version', () => {
  test('from its day on papers are printed with it; papers of the days before as before', async () => {
    const version = await drafted('form-02', 'Theo quyết định mới của tỉnh.')
    // Not before somebody else has published it.
    expect(await textAt('form-02', '2026-05-04T08:00:00+07:00')).not.toContain('quyết định mới')
    expect((await publish('form-02', version, '2026-05-01', 'author')).json().code).toBe(
      'documents.template-same-person',
    )
    expect((await publish('form-02', version, '2026-05-01')).json()).toMatchObject({
      state: 'published',
      effectiveFrom: '2026-05-01',
      publisher: 'Nguyễn Văn checker',
    })
    expect(await textAt('form-02', '2026-04-30T23:59:00+07:00')).not.toContain('quyết định mới')
    expect(await textAt('form-02', '2026-05-01T00:00:00+07:00')).toContain('Theo quyết định mới của tỉnh.')
    const { items } = (await get('')).json()
    expect(items.find(({ kind }: { kind: string }) => kind === 'form-02')).toMatchObject({
      inForce: { version: 1 },
      next: { version, effectiveFrom: '2026-05-01' },
      drafts: 0,
    })
    // Once published it is neither published again nor is another one put on its day.
    expect((await publish('form-02', version, '2026-06-01')).json().code).toBe(
      'documents.template-not-a-draft',
    )
    const other = await drafted('form-02', 'Một quyết định khác.')
    expect((await publish('form-02', other, '2026-05-01')).json().code).toBe('documents.template-day-taken')
    expect((await publish('form-02', other, '2026-04-20')).json().code).toBe('documents.template-in-past')
    // A paper issued with it stays, also when the version is withdrawn.
    const subject = { kind: 'dossier', id: 'withdrawn-later' }
    clock.set(new Date('2026-05-04T02:00:00Z'))
    const issued = await inTransaction(database.db, (tx) =>
      documents.issuePaper(tx, {
        kind: 'form-02',
        subject,
        unit: 'tthcc-mau',
        data: { ...paperExamples['form-02'], issuedAt: '2026-05-04T09:00:00+07:00' },
        at: clock.now(),
        by: { id: 'a', name: 'A' },
      }),
    )
    expect((await withdraw('form-02', version)).json()).toMatchObject({ state: 'withdrawn' })
    expect((await withdraw('form-02', version)).json().code).toBe('documents.template-already-withdrawn')
    expect(await textAt('form-02', '2026-05-04T09:00:00+07:00')).not.toContain('quyết định mới')
    const printed = await documents.printIssued(database.db, { subject, id: issued.id, by: 'a' })
    expect((await readPdf(printed)).text).toContain('Theo quyết định mới của tỉnh.')
    clock.set(new Date('2026-04-21T01:58:00Z'))
  })

  test('the last version left is not withdrawn, nor one that another followed; a draft is', async () => {
    expect((await withdraw('form-03', 1)).json().code).toBe('documents.template-nothing-before')
    const version = await drafted('form-03', 'Bản sau.')
    expect((await publish('form-03', version, '2026-05-01')).statusCode).toBe(200)
    expect((await withdraw('form-03', 1)).json().code).toBe('documents.template-not-the-last')
    const draft = await drafted('form-03', 'Bản nháp.')
    expect((await withdraw('form-03', draft)).json()).toMatchObject({ state: 'withdrawn' })
    expect((await withdraw('form-03', version)).statusCode).toBe(200)
    expect(await textAt('form-03', '2026-05-04T08:00:00+07:00')).not.toContain('Bản sau.')
  })

  test('of two who publish at once for the same day one is refused', async () => {
    const [one, two] = [await drafted('result-error', 'Một.'), await drafted('result-error', 'Hai.')]
    const answers = await Promise.all([
      publish('result-error', one, '2026-06-01'),
      publish('result-error', two, '2026-06-01'),
    ])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    const { versions } = (await get('/result-error')).json()
    expect(versions.filter(({ state }: { state: string }) => state === 'published')).toHaveLength(2)
  })

  test('uploads at once get numbers of their own', async () => {
    const numbers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => drafted('form-05', `Bản ${name}.`)))
    expect([...numbers].sort()).toEqual([2, 3, 4, 5])
  })

  test('each change is in the log, with who and which version', async () => {
    const events = await createLog({ clock }).timeline(database.db, {
      kind: 'paper-template',
      id: 'result-error',
    })
    expect(events.map(({ type, actor }) => [type, actor.id])).toEqual([
      ['paper-template-drafted', 'author'],
      ['paper-template-drafted', 'author'],
      ['paper-template-published', 'checker'],
    ])
  })
})

describe('what is shipped', () => {
  const rows = () =>
    database.db.selectFrom('paper_template').selectAll().orderBy('kind').orderBy('version').execute()

  test('registered again, from two processes at once, changes nothing', async () => {
    const before = await rows()
    const other = await makeDocuments()
    await Promise.all([documents.registerTemplates(database.db), other.registerTemplates(database.db)])
    expect(await rows()).toEqual(before)
  })
})

test('every refusal of templates is declared, with words in both languages', () => {
  const declared = new Set<string>(
    Object.values(contract).flatMap((one) =>
      typeof one === 'object' && one !== null && 'errors' in one && Array.isArray(one.errors)
        ? one.errors
        : [],
    ),
  )
  for (const code of Object.keys(documentErrors)) expect(declared.has(code), code).toBe(true)
})
