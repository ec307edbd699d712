import pg from 'pg'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type FakePrinter, startFakePrinter } from '../support/fake-printer.ts'
import { createHttpClient } from '../support/http-client.ts'
import { AGENT_TOKEN, type PrintAgent, startPrintAgent } from '../support/print-agent.ts'
import { embeddedDatabase } from '../support/server-process.ts'
import { type FaultProxy, startFaultProxy } from '../support/tcp-proxy.ts'
import { createPeople, signIn } from './people.ts'

/** A kiosk in a browser whose network is cut: reloaded, a number taken and printed, told when it is back. */
const CENTRE = 'tthcc-tinh'
const base = inject('base')

let browser: Browser
let context: BrowserContext
let page: Page
let printer: FakePrinter
let agent: PrintAgent
let database: pg.Client
/** Between the kiosk and the server; the agent is on the kiosk's own machine. */
let network: FaultProxy
let here: string

beforeAll(async () => {
  database = new pg.Client({ connectionString: (await embeddedDatabase(inject('dataDir'))).url })
  await database.connect()
  // On any day and at any hour.
  const always = JSON.stringify([{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1_440 }])
  await database.query(
    `insert into hall_settings (centre_id, sessions) values ($1, $2)
     on conflict (centre_id) do update set sessions = excluded.sessions`,
    [CENTRE, always],
  )
  await database.query('update service_group set stops_before = 0 where centre_id = $1', [CENTRE])
  network = await startFaultProxy({ port: Number(new URL(base).port) })
  here = `http://127.0.0.1:${network.port}`
  printer = await startFakePrinter()
  agent = await startPrintAgent({
    origins: [here],
    printer: { link: 'tcp', host: '127.0.0.1', port: printer.port },
  })
  browser = await launchBrowser()
  context = await browser.newContext({ viewport: { width: 1_080, height: 1_920 }, locale: 'vi-VN' })
  context.setDefaultTimeout(30_000)
  page = await context.newPage()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await agent?.close()
  await printer?.close()
  await network?.close()
  await database?.end()
})

const theDirector = async () => (await createPeople(base)).at(CENTRE, 'CENTRE_DIRECTOR')
const register = async (): Promise<string> => {
  const http = createHttpClient(base)
  const answer = await http.call({
    path: `/centres/${CENTRE}/devices`,
    cookie: await http.signIn((await theDirector()).username),
    body: { kind: 'KIOSK', name: `Kiosk mất mạng ${Date.now()}` },
  })
  http.close()
  return JSON.parse(answer.body).token
}

it('opens, gives a number and prints it without network, and tells the server afterwards', async () => {
  const token = await register()
  await page.goto(`${here}/kiosk/${CENTRE}#may=${token}&in=${agent.port}.${AGENT_TOKEN}.576`)
  await page.getByRole('heading', { name: 'Xin mời chọn việc' }).waitFor()
  expect(page.url()).not.toContain(token)
  const leased = () =>
    database.query('select count(*)::integer as blocks from number_lease where centre_id = $1', [CENTRE])
  await expect.poll(async () => (await leased()).rows[0]?.blocks, { timeout: 20_000 }).toBeGreaterThan(0)
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (!active) throw new Error('no worker')
  })
  // Once more with the worker in between: lists and files of the page are then kept.
  await page.reload({ waitUntil: 'networkidle' })

  network.set({ refuse: true })
  network.cut('reset')
  await page.reload()
  await page.getByText('Máy đang mất mạng, ông/bà vẫn lấy số được').waitFor()
  await page.getByRole('button', { name: 'Nhận kết quả' }).first().click()
  await page.getByRole('button', { name: 'Lấy số', exact: true }).click()
  await page.getByText('được gọi theo giờ lấy số').waitFor()
  const number = (await page.locator('h1').textContent())?.trim() ?? ''
  expect(number).toMatch(/^T\d{3}$/)
  await page.getByText('Mời ông/bà lấy phiếu').waitFor()
  const letters = () =>
    page.evaluate(
      () => document.fonts.check('800 100px "Be Vietnam Pro"', 'T') && document.fonts.status === 'loaded',
    )
  expect(await letters()).toBe(true)
  expect(printer.papers().filter(({ whole }) => whole)).toHaveLength(1)
  if (process.env.UPDATE_SCREENS === '1')
    await page.screenshot({ path: 'docs/screens/kiosk-alone.png', fullPage: true })
  // A reload between number and paper: the same number, and no second paper.
  await page.reload()
  await page.getByText('Mời ông/bà lấy phiếu').waitFor()
  expect((await page.locator('h1').textContent())?.trim()).toBe(number)
  expect(printer.papers().filter(({ whole }) => whole)).toHaveLength(1)
  const known = () =>
    database.query(
      `select state from ticket where centre_id = $1 and code = $2
        and day = (now() at time zone 'Asia/Ho_Chi_Minh')::date`,
      [CENTRE, number],
    )
  expect((await known()).rows).toEqual([])

  network.set({})
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect.poll(async () => (await known()).rows, { timeout: 60_000 }).toEqual([{ state: 'WAITING' }])

  // The same machine prints it again for a desk: at its own printer, and that is one paper more.
  await signIn(context, here, await theDirector())
  await page.goto(`${here}/desk/hang-doi?phan=so&tim=${number}`)
  await page.getByRole('button', { name: `In lại phiếu: ${number}` }).click()
  await page.getByText(`Đã in lại phiếu ${number}`).waitFor()
  expect(printer.papers().filter(({ whole }) => whole)).toHaveLength(2)
})
