import { enableCompileCache } from 'node:module'

// Modules are read again at every start; their compiled form is kept beside the libraries.
enableCompileCache(new URL('../../node_modules/.cache/mot-cua', import.meta.url).pathname)

const { readConfig } = await import('./config.ts')
const { startServer } = await import('./start.ts')

try {
  const config = readConfig(process.env)
  const running = await startServer(config, (line) => console.log(line))
  const stop = (signal: string): void => {
    console.log(`\n${signal}: đang dừng… · stopping…`)
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(signal))
} catch (error) {
  console.error(error instanceof Error && error.message.startsWith('Cấu hình') ? error.message : error)
  process.exit(1)
}
