import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { StaffActor } from '#modules/identity/contract.ts'
import { createSealer, type Sealer } from '#platform/log/sealer.ts'
import { temporarySigningKey } from '#platform/log/signing-key.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { countStatements } from '../../tests/support/statements.ts'
import type { QueueService } from './service.ts'

const CENTRE = 'tthcc-tinh'
const COUNTER = `${CENTRE}-quay-1`
let province: Province
let sealer: Sealer
let clerk: StaffActor
const leaving: (() => void)[] = []

beforeEach(async () => {
  province = await aProvince()
  clerk = province.actor('RECEPTION', CENTRE)
  sealer = createSealer({ db: province.db, signingKey: temporarySigningKey() })
  sealer.start()
  await queue().counters.open({ counter: COUNTER }, clerk)
})
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave()
  await sealer.stop()
  await province.close()
})

const queue = (): QueueService => province.services.queue

type End = { pending?: () => number; end?: () => void; cut?: () => void }

/** A television: reads the stream as it comes and remembers where it was. */
const watch = async (service: QueueService, lastId?: string, end: End = {}) => {
  let text = ''
  const { begin } = await service.boards.follow(CENTRE, lastId)
  const stop = begin({
    write: (bytes) => {
      text += Buffer.from(bytes).toString()
    },
    ...{ pending: () => 0, end: () => undefined, cut: () => undefined },
    ...end,
  })
  leaving.push(stop)
  const events = () =>
    text
      .split('\n\n')
      .filter((block) => /^id: \d+/.test(block))
      .map((block) => {
        const [, id = '', event = '', data = '{}'] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block) ?? []
        return { id, event, data: JSON.parse(data) }
      })
  const retry = () => Number(/^retry: (\d+)$/m.exec(text)?.[1])
  return { events, stop, retry }
}
type Television = Awaited<ReturnType<typeof watch>>
const callsOn = ({ events }: Television): string[] =>
  events()
    .filter(({ event }) => event === 'call' || event === 'recall')
    .map(({ event, data }) => `${event} ${data.number}`)

const take = async (count: number) => {
  const { items } = await queue().serviceGroups({ centre: CENTRE })
  const serviceGroup = items.find(({ prefix }) => prefix === 'A')?.id ?? ''
  for (let i = 0; i < count; i += 1)
    await queue().takeTicket(
      {
        ...{ centre: CENTRE, serviceGroup, priorityClass: 'NONE', channel: 'KIOSK', procedures: [] },
        language: 'vi',
      },
      undefined,
    )
}
const next = () => queue().callNext({ counter: COUNTER }, clerk, undefined)

it('shows the hall first, then every call in its order, and rings again at a recall', async () => {
  await take(3)
  const television = await watch(queue())
  const first = await next()
  province.clock.advance(30_000)
  await queue().moves.recall({ counter: COUNTER, ticket: first.id }, clerk)
  await next()
  await expect
    .poll(() => callsOn(television), { timeout: 5_000 })
    .toEqual(['call A001', 'recall A001', 'call A002'])
  const [snapshot] = television.events()
  expect(snapshot?.event).toBe('snapshot')
  expect(snapshot?.data.groups[0]).toMatchObject({ prefix: 'A', waiting: 3, next: ['A001', 'A002', 'A003'] })
  expect(JSON.stringify(television.events())).not.toMatch(/token/)
})

it('misses no call while a board is away, and changes to another process', async () => {
  await take(4)
  const before = await watch(queue())
  await next()
  await expect.poll(() => callsOn(before), { timeout: 5_000 }).toHaveLength(1)
  const last = before.events().at(-1)?.id
  before.stop()
  await next()
  await next()
  const after = await watch(province.anotherProcess().queue, last)
  await next()
  await expect.poll(() => callsOn(after), { timeout: 5_000 }).toEqual(['call A002', 'call A003', 'call A004'])
})

it('starts anew from how the hall stands when it was away for too long or was never here', async () => {
  await take(1)
  await next()
  for (const lastId of ['999999', 'nonsense', undefined]) {
    const television = await watch(queue(), lastId)
    await expect.poll(() => television.events()[0]?.event, { timeout: 5_000 }).toBe('snapshot')
    expect(television.events()[0]?.data.calls[0]).toMatchObject({ number: 'A001', counter: 1 })
  }
})

it('sends its boards away when it stops, to come back spread over seconds', async () => {
  const ended = new Set<number>()
  const televisions = await Promise.all(
    Array.from({ length: 40 }, (_, index) => watch(queue(), undefined, { end: () => ended.add(index) })),
  )
  queue().boards.close()
  expect(ended.size).toBe(40)
  const times = televisions.map((television) => television.retry())
  expect(Math.min(...times)).toBeGreaterThanOrEqual(400)
  expect(Math.max(...times)).toBeLessThan(3_000)
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(1_000)
  const late = vi.fn()
  await watch(queue(), undefined, { end: late })
  expect(late).toHaveBeenCalled()
})

it('lets a board go that does not read, and keeps the others', async () => {
  await take(2)
  const cut = vi.fn()
  await watch(queue(), undefined, { pending: () => 1_000_000, cut })
  const reading = await watch(queue())
  await next()
  await expect.poll(() => callsOn(reading), { timeout: 5_000 }).toEqual(['call A001'])
  expect(cut).toHaveBeenCalled()
})

it('answers boards that come back together from memory', async () => {
  await take(2)
  const first = await watch(queue())
  await next()
  await expect.poll(() => callsOn(first), { timeout: 5_000 }).toHaveLength(1)
  const last = first.events()[0]?.id
  const { result, count } = await countStatements(() =>
    Promise.all(Array.from({ length: 50 }, () => watch(queue(), last))),
  )
  for (const television of result) expect(callsOn(television)).toEqual(['call A001'])
  // The sealer and the reader look now and then; boards ask nothing.
  expect(count).toBeLessThan(25)
})

it('tells the desks of the hall at once that somebody wants help, and that somebody goes', async () => {
  const desk = await watch(queue())
  const told = () =>
    desk.events().flatMap(({ event, data }) => (event === 'change' ? [String(data.type)] : []))
  const { help } = await queue().counters.askForHelp({ counter: COUNTER, wanted: true }, clerk)
  await queue().help.take({ call: help?.id ?? '' }, { ...clerk, id: 'colleague', name: 'Người Khác' })
  await expect
    .poll(() => told().filter((type) => type.startsWith('help-')), { timeout: 5_000 })
    .toEqual(['help-asked', 'help-taken'])
  expect(JSON.stringify(desk.events())).not.toContain('Người Khác')
})
