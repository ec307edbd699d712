import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  embeddedDatabase,
  type ServerProcess,
  startServerProcess,
  unusedPort,
} from '../tests/support/server-process.ts'
import { temporaryFolder } from '../tests/support/temporary-folder.ts'
import { type BenchRow, spread } from './report.ts'

const BARE = `require('node:http').createServer((_, answer) => answer.end('ok')).listen(Number(process.argv[1]), '127.0.0.1')`

/** From spawning a bare `node:http` to its first answer. */
const startBare = async (): Promise<number> => {
  const port = await unusedPort()
  const started = performance.now()
  const child = spawn(process.execPath, ['-e', BARE, String(port)], { stdio: 'ignore' })
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.status === 200) break
    await sleep(5)
  }
  const milliseconds = performance.now() - started
  child.kill('SIGKILL')
  return milliseconds
}

/** From spawning to the first answer of a module, asked for as soon as the process is healthy. */
const untilModulesAnswer = async (server: ServerProcess): Promise<number> => {
  const healthy = performance.now()
  const answer = await fetch(`${server.base}/api/procedures?limit=1`)
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`procedures answered ${answer.status}`)
  return server.startedInMs + performance.now() - healthy
}

/**
 * R11: process start to the first 200 on `/api/health` with the database up, against a bare server. The program is the built
 * one that `npm start` runs; it is healthy when its schema is checked and its port open, before its modules are loaded, so the
 * first answer of a module is told beside it. And whole starts with the database.
 */
export const benchStartup = async (rounds = 5): Promise<BenchRow[]> => {
  const folder = await temporaryFolder('bench-start')
  const dataDir = path.join(folder, 'first')
  try {
    const first = await startServerProcess({ dataDir, port: await unusedPort() })
    await first.stop()
    const later: number[] = []
    for (let round = 0; round < 2; round++) {
      const again = await startServerProcess({ dataDir, port: await unusedPort() })
      later.push(again.startedInMs)
      await again.stop()
    }
    const database = await startServerProcess({ dataDir, port: await unusedPort() })
    const { url } = await embeddedDatabase(dataDir)
    const ours: number[] = []
    const modules: number[] = []
    const bare: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const second = path.join(folder, 'second')
      const server = await startServerProcess({
        dataDir: second,
        port: await unusedPort(),
        environment: { DATABASE_URL: url },
      })
      const whole = await untilModulesAnswer(server)
      await server.stop()
      const milliseconds = await startBare()
      // The first pair compiles and fills the caches of files.
      if (round === 0) continue
      ours.push(server.startedInMs)
      modules.push(whole)
      bare.push(milliseconds)
    }
    await database.stop()
    const value = Math.min(...ours) / Math.min(...bare)
    return [
      {
        name: 'R11 start to first answer / bare node:http',
        value,
        target: 4,
        ok: value <= 4,
        detail: `${spread(ours, ' ms')}, bare ${spread(bare, ' ms')}, database up; first answer of a module ${spread(modules, ' ms')}`,
      },
      {
        name: 'R11 first start with the demo province, seconds',
        value: first.startedInMs / 1_000,
        target: 60,
        ok: first.startedInMs < 60_000,
        detail: 'initdb, migrations, procedures, demo province',
      },
      {
        name: 'R11 later start, seconds',
        value: Math.max(...later) / 1_000,
        target: 10,
        ok: Math.max(...later) < 10_000,
        detail: `${spread(later, ' ms')}, database included, slowest counts`,
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
