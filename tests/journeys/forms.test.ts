import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { aDesk, type Desk } from './browsers.ts'
import { signIn } from './people.ts'
import { lookAround, type Province } from './province.ts'

const base = inject('base')
const root = path.join(import.meta.dirname, '../..')

let browser: Browser
let province: Province
let author: Desk
let checker: Desk

beforeAll(async () => {
  browser = await launchBrowser()
  province = await lookAround(browser, base)
  author = await aDesk(browser)
  await signIn(author.context, base, province.staff.catalogue)
  checker = await aDesk(browser)
  const { catalogue } = province.staff
  const other = province.people.items.find(
    ({ roles, username }) => roles.includes('CATALOG_ADMIN') && username !== catalogue.username,
  )
  if (!other) throw new Error('nobody else looks after the catalogue')
  await signIn(checker.context, base, other)
})
afterAll(() => browser?.close())

const openForm = async ({ page }: Desk): Promise<void> => {
  await page.goto(`${base}/desk/mau-giay?mau=guidance`)
  await page.getByRole('heading', { name: 'Phiếu hướng dẫn nộp hồ sơ' }).waitFor()
}

describe('a new wording of a form', () => {
  it('is refused with its lines while it cannot be printed, and kept as a draft when it can', async () => {
    await openForm(author)
    const { page } = author
    await page.getByRole('button', { name: 'Tải lên phiên bản mới' }).click()
    const sheet = page.getByRole('dialog', { name: 'Tải lên phiên bản mới' })
    const text = await readFile(path.join(root, 'data/templates/guidance.typ'), 'utf8')
    const upload = async (body: string): Promise<void> => {
      const file = { name: 'guidance.typ', mimeType: 'text/plain', buffer: Buffer.from(body) }
      await sheet.getByLabel('Tệp mẫu (.typ)').setInputFiles(file)
      await sheet.getByLabel('Căn cứ ban hành').fill('Quyết định số 00/2026/QĐ-UBND')
      await sheet.getByLabel('Lời văn theo').fill('Phụ lục của quyết định')
      await sheet.getByRole('button', { name: 'In thử và lưu bản nháp' }).click()
    }
    await upload(text.replace('item("1. Giấy tờ cần chuẩn bị", none)', '#sai-cho-nay(1)'))
    await sheet.getByRole('region', { name: 'Chỗ sai trong mẫu' }).waitFor()
    const lines = text.split('\n')
    const wrong = lines.findIndex((line) => line.includes('1. Giấy tờ cần chuẩn bị')) + 1
    expect(await sheet.getByRole('rowheader').first().textContent()).toBe(String(wrong))

    await upload(text.replace('1. Giấy tờ cần chuẩn bị', '1. Giấy tờ ông/bà cần mang theo'))
    await sheet.waitFor({ state: 'detached' })
    await page.getByText('Bạn soạn bản này, người khác công bố.').first().waitFor()
    expect(await page.getByRole('button', { name: 'Công bố' }).count()).toBe(0)
  })

  it('is published by somebody else, and printed from its day on', async () => {
    await openForm(checker)
    const { page } = checker
    await page.getByRole('button', { name: 'Công bố' }).first().click()
    const sheet = page.getByRole('dialog')
    const today = new Intl.DateTimeFormat('vi-VN', {
      timeZone: 'Asia/Ho_Chi_Minh',
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
    }).format(new Date())
    await sheet.getByLabel('Số quyết định').fill('00/QĐ-UBND')
    await sheet.getByLabel('Hiệu lực từ ngày').fill(today)
    await sheet.getByRole('button', { name: 'Công bố' }).click()
    await sheet.waitFor({ state: 'detached' })
    await page.getByText('Đang hiệu lực').first().waitFor()
    const answer = await checker.context.request.get(`${base}/api/paper-templates/guidance`)
    expect((await answer.json()).inForce.version).toBe(2)
  })
})
