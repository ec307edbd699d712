import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { aDesk, aPhone, type Desk } from './browsers.ts'
import { CASES, type Case } from './cases.ts'
import { track } from './citizen.ts'
import { chooseProcedure, enterApplicant, openIntake, saveAndPrint, tickPapers } from './intake.ts'
import { FORM_02, FORM_03, fetchPaper, fieldsOf } from './papers.ts'
import { type Account, createPeople, type People, signIn } from './people.ts'
import { openDossier, readDossier, send, startAction } from './work.ts'

const base = inject('base')
const caseOf = (procedure: string): Case => {
  const found = CASES.find((one) => one.procedure === procedure)
  if (!found) throw new Error(`no case for ${procedure}`)
  return found
}
const record = caseOf('3.000333')
const pesticides = caseOf('1.004363')

let browser: Browser
let people: People
let clerk: Account
let desk: Desk
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  people = await createPeople(base)
  clerk = people.at('tthcc-ha-long', 'RECEPTION')
})
afterAll(() => browser?.close())
beforeEach(async () => {
  await desk?.context.close()
  desk = await aDesk(browser)
  page = desk.page
  await signIn(desk.context, base, clerk)
})

const begin = async (one: Case): Promise<void> => {
  await openIntake(page, base)
  await chooseProcedure(page, one.asked, one.procedure)
  await enterApplicant(page, one)
}
const nameField = () => page.getByLabel('Họ và tên chủ hồ sơ')

describe('a dossier that is not complete', () => {
  it('gets form 02 with every missing paper and its reason, and the applicant reads the same on the phone', async () => {
    await begin(pesticides)
    const papers = page.getByRole('table', { name: 'Thành phần hồ sơ' })
    const missing = papers.getByRole('checkbox', { name: /: Thiếu$/ })
    await missing.first().press('Space')
    const lacking = ((await missing.getAttribute('aria-label')) ?? '').replace(/: Thiếu$/, '')
    const save = page.getByRole('button', { name: /^Lưu và in giấy tiếp nhận/ })
    await page.getByText('Còn thiếu 1 giấy. Bổ sung').waitFor()
    expect(await save.getAttribute('aria-disabled')).toBe('true')

    await page.keyboard.press('F9')
    const sheet = page.getByRole('dialog', { name: /Mẫu 02/ })
    expect(await sheet.getByLabel(/^1\. Giấy tờ/).inputValue()).toBe(lacking)
    const reason = 'Giấy nộp kèm chưa có dấu của tổ chức'
    await sheet.getByLabel('Lý do').fill(reason)
    await sheet.getByLabel(/^Căn cứ pháp lý/).fill('Khoản 5 Điều 19 Nghị định 118/2025/NĐ-CP')
    const saved = await saveAndPrint(page, /^Lưu và in phiếu/, 'Đã lưu, chờ bổ sung giấy tờ')
    expect(new URL(saved.printed).pathname).toMatch(/papers\/form-02$/)

    const fields = fieldsOf((await fetchPaper(desk.context, base, saved.code, 'form-02')).text, FORM_02)
    expect(fields).toMatchObject({
      'Mã hồ sơ': saved.code,
      'Hồ sơ của': pesticides.owner.name,
      'Địa chỉ': pesticides.owner.address,
      'Mã số thuế': pesticides.owner.number,
      'Nội dung cần bổ sung, hoàn thiện Số lượng': `1 ${lacking} 01 bản chính`,
      'Lý do': reason,
      'Căn cứ': expect.stringContaining('Khoản 5 Điều 19'),
      'NGƯỜI HƯỚNG DẪN': expect.stringContaining(clerk.name),
    })

    const citizen = await aPhone(browser)
    const seen = await track(citizen, base, saved.code, saved.pin)
    expect(seen.text).toContain('Chờ bổ sung')
    expect(seen.text).toContain('Giấy cần nộp thêm')
    expect(seen.text).toContain(lacking)
    expect(seen.text).toContain(reason)
    await citizen.context().close()
  })

  it('is accepted as soon as the paper is brought', async () => {
    await begin(pesticides)
    const papers = page.getByRole('table', { name: 'Thành phần hồ sơ' })
    await papers
      .getByRole('checkbox', { name: /: Thiếu$/ })
      .first()
      .press('Space')
    await page.getByText('Còn thiếu 1 giấy. Bổ sung').waitFor()
    await page.keyboard.press('F9')
    const saved = await saveAndPrint(page, /^Lưu và in phiếu/, 'Đã lưu, chờ bổ sung giấy tờ')
    await openDossier(page, base, saved.code)
    const view = await readDossier(desk.context, base, saved.code)
    const label = view.actions.find(({ action }) => action === 'complete-intake')?.label.vi ?? ''
    const sheet = await startAction(page, label)
    await sheet.getByRole('checkbox', { name: /: Thiếu$/ }).click()
    await Promise.all([page.context().waitForEvent('page'), send(page, sheet, label)])
    const after = await readDossier(desk.context, base, saved.code)
    expect(after.state).toBe('ACCEPTED')
    expect(after.deadline.due).not.toBeNull()
    expect((await fetchPaper(desk.context, base, saved.code, 'form-01')).text).toContain(
      pesticides.owner.name,
    )
  })
})

it('a dossier for somebody else is refused with form 03, which names the right authority', async () => {
  await begin(record)
  await tickPapers(page)
  await page.getByRole('button', { name: 'Từ chối tiếp nhận' }).click()
  const sheet = page.getByRole('dialog', { name: /Mẫu 03/ })
  await sheet.getByRole('radio', { name: 'Nộp sai nơi có thẩm quyền' }).check()
  await sheet.getByRole('button', { name: /^Từ chối và in phiếu/ }).click()
  await sheet.getByRole('alert').getByText('Ghi rõ lý do').waitFor()
  const reason = 'Người nộp đang thường trú tại tỉnh khác và đã nộp ở đó'
  const authority = 'Sở Tư pháp nơi thường trú'
  await sheet.getByLabel(/^Lý do, ghi rõ/).fill(reason)
  await sheet.getByLabel(/^Cơ quan có thẩm quyền/).fill(authority)
  const saved = await saveAndPrint(page, /^Từ chối và in phiếu/, 'Đã ghi từ chối tiếp nhận')
  expect(new URL(saved.printed).pathname).toMatch(/papers\/form-03$/)
  const fields = fieldsOf((await fetchPaper(desk.context, base, saved.code, 'form-03')).text, FORM_03)
  expect(fields).toMatchObject({
    'Mã hồ sơ': saved.code,
    'Hồ sơ của': record.owner.name,
    'Số định danh cá nhân': record.owner.number,
    'với lý do cụ thể như sau': expect.stringContaining(reason),
    'Nơi có thẩm quyền giải quyết': expect.stringContaining(authority),
    'NGƯỜI TIẾP NHẬN HỒ SƠ': expect.stringContaining(clerk.name),
  })
  expect((await readDossier(desk.context, base, saved.code)).state).toBe('NOT_ACCEPTED')
})

describe('what was typed', () => {
  const typed = async (): Promise<void> => {
    expect(await nameField().inputValue()).toBe(record.owner.name)
    expect(await page.getByLabel('Số định danh cá nhân').inputValue()).toBe('0000 0000 0103')
    expect(await page.getByRole('checkbox', { name: /: Thiếu$/ }).count()).toBe(0)
  }

  it('survives a reload', async () => {
    await begin(record)
    await tickPapers(page)
    await page.reload()
    await page.getByRole('heading', { level: 2, name: 'Thành phần hồ sơ' }).waitFor()
    await typed()
  })

  it('survives a lost network and is saved when it returns', async () => {
    await begin(record)
    await desk.context.setOffline(true)
    await page.getByText('Mất mạng, vẫn làm tiếp được').waitFor()
    await tickPapers(page)
    await page.getByText(/Đã lưu trên máy này/).waitFor()
    await desk.context.setOffline(false)
    await page.getByText(/Đã tự lưu nháp/).waitFor()
    await typed()
    const saved = await saveAndPrint(page, /^Lưu và in giấy tiếp nhận/, 'Đã tiếp nhận hồ sơ')
    expect((await readDossier(desk.context, base, saved.code)).owner).toBe(record.owner.name)
  })

  it('survives a session that has ended: after signing in the dossier is saved, once', async () => {
    await begin(record)
    await tickPapers(page)
    await page.getByText(/Đã tự lưu nháp/).waitFor()
    await desk.context.clearCookies()
    await page.getByRole('button', { name: /^Lưu và in giấy tiếp nhận/ }).click()
    const again = page.getByRole('dialog', { name: /Phiên làm việc đã hết/ })
    await again.getByLabel('Mật khẩu').fill(clerk.password)
    await again.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Đã tiếp nhận hồ sơ' })
    await dialog.waitFor()
    const code = (await dialog.getByRole('definition').first().textContent())?.trim() ?? ''
    expect((await readDossier(desk.context, base, code)).owner).toBe(record.owner.name)
  })
})

it('of two clerks at one dossier one wins, and the other reads what happened', async () => {
  await begin(record)
  await tickPapers(page)
  const saved = await saveAndPrint(page, /^Lưu và in giấy tiếp nhận/, 'Đã tiếp nhận hồ sơ')
  const second = people.items.find(
    (one) =>
      one.centre === clerk.centre && one.roles.includes('RECEPTION') && one.username !== clerk.username,
  )
  if (!second) throw new Error('the centre has one clerk only')
  const other = await aDesk(browser)
  await signIn(other.context, base, second)
  await Promise.all([openDossier(page, base, saved.code), openDossier(other.page, base, saved.code)])
  const label = (await readDossier(desk.context, base, saved.code)).task?.label.vi ?? ''
  const mine = await startAction(page, label)
  const theirs = await startAction(other.page, label)
  await send(page, mine, label)
  await theirs.getByRole('button', { name: label }).click()
  await other.page
    .getByText(new RegExp(`${clerk.name}.*đã xử lý xong việc này lúc`))
    .first()
    .waitFor()
  const after = await readDossier(other.context, base, saved.code)
  expect(after.timeline.filter(({ type }) => type === 'dossier-transferred')).toHaveLength(1)
  await other.context.close()
})
