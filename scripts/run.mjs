// Runs a TypeScript program of the house with the pinned Node, whatever Node the machine has: `node scripts/run.mjs FILE [ARG…]`.
import { spawn } from 'node:child_process'
import { installMissing, pinnedNode } from './install.mjs'

installMissing((line) => console.error(line))
const [file, ...args] = process.argv.slice(2)
const child = spawn(pinnedNode(), [file, ...args], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
