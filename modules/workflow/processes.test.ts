import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffActor } from '#modules/identity/contract.ts'
import { platformErrors, Refusal } from '#platform/errors.ts'
import { createHttpServer } from '#platform/http/server.ts'
import { createLog } from '#platform/log/log.ts'
import { workflowErrors } from './errors.ts'
import { createWorkflowRoutes } from './routes.ts'
import { standardProcess } from './rules.ts'
import { an, MORNING, places, processAdmin, workflowBench } from './workflow.fixture.ts'

const author = processAdmin('author', 'Minh Họa Soạn')
const approver = processAdmin('approver', 'Minh Họa Duyệt')
const clerk: StaffActor = {
  ...author,
  id: 'clerk',
  grants: [{ role: 'CLERK', scope: 'unit', unit: 'vp-ubnd' }],
}

let bench: Awaited<ReturnType<typeof workflowBench>>
let app: FastifyInstance
let actor: StaffActor | undefined = author
beforeAll(async () => {
  bench = await workflowBench({ fourEyes: true })
  app = await createHttpServer({
    db: bench.db,
    clock: bench.clock,
    routes: createWorkflowRoutes(bench.service),
    errors: { ...platformErrors, ...workflowErrors },
    authenticate: async () => actor,
    nobody: { kind: 'public' },
    publicRequestsPerMinute: 10_000,
    checkAnswers: true,
    logLevel: 'silent',
    trustProxy: false,
  })
})
afterAll(async () => {
  await app.close()
  await bench.drop()
})

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
const draft = async (key: string, limitHours: number) => {
  const xml = await standardProcess({ limitHours, name: `Quy trình ${key}` })
  return bench.service.importProcess({ xml, key }, author)
}
const publish = (id: string, effectiveFrom = '2026-01-01', by = approver) =>
  bench.service.publishProcessVersion({ id, decisionNumber: '118/QĐ-UBND', effectiveFrom }, by)

describe('a version’s life', () => {
  it('is imported as a draft, published by another administrator, withdrawn, and told in the log', async () => {
    const imported = await draft('life', 8)
    expect(imported).toMatchObject({
      key: 'life',
      version: 1,
      state: 'draft',
      stepCount: 5,
      totalHours: 8,
      limitHours: 8,
    })
    expect(await codeOf(publish(imported.id, '2026-01-01', author))).toBe('workflow.four-eyes')
    const published = await publish(imported.id)
    expect(published).toMatchObject({
      state: 'published',
      approvedBy: approver.name,
      effectiveFrom: '2026-01-01',
    })
    expect(await codeOf(publish(imported.id))).toBe('workflow.not-a-draft')
    const withdrawn = await bench.service.withdrawProcessVersion({ id: imported.id }, approver)
    expect(withdrawn).toMatchObject({ state: 'withdrawn', effectiveTo: '2026-04-20' })
    expect(await codeOf(bench.service.withdrawProcessVersion({ id: imported.id }, approver))).toBe(
      'workflow.not-published',
    )
    const events = await createLog().timeline(bench.db, { kind: 'process-version', id: imported.id })
    expect(events.map(({ type }) => type)).toEqual([
      'process-imported',
      'process-published',
      'process-withdrawn',
    ])
  })

  it('keeps running instances on it when the next one is published', async () => {
    const { service, db, clock } = bench
    const one = await draft('next', 8)
    await publish(one.id, '2026-01-01')
    const first = (await service.versionsInForce(db, ['next'], '2026-04-21')).get('next') ?? ''
    const { task } = await bench.start(first)
    const two = await draft('next', 40)
    expect(two.version).toBe(2)
    await publish(two.id, '2026-04-21')
    expect((await service.versionsInForce(db, ['next'], '2026-04-20')).get('next')).toBe(one.id)
    expect((await service.versionsInForce(db, ['next'], '2026-04-21')).get('next')).toBe(two.id)
    clock.set(MORNING)
    // The old version has no step for the head of section; a dossier that starts now passes it.
    expect(await bench.move({ task: task.id, by: an, at: MORNING, act: bench.all })).toMatchObject([
      { opened: [{ step: 'appraise', dueAt: new Date(MORNING.getTime() + 3 * 3_600_000) }] },
    ])
    const { task: fresh } = await bench.start(two.id)
    expect(await bench.move({ task: fresh.id, by: an, at: MORNING, act: bench.all })).toMatchObject([
      { opened: [{ step: 'assign', unit: places.resolvingAgency }] },
    ])
  })

  it('takes effect on a day that no other version took, also of two published at once', async () => {
    const drafts = [await draft('day', 8), await draft('day', 16)]
    const results = await Promise.allSettled(drafts.map(({ id }) => publish(id, '2026-05-01')))
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({
      code: 'workflow.effective-date-taken',
      details: { date: '2026-05-01' },
    })
  })

  it('is imported once, and numbered without a gap, however many import at once', async () => {
    const xmls = await Promise.all(
      [8, 16, 24, 40].map((limitHours) => standardProcess({ limitHours, name: 'Nhiều' })),
    )
    const imports = [...xmls, ...xmls].map((xml) => bench.service.importProcess({ xml, key: 'many' }, author))
    const versions = (await Promise.all(imports)).map(({ version }) => version)
    expect(new Set(versions)).toEqual(new Set([1, 2, 3, 4]))
  })

  it('is only for process administrators to change', async () => {
    const imported = await draft('rights', 8)
    const xml = await standardProcess({ limitHours: 8, name: 'Không quyền' })
    expect(await codeOf(bench.service.importProcess({ xml }, clerk))).toBe('platform.forbidden')
    expect(await codeOf(publish(imported.id, '2026-01-01', clerk))).toBe('platform.forbidden')
    expect(await codeOf(bench.service.withdrawProcessVersion({ id: imported.id }, clerk))).toBe(
      'platform.forbidden',
    )
  })

  it('of a standard process is made once, whoever asks how often', async () => {
    const { service, db } = bench
    const ask = () => service.ensureStandardProcesses([80, null, 8], '2026-01-01')
    const [keys] = await Promise.all([ask(), ask(), ask()])
    expect(keys).toEqual(
      new Map([
        [80, 'standard/80h'],
        [null, 'standard/none'],
        [8, 'standard/8h'],
      ]),
    )
    const { versions, current } = await service.getProcess({ key: 'standard/80h' })
    expect(versions).toHaveLength(1)
    expect(current).toMatchObject({ state: 'published', totalHours: 80 })
    expect((await service.versionsInForce(db, [...keys.values()], '2026-04-21')).size).toBe(3)
  })
})

describe('over HTTP', () => {
  const send = (payload: string, contentType: string, query = '') =>
    app.inject({
      method: 'POST',
      url: `/api/processes/import${query}`,
      payload,
      headers: { 'content-type': contentType },
    })

  it.each(['application/xml', 'text/xml; charset=utf-8', 'application/bpmn+xml'])(
    'takes %s',
    async (type) => {
      const xml = await standardProcess({ limitHours: 12, name: 'Gửi XML' })
      const answer = await send(xml, type, '?key=http')
      expect(answer.statusCode).toBe(201)
      expect(answer.json()).toMatchObject({ key: 'http', version: 1, xml, steps: expect.arrayContaining([]) })
    },
  )

  it('takes JSON and files, under the process’ own id', async () => {
    const xml = await standardProcess({ limitHours: 12, name: 'Gửi tệp' })
    const json = await send(JSON.stringify({ xml }), 'application/json')
    expect([json.statusCode, json.json().key]).toEqual([201, 'standard_12h'])
    const form = `--x\r\nContent-Disposition: form-data; name="file"; filename="a.bpmn"\r\nContent-Type: application/xml\r\n\r\n${xml}\r\n--x--\r\n`
    const file = await send(form, 'multipart/form-data; boundary=x')
    expect([file.statusCode, file.json().id]).toEqual([201, json.json().id])
    const nothing = await send('{}', 'application/json')
    expect([nothing.statusCode, nothing.json().code]).toEqual([400, 'platform.malformed-request'])
  })

  it('names each unsupported element', async () => {
    const xml = (await standardProcess({ limitHours: 8, name: 'Rẽ nhánh' })).replace(
      '<bpmn:endEvent',
      '<bpmn:complexGateway id="g1" name="Đủ điều kiện?"/><bpmn:scriptTask id="s1" name="Tra cứu"/><bpmn:endEvent',
    )
    const answer = await send(xml, 'application/xml')
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({
      code: 'workflow.unsupported-elements',
      elements: [
        { id: 'g1', type: 'bpmn:ComplexGateway', name: 'Đủ điều kiện?' },
        { id: 's1', type: 'bpmn:ScriptTask', name: 'Tra cứu' },
      ],
    })
    expect(answer.json().detail).toContain('bpmn:ScriptTask “Tra cứu” (s1)')
  })

  it.each([
    ['workflow.process-unreadable', 'đây không phải BPMN'],
    [
      'workflow.process-invalid',
      '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    ],
  ])('answers 422 %s', async (code, xml) => {
    const answer = await send(xml, 'application/xml')
    expect([answer.statusCode, answer.json().code]).toEqual([422, code])
    expect(answer.json().detail).not.toMatch(/\{\w+\}/)
  })

  it('shows a process with its steps and hours, pages through all, and finds by folded words', async () => {
    const one = await app.inject({ url: `/api/processes/${encodeURIComponent('standard/40h')}` })
    expect(one.json()).toMatchObject({
      key: 'standard/40h',
      current: {
        totalHours: 40,
        steps: expect.arrayContaining([expect.objectContaining({ id: 'appraise', hours: 24 })]),
      },
    })
    const version = await app.inject({ url: `/api/process-versions/${one.json().current.id}` })
    expect(version.json().xml).toContain('bpmndi:BPMNShape')
    const seen: string[] = []
    for (let after = ''; ; ) {
      const page = (await app.inject({ url: `/api/processes?limit=2${after}` })).json()
      seen.push(...page.items.map(({ key }: { key: string }) => key))
      if (page.next === null) break
      after = `&after=${encodeURIComponent(page.next)}`
    }
    const all = (await app.inject({ url: '/api/processes?limit=200' })).json()
    expect(seen).toEqual(all.items.map(({ key }: { key: string }) => key))
    expect(seen.length).toBeGreaterThan(3)
    const found = (
      await app.inject({ url: `/api/processes?q=${encodeURIComponent('QUY TRINH chuẩn 40')}` })
    ).json()
    expect(found.items.map(({ key }: { key: string }) => key)).toEqual(['standard/40h'])
    const unknown = await app.inject({ url: '/api/processes/nothing' })
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'workflow.process-not-found'])
  })

  it('publishes and withdraws', async () => {
    const { id } = await draft('by-http', 8)
    actor = approver
    const post = (what: string, payload: object) =>
      app.inject({ method: 'POST', url: `/api/process-versions/${id}/${what}`, payload })
    const published = await post('publish', { decisionNumber: '1/QĐ-UBND', effectiveFrom: '2026-04-01' })
    expect(published.json()).toMatchObject({ state: 'published', decisionNumber: '1/QĐ-UBND' })
    expect((await post('withdraw', {})).json()).toMatchObject({ state: 'withdrawn' })
    actor = undefined
    expect((await post('withdraw', {})).statusCode).toBe(401)
    actor = author
  })
})
