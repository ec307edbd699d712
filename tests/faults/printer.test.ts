import { execFileSync, spawn } from 'node:child_process'
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as newId } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bytesInRow, escPosOf } from '#modules/queue/rules.ts'
import { createEscPosReader, type PrintedPaper } from '../support/escpos.ts'
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts'
import { type PrintAgent, startPrintAgent } from '../support/print-agent.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** F11: paper out, cover open, cut off in the middle, slow, talking noise, restarted; the agent killed at any moment. */
const WIDTH = 384
const ROWS = 900
const SEED = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000)

/** A paper that is told from every other by its first row. */
const paperOf = (mark: number): Uint8Array => {
  const rows = new Uint8Array(bytesInRow(WIDTH) * ROWS).fill(0x55)
  rows.set([mark >> 8, mark & 0xff])
  return escPosOf({ width: WIDTH, height: ROWS, rows })
}
const markOf = ({ bitmap: { rows } }: PrintedPaper): number => (rows[0] ?? 0) * 256 + (rows[1] ?? 0)

let printer: FakePrinter
let agent: PrintAgent
const reports: string[] = []
let office: http.Server

beforeEach(async () => {
  printer = await startFakePrinter()
  reports.length = 0
  office = http.createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    reports.push(JSON.parse(text).state)
    response.end('{}')
  })
  await new Promise<void>((resolve) => office.listen(0, '127.0.0.1', resolve))
  const address = office.address()
  const port = typeof address === 'object' && address ? address.port : 0
  agent = await startPrintAgent({
    server: `http://127.0.0.1:${port}`,
    printer: { link: 'tcp', host: '127.0.0.1', port: printer.port },
  })
}, 60_000)
afterEach(async () => {
  await agent.close()
  await printer.close()
  office.closeAllConnections()
  await new Promise((resolve) => office.close(resolve))
})

const whole = (mark?: number): number =>
  printer.papers().filter((paper) => paper.whole && (mark === undefined || markOf(paper) === mark)).length
const stateOf = async (id: string, seconds = 20): Promise<string> =>
  (await agent.job(id, seconds))?.state ?? 'unknown'
const shown = (state: string) =>
  expect.poll(async () => (await agent.health())?.state, { timeout: 5_000 }).toBe(state)

describe('a job', () => {
  test('is printed once, however often it is handed over, one after the other or twenty at once', async () => {
    const id = newId()
    await Promise.all(Array.from({ length: 20 }, () => agent.put(id, paperOf(1))))
    expect(await stateOf(id)).toBe('printed')
    await agent.put(id, paperOf(1))
    const other = newId()
    await agent.put(other, paperOf(2))
    expect(await stateOf(other)).toBe('printed')
    expect([whole(1), whole(2), whole()]).toEqual([1, 1, 2])
  })

  test('waits for paper, and what stops the printer is told within five seconds', async () => {
    printer.set({ paper: 'out' })
    await shown('PAPER_OUT')
    await expect.poll(() => reports.at(-1), { timeout: 5_000 }).toBe('PAPER_OUT')
    const id = newId()
    await agent.put(id, paperOf(3))
    expect(await stateOf(id, 1)).toBe('queued')
    for (const [fault, state] of [
      [{ coverOpen: true }, 'COVER_OPEN'],
      [{ offline: true }, 'OFFLINE'],
      [{ garbage: true }, 'UNREADABLE'],
      [{ silent: true }, 'OFFLINE'],
    ] as const) {
      printer.set(fault)
      await shown(state)
    }
    expect(whole()).toBe(0)
    printer.set({ paper: 'low' })
    expect(await stateOf(id)).toBe('printed')
    await expect.poll(() => reports.at(-1), { timeout: 5_000 }).toBe('PAPER_LOW')
    expect(whole(3)).toBe(1)
  }, 60_000)

  test('is not printed for somebody who has left', async () => {
    await printer.off()
    const id = newId()
    await agent.put(id, paperOf(4), '?keep=1')
    expect(await stateOf(id, 10)).toBe('expired')
    await printer.on()
    await agent.put(id, paperOf(4), '?keep=60')
    const other = newId()
    await agent.put(other, paperOf(5))
    expect(await stateOf(other)).toBe('printed')
    expect([whole(4), whole(5)]).toEqual([0, 1])
  }, 40_000)

  test('cut off in the middle is doubtful and never begun again; a paper asked for anew is another job', async () => {
    printer.set({ breaksAfter: 15_000 })
    const id = newId()
    await agent.put(id, paperOf(6))
    expect(await stateOf(id)).toBe('doubtful')
    await agent.kill()
    await agent.start()
    await agent.put(id, paperOf(6))
    expect(await stateOf(id)).toBe('doubtful')
    const again = newId()
    await agent.put(again, paperOf(7))
    expect(await stateOf(again)).toBe('printed')
    expect([whole(6), whole(7)]).toEqual([0, 1])
    expect((await agent.health())?.doubtful).toBe(1)
  }, 60_000)

  test('during which the paper ends is doubtful: the printer itself goes on when it has paper', async () => {
    printer.set({ endsAfter: 10_000 })
    const id = newId()
    await agent.put(id, paperOf(8))
    expect(await stateOf(id, 25)).toBe('doubtful')
    await shown('PAPER_OUT')
    printer.set({})
    const other = newId()
    await agent.put(other, paperOf(9))
    expect(await stateOf(other)).toBe('printed')
    expect(whole(8)).toBeLessThanOrEqual(1)
    expect(whole(9)).toBe(1)
  }, 60_000)

  test('takes as long as a slow printer takes', async () => {
    printer.set({ bytesPerMs: 6 })
    const id = newId()
    await agent.put(id, paperOf(10))
    expect(await stateOf(id, 25)).toBe('printed')
    expect(whole(10)).toBe(1)
  }, 60_000)
})

test(`the agent killed at any moment loses nothing and doubles nothing, seed ${SEED}`, async () => {
  printer.set({ bytesPerMs: 250 })
  const handed = new Map<string, number>()
  let dice = SEED
  const roll = (most: number): number => {
    dice = (Math.imul(dice, 1_664_525) + 1_013_904_223) >>> 0
    return (dice / 2 ** 32) * most
  }
  for (let run = 0; run < 12; run += 1) {
    const mine = [100 + run * 2, 101 + run * 2].map((mark) => ({ id: newId(), mark }))
    const handing = mine.map(async ({ id, mark }) => {
      if (await agent.put(id, paperOf(mark))) handed.set(id, mark)
    })
    await sleep(roll(350))
    await agent.kill()
    await Promise.all(handing)
    if (run % 4 === 3) {
      await printer.off()
      await printer.on()
    }
    await agent.start()
  }
  const states = new Map<string, string>()
  for (const id of handed.keys()) states.set(id, await stateOf(id))
  const printed = printer
    .papers()
    .filter((paper) => paper.whole)
    .map(markOf)
  expect(new Set(printed).size, `FAULT_SEED=${SEED}`).toBe(printed.length)
  const lost = [...handed].filter(([id, mark]) => {
    const state = states.get(id)
    return state === 'printed' ? !printed.includes(mark) : state !== 'doubtful'
  })
  expect(lost, `FAULT_SEED=${SEED}`).toEqual([])
  const count = (state: string) => [...states.values()].filter((one) => one === state).length
  console.log(
    `F11 ${handed.size} handed over: ${count('printed')} printed, ${count('doubtful')} doubtful, 0 lost, 0 doubled`,
  )
  const left = (await readdir(path.join(agent.folder, 'jobs'))).filter((name) => !name.endsWith('.json'))
  expect(left).toEqual([])
}, 180_000)

describe('nobody else prints here', () => {
  const at = (headers: Record<string, string>) => agent.ask({ method: 'GET', path: '/health', headers })
  test('without the token, from another page, or by a name that merely points here', async () => {
    expect((await at({})).status).toBe(401)
    expect((await at({ authorization: 'Bearer something-else-of-some-length' })).status).toBe(401)
    expect((await at({ origin: 'https://example.com' })).status).toBe(403)
    expect((await at({ host: `printer.example.com:${agent.port}` })).status).toBe(403)
    const outside = Object.values(os.networkInterfaces())
      .flat()
      .find((one) => one && !one.internal && one.family === 'IPv4')
    if (outside)
      await expect(agent.ask({ host: outside.address, path: '/health' })).rejects.toThrow(
        /ECONNREFUSED|EHOST/,
      )
  })

  test('a second agent on the same machine ends at the door', async () => {
    const config = path.join(agent.folder, 'config.json')
    const run = () =>
      execFileSync(process.execPath, ['apps/print-agent/main.ts', config], { stdio: 'pipe', timeout: 20_000 })
    expect(run).toThrow(/EADDRINUSE/)
  })
})

describe('other ways to a printer', () => {
  let folder: string
  beforeEach(async () => {
    folder = await temporaryFolder('ways')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  test('a device file', async () => {
    const device = path.join(folder, 'lp0')
    execFileSync('mkfifo', [device])
    // Another process reads: in this one a pipe that nobody writes to would hold a thread. It keeps both ends, so there is no end.
    const drain = spawn('sh', ['-c', `exec cat <>${device}`])
    const reader = createEscPosReader()
    drain.stdout.on('data', (chunk: Buffer) => reader.feed(chunk))
    const other = await startPrintAgent({ printer: { link: 'device', path: device }, status: 'none' })
    const id = newId()
    await other.put(id, paperOf(20))
    expect((await other.job(id, 10))?.state).toBe('printed')
    await expect.poll(() => reader.papers.map(markOf)).toEqual([20])
    await other.close()
    drain.kill('SIGKILL')
  }, 60_000)

  test('CUPS: printed when its own queue does not have it any more, and its words are the printer’s state', async () => {
    const command = async (name: string, script: string) => {
      await writeFile(path.join(folder, name), `#!/bin/sh\n${script}\n`)
      await chmod(path.join(folder, name), 0o755)
    }
    await command(
      'lp',
      `for f; do :; done; cp "$f" ${folder}/$(basename "$f"); echo "request id is TM-12 (1 file(s))"; touch ${folder}/waiting; (sleep 1; rm ${folder}/waiting) >/dev/null 2>&1 &`,
    )
    await command(
      'lpstat',
      `if [ "$1" = "-l" ]; then cat ${folder}/state; else [ -e ${folder}/waiting ] && echo "TM-12 kiosk 1024"; true; fi`,
    )
    await writeFile(path.join(folder, 'state'), 'printer TM is idle. enabled\n\tAlerts: media-empty-error\n')
    const other = await startPrintAgent(
      { printer: { link: 'cups', queue: 'TM' } },
      { PATH: `${folder}:${process.env.PATH}` },
    )
    await expect.poll(async () => (await other.health())?.state, { timeout: 5_000 }).toBe('PAPER_OUT')
    await writeFile(path.join(folder, 'state'), 'printer TM is idle. enabled\n\tAlerts: none\n')
    const id = newId()
    await other.put(id, paperOf(21))
    expect((await other.job(id, 15))?.state).toBe('printed')
    const sent = await readFile(path.join(folder, `${id}.bin`))
    expect(sent.equals(paperOf(21))).toBe(true)
    await other.close()
  }, 60_000)
})
