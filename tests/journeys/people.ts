import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

export type Account = {
  username: string
  password: string
  name: string
  position: string
  roles: string[]
  unit: string
  agency: string | null
  centre: string | null
}
type Unit = { id: string; name: string; ancestors: { id: string }[] }

/** The team that acts for agencies without officers of their own in the demo province. */
const STANDING_TEAM = 'van-phong-ubnd'

export type People = Awaited<ReturnType<typeof createPeople>>

/** Officers of the demo province, found by what they are, never by their user names. */
export async function createPeople(base: string) {
  const answer = await fetch(`${base}/api/demo/accounts`)
  const { items } = (await answer.json()) as { items: Account[] }

  const unit = async (id: string): Promise<Unit> =>
    (await (await fetch(`${base}/api/units/${encodeURIComponent(id)}`)).json()) as Unit

  const at = (centre: string, role: string): Account => {
    const found = items.find((one) => one.centre === centre && one.roles.includes(role))
    if (!found) throw new Error(`nobody is ${role} at ${centre}`)
    return found
  }

  const withRole = (role: string): Account => {
    const found = items.find(({ roles }) => roles.includes(role))
    if (!found) throw new Error(`nobody is ${role}`)
    return found
  }

  /** Who does a step of this role at this unit: nearest upwards in the tree, else the standing team. */
  const forStep = async (role: string, unitId: string): Promise<Account> => {
    const { ancestors } = await unit(unitId)
    const having = items.filter((one) => one.roles.includes(role))
    const places = [unitId, ...ancestors.map(({ id }) => id)]
    const near = places.flatMap((place) => having.filter((one) => one.unit === place || one.agency === place))
    const found = near[0] ?? having.find((one) => one.unit === STANDING_TEAM)
    if (!found) throw new Error(`nobody is ${role} for ${unitId}`)
    return found
  }

  return { items, at, withRole, forStep, unit }
}

/** Signs in on the page, one press on the demo account found by its name. */
export async function signInOnPage(page: Page, base: string, account: Account): Promise<void> {
  await page.goto(`${base}/desk/sign-in`)
  const demo = page.getByRole('region', { name: 'Tài khoản dùng thử' })
  await demo.getByRole('searchbox').fill(account.username)
  await demo.getByRole('button', { name: account.name }).first().click()
  await page.waitForURL((url) => url.pathname.startsWith('/desk/') && url.pathname !== '/desk/sign-in')
}

/** Signs a browser in without the page, for the many officers of a process. */
export async function signIn(context: BrowserContext, base: string, account: Account): Promise<void> {
  const answer = await context.request.post(`${base}/api/auth/sign-in/username`, {
    data: { username: account.username, password: account.password },
  })
  expect(answer.status(), `${account.username} signs in`).toBe(200)
}
