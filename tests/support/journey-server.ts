import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { startServerProcess, unusedPort } from './server-process.ts'
import { temporaryFolder } from './temporary-folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the one running product of this run, e.g. `http://127.0.0.1:41234`. */
    base: string
    /** Its data folder: `embeddedDatabase(dataDir)` is the way beside the application. */
    dataDir: string
  }
}

/** One product for all journeys of a run, with the demo province and an empty data folder. Ask for it by `inject('base')`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await temporaryFolder('journeys')
  const server = await startServerProcess({
    dataDir,
    port: await unusedPort(),
    // Journeys of many people come from one address here.
    environment: { DEMO_DOSSIERS: '420', PUBLIC_REQUESTS_PER_MINUTE: '100000' },
  })
  project.provide('base', server.base)
  project.provide('dataDir', dataDir)
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
