import { readConfig } from './config.ts'
import { holdDoors } from './doors.ts'
import { createPrinter } from './printer.ts'
import { openQueue } from './queue.ts'
import { startReporter } from './reporter.ts'
import { startWorker } from './worker.ts'

/**
 * The print agent: a small program on the machine that a ticket printer is plugged into or stands beside. Pages on that machine
 * hand it jobs; it prints each at most once and tells the server how the printer is. Needs Node and nothing else.
 */
const start = async (file: string): Promise<void> => {
  const config = readConfig(file)
  const doors = await holdDoors(config)
  const queue = await openQueue(config.folder)
  const reporter = startReporter(config, queue)
  const worker = startWorker({ printer: createPrinter(config), queue }, reporter.see)
  doors.open({ queue, worker })
  console.log(`Sẵn sàng in tại · ready to print at http://127.0.0.1:${doors.port}`)
  const stop = async (): Promise<void> => {
    doors.close()
    await worker.stop()
    await reporter.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('Cách dùng · usage: node print-agent.cjs <config.json>')
  process.exit(2)
}
start(file).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
