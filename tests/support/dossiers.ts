import { v7 } from 'uuid'
import {
  type Action,
  type actOnDossier,
  createDossier,
  type DossierView,
  type IntakeRequest,
} from '#modules/dossiers/contract.ts'
import { CHART } from '#modules/dossiers/rules.ts'
import type { Role, StaffActor } from '#modules/identity/contract.ts'
import { grantCovers } from '#modules/organisation/rules.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input } from '#platform/operation.ts'
import type { Services } from '../../apps/server/services.ts'
import type { Province } from './province.ts'

/** Real procedures of different shapes; what is said of each is checked where it is used. */
export const PROCEDURES = {
  /** Certified copies: same day, one paper, a district's section of justice. */
  sameDay: '2.000815',
  /** Land: ten working days, four cases, at the counter only, a branch of the land office. */
  land: '1.013833',
  /** Justice, five working days, three papers that everybody brings, no fee. */
  justice: '1.000426',
  /** Justice, fifteen working days, a fee, five papers of which one is conditional. */
  withFee: '1.000688',
  /** Birth: no limit of its own, a commune. */
  birth: '1.001193',
  /** Loss of a passport: one working day, the provincial police, a record without any fee. */
  silentFee: '1.001445',
  /** One and a half working days. */
  halfDays: '1.013097',
} as const

export const PERSON = {
  kind: 'person',
  name: 'Nguyễn Văn Mẫu',
  personalId: '000000000001',
  phone: '0900000001',
  address: 'Số 00 đường Thí Dụ, phường Mẫu',
} as const

export type IntakeOptions = Partial<IntakeRequest>

/** A complete intake: every paper of the case lies on the desk, unless the options say otherwise. */
export const anIntake = async ({ services }: Pick<Province, 'services'>, options: IntakeOptions = {}) => {
  const code = options.procedure ?? PROCEDURES.justice
  const { content } = await services.catalogue.getInForce(code, '2026-04-21')
  const chosen = content.cases.find(({ id }) => id === options.case) ?? content.cases[0]
  const components = (chosen?.components ?? []).map(({ id }) => ({ component: id, originals: 1 }))
  return createDossier.input.parse({
    procedure: code,
    receivingCentre: 'tthcc-tinh',
    owner: PERSON,
    components,
    ...(content.cases.length > 1 && chosen ? { case: chosen.id } : {}),
    ...options,
  })
}

/** Received at a counter, by an officer of that centre. */
export const aDossier = async (
  province: Province,
  options: IntakeOptions & { by?: StaffActor; through?: Services } = {},
) => {
  const { by, through = province.services, ...intake } = options
  const input = await anIntake(province, intake)
  const actor = by ?? province.actor('RECEPTION', input.receivingCentre)
  return through.dossiers.create(input, { actor, idempotency: undefined })
}

/** Somebody who holds the role where a step or an action of the dossier needs it. */
export const holderAt = ({ staff, tree, officer }: Province, role: Role, unit: string): StaffActor => {
  const reaching = staff.filter(({ grants }) =>
    grants.some((grant) => grant.role === role && grantCovers(tree, grant, unit)),
  )
  // Officers of the place before those of the whole province.
  const found =
    reaching.find(({ grants }) => grants.every(({ scope }) => scope !== 'province')) ?? reaching[0]
  if (!found) throw new Error(`nobody is ${role} for ${unit}`)
  return officer(found.username)
}

export const viewOf = (province: Province, code: string, as?: StaffActor): Promise<DossierView> =>
  province.services.dossiers.get({ code }, asked(as ?? province.actor('SUPERVISOR')))

export const asked = (actor: StaffActor) => ({ actor, idempotency: undefined })

/** The step that waits now, and an officer who may do it. */
export const currentStep = async (province: Province, code: string) => {
  const view = await viewOf(province, code)
  const step = view.process?.steps.find(({ state }) => state === 'current')
  if (!step?.task || !step.unit) return undefined
  // Roles of steps are roles of the house: processes are compiled against them.
  const officer = holderAt(province, step.role as Role, step.unit.id)
  return { id: step.task, step: step.step, role: step.role, unit: step.unit.id, officer, view }
}

type WalkOptions = { outcome?: 'GRANTED' | 'REFUSED'; opinion?: string; result?: object; minutes?: number }

/** Does the steps before this one; each takes some minutes. Stops when the step named waits, or the result is out. */
export const walkTo = async (
  province: Province,
  code: string,
  step: string,
  { outcome = 'GRANTED', opinion = 'Đã xem, đủ điều kiện.', result, minutes = 5 }: WalkOptions = {},
) => {
  for (let i = 0; i < 20; i++) {
    const current = await currentStep(province, code)
    if (!current) throw new Error(`${code} has no step before ${step}`)
    if (current.step === step) return current
    province.clock.advance(minutes * 60_000)
    await province.services.dossiers.complete(
      { id: current.id, opinion, outcome, ...(result && current.role === 'CLERK' ? { result } : {}) },
      asked(current.officer),
    )
  }
  throw new Error(`${code} never came to ${step}`)
}

/** What somebody is refused with, or a failed test. */
export const refusalOf = async (work: Promise<unknown>): Promise<Refusal> => {
  try {
    await work
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('nothing was refused')
}

export const newKey = (): string => v7()

export type ActBody = Omit<Input<typeof actOnDossier>, 'code' | 'action'>

/** An action on the whole dossier, by somebody who may do it unless another officer is named. */
export const act = async (
  province: Province,
  code: string,
  action: Action,
  body: ActBody = {},
  by?: StaffActor,
) => {
  const { roles, at } = CHART[action]
  const view = await viewOf(province, code)
  const unit = {
    receivingCentre: view.receivingCentre.id,
    resolvingUnit: view.resolvingUnit.id,
    returningCentre: view.returningCentre.id,
  }[at]
  const actor = by ?? holderAt(province, roles[0] ?? 'RECEPTION', unit)
  return province.services.dossiers.act({ code, action, ...body }, asked(actor))
}

export const RECEIVER = { name: PERSON.name, relation: 'owner', slipShown: true } as const

/** Its result is issued; the way back is all that is left. */
export const completedDossier = async (province: Province, options: IntakeOptions = {}) => {
  const made = await aDossier(province, options)
  await walkTo(province, made.code, 'return')
  return made
}

/** The result was handed to the owner. */
export const returnedDossier = async (province: Province, options: IntakeOptions = {}) => {
  const made = await completedDossier(province, options)
  await act(province, made.code, 'return', { receiver: RECEIVER })
  return made
}
