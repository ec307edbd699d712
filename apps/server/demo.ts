import type { Db } from '#platform/db/connect.ts'
import type { Config } from './config.ts'
import { seedDemoPeople } from './seed.ts'
import type { Services } from './services.ts'

export type DemoOptions = {
  db: Db
  services: Services
  profile: Config['profile']
  now: Date
  say: (line: string) => void
}

/** The demo province: its officers, and what happened in it until now. */
export const seedDemo = async ({ db, profile, now, say }: DemoOptions): Promise<void> => {
  say('Đang dựng tỉnh mẫu… · Setting up the demo province…')
  await seedDemoPeople(db, profile, now)
}
