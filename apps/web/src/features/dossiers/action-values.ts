import { z } from 'zod'
import type { actOnDossier, DossierView } from '#modules/dossiers/contract.ts'
import type { Request } from '#platform/operation.ts'
import { parseTypedDate } from '../../ui/format/format.ts'

const Paper = z.object({
  originals: z.int(),
  copies: z.int(),
  present: z.boolean(),
  files: z.array(z.object({ id: z.string(), name: z.string() })),
})

/** Everything the sheets of a dossier ask for; one shape, so that what was typed in one sheet is kept as it is. */
export const ActionValues = z.object({
  opinion: z.string(),
  outcome: z.enum(['GRANTED', 'REFUSED']),
  decision: z.string(),
  assignee: z.string(),
  reason: z.string(),
  reasonCode: z.enum(['WRONG_AUTHORITY', 'NOT_ELIGIBLE', 'FORGED_PAPERS', 'OTHER', '']),
  rightAuthority: z.string(),
  legalBasis: z.string(),
  items: z.array(z.object({ component: z.string().optional(), what: z.string(), reason: z.string() })),
  papers: z.record(z.string(), Paper),
  newDue: z.string(),
  amount: z.string(),
  toStep: z.string(),
  latenessReason: z.string(),
  resultNumber: z.string(),
  resultDate: z.string(),
  resultSummary: z.string(),
  resultFile: z.object({ id: z.string(), name: z.string() }).nullable(),
  receiverName: z.string(),
  receiverId: z.string(),
  relation: z.enum(['owner', 'representative', 'family', 'postal']),
  authorisationPaper: z.string(),
  slipShown: z.boolean(),
  way: z.enum(['counter', 'postal', 'electronic']),
  applicantFault: z.boolean(),
  adjustment: z.object({
    ...{ phone: z.string(), email: z.string(), address: z.string(), note: z.string() },
    ...{ returnWay: z.enum(['', 'counter', 'postal', 'electronic']), returnAddress: z.string() },
  }),
  lost: z.array(z.object({ what: z.string(), remadeBy: z.string() })),
  /** One paper a line. */
  handedBack: z.string(),
})
export type ActionValues = z.infer<typeof ActionValues>
export type Paper = z.infer<typeof Paper>
export const isActionValues = (value: unknown): value is ActionValues => ActionValues.safeParse(value).success

type About = Pick<DossierView, 'owner' | 'representative' | 'resultReturn'>

export const emptyValues = (dossier: About): ActionValues => ({
  opinion: '',
  outcome: 'GRANTED',
  decision: '',
  assignee: '',
  reason: '',
  reasonCode: '',
  rightAuthority: '',
  legalBasis: '',
  items: [{ what: '', reason: '' }],
  papers: {},
  newDue: '',
  amount: '',
  toStep: '',
  latenessReason: '',
  resultNumber: '',
  resultDate: '',
  resultSummary: '',
  resultFile: null,
  receiverName: dossier.representative?.name ?? dossier.owner,
  receiverId: '',
  relation: dossier.representative ? 'representative' : 'owner',
  authorisationPaper: '',
  slipShown: true,
  way: dossier.resultReturn.way,
  applicantFault: false,
  adjustment: { phone: '', email: '', address: '', note: '', returnWay: '', returnAddress: '' },
  lost: [{ what: '', remadeBy: '' }],
  handedBack: '',
})

const filled = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())

export const resultOf = (values: ActionValues) => ({
  number: filled(values.resultNumber),
  date: parseTypedDate(values.resultDate),
  summary: filled(values.resultSummary),
  file: values.resultFile?.id,
})

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const adjustmentOf = ({ adjustment: { returnWay, ...typed } }: ActionValues) => ({
  ...(returnWay === '' ? {} : { returnWay }),
  // What is left empty stays as it is.
  ...Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim() !== '')),
})

type ActBody = Omit<Request<typeof actOnDossier>, 'code' | 'action' | 'version'>

/** The body of an action: only the fields it needs, in the contract's form. */
export function actBody(values: ActionValues, fields: readonly string[]): ActBody {
  const has = (field: string): boolean => fields.includes(field)
  return {
    ...(has('reason') ? { reason: filled(values.reason) } : {}),
    ...(has('reasonCode') && values.reasonCode !== '' ? { reasonCode: values.reasonCode } : {}),
    ...(has('rightAuthority') ? { rightAuthority: filled(values.rightAuthority) } : {}),
    ...(has('legalBasis') ? { legalBasis: filled(values.legalBasis) } : {}),
    ...(has('items')
      ? {
          items: values.items.map(({ component, what, reason }) => ({
            ...(component ? { component } : {}),
            what: what.trim(),
            reason: reason.trim(),
          })),
        }
      : {}),
    ...(has('components')
      ? {
          components: Object.entries(values.papers)
            .filter(([, paper]) => paper.present)
            .map(([component, paper]) => ({
              component,
              originals: paper.originals,
              copies: paper.copies,
              status: 'present' as const,
              files: paper.files.map(({ id }) => id),
            })),
        }
      : {}),
    ...(has('newDue') ? { newDue: parseTypedDate(values.newDue) } : {}),
    ...(has('amount') && values.amount !== '' ? { amount: Number(values.amount) } : {}),
    ...(has('result') ? { result: resultOf(values) } : {}),
    ...(has('receiver')
      ? {
          receiver: {
            name: values.receiverName.trim(),
            personalId: filled(values.receiverId),
            relation: values.relation,
            authorisationPaper: values.relation === 'owner' ? undefined : filled(values.authorisationPaper),
            slipShown: values.slipShown,
          },
        }
      : {}),
    ...(has('way') ? { way: values.way } : {}),
    ...(has('applicantFault') ? { applicantFault: values.applicantFault } : {}),
    ...(has('adjustment') ? { adjustment: adjustmentOf(values) } : {}),
    ...(has('lost')
      ? { lost: values.lost.map(({ what, remadeBy }) => ({ what: what.trim(), remadeBy: remadeBy.trim() })) }
      : {}),
    ...(has('handedBack') && values.handedBack.trim() !== ''
      ? { handedBack: linesOf(values.handedBack).map((what) => ({ what })) }
      : {}),
  }
}

export type Lack =
  | 'opinion'
  | 'reason'
  | 'reasonCode'
  | 'latenessReason'
  | 'rightAuthority'
  | 'legalBasis'
  | 'newDue'
  | 'amount'
  | 'assignee'
  | 'decision'
  | 'resultDate'
  | 'receiverName'
  | 'components'
  | 'adjustment'
  | 'lost'
  | 'handedBack'

/** Which needed fields are still open. The server decides for good; this only saves a round trip. */
export function lacks(values: ActionValues, needs: readonly { field: string; required: boolean }[]): Lack[] {
  const short = (text: string): boolean => text.trim().length < 3
  const badDate = (text: string): boolean => parseTypedDate(text) === undefined
  const found: Lack[] = []
  for (const { field, required } of needs) {
    if (field === 'opinion' && short(values.opinion) && (required || values.outcome === 'REFUSED'))
      found.push('opinion')
    if (field === 'decision' && required && values.decision === '') found.push('decision')
    if (field === 'reason' && required && short(values.reason)) found.push('reason')
    if (field === 'reasonCode' && required && values.reasonCode === '') found.push('reasonCode')
    if (field === 'latenessReason' && values.latenessReason === '') found.push('latenessReason')
    if (field === 'rightAuthority' && values.reasonCode === 'WRONG_AUTHORITY' && short(values.rightAuthority))
      found.push('rightAuthority')
    if (field === 'legalBasis' && required && short(values.legalBasis)) found.push('legalBasis')
    if (field === 'newDue' && (required || values.newDue !== '') && badDate(values.newDue))
      found.push('newDue')
    if (field === 'amount' && required && !(Number(values.amount) > 0)) found.push('amount')
    if (field === 'assignee' && required && values.assignee === '') found.push('assignee')
    if (field === 'result' && values.resultDate !== '' && badDate(values.resultDate)) found.push('resultDate')
    if (field === 'receiver' && values.receiverName.trim().length < 2) found.push('receiverName')
    if (field === 'components' && required && !Object.values(values.papers).some((paper) => paper.present))
      found.push('components')
    if (field === 'adjustment' && Object.keys(adjustmentOf(values)).length === 0) found.push('adjustment')
    if (
      field === 'lost' &&
      values.lost.some(({ what, remadeBy }) => short(what) || remadeBy.trim().length < 2)
    )
      found.push('lost')
    if (field === 'handedBack' && linesOf(values.handedBack).some(short)) found.push('handedBack')
  }
  return found
}
