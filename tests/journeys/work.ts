import type { BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { DossierView } from '#modules/dossiers/contract.ts'

/** What the server tells this officer about the dossier; the screens show the same. */
export async function readDossier(context: BrowserContext, base: string, code: string): Promise<DossierView> {
  const answer = await context.request.get(`${base}/api/dossiers/${code}`)
  expect(answer.status(), `reading ${code}`).toBe(200)
  return (await answer.json()) as DossierView
}

export async function openDossier(page: Page, base: string, code: string): Promise<void> {
  await page.goto(`${base}/desk/ho-so/${code}`)
  await page.getByRole('tab', { name: 'Tổng quan' }).waitFor()
}

/** From the list of tasks, by the search of the header, as an officer finds it. */
export async function findDossier(page: Page, base: string, code: string): Promise<void> {
  await page.goto(`${base}/desk/viec`)
  await page.getByRole('combobox', { name: 'Tìm hồ sơ' }).fill(code)
  await page.getByRole('option').filter({ hasText: code }).click()
  await page.getByRole('tab', { name: 'Tổng quan' }).waitFor()
}

/** Takes the step into this officer's hands; somebody else may have given it to them already. */
export async function claim(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^Nhận việc/ })
  if (await button.isVisible()) {
    await button.click()
    await button.waitFor({ state: 'hidden' })
  }
}

/** Presses an action of the panel; its sheet opens with what the action needs. */
export async function startAction(page: Page, label: string): Promise<Locator> {
  await page.getByRole('button', { name: label }).first().click()
  const sheet = page.getByRole('dialog', { name: label })
  await sheet.waitFor()
  return sheet
}

/** Sends the sheet and waits until the server has done it. */
export async function send(page: Page, sheet: Locator, label: string): Promise<void> {
  await sheet.getByRole('button', { name: label }).click()
  await sheet.waitFor({ state: 'hidden' })
  await page.getByText(`${label}: đã xong`).waitFor()
}

export type Issued = { number: string; date: string; summary: string; file: Buffer }

/** Finishes the step in hand with what it asks for: an opinion, the person for the next step, the result. */
export async function complete(
  page: Page,
  label: string,
  { opinion, assignee, result }: { opinion?: string; assignee?: string; result?: Issued },
): Promise<void> {
  const sheet = await startAction(page, label)
  if (opinion) {
    const field = sheet.getByLabel(/^Ý kiến xử lý/)
    if (await field.isVisible()) await field.fill(opinion)
  }
  if (assignee) {
    const person = sheet.getByRole('radio', { name: assignee })
    await person.waitFor()
    await person.check()
  }
  if (result) {
    await sheet.getByLabel(/^Số văn bản kết quả/).fill(result.number)
    await sheet.getByLabel(/^Ngày văn bản/).fill(result.date)
    await sheet.getByLabel(/^Trích yếu/).fill(result.summary)
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      sheet.getByRole('button', { name: /^Đính tệp cho: Tệp kết quả/ }).click(),
    ])
    await chooser.setFiles({ name: 'ket-qua.pdf', mimeType: 'application/pdf', buffer: result.file })
    await sheet.getByRole('button', { name: 'Bỏ tệp ket-qua.pdf' }).waitFor()
  }
  await send(page, sheet, label)
}

export const HAND_OVER = 'Trả kết quả'

/** At the return desk: the code of the slip opens the sheet of the hand-over at once. */
export async function handOver(page: Page, base: string, code: string): Promise<Locator> {
  await page.goto(`${base}/desk/tra-ket-qua`)
  await page.getByRole('combobox', { name: 'Tìm hồ sơ' }).fill(code)
  await page.getByRole('option').filter({ hasText: code }).click()
  const sheet = page.getByRole('dialog', { name: HAND_OVER })
  await sheet.waitFor()
  return sheet
}
