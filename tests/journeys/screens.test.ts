import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { axeFindings, launchBrowser, sidewaysOverflow, VIEWPORTS } from '../support/browser.ts'
import { aDesk, aPhone, type Desk } from './browsers.ts'
import { signIn } from './people.ts'
import { lookAround, type Province } from './province.ts'
import { DESK_SCREENS, HALL_SCREENS, PORTAL_SCREENS } from './screen-list.ts'

const base = inject('base')
const folder = path.join(import.meta.dirname, '../../docs/screens')
/** The user guide's pictures are taken when they are asked for; the visits are always made. */
const taking = process.env.UPDATE_SCREENS === '1'

let browser: Browser
let province: Province
const desks = new Map<string, Desk>()
let phone: Page

beforeAll(async () => {
  browser = await launchBrowser()
  province = await lookAround(browser, base)
  phone = await aPhone(browser)
  if (taking) await mkdir(folder, { recursive: true })
})
afterAll(() => browser?.close())

const deskOf = async (who: keyof Province['staff'] | undefined): Promise<Page> => {
  const account = who && province.staff[who]
  const name = account?.username ?? ''
  const known = desks.get(name)
  if (known) return known.page
  const desk = await aDesk(browser)
  if (account) await signIn(desk.context, base, account)
  desks.set(name, desk)
  return desk.page
}

const picture = async (page: Page, name: string, fullPage: boolean): Promise<void> => {
  if (!taking) return
  const file = path.join(folder, `${name}.png`)
  await page.screenshot({ path: file, fullPage, animations: 'disabled', caret: 'hide' })
  expect((await stat(file)).size, `${name}.png`).toBeLessThan(600_000)
}

/** Nothing is still loading and nothing moves. */
const settled = async (page: Page): Promise<void> => {
  await page.getByRole('main').filter({ hasText: /\S/ }).first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.fonts.ready)
}

const check = async (page: Page, size: { width: number; height: number }): Promise<void> => {
  await page.setViewportSize(size)
  expect(await axeFindings(page), `axe at ${size.width}×${size.height}`).toEqual([])
  expect(await sidewaysOverflow(page), `overflow at ${size.width}×${size.height}`).toBe(0)
}

describe.each(DESK_SCREENS)('$name', ({ name, as, path: to, prepare }) => {
  it('opens without a fault, is accessible and fits its windows', async () => {
    const page = await deskOf(as)
    const faults: string[] = []
    const note = (error: Error): number => faults.push(error.message)
    page.on('pageerror', note)
    await page.setViewportSize(VIEWPORTS.desk)
    await page.goto(base + to(province))
    await settled(page)
    await prepare?.(page, base, province)
    await settled(page)
    await picture(page, name, false)
    await check(page, VIEWPORTS.desk)
    await check(page, VIEWPORTS['desk-small'])
    page.off('pageerror', note)
    expect(faults).toEqual([])
  })
})

describe.each(PORTAL_SCREENS)('$name', ({ name, path: to, prepare }) => {
  it('opens without a fault, is accessible and fits a phone and a computer', async () => {
    const faults: string[] = []
    const note = (error: Error): number => faults.push(error.message)
    phone.on('pageerror', note)
    await phone.setViewportSize(VIEWPORTS.phone)
    await phone.goto(base + to(province))
    await settled(phone)
    await prepare?.(phone, base, province)
    await settled(phone)
    await picture(phone, name, true)
    await check(phone, VIEWPORTS.phone)
    await check(phone, VIEWPORTS.desk)
    await picture(phone, `${name}-wide`, false)
    phone.off('pageerror', note)
    expect(faults).toEqual([])
  })
})

describe.each(HALL_SCREENS)('$name', ({ name, path: to, prepare, sizes }) => {
  it('opens without a fault, is accessible and fits its machines', async () => {
    const context = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' })
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.setViewportSize(sizes[0] ?? VIEWPORTS.desk)
    await page.goto(base + to(province))
    // A board never ends to load: its stream stays open.
    await page.getByRole('main').filter({ hasText: /\S/ }).first().waitFor()
    await page.evaluate(() => document.fonts.ready)
    await prepare?.(page, base, province)
    await page.waitForTimeout(1_500)
    await picture(page, name, false)
    for (const size of sizes) await check(page, size)
    expect(faults).toEqual([])
    await context.close()
  })
})

it('the gallery shows every component without a fault', async () => {
  const page = await deskOf(undefined)
  await page.setViewportSize(VIEWPORTS.desk)
  await page.goto(`${base}/gallery`)
  await settled(page)
  expect(await page.locator('[data-broken]').count()).toBe(0)
  await picture(page, 'gallery', false)
  await check(page, VIEWPORTS.desk)
})
