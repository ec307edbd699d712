import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type {
  Board,
  CounterQueue,
  QueueTicket,
  ServiceGroup,
  VisitorTicket,
} from '#modules/queue/contract.ts'
import { ticketCode } from '#modules/queue/rules.ts'
import { connect } from '#platform/db/connect.ts'
import { createLog } from '#platform/log/log.ts'
import { atRoot } from '#platform/root.ts'
import { planSpeech } from '#web/src/features/hall/speech-plan.ts'
import { announcementOf } from '#web/src/features/hall/spoken-call.ts'
import { launchBrowser } from '../support/browser.ts'
import { secondsOfOpus } from '../support/opus.ts'
import { embeddedDatabase } from '../support/server-process.ts'
import { createPeople, signIn } from './people.ts'
import { scan } from './scanner.ts'

const base = inject('base')
const dataDir = inject('dataDir')
/** A hall in which nobody comes by himself. */
const CENTRE = 'tthcc-cam-pha'
const PANEL = { width: 1080, height: 1920 }
const TELEVISION = { width: 1920, height: 1080 }
const DESK = {
  ...{ viewport: { width: 1366, height: 768 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' },
  reducedMotion: 'reduce' as const,
}

let browser: Browser
let officer: BrowserContext
let leader: BrowserContext
let counter: { id: string; number: number }
let group: ServiceGroup

beforeAll(async () => {
  browser = await launchBrowser()
  officer = await browser.newContext(DESK)
  leader = await browser.newContext(DESK)
  const people = await createPeople(base)
  await signIn(officer, base, people.at(CENTRE, 'RECEPTION'))
  await signIn(leader, base, people.at(CENTRE, 'CENTRE_DIRECTOR'))
  const board = await read<Board>(`/centres/${CENTRE}/board`)
  const groups = await read<{ items: ServiceGroup[] }>(`/centres/${CENTRE}/service-groups`)
  const name = people.at(CENTRE, 'RECEPTION').name
  const seat = board.counters.find((one) => one.officer === name)
  const served = groups.items.find(
    ({ prefix, kind }) => kind === 'reception' && seat?.groups.includes(prefix),
  )
  if (!seat || !served) throw new Error(`${name} sits at no counter of ${CENTRE}`)
  counter = seat
  group = served
})
afterAll(() => browser.close())

const read = async <T>(path: string): Promise<T> => (await (await fetch(`${base}/api${path}`)).json()) as T
const post = async <T>(path: string, data: object = {}): Promise<T> => {
  const answer = await officer.request.post(`${base}/api/counters/${counter.id}${path}`, { data })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}
const aScreen = async (viewport: { width: number; height: number }): Promise<Page> => {
  const context = await browser.newContext({
    ...{ viewport, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce' },
  })
  return context.newPage()
}
const ticketsOf = async (): Promise<number> =>
  (await read<{ items: ServiceGroup[] }>(`/centres/${CENTRE}/service-groups`)).items.reduce(
    (sum, { waiting }) => sum + waiting,
    0,
  )
/** On the machine: the service, no procedure, a number. */
const toTake = async (page: Page): Promise<void> => {
  await page.goto(`${base}/kiosk/${CENTRE}`)
  await page.getByRole('button', { name: group.name }).first().click()
  await page.getByRole('button', { name: 'Chưa rõ thủ tục, lấy số luôn' }).click()
}
const numberOn = async (page: Page): Promise<string> =>
  (await page.getByRole('heading', { level: 1, name: /^[A-Z]\d{3}$/ }).textContent()) ?? ''
const kept = (page: Page) =>
  page.evaluate((key) => window.sessionStorage.getItem(key), `mot-cua.kiosk.${CENTRE}`)

describe('a morning in the hall', () => {
  it('from the machine over the board and the counter to the rating', async () => {
    const [kiosk, board, above] = await Promise.all([
      aScreen(PANEL),
      aScreen(TELEVISION),
      aScreen({ width: 1280, height: 720 }),
    ])
    await board.goto(`${base}/display/${CENTRE}`)
    await board.getByText('Trực tiếp').waitFor()
    await above.goto(`${base}/display/${CENTRE}/${counter.number}`)
    await above.getByText('Sẵn sàng phục vụ').waitFor()

    await toTake(kiosk)
    await kiosk.getByRole('button', { name: 'Từ 60 tuổi' }).click()
    // A second tap before the answer, and a reload after it, are the same wish.
    await kiosk.getByRole('button', { name: 'Lấy số', exact: true }).dblclick()
    const number = await numberOn(kiosk)
    await kiosk.reload()
    expect(await numberOn(kiosk)).toBe(number)
    // Counts are known for a moment before they are asked anew.
    await expect.poll(ticketsOf, { timeout: 15_000 }).toBe(1)
    const ticket = (JSON.parse((await kept(kiosk)) ?? '{}') as { ticket: VisitorTicket }).ticket
    expect(ticket).toMatchObject({ number, priorityClass: 'ELDERLY' })
    await kiosk.getByRole('button', { name: 'Xong', exact: true }).click()
    await kiosk.getByRole('heading', { name: 'Xin mời chọn việc' }).waitFor()
    expect(await kept(kiosk)).toBeNull()

    const phone = await aScreen({ width: 390, height: 844 })
    await phone.goto(`${base}/ve/${ticket.token}`)
    await phone.getByText('Không còn ai phía trước').waitFor()

    const called = await post<QueueTicket>('/call-next')
    expect(called.number).toBe(number)
    await board.locator('section[data-new]').getByText(number).waitFor()
    await board.getByText(`Mời số ${number} đến quầy ${counter.number}`).waitFor({ state: 'attached' })
    await above.getByText(number).first().waitFor()
    await phone.getByText('Đang gọi, mời đến quầy').waitFor()
    await phone.getByText(`Quầy ${counter.number}`).waitFor()

    await post<CounterQueue>(`/tickets/${called.id}/start`)
    await post<CounterQueue>(`/tickets/${called.id}/finish`)
    await above.getByText('Sẵn sàng phục vụ').waitFor()
    await phone.getByRole('link', { name: 'Đánh giá lần phục vụ' }).click()
    await phone.getByRole('button', { name: 'Không hài lòng', exact: true }).click()
    await phone.getByRole('button', { name: 'Chờ lâu' }).click()
    await phone.getByRole('button', { name: 'Gửi đánh giá' }).click()
    await phone.getByText('Cảm ơn ông/bà đã đánh giá').waitFor()
    await phone.reload()
    await phone.getByText('Lượt này đã được đánh giá').waitFor()
    await Promise.all([kiosk, board, above, phone].map((page) => page.context().close()))
  })

  it('asks whoever was served at the counter’s own tablet', async () => {
    const { path } = await post<{ path: string }>('/rating-tablet')
    const tablet = await aScreen({ width: 1280, height: 800 })
    await tablet.goto(base + path)
    await tablet.getByText('Xin mời đánh giá sau khi được phục vụ').waitFor()
    const taken = await fetch(`${base}/api/centres/${CENTRE}/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ serviceGroup: group.id }),
    })
    expect(taken.status).toBe(201)
    const { id } = await post<QueueTicket>('/call-next')
    await post(`/tickets/${id}/start`)
    await post(`/tickets/${id}/finish`)
    await tablet.getByRole('button', { name: 'Rất hài lòng' }).click()
    await tablet.getByText(/Tự gửi sau \d+ giây/).waitFor()
    await tablet.getByRole('button', { name: 'Gửi đánh giá' }).click()
    await tablet.getByText('Cảm ơn ông/bà đã đánh giá').waitFor()
    await tablet.getByText('Xin mời đánh giá sau khi được phục vụ').waitFor()
    await tablet.context().close()
  })
})

describe('the machine', () => {
  it('wipes what was entered, after a warning that counts down', async () => {
    const page = await aScreen(PANEL)
    await page.clock.install()
    await toTake(page)
    await page.getByRole('button', { name: 'Mang thai' }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.clock.runFor(61_000)
    const warning = page.getByRole('dialog', { name: 'Are you still here?' })
    await warning.getByText(/erased in \d+ seconds/).waitFor()
    await warning.getByRole('button', { name: 'I need more time' }).click()
    await page.getByRole('button', { name: 'Pregnant', pressed: true }).waitFor()
    await page.clock.runFor(61_000)
    await warning.waitFor()
    await page.clock.runFor(21_000)
    await page.getByRole('heading', { name: 'Xin mời chọn việc' }).waitFor()
    expect(await kept(page)).toBeNull()
    await page.context().close()
  })

  it('finds a procedure by words without accents and says what to bring', async () => {
    const page = await aScreen({ width: 768, height: 1366 })
    await page.goto(`${base}/kiosk/${CENTRE}`)
    await page.getByRole('button', { name: 'Tìm việc cần làm' }).click()
    for (const key of 'khai') await page.getByRole('button', { name: key, exact: true }).click()
    await page.getByRole('button', { name: 'Dấu cách' }).click()
    for (const key of 'sinh') await page.getByRole('button', { name: key, exact: true }).click()
    await page
      .getByRole('button', { name: /khai sinh/i })
      .first()
      .click()
    await page.getByText('Giấy tờ mang theo hôm nay đã đủ chưa?').waitFor()
    await page.getByRole('button', { name: 'Chưa', exact: true }).first().click()
    await page.getByText('Thiếu 1 giấy, vẫn lấy số được.').waitFor()
    // What is missing has three ways on besides the number: on paper, another day, and somebody who looks at it.
    await page.evaluate(() => {
      window.print = () => {
        document.documentElement.dataset.printed = document.querySelector('article')?.textContent ?? ''
      }
    })
    await page.getByRole('button', { name: /^In giấy còn thiếu/ }).click()
    await expect
      .poll(() => page.locator('html').getAttribute('data-printed'))
      .toContain('Giấy tờ cần chuẩn bị')
    await page.getByRole('button', { name: /^Đặt lịch hôm khác/ }).click()
    const booking = page.getByRole('dialog', { name: 'Đặt lịch hôm khác' })
    await booking.getByRole('img', { name: 'Mã QR mở trang đặt lịch' }).waitFor()
    await booking.getByRole('button', { name: 'Đóng', exact: true }).last().click()
    await page.getByRole('button', { name: 'Lấy số', exact: true }).click()
    await numberOn(page)
    await page.getByText('Còn thiếu:').first().waitFor()
    await page.context().close()
  })

  it('reads a ticket, a receipt and a citizen card with its scanner, and keeps nothing of the card', async () => {
    const page = await aScreen(PANEL)
    await page.goto(`${base}/kiosk/${CENTRE}`)
    await page.getByRole('heading', { name: 'Xin mời chọn việc' }).waitFor()
    await scan(page, 'H49.05.12-260421-0007')
    await page.getByRole('heading', { name: 'H49.05.12-260421-0007' }).waitFor()
    await page.getByRole('button', { name: 'Về trang đầu' }).click()
    await scan(page, '001050000001||Mẫu Văn Thử|01011950|Nam|Số 0 đường Mẫu|01012022')
    await page.getByText('Đã đọc thẻ. Mời ông/bà chọn việc.').waitFor()
    await page.getByRole('button', { name: group.name }).first().click()
    await page.getByRole('button', { name: 'Chưa rõ thủ tục, lấy số luôn' }).click()
    await page.getByRole('button', { name: 'Từ 60 tuổi', pressed: true }).waitFor()
    expect(await kept(page)).not.toMatch(/001050000001|Mẫu|1950/)
    await page.getByRole('button', { name: 'Lấy số', exact: true }).click()
    const number = await numberOn(page)
    const { ticket } = JSON.parse((await kept(page)) ?? '{}') as { ticket: VisitorTicket }
    await page.getByRole('button', { name: 'Xong', exact: true }).click()
    await scan(page, `${base}/ve/${ticket.token}`)
    await page.getByRole('heading', { level: 1, name: number }).waitFor()
    await page.context().close()
  })
})

describe('who needs help', () => {
  it('is seen on the other desks at once, whether at the machine or at a counter, until somebody has come', async () => {
    const [desk, here, kiosk] = [await leader.newPage(), await officer.newPage(), await aScreen(PANEL)]
    await desk.goto(`${base}/desk/hang-doi`)
    await here.goto(`${base}/desk/hang-doi`)
    await kiosk.goto(`${base}/kiosk/${CENTRE}`)
    const calls = desk.getByRole('region', { name: 'Người cần giúp trong sảnh' })
    await kiosk.getByRole('button', { name: 'Gọi người giúp' }).click()
    const help = kiosk.getByRole('dialog', { name: 'Cần người giúp?' })
    await help.getByText(/Đã gọi lúc/).waitFor()
    await calls.getByText('người dân gọi người giúp').waitFor()
    await calls.getByRole('button', { name: /^Tôi đến/ }).click()
    await help.getByText(/đang đến\. Mời ông\/bà chờ/).waitFor()
    await calls.getByRole('button', { name: /^Đã giúp xong/ }).click()
    await help.getByText('Lần gọi này đã xong.').waitFor()
    await calls.waitFor({ state: 'detached' })

    await here.getByRole('button', { name: 'Gọi đồng nghiệp' }).click()
    await calls.getByText(`Quầy ${counter.number}`).waitFor()
    await calls.getByRole('button', { name: /^Tôi đến/ }).click()
    await here
      .getByRole('region', { name: 'Người cần giúp trong sảnh' })
      .getByText(/đang đến/)
      .waitFor()
    await here.getByRole('button', { name: 'Không cần nữa' }).click()
    await calls.waitFor({ state: 'detached' })
    await Promise.all([desk.close(), here.close(), kiosk.context().close()])
  })
})

describe('the desk of the hall', () => {
  it('sets the rule of calls, refuses what is out of bounds, and loses nothing of what somebody else saved', async () => {
    const page = await leader.newPage()
    await page.goto(`${base}/desk/hang-doi?phan=cai-dat`)
    await page.getByRole('button', { name: 'Sửa: Gọi lại, vắng mặt và quay lại' }).click()
    const sheet = page.getByRole('dialog', { name: 'Gọi lại, vắng mặt và quay lại' })
    const times = sheet.getByLabel('Số lần gọi trước khi báo vắng')
    await times.fill('9')
    await sheet.getByText('Ghi từ 1 đến 5.').waitFor()
    await times.fill('2')
    type Hall = { calling: Record<string, number>; volume: number; version: number }
    const hall = () => read<Hall>(`/centres/${CENTRE}/hall`)
    const { version, ...settings } = await hall()
    const saved = await leader.request.put(`${base}/api/centres/${CENTRE}/hall`, {
      data: { ...settings, volume: 55 },
      headers: { 'if-match': `"${version}"`, origin: base },
    })
    expect(saved.ok(), await saved.text()).toBe(true)
    await sheet.getByRole('button', { name: /^Lưu cài đặt/ }).click()
    await sheet.getByText('Cài đặt sảnh vừa được người khác đổi').waitFor()
    await sheet.getByRole('button', { name: 'Lấy bản mới, giữ phần tôi sửa' }).click()
    await sheet.getByText(/Đã lấy bản mới/).waitFor()
    expect(await times.inputValue()).toBe('2')
    await sheet.getByRole('button', { name: /^Lưu cài đặt/ }).click()
    await sheet.waitFor({ state: 'detached' })
    expect(await hall()).toMatchObject({
      volume: 55,
      version: version + 2,
      calling: { callsBeforeMissing: 2 },
    })
    await page.getByText('2 lần').waitFor()
    const clerk = await officer.newPage()
    await clerk.goto(`${base}/desk/hang-doi?phan=cai-dat`)
    await clerk.getByText('Chỉ cán bộ hoặc Giám đốc của Trung tâm này sửa được.').waitFor()
    expect(await clerk.getByRole('button', { name: /^Sửa/ }).count()).toBe(0)
    await Promise.all([page.close(), clerk.close()])
  })

  it('links a rating tablet to a counter by its code, and ends it', async () => {
    const page = await leader.newPage()
    await page.goto(`${base}/desk/thiet-bi?phan=man-hinh`)
    await page.getByRole('button', { name: `Mã QR: Bảng trên quầy ${counter.number}`, exact: true }).click()
    await page.getByText(`/display/${CENTRE}/${counter.number}`).last().waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Đóng', exact: true }).last().click()
    await page
      .getByRole('button', { name: `Gắn máy đánh giá vào quầy ${counter.number}`, exact: true })
      .click()
    await page.getByRole('button', { name: /^Cấp địa chỉ/ }).click()
    const shown = page.getByRole('dialog', { name: `Máy đánh giá quầy ${counter.number}`, exact: true })
    const address = (await shown.getByText(/\/danh-gia\//).textContent()) ?? ''
    const tablet = await aScreen({ width: 1280, height: 800 })
    await tablet.goto(address)
    await tablet.getByText(`Quầy ${counter.number}`).first().waitFor()
    await shown.getByRole('button', { name: /^Đã mở trên máy/ }).click()
    await page
      .getByRole('button', { name: `Gỡ máy đánh giá khỏi quầy ${counter.number}`, exact: true })
      .click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Gỡ máy/ })
      .click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await tablet.reload()
    await tablet.getByText('Trang đánh giá này không còn dùng được').waitFor()
    await Promise.all([page.close(), tablet.context().close()])
  })

  it('prints a lost ticket again, marked, with the same number', async () => {
    const taken = await fetch(`${base}/api/centres/${CENTRE}/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ serviceGroup: group.id }),
    })
    const { number } = (await taken.json()) as VisitorTicket
    const page = await officer.newPage()
    await page.addInitScript(() => {
      window.print = () => {
        document.documentElement.dataset.printed =
          document.querySelector('[data-surface-paper]')?.textContent ?? ''
      }
    })
    await page.goto(`${base}/desk/hang-doi?phan=so`)
    await page.getByRole('button', { name: `In lại phiếu: ${number}` }).click()
    const printed = page.locator('html')
    await expect.poll(() => printed.getAttribute('data-printed')).toContain(number)
    expect(await printed.getAttribute('data-printed')).toContain('BẢN IN LẠI')
    await page.close()
  })
})

describe('the voice of the hall', () => {
  it('sounds as long as its clips say, when a browser mixes ten calls of them', async () => {
    const page = await aScreen(TELEVISION)
    await page.goto(`${base}/display/${CENTRE}`)
    for (const region of ['north', 'south'] as const) {
      const folder = atRoot('apps/web/public/voice', `vi-${region}`)
      const { clips } = JSON.parse(readFileSync(`${folder}/clips.json`, 'utf8')) as {
        clips: Record<string, string>
      }
      const secondsOf = (text: string) => secondsOfOpus(readFileSync(`${folder}/${clips[text]}`))
      const plans = [1, 15, 21, 105, 110, 444, 999, 1_005, 2_000, 24].map((n, index) =>
        planSpeech(announcementOf(ticketCode('A', n), index + 1, region), secondsOf, true),
      )
      const mixed = await page.evaluate(mix, { plans, clips, set: `vi-${region}` })
      for (const { loud, wrong } of mixed) {
        expect(wrong).toBeLessThan(0.015)
        expect(Math.min(...loud)).toBeGreaterThan(0.005)
      }
    }
    await page.context().close()
  })
})

type Mixing = { plans: ReturnType<typeof planSpeech>[]; clips: Record<string, string>; set: string }

/** In the page: each announcement as the display would play it; how loud each word is, and by how much a clip's length was wrong. */
const mix = async ({ plans, clips, set }: Mixing) => {
  const rate = 48_000
  const decoded = new Map<string, AudioBuffer>()
  const decoder = new OfflineAudioContext(1, 1, rate)
  for (const text of new Set(plans.flatMap(({ parts }) => parts.map((part) => part.text)))) {
    const answer = await fetch(`/voice/${set}/${clips[text]}`)
    decoded.set(text, await decoder.decodeAudioData(await answer.arrayBuffer()))
  }
  return Promise.all(
    plans.map(async ({ parts, length }) => {
      const audio = new OfflineAudioContext(1, Math.ceil(length * rate), rate)
      for (const { text, at } of parts) {
        const source = audio.createBufferSource()
        source.buffer = decoded.get(text) ?? null
        source.connect(audio.destination)
        source.start(at)
      }
      const sound = (await audio.startRendering()).getChannelData(0)
      const loudness = (from: number, until: number): number => {
        const heard = sound.subarray(Math.floor(from * rate), Math.floor(until * rate))
        return Math.sqrt(heard.reduce((sum, one) => sum + one * one, 0) / Math.max(1, heard.length))
      }
      return {
        loud: parts.map(({ at, until }) => loudness(at, until)),
        wrong: Math.max(
          ...parts.map(({ text, at, until }) => Math.abs((decoded.get(text)?.duration ?? 0) - (until - at))),
        ),
      }
    }),
  )
}

describe('an appointment', () => {
  it('is booked on the phone, moved, and refused at the machine until its day', async () => {
    const phone = await aScreen({ width: 390, height: 844 })
    await phone.goto(`${base}/dat-lich/${CENTRE}`)
    await phone.getByText(group.name, { exact: true }).click()
    const free = phone.locator('label', { hasText: /^\d\d:\d\dcòn/ })
    const lastDay = phone.getByRole('group', { name: 'Ngày nào?' }).locator('label').last()
    await lastDay.click()
    await free.first().click()
    await phone.getByRole('button', { name: 'Giữ giờ này' }).click()
    await phone.getByText(/^Giờ này được giữ cho ông\/bà đến/).waitFor()
    await phone.getByRole('button', { name: 'Đặt lịch', exact: true }).click()
    await phone.getByRole('alert').waitFor()
    await phone.getByLabel('Họ và tên').fill('Mẫu Thị Hẹn Giờ')
    await phone.getByLabel('Số điện thoại').fill('0900000009')
    await phone.getByRole('button', { name: 'Đặt lịch', exact: true }).click()
    await phone.waitForURL(/\/lich-hen\//)
    await phone.getByText('Đã đặt', { exact: true }).waitFor()
    const address = phone.url()
    await phone.getByRole('button', { name: 'Đổi giờ' }).click()
    await lastDay.click()
    await free.last().click()
    await phone.getByRole('button', { name: 'Đổi sang giờ này' }).click()
    await phone.getByRole('button', { name: 'Đổi giờ' }).waitFor()
    const kiosk = await aScreen(PANEL)
    await kiosk.goto(`${base}/kiosk/${CENTRE}`)
    await kiosk.getByRole('heading', { name: 'Xin mời chọn việc' }).waitFor()
    await scan(kiosk, address)
    await kiosk.getByText(/^Lịch hẹn lúc/).waitFor()
    await phone.getByRole('button', { name: 'Hủy lịch hẹn' }).click()
    await phone.getByRole('dialog').getByRole('button', { name: 'Hủy lịch hẹn' }).click()
    await phone.getByText('Đã hủy', { exact: true }).waitFor()
    await scan(kiosk, address)
    await kiosk.getByText(/^Lịch hẹn đang ở trạng thái "Đã hủy"/).waitFor()
    await Promise.all([phone, kiosk].map((page) => page.context().close()))
  })
})

describe('a board that runs for weeks', () => {
  it('does not grow with thousands of calls, and ends with the last one', async () => {
    const { url } = await embeddedDatabase(dataDir)
    const database = connect({ url, poolSize: 1 })
    const log = createLog()
    const board = await aScreen(TELEVISION)
    await board.goto(`${base}/display/${CENTRE}`)
    await board.getByText('Trực tiếp').waitFor()
    const nodes = () => board.evaluate(() => document.querySelectorAll('*').length)
    const callMany = async (from: number, count: number): Promise<string> => {
      const code = (n: number) => `Q${String(n).padStart(4, '0')}`
      await log.append(
        database.db,
        Array.from({ length: count }, (_, i) => ({
          ...{
            type: 'ticket-called',
            at: new Date(),
            actor: { kind: 'system' as const, id: null, name: 'thử' },
          },
          subject: { kind: 'ticket', id: randomUUID() },
          data: {
            ...{ centre: CENTRE, number: code(from + i), counter: counter.number, counterName: 'thử' },
            ...{ service: group.name, calls: 1 },
          },
        })),
      )
      return code(from + count - 1)
    }
    await board
      .getByRole('list', { name: 'Các số vừa gọi' })
      .getByText(await callMany(1, 200))
      .waitFor({ state: 'attached' })
    const before = await nodes()
    for (let round = 1; round <= 10; round += 1) {
      const last = await callMany(round * 400, 400)
      await board.getByRole('list', { name: 'Các số vừa gọi' }).getByText(last).waitFor({ state: 'attached' })
    }
    expect(await nodes()).toBeLessThanOrEqual(before + 20)
    await database.close()
    await board.context().close()
  })

  it('has one display that speaks, and the next one when it is gone', async () => {
    const [first, second] = await Promise.all([aScreen(TELEVISION), aScreen(TELEVISION)])
    for (const page of [first, second]) {
      await page.goto(`${base}/display/${CENTRE}`)
      // A browser without a window may sound by itself; then there is nothing to allow.
      await page
        .getByRole('button', { name: 'Bật loa' })
        .click({ timeout: 3_000 })
        .catch(() => undefined)
      await page.getByRole('button', { name: 'Bật loa' }).waitFor({ state: 'detached' })
    }
    const speaks = (page: Page) => page.getByText('Màn hình này đọc số').count()
    await expect.poll(async () => (await speaks(first)) + (await speaks(second)), { timeout: 45_000 }).toBe(1)
    const [speaker, silent] = (await speaks(first)) === 1 ? [first, second] : [second, first]
    const clips = (page: Page): string[] => {
      const asked: string[] = []
      page.on('request', (request) => request.url().endsWith('.opus') && asked.push(request.url()))
      return asked
    }
    const [said, unsaid] = [clips(speaker), clips(silent)]
    await fetch(`${base}/api/centres/${CENTRE}/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ serviceGroup: group.id }),
    })
    const { number } = await post<QueueTicket>('/call-next')
    await silent.getByText(`Mời số ${number} đến quầy`).waitFor({ state: 'attached' })
    await expect.poll(() => said.length, { timeout: 15_000 }).toBeGreaterThan(3)
    expect(unsaid).toEqual([])
    await speaker.context().close()
    await expect.poll(() => speaks(silent), { timeout: 30_000 }).toBe(1)
    await silent.context().close()
  })
})
