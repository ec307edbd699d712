import type { StaffActor } from '#modules/identity/contract.ts'
import { Broken, type Simulated } from './world.ts'

/** What one officer sends. */
export type Press = {
  by: StaffActor
  path: string
  body: object
  /** Of operations that answer a repeat with the first answer. */
  key?: string
  /** The version that was read. */
  version?: number
}

export type Answer = { status: number; code: string | null; text: string }

const problemCode = (status: number, text: string): string | null => {
  if (status < 400) return null
  const problem: { code?: string } = JSON.parse(text)
  return problem.code ?? 'without a code'
}

const send = async ({ province, count }: Simulated, press: Press): Promise<Answer> => {
  count.requests += 1
  const { by, path, body, key, version } = press
  const reply = await province.call(by, 'POST', path, body, {
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  })
  return { status: reply.statusCode, text: reply.body, code: problemCode(reply.statusCode, reply.body) }
}

const describe = ({ by, path }: Press, { status, code }: Answer): string =>
  `${by.username} ${path}: ${status} ${code ?? ''}`

const assertKind = (press: Press, answer: Answer): Answer => {
  if (answer.status >= 500) throw new Broken(describe(press, answer))
  return answer
}

const assertSame = (press: Press, first: Answer, again: Answer): void => {
  if (first.status !== again.status || first.code !== again.code)
    throw new Broken(
      `a repeat was answered otherwise: ${describe(press, first)}, then ${describe(press, again)}`,
    )
  if (first.status < 400 && first.text !== again.text)
    throw new Broken(`a repeat got other bytes: ${describe(press, first)}`)
}

/** At which statement a process dies; some die after the last one, and then nothing is cut. */
const LATEST_CUT = 40

/**
 * One request as it comes over a bad line and from an impatient hand: alone, twice at once, once more later, or cut off in the
 * middle of its transaction and sent again. Whatever happens, there is one answer.
 */
export const press = async (world: Simulated, one: Press): Promise<Answer> => {
  const { random, fuse, count } = world
  const way = random.weighted(WAYS, ([, weight]) => weight)[0]
  if (one.key === undefined || way === 'once') return assertKind(one, await send(world, one))
  if (way === 'twice at once') {
    const [first, again] = await Promise.all([send(world, one), send(world, one)])
    count.repeated += 1
    assertSame(one, assertKind(one, first), assertKind(one, again))
    return first
  }
  if (way === 'again later') {
    const first = assertKind(one, await send(world, one))
    // A refusal is not remembered: what was refused may be asked for again.
    if (first.status >= 400) return first
    count.repeated += 1
    assertSame(one, first, assertKind(one, await send(world, one)))
    return first
  }
  // Signing in is not part of what is cut.
  await world.province.cookieOf(one.by)
  fuse.arm(random.int(1, LATEST_CUT))
  const broken = await send(world, one)
  const blown = fuse.disarm()
  if (!blown) return assertKind(one, broken)
  count.cut += 1
  const second = assertKind(one, await send(world, one))
  if (broken.status < 400) assertSame(one, broken, second)
  return second
}

const WAYS = [
  ['once', 70],
  ['twice at once', 12],
  ['again later', 8],
  ['cut', 10],
] as const
