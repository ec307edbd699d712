import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { CAPACITIES, ON_SITE_PARTS } from '../rules.ts'

const UnitId = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('Id of a unit, e.g. `so-tu-phap`')
const Day = z.iso.date().describe('Legal day of Vietnam')
const DecisionNo = z.string().trim().min(1).max(120).describe('Number of the decision that it rests on')
const Reason = z.string().trim().min(3).max(500)
const Named = z.object({ id: UnitId, name: z.string() })
const Procedure = z.string().trim().min(3).max(40).describe('Code of a procedure, e.g. 1.013833')
const Title = z.string().trim().min(2).max(120)

const MandateView = z.object({
  id: z.uuid(),
  account: z.string(),
  name: z.string(),
  unit: Named.describe('The agency for which is signed'),
  capacity: z
    .enum(CAPACITIES)
    .describe('KT ký thay, TL thừa lệnh, TUQ thừa ủy quyền (Decree 30/2020, Article 13)'),
  principalTitle: z.string(),
  signerTitle: z.string(),
  centre: Named.nullable().describe('Only what this centre approves on the spot; null: the whole agency'),
  procedures: z.array(z.string()).describe('Codes; empty: all'),
  from: Day,
  to: Day.nullable(),
  decisionNo: z.string(),
  endedOn: Day.nullable().describe('The first day without it'),
  inForce: z.boolean(),
  lines: z.array(z.string()).describe('What stands above the name on a paper'),
})
/** Who signs for whom, as what, which procedures, from when to when, by which decision. */
export type MandateView = z.output<typeof MandateView>

const OnSiteView = z.object({
  id: z.uuid(),
  centre: Named,
  procedure: z.string(),
  parts: z.array(z.enum(ON_SITE_PARTS)),
  from: Day,
  to: Day.nullable(),
  decisionNo: z.string(),
  inForce: z.boolean(),
})
/** What of a procedure is done at a centre. */
export type OnSiteView = z.output<typeof OnSiteView>

const SealView = z.object({
  id: z.uuid(),
  unit: Named,
  centre: Named,
  label: z.string(),
  keeper: z.string(),
  from: Day,
  to: Day.nullable(),
  decisionNo: z.string(),
  inForce: z.boolean(),
})
/** A second seal of an agency, kept at a centre. */
export type SealView = z.output<typeof SealView>

export const listMandates = defineOperation({
  id: 'organisation.list-mandates',
  method: 'GET',
  path: '/units/:unit/signing-mandates',
  summary: 'Who signs for an agency and its sections, newest first',
  access: 'staff',
  input: z.object({
    unit: UnitId,
    ended: z.stringbool().default(false).describe('Also those that are over'),
  }),
  output: z.object({ items: z.array(MandateView).max(500), mayGive: z.boolean() }),
  errors: ['organisation.unit-not-found', 'organisation.outside-your-unit'],
})

export const giveMandate = defineOperation({
  id: 'organisation.give-mandate',
  method: 'POST',
  path: '/units/:unit/signing-mandates',
  summary: 'Record who signs for an agency, as its head decided',
  access: 'staff',
  input: z.object({
    unit: UnitId,
    staff: z.uuid().describe('The officer who signs'),
    capacity: z.enum(CAPACITIES),
    principalTitle: Title.describe('Title of whom is signed for, e.g. Giám đốc'),
    signerTitle: Title.describe('Title of who signs, e.g. Phó Giám đốc'),
    centre: UnitId.nullable().default(null),
    procedures: z.array(Procedure).max(200).default([]),
    from: Day,
    to: Day.nullable().default(null),
    decisionNo: DecisionNo,
  }),
  output: MandateView,
  status: 201,
  errors: [
    'organisation.unit-not-found',
    'organisation.centre-not-found',
    'organisation.staff-not-found',
    'organisation.outside-your-unit',
    'organisation.staff-without-account',
    'organisation.mandate-to-yourself',
    'organisation.mandate-unlimited',
    'organisation.dates-reversed',
    'organisation.mandate-exists',
  ],
  idempotent: true,
})

export const endMandate = defineOperation({
  id: 'organisation.end-mandate',
  method: 'POST',
  path: '/signing-mandates/:mandate/end',
  summary: 'End a mandate to sign; from that day on the officer signs no more under it',
  access: 'staff',
  input: z.object({ mandate: z.uuid(), endedOn: Day, reason: Reason }),
  output: MandateView,
  errors: [
    'organisation.mandate-not-found',
    'organisation.outside-your-unit',
    'organisation.dates-reversed',
    'organisation.mandate-ended',
  ],
})

export const listOnSite = defineOperation({
  id: 'organisation.list-on-site',
  method: 'GET',
  path: '/centres/:centre/on-site',
  summary: 'What is appraised, approved and sealed at a centre, and the seals kept there',
  access: 'staff',
  input: z.object({ centre: UnitId, ended: z.stringbool().default(false) }),
  output: z.object({
    procedures: z.array(OnSiteView).max(3_000),
    seals: z.array(SealView).max(500),
    mayChange: z.boolean(),
  }),
  errors: ['organisation.centre-not-found'],
})

export const decideOnSite = defineOperation({
  id: 'organisation.decide-on-site',
  method: 'POST',
  path: '/centres/:centre/on-site-procedures',
  summary: 'Record that a procedure is appraised, approved or sealed at a centre',
  access: 'staff',
  input: z.object({
    centre: UnitId,
    procedure: Procedure,
    parts: z.array(z.enum(ON_SITE_PARTS)).min(1).max(3),
    from: Day,
    to: Day.nullable().default(null),
    decisionNo: DecisionNo,
  }),
  output: OnSiteView,
  status: 201,
  errors: [
    'organisation.centre-not-found',
    'organisation.outside-your-unit',
    'organisation.on-site-seal-alone',
    'organisation.dates-reversed',
    'organisation.on-site-exists',
  ],
  idempotent: true,
})

export const endOnSite = defineOperation({
  id: 'organisation.end-on-site',
  method: 'POST',
  path: '/on-site-procedures/:decision/end',
  summary: 'The last day on which a procedure is done at a centre; what was accepted before stays so',
  access: 'staff',
  input: z.object({ decision: z.uuid(), to: Day, reason: Reason }),
  output: OnSiteView,
  errors: ['organisation.on-site-not-found', 'organisation.outside-your-unit', 'organisation.dates-reversed'],
})

export const keepSeal = defineOperation({
  id: 'organisation.keep-seal',
  method: 'POST',
  path: '/centres/:centre/second-seals',
  summary: 'Record a second seal of an agency that is kept at a centre',
  access: 'staff',
  input: z.object({
    centre: UnitId,
    unit: UnitId.describe('The agency whose seal it is'),
    label: Title.describe('How the register names it'),
    keeper: Title.describe('Who keeps it'),
    from: Day,
    to: Day.nullable().default(null),
    decisionNo: DecisionNo,
  }),
  output: SealView,
  status: 201,
  errors: [
    'organisation.centre-not-found',
    'organisation.unit-not-found',
    'organisation.outside-your-unit',
    'organisation.dates-reversed',
    'organisation.seal-exists',
  ],
  idempotent: true,
})

export const giveSealBack = defineOperation({
  id: 'organisation.give-seal-back',
  method: 'POST',
  path: '/second-seals/:seal/end',
  summary: 'The last day on which a second seal is kept at a centre',
  access: 'staff',
  input: z.object({ seal: z.uuid(), to: Day, reason: Reason }),
  output: SealView,
  errors: ['organisation.seal-not-found', 'organisation.outside-your-unit', 'organisation.dates-reversed'],
})
