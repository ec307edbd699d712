import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { type AxeFinding, axeFindings, sidewaysOverflow, VIEWPORTS } from './browser.ts'

export type Examination = {
  viewport: string
  findings: AxeFinding[]
  overflow: number
  overflowLargeText: number
}

const SIZES = ['phone', 'phone-narrow', 'desk'] as const
const PATIENCE_MS = 1_500

/** Virtual lists measure themselves after the window has changed, so a page has a moment to come to rest. */
const overflowAtRest = async (page: Page): Promise<number> => {
  const started = performance.now()
  for (;;) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined))))
    const overflow = await sidewaysOverflow(page)
    if (overflow === 0 || performance.now() - started > PATIENCE_MS) return overflow
    await sleep(50)
  }
}

/** A page at every width: what axe finds, and whether it stays within its window, also with text twice as large. */
export async function examine(page: Page): Promise<Examination[]> {
  const seen: Examination[] = []
  for (const viewport of SIZES) {
    await page.setViewportSize(VIEWPORTS[viewport])
    const overflow = await overflowAtRest(page)
    // The narrow phone has the markup of the phone; only its width is news.
    const findings = viewport === 'phone-narrow' ? [] : await axeFindings(page)
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    const overflowLargeText = await overflowAtRest(page)
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
    seen.push({ viewport, findings, overflow, overflowLargeText })
  }
  return seen
}

/** What `examine` answers when nothing is wrong. */
export const SOUND: Examination[] = SIZES.map((viewport) => ({
  viewport,
  findings: [],
  overflow: 0,
  overflowLargeText: 0,
}))
