import type { Db } from '#platform/db/connect.ts'
import type { ScheduledJob } from '#platform/jobs/jobs.ts'
import type { Services } from './services.ts'

const DAY_MS = 86_400_000
/** A client that repeats a request after this long has forgotten it itself. */
const KEYS_KEPT_DAYS = 30
const DRAFTS_KEPT_DAYS = 30

/** What processes do by themselves; each finds its own work, once, however many processes look for it. */
export const processJobs = ({ workflow }: Pick<Services, 'workflow'>): ScheduledJob[] => [
  { name: 'fire-timers', cron: '* * * * *', run: () => workflow.fireTimers() },
  { name: 'run-operations', cron: '* * * * *', run: () => workflow.runOperations() },
  { name: 'escalate-tasks', cron: '* * * * *', run: () => workflow.escalate() },
]

/** What would grow for ever if nobody swept it. */
export const housekeeping = ({ identity, files, dossiers, queue }: Services, db: Db): ScheduledJob[] => [
  { name: 'sweep-sessions', cron: '17 * * * *', run: () => identity.service.sweep() },
  { name: 'sweep-staged-files', cron: '27 3 * * *', run: () => files.sweep(new Date(Date.now() - DAY_MS)) },
  { name: 'settle-groups', cron: '* * * * *', run: () => dossiers.groups.settleAll() },
  { name: 'watch-consultations', cron: '* * * * *', run: () => dossiers.consultations.watch() },
  { name: 'watch-appointments', cron: '* * * * *', run: () => queue.watchAppointments() },
  { name: 'watch-help-calls', cron: '* * * * *', run: () => queue.help.watch() },
  // Numbers in the hands of kiosks that did not come back on their day.
  { name: 'close-number-leases', cron: '7 * * * *', run: () => queue.offline.closePast() },
  // Begun by an officer and cut off by a stop or a kill: it goes on where it was.
  { name: 'recompute-deadlines', cron: '* * * * *', run: () => dossiers.continueRecomputation() },
  {
    name: 'forget-idempotency-keys',
    cron: '37 3 * * *',
    run: () => db.deleteFrom('idempotency').where('created_at', '<', before(KEYS_KEPT_DAYS)).execute(),
  },
  {
    name: 'forget-intake-drafts',
    cron: '47 3 * * *',
    run: () => db.deleteFrom('intake_draft').where('saved_at', '<', before(DRAFTS_KEPT_DAYS)).execute(),
  },
]

const before = (days: number): Date => new Date(Date.now() - days * DAY_MS)
