import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { launchBrowser, VIEWPORTS } from '../support/browser.ts'
import { examine, SOUND } from '../support/examine.ts'
import { type Officers, officersOf, type Received } from '../support/officers.ts'
import { pictureOf } from '../support/screens.ts'
import { type Tracked, trackedDossier } from '../support/tracked.ts'

const base = inject('base')
const dataDir = inject('dataDir')
let browser: Browser
let officers: Officers
let context: BrowserContext
let page: Page

beforeAll(async () => {
  ;[browser, officers] = await Promise.all([launchBrowser(), officersOf(base)])
})
afterAll(async () => {
  officers.close()
  await browser.close()
})
beforeEach(async () => {
  context = await browser.newContext({ baseURL: base, viewport: VIEWPORTS.phone, reducedMotion: 'reduce' })
  page = await context.newPage()
})
afterEach(() => context.close())

const open = async ({ code }: Received, secret: string): Promise<void> => {
  await page.goto(`/tra-cuu/${code}`)
  await page.getByLabel(/Mã PIN/).fill(secret)
  await page.getByRole('button', { name: 'Xem hồ sơ' }).click()
}
// biome-ignore lint/performance/useDomNodeTextContent: what a person reads, without what is hidden
const said = async (): Promise<string> => page.getByRole('main').innerText()

/** What the owner must read in each state, and what must not stand there. */
const STATES: { state: Tracked; reads: RegExp[]; not: RegExp[] }[] = [
  {
    state: 'appraised',
    reads: [
      /Đúng tiến độ/,
      /còn \d+ ngày làm việc/i,
      /Ông\/bà chưa cần làm gì/,
      /Vì sao ngày này\?/,
      /Thẩm định hồ sơ\s+đang làm/,
    ],
    not: [/xin lỗi/],
  },
  {
    state: 'late',
    reads: [/Quá hạn/, /Quá \d+ ngày/, /xin lỗi/],
    not: [/được báo trước/, /Hẹn lại/],
  },
  {
    state: 'extended',
    reads: [/xin lỗi và hẹn lại/, /Chưa có kết quả đo đạc/, /Hẹn lại:/],
    not: [/Quá hạn/],
  },
  {
    state: 'supplement',
    reads: [
      /Chờ bổ sung/,
      /Mang các giấy tờ dưới đây đến trung tâm trước/,
      /Giấy cần nộp thêm/,
      /Giấy tờ chứng minh việc đổi tên/,
    ],
    not: [/chưa cần làm gì/],
  },
  {
    state: 'intakeSupplement',
    reads: [/Chờ bổ sung/, /Bản gốc Giấy chứng nhận đã cấp/],
    not: [/Hẹn trả kết quả/, /chưa hẹn được ngày/i],
  },
  { state: 'payment', reads: [/Chờ nộp tiền/, /Nộp 1\.250\.000 đ/], not: [/chưa cần làm gì/] },
  { state: 'completed', reads: [/Đã có kết quả/, /mang Giấy tiếp nhận hoặc căn cước/], not: [/Quá hạn/] },
  { state: 'returned', reads: [/Đã trả kết quả/, /Kết quả đã trao/], not: [/chưa cần làm gì/] },
  {
    state: 'refused',
    reads: [
      /Từ chối giải quyết/,
      /Lý do: Thửa đất đang có tranh chấp/,
      /Nhận văn bản từ chối tại/,
      /nộp hồ sơ mới/,
      /khiếu nại trong 90 ngày/,
    ],
    not: [/chưa cần làm gì/, /Đã có kết quả/],
  },
  {
    state: 'notAccepted',
    reads: [/Không tiếp nhận/, /Đất thuộc địa phận tỉnh khác/, /Văn phòng đăng ký đất đai nơi có đất/],
    not: [/Hẹn trả kết quả/],
  },
  { state: 'withdrawn', reads: [/Đã rút/], not: [/Hẹn trả kết quả/] },
]

describe('a dossier its owner looks up', () => {
  it.each(STATES)('$state', async ({ state, reads, not }) => {
    const received = await trackedDossier(officers, state, dataDir)
    await open(received, received.pin)
    await page.getByRole('heading', { level: 1, name: /Đổi tên/ }).waitFor()
    const text = await said()
    for (const pattern of reads) expect(text).toMatch(pattern)
    for (const pattern of not) expect(text).not.toMatch(pattern)
    expect(await examine(page)).toEqual(SOUND)
  })

  it('opens with the last four digits as with the PIN, and answers in English', async () => {
    const received = await trackedDossier(officers, 'running', dataDir)
    await open(received, '0001')
    await page.getByText('Ông/bà chưa cần làm gì').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('Nothing to do now').waitFor()
    await page.getByText(/^Not counted: /).waitFor()
    expect(await examine(page)).toEqual(SOUND)
  })

  it('shows how far it is to anybody, and nothing else', async () => {
    const { code } = await trackedDossier(officers, 'running', dataDir)
    await page.goto(`/tra-cuu/${code.toLowerCase()}`)
    await page.getByText(/Đã xong \d+ phần trăm/).waitFor()
    expect(await said()).not.toMatch(/Đổi tên|Nguyễn|Sở Tài nguyên/)
    expect(await examine(page)).toEqual(SOUND)
  })

  it('stays shut for wrong digits, says so, and locks after ten', async () => {
    const received = await trackedDossier(officers, 'running', dataDir)
    await open(received, '999999')
    await page.getByText(/không khớp/).waitFor()
    expect(await said()).not.toMatch(/Đổi tên/)
    expect(await examine(page)).toEqual(SOUND)
    for (let guess = 0; guess < 9; guess += 1)
      await page.request.post(`/api/tracking/${received.code}`, { data: { pin: String(100_000 + guess) } })
    await page.getByRole('button', { name: 'Xem hồ sơ' }).click()
    await page.getByText(/Nhập sai nhiều lần/).waitFor()
    await page.getByLabel(/Mã PIN/).fill(received.pin)
    await page.getByRole('button', { name: 'Xem hồ sơ' }).click()
    await page.getByText(/Nhập sai nhiều lần/).waitFor()
    expect(await said()).not.toMatch(/Đổi tên/)
  })

  it('is drawn for the documentation', async () => {
    const received = await trackedDossier(officers, 'appraised', dataDir)
    await open(received, received.pin)
    await page.getByText('Vì sao ngày này?').waitFor()
    expect((await pictureOf(page, 'portal-tracking-phone', 'phone')).length).toBeGreaterThan(20_000)
  })
})
