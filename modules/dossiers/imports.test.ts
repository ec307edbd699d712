import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIds } from '#platform/log/bulk-ids.ts'
import { toRow } from '#platform/log/event.ts'
import { createSealer } from '#platform/log/sealer.ts'
import { temporarySigningKey } from '#platform/log/signing-key.ts'
import { verifyLog } from '#platform/log/verify/verify.ts'
import { searchTokens } from '#platform/text/fold.ts'
import { asked, viewOf } from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import type { DossierImport } from './contract.ts'
import { createImportedEvents, createTokenizer } from './service/history-rows.ts'
import type { HistoryImport } from './service/import-history.ts'

let province: Province
let imports: HistoryImport
let folder: string
beforeAll(async () => {
  province = await aProvince()
  if (!province.services.imports) throw new Error('a province has connections for imports')
  imports = province.services.imports
  folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-imports-'))
})
afterAll(async () => {
  await province.close()
  await rm(folder, { recursive: true, force: true })
})

type Line = Record<string, string>
const aLine = (n: number, more: Line = {}): Line => ({
  code: `H49-2305${String((n % 28) + 1).padStart(2, '0')}-${String(n).padStart(4, '0')}`,
  procedure: '2.000815',
  state: 'RETURNED',
  receivingCentre: 'tthcc-ha-long',
  resolvingUnit: 'tu-phap-ha-long',
  receivedAt: '2023-05-12 08:30',
  dueAt: '2023-05-15 17:00',
  completedAt: '2023-05-15 10:00',
  returnedAt: '2023-05-16 09:00',
  ownerName: `Mẫu Thị Ánh ${n}`,
  ownerId: `000${String(n).padStart(9, '0')}`,
  resultNumber: String(n),
  ...more,
})
const jsonl = (lines: readonly Line[]): string => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
const csv = (lines: readonly Line[], separator = ','): string => {
  const names = [...new Set(lines.flatMap((line) => Object.keys(line)))]
  const quoted = (text: string) => (/["\n,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return [names, ...lines.map((line) => names.map((name) => line[name] ?? ''))]
    .map((cells) => cells.map(quoted).join(separator))
    .join('\r\n')
}

let files = 0
const run = async (
  text: string,
  { dryRun = false, signal = undefined as AbortSignal | undefined, onProgress = () => {} } = {},
) => {
  files += 1
  const file = path.join(folder, `${files}.txt`)
  await writeFile(file, text)
  const actor = { kind: 'system', id: null, name: 'Nhập thử' } as const
  const request = { file, name: 'cu.csv', dryRun, actor, onProgress, ...(signal ? { signal } : {}) }
  return imports.run(await imports.open(request), request)
}
const rejected = async (id: string) => imports.rejections(id, 0, 1_000)
const supervisor = () => province.actor('SUPERVISOR')
const find = async (q: string) =>
  (await province.services.dossiers.list({ q, limit: 50 }, asked(supervisor()))).items

describe('a file of ended dossiers', () => {
  test.each([
    ['JSON lines', 1_000, (lines: readonly Line[]) => jsonl(lines)],
    ['CSV', 2_000, (lines: readonly Line[]) => csv(lines)],
    ['CSV of a Vietnamese spreadsheet', 3_000, (lines: readonly Line[]) => `\uFEFF${csv(lines, ';')}`],
  ])('%s: every dossier is there, found, counted, and has one event', async (_format, from, write) => {
    const lines = Array.from({ length: 40 }, (_, i) =>
      aLine(from + i, i === 3 ? { ownerName: 'Mẫu "Ba", Thị Lựu', note: 'hai\ndòng; thế' } : {}),
    )
    const done = await run(write(lines))
    expect([done.state, done.accepted, done.rejected]).toEqual(['done', 40, 0])
    const code = lines[3]?.code ?? ''
    expect((await find('lựu')).map((one) => one.code)).toContain(code)
    const view = await viewOf(province, code)
    expect(view).toMatchObject({
      state: 'RETURNED',
      owner: 'Mẫu "Ba", Thị Lựu',
      due: '2023-05-15T17:00:00+07:00',
      pace: 'ON_TIME',
      result: { number: String(from + 3), date: '2023-05-15' },
      process: null,
      actions: expect.not.arrayContaining([expect.objectContaining({ action: 'withdraw' })]),
    })
    expect(view.timeline.map(({ type }) => type)).toEqual(['dossier-imported'])
    const row = await province.db
      .selectFrom('dossier')
      .select(['import_id', 'import_line', 'note'])
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ import_id: done.id, note: 'hai\ndòng; thế' })
  })

  test('units of another time are those of today, and the log keeps what the file said', async () => {
    const { tree } = province
    const ended = [...tree.successorsOf.keys()].find((id) => tree.units.get(id)?.validTo)
    const named = aLine(4_000, { resolvingUnit: 'Sở Tư pháp', receivingCentre: 'tthcc-tinh' })
    const done = await run(jsonl([named, ...(ended ? [aLine(4_001, { resolvingUnit: ended })] : [])]))
    expect(done.rejected).toBe(0)
    expect((await viewOf(province, named.code ?? '')).resolvingUnit.id).toBe('so-tu-phap')
  })

  test('a bad line is told by number and reason, the others go in', async () => {
    const lines = [
      aLine(5_000),
      aLine(5_001, { state: 'PROCESSING' }),
      aLine(5_002, { procedure: '9.999999' }),
      aLine(5_003, { receivingCentre: 'cho-Dong-Xuan' }),
      aLine(5_004),
    ]
    const done = await run(`${jsonl(lines.slice(0, 2))}{không phải\n${jsonl(lines.slice(2))}{"mã":"x"}\n`)
    expect([done.accepted, done.rejected]).toEqual([2, 5])
    expect(await rejected(done.id)).toEqual([
      {
        line: 2,
        code: lines[1]?.code,
        reason: expect.stringContaining('state: "PROCESSING" chưa phải trạng thái kết thúc'),
      },
      { line: 3, code: '', reason: 'không phải JSON' },
      { line: 4, code: lines[2]?.code, reason: 'procedure: không có thủ tục 9.999999 trong danh mục' },
      {
        line: 5,
        code: lines[3]?.code,
        reason: expect.stringContaining('receivingCentre: không có đơn vị "cho-Dong-Xuan"'),
      },
      { line: 7, code: '', reason: 'trường "mã" không có trong mẫu' },
    ])
  })

  test('nothing comes in twice: within a file, from another file, or because its number is taken', async () => {
    const first = aLine(6_000)
    await run(jsonl([first]))
    const done = await run(jsonl([aLine(6_001), aLine(6_001), first, aLine(6_002, { resultNumber: '6000' })]))
    expect([done.accepted, done.rejected]).toEqual([1, 3])
    expect((await rejected(done.id)).map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'code: trùng mã với dòng 1 của tệp này'],
      [3, 'code: mã hồ sơ đã có trong hệ thống'],
      [4, 'resultNumber: số 6000 năm 2023 của cơ quan này đã có trong sổ kết quả'],
    ])
  })

  test('the same file again is the same import and changes nothing', async () => {
    const text = jsonl([aLine(7_000), aLine(7_001)])
    const first = await run(text)
    const second = await run(text)
    expect([second.id, second.accepted, second.finished_at]).toEqual([first.id, 2, first.finished_at])
  })

  test('a check writes no dossier and says what an import would', async () => {
    const lines = [aLine(8_000), aLine(8_001, { ownerName: '' }), aLine(8_000)]
    const checked = await run(jsonl(lines), { dryRun: true })
    expect([checked.state, checked.accepted, checked.rejected]).toEqual(['done', 1, 2])
    expect(await find(lines[0]?.code ?? '')).toEqual([])
    const again = await run(jsonl(lines), { dryRun: true })
    expect([again.id, again.rejected]).toEqual([checked.id, 2])
    const done = await run(jsonl(lines))
    expect([done.accepted, done.rejected]).toEqual([1, 2])
    expect(await rejected(done.id)).toEqual(await rejected(checked.id))
  })

  test('broken off and sent again: goes on, and each line counts once', async () => {
    const lines = Array.from({ length: 9_000 }, (_, i) =>
      aLine(100_000 + i, { note: 'x'.repeat(200), resultNumber: '' }),
    )
    const text = jsonl(lines)
    const stopping = new AbortController()
    let parts = 0
    const broken = run(text, {
      signal: stopping.signal,
      onProgress: () => {
        parts += 1
        if (parts === 2) stopping.abort()
      },
    })
    await expect(broken).rejects.toThrow()
    const kept = await province.db
      .selectFrom('dossier')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('code', '>=', 'H49-230501-100000')
      .where('note', '=', 'x'.repeat(200))
      .executeTakeFirstOrThrow()
    expect(kept.count).toBeGreaterThan(0)
    expect(kept.count).toBeLessThan(9_000)
    const done = await run(text)
    expect([done.accepted, done.rejected, done.done_lines]).toEqual([9_000, 0, 9_000])
    const events = await province.db
      .selectFrom('event')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('type', '=', 'dossier-imported')
      .where('body', 'like', `%${done.id}%`)
      .executeTakeFirstOrThrow()
    expect(events.count).toBe(9_000)
  })

  test('two at once on one file: one imports it, the other is told', async () => {
    const text = jsonl(Array.from({ length: 500 }, (_, i) => aLine(20_000 + i, { resultNumber: '' })))
    const results = await Promise.allSettled([run(text), run(text)])
    const refused = results.filter((one) => one.status === 'rejected')
    for (const { reason } of refused) expect(reason.code).toBe('dossiers.import-running')
    expect(refused.length).toBeLessThan(2)
    const found = await province.db
      .selectFrom('dossier')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('owner_name', 'like', 'Mẫu Thị Ánh 20___')
      .executeTakeFirstOrThrow()
    expect(found.count).toBe(500)
  })

  test('numbers that came with the file are not given out again', async () => {
    const today = '2026-04-21'
    await run(
      jsonl([
        aLine(1, {
          code: 'H49-260421-0900',
          receivedAt: `${today} 07:30`,
          completedAt: `${today} 07:40`,
          returnedAt: `${today} 07:50`,
          dueAt: '',
          resultNumber: '77',
        }),
      ]),
    )
    const { last } = await province.db
      .selectFrom('dossier_code_counter')
      .select('last')
      .where('identifier', '=', 'H49')
      .where('day', '=', today)
      .executeTakeFirstOrThrow()
    expect(last).toBe(900)
    const register = await province.db
      .selectFrom('result_number_counter')
      .select('last')
      .where('year', '=', 2026)
      .executeTakeFirstOrThrow()
    expect(register.last).toBe(77)
  })

  test('the log is whole: every event in its place, and the next checkpoint vouches for it', async () => {
    const key = temporarySigningKey()
    await createSealer({ db: province.db, signingKey: key }).sealAll()
    const { findings } = await verifyLog({ url: province.url, keys: [{ id: key.id, key: key.publicKey }] })
    expect(findings).toEqual([])
  })
})

describe('by API', () => {
  const administrator = () => province.actor('SYSTEM_ADMIN')
  const send = (purpose: string, text: string) =>
    province.call(
      administrator(),
      'POST',
      `/dossier-imports/${purpose}`,
      `--b\r\nContent-Disposition: form-data; name="file"; filename="cu.jsonl"\r\nContent-Type: application/x-ndjson\r\n\r\n${text}\r\n--b--\r\n`,
      { 'content-type': 'multipart/form-data; boundary=b' },
    )
  test('check, run, look how far, read the reasons', async () => {
    const lines = [aLine(30_000), aLine(30_001, { code: 'x' })]
    const checked = await send('check', jsonl(lines))
    expect(checked.statusCode).toBe(201)
    await province.services.importService?.idle()
    const sent = (await send('run', jsonl(lines))).json<DossierImport>()
    expect(sent).toMatchObject({ file: 'cu.jsonl', format: 'jsonl', dryRun: false })
    await province.services.importService?.idle()
    const done = (
      await province.call(administrator(), 'GET', `/dossier-imports/${sent.id}`)
    ).json<DossierImport>()
    expect(done).toMatchObject({ state: 'done', accepted: 1, rejected: 1, doneBytes: done.size })
    const reasons = await province.call(administrator(), 'GET', `/dossier-imports/${sent.id}/rejections`)
    expect(reasons.json()).toEqual({
      items: [{ line: 2, code: 'x', reason: expect.stringContaining('code:') }],
      next: null,
    })
    const all = (await province.call(administrator(), 'GET', '/dossier-imports')).json<{
      items: DossierImport[]
    }>()
    expect(all.items.map(({ id }) => id)).toEqual(
      expect.arrayContaining([sent.id, checked.json<DossierImport>().id]),
    )
  })
  test('what is no file of dossiers is refused in words', async () => {
    const refused = await send('run', 'a,b\n1,2\n')
    await province.services.importService?.idle()
    expect(refused.statusCode).toBe(422)
    expect(refused.json<{ detail: string }>().detail).toContain('Cột không có trong mẫu: a, b')
  })
})

describe('shortcuts of a bulk load make what the house makes', () => {
  test('tokens', () => {
    const tokensOf = createTokenizer()
    for (const name of [
      'Đặng Thị Ánh Tuyết',
      'Công ty TNHH MTV A-B (1)',
      'NULL',
      'nguyễn  văn\tan',
      'D’Arcy',
      '',
    ])
      expect(tokensOf(name)).toEqual(searchTokens(name))
  })
  test('events', () => {
    const now = new Date('2026-04-21T08:00:00.123Z')
    const actor = { kind: 'staff', id: '0199', name: 'Nguyễn "Ví" Dụ' } as const
    const newId = createIds()
    for (const former of [undefined, { resolvingUnit: 'so-noi-vu-cu', receivingCentre: 'tthcc-cu' }]) {
      const made = createImportedEvents(
        { id: 'f0', now, actor },
        newId,
      )({
        dossier: 'd0',
        code: 'H49-1',
        line: 7,
        procedure: '1.0',
        received: now.toISOString(),
        state: 'RETURNED',
        former,
      })
      const data = {
        code: 'H49-1',
        import: 'f0',
        line: 7,
        procedure: '1.0',
        received: now.toISOString(),
        state: 'RETURNED',
        former,
      }
      expect(made).toEqual(
        toRow(
          { type: 'dossier-imported', at: now, actor, subject: { kind: 'dossier', id: 'd0' }, data },
          made.id,
        ),
      )
    }
  })
  test('ids are different, in order, and of version 7', () => {
    const newId = createIds(() => 1_700_000_000_000)
    const ids = Array.from({ length: 20_000 }, newId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
    expect(
      ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true)
  })
})
