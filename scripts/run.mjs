// Runs a TypeScript program of the house with the pinned Node, whatever Node the machine has: `node scripts/run.mjs FILE [ARG…]`.
import { spawn } from 'node:child_process'
import { pinnedNode } from './install.mjs'

const [file, ...args] = process.argv.slice(2)
const child = spawn(pinnedNode(), ['--disable-warning=ExperimentalWarning', file, ...args], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
