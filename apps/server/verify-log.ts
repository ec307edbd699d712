import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbedded } from '#platform/db/embedded.ts'
import { readAnchors } from '#platform/log/anchors.ts'
import { loadPublicKey, type PublicKey, publicKeyFile } from '#platform/log/signing-key.ts'
import { verifyLog } from '#platform/log/verify/verify.ts'
import { reportLines } from '#platform/log/verify/words.ts'

const HELP = `npm run verify-log -- [--url=postgres://…] [--data-dir=DIR] [--database=NAME] [--public-key=FILE …] [--json]

Kiểm tra toàn bộ nhật ký; mã thoát 0 khi đạt, 1 khi có thay đổi, 2 khi không kiểm tra được.
Verifies the whole log; exit code 0 when sound, 1 when something was changed, 2 when it could not be checked.

  --url         database to read (default DATABASE_URL, else the embedded one in the data folder)
  --data-dir    where the anchors and the log's public key are (default DATA_DIR, else .data)
  --public-key  further keys that may have signed: other machines', earlier ones
  --json        the findings as JSON`

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    'data-dir': { type: 'string' },
    database: { type: 'string', default: 'mot_cua' },
    'public-key': { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

type Source = { url: string; stop: () => Promise<void> }

/** The server of a running Một Cửa is asked, not started a second time: starting would end it (`embedded.ts`). */
const embeddedSource = async (dataDir: string, database: string): Promise<Source> => {
  await access(path.join(dataDir, 'postgres'))
  const pidFile = await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , port] = pidFile.split('\n')
  if (pid && port && isAlive(Number(pid))) {
    const password = await readFile(path.join(dataDir, 'postgres-password'), 'utf8')
    return {
      url: `postgres://mot_cua:${password}@127.0.0.1:${port}/${database}`,
      stop: async () => undefined,
    }
  }
  const server = await startEmbedded({ dataDir })
  return { url: server.url(database), stop: server.stop }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const knownKeys = async (dataDir: string, files: readonly string[]): Promise<PublicKey[]> => {
  const own = publicKeyFile(path.join(dataDir, 'keys'))
  const hasOwn = await access(own).then(
    () => true,
    () => false,
  )
  return Promise.all([...(hasOwn ? [own] : []), ...files].map(loadPublicKey))
}

const main = async (): Promise<number> => {
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const dataDir = path.resolve(values['data-dir'] ?? process.env.DATA_DIR ?? '.data')
  const url = values.url ?? process.env.DATABASE_URL
  const keys = await knownKeys(dataDir, values['public-key'])
  const anchors = await readAnchors(dataDir)
  const source = url ? { url, stop: async () => undefined } : await embeddedSource(dataDir, values.database)
  try {
    const progress = (verified: number, size: number): void => {
      if (process.stderr.isTTY) process.stderr.write(`\r${Math.round((100 * verified) / size)} % `)
    }
    const verification = await verifyLog({ url: source.url, keys, anchors, onProgress: progress })
    if (process.stderr.isTTY) process.stderr.write('\r      \r')
    const { root, ...rest } = verification
    console.log(
      values.json
        ? JSON.stringify({ ...rest, root: root.toString('hex') }, undefined, 2)
        : reportLines(verification).join('\n'),
    )
    return verification.findings.length > 0 ? 1 : 0
  } finally {
    await source.stop()
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(`Không kiểm tra được nhật ký · The log could not be checked: ${String(error)}`)
  return 2
})
