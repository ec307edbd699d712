import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { pageWeights } from '../../apps/web/scripts/page-weight.ts'

const dist = path.join(import.meta.dirname, '../../apps/web/dist')
const KIB = 1_024
/** What a citizen's phone fetches at the first visit: brotli over HTTPS, gzip where a proxy or plain HTTP allows no more. */
const BUDGET = { br: 120 * KIB, gz: 136 * KIB }
const PAGES = [
  'src/surfaces/portal/home-page.tsx',
  'src/features/catalogue/procedures-page.tsx',
  'src/features/catalogue/procedure-page.tsx',
  'src/features/tracking/tracking-form.tsx',
  'src/features/tracking/tracking-page.tsx',
  'src/features/centres/centres-page.tsx',
  'src/features/centres/centre-page.tsx',
  'src/features/waiting/halls-page.tsx',
  'src/features/waiting/promises-page.tsx',
  'src/features/tickets/take-page.tsx',
  'src/features/tickets/ticket-page.tsx',
  'src/features/rating/rating-page.tsx',
]

describe('scripts of the portal', async () => {
  const weights = await pageWeights(dist, PAGES)
  it.each(weights)('$page stays in its budget', ({ br, gz }) => {
    expect(br).toBeGreaterThan(0)
    expect(br).toBeLessThanOrEqual(BUDGET.br)
    expect(gz).toBeLessThanOrEqual(BUDGET.gz)
  })
})
