import { randomUUID } from 'node:crypto'
import type { Browser, CDPSession } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'

const base = inject('base')
const CENTRE = 'tthcc-cam-pha'
const KEPT_KEY = `mot-cua.display.${CENTRE}`
const A_BATCH = 800
const BATCHES = 4
/** Far beyond what the log of a demo has come to. */
const FIRST = 1_000_000_000

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const eventOf = (n: number): string => {
  const data = {
    ...{ ticket: randomUUID(), type: 'ticket-called', number: `A${String(n).padStart(3, '0')}` },
    ...{
      counter: (n % 30) + 1,
      counterName: 'Quầy',
      service: 'Đất đai',
      calls: 1,
      at: new Date().toISOString(),
    },
  }
  return `id: ${FIRST + n}\nevent: call\ndata: ${JSON.stringify(data)}\n\n`
}

type Held = { nodes: number; listeners: number; heapMiB: number }
const heldBy = async (session: CDPSession): Promise<Held> => {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0
  return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heapMiB: of('JSHeapUsedSize') / 1_048_576 }
}

it(`a display that heard ${A_BATCH * BATCHES} calls holds no more than one that heard ${A_BATCH}`, async () => {
  const context = await browser.newContext({
    ...{ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN', reducedMotion: 'reduce' },
  })
  const page = await context.newPage()
  const asked: (() => Promise<void>)[] = []
  await page.route('**/board/events*', (route) => {
    const from = asked.length * A_BATCH
    const events = Array.from({ length: A_BATCH }, (_, index) => eventOf(from + index + 1))
    const body = `retry: 50\n\n${events.join('')}`
    asked.push(() => route.fulfill({ contentType: 'text/event-stream', body }))
  })
  await page.goto(`${base}/display/${CENTRE}`)
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  const looks: Held[] = []
  for (let batch = 1; batch <= BATCHES; batch++) {
    await expect.poll(() => asked.length, { timeout: 30_000 }).toBe(batch)
    await asked[batch - 1]?.()
    // The display keeps where it has come to, for when its page is loaded anew.
    const heard = () => page.evaluate((key) => window.sessionStorage.getItem(key), KEPT_KEY)
    await expect.poll(heard, { timeout: 60_000 }).toBe(String(FIRST + batch * A_BATCH))
    looks.push(await heldBy(session))
  }
  await page
    .getByText(/A\d{3,}/)
    .first()
    .waitFor()
  const [first] = looks
  const last = looks.at(-1)
  if (!first || !last) throw new Error('nothing was looked at')
  expect(last.nodes - first.nodes, JSON.stringify(looks)).toBeLessThan(200)
  expect(last.listeners - first.listeners, JSON.stringify(looks)).toBeLessThan(50)
  expect(last.heapMiB - first.heapMiB, JSON.stringify(looks)).toBeLessThan(4)
  await context.close()
}, 120_000)
