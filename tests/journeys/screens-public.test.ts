import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launchBrowser, VIEWPORTS } from '../support/browser.ts'
import { aPhone } from './browsers.ts'
import { faultsDuring, filled, fits, picture, settled } from './looking.ts'
import { lookOutside, type Outside } from './province.ts'
import { HALL_SCREENS, PORTAL_SCREENS } from './screen-list.ts'

const base = inject('base')

let browser: Browser
let outside: Outside
let phone: Page

beforeAll(async () => {
  browser = await launchBrowser()
  outside = await lookOutside(browser, base)
  phone = await aPhone(browser)
})
afterAll(() => browser?.close())

describe.each(PORTAL_SCREENS)('$name', ({ name, path: to, prepare }) => {
  it('opens without a fault, is accessible and fits a phone and a computer', async () => {
    const faults = await faultsDuring(phone, async () => {
      await phone.setViewportSize(VIEWPORTS.phone)
      await phone.goto(base + to(outside))
      await settled(phone)
      await prepare?.(phone, base, outside)
      await settled(phone)
      await picture(phone, name, true)
      await fits(phone, VIEWPORTS.phone)
      await fits(phone, VIEWPORTS.desk)
      await picture(phone, `${name}-wide`)
    })
    expect(faults).toEqual([])
  })
})

describe.each(HALL_SCREENS)('$name', ({ name, path: to, prepare, sizes }) => {
  it('opens without a fault, is accessible and fits its machines', async () => {
    const context = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' })
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    const faults = await faultsDuring(page, async () => {
      await page.setViewportSize(sizes[0] ?? VIEWPORTS.desk)
      await page.goto(base + to(outside))
      // A board never ends to load: its stream stays open.
      await filled(page)
      await prepare?.(page, base, outside)
      await page.waitForTimeout(1_500)
      await picture(page, name)
      for (const size of sizes) await fits(page, size)
    })
    expect(faults).toEqual([])
    await context.close()
  })
})
