import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { launchBrowser, VIEWPORTS } from '../support/browser.ts'
import { examine, SOUND } from '../support/examine.ts'
import { officersOf } from '../support/officers.ts'
import { pictureOf } from '../support/screens.ts'

const base = inject('base')
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  context = await browser.newContext({ baseURL: base, viewport: VIEWPORTS.phone, reducedMotion: 'reduce' })
  page = await context.newPage()
  complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(message.text())
  })
})
afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

describe('every page of the portal', () => {
  it.each([
    ['home', '/', 'Tất cả 2.436 thủ tục'],
    ['the list of procedures', '/thu-tuc?q=khai%20sinh', 'Đăng ký khai sinh'],
    ['a list without a hit', '/thu-tuc?q=zzzzqqqq', 'Không thấy thủ tục nào với từ này.'],
    ['a procedure with several cases', '/thu-tuc/1.004194', 'Ông/bà thuộc trường hợp nào?'],
    ['a procedure without a published time', '/thu-tuc/1.001193', 'không ghi rõ thời hạn'],
    ['a procedure that does not exist', '/thu-tuc/9.999999', 'Tải lại'],
    ['tracking', '/tra-cuu', 'Hồ sơ đang ở đâu?'],
    ['a malformed dossier code', '/tra-cuu/abc', 'Mã này chưa đúng dạng'],
    ['an unknown dossier code', '/tra-cuu/H49-200101-9999', 'Không tìm thấy hồ sơ'],
    ['all centres', '/trung-tam', 'Trung tâm Hành chính công huyện Cô Tô'],
    ['one centre', '/trung-tam/tthcc-ha-long', 'Quầy 1'],
    ['a centre that does not exist', '/trung-tam/khong-co', 'Tất cả trung tâm'],
    ['an address that is none', '/khong/co/trang', 'Không có trang này'],
  ])('%s is accessible and fits at every width', async (_name, path, sign) => {
    await page.goto(path)
    await page.getByText(sign).first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(await examine(page)).toEqual(SOUND)
  })

  it('leads on from an address that is none, which says so to machines too', async () => {
    const answer = await page.goto('/khong-co-trang-nay')
    expect(answer?.status()).toBe(404)
    await page.getByRole('link', { name: 'Tra hồ sơ đã nộp' }).waitFor()
    await page.getByRole('searchbox', { name: 'Tìm thủ tục' }).fill('khai sinh')
    await page.keyboard.press('Enter')
    await page.getByText('Đăng ký khai sinh').first().waitFor()
  })

  it('names the province', async () => {
    await page.goto('/')
    await page.getByRole('banner').getByText('Tỉnh Quảng Ninh').waitFor()
  })

  it('speaks English when asked, and again at the next visit', async () => {
    await page.goto('/')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'What do you need to get done today?' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await examine(page)).toEqual(SOUND)
    await page.goto('/tra-cuu')
    await page.getByRole('heading', { name: 'Where is my dossier?' }).waitFor()
  })

  it('goes on through the list by key, and every procedure comes once', async () => {
    await page.goto('/thu-tuc?level=commune')
    const rows = page.locator('main ul a[href^="/thu-tuc/"]')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(20)
    await page.getByRole('button', { name: 'Xem thêm thủ tục' }).click()
    await rows.nth(39).waitFor()
    const codes = await rows.evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    expect(new Set(codes).size).toBe(40)
  })

  it('says that it is offline, and goes on when the network is back', async () => {
    await page.goto('/thu-tuc')
    await page.locator('main ul a').first().waitFor()
    await context.setOffline(true)
    await page.getByText(/Mất mạng/).waitFor()
    expect(await examine(page)).toEqual(SOUND)
    await context.setOffline(false)
    await page.getByText(/Mất mạng/).waitFor({ state: 'detached' })
  })

  it('keeps what was typed when the server does not answer', async () => {
    await page.route('**/api/procedures?*', (route) => route.abort())
    await page.goto('/thu-tuc?q=khai%20sinh')
    await page.getByText('Chưa kết nối được tới máy chủ', { exact: false }).waitFor({ timeout: 20_000 })
    expect(await page.getByRole('combobox', { name: 'Tìm thủ tục' }).inputValue()).toBe('khai sinh')
    await page.unroute('**/api/procedures?*')
    await page.getByRole('button', { name: 'Tải lại' }).click()
    await page.getByText('Đăng ký khai sinh').first().waitFor()
  })
})

describe('without a mouse', () => {
  it('search, procedure, then the dossier of the slip', async () => {
    const officers = await officersOf(base)
    const { code, pin } = await officers.receive()
    officers.close()
    await page.goto('/')
    await page.getByRole('combobox', { name: 'Tìm thủ tục' }).waitFor()
    const tabTo = async (target: string) => {
      for (let press = 0; press < 40; press += 1) {
        await page.keyboard.press('Tab')
        const focused = await page.evaluate(() => {
          const at = document.activeElement
          const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : at?.textContent
          return `${label ?? ''} ${at?.getAttribute('aria-label') ?? ''}`
        })
        if (focused.includes(target)) return
      }
      throw new Error(`Tab does not come to ${target}`)
    }
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await tabTo('Tìm thủ tục')
    await page.keyboard.type('tam tru')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Giấy tờ cần có' }).waitFor()
    expect(page.url()).toMatch(/\/thu-tuc\/\d\.\d{6}$/)
    await page.goto('/')
    await tabTo('Mã hồ sơ')
    await page.keyboard.type(code.toLowerCase())
    await page.keyboard.press('Enter')
    await page.getByLabel(/Mã PIN/).waitFor()
    await tabTo('Mã PIN')
    await page.keyboard.type(pin)
    await page.keyboard.press('Enter')
    await page.getByText('Ông/bà chưa cần làm gì').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })
})

describe('pictures', () => {
  it.each([
    ['portal-home-phone', '/', 'Xem cả 15 trung tâm'],
    ['portal-procedure-phone', '/thu-tuc/1.004194', 'Giấy tờ cần có'],
  ])('%s', async (name, path, sign) => {
    await page.goto(path)
    await page.getByText(sign).first().waitFor()
    await page.waitForLoadState('networkidle')
    expect((await pictureOf(page, name, 'phone')).length).toBeGreaterThan(20_000)
  })
})
