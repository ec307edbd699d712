import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routesOf } from '../../apps/server/app.ts'
import { expectedOf, POLICY } from '../security/policy.ts'
import { type Asker, aWorld, HERE, type World } from '../security/world.ts'
import { anIntake, currentStep, PROCEDURES } from '../support/dossiers.ts'
import type { Statement } from '../support/statements.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { PUBLIC_ASKS, WITHOUT_BUDGET } from './asks.ts'
import { BUDGETS, type Budget, MORE } from './budgets.ts'

const IMPORTED = 12_000

let world: World
let operations: { id: string; access: string }[]
let examiner: pg.Client
const seen: Statement[] = []
beforeAll(async () => {
  world = await aWorld({ onStatement: (statement) => seen.push(statement) })
  const { services, staff, url } = world.province
  operations = routesOf(services, async () => staff).map(({ operation }) => operation)
  examiner = new pg.Client({ connectionString: url })
  await examiner.connect()
  await importMany()
  await examiner.query('vacuum (analyze)')
}, 300_000)
afterAll(async () => {
  await examiner.end()
  await world.province.close()
})

/** A past: half of it received here, the rest elsewhere. */
const importMany = async (): Promise<void> => {
  const { imports } = world.province.services
  if (!imports) throw new Error('a province has connections for imports')
  const folder = await temporaryFolder('budgets')
  const file = path.join(folder, 'past.jsonl')
  const day = (n: number) =>
    `2023-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`
  const lines = Array.from({ length: IMPORTED }, (_, n) => ({
    code: `H49-${day(n).slice(2).replaceAll('-', '')}-${10_000 + n}`,
    procedure: PROCEDURES.sameDay,
    state: 'RETURNED',
    receivingCentre: n % 2 === 0 ? HERE : 'tthcc-cam-pha',
    resolvingUnit: n % 2 === 0 ? 'tu-phap-ha-long' : 'tu-phap-cam-pha',
    receivedAt: `${day(n)} 08:00`,
    completedAt: `${day(n)} 10:00`,
    returnedAt: `${day(n)} 11:00`,
    ownerName: `Mẫu Thị Số ${n}`,
  }))
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  const request = {
    file,
    name: 'past.jsonl',
    dryRun: false,
    actor: { kind: 'system', id: null, name: 'thử' },
  } as const
  const done = await imports.run(await imports.open(request), request)
  await rm(folder, { recursive: true, force: true })
  if (done.accepted !== IMPORTED) throw new Error(`${done.rejected} lines were rejected`)
}

type Plan = {
  'Node Type': string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Plan[]
}

/** Rows that the scans of a plan looked at, also those that they threw away. */
const rowsOf = (plan: Plan): number => {
  const below = (plan.Plans ?? []).reduce((sum, one) => sum + rowsOf(one), 0)
  // The heap scan above counts what a bitmap found.
  if (!/Scan$/.test(plan['Node Type']) || /Bitmap Index|Subquery|CTE|Function/.test(plan['Node Type']))
    return below
  const looked =
    plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0)
  return below + Math.round(looked * plan['Actual Loops'])
}

const READS = /^\s*(select|with)\b(?!.*\b(insert into|update|delete from)\b)/is
const NOISE = /^\s*(begin|commit|rollback|savepoint|release)\b/i

const examine = async (statements: readonly Statement[]): Promise<Budget> => {
  const counted = statements.filter(({ text }) => !NOISE.test(text))
  let rows = 0
  // What a request sets for its own transaction holds for the examination too.
  await examiner.query('begin')
  for (const { text, values } of counted) {
    if (!READS.test(text)) continue
    const plain = text.replace(/\bfor (no key )?update\b[^)]*$/i, '').replace(/\bskip locked\b/gi, '')
    const { rows: plans } = await examiner.query(`explain (analyze, format json) ${plain}`, values)
    rows += rowsOf(plans[0]['QUERY PLAN'][0].Plan)
  }
  await examiner.query('rollback')
  return { statements: counted.length, rows }
}

const measure = async (work: () => Promise<unknown>): Promise<Budget> => {
  seen.length = 0
  await work()
  return examine([...seen])
}

/** An officer who may, as near to the dossiers of here as there is. */
const askerFor = (id: string): Asker => {
  const row = POLICY[id]
  const found =
    row && world.askers.find((asker) => expectedOf(row, asker).includes('ok') && asker.reach === 'here')
  const anybody = row && world.askers.find((asker) => expectedOf(row, asker).includes('ok'))
  // What nobody may, such as a sheet that does not exist, is refused early and costs little.
  const asker = found ?? anybody ?? world.askers[0]
  if (!asker) throw new Error(`nobody may ${id}`)
  return asker
}

const request = async (id: string): Promise<void> => {
  const { province } = world
  const open = PUBLIC_ASKS[id]
  if (open) {
    const { method, url, body } = open(world)
    const answer = await province.call(null, method, url, body)
    expect([id, answer.statusCode < 500]).toEqual([id, true])
    return
  }
  const asker = askerFor(id)
  const row = POLICY[id]
  if (!row) throw new Error(`${id} has no request`)
  const { method, url, body, headers } = row.ask(world, asker)
  const answer = await province.call(asker.actor, method, url, body, headers)
  expect([id, answer.statusCode < 500]).toEqual([id, true])
}

const over = (budget: Budget | undefined, spent: Budget): string | undefined => {
  if (!budget) return `no budget; costs ${JSON.stringify(spent)}`
  const within = spent.statements <= budget.statements && spent.rows <= budget.rows
  return within ? undefined : `costs ${JSON.stringify(spent)}, may cost ${JSON.stringify(budget)}`
}

describe('budgets', () => {
  test('every operation has one, every one an operation', () => {
    const ids = operations.map(({ id }) => id).filter((id) => !WITHOUT_BUDGET.includes(id))
    expect(
      Object.keys(BUDGETS)
        .filter((id) => !id.includes(' '))
        .toSorted(),
    ).toEqual(ids.toSorted())
  })

  test('no request costs more than its budget', { timeout: 300_000 }, async () => {
    const wrong: string[] = []
    const last = operations.filter(({ id }) => POLICY[id]?.last)
    for (const { id } of [...operations.filter((one) => !last.includes(one)), ...last]) {
      if (WITHOUT_BUDGET.includes(id)) continue
      // The first request of somebody reads who they are; their second one shows what the operation costs.
      if (!POLICY[id]?.last) await request(id)
      const cost = await measure(() => request(id))
      const problem = over(BUDGETS[id], cost)
      if (problem) wrong.push(`${id}: ${problem}`)
    }
    expect(wrong).toEqual([])
  })

  test.each<[string, () => Promise<unknown>]>([
    ['dossiers.list by name', () => listed('q=mau+thi+so')],
    ['dossiers.list by a rare name', () => listed('q=thi+so+11999')],
    ['dossiers.list by a name with an error', () => listed('q=chimmaten')],
    ['dossiers.list by code end', () => listed('q=230101-10000')],
    ['dossiers.list by rare state', () => listed('state=STOPPED')],
    ['dossiers.list overdue', () => listed('pace=OVERDUE')],
    ['dossiers.list of a centre', () => listed(`centre=${HERE}`)],
    ['dossiers.list and its second page', async () => listed(`after=${(await page('')).next}`)],
    ['dossiers.create done', () => received()],
    ['dossiers.complete-task done', () => completed()],
  ])('%s', async (name, work) => {
    await work()
    // Receiving and completing need something new each time; its making is not what is measured.
    const cost = await measure(work)
    expect(over(MORE[name], cost)).toBeUndefined()
  })

  const supervisor = () => world.province.actor('SUPERVISOR')
  const page = async (query: string) =>
    (await world.province.call(supervisor(), 'GET', `/dossiers?${query}`)).json<{ next: string }>()
  const listed = (query: string) => page(query)
  const received = async () => {
    const input = await anIntake(world.province, { procedure: PROCEDURES.sameDay, receivingCentre: HERE })
    const answer = await world.province.call(
      world.province.actor('RECEPTION', HERE),
      'POST',
      '/dossiers',
      input,
    )
    expect(answer.statusCode).toBe(201)
    return answer.json<{ code: string }>()
  }
  const completed = async () => {
    const { code } = await received()
    const step = await currentStep(world.province, code)
    if (!step) throw new Error('no step waits')
    seen.length = 0
    const answer = await world.province.call(step.officer, 'POST', `/tasks/${step.id}/complete`, {
      opinion: 'Đã xem.',
    })
    expect(answer.statusCode).toBe(200)
  }
})
