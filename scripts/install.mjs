// What `npm start` and `npm test` need before anything of the house can be imported. Plain JavaScript for any Node from 20.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const at = (...parts) => path.join(root, ...parts)

export const pinnedNode = () => at('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

/** `npm ci` when the lockfile is not the one that was installed; nothing otherwise. */
export const installMissing = (say) => {
  const lock = readFileSync(at('package-lock.json'), 'utf8')
  const mark = at('node_modules', '.installed-lock')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock && existsSync(pinnedNode())) return
  say('Đang cài thư viện (npm ci)… · Installing libraries…')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    console.error(
      'Không cài được thư viện. Kiểm tra kết nối tới kho npm rồi chạy lại. · npm ci failed; check the npm registry and run again.',
    )
    process.exit(1)
  }
  writeFileSync(mark, lock)
}

export { root }
