// What `npm start` and `npm test` need before anything of the house can be imported. Plain JavaScript for any Node from 20.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
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

const WEB_SOURCES = ['apps/web', 'modules', 'platform', 'package-lock.json', 'data/fonts']
const SERVER_SOURCES = ['apps/server', 'modules', 'platform', 'sim', 'data', 'package-lock.json']

/** Every file of a source with its size and time. */
const filesOf = (file) => {
  if (!existsSync(file)) return []
  const info = statSync(file)
  if (!info.isDirectory()) return [{ file, size: info.size, mtimeMs: info.mtimeMs }]
  const inside = readdirSync(file).filter((name) => name !== 'dist' && name !== 'node_modules')
  return inside.flatMap((name) => filesOf(path.join(file, name)))
}

const vite = (...args) => {
  const { status } = runPinned(
    pinnedNode(),
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', ...args],
    // What it says must not mix with the answer of a program that builds on its way.
    { stdio: ['inherit', 2, 2] },
  )
  if (status !== 0) process.exit(status ?? 1)
}

/** Builds the screens when a source is newer than the last build. */
export const buildWeb = (say) => {
  const built = at('apps', 'web', 'dist', 'index.html')
  const newest = Math.max(...WEB_SOURCES.flatMap((source) => filesOf(at(source))).map((one) => one.mtimeMs))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  say('Đang dựng giao diện… · Building the screens…')
  vite('--config', 'apps/web/vite.config.ts')
}

const KEPT_BUILDS = 3

/**
 * Builds the server into few files when a source has changed, and answers the program to run (docs/adr/0009). Each state of
 * the sources has a folder of its own, which appears when it is whole: a running server keeps the files it has yet to load,
 * and two builds at once do not disturb each other.
 */
export const buildServer = (say) => {
  const seen = createHash('sha256')
  for (const { file, size, mtimeMs } of SERVER_SOURCES.flatMap((source) => filesOf(at(source))))
    if (!/\.(test|fixture)\.ts$/.test(file)) seen.update(`${path.relative(root, file)} ${size} ${mtimeMs}\n`)
  const name = `server-${seen.digest('hex').slice(0, 12)}`
  const built = at('.build', name)
  const program = path.join(built, 'main.cjs')
  if (existsSync(program)) return program
  say('Đang dựng máy chủ… · Building the server…')
  const making = `${built}.${process.pid}`
  vite('--config', 'apps/server/vite.config.ts', '--outDir', making)
  try {
    renameSync(making, built)
  } catch (error) {
    // Somebody else was faster.
    if (!existsSync(program)) throw error
    rmSync(making, { recursive: true, force: true })
  }
  forgetBuilds(name)
  return program
}

const forgetBuilds = (current) => {
  const others = readdirSync(at('.build')).filter((name) => /^server-\w+$/.test(name) && name !== current)
  const newestFirst = others
    .map((name) => ({ name, mtimeMs: statSync(at('.build', name)).mtimeMs }))
    .sort((a, b) => b.mtimeMs - a.mtimeMs)
  for (const { name } of newestFirst.slice(KEPT_BUILDS - 1))
    rmSync(at('.build', name), { recursive: true, force: true })
}
