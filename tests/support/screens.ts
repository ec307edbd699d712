import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { VIEWPORTS } from './browser.ts'

const folder = path.join(import.meta.dirname, '../../docs/screens')

/** A picture for the documentation: always taken, so that it can be; kept only when `UPDATE_SCREENS=1` asks for new ones. */
export async function pictureOf(page: Page, name: string, viewport: keyof typeof VIEWPORTS): Promise<Buffer> {
  await page.setViewportSize(VIEWPORTS[viewport])
  await page.evaluate(() => document.fonts.ready)
  const picture = await page.screenshot({ fullPage: true, animations: 'disabled' })
  if (process.env.UPDATE_SCREENS === '1') {
    await mkdir(folder, { recursive: true })
    await writeFile(path.join(folder, `${name}.png`), picture)
  }
  return picture
}
