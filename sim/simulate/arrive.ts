import words from '#data/demo/words.json' with { type: 'json' }
import { localDateOf } from '#platform/time/vietnam.ts'
import { visit } from '../intake.ts'
import type { Channel } from '../offers.ts'
import { isDecided } from './groups.ts'
import { press } from './press.ts'
import { Broken, type Simulated } from './world.ts'

const NEGLECTED = 0.06

type Way = { path: string; more: object; incomplete: boolean; channel: Channel; accepted: boolean }

const remoteChannels = (methods: readonly { channel: Channel }[]): Channel[] =>
  (['online', 'postal'] as const).filter((one) => methods.some(({ channel }) => channel === one))

/** How it comes in and how reception answers; the law's four ways (T1, T2, T4, T5). */
const wayOf = ({ random }: Simulated, methods: readonly { channel: Channel }[]): Way => {
  const remote = remoteChannels(methods)
  const direct = { channel: 'direct' as const, more: {}, incomplete: false, accepted: false }
  const kind = random.weighted(
    [
      ['accepted', 60],
      ['submitted', remote.length > 0 ? 25 : 0],
      ['incomplete', 8],
      ['refused', 5],
    ] as const,
    ([, weight]) => weight,
  )[0]
  if (kind === 'submitted')
    return {
      ...direct,
      path: '/dossiers/submitted',
      channel: random.pick(remote),
      incomplete: random.chance(0.3),
    }
  if (kind === 'incomplete')
    return {
      ...{ ...direct, path: '/dossiers/incomplete', incomplete: true },
      more: {
        items: [{ what: words.supplementFallback, reason: random.pick(words.supplementReasons) }],
        legalBasis: words.intakeSupplementBasis,
      },
    }
  if (kind === 'refused')
    return {
      ...{ ...direct, path: '/dossiers/refused' },
      more: { reasonCode: 'NOT_ELIGIBLE', reason: random.pick(words.withdrawals) },
    }
  return { ...direct, path: '/dossiers', accepted: true }
}

/** Somebody comes with something; as a rule it is in order. */
export const arrive = async (world: Simulated): Promise<string | undefined> => {
  const { random, province, officers, offers } = world
  const offer = random.weighted(offers, ({ weight }) => weight)
  const way = wayOf(world, offer.version.content.methods)
  world.arrived += 1
  const n = world.arrived
  const brought = visit(random.fork(`visit ${n}`), {
    ...{ tree: province.tree, offer, n, on: localDateOf(province.clock.now()), channel: way.channel },
    ...{ keepUnit: false, incomplete: way.incomplete },
  })
  if (!brought) return undefined
  const { intake } = brought
  const by = random.pick(officers.at('RECEPTION', offer.centre))
  const answer = await press(world, {
    ...{ by, path: way.path, key: `arrival-${n}` },
    body: { ...intake, ...way.more, ...(brought.unit ? { resolvingUnit: brought.unit } : {}) },
  })
  if (answer.status !== 201)
    throw new Broken(
      `arrival ${n} of ${intake.procedure} at ${offer.centre}: ${answer.status} ${answer.text}`,
    )
  const { code }: { code: string } = JSON.parse(answer.text)
  world.count.done += 1
  world.open.push({ code, n, promised: null, neglected: random.chance(NEGLECTED) })
  return code
}

/** A group of procedures is received once, where each of them has somebody who decides it. */
export const arriveTogether = async (world: Simulated): Promise<string | undefined> => {
  const { random, province, officers, groups } = world
  if (groups.length === 0) return undefined
  const offer = random.pick(groups)
  const on = localDateOf(province.clock.now())
  world.arrived += 1
  const n = world.arrived
  const brought = visit(random.fork(`visit ${n}`), {
    ...{ tree: province.tree, offer, n, on, channel: 'direct' as const, keepUnit: false, incomplete: false },
  })
  if (!brought || !isDecided(world, offer, brought.intake.owner.commune ?? null, on)) return undefined
  const by = random.pick(officers.at('RECEPTION', offer.centre))
  const answer = await press(world, { by, path: '/dossiers', key: `arrival-${n}`, body: brought.intake })
  if (answer.status !== 201)
    throw new Broken(
      `group ${n} of ${offer.version.code} at ${offer.centre}: ${answer.status} ${answer.text}`,
    )
  const { code }: { code: string } = JSON.parse(answer.text)
  world.count.done += 1
  world.count.groups += 1
  world.open.push({ code, n, promised: null, neglected: false })
  return code
}

/** What is wrong with an intake, and how it must be answered. */
const FAULTS: readonly { code: string; spoil: (intake: Record<string, unknown>) => object }[] = [
  { code: 'dossiers.unknown-centre', spoil: (intake) => ({ ...intake, receivingCentre: 'khong-co' }) },
  { code: 'catalogue.unknown-procedure', spoil: (intake) => ({ ...intake, procedure: '9.999999' }) },
  { code: 'dossiers.unknown-case', spoil: (intake) => ({ ...intake, case: 'khong-co' }) },
  {
    code: 'dossiers.invalid-personal-id',
    spoil: (intake) => ({ ...intake, owner: { kind: 'person', name: 'Mẫu Văn Sai', personalId: '12345' } }),
  },
  { code: 'dossiers.unknown-unit', spoil: (intake) => ({ ...intake, resolvingUnit: 'khong-co' }) },
  {
    code: 'dossiers.unknown-component',
    spoil: (intake) => ({ ...intake, components: [{ component: 'khong-co', originals: 1 }] }),
  },
]

/** An intake that cannot be right: it is refused by name, and takes no number. */
export const arriveWrongly = async (world: Simulated): Promise<void> => {
  const { random, province, officers, offers } = world
  const offer = random.weighted(offers, ({ weight }) => weight)
  const brought = visit(random.fork('wrong'), {
    ...{ tree: province.tree, offer, n: 900_000 + world.count.requests, channel: 'direct' as const },
    ...{ on: localDateOf(province.clock.now()), keepUnit: false, incomplete: false },
  })
  if (!brought) return
  const fault = random.pick(FAULTS)
  const by = random.pick(officers.at('RECEPTION', offer.centre))
  const answer = await press(world, {
    ...{ by, path: '/dossiers', key: `wrong-${world.count.requests}` },
    body: fault.spoil({ ...brought.intake, resolvingUnit: brought.unit }),
  })
  if (answer.code !== fault.code)
    throw new Broken(`a wrong intake (${fault.code}) was answered ${answer.status} ${answer.text}`)
  world.count.refused.set(fault.code, (world.count.refused.get(fault.code) ?? 0) + 1)
}
