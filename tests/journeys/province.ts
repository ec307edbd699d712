import type { Browser } from 'playwright-core'
import type { listTasks } from '#modules/dossiers/contract.ts'
import type { Output } from '#platform/operation.ts'
import { aDesk } from './browsers.ts'
import { type Account, createPeople, signIn } from './people.ts'
import { readDossier } from './work.ts'

/** People and dossiers of the demo province that make full screens. */
export type Province = Awaited<ReturnType<typeof lookAround>>

type Tasks = Output<typeof listTasks>

export async function lookAround(browser: Browser, base: string) {
  const people = await createPeople(base)
  const role = (name: string): Account => {
    const found = people.items.find(({ roles }) => roles.includes(name))
    if (!found) throw new Error(`nobody is ${name}`)
    return found
  }
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

  return {
    people,
    staff: {
      clerk,
      specialist: specialist.account,
      leader: leader.account,
      teamLead: teamLead.account,
      returner: returner.account,
      supervisor: role('SUPERVISOR'),
      catalogue: role('CATALOG_ADMIN'),
      processes: role('PROCESS_ADMIN'),
      administrator: role('SYSTEM_ADMIN'),
    },
    dossier: { code: dossier.code, action: dossier.task?.label.vi ?? '' },
    /** The last four digits open it as the PIN does. */
    tracked: { code: dossier.code, pin: dossier.ownerParty.personalId?.slice(-4) ?? '' },
  }
}
