import type { ServiceOperations } from '#modules/workflow/index.ts'
import type { Db } from '#platform/db/connect.ts'
import type { EventLog } from '#platform/log/log.ts'

/**
 * What service tasks of processes may call, by the name in `motcua:operation`. An operation that reaches outside uses its
 * `key` as the idempotency key there.
 */
export const processOperations = ({
  db,
  log,
}: {
  db: Db
  log: Pick<EventLog, 'append'>
}): ServiceOperations => ({
  /** Tells the applicant that something is to be done or known; who sends messages follows the log. */
  'announce-to-applicant': {
    name: { vi: 'Báo cho người nộp hồ sơ', en: 'Tell the applicant' },
    run: async ({ key, subject, at }) => {
      const actor = { kind: 'system', id: null, name: 'Quy trình' } as const
      await log.append(db, [{ type: 'applicant-announced', at, actor, subject, data: { key } }])
      return undefined
    },
  },
})
