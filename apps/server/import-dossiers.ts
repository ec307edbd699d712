import { createWriteStream } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '#platform/clock/clock.ts'
import { connect } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { type Config, readConfig } from './config.ts'
import { createServices, type Services } from './services.ts'
import { startServer } from './start.ts'

const HELP = `npm run import-dossiers -- FILE [--dry-run] [--by="HỌ TÊN"]

Nhập hồ sơ đã kết thúc từ hệ thống cũ (CSV có dòng tên cột, hoặc mỗi dòng một JSON); mẫu ở docs/operations.md.
Imports ended dossiers of a former system (CSV with a header, or JSON lines); format in docs/operations.md.

  --dry-run   kiểm tra tệp, không ghi hồ sơ · checks the file and writes no dossier
  --by        người thực hiện, ghi vào nhật ký · who does it, for the log

Dòng bị loại nằm trong FILE.loai.csv (dòng, mã, lý do). Bị ngắt thì chạy lại cùng lệnh: nhập tiếp từ chỗ dừng.
Mã thoát 0 khi mọi dòng vào, 1 khi có dòng bị loại, 2 khi không chạy được.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'dry-run': { type: 'boolean', default: false },
    by: { type: 'string', default: 'Nhập hồ sơ cũ' },
    help: { type: 'boolean', default: false },
  },
})

type Opened = { services: Services; stop: () => Promise<void> }

/** The database of a running Một Cửa, which goes on serving and seals the log; undefined when it is not running. */
const runningDatabase = async (config: Config): Promise<string | undefined> => {
  if (config.databaseUrl) return config.databaseUrl
  const pidFile = await readFile(path.join(config.dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(
    () => '',
  )
  const [pid, , , port] = pidFile.split('\n')
  const lives =
    pid !== undefined &&
    pid !== '' &&
    (await access(`/proc/${pid}`).then(
      () => true,
      () => false,
    ))
  if (!lives || !port) return undefined
  const password = await readFile(path.join(config.dataDir, 'postgres-password'), 'utf8')
  return `postgres://mot_cua:${password}@127.0.0.1:${port}/mot_cua`
}

const openServices = async (config: Config): Promise<Opened> => {
  const url = await runningDatabase(config)
  if (url === undefined) {
    const { running, stop } = startServer({ ...config, port: 0, host: '127.0.0.1' }, () => undefined)
    return { services: (await running).services, stop }
  }
  const database = connect({ url, poolSize: 8, applicationName: 'mot-cua-import' })
  const services = createServices({
    db: database.db,
    reference: database.db,
    pool: database.pool,
    files: await createLocalFileStore(path.join(config.dataDir, 'files')),
    clock: systemClock,
    secret: 'nobody signs in on the command line that imports',
    demo: config.demo,
    hotline: config.hotline,
    publicUrl: () => config.publicUrl ?? '',
  })
  return { services, stop: database.close }
}

const number = (value: number): string => value.toLocaleString('vi-VN')

const writeRejections = async (
  imports: NonNullable<Services['imports']>,
  id: string,
  file: string,
): Promise<void> => {
  const out = createWriteStream(file)
  out.write('\uFEFFline;code;reason\n')
  for (let after = 0; ; ) {
    const page = await imports.rejections(id, after, 1_000)
    const last = page.at(-1)
    if (!last) break
    for (const { line, code, reason } of page)
      out.write(`${line};"${code.replaceAll('"', '""')}";"${reason.replaceAll('"', '""')}"\n`)
    after = last.line
  }
  await new Promise<void>((resolve) => out.end(resolve))
}

const main = async (): Promise<number> => {
  const [file] = positionals
  if (values.help || !file) {
    console.log(HELP)
    return values.help ? 0 : 2
  }
  const { services, stop } = await openServices(readConfig(process.env))
  try {
    const { imports } = services
    if (!imports) throw new Error('no connections for an import')
    let said = 0
    const request = {
      file,
      name: file,
      dryRun: values['dry-run'],
      actor: { kind: 'system' as const, id: null, name: values.by },
      onProgress: ({
        bytes,
        size,
        accepted,
        rejected,
      }: {
        bytes: number
        size: number
        accepted: number
        rejected: number
      }) => {
        if (Date.now() - said < 1_000) return
        said = Date.now()
        console.error(
          `${Math.floor((bytes * 100) / size)} %  ${number(accepted)} hồ sơ, loại ${number(rejected)}`,
        )
      },
    }
    const opened = await imports.open(request)
    if (opened.done_lines > 0 && opened.state === 'running')
      console.error(`Nhập tiếp từ dòng ${number(opened.done_lines + 1)}.`)
    const done = await imports.run(opened, request)
    console.log(
      `${done.dry_run ? 'Kiểm tra' : 'Nhập'} xong ${done.id}: ${number(done.accepted)} hồ sơ ${done.dry_run ? 'nhập được' : 'đã nhập'}, loại ${number(done.rejected)} dòng.`,
    )
    if (done.rejected === 0) return 0
    const report = `${file}.loai.csv`
    await writeRejections(imports, done.id, report)
    console.log(`Lý do từng dòng: ${report}`)
    return 1
  } finally {
    await stop()
  }
}

process.exitCode = await main().catch((error: unknown) => {
  const why = error instanceof Refusal ? error.code : error instanceof Error ? error.message : String(error)
  console.error(`Không nhập được · The import failed: ${why}`)
  return 2
})
