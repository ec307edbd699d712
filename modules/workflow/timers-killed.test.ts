import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '#platform/log/log.ts'
import { chain, END, process, START, task, timerOn } from './rules/drawing.fixture.ts'
import { MORNING, workflowBench } from './workflow.fixture.ts'

const TIMERS = 240
const LATER = new Date(MORNING.getTime() + 9 * 3_600_000)

let bench: Awaited<ReturnType<typeof workflowBench>>
beforeAll(async () => {
  bench = await workflowBench()
})
afterAll(() => bench.drop())

const fired = async (): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from process_wait
    where kind = 'timer' and state = 'done'`.execute(bench.db)
  return Number(rows[0]?.count ?? 0)
}

const firing = async (): Promise<ChildProcess> => {
  const file = path.join(import.meta.dirname, 'timer-child.fixture.ts')
  const child = spawn(globalThis.process.execPath, [file, bench.url, LATER.toISOString()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout) await once(child.stdout, 'data')
  return child
}

test('killed in the midst of firing, the next ones go on: each timer fires once, with its step', async () => {
  const xml = process(
    START +
      task('a') +
      timerOn('late', 'a', '8') +
      task('b') +
      END +
      '<bpmn:endEvent id="e2"/>' +
      chain('s→a→e') +
      chain('late→b→e2'),
  )
  const version = await bench.publish('timed', xml)
  const started = await Promise.all(Array.from({ length: TIMERS }, () => bench.start(version)))
  const killed = await firing()
  const gone = once(killed, 'exit')
  for (let before = await fired(); before < 20; before = await fired()) await sleep(5)
  killed.kill('SIGKILL')
  await gone
  const atDeath = await fired()
  expect(atDeath).toBeLessThan(TIMERS)
  const [one, other] = [await firing(), await firing()]
  await Promise.all([once(one, 'exit'), once(other, 'exit')])
  bench.clock.set(LATER)
  await bench.service.fireTimers()
  expect(await fired()).toBe(TIMERS)
  const log = createLog()
  for (const { subject } of started) {
    expect((await bench.open(subject)).map(({ step }) => step)).toEqual(['b'])
    expect((await log.timeline(bench.db, subject)).map(({ type }) => type)).toEqual(['timer-fired'])
  }
}, 120_000)
