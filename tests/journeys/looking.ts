import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeFindings, sidewaysOverflow } from '../support/browser.ts'

const folder = path.join(import.meta.dirname, '../../docs/screens')
/** The user guide's pictures are taken when they are asked for; the visits are always made. */
const taking = process.env.UPDATE_SCREENS === '1'

export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  if (!taking) return
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, `${name}.png`)
  await page.screenshot({ path: file, fullPage, animations: 'disabled', caret: 'hide' })
  expect((await stat(file)).size, `${name}.png`).toBeLessThan(600_000)
}

/** Something stands in the page and its letters are there. */
export async function filled(page: Page): Promise<void> {
  await page.getByRole('main').filter({ hasText: /\S/ }).first().waitFor()
  await page.evaluate(() => document.fonts.ready)
}

/** Nothing is still loading and nothing moves. */
export async function settled(page: Page): Promise<void> {
  await filled(page)
  await page.waitForLoadState('networkidle')
}

export async function fits(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size)
  expect(await axeFindings(page), `axe at ${size.width}×${size.height}`).toEqual([])
  expect(await sidewaysOverflow(page), `overflow at ${size.width}×${size.height}`).toBe(0)
}

/** What broke in the page while `work` looked at it. */
export async function faultsDuring(page: Page, work: () => Promise<void>): Promise<string[]> {
  const faults: string[] = []
  const note = (error: Error): number => faults.push(error.message)
  page.on('pageerror', note)
  await work()
  page.off('pageerror', note)
  return faults
}
