import { randomUUID } from 'node:crypto'
import type { DossierView, IntakeRequest } from '#modules/dossiers/contract.ts'
import type { listDemoAccounts } from '#modules/identity/contract.ts'
import type { Output } from '#platform/operation.ts'
import { addDays, localDateOf } from '#platform/time/vietnam.ts'
import { PERSON, PROCEDURES } from './dossiers.ts'
import { createHttpClient, type Reply } from './http-client.ts'

type Account = Output<typeof listDemoAccounts>['items'][number]
type ProcedureCases = { cases: { id: string; components: { id: string; originals: number | null }[] }[] }
export type Received = { code: string; pin: string }

/** The officers of the demo province at work over HTTP: whoever the running product lets do the next thing does it. */
export type Officers = {
  receive: (options?: Partial<IntakeRequest>) => Promise<Received>
  askAtCounter: (options: Record<string, unknown>) => Promise<Received>
  refuseAtCounter: (options: Record<string, unknown>) => Promise<Received>
  /** An action with the whole dossier, by the first officer who may. */
  act: (code: string, action: string, body: Record<string, unknown>) => Promise<void>
  /** Finishes steps until `done` says so. */
  work: (
    code: string,
    done: (dossier: DossierView) => boolean,
    body?: Record<string, unknown>,
  ) => Promise<void>
  /** The first working day of Vietnam so many days from now, `YYYY-MM-DD`. */
  workingDayIn: (days: number) => Promise<string>
  close: () => void
}

/** Steps of the longest process, with room for those sent back. */
const MOST_STEPS = 12

export const officersOf = async (base: string): Promise<Officers> => {
  const http = createHttpClient(base, 8)
  const cookies = new Map<string, Promise<string>>()
  const as = (username: string) => {
    const cookie = cookies.get(username) ?? http.signIn(username)
    cookies.set(username, cookie)
    return cookie
  }
  // Answers are of the product under test, whose contract its own tests check.
  const read = <T>(reply: Reply, expected: number): T => {
    if (reply.status !== expected) throw new Error(`${reply.status}: ${reply.body}`)
    return JSON.parse(reply.body) as T
  }
  const get = async <T>(path: string, cookie = ''): Promise<T> =>
    read<T>(await http.call({ method: 'GET', path, cookie }), 200)
  const accounts = (await get<{ items: Account[] }>('/demo/accounts')).items

  const clerkAt = (centre: string): Account => {
    const clerk = accounts.find((one) => one.centre === centre && one.roles.includes('RECEPTION'))
    if (!clerk) throw new Error(`nobody receives at ${centre}`)
    return clerk
  }

  const intake = async (
    path: string,
    extra: Record<string, unknown>,
    options: Partial<IntakeRequest>,
  ): Promise<Received> => {
    const procedure = options.procedure ?? PROCEDURES.land
    const centre = options.receivingCentre ?? 'tthcc-tinh'
    const { cases } = await get<ProcedureCases>(`/procedures/${procedure}`)
    const chosen = cases.find(({ id }) => id === options.case) ?? cases[0]
    const body = {
      procedure,
      case: chosen?.id,
      receivingCentre: centre,
      resolvingUnit: 'so-tai-nguyen-moi-truong',
      owner: PERSON,
      components: (chosen?.components ?? []).map(({ id, originals }) => ({
        component: id,
        originals: Math.max(1, originals ?? 1),
      })),
      ...options,
      ...extra,
    }
    const cookie = await as(clerkAt(centre).username)
    return read<Received>(
      await http.call({ path, cookie, body, headers: { 'idempotency-key': randomUUID() } }),
      201,
    )
  }

  /** Who could have a part in the dossier now: the holders of its step first, then the counter, then the unit's others. */
  const candidates = (dossier: DossierView): Account[] => {
    const step = dossier.process?.steps.find(({ state }) => state === 'current')
    const at = (unit: string | undefined) =>
      accounts.filter(
        (one) => unit !== undefined && (one.unit === unit || one.centre === unit || one.agency === unit),
      )
    const holders = at(step?.unit?.id).filter(
      (one) => step !== undefined && one.roles.some((role) => role === step.role),
    )
    return [
      ...new Set([
        ...holders,
        ...at(dossier.receivingCentre.id).filter((one) => one.roles.includes('RECEPTION')),
        ...at(dossier.returningCentre.id).filter((one) => one.roles.includes('RETURN_DESK')),
        ...at(dossier.resolvingUnit.id),
      ]),
    ]
  }

  /** The dossier as the first officer sees it who may do what is asked. */
  const whoMay = async (
    code: string,
    may: (dossier: DossierView) => boolean,
  ): Promise<{ dossier: DossierView; cookie: string } | undefined> => {
    const clerk = await firstReader(code)
    for (const account of candidates(clerk)) {
      const cookie = await as(account.username)
      const reply = await http.call({ method: 'GET', path: `/dossiers/${code}`, cookie })
      if (reply.status !== 200) continue
      const dossier = read<DossierView>(reply, 200)
      if (may(dossier)) return { dossier, cookie }
    }
    return undefined
  }

  const readers = new Map<string, string>()
  const firstReader = async (code: string): Promise<DossierView> => {
    const username = readers.get(code)
    if (!username) throw new Error(`${code} was not received here`)
    return get<DossierView>(`/dossiers/${code}`, await as(username))
  }
  const remember = async (received: Promise<Received>, centre: string | undefined): Promise<Received> => {
    const done = await received
    readers.set(done.code, clerkAt(centre ?? 'tthcc-tinh').username)
    return done
  }

  const act: Officers['act'] = async (code, action, body) => {
    const found = await whoMay(code, ({ actions }) =>
      actions.some((one) => one.action === action && one.allowed),
    )
    if (!found) throw new Error(`nobody may ${action} ${code}`)
    const { dossier, cookie } = found
    read(
      await http.call({
        path: `/dossiers/${code}/actions/${action}`,
        cookie,
        body,
        headers: { 'if-match': `"${dossier.version}"`, 'idempotency-key': randomUUID() },
      }),
      200,
    )
  }

  const work: Officers['work'] = async (code, done, body = {}) => {
    for (let step = 0; step < MOST_STEPS; step += 1) {
      if (done(await firstReader(code))) return
      const found = await whoMay(code, ({ task }) => task?.mayComplete === true)
      if (!found?.dossier.task) throw new Error(`nobody may finish the step of ${code}`)
      const { cookie, dossier } = found
      const approves = dossier.task?.needs.some(({ field }) => field === 'outcome')
      read(
        await http.call({
          path: `/tasks/${dossier.task?.id}/complete`,
          cookie,
          body: { opinion: 'Đã xem, hồ sơ đủ điều kiện.', ...(approves ? body : {}) },
          headers: { 'idempotency-key': randomUUID() },
        }),
        200,
      )
    }
    throw new Error(`${code} does not come to an end`)
  }

  return {
    receive: (options = {}) => remember(intake('/dossiers', {}, options), options.receivingCentre),
    askAtCounter: (extra) => remember(intake('/dossiers/incomplete', extra, {}), undefined),
    refuseAtCounter: (extra) => remember(intake('/dossiers/refused', extra, {}), undefined),
    act,
    work,
    workingDayIn: async (days) => {
      const from = addDays(localDateOf(new Date()), days)
      const year = await get<{ days: { date: string; working: boolean }[] }>(`/calendar/${from.slice(0, 4)}`)
      const day = year.days.find(({ date, working }) => date >= from && working)
      if (!day) throw new Error(`no working day from ${from} on in its year`)
      return day.date
    },
    close: http.close,
  }
}
