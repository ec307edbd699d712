import { SERIES } from '#modules/documents/rules.ts'
import { agencyOf, type Tree } from '#modules/organisation/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import type { LogEvent } from '#platform/log/log.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import { PAPER_FORMS, type PaperEntry, type PaperForm } from '../contract/papers.ts'
import type { State } from '../contract/vocabulary.ts'
import { CHART } from '../rules.ts'
import type { DossierRow } from '../store/dossiers.ts'

const TITLES: Readonly<Record<PaperForm, string>> = {
  'form-01': 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
  'form-02': 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
  'form-03': 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
  'form-04': 'Văn bản xin lỗi và đề nghị gia hạn',
  'form-05': 'Thông báo dừng giải quyết hồ sơ',
  'form-06': 'Phiếu kiểm soát quá trình giải quyết hồ sơ',
  handover: 'Giấy biên nhận trả kết quả',
  'payment-notice': 'Thông báo nộp nghĩa vụ tài chính',
  'return-minutes': 'Biên bản trả lại hồ sơ',
  'result-error': 'Biên bản sai sót kết quả',
  'lost-papers': 'Thông báo giấy tờ bị mất, hư hỏng và xin lỗi',
  'transfer-slip': 'Phiếu chuyển xử lý hồ sơ',
  progress: 'Quá trình xử lý hồ sơ',
}
export const titleOfPaper = (form: PaperForm): string => `In ${TITLES[form]}`

/** Drawn from the history at each print; of the others there is one for each time that something happened. */
export type Extract = 'form-06' | 'progress'
export type IssuedForm = Exclude<PaperForm, Extract>
export const isExtract = (form: PaperForm): form is Extract => form === 'form-06' || form === 'progress'

/** Papers that go with an event beside the one its transition names. */
const BESIDES: Readonly<Record<string, readonly IssuedForm[]>> = {
  'dossier-withdrawn': ['form-05', 'return-minutes'],
  'dossier-closed': ['return-minutes'],
  'dossier-stopped': ['return-minutes'],
  'payment-requested': ['payment-notice'],
  'result-error-reported': ['result-error'],
  // The minutes once more, with the result that was issued instead.
  'result-corrected': ['result-error'],
  'papers-lost': ['lost-papers'],
}

/** The state chart says which paper an action issues; its events stand for it in the log. */
const formsOfEvent = (type: string): readonly IssuedForm[] => [
  ...new Set([
    ...Object.values(CHART).flatMap(({ event, form }) =>
      event === type && form && !isExtract(form) ? [form] : [],
    ),
    ...(BESIDES[type] ?? []),
  ]),
]

/** Whether an event brings a paper with a number, which is taken at once, so that numbers follow the days. */
export const bringsNumber = (event: string): boolean => formsOfEvent(event).some((form) => form in SERIES)

/** What a paper certifies: something that happened to the dossier, when and through whom. */
export type Occasion = {
  form: IssuedForm
  edition: number
  at: Date
  by: { id: string | null; name: string }
  /** Type of the event, `handed-on` for a step given to another agency, `known` when only the columns tell of it. */
  type: string
  data: LogEvent['data']
  step?: { from: string; task: TaskRow }
}

const ENDS: readonly State[] = ['STOPPED', 'CLOSED_NO_SUPPLEMENT', 'WITHDRAWN']

/** What the columns alone tell, of dossiers that came without their history. */
const KNOWN: Partial<Record<IssuedForm, (dossier: DossierRow) => Date | null>> = {
  'form-01': ({ accepted_at }) => accepted_at,
  'form-02': (dossier) =>
    dossier.supplement_items ? (dossier.supplement_asked_at ?? dossier.intake_supplement_asked_at) : null,
  'form-03': ({ state, ended_at }) => (state === 'NOT_ACCEPTED' ? ended_at : null),
  'form-04': ({ extended_at }) => extended_at,
  'form-05': ({ state, ended_at }) => (ENDS.includes(state) ? ended_at : null),
  handover: ({ returned_at }) => returned_at,
}

const fromColumns = (dossier: DossierRow, seen: ReadonlySet<IssuedForm>): Omit<Occasion, 'edition'>[] =>
  // The table's keys are forms that are issued.
  (Object.keys(KNOWN) as IssuedForm[]).flatMap((form) => {
    const at = seen.has(form) ? null : KNOWN[form]?.(dossier)
    return at ? [{ form, at, by: { id: null, name: dossier.intake_by_name }, type: 'known', data: {} }] : []
  })

/** A step that goes from one agency to another is handed on with a slip; to and from a counter it is not. */
const handedOn = (tasks: readonly TaskRow[], tree: Tree): Omit<Occasion, 'edition'>[] => {
  const agency = (unit: string): string | undefined => {
    const found = agencyOf(tree, unit)?.id
    return found !== undefined && !tree.centres.has(unit) && !tree.centres.has(found) ? found : undefined
  }
  return tasks.flatMap((task, i) => {
    const before = tasks[i - 1]
    const [from, to] = [before && agency(before.unit), agency(task.unit)]
    if (!before?.closedAt || from === undefined || to === undefined || from === to) return []
    const by = before.closedBy ?? { id: null, name: '' }
    return [
      {
        form: 'transfer-slip' as const,
        at: before.closedAt,
        by,
        type: 'handed-on',
        data: {},
        step: { from: before.unit, task },
      },
    ]
  })
}

/** A question goes to each agency on a slip of its own. */
const askedOf = (events: readonly LogEvent[]): Omit<Occasion, 'edition'>[] =>
  events
    .filter(({ type }) => type === 'opinion-asked')
    .flatMap(({ at, actor, type, data }) =>
      (Array.isArray(data.units) ? data.units : []).map((unit) => ({
        ...{ form: 'transfer-slip' as const, at, type, by: { id: actor.id, name: actor.name } },
        data: { ...data, unit },
      })),
    )

export type History = { dossier: DossierRow; events: readonly LogEvent[]; tasks: readonly TaskRow[] }

/** Every paper that the dossier's life has called for so far, in the order of what happened. */
export const occasionsOf = ({ dossier, events, tasks }: History, tree: Tree): Occasion[] => {
  const told = events.flatMap((event) =>
    formsOfEvent(event.type).map((form) => ({
      form,
      at: event.at,
      by: { id: event.actor.id, name: event.actor.name },
      type: event.type,
      data: event.data,
    })),
  )
  const all = [
    ...fromColumns(dossier, new Set(told.map(({ form }) => form))),
    ...told,
    ...handedOn(tasks, tree),
    ...askedOf(events),
  ].sort((a, b) => a.at.getTime() - b.at.getTime())
  const editions = new Map<IssuedForm, number>()
  return all.map((one) => {
    const edition = (editions.get(one.form) ?? 0) + 1
    editions.set(one.form, edition)
    return { ...one, edition }
  })
}

/** The control sheet accompanies what was accepted; the history anybody who may read the dossier may have. */
const extractsOf = ({ accepted_at }: DossierRow): Extract[] =>
  accepted_at ? ['form-06', 'progress'] : ['progress']

export const isPrintable = (form: Extract, dossier: DossierRow): boolean => extractsOf(dossier).includes(form)

/** Papers that can be printed of a dossier now, in the order of the forms. */
export const papersOf = (history: History, tree: Tree): PaperEntry[] => {
  const entries: PaperEntry[] = [
    ...occasionsOf(history, tree).map(({ form, edition, at }) => ({
      form,
      edition,
      title: edition > 1 ? `${TITLES[form]} (lần ${edition})` : TITLES[form],
      issuedAt: toLocalIso(at),
    })),
    ...extractsOf(history.dossier).map((form) => ({
      form,
      edition: 1,
      title: TITLES[form],
      issuedAt: null,
    })),
  ]
  const place = ({ form }: PaperEntry): number => PAPER_FORMS.indexOf(form)
  return entries.toSorted((a, b) => place(a) - place(b))
}
