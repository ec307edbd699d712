import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Action, DossierView, listTasks } from '#modules/dossiers/contract.ts'
import { connect, type Database } from '#platform/db/connect.ts'
import type { Output, Request } from '#platform/operation.ts'
import { launchBrowser } from '../support/browser.ts'
import { PERSON, PROCEDURES } from '../support/dossiers.ts'
import { copyOf, manyDossiers, withoutCopies } from '../support/many-dossiers.ts'
import { embeddedDatabase } from '../support/server-process.ts'
import { aDesk, type Desk } from './browsers.ts'
import { slashed, todayInVietnam } from './calendar.ts'
import type { PartyEntry } from './cases.ts'
import { chooseProcedure, fillParty, openIntake, tickPapers } from './intake.ts'
import { type Account, createPeople, type People, signIn } from './people.ts'
import { scan } from './scanner.ts'
import { openDossier, readDossier, startAction } from './work.ts'

const base = inject('base')
const CENTRE = 'tthcc-tinh'
const AGENCY = 'so-tu-phap'
/** Far more than a page of the list and its screen hold; `JOURNEY_ROWS=10000` makes the list as long as it gets. */
const ROWS = Number(process.env.JOURNEY_ROWS ?? 2_400)
/** To be signed, and how many of them are read to their end one by one before; `JOURNEY_READ=200` reads two hundred. */
const TO_READ = Number(process.env.JOURNEY_READ ?? 6)
const TO_SIGN = Math.max(40, TO_READ + 20)
const TO_SCAN = 20
const TO_GIVE = 30

let browser: Browser
let people: People
const desks = new Map<string, Desk>()

beforeAll(async () => {
  browser = await launchBrowser()
  people = await createPeople(base)
})
afterAll(() => browser?.close())

const deskOf = async (account: Account): Promise<Desk> => {
  const known = desks.get(account.username)
  if (known) return known
  const desk = await aDesk(browser)
  await signIn(desk.context, base, account)
  desks.set(account.username, desk)
  return desk
}
const at = (unit: string, role: string): Account => {
  const found = people.items.find(
    (one) => (one.agency === unit || one.unit === unit) && one.roles.includes(role),
  )
  if (!found) throw new Error(`nobody is ${role} at ${unit}`)
  return found
}
const clerk = (): Account => people.at(CENTRE, 'RECEPTION')
const supervisor = (): Account => {
  const found = people.items.find(({ roles }) => roles.includes('SUPERVISOR'))
  if (!found) throw new Error('nobody supervises the province')
  return found
}

const post = async <T>(context: BrowserContext, path: string, data: object): Promise<T> => {
  const answer = await context.request.post(`${base}/api${path}`, {
    data,
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}

/** Dossiers of the department of justice, received at the province's centre. */
const received = async (count: number): Promise<string[]> => {
  const { context } = await deskOf(clerk())
  const detail = await context.request.get(`${base}/api/procedures/${PROCEDURES.justice}`)
  const { cases } = (await detail.json()) as { cases: { components: { id: string }[] }[] }
  const components = (cases[0]?.components ?? []).map(({ id }) => ({ component: id, originals: 1 }))
  const codes: string[] = []
  while (codes.length < count) {
    const { items } = await post<{ items: { code: string }[] }>(context, '/dossiers/batch', {
      receivingCentre: CENTRE,
      owner: PERSON,
      items: [{ procedure: PROCEDURES.justice, components, copies: Math.min(20, count - codes.length) }],
    })
    codes.push(...items.map(({ code }) => code))
  }
  return codes
}

type StepKind = NonNullable<Request<typeof listTasks>['kind']>
type Tasks = Output<typeof listTasks>['items']
const allTasks = async (context: BrowserContext, kind: StepKind): Promise<Tasks> => {
  const found: Tasks = []
  for (let after = ''; ; ) {
    const answer = await context.request.get(`${base}/api/tasks?kind=${kind}&filter=all&limit=200${after}`)
    const page = (await answer.json()) as Output<typeof listTasks>
    found.push(...page.items)
    if (!page.next) return found
    after = `&after=${page.next}`
  }
}
const tasksOf = async (context: BrowserContext, kind: StepKind, codes: readonly string[]): Promise<Tasks> => {
  const wanted = new Set(codes)
  return (await allTasks(context, kind)).filter(({ dossier }) => wanted.has(dossier.code))
}

/** Finishes the step at hand of many, as its officers do with the list. */
const finish = async (
  account: Account,
  kind: StepKind,
  codes: readonly string[],
  opinion: string,
): Promise<void> => {
  const { context } = await deskOf(account)
  const tasks = await tasksOf(context, kind, codes)
  expect(tasks.length, kind).toBe(codes.length)
  const items = tasks.map(({ id, dossier }) => ({ task: id, version: dossier.version }))
  const { refused } = await post<{ refused: object[] }>(context, '/tasks/completions', { items, opinion })
  expect(refused).toEqual([])
}

const labelOf = async (context: BrowserContext, code: string, action: Action): Promise<string> => {
  const { actions } = await readDossier(context, base, code)
  const label = actions.find((one) => one.action === action)?.label.vi
  if (!label) throw new Error(`${action} is not offered at ${code}`)
  return label
}

const rowOf = (page: Page, code: string) => page.getByRole('row').filter({ hasText: code })

describe('a lead with thirty dossiers to give out', () => {
  let codes: string[]
  beforeAll(async () => {
    codes = await received(TO_GIVE)
    await finish(clerk(), 'transfer', codes, 'Chuyển cơ quan giải quyết.')
  })

  it('chooses them, looks at the even plan, and sends', async () => {
    const { page, context } = await deskOf(at(AGENCY, 'UNIT_LEAD'))
    expect(await tasksOf(context, 'assign', codes)).toHaveLength(TO_GIVE)
    await page.goto(`${base}/desk/viec`)
    await page.getByRole('button', { name: /^Chờ nhận/ }).click()
    await page.getByRole('row').nth(1).waitFor()
    // The list holds what waited before too, and of many rows only those in sight are there.
    const grid = page.getByRole('grid')
    const left = new Set(codes)
    await grid.press('Home')
    for (let at = ''; left.size > 0; await grid.press('PageDown')) {
      for (const code of left) {
        const box = page.getByRole('checkbox', { name: new RegExp(`^Chọn ${code}`) })
        if ((await box.count()) === 0) continue
        await box.check()
        left.delete(code)
      }
      const now = (await grid.getAttribute('aria-activedescendant')) ?? ''
      if (left.size > 0) expect(now, [...left].join()).not.toBe(at)
      at = now
    }
    await page.getByText(`Đã chọn ${TO_GIVE}`).waitFor()
    await page.keyboard.press('g')
    const sheet = page.getByRole('dialog', { name: `Giao ${TO_GIVE} việc` })
    await sheet.getByRole('button', { name: new RegExp(`^Giao ${TO_GIVE} việc`) }).click()
    await page.getByText(`Đã giao ${TO_GIVE} việc.`).waitFor()
    for (const code of codes) {
      const { current } = await readDossier(context, base, code)
      expect(current?.assignee, code).toBeTruthy()
    }
  })
})

describe('a leader with a pile to sign', () => {
  let codes: string[]
  beforeAll(async () => {
    codes = await received(TO_SIGN)
    await finish(clerk(), 'transfer', codes, 'Chuyển cơ quan giải quyết.')
    await finish(at(AGENCY, 'UNIT_LEAD'), 'assign', codes, 'Phân công.')
    await finish(at(AGENCY, 'SPECIALIST'), 'appraise', codes, 'Đủ điều kiện.')
    await finish(at(AGENCY, 'UNIT_LEAD'), 'review', codes, 'Trình ký.')
  })

  /** By the space bar until it counts as read, however many pages it has. */
  const readToItsEnd = async (page: Page, nth: number): Promise<void> => {
    const seen = page.getByText(/^Đã xem \d+ \/ \d+ trang$/)
    const submission = page.getByRole('region', { name: 'Nội dung trình' })
    const counted = page.getByRole('button', { name: new RegExp(`^Ký số ${nth} hồ sơ đã đọc`) })
    const where = async () => [
      await submission.evaluate((sheet) => sheet.parentElement?.scrollTop),
      await seen.textContent(),
      await counted.count(),
    ]
    await submission.waitFor()
    for (let pressed = 0; (await counted.count()) === 0; pressed++) {
      expect(pressed).toBeLessThan(40)
      const before = await where()
      await page.keyboard.press('Space')
      await expect.poll(where, { timeout: 30_000 }).not.toEqual(before)
    }
    const [, last, all] = /(\d+) \/ (\d+)/.exec((await seen.textContent()) ?? '') ?? []
    expect(last).toBe(all)
  }

  it('reads them by keyboard, and signs what was read to its end and nothing else', async () => {
    const { page, context } = await deskOf(at(AGENCY, 'AGENCY_LEAD'))
    const waiting = async () => (await allTasks(context, 'approve')).map(({ id }) => id)
    const before = await waiting()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${base}/desk/duyet`)
    const sign = page.getByRole('button', { name: /^Ký số \d+ hồ sơ đã đọc/ })
    await sign.waitFor()
    expect(await sign.getAttribute('aria-disabled')).toBe('true')
    const list = page.getByRole('grid', { name: 'Hồ sơ chờ ký' })
    const read: string[] = []
    while (read.length < TO_READ) {
      await readToItsEnd(page, read.length + 1)
      const row = (await list.getAttribute('aria-activedescendant')) ?? ''
      read.push(row.replace('row-', ''))
      await page.keyboard.press('Enter')
      await expect.poll(() => list.getAttribute('aria-activedescendant'), { timeout: 30_000 }).not.toBe(row)
    }
    await page.keyboard.press('Control+Enter')
    const sheet = page.getByRole('dialog', { name: new RegExp(`^Ký số ${TO_READ} hồ sơ đã đọc`) })
    await sheet.getByRole('button', { name: /^Ký số/ }).click()
    await page.getByText(`Đã ký ${TO_READ} hồ sơ.`).waitFor()
    expect((await waiting()).toSorted()).toEqual(before.filter((id) => !read.includes(id)).toSorted())
  })

  it('and a second window that signs the same at once signs none twice', async () => {
    const { context } = await deskOf(at(AGENCY, 'AGENCY_LEAD'))
    const tasks = await tasksOf(context, 'approve', codes)
    const items = tasks.map(({ id, dossier }) => ({ task: id, version: dossier.version }))
    type Answer = { done: object[]; refused: { refusal: { code: string } }[] }
    const answers = await Promise.all(
      [items, items.toReversed()].map((list) => post<Answer>(context, '/tasks/completions', { items: list })),
    )
    expect(answers.reduce((sum, { done }) => sum + done.length, 0)).toBe(items.length)
    for (const { refusal } of answers.flatMap(({ refused }) => refused))
      expect(['workflow.task-done', 'dossiers.stale']).toContain(refusal.code)
    expect(await tasksOf(context, 'approve', codes)).toEqual([])
  })
})

describe('a clerk with twenty paper dossiers to hand over', () => {
  let codes: string[]
  beforeAll(async () => {
    codes = await received(TO_SCAN)
  })

  it('scans them one after the other, the agency scans what came, and the one that lacked is found', async () => {
    const { page, context } = await deskOf(clerk())
    await page.goto(`${base}/desk/ban-giao`)
    await page.getByRole('button', { name: /^Lập phiếu, giao 0 hồ sơ/ }).waitFor()
    for (const [index, code] of codes.entries()) {
      await scan(page, code)
      await page.getByRole('button', { name: `Lập phiếu, giao ${index + 1} hồ sơ` }).waitFor()
    }
    await page.keyboard.press('Control+Enter')
    const made = page.getByRole('dialog', { name: 'Đã lập phiếu bàn giao' })
    await made.waitFor()
    const sheet = /PBG\d{2}-\d{6}/.exec((await made.textContent()) ?? '')?.[0] ?? ''
    expect(sheet).not.toBe('')
    const [paper] = await Promise.all([
      context.waitForEvent('page'),
      made.getByRole('button', { name: 'In phiếu' }).click(),
    ])
    expect(new URL(paper.url()).pathname).toBe(`/api/handover-sheets/${sheet}/paper`)
    await paper.close()

    const { page: there } = await deskOf(at(AGENCY, 'CLERK'))
    await there.goto(`${base}/desk/ban-giao`)
    await there.getByRole('button', { name: /^Đang đến/ }).waitFor()
    await scan(there, sheet)
    await there.waitForURL((url) => url.pathname.endsWith(sheet))
    await there.getByText(`Đã quét 0 / ${TO_SCAN}`).waitFor()
    const [missing = '', ...came] = codes
    for (const [index, code] of came.entries()) {
      await scan(there, code)
      await there.getByText(`Đã quét ${index + 1} / ${TO_SCAN}`).waitFor()
    }
    await there.getByRole('button', { name: /^Nhận phiếu, ghi thiếu 1/ }).click()
    await there.getByText(`Đã nhận phiếu ${sheet}.`).waitFor()
    await rowOf(there, missing).getByText('Thiếu', { exact: true }).waitFor()

    await there.getByRole('radio', { name: 'Đã tìm thấy, nhận' }).check()
    await there.getByLabel('Ghi rõ').fill('Kẹp trong hồ sơ bên cạnh')
    await there.getByRole('button', { name: 'Lưu cách xử lý' }).click()
    await rowOf(there, missing)
      .getByText(/^Đã tìm thấy, nhận/)
      .waitFor()
    const { timeline } = await readDossier(context, base, missing)
    expect(timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['paper-handed-over', 'paper-missing', 'difference-settled']),
    )
  })
})

describe('one applicant with several dossiers', () => {
  it('is received in one save, with one receipt that names them all', async () => {
    const { page, context } = await deskOf(clerk())
    await openIntake(page, base)
    await chooseProcedure(page, 'tu van vien phap luat', PROCEDURES.justice)
    const party: PartyEntry = {
      kind: 'person',
      name: 'Vũ Thị Nhiều Hồ Sơ',
      number: '000000000123',
      phone: '0900000123',
      address: 'Số 0 Mẫu',
    }
    await fillParty(page, party, 'Họ và tên chủ hồ sơ', 0)
    await tickPapers(page)
    await page.getByLabel('Số hồ sơ giống nhau').fill('3')
    const save = page.getByRole('button', { name: /^Lưu 3 hồ sơ, in một giấy tiếp nhận/ })
    const [paper] = await Promise.all([context.waitForEvent('page'), save.click()])
    const dialog = page.getByRole('dialog', { name: 'Đã tiếp nhận 3 hồ sơ' })
    await dialog.getByRole('link').nth(2).waitFor()
    const links = await dialog.getByRole('link').allInnerTexts()
    expect(new Set(links).size).toBe(3)
    const address = new URL(paper.url())
    expect(address.pathname).toBe('/api/papers/batch-receipt')
    expect(address.searchParams.get('codes')?.split(',').toSorted()).toEqual(links.toSorted())
    await paper.close()
  })
})

describe('thousands of dossiers on one list', () => {
  let database: Database
  let page: Page
  let held: DossierView
  beforeAll(async () => {
    const { url } = await embeddedDatabase(inject('dataDir'))
    database = connect({ url, poolSize: 1 })
    await manyDossiers(database.db, ROWS)
    const codes = await received(1)
    await finish(clerk(), 'transfer', codes, 'Chuyển cơ quan giải quyết.')
    await finish(at(AGENCY, 'UNIT_LEAD'), 'assign', codes, 'Phân công.')
    const officer = await deskOf(at(AGENCY, 'SPECIALIST'))
    const [task] = await tasksOf(officer.context, 'appraise', codes)
    await post(officer.context, `/tasks/${task?.id}/claim`, {})
    const desk = await deskOf(supervisor())
    page = desk.page
    held = await readDossier(desk.context, base, codes[0] ?? '')
    await page.goto(`${base}/desk/ho-so`)
    await rows().first().waitFor()
  })
  afterAll(async () => {
    await withoutCopies(database.db)
    await database.close()
  })

  const rows = () => page.locator('[role=row][id^=row-]')
  const grid = () => page.getByRole('grid')
  const loaded = async (): Promise<number> => Number(await grid().getAttribute('aria-rowcount')) - 1
  const moreThan = (count: number) =>
    page.waitForFunction(
      (before) => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) - 1 > before,
      count,
    )
  /** The rows answer what is asked now: an answer on its way leaves the former rows in sight, and says so. */
  const answered = () => page.locator('[role=grid]:not([aria-busy])').waitFor()
  const onlyRow = async (code: string): Promise<void> => {
    await page.waitForFunction((wanted) => {
      const shown = [...document.querySelectorAll('[role=row][id^=row-]')]
      return shown.length === 1 && shown[0]?.id === wanted
    }, `row-${code}`)
  }

  it('goes to their end by keyboard: few rows exist, no page is asked for twice', async () => {
    const asked: string[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/dossiers/search') asked.push(request.postData() ?? '')
    })
    await grid().focus()
    for (let count = await loaded(); count < ROWS; count = await loaded()) {
      await page.keyboard.press('End')
      await moreThan(count)
      expect(await rows().count()).toBeLessThan(60)
    }
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked.length).toBeGreaterThan(ROWS / 200 - 2)
    // A hundred rows back by the arrow, as fast as the page draws them.
    const began = performance.now()
    for (let step = 0; step < 100; step++) await page.keyboard.press('ArrowUp')
    const ms = (performance.now() - began) / 100
    console.log(`${ROWS} rows: ${asked.length} pages, an arrow takes ${ms.toFixed(0)} ms`)
    const here = (await grid().getAttribute('aria-activedescendant'))?.replace('row-', '') ?? ''
    expect(
      await rows()
        .and(page.locator(`[id="row-${here}"]`))
        .count(),
    ).toBe(1)
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Tổng quan' }).waitFor()
    expect(page.url()).toContain(here)
    // Far down the list too, J goes on to the neighbour.
    await page.keyboard.press('j')
    await page.waitForURL((url) => !url.pathname.endsWith(here))
    await page.goto(`${base}/desk/ho-so`)
    await rows().first().waitFor()
  })

  it('finds one by the card, one by the phone', async () => {
    const { card, phone, code } = copyOf(1_711)
    const other = copyOf(815)
    const find = page.getByRole('searchbox', { name: /^Mã hồ sơ, tên/ })
    await page.keyboard.press('/')
    await page.waitForFunction(() => document.activeElement?.id === 'list-q')
    await page.keyboard.type(card)
    await onlyRow(code)
    await find.fill(`${other.phone.slice(0, 4)}.${other.phone.slice(4, 7)}.${other.phone.slice(7)}`)
    await onlyRow(other.code)
    expect(phone).not.toBe(other.phone)
    await find.fill('')
  })

  it('finds what an officer holds that is due on a day, and keeps both conditions under a name', async () => {
    const officer = held.current?.assignee ?? ''
    const due = slashed(todayInVietnam(Date.parse(held.due ?? '')))
    await page.getByRole('button', { name: 'Thêm điều kiện' }).click()
    await page.getByRole('combobox', { name: 'Người đang giữ' }).fill(officer)
    await page.getByRole('option').filter({ hasText: officer }).first().click()
    for (const label of ['Hẹn trả từ ngày', 'đến ngày'])
      await page.getByLabel(label, { exact: true }).fill(due)
    await answered()
    await rowOf(page, held.code).waitFor()
    const found = await rows().count()
    expect(await rows().filter({ hasText: officer }).count()).toBe(found)
    expect(await rows().filter({ hasText: due }).count()).toBe(found)

    await page.getByRole('button', { name: 'Lưu bộ lọc' }).click()
    const name = 'Của tôi, hẹn hôm ấy'
    await page.getByLabel('Tên bộ lọc').fill(name)
    await page.keyboard.press('Control+Enter')
    await page.getByText(`Đã lưu bộ lọc "${name}".`).waitFor()
    await page.getByRole('button', { name: 'Bỏ mọi điều kiện' }).click()
    await moreThan(found)
    await page.getByRole('button', { name, exact: true }).click()
    await rowOf(page, held.code).waitFor()
    await page.waitForFunction(
      (count) => document.querySelectorAll('[role=row][id^=row-]').length === count,
      found,
    )
    await page.getByRole('button', { name: `Xóa bộ lọc ${name}` }).click()
    await page.getByText(`Đã xóa bộ lọc "${name}".`).waitFor()
  })
})

/** Read again whenever something happens in the hall: what the stream of events is for. */
const FOLLOWS_THE_HALL = /^\/api\/(counters\/[^/]+\/queue|centres\/[^/]+\/floor)$/

describe('a dossier page', () => {
  let code: string
  beforeAll(async () => {
    code = (await received(1))[0] ?? ''
  })

  it('asks for nothing twice', async () => {
    const { page } = await deskOf(clerk())
    const asked: string[] = []
    const note = (request: { url: () => string }): void => {
      const { pathname, search } = new URL(request.url())
      if (pathname.startsWith('/api/')) asked.push(pathname + search)
    }
    page.on('request', note)
    await openDossier(page, base, code)
    await page.waitForLoadState('networkidle')
    for (const tab of ['Thành phần', 'Ý kiến', 'Giấy in', 'Nhật ký', 'Tổng quan'])
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
    await page.waitForLoadState('networkidle')
    page.off('request', note)
    const twice = asked.filter((one, i) => asked.indexOf(one) !== i)
    expect(twice.filter((one) => !FOLLOWS_THE_HALL.test(one))).toEqual([])
    expect(asked.filter((one) => one.startsWith(`/api/dossiers/${code}`))).toEqual([`/api/dossiers/${code}`])
  })

  it('shows side by side what somebody else did first, and what I had read; mine is kept until I decide', async () => {
    const { page, context } = await deskOf(clerk())
    const label = await labelOf(context, code, 'withdraw')
    await openDossier(page, base, code)
    const sheet = await startAction(page, label)
    const reason = 'Chủ hồ sơ xin rút để nộp bộ khác'
    await sheet.getByLabel(/^Lý do/).fill(reason)
    // Meanwhile a colleague hands the dossier on.
    await finish(clerk(), 'transfer', [code], 'Chuyển cơ quan giải quyết.')
    await sheet.getByRole('button', { name: label }).click()

    const compared = page.getByRole('dialog', { name: 'Hồ sơ vừa được người khác sửa' })
    await compared.waitFor()
    const state = compared.getByRole('group', { name: 'Trạng thái hồ sơ' })
    await state.getByText(reason).waitFor()
    expect(await compared.getByRole('group', { name: 'Bước và người giữ' }).getByRole('radio').count()).toBe(
      2,
    )
    await compared.getByRole('button', { name: 'Quay lại sửa tiếp' }).click()
    expect(await sheet.getByLabel(/^Lý do/).inputValue()).toBe(reason)
    await sheet.getByRole('button', { name: label }).click()
    await compared.waitFor()
    await state.getByRole('radio', { name: /^Của người kia/ }).check()
    await compared.getByRole('button', { name: 'Lưu theo lựa chọn' }).click()
    await sheet.waitFor({ state: 'hidden' })
    expect((await readDossier(context, base, code)).state).not.toBe('WITHDRAWN')
  })
})
