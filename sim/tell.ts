import { localDateOf } from '#platform/time/vietnam.ts'
import { arrivalFor, arrivalWithin, DAY, dueOf, dueTick } from './days.ts'
import { visit } from './intake.ts'
import { createNarrator, type Narrator } from './narrate.ts'
import { type Channel, type Limit, limitOf } from './offers.ts'
import type { Random } from './random.ts'
import type { Story, Wait, Wish, World } from './story.ts'

type Telling = { world: World; random: Random; wish: Wish; narrator: Narrator; n: number }

/** How much of the limit is used: most are early, some end on the day, a few are late. */
const paceOf = (random: Random): number => {
  if (random.chance(0.62)) return 0.3 + random.next() * 0.55
  return random.chance(0.82) ? 0.86 + random.next() * 0.13 : 1.05 + random.next() * 0.4
}

const channelFor = (random: Random, { offer, detours, ending }: Wish): Channel | undefined => {
  const offered = new Set(offer.version.content.methods.map(({ channel }) => channel))
  const remote = (['online', 'postal'] as const).filter((channel) => offered.has(channel))
  const submitted =
    detours.includes('submitted') || (typeof ending === 'object' && ending.waitsAt === 'check')
  if (submitted) return remote.length > 0 ? random.pick(remote) : undefined
  return random.chance(0.03) && offered.has('postal') ? 'postal' : 'direct'
}

const indexOf = (narrator: Narrator, action: Wait): number =>
  narrator.steps.findIndex((step) => step.action === action)

/** All steps until the result has come back, `ratio` of the limit after the clock began. */
const finish = ({ wish, narrator, random }: Telling, ratio: number): void => {
  const issued = indexOf(narrator, 'issue') + 1
  const appraise = indexOf(narrator, 'appraise')
  const start = narrator.cursor()
  let from = 0
  let end: number | undefined
  if (wish.detours.includes('supplement') || wish.detours.includes('payment')) {
    // A supplement is asked for within three working days (Article 19(5), Decree 118/2025).
    narrator.work(0, appraise, start + Math.max(appraise, random.int(8, DAY)))
    from = appraise
    if (wish.detours.includes('supplement')) {
      narrator.askForPapers(narrator.cursor() + random.int(4, DAY))
      narrator.receivePapers(narrator.cursor() + random.int(DAY, 6 * DAY))
    } else {
      narrator.askForPayment(narrator.cursor() + random.int(4, DAY))
      narrator.confirmPayment(narrator.cursor() + random.int(DAY / 2, 4 * DAY))
    }
  } else if (wish.detours.includes('extended')) {
    const due = narrator.dueAt()
    narrator.work(0, appraise, start + Math.max(appraise, (due - start) * 0.25))
    from = appraise
    if (narrator.extend(start + (due - start) * 0.7, random.int(2, 4)))
      end = due + (narrator.dueAt() - due) * (0.3 + random.next() * 0.6)
  }
  const begun = from === 0 ? start : narrator.cursor()
  narrator.work(
    from,
    issued,
    Math.max(end ?? begun + (narrator.dueAt() - begun) * ratio, begun + issued - from),
  )
}

/** Steps up to the one that waits now; it was opened a while ago, and sometimes somebody has taken it in hand. */
const waitAtStep = ({ world, wish, random, narrator }: Telling, waitsAt: Wait): boolean => {
  const index = indexOf(narrator, waitsAt)
  const step = narrator.steps[index]
  if (!step) return false
  let from = 0
  if (wish.detours.includes('extended') && index > 0) {
    narrator.work(0, 1, narrator.cursor() + random.int(2, 12))
    from = 1
    const due = narrator.dueAt()
    narrator.extend(Math.min(due - DAY - random.int(6, DAY), world.last - 6), random.int(1, 2))
  }
  const room = world.last - narrator.cursor()
  if (room < index - from + 2) return false
  if (index > from)
    narrator.work(from, index, world.last - random.int(1, Math.max(1, Math.min(DAY, Math.floor(room / 3)))))
  if (waitsAt === 'appraise' && random.chance(0.4)) narrator.claim(narrator.cursor() + 1, step)
  return narrator.cursor() <= world.last
}

/** Asked for papers or money, and nobody has come yet. */
const pause = ({ narrator, random }: Telling, what: 'supplement' | 'payment'): void => {
  const appraise = indexOf(narrator, 'appraise')
  narrator.work(0, appraise, narrator.cursor() + Math.max(appraise, DAY / 2))
  const tick = narrator.cursor() + random.int(3, DAY / 2)
  if (what === 'supplement') narrator.askForPapers(tick)
  else narrator.askForPayment(tick)
}

const tellWait = (telling: Telling, waitsAt: Wait, arrival: number): boolean => {
  const { world, random, narrator } = telling
  if (waitsAt === 'check') narrator.submit(arrival)
  else if (waitsAt === 'intake-supplement') narrator.incomplete(arrival)
  else narrator.accept(arrival)
  switch (waitsAt) {
    case 'check':
    case 'intake-supplement':
      break
    case 'supplement':
    case 'payment':
      pause(telling, waitsAt)
      break
    case 'return':
      finish(telling, paceOf(random))
      break
    case 'correction':
      finish(telling, paceOf(random))
      narrator.handOver(narrator.cursor() + random.int(2, DAY))
      narrator.reportError(Math.max(narrator.cursor() + 1, world.last - random.int(4, 2 * DAY)))
      break
    default:
      return waitAtStep(telling, waitsAt)
  }
  return narrator.cursor() <= world.last
}

/** Asked for papers, and closed when the 15 days are over (Article 19(5), Decree 118/2025). */
const tellClosed = (telling: Telling, arrival: number): void => {
  const { world, random, narrator, wish } = telling
  if (wish.detours.includes('intake-supplement')) narrator.incomplete(arrival)
  else {
    narrator.accept(arrival)
    pause(telling, 'supplement')
  }
  const asked = world.ticks.at(Math.min(narrator.cursor(), world.last))
  const deadline = dueOf(world.calendar, asked, { amount: 15, unit: 'CALENDAR_DAY' }) ?? asked
  narrator.act(world.ticks.from(deadline) + random.int(2, DAY), narrator.reception, 'close-unsupplemented')
}

const tellBrokenOff = ({ narrator, random }: Telling, ending: 'withdrawn' | 'stopped'): void => {
  const steps = random.int(1, Math.max(1, indexOf(narrator, 'appraise')))
  narrator.work(0, steps, narrator.cursor() + Math.max(steps, random.int(6, 2 * DAY)))
  const tick = narrator.cursor() + random.int(4, 2 * DAY)
  if (ending === 'withdrawn') narrator.withdraw(tick)
  else narrator.stop(tick)
}

const tellReturned = (telling: Telling): void => {
  const { random, narrator, wish, n } = telling
  finish(telling, paceOf(random))
  const fetched = random.chance(0.85) ? random.int(2, 3 * DAY) : random.int(3 * DAY, 8 * DAY)
  narrator.handOver(narrator.cursor() + fetched)
  if (!wish.detours.includes('corrected')) return
  narrator.reportError(narrator.cursor() + random.int(DAY, 3 * DAY))
  narrator.correct(narrator.cursor() + random.int(6, 2 * DAY), n)
}

const tellEnd = (telling: Telling, ending: Exclude<Wish['ending'], object>, arrival: number): void => {
  if (ending === 'closed') tellClosed(telling, arrival)
  else if (ending === 'not-accepted') telling.narrator.refuse(arrival)
  else {
    telling.narrator.accept(arrival)
    if (ending === 'returned') tellReturned(telling)
    else tellBrokenOff(telling, ending)
  }
}

const arrivalOf = (world: World, random: Random, { wish, limit }: { wish: Wish; limit: Limit }): number => {
  const { ending, standing = 'on-track' } = wish
  const { last, ticks, calendar } = world
  const ago = (from: number, to: number) => arrivalWithin(world, random, last - to, last - from)
  if (typeof ending === 'string') return arrivalWithin(world, random, 0, last)
  switch (ending.waitsAt) {
    case 'check':
    case 'transfer':
      return ago(0, DAY - 1)
    case 'intake-supplement':
      // 15 days are about eleven working days.
      return standing === 'on-track'
        ? ago(4, 7 * DAY)
        : standing === 'overdue'
          ? ago(11 * DAY, 13 * DAY)
          : ago(9 * DAY, 10 * DAY)
    case 'supplement':
      return standing === 'on-track'
        ? ago(DAY, 7 * DAY)
        : standing === 'overdue'
          ? ago(12 * DAY, 14 * DAY)
          : ago(10 * DAY, 11 * DAY)
    case 'payment':
      return ago(DAY, 9 * DAY)
    case 'return':
    case 'correction': {
      const latest = ending.waitsAt === 'return' ? random.int(2, 3 * DAY) : random.int(3 * DAY, 6 * DAY)
      const waited = random.chance(0.15) ? random.int(6 * DAY, 12 * DAY) : latest
      const length = dueTick(world, last, dueOf(calendar, ticks.at(last), limit)) - last
      const arrival = Math.round(last - waited - length * 0.8)
      return arrivalWithin(world, random, arrival - DAY, arrival)
    }
    default:
      return arrivalFor(world, random, { limit, standing, least: 8 })
  }
}

/** One try; nothing when chance has put together what cannot be told within the time that has passed. */
const tellOnce = (world: World, random: Random, wish: Wish, n: number): Story | undefined => {
  const channel = channelFor(random, wish)
  if (!channel) return undefined
  const { ending, detours, offer, keepUnit } = wish
  const waitsAt = typeof ending === 'object' ? ending.waitsAt : undefined
  const found = visit(random, {
    tree: world.tree,
    on: localDateOf(world.now),
    incomplete: detours.includes('intake-supplement') || waitsAt === 'intake-supplement',
    ...{ offer, n, channel, keepUnit },
  })
  if (!found) return undefined
  const limit = limitOf(offer.version, found.case?.id ?? '', channel)
  const narrator = createNarrator(world, random, { visit: found, limit, detours })
  const telling: Telling = { world, random, wish, narrator, n }
  const arrival = arrivalOf(world, random, { wish, limit })
  if (arrival < 0) return undefined
  if (waitsAt !== undefined) {
    if (!tellWait(telling, waitsAt, arrival)) return undefined
  } else if (typeof ending === 'string') tellEnd(telling, ending, arrival)
  const works = ending === 'returned' || (waitsAt !== undefined && !WITHOUT_CLOCK.includes(waitsAt))
  if (works && random.fork('lateness').chance(0.6)) {
    narrator.explainLateness(narrator.officer(random.chance(0.5) ? 'AGENCY_LEAD' : 'SPECIALIST', found.unit))
  }
  const { intake, unit, scanned } = found
  return { n, intake, unit, scanned, actions: narrator.actions() }
}

/** Nobody is late while the applicant is waited for, nor before acceptance. */
const WITHOUT_CLOCK: readonly Wait[] = ['check', 'intake-supplement', 'supplement', 'payment']

const TRIES = 12

/** Tells a story that ends as wished by now; at last one that time has cut short. */
export const tell = (world: World, random: Random, wish: Wish, n: number): Story | undefined => {
  let cut: Story | undefined
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const story = tellOnce(world, random.fork(attempt), wish, n)
    const end = story?.actions.at(-1)?.tick ?? Number.POSITIVE_INFINITY
    if (story && end <= world.last) return story
    const begun = story?.actions.filter(({ tick }) => tick <= world.last) ?? []
    if (story && begun.length > 0) cut ??= { ...story, actions: begun }
  }
  return cut
}
