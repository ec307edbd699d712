// `npm start`: installs what is missing, builds the screens and the server when they changed, then runs it with the pinned Node.
import { spawn } from 'node:child_process'
import { buildServer, buildWeb, installMissing, pinnedNode, root } from './install.mjs'

const say = (line) => console.log(line)
installMissing(say)
buildWeb(say)
const program = buildServer(say)
const environment = { ...process.env }
// The demo province is what a newcomer sees; a real installation says NODE_ENV=production, where the demo is refused.
if (environment.DEMO === undefined && environment.NODE_ENV !== 'production') environment.DEMO = '1'
const server = spawn(pinnedNode(), [program], { cwd: root, stdio: 'inherit', env: environment })
// The terminal sends Ctrl-C to the whole group: this process waits until the server has stopped cleanly.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && server.kill(signal))
server.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)))
