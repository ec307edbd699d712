import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { systemClock } from '#platform/clock/clock.ts'
import { createPaperRenderer } from '#platform/papers/renderer.ts'
import { paperExamples } from '../../modules/documents/examples.ts'
import { createPapers } from '../../modules/documents/papers.ts'
import { readShippedTemplates, shippedLibrary } from '../../modules/documents/templates.ts'
import { launchBrowser } from '../support/browser.ts'
import { aDesk, type Desk } from './browsers.ts'
import { signIn } from './people.ts'
import { lookAround, type Province } from './province.ts'
import { PAPER_PICTURES } from './screen-list.ts'

const base = inject('base')
const root = path.join(import.meta.dirname, '../..')
const taking = process.env.UPDATE_SCREENS === '1'

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

/** A page of a PDF drawn by the browser, as a person sees it on paper. */
const draw = async (page: Page, pdf: Buffer, file: string): Promise<void> => {
  const library = path.join(root, 'node_modules/pdfjs-dist/legacy/build')
  await page.route('http://giay.invalid/**', async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1)
    if (name === 'giay.pdf') return route.fulfill({ body: pdf, contentType: 'application/pdf' })
    if (name === '') return route.fulfill({ body: '<canvas></canvas>', contentType: 'text/html' })
    return route.fulfill({ body: await readFile(path.join(library, name)), contentType: 'text/javascript' })
  })
  await page.goto('http://giay.invalid/')
  await page.addScriptTag({
    type: 'module',
    content: `
      import { getDocument, GlobalWorkerOptions } from '/pdf.mjs'
      GlobalWorkerOptions.workerSrc = '/pdf.worker.mjs'
      const sheet = await (await getDocument('/giay.pdf').promise).getPage(1)
      const viewport = sheet.getViewport({ scale: 1.7 })
      const canvas = document.querySelector('canvas')
      canvas.width = viewport.width
      canvas.height = viewport.height
      await sheet.render({ canvas, viewport }).promise
      canvas.dataset.drawn = 'yes'`,
  })
  const canvas = page.locator('canvas[data-drawn]')
  await canvas.waitFor()
  const picture = await canvas.screenshot()
  // A white sheet is a few hundred bytes.
  expect(picture.length).toBeGreaterThan(10_000)
  expect(picture.length).toBeLessThan(600_000)
  if (taking) await writeFile(path.join(root, 'docs/screens', `${file}.png`), picture)
}

describe('pictures of the papers', () => {
  const data = path.join(root, 'data')
  const papers = createPapers({
    renderer: createPaperRenderer({
      templates: path.join(data, 'templates'),
      fonts: path.join(data, 'fonts'),
    }),
    library: shippedLibrary(readShippedTemplates(path.join(data, 'templates'))),
    clock: systemClock,
  })

  it.each(PAPER_PICTURES)('%s is drawn as a person sees it', async (kind) => {
    const page = await author.context.newPage()
    const pdf = await papers.renderPaper(kind, { ...paperExamples[kind], sample: true })
    await draw(page, pdf, `paper-${kind}`)
    await page.close()
  })
})
