import { defineConfig } from 'vitest/config'

const SCREENS = 'tests/journeys/screens-*.test.ts'

/**
 * Journeys of people through the running product, in a real browser: first the screens, that only look and may do so side by
 * side, then the journeys one after the other. All of them share one product.
 */
export default defineConfig({
  test: {
    globalSetup: ['tests/support/journey-server.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: { name: 'screens', include: [SCREENS], maxWorkers: 2, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          exclude: [SCREENS],
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
