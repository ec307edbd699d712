import type { Locator, Page } from 'playwright-core'
import { type Case, cardText, type PartyEntry } from './cases.ts'
import { scan } from './scanner.ts'

/** A paper as the clerk ticked it. */
export type Ticked = { name: string; originals: number; copies: number }
export type Received = {
  code: string
  pin: string
  ticked: Ticked[]
  /** The result is promised, as the dialog says it. */
  promised: string
  receivedBetween: [number, number]
  /** Address of the paper that opened for printing. */
  printed: string
}

const form = (page: Page): Locator => page.getByRole('region', { name: 'Người nộp', exact: true })

export async function openIntake(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/desk/tiep-nhan`)
  await page.getByRole('combobox', { name: 'Tìm thủ tục' }).waitFor()
}

/** Finds the procedure by what people say, without accents, and takes the one with this code. */
export async function chooseProcedure(page: Page, asked: string, code: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Tìm thủ tục' }).fill(asked)
  await page.getByRole('option').filter({ hasText: code }).click()
  await page.getByRole('heading', { level: 2, name: 'Thành phần hồ sơ' }).waitFor()
}

export async function fillParty(
  page: Page,
  party: PartyEntry,
  nameLabel: string,
  nth: number,
): Promise<void> {
  const within = form(page)
  const person = party.kind === 'person'
  await within.getByLabel(person ? nameLabel : 'Tên tổ chức').fill(party.name)
  await within
    .getByLabel(person ? 'Số định danh cá nhân' : 'Mã số thuế')
    .nth(nth)
    .fill(party.number)
  if (party.birthDate) await within.getByLabel('Ngày sinh').nth(nth).fill(party.birthDate)
  await within.getByLabel('Điện thoại nhận tin').nth(nth).fill(party.phone)
  const address = within.getByLabel('Địa chỉ').nth(nth)
  if (!(await address.isVisible()))
    await within
      .getByText(/^Giới tính, địa chỉ/)
      .nth(nth)
      .click()
  await address.fill(party.address)
  if (party.email) await within.getByLabel('Thư điện tử').nth(nth).fill(party.email)
  if (party.commune) {
    await within.getByRole('combobox', { name: /Xã, phường/ }).fill(party.commune)
    await page.getByRole('option', { name: party.communeName }).click()
  }
}

const whoHandsIn = (page: Page, who: string): Promise<void> =>
  form(page).getByRole('group', { name: 'Ai nộp' }).getByText(who, { exact: true }).click()

/** The applicant: typed, or by the card's QR code wherever the focus is; then whoever hands in for them. */
export async function enterApplicant(page: Page, one: Case): Promise<void> {
  if (one.card) {
    await scan(page, cardText(one))
    await form(page).getByText(`Đã quét thẻ căn cước của ${one.owner.name}`).waitFor()
    await form(page).getByLabel('Điện thoại nhận tin').fill(one.owner.phone)
    return
  }
  if (one.owner.kind === 'organisation') await whoHandsIn(page, 'Tổ chức')
  if (one.representative) await whoHandsIn(page, 'Nộp thay')
  await fillParty(page, one.owner, 'Họ và tên chủ hồ sơ', 0)
  if (one.representative) {
    await fillParty(page, one.representative, 'Họ và tên người nộp thay', 1)
    await form(page).getByLabel('Nộp thay theo').selectOption({ label: 'Giấy ủy quyền' })
    await form(page).getByLabel('Số giấy').fill(one.representative.paperNumber)
  }
}

/** Ticks what is missing: the first by the keyboard as at a real counter, the others by the mouse. */
export async function tickPapers(page: Page): Promise<Ticked[]> {
  const papers = page.getByRole('table', { name: 'Thành phần hồ sơ' })
  const missing = papers.getByRole('checkbox', { name: /: Thiếu$/ })
  const ticked: Ticked[] = []
  for (let left = await missing.count(); left > 0; left--) {
    const box = missing.first()
    const name = ((await box.getAttribute('aria-label')) ?? '').replace(/: Thiếu$/, '')
    if (ticked.length === 0) await box.press('Space')
    else await box.click()
    const row = papers.getByRole('row').filter({ has: page.getByRole('checkbox', { name: `${name}: Đủ` }) })
    const originals = row.getByLabel('Bản chính:')
    const copies = row.getByLabel('Bản sao:')
    await originals.waitFor()
    await copies.fill(String(ticked.length + 1))
    ticked.push({
      name,
      originals: Number(await originals.inputValue()),
      copies: Number(await copies.inputValue()),
    })
  }
  return ticked
}

/** Attaches one scanned file to the first paper. */
export async function attach(page: Page, name: string, content: Buffer): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page
      .getByRole('button', { name: /^Đính tệp cho:/ })
      .first()
      .click(),
  ])
  await chooser.setFiles({ name, mimeType: 'application/pdf', buffer: content })
  await page.getByRole('button', { name: `Bỏ tệp ${name}` }).waitFor()
}

/** Presses the button that saves and prints, and reads what the person is told. */
export async function saveAndPrint(page: Page, button: RegExp, told: string) {
  const from = Date.now()
  const [paper] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: button }).click(),
  ])
  const dialog = page.getByRole('dialog', { name: told })
  await dialog.waitFor()
  const printed = paper.url()
  await paper.close()
  const facts = await dialog.getByRole('definition').allInnerTexts()
  const [code = '', second = '', third = ''] = facts.map((fact) => fact.replace(/\s+/g, ' ').trim())
  return {
    code,
    pin: second,
    promised: third,
    printed,
    receivedBetween: [from, Date.now()] satisfies [number, number],
  }
}

export const receive = async (page: Page, base: string, one: Case, file?: Buffer): Promise<Received> => {
  await openIntake(page, base)
  await chooseProcedure(page, one.asked, one.procedure)
  await enterApplicant(page, one)
  const ticked = await tickPapers(page)
  if (file) await attach(page, 'giay-to-da-quet.pdf', file)
  await page.getByText(one.resolves).first().waitFor()
  const saved = await saveAndPrint(page, /^Lưu và in giấy tiếp nhận/, 'Đã tiếp nhận hồ sơ')
  return { ...saved, ticked }
}
