import type { Page } from 'playwright-core'

export type Seen = { heading: string; text: string; percent: number }

const textOf = async (page: Page): Promise<string> =>
  ((await page.getByRole('main').textContent()) ?? '').replace(/\s+/g, ' ')
const headingOf = async (page: Page): Promise<string> =>
  (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''

/** Types the code on the portal; before the second factor only the code and how far it is are shown. */
export async function openTracking(page: Page, base: string, code: string): Promise<Seen> {
  await page.goto(`${base}/tra-cuu`)
  await page.getByLabel('Mã hồ sơ').fill(code)
  await page.getByRole('button', { name: 'Xem tiến độ' }).click()
  await page.getByRole('heading', { name: 'Xem ngày hẹn và từng bước' }).waitFor()
  const heading = await headingOf(page)
  const percent = Number(/Đã xong (\d+) phần trăm các bước/.exec(heading)?.[1] ?? Number.NaN)
  return { heading, text: await textOf(page), percent }
}

/** Gives the PIN of the slip, or the last four digits, and reads the page that opens. */
export async function track(page: Page, base: string, code: string, secret: string): Promise<Seen> {
  const { percent } = await openTracking(page, base, code)
  await page.getByLabel(/Mã PIN trên Giấy tiếp nhận/).fill(secret)
  await page.getByRole('button', { name: 'Xem hồ sơ' }).click()
  await page.getByRole('link', { name: 'Tra hồ sơ khác' }).waitFor()
  return { heading: await headingOf(page), text: await textOf(page), percent }
}
