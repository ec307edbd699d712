import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{platform,modules,apps,sim,tests,bench,scripts}/**/*.test.{ts,tsx}'],
    exclude: ['tests/journeys/**', 'node_modules/**'],
    globalSetup: ['tests/support/database-server.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
