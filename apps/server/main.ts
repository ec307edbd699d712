import { enableCompileCache } from 'node:module'
import { atRoot } from '#platform/root.ts'

// Modules are read again at every start; their compiled form is kept beside the built server.
enableCompileCache(atRoot('.build/compiled'))

const report = (error: unknown): void =>
  console.error(error instanceof Error && error.message.startsWith('Cấu hình') ? error.message : error)

/** Ends the process when everything is given back. */
const end = (stop: () => Promise<void>, code: number): Promise<never> =>
  stop().then(
    () => process.exit(code),
    (error: unknown) => {
      report(error)
      process.exit(1)
    },
  )

const main = async (): Promise<void> => {
  const { readConfig } = await import('./config.ts')
  const { startServer } = await import('./start.ts')
  const { running, stop } = startServer(readConfig(process.env), (line) => console.log(line))
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      stopping = true
      console.log(`\n${signal}: đang dừng… · stopping…`)
      void end(stop, 0)
    })
  await running.catch((error: unknown) => {
    // A start that is stopped half-way breaks somewhere, as it should.
    if (stopping) return
    report(error)
    return end(stop, 1)
  })
}

main().catch((error: unknown) => {
  report(error)
  process.exit(1)
})
