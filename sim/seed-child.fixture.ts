import { movableClock } from '#platform/clock/clock.ts'
import { connect } from '#platform/db/connect.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { seedDemo } from '#server/demo.ts'
import { createServices } from '#server/services.ts'

/** A first start in a process of its own, so that a test can kill it. Arguments: database, folder, now, dossiers. */
const [url = '', folder = '', now = '', dossiers = ''] = process.argv.slice(2)
const { db } = connect({ url, poolSize: 2 })
const files = await createLocalFileStore(folder)
const at = new Date(now)
const services = createServices({
  ...{ db, reference: db, files, clock: movableClock(at), demo: true },
  ...{ secret: 'a secret for tests that is long enough to be one', hotline: '', publicUrl: () => '' },
})
await seedDemo({
  ...{ hotline: '1900 0000', publicUrl: 'https://dichvucong.example.vn' },
  url,
  services,
  profile: 'quang-ninh-2016',
  now: at,
  dossiers: Number(dossiers),
  say: () => undefined,
})
process.exit(0)
