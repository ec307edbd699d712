import type { Page } from 'playwright-core'

export type Seen = { heading: string; text: string; percent: number }

const percentOf = async (page: Page): Promise<number> =>
  Number(await page.getByRole('meter').getAttribute('value'))

/** Types the code on the portal; before the second factor only the code and how far it is are shown. */
export async function openTracking(page: Page, base: string, code: string): Promise<Seen> {
  await page.goto(`${base}/tra-cuu`)
  await page.getByLabel('Mã hồ sơ').fill(code)
  await page.getByRole('button', { name: 'Xem tiến độ' }).click()
  await page.getByRole('heading', { name: 'Xem ngày hẹn và từng bước' }).waitFor()
  return seen(page)
}

const seen = async (page: Page): Promise<Seen> => ({
  heading: (await page.getByRole('heading', { level: 1 }).textContent()) ?? '',
  text: ((await page.getByRole('main').textContent()) ?? '').replace(/\s+/g, ' '),
  percent: await percentOf(page),
})

/** Gives the PIN of the slip, or the last four digits, and reads the page with its path. */
export async function track(page: Page, base: string, code: string, secret: string): Promise<Seen> {
  await openTracking(page, base, code)
  await page.getByLabel(/Mã PIN trên Giấy tiếp nhận/).fill(secret)
  await page.getByRole('button', { name: 'Xem hồ sơ' }).click()
  await page.getByRole('heading', { name: 'Hồ sơ đã qua những đâu' }).waitFor()
  return seen(page)
}
