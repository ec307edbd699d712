/**
 * The hall: services of a centre, numbers, counters, calling by one written rule, boards that follow the log, and honest
 * waiting times. Knows nothing of dossiers beyond the codes tied to a visit.
 *
 * `rules/wait/` is the waiting-time estimator, `service/` one use case a file.
 */
export { queueErrors } from './errors.ts'
export { createQueueRoutes } from './routes.ts'
export { PAPER_FAMILY } from './rules.ts'
export { seedOpenings, seedServiceGroups } from './seed.ts'
export type { QueueDeps } from './service/deps.ts'
export type { PastVisit } from './service/past.ts'
export { createQueueService, type QueueService } from './service.ts'
