import people from '#data/demo/people.json' with { type: 'json' }
import { HISTORY_FIELDS, type HistoryField } from '#modules/dossiers/rules.ts'
import { agencyOf, successorsOn, type Tree } from '#modules/organisation/rules.ts'
import { createRandom, type Random } from './random.ts'

/** A procedure handed in at a centre, and who decides it there. */
export type PastOffer = { procedure: string; centre: string; unit: string; weight: number }

export type HistoryOptions = {
  seed: string
  rows: number
  /** Received from here on, evenly on working days until `to`. */
  from: Date
  to: Date
  tree: Tree
  offers: readonly PastOffer[]
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const VIETNAM_MS = 7 * HOUR_MS

/** Draws from a fixed table in constant time (Walker's alias method): a million lines draw ten times each. */
const drawer = <T>(items: readonly T[], weightOf: (item: T) => number): ((random: Random) => T) => {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0)
  const share = items.map((item) => (weightOf(item) * items.length) / total)
  const alias = items.map((_, i) => i)
  const small = share.flatMap((value, i) => (value < 1 ? [i] : []))
  const large = share.flatMap((value, i) => (value >= 1 ? [i] : []))
  while (small.length > 0 && large.length > 0) {
    const [less, more] = [small.pop() ?? 0, large.pop() ?? 0]
    alias[less] = more
    share[more] = (share[more] ?? 0) - (1 - (share[less] ?? 0))
    if ((share[more] ?? 0) < 1) small.push(more)
    else large.push(more)
  }
  return (random) => {
    const at = random.next() * items.length
    const column = Math.floor(at)
    const chosen = items[at - column < (share[column] ?? 1) ? column : (alias[column] ?? column)]
    if (chosen === undefined) throw new RangeError('nothing to draw from')
    return chosen
  }
}

type Weighted = readonly [string, number]
const table = (words: Readonly<Record<string, number>>): Weighted[] => Object.entries(words)
const words = (entries: readonly Weighted[]) => {
  const draw = drawer(entries, ([, weight]) => weight)
  return (random: Random): string => draw(random)[0]
}

/** Invented people: no family name is anybody's, middle and given names as often as they are. */
const createNames = () => {
  const female = { middle: words(table(people.middle.female)), given: words(table(people.given.female)) }
  const male = { middle: words(table(people.middle.male)), given: words(table(people.given.male)) }
  return (random: Random): string => {
    const { middle, given } = random.chance(0.52) ? female : male
    const two = random.chance(0.4) ? ` ${given(random)}` : ''
    return `${one(random, people.family)} ${middle(random)}${two} ${given(random)}`
  }
}

const ENDINGS: readonly Weighted[] = [
  ['RETURNED', 930],
  ['COMPLETED', 20],
  ['WITHDRAWN', 22],
  ['STOPPED', 8],
  ['NOT_ACCEPTED', 12],
  ['CLOSED_NO_SUPPLEMENT', 8],
]
const CHANNELS: readonly Weighted[] = [
  ['direct', 70],
  ['online', 25],
  ['postal', 5],
]

/** Evenly, in constant time. */
const one = (random: Random, items: readonly string[]): string =>
  items[Math.floor(random.next() * items.length)] ?? ''

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0')
/** `2023-05-12 08:30`, Vietnam's time. */
const local = (at: number): string => new Date(at + VIETNAM_MS).toISOString().slice(0, 16).replace('T', ' ')
const isWeekend = (at: number): boolean => [0, 6].includes(new Date(at + VIETNAM_MS).getUTCDay())
const nextWorkingDay = (at: number): number => {
  let day = at
  while (isWeekend(day)) day += DAY_MS
  return day
}
const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** Who a unit was before, so that some lines name units that are no more, as real files do. */
const formerNames = (tree: Tree, on: string): Map<string, string> => {
  const former = new Map<string, string>()
  for (const from of tree.successorsOf.keys()) {
    const [successor] = successorsOn(tree, from, on)
    if (successor && successor.unit !== from) former.set(successor.unit, from)
  }
  return former
}

/**
 * A plausible past of ended dossiers as CSV: the first line names the columns, then one dossier a line in the order of arrival.
 * The same options give the same bytes.
 */
export function* historyLines({ seed, rows, from, to, tree, offers }: HistoryOptions): Generator<string> {
  yield `${HISTORY_FIELDS.join(',')}\n`
  const random = createRandom(seed)
  const nameOf = createNames()
  const endingOf = words(ENDINGS)
  const channelOf = words(CHANNELS)
  const offerOf = drawer(offers, ({ weight }) => weight)
  const former = formerNames(tree, to.toISOString().slice(0, 10))
  const receivers = Array.from({ length: 200 }, () => nameOf(random))
  const approvers = Array.from({ length: 200 }, () => nameOf(random))
  const streets = Array.from(
    { length: 60 },
    () => `Số ${random.int(1, 400)} ${people.street}, khu ${random.int(1, 12)}`,
  )
  const places = [...tree.places.values()]
    .filter(({ level }) => level === 'commune')
    .map(({ fullName }) => fullName)
  const agencies = new Map(offers.map(({ unit }) => [unit, agencyOf(tree, unit)?.id ?? unit]))
  const numbers = new Map<string, number>()
  const step = (to.getTime() - from.getTime()) / rows
  let day = ''
  let inDay = 0
  for (let n = 0; n < rows; n++) {
    const offer = offerOf(random)
    const midnight = nextWorkingDay(
      Math.floor((from.getTime() + step * n + VIETNAM_MS) / DAY_MS) * DAY_MS - VIETNAM_MS,
    )
    const received = midnight + 7.5 * HOUR_MS + Math.floor(random.next() * 570) * 60_000
    const today = new Date(midnight + VIETNAM_MS).toISOString().slice(2, 10).replaceAll('-', '')
    inDay = today === day ? inDay + 1 : 1
    day = today
    const state = endingOf(random)
    const allowed = random.int(1, 15)
    const due = nextWorkingDay(midnight + allowed * 1.4 * DAY_MS)
    const late = random.chance(0.03)
    const completed =
      nextWorkingDay(
        midnight + (late ? allowed * 1.4 + random.int(1, 9) : allowed * random.next()) * DAY_MS,
      ) +
      10 * HOUR_MS +
      Math.floor(random.next() * 400) * 60_000
    const finished = state === 'RETURNED' || state === 'COMPLETED'
    const end = Math.max(completed, received + 3 * HOUR_MS)
    const register = `${agencies.get(offer.unit)} ${local(end).slice(0, 4)}`
    const number = (numbers.get(register) ?? 0) + 1
    if (finished) numbers.set(register, number)
    const asked = random.chance(0.06)
    const company = random.chance(0.08)
    const name = nameOf(random)
    const line: { readonly [F in HistoryField]: string } = {
      code: `H49-${day}-${pad(inDay, 4)}`,
      procedure: offer.procedure,
      case: '',
      state,
      outcome: finished ? (random.chance(0.02) ? 'REFUSED' : 'GRANTED') : '',
      channel: channelOf(random),
      receivingCentre: random.chance(0.1) ? (former.get(offer.centre) ?? offer.centre) : offer.centre,
      resolvingUnit: random.chance(0.1) ? (former.get(offer.unit) ?? offer.unit) : offer.unit,
      returningCentre: '',
      returnWay: random.chance(0.1) ? 'postal' : 'counter',
      receivedAt: local(received),
      acceptedAt: state === 'NOT_ACCEPTED' ? '' : local(received),
      dueAt: state === 'NOT_ACCEPTED' ? '' : local(due + 17 * HOUR_MS),
      completedAt: finished ? local(end) : '',
      returnedAt: state === 'RETURNED' ? local(end + random.int(1, 72) * HOUR_MS) : '',
      endedAt: finished ? '' : local(end),
      endedReason: finished
        ? ''
        : one(random, ['Theo đơn của người nộp', 'Không đủ điều kiện giải quyết', 'Quá hạn bổ sung giấy tờ']),
      ownerKind: company ? 'organisation' : 'person',
      ownerName: company
        ? `Công ty TNHH ${one(random, people.organisations.names)} ${name.split(' ').slice(-2).join(' ')}`
        : name,
      ownerId: company ? `${pad(n % 100, 2)}0000000${n % 10}` : `000${pad(n % 1_000_000_000, 9)}`,
      ownerBirthDate: company
        ? ''
        : `${random.int(1945, 2006)}-${pad(random.int(1, 12), 2)}-${pad(random.int(1, 28), 2)}`,
      ownerPhone: `09${pad((n * 7919) % 100_000_000, 8)}`,
      ownerAddress: `${one(random, streets)}, ${one(random, places)}`,
      submitterName: random.chance(0.1) ? nameOf(random) : '',
      receivedBy: one(random, receivers),
      approvedBy: finished ? one(random, approvers) : '',
      resultNumber: finished ? String(number) : '',
      resultDate: finished ? local(end).slice(0, 10) : '',
      resultSummary: finished ? 'Giải quyết theo đề nghị của người nộp hồ sơ' : '',
      pauses:
        asked && finished ? `SUPPLEMENT ${local(received + HOUR_MS)}~${local(received + 2 * HOUR_MS)}` : '',
      receiver: state === 'RETURNED' && random.chance(0.1) ? name : '',
      bookNumber: '',
      pin: '',
      note: random.chance(0.05) ? 'Chuyển từ hệ thống một cửa điện tử cũ, hồ sơ giấy lưu tại kho' : '',
    }
    yield `${HISTORY_FIELDS.map((field) => quoted(line[field])).join(',')}\n`
  }
}
