import { z } from 'zod'
import type { ProcedureDetail } from '#modules/catalogue/contract.ts'
import type { AuthorisationView, createBatch, IntakeRequest } from '#modules/dossiers/contract.ts'
import { SCOPE, type ScopePart } from '#modules/dossiers/rules.ts'
import type { Request } from '#platform/operation.ts'
import { formatDate, parseTypedDate } from '../../ui/format/format.ts'

const PartyDraft = z.object({
  kind: z.enum(['person', 'organisation']),
  name: z.string(),
  personalId: z.string(),
  /** As typed, `dd/mm/yyyy`: a half-typed date is part of the draft. */
  birthDate: z.string(),
  gender: z.enum(['male', 'female', 'other', '']),
  phone: z.string(),
  email: z.string(),
  address: z.string(),
  commune: z.object({ code: z.string(), name: z.string() }).nullable(),
})
export type PartyDraft = z.infer<typeof PartyDraft>

const RepresentativeDraft = PartyDraft.extend({
  paper: z.enum(['authorisation', 'introduction', 'family', 'law']),
  paperNumber: z.string(),
  /** Drafts of before these were asked for lack them. */
  paperDate: z.string().default(''),
  validFrom: z.string().default(''),
  validUntil: z.string(),
  scope: z.array(z.enum(SCOPE)).default([...SCOPE]),
  /** The paper names procedures, and this is one of them. */
  onlyThis: z.boolean().default(false),
})
export type RepresentativeDraft = z.infer<typeof RepresentativeDraft>

const PaperDraft = z.object({
  state: z.enum(['enough', 'missing', 'not-applicable']),
  originals: z.int(),
  copies: z.int(),
  certified: z.int(),
  inStore: z.boolean(),
  reason: z.string(),
  files: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type PaperDraft = z.infer<typeof PaperDraft>

/** Everything typed at intake; kept on this machine and on the server until the dossier is saved. */
export const IntakeDraft = z.object({
  v: z.literal(1),
  id: z.string(),
  /** Several procedures of one applicant share it. */
  group: z.string(),
  savedAt: z.string(),
  /** One per intention: a repeated save of this draft answers with the first dossier. */
  key: z.string(),
  procedure: z.object({ code: z.string(), name: z.string() }).nullable(),
  caseId: z.string(),
  /** Who stands at the counter: the person, the organisation, or somebody for them. */
  who: z.enum(['person', 'organisation', 'behalf']),
  owner: PartyDraft,
  representative: RepresentativeDraft,
  /** By case and component, so that going back to a case finds its ticks again. */
  papers: z.record(z.string(), PaperDraft),
  way: z.enum(['counter', 'postal', 'electronic']),
  returnCentre: z.string(),
  address: z.string(),
  sets: z.int(),
  /** So many dossiers alike, each with a code of its own. */
  copies: z.int().default(1),
  note: z.string(),
  centre: z.string(),
  resolvingUnit: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type IntakeDraft = z.infer<typeof IntakeDraft>

/** What a server or a storage gave back, if it is a draft of this version. */
export const readDraft = (content: unknown): IntakeDraft | undefined => IntakeDraft.safeParse(content).data

const emptyParty = (): PartyDraft => ({
  kind: 'person',
  name: '',
  personalId: '',
  birthDate: '',
  gender: '',
  phone: '',
  email: '',
  address: '',
  commune: null,
})

export const emptyDraft = (centre: string, now: Date = new Date()): IntakeDraft => ({
  v: 1,
  id: crypto.randomUUID(),
  group: crypto.randomUUID(),
  savedAt: now.toISOString(),
  key: crypto.randomUUID(),
  procedure: null,
  caseId: '',
  who: 'person',
  owner: emptyParty(),
  representative: {
    ...{ ...emptyParty(), paper: 'authorisation', paperNumber: '', paperDate: '', validFrom: '' },
    ...{ validUntil: '', scope: [...SCOPE], onlyThis: false },
  },
  papers: {},
  way: 'counter',
  returnCentre: '',
  address: '',
  sets: 1,
  copies: 1,
  note: '',
  centre,
  resolvingUnit: null,
})

/** Another procedure for the same applicant: the person stays, the papers and the procedure are new. */
export const nextForApplicant = (draft: IntakeDraft, now: Date = new Date()): IntakeDraft => ({
  ...emptyDraft(draft.centre, now),
  group: draft.group,
  who: draft.who,
  owner: draft.owner,
  representative: draft.representative,
  way: draft.way,
  returnCentre: draft.returnCentre,
  address: draft.address,
})

/** Nothing typed yet: not worth a line among the unfinished ones. */
export const isBlank = (draft: IntakeDraft): boolean =>
  draft.procedure === null &&
  draft.note === '' &&
  [draft.owner, draft.representative].every(
    (party) => !(party.name || party.personalId || party.phone || party.birthDate || party.address),
  )

type KnownParty = AuthorisationView['owner']
const fromKnown = (party: KnownParty): PartyDraft => ({
  ...emptyParty(),
  kind: party.kind,
  name: party.name,
  personalId: party.personalId ?? '',
  birthDate: party.birthDate ? formatDate(party.birthDate) : '',
  gender: party.gender ?? '',
  phone: party.phone ?? '',
  email: party.email ?? '',
  address: party.address ?? '',
})

/** A paper that was shown before fills in who acts by it, for whom, and what it says. */
export const withAuthorisation = (draft: IntakeDraft, kept: AuthorisationView): IntakeDraft => ({
  ...draft,
  owner: fromKnown(kept.owner),
  representative: {
    ...fromKnown(kept.representative),
    paper: kept.paper,
    paperNumber: kept.paperNumber,
    paperDate: kept.paperDate ? formatDate(kept.paperDate) : '',
    validFrom: kept.validFrom ? formatDate(kept.validFrom) : '',
    validUntil: kept.validUntil ? formatDate(kept.validUntil) : '',
    scope: [...kept.scope],
    onlyThis: kept.procedures.length > 0,
  },
})

/** Ticked or not, in the order of the list. */
export const withScope = (scope: readonly ScopePart[], part: ScopePart, ticked: boolean): ScopePart[] =>
  SCOPE.filter((one) => (one === part ? ticked : scope.includes(one)))

export type CaseView = ProcedureDetail['cases'][number]
export type ComponentView = CaseView['components'][number]

/** A paper before anybody touched it: an unconditional one is still missing, a conditional one does not apply. */
export const untouched = (component: ComponentView): PaperDraft => ({
  state: component.mandatory ? 'missing' : 'not-applicable',
  originals: 0,
  copies: 0,
  certified: 0,
  inStore: false,
  reason: '',
  files: [],
})
export const paperOf = (draft: IntakeDraft, component: ComponentView): PaperDraft =>
  draft.papers[component.id] ?? untouched(component)

/** What a change makes of a paper: present means something lies on the desk, so a bare tick counts as the usual number. */
export function changePaper(
  component: ComponentView,
  before: PaperDraft,
  change: Partial<PaperDraft>,
): PaperDraft {
  const after = { ...before, ...change }
  const brought = after.originals + after.copies + after.certified + after.files.length > 0
  if (after.state === 'enough' && !after.inStore && !brought)
    return change.state === 'enough'
      ? {
          ...after,
          originals: component.originals ?? 1,
          copies: component.originals ? 0 : (component.copies ?? 0),
        }
      : { ...after, state: component.mandatory ? 'missing' : 'not-applicable' }
  if (change.state === 'missing' || change.state === 'not-applicable')
    return { ...after, originals: 0, copies: 0, certified: 0, inStore: false }
  return after
}

const filled = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())

const partyOf = (party: PartyDraft) => ({
  kind: party.kind,
  name: party.name.trim(),
  personalId: filled(party.personalId),
  birthDate: party.kind === 'person' ? parseTypedDate(party.birthDate) : undefined,
  gender: party.kind === 'person' && party.gender !== '' ? party.gender : undefined,
  phone: filled(party.phone),
  email: filled(party.email),
  address: filled(party.address),
  commune: party.commune?.code,
})

/** The draft as the server takes it; only papers of the chosen case go along. */
export function toIntake(draft: IntakeDraft, components: readonly ComponentView[]): IntakeRequest {
  const { representative } = draft
  const behalf = draft.who === 'behalf'
  return {
    procedure: draft.procedure?.code ?? '',
    case: filled(draft.caseId),
    receivingCentre: draft.centre,
    channel: 'direct',
    owner: partyOf(draft.owner),
    ...(behalf
      ? {
          submitter: partyOf(representative),
          representative: {
            ...partyOf(representative),
            paper: representative.paper,
            paperNumber: filled(representative.paperNumber),
            paperDate: parseTypedDate(representative.paperDate),
            validFrom: parseTypedDate(representative.validFrom),
            validUntil: parseTypedDate(representative.validUntil),
            scope: representative.scope,
            procedures: representative.onlyThis && draft.procedure ? [draft.procedure.code] : undefined,
          },
        }
      : {}),
    components: components.map((component) => {
      const paper = paperOf(draft, component)
      return {
        component: component.id,
        originals: paper.originals,
        copies: paper.copies,
        certifiedCopies: paper.certified,
        status: paper.state === 'enough' ? (paper.inStore ? 'in-database' : 'present') : paper.state,
        reason: filled(paper.reason),
        files: paper.files.map(({ id }) => id),
      }
    }),
    resultReturn: {
      way: draft.way,
      centre: filled(draft.returnCentre),
      address: draft.way === 'postal' ? filled(draft.address) : undefined,
    },
    sets: draft.sets,
    note: filled(draft.note),
    resolvingUnit: draft.resolvingUnit?.id,
  }
}

const PAPER_DATES = ['paperDate', 'validFrom', 'validUntil'] as const
type UnreadableDate =
  | 'owner.birthDate'
  | 'representative.birthDate'
  | `representative.${(typeof PAPER_DATES)[number]}`

/** A date that was begun but is no day yet: saving would silently drop it. */
export const unreadableDates = (draft: IntakeDraft): UnreadableDate[] => {
  const bad = (text: string): boolean => text.trim() !== '' && parseTypedDate(text) === undefined
  return [
    ...(draft.owner.kind === 'person' && bad(draft.owner.birthDate) ? (['owner.birthDate'] as const) : []),
    ...(draft.who === 'behalf' && bad(draft.representative.birthDate)
      ? (['representative.birthDate'] as const)
      : []),
    ...PAPER_DATES.flatMap((field) =>
      draft.who === 'behalf' && bad(draft.representative[field])
        ? ([`representative.${field}`] as const)
        : [],
    ),
  ]
}

/** Several drafts of one applicant as one request: the person and the way of return are those of the draft on the screen. */
export function toBatch(
  current: IntakeDraft,
  drafts: readonly { draft: IntakeDraft; components: readonly ComponentView[] }[],
): Request<typeof createBatch> {
  const { receivingCentre, channel, owner, submitter, representative, resultReturn } = toIntake(current, [])
  return {
    ...{ receivingCentre, channel, owner, submitter, representative, resultReturn },
    items: drafts.map(({ draft, components }) => {
      const {
        procedure,
        case: caseId,
        components: papers,
        sets,
        note,
        resolvingUnit,
      } = toIntake(draft, components)
      return { procedure, case: caseId, components: papers, sets, note, resolvingUnit, copies: draft.copies }
    }),
  }
}
