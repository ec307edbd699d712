import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { examine, SOUND } from '../support/examine.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('every component in every state is accessible and fits at every width', async () => {
  const context = await browser.newContext({ baseURL: inject('base'), reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto('/gallery')
  await page.getByRole('heading', { name: 'Why this date' }).waitFor()
  expect(await examine(page)).toEqual(SOUND)
})
