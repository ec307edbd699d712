import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'

/** Windows of the screens we promise to work on. */
export const VIEWPORTS = {
  phone: { width: 390, height: 844 },
  'phone-narrow': { width: 320, height: 640 },
  desk: { width: 1440, height: 900 },
  'desk-small': { width: 1280, height: 720 },
} as const

/** The system's Chromium; `BROWSER` names another one. It talks to nobody but the page under test. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.BROWSER ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

const WCAG_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export type AxeFinding = { rule: string; help: string; targets: string[] }

/** What axe finds against WCAG 2.2 AA, short enough to read in a failing test. */
export async function axeFindings(page: Page): Promise<AxeFinding[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_TAGS).analyze()
  return violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    targets: nodes.map((node) => node.target.join(' ')),
  }))
}

/** Pixels by which the page is wider than its window; 0 is right at any width (WCAG 1.4.10). */
export const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
