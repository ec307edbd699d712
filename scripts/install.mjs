// What `npm start` and `npm test` need before anything of the house can be imported. Plain JavaScript for any Node from 20.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const at = (...parts) => path.join(root, ...parts)

/** The Node of the lockfile: the system's own may be older than the house needs. */
export const pinnedNode = () =>
  at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Runs one of the installed programs with the pinned Node first on the path. */
export const runPinned = (command, args, options = {}) => {
  const bin = [path.dirname(pinnedNode()), at('node_modules', '.bin'), process.env.PATH].join(path.delimiter)
  return spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...process.env, ...options.env, PATH: bin },
  })
}

const text = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** `npm ci` when the lockfile is not the one that was installed; nothing otherwise. */
export const installMissing = (say) => {
  const lock = createHash('sha256')
    .update(text(at('package-lock.json')))
    .digest('hex')
  const mark = at('node_modules', '.installed-lock')
  if (text(mark) === lock && existsSync(pinnedNode())) return
  // A linked folder belongs to another checkout: `npm ci` would empty it there before installing here.
  if (lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() && existsSync(pinnedNode()))
    return
  say('Đang cài thư viện… · Installing libraries…')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // What a program prints is its own: `npm run -s replay-wait` is read by other programs.
    stdio: ['inherit', 2, 2],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    console.error(
      'Không cài được thư viện: kiểm tra kết nối tới kho npm rồi chạy lại. · npm ci failed: check the npm registry, then run again.',
    )
    process.exit(1)
  }
  writeFileSync(mark, lock)
}

const SOURCES = ['apps/web', 'modules', 'platform', 'package-lock.json', 'data/fonts']

const newestOf = (file) => {
  if (!existsSync(file)) return 0
  const info = statSync(file)
  if (!info.isDirectory()) return info.mtimeMs
  const inside = readdirSync(file).filter((name) => name !== 'dist' && name !== 'node_modules')
  return inside.reduce((newest, name) => Math.max(newest, newestOf(path.join(file, name))), 0)
}

/** Builds the screens when a source is newer than the last build. */
export const buildWeb = (say) => {
  const built = at('apps', 'web', 'dist', 'index.html')
  const newest = Math.max(...SOURCES.map((source) => newestOf(at(source))))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  say('Đang dựng giao diện… · Building the screens…')
  const vite = runPinned(pinnedNode(), [
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    'apps/web/vite.config.ts',
    '--logLevel',
    'warn',
  ])
  if (vite.status !== 0) process.exit(vite.status ?? 1)
}
