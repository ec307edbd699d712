import type { StaffActor } from '#modules/identity/contract.ts'
import type { DossierRow } from '../../modules/dossiers/store/dossiers.ts'
import type { Province } from '../../tests/support/open-province.ts'
import type { Offer } from '../offers.ts'
import type { Officers } from '../officers.ts'
import type { Random } from '../random.ts'

/** Cuts one of the statements that the product is about to send, as a process that dies there would. */
export type Fuse = {
  /** The n-th statement from now on is not sent. */
  arm: (statements: number) => void
  /** Whether it has blown since it was armed; it is safe again afterwards. */
  disarm: () => boolean
  /** Called before each statement is sent. */
  blow: () => void
}

/** What somebody outside knows of a dossier: the code on the slip, and the latest day that was promised. */
export type Followed = {
  code: string
  n: number
  promised: Date | null
  /** Left lying for weeks: alarms and late dossiers come of it. */
  neglected: boolean
}

/** A group that is received at a centre, with its procedures' records. */
export type GroupOffer = Offer & {
  members: readonly { version: Offer['version']; agency: string | null }[]
}

export type Simulated = {
  province: Province
  fuse: Fuse
  random: Random
  officers: Officers
  /** Everybody with an account, also those who have nothing to do with dossiers. */
  everybody: readonly StaffActor[]
  offers: readonly Offer[]
  groups: readonly GroupOffer[]
  /** Agencies that may be asked for an opinion. */
  consultable: readonly string[]
  /** Codes of the procedures of groups that are followed. */
  members: Set<string>
  /** Not ended, in the order of their arrival. */
  open: Followed[]
  /** The last that ended: people come back with them. */
  ended: Followed[]
  arrived: number
  count: Counts
}

/** What was tried and what came of it. */
export type Counts = {
  requests: number
  done: number
  refused: Map<string, number>
  repeated: number
  cut: number
  restarts: number
  papers: number
  messages: number
  timers: number
  checks: number
  groups: number
  questions: number
  opinions: number
}

export const noCounts = (): Counts => ({
  ...{ requests: 0, done: 0, repeated: 0, cut: 0, restarts: 0, papers: 0, messages: 0, timers: 0, checks: 0 },
  ...{ groups: 0, questions: 0, opinions: 0 },
  refused: new Map(),
})

/** A rule that does not hold. */
export class Broken extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Broken'
  }
}

export const rowOf = async ({ province }: Simulated, code: string): Promise<DossierRow> =>
  province.db
    .selectFrom('dossier')
    .selectAll()
    .where('code', '=', code)
    .$castTo<DossierRow>()
    .executeTakeFirstOrThrow()
