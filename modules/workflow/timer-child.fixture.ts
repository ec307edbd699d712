import { movableClock } from '#platform/clock/clock.ts'
import { connect } from '#platform/db/connect.ts'
import { createLog } from '#platform/log/log.ts'
import { createWorkflowService } from './service.ts'

/** A process of its own that fires timers, so that a test can kill it. Arguments: database, now. */
const [url = '', now = ''] = process.argv.slice(2)
const { db } = connect({ url, poolSize: 4 })
const service = createWorkflowService({
  ...{ db, log: createLog(), clock: movableClock(new Date(now)), fourEyes: false },
  deadline: (from, hours) => new Date(from.getTime() + hours * 3_600_000),
  movedByPause: (due) => due,
  operations: {},
  agencies: async () => new Set(),
  tree: () => Promise.reject(new Error('timers ask for no organisation')),
  rightsHeld: async () => [],
  subjectCodes: async () => new Map(),
  officersAt: async () => [],
})
process.stdout.write('ready\n')
await service.fireTimers()
process.exit(0)
