import type { Browser } from 'playwright-core'
import type { listDossiers, listTasks } from '#modules/dossiers/contract.ts'
import type { Board, ServiceGroup, VisitorTicket } from '#modules/queue/contract.ts'
import type { Output } from '#platform/operation.ts'
import { aDesk } from './browsers.ts'
import { type Account, createPeople, type People, signIn } from './people.ts'
import { readDossier } from './work.ts'

/** People and dossiers of the demo province that make full screens. */
export type Province = Awaited<ReturnType<typeof lookAround>>

/** What those outside the desk hold in their hands: a code to track, tickets, a tablet that asks. */
export type Outside = Awaited<ReturnType<typeof lookOutside>>

type Tasks = Output<typeof listTasks>

export async function lookAround(browser: Browser, base: string) {
  const people = await createPeople(base)
  const tasksOf = async (account: Account, query: string): Promise<Tasks['items']> => {
    const { context } = await aDesk(browser)
    await signIn(context, base, account)
    const answer = await context.request.get(`${base}/api/tasks?${query}`)
    const { items } = (await answer.json()) as Tasks
    await context.close()
    return items
  }
  /** Of the first officers of a role, the one with most to do. */
  const busiest = async (name: string, query: string) => {
    const all: { account: Account; tasks: Tasks['items'] }[] = []
    // One after the other: checking a password is meant to be slow, and this machine has other work.
    for (const account of people.items.filter(({ roles }) => roles.includes(name)).slice(0, 6))
      all.push({ account, tasks: await tasksOf(account, query) })
    const most = all.toSorted((a, b) => b.tasks.length - a.tasks.length)[0]
    if (!most) throw new Error(`nobody is ${name}`)
    return most
  }
  const specialist = await busiest('SPECIALIST', 'filter=mine&limit=50')
  const leader = await busiest('AGENCY_LEAD', 'kind=approve&filter=all&limit=50')
  const teamLead = await busiest('UNIT_LEAD', 'filter=claimable&limit=50')
  const returner = await busiest('RETURN_DESK', 'kind=return&filter=all&limit=50')
  const clerk = people.at('tthcc-ha-long', 'RECEPTION')

  // One that is under way and has been seen by others before, so that the page is full.
  const underWay = specialist.tasks.filter(({ dossier }) => dossier.state === 'PROCESSING')
  const inHand = underWay.find(({ pace }) => pace === 'ON_TRACK') ?? underWay[0]
  if (!inHand) throw new Error('no specialist of the demo province has a task in hand')
  const desk = await aDesk(browser)
  await signIn(desk.context, base, specialist.account)
  const dossier = await readDossier(desk.context, base, inHand.dossier.code)
  await desk.context.close()

  /** Dossiers that several agencies work on together, as the demo province tells of them. */
  const watching = await aDesk(browser)
  await signIn(watching.context, base, people.withRole('SUPERVISOR'))
  const allOf = async (owner: string): Promise<string[]> => {
    const answer = await watching.context.request.get(
      `${base}/api/dossiers?limit=20&q=${encodeURIComponent(owner)}`,
    )
    const { items } = (await answer.json()) as { items: { code: string }[] }
    return items.map(({ code }) => code)
  }
  const named = async (owner: string): Promise<string> => {
    const [code] = await allOf(owner)
    if (!code) throw new Error(`${owner} has no dossier in the demo province`)
    return code
  }
  /** The dossier over the others: its parts bear the same name. */
  const groupOf = async (owner: string): Promise<string> => {
    for (const code of await allOf(owner))
      if ((await readDossier(watching.context, base, code)).group) return code
    throw new Error(`${owner} has no group of procedures in the demo province`)
  }
  const question = await readDossier(watching.context, base, await named('Mẫu Văn Hỏi'))
  const owing = question.consultations[0]?.agencies.find(({ state }) => state === 'asked')?.unit.id ?? ''
  const together = {
    asked: question.code,
    group: await groupOf('Mẫu Thị Liên'),
    travelled: await named('Ví Văn Đường'),
  }
  await watching.context.close()

  return {
    people,
    together,
    staff: {
      consulted: await people.forStep('SPECIALIST', owing),
      clerk,
      specialist: specialist.account,
      leader: leader.account,
      teamLead: teamLead.account,
      returner: returner.account,
      supervisor: people.withRole('SUPERVISOR'),
      catalogue: people.withRole('CATALOG_ADMIN'),
      processes: people.withRole('PROCESS_ADMIN'),
      administrator: people.withRole('SYSTEM_ADMIN'),
      director: people.at('tthcc-ha-long', 'CENTRE_DIRECTOR'),
    },
    dossier: { code: dossier.code, action: dossier.task?.label.vi ?? '' },
  }
}

/** A hall in which nobody comes by himself, so that what is shown is what was done here. */
const QUIET = 'tthcc-uong-bi'

/** One who waits, one who was served, and a tablet that asks: their addresses. */
const visitorsOf = async (browser: Browser, base: string, people: People) => {
  const { context } = await aDesk(browser)
  const clerk = people.at(QUIET, 'RECEPTION')
  await signIn(context, base, clerk)
  const ask = async <T>(path: string, data?: object): Promise<T> => {
    const url = `${base}/api${path}`
    const answer = data ? await context.request.post(url, { data }) : await context.request.get(url)
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const board = await ask<Board>(`/centres/${QUIET}/board`)
  const seat = board.counters.find(({ officer }) => officer === clerk.name)
  const { items } = await ask<{ items: ServiceGroup[] }>(`/centres/${QUIET}/service-groups`)
  const group = items.find(({ prefix, kind }) => kind === 'reception' && seat?.groups.includes(prefix))
  if (!seat || !group) throw new Error(`${clerk.name} sits at no counter`)
  const take = () => ask<VisitorTicket>(`/centres/${QUIET}/tickets`, { serviceGroup: group.id })
  const { token: served } = await take()
  const { id } = await ask<{ id: string }>(`/counters/${seat.id}/call-next`, {})
  await ask(`/counters/${seat.id}/tickets/${id}/start`, {})
  const { path: tablet } = await ask<{ path: string }>(`/counters/${seat.id}/rating-tablet`, {})
  await ask(`/counters/${seat.id}/tickets/${id}/finish`, {})
  const { token: ticket } = await take()
  await context.close()
  return { ticket, served, tablet }
}

/** A dossier under way, and what opens it: the last four digits do as the PIN does. */
const trackedOf = async (browser: Browser, base: string, people: People) => {
  const { context } = await aDesk(browser)
  await signIn(context, base, people.withRole('SUPERVISOR'))
  const answer = await context.request.get(`${base}/api/dossiers?state=PROCESSING&limit=50`)
  const { items } = (await answer.json()) as Output<typeof listDossiers>
  for (const { code } of items) {
    const { ownerParty } = await readDossier(context, base, code)
    if (!ownerParty.personalId) continue
    await context.close()
    return { code, pin: ownerParty.personalId.slice(-4) }
  }
  throw new Error('no dossier under way has an owner with a personal number')
}

export async function lookOutside(browser: Browser, base: string) {
  const people = await createPeople(base)
  return {
    tracked: await trackedOf(browser, base, people),
    ...(await visitorsOf(browser, base, people)),
  }
}
