import { type Calendar, nextSession } from '#modules/calendar/rules.ts'
import { agencyOf } from '#modules/organisation/rules.ts'
import { openAnchors, readAnchors } from '#platform/log/anchors.ts'
import { createSealer } from '#platform/log/sealer.ts'
import { loadPublicKey, loadSigningKey, publicKeyFile } from '#platform/log/signing-key.ts'
import { verifyLog } from '#platform/log/verify/verify.ts'
import { reportLines } from '#platform/log/verify/words.ts'
import { addDays, instantOf, type LocalDate, localDateOf } from '#platform/time/vietnam.ts'
import { seedOwnProcesses } from '#server/own-processes.ts'
import { groupOf } from '../../modules/dossiers/rules/group.ts'
import { MEMBERS_FINISHED } from '../../modules/dossiers/rules/group-process.ts'
import type { Province } from '../../tests/support/open-province.ts'
import { loadOffers, loadSteps, type Offer } from '../offers.ts'
import { createOfficers } from '../officers.ts'
import { createRandom, type Random } from '../random.ts'
import { arrive, arriveTogether, arriveWrongly } from './arrive.ts'
import { changeCalendar } from './calendar.ts'
import { checkAlarms, checkDossier, checkProvince } from './checks.ts'
import { createDigest } from './digest.ts'
import { meddle, workOn } from './doings.ts'
import { followMembers, groupOffers } from './groups.ts'
import { giveOpinion } from './opinions.ts'
import { Broken, type Followed, type Fuse, noCounts, rowOf, type Simulated } from './world.ts'

export type SimulationOptions = {
  seed: string
  from: LocalDate
  days: number
  /** Things tried on a working day. */
  pace: number
  /** Opens the product on the simulation's database, as a process that starts; the one before is closed. */
  open: (fuse: Fuse['blow']) => Promise<Province>
  /** Keys and anchors of the log. */
  folder: string
  say?: (line: string) => void
}

export type SimulationReport = {
  days: number
  arrived: number
  open: number
  events: number
  /** Chain of all that happened: the same for the same seed and commit. */
  digest: string
  count: Simulated['count']
}

const DAY_BEGINS = 7 * 60 + 30
const DAY_ENDS = 17 * 60
const ENDED_KEPT = 60
/** Beyond so many dossiers for each thing that is done in a day people come more seldom. */
const BACKLOG = 5

/** Moments of one day: in working hours as a rule, in the evening and on days of rest seldom. */
const momentsOf = (random: Random, day: LocalDate, working: boolean, pace: number): Date[] => {
  const count = working
    ? random.int(Math.ceil(pace * 0.6), Math.ceil(pace * 1.4))
    : random.int(0, Math.ceil(pace / 6))
  const minutes = Array.from({ length: count }, () =>
    working && random.chance(0.92) ? random.int(DAY_BEGINS, DAY_ENDS) : random.int(0, 1_430),
  )
  const seconds = minutes.map((minute) => minute * 60 + random.int(0, 59)).sort((a, b) => a - b)
  return [...new Set(seconds)].map((second) => new Date(instantOf(day).getTime() + second * 1_000))
}

const isWorkingDay = (calendar: Calendar, day: LocalDate): boolean =>
  localDateOf(nextSession(calendar, instantOf(day)).from) === day

const createFuse = (): Fuse => {
  let left = 0
  let blown = false
  return {
    arm: (statements) => {
      left = statements
      blown = false
    },
    disarm: () => {
      left = 0
      return blown
    },
    blow: () => {
      if (left === 0) return
      left -= 1
      if (left > 0) return
      blown = true
      throw new Error('cut off by the simulation')
    },
  }
}

/** One of those that are open, the older ones first as a rule; what is neglected is hardly ever taken up. */
const oneOf = (world: Simulated): Followed | undefined => {
  const { random, open } = world
  if (open.length === 0) return undefined
  const from = random.chance(0.7) ? open.slice(0, Math.max(1, Math.ceil(open.length / 3))) : open
  return random.weighted(from, ({ neglected }) => (neglected ? 0.05 : 1))
}

const ENDED: readonly string[] = ['NOT_ACCEPTED', 'WITHDRAWN', 'CLOSED_NO_SUPPLEMENT', 'STOPPED', 'RETURNED']

/** Looks where the dossier is now, checks it and puts it where it belongs. */
const settle = async (world: Simulated, followed: Followed): Promise<void> => {
  await checkDossier(world, followed)
  const ended = ENDED.includes((await rowOf(world, followed.code)).state)
  const [from, to] = ended ? [world.open, world.ended] : [world.ended, world.open]
  const at = from.indexOf(followed)
  if (at < 0) return
  from.splice(at, 1)
  to.push(followed)
  if (world.ended.length > ENDED_KEPT) world.ended.shift()
}

const doSomething = async (world: Simulated, pace: number): Promise<void> => {
  const { random, open, ended } = world
  const crowded = open.length > pace * BACKLOG
  const what = random.weighted(
    [
      ['arrive', crowded ? 2 : 16],
      ['arrive together', crowded ? 0.3 : 1.5],
      ['arrive wrongly', 3],
      ['work', open.length > 0 ? 66 : 0],
      ['meddle', open.length > 0 ? 9 : 0],
      ['come back', ended.length > 0 ? 3 : 0],
      ['give an opinion', 4],
    ] as const,
    ([, weight]) => weight,
  )[0]
  if (what === 'give an opinion') return giveOpinion(world)
  if (what === 'arrive' || what === 'arrive together') {
    const code = await (what === 'arrive' ? arrive : arriveTogether)(world)
    const followed = world.open.find((one) => one.code === code)
    if (followed) await settle(world, followed)
    return
  }
  if (what === 'arrive wrongly') return arriveWrongly(world)
  const followed = what === 'come back' ? random.pick(ended) : oneOf(world)
  if (!followed) return
  if (what === 'meddle') await meddle(world, followed)
  else await workOn(world, followed)
  await settle(world, followed)
}

/** What processes do by themselves at their moments, and what other agencies answer. */
const letTimePass = async (world: Simulated): Promise<void> => {
  const { province, random, count } = world
  const { workflow, dossiers } = province.services
  count.timers += await workflow.fireTimers()
  await workflow.runOperations()
  await workflow.escalate()
  await dossiers.groups.settleAll()
  await followMembers(world)
  await dossiers.consultations.watch()
  await dossiers.continueRecomputation()
  const waiting = await province.db
    .selectFrom('process_wait')
    .select(['subject_id', 'topic'])
    .where('kind', '=', 'message')
    .where('state', '=', 'waiting')
    .orderBy('opened_at')
    .orderBy('id')
    .execute()
  for (const { subject_id: id, topic } of waiting) {
    // A group waits for its own procedures, which nobody outside answers for.
    if (topic === null || topic === MEMBERS_FINISHED || !random.chance(0.4)) continue
    await workflow.deliverMessage(province.db, {
      ...{ subject: { kind: 'dossier', id }, name: topic, key: `answer-${count.messages}` },
      ...{ sender: 'Cơ quan Thí Dụ', payload: { obligation: random.int(1, 20) * 100_000 } },
    })
    count.messages += 1
  }
}

type Prepared = { world: Simulated; reopen: () => Promise<void>; close: () => Promise<void> }

const prepare = async ({ seed, from, open }: SimulationOptions): Promise<Prepared> => {
  const random = createRandom(seed)
  const fuse = createFuse()
  let province = await open(fuse.blow)
  province.clock.set(instantOf(from, DAY_BEGINS))
  await seedOwnProcesses(province.services)
  const everybody = province.staff.map(({ username }) => province.officer(username))
  const officers = createOfficers(everybody, province.tree)
  const offers = await offersOf(province, officers, from)
  const world: Simulated = {
    ...{ province, fuse, random, officers, everybody, offers },
    groups: await groupOffers(province, officers, from),
    // Agencies of the province and of vertical branches that have an officer of their own.
    consultable: officers
      .anchors('SPECIALIST')
      .filter((id) => agencyOf(province.tree, id)?.id === id)
      .toSorted(),
    ...{ open: [], ended: [], members: new Set<string>(), arrived: 0, count: noCounts() },
  }
  return {
    world,
    reopen: async () => {
      await province.close()
      province = await open(fuse.blow)
      world.province = province
      world.count.restarts += 1
    },
    close: () => province.close(),
  }
}

const offersOf = async (
  { services, tree, db }: Province,
  officers: Simulated['officers'],
  on: LocalDate,
): Promise<Offer[]> => {
  const offers = await loadOffers(services, tree, { officers, on })
  // Publishes the processes that these limits ask for.
  await loadSteps(services, db, { offers, on })
  const staffed = ({ centre, unit }: Offer) =>
    officers.at('RECEPTION', centre).length > 0 && officers.at('SPECIALIST', unit).length > 0
  // Groups are received by a way of their own.
  return offers.filter((offer) => staffed(offer) && groupOf(offer.version.code) === undefined)
}

const VERIFIED_EVERY = 25
const ALARMS_EVERY = 10
const CALENDAR_EVERY = 45
const RESTARTED_EVERY = 12

/** Lives through the days; throws with the place at the first rule that does not hold. */
export const simulate = async (options: SimulationOptions): Promise<SimulationReport> => {
  const { days, from, pace, folder, say = () => undefined } = options
  const { world, reopen, close } = await prepare(options)
  const key = await loadSigningKey(folder)
  const anchors = await openAnchors(folder)
  const digest = createDigest()
  const { random, count } = world

  const seal = async (verify: boolean): Promise<void> => {
    const { db, clock, services, url } = world.province
    await createSealer({ db, signingKey: key, clock, anchors }).sealAll()
    await digest.take(db, services.log)
    if (!verify) return
    const keys = [await loadPublicKey(publicKeyFile(folder))]
    const verified = await verifyLog({ url, keys, anchors: await readAnchors(folder), threads: 1 })
    if (verified.findings.length > 0) throw new Broken(`the log: ${reportLines(verified).join('; ')}`)
  }

  const live = async (day: LocalDate, index: number): Promise<void> => {
    const { province } = world
    const calendar = await province.services.calendar.calendarFor(province.db, null)
    const moments = momentsOf(random, day, isWorkingDay(calendar, day), pace)
    const restart = random.chance(1 / RESTARTED_EVERY) ? random.int(0, moments.length) : -1
    if (random.chance(1 / CALENDAR_EVERY)) await changeCalendar(world, day)
    for (const [i, moment] of moments.entries()) {
      if (i === restart) await reopen()
      // An instant that is not later than the one before would make the day run backwards.
      if (moment > world.province.clock.now()) world.province.clock.set(moment)
      if (i % 4 === 0) await letTimePass(world)
      await doSomething(world, pace)
    }
    world.province.clock.set(instantOf(day, 23 * 60 + 50))
    await letTimePass(world)
    await checkProvince(world)
    if (index % ALARMS_EVERY === ALARMS_EVERY - 1) await checkAlarms(world)
    await seal(index % VERIFIED_EVERY === VERIFIED_EVERY - 1)
  }

  try {
    for (let index = 0; index < days; index++) {
      const day = addDays(from, index)
      try {
        await live(day, index)
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        throw new Broken(
          `day ${index + 1} (${day}), ${world.province.clock.now().toISOString()}: ${message}`,
          {
            cause: error,
          },
        )
      }
      if (index % 50 === 49) say(`${day}: ${world.arrived} dossiers, ${count.requests} requests`)
    }
    // Every dossier once more, also those that nothing has touched for long.
    for (const followed of [...world.open, ...world.ended]) await checkDossier(world, followed)
    await checkAlarms(world)
    await seal(true)
    return {
      ...{ days, arrived: world.arrived, open: world.open.length, events: digest.events() },
      ...{ digest: digest.value(), count },
    }
  } finally {
    await anchors.close()
    await close()
  }
}
