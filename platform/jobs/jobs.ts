/** Work on a timetable, once for the whole installation however many processes there are. */
export type ScheduledJob = {
  name: string
  /** Cron expression in Vietnam's time. */
  cron: string
  run: () => Promise<unknown>
}

export type Jobs = { stop: () => Promise<void> }

export type JobsOptions = {
  url: string
  jobs: readonly ScheduledJob[]
  onError: (error: unknown) => void
  /** How often waiting work is looked for. */
  pollingSeconds?: number
}

/** Retries, schedules and dead letters are pg-boss's; loaded after the server listens, because nothing at a counter waits for it. */
export const startJobs = async ({ url, jobs, onError, pollingSeconds = 30 }: JobsOptions): Promise<Jobs> => {
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({ connectionString: url, application_name: 'mot-cua-jobs', max: 2 })
  boss.on('error', onError)
  await boss.start()
  for (const { name, cron, run } of jobs) {
    await boss.createQueue(name, { retryLimit: 3, retryDelay: 60 })
    await boss.work(name, { pollingIntervalSeconds: pollingSeconds }, () => run())
    await boss.schedule(name, cron, null, { tz: 'Asia/Ho_Chi_Minh' })
  }
  return { stop: () => boss.stop({ graceful: false }) }
}
