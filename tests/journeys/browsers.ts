import type { Browser, BrowserContext, Page } from 'playwright-core'
import { VIEWPORTS } from '../support/browser.ts'

const VIETNAM = { locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' } as const
/** Long enough for a busy machine, short enough to name the step that failed. */
const PATIENCE_MS = 30_000

export type Desk = { context: BrowserContext; page: Page }

/** An officer's computer, with a browser of its own. */
export async function aDesk(
  browser: Browser,
  viewport: { width: number; height: number } = VIEWPORTS.desk,
): Promise<Desk> {
  const context = await browser.newContext({ viewport, ...VIETNAM })
  context.setDefaultTimeout(PATIENCE_MS)
  return { context, page: await context.newPage() }
}

/** A citizen's phone: small, touched, without any sign-in. */
export async function aPhone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: VIEWPORTS.phone,
    hasTouch: true,
    isMobile: true,
    ...VIETNAM,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  return context.newPage()
}
