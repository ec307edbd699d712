import words from '#data/demo/words.json' with { type: 'json' }
import { type Calendar, nextSession } from '#modules/calendar/rules.ts'
import type { Action, actOnDossier, completeTask, DossierView } from '#modules/dossiers/contract.ts'
import type { Input } from '#platform/operation.ts'
import { addDays, instantOf, localDateOf } from '#platform/time/vietnam.ts'
import type { Random } from '../random.ts'

type ActBody = Partial<Input<typeof actOnDossier>>
type TaskView = NonNullable<DossierView['task']>

type Told = { view: DossierView; random: Random; calendar: Calendar; now: Date; n: number }

/** Everything that belongs to the case now lies on the desk. */
const complete = ({ components }: DossierView): NonNullable<ActBody['components']> =>
  components
    .filter(({ status, originals, copies }) => status === 'missing' || originals + copies > 0)
    .map(({ component }) => ({
      ...{ component, originals: 1, copies: 0, certifiedCopies: 0, status: 'present' as const, files: [] },
    }))

/** Nobody sends nothing: where all lies there already, one paper is sent once more. */
const something = (view: DossierView): NonNullable<ActBody['components']> => {
  const all = complete(view)
  const [first] = view.components
  if (all.length > 0 || !first) return all
  return [
    { component: first.component, originals: 1, copies: 0, certifiedCopies: 0, status: 'present', files: [] },
  ]
}

const itemsOf = ({ view, random }: Told): NonNullable<ActBody['items']> => {
  const papers = view.components.slice(0, 3)
  const reason = random.pick(words.supplementReasons)
  const paper = papers.length > 0 && random.chance(0.7) ? random.pick(papers) : undefined
  return [
    paper
      ? { component: paper.component, what: paper.name.slice(0, 300), reason }
      : { what: words.supplementFallback, reason },
  ]
}

/** A working day some days after what is promised now. */
const laterThan = (calendar: Calendar, from: Date, days: number): string => {
  const day = addDays(localDateOf(from), days)
  return localDateOf(nextSession(calendar, instantOf(day)).from)
}

const receiverOf = ({ view, random }: Told): NonNullable<ActBody['receiver']> => {
  if (view.resultReturn.way === 'postal')
    return { name: 'Bưu cục Thí Dụ', relation: 'postal', slipShown: true }
  if (view.representative && random.chance(0.7))
    return { name: view.representative.name, relation: 'representative', slipShown: true }
  if (random.chance(0.1))
    return {
      ...{ name: 'Mẫu Thị Người Nhà', relation: 'family' as const, slipShown: true },
      authorisationPaper: 'Giấy ủy quyền 01/GUQ-MẪU',
    }
  return { name: view.owner, relation: 'owner', slipShown: true }
}

/** What an officer would fill in for an action that is open to them. */
export const bodyFor = (action: Action, told: Told): ActBody => {
  const { view, random, calendar, now, n } = told
  const reason = random.pick(words.withdrawals)
  switch (action) {
    case 'accept':
    case 'complete-intake':
      return { components: complete(view) }
    case 'resubmit':
      return { components: something(view) }
    case 'request-intake-supplement':
      return { items: itemsOf(told), legalBasis: words.intakeSupplementBasis }
    case 'request-supplement':
      return { items: itemsOf(told), legalBasis: words.supplementBasis }
    case 'request-late-supplement':
      return { items: itemsOf(told), reason, legalBasis: words.supplementBasis, applicantFault: true }
    case 'receive-supplement':
      return { components: random.chance(0.5) ? complete(view) : [] }
    case 'refuse-intake':
      return random.chance(0.3)
        ? { reasonCode: 'WRONG_AUTHORITY', reason, rightAuthority: 'Cơ quan Thí Dụ' }
        : { reasonCode: 'NOT_ELIGIBLE', reason }
    case 'reopen':
    case 'stop':
      return { reason: random.pick(words.stops), legalBasis: words.stopBasis }
    case 'request-payment':
      return { amount: random.pick(words.payment.amounts), legalBasis: words.payment.legalBasis }
    case 'extend': {
      const due = view.deadline.due ? new Date(view.deadline.due) : now
      return { reason: random.pick(words.extensions), newDue: laterThan(calendar, due, random.int(1, 12)) }
    }
    case 'adjust':
      return { reason, adjustment: { note: `Điều chỉnh lần ${view.version} của hồ sơ ${n}` } }
    case 'report-lost-papers':
      return { reason, lost: [{ what: 'Giấy chứng nhận', remadeBy: 'Văn phòng đăng ký' }] }
    case 'return':
      return { receiver: receiverOf(told) }
    case 'correct-result':
      return { reason: words.corrections, result: { number: `${n}.${view.version}/SỬA-MẪU` } }
    default:
      return { reason }
  }
}

type StepBody = Partial<Omit<Input<typeof completeTask>, 'id'>>

/** What an officer would fill in to finish a step. */
export const stepBody = (task: TaskView, random: Random): StepBody => {
  const asks = (field: TaskView['needs'][number]['field']) => task.needs.some((need) => need.field === field)
  return {
    opinion: random.pick(words.opinions.appraise),
    ...(asks('decision') ? { decision: random.pick(task.decisions).value } : {}),
    ...(asks('outcome') ? { outcome: random.chance(0.12) ? 'REFUSED' : 'GRANTED' } : {}),
    ...(asks('result') ? { result: { summary: 'Kết quả giải quyết thủ tục' } } : {}),
  }
}
