import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launchBrowser, VIEWPORTS } from '../support/browser.ts'
import { aDesk, type Desk } from './browsers.ts'
import { faultsDuring, fits, picture, settled } from './looking.ts'
import { signIn } from './people.ts'
import { lookAround, type Province } from './province.ts'
import { DESK_SCREENS } from './screen-list.ts'

const base = inject('base')

let browser: Browser
let province: Province
const desks = new Map<string, Desk>()

beforeAll(async () => {
  browser = await launchBrowser()
  province = await lookAround(browser, base)
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

describe.each(DESK_SCREENS)('$name', ({ name, as, path: to, prepare }) => {
  it('opens without a fault, is accessible and fits its windows', async () => {
    const page = await deskOf(as)
    const faults = await faultsDuring(page, async () => {
      await page.setViewportSize(VIEWPORTS.desk)
      await page.goto(base + to(province))
      await settled(page)
      await prepare?.(page, base, province)
      await settled(page)
      await picture(page, name)
      await fits(page, VIEWPORTS.desk)
      await fits(page, VIEWPORTS['desk-small'])
    })
    expect(faults).toEqual([])
  })
})

it('the gallery shows every component without a fault', async () => {
  const page = await deskOf(undefined)
  await page.setViewportSize(VIEWPORTS.desk)
  await page.goto(`${base}/gallery`)
  await settled(page)
  expect(await page.locator('[data-broken]').count()).toBe(0)
  await picture(page, 'gallery')
  await fits(page, VIEWPORTS.desk)
})
