import { useQueryClient } from '@tanstack/react-query'
import {
  type Action,
  actOnDossier,
  claimTask,
  completeTask,
  type DossierView,
  explainLateness,
  getDossier,
  getPaper,
  listDossiers,
  listTasks,
  type PaperEntry,
  reassignTask,
  releaseTask,
  searchDossiers,
  sendTaskBack,
} from '#modules/dossiers/contract.ts'
import { addressOf, call } from '../../api/call.ts'
import { invalidate, keyOf } from '../../api/queries.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import type { SheetAction } from './action-sheet.tsx'
import { actBody, resultOf } from './action-values.ts'

const words = catalogue(
  {
    done: (what: string, code: string) => `${what}: đã xong, hồ sơ ${code}.`,
    claimed: 'Đã nhận việc.',
    released: 'Đã trả việc về chỗ chờ nhận.',
    sendBack: 'Trả lại bước trước',
    sendBackTitle: 'Trả lại hồ sơ cho bước trước?',
    sendBackButton: 'Trả lại',
    sendBackLine: 'Người ở bước trước nhận lại việc cùng lý do; hạn với người dân không đổi.',
    reassign: 'Chuyển người khác',
    reassignButton: 'Chuyển',
    explainLateness: 'Giải trình quá hạn',
    amendLateness: 'Sửa giải trình quá hạn',
    explainButton: 'Gửi giải trình',
    amendButton: 'Gửi bản sửa',
    latenessLine: 'Người dân đọc tên lý do; lời giải trình chỉ cán bộ đọc. Mỗi lần gửi được ghi lại.',
  },
  {
    done: (what: string, code: string) => `${what}: done, dossier ${code}.`,
    claimed: 'You took the task.',
    released: 'The task is free again.',
    sendBack: 'Send back a step',
    sendBackTitle: 'Send the dossier back a step?',
    sendBackButton: 'Send back',
    sendBackLine: 'The former step gets the task again with the reason; the date promised does not change.',
    reassign: 'Give to somebody else',
    reassignButton: 'Reassign',
    explainLateness: 'Explain the lateness',
    amendLateness: 'Amend the explanation',
    explainButton: 'Send the explanation',
    amendButton: 'Send the correction',
    latenessLine: 'The applicant reads the kind of reason; your words are for officers. Each is kept.',
  },
)

const CONSEQUENCES = catalogue(
  {
    'refuse-intake': ['Hồ sơ thành "Không tiếp nhận" và kết thúc.', 'In Phiếu từ chối tiếp nhận (Mẫu 03).'],
    withdraw: ['Hồ sơ kết thúc, đồng hồ dừng.', 'Muốn làm lại, người nộp phải nộp hồ sơ mới.'],
    stop: ['Hồ sơ dừng giải quyết và kết thúc.', 'Người nộp được báo lý do và căn cứ (Mẫu 05).'],
    'close-unsupplemented': ['Hồ sơ đóng vì quá hạn bổ sung.', 'Người nộp được báo bằng văn bản (Mẫu 05).'],
  },
  {
    'refuse-intake': ['The dossier becomes "not accepted" and ends.', 'Form 03 is printed.'],
    withdraw: ['The dossier ends and its clock stops.', 'To try again the applicant hands in a new one.'],
    stop: ['The dossier is stopped and ends.', 'The applicant is told the reason and basis (form 05).'],
    'close-unsupplemented': ['The dossier is closed: not supplemented in time.', 'Form 05 is issued.'],
  },
)

/** The last paper of the form where no edition is named. */
export const openPaper = (
  code: string,
  { form, edition }: Pick<PaperEntry, 'form'> & { edition?: number },
): void => {
  window.open(addressOf(getPaper, { code, form, ...(edition ? { edition } : {}) }), '_blank', 'noopener')
}

/** Drawn anew at each print, so nothing that an action brought. */
const ALWAYS: readonly PaperEntry['form'][] = ['form-06', 'progress']

/** What the sheets and buttons of one dossier do; lists and the dossier are read again afterwards. */
export function useDossierActions(dossier: DossierView, onDone?: () => void) {
  const w = useWords(words)
  const consequences = useWords(CONSEQUENCES)
  const { language } = useLanguage()
  const client = useQueryClient()
  const toast = useToast()
  const { code, task } = dossier
  const refresh = async (): Promise<void> => {
    await Promise.all([
      invalidate(client, listTasks),
      invalidate(client, listDossiers),
      invalidate(client, searchDossiers),
      client.invalidateQueries({ queryKey: keyOf(getDossier, { code }) }),
    ])
  }
  const finished = async (what: string): Promise<void> => {
    toast({ message: w.done(what, code) })
    await refresh()
    onDone?.()
  }
  const reload = (): Promise<DossierView> =>
    client.fetchQuery({
      queryKey: keyOf(getDossier, { code }),
      queryFn: () => call(getDossier, { code }),
      staleTime: 0,
    })

  const actionSheet = (action: Action): SheetAction | undefined => {
    const ability = dossier.actions.find((one) => one.action === action)
    if (!ability) return undefined
    const label = ability.label[language]
    // What lay on the counter goes back with whoever takes the dossier back.
    const handedBack = dossier.components
      .filter(({ originals }) => originals > 0)
      .map(({ name }) => name)
      .join('\n')
    const missing = dossier.components.filter(({ status }) => status === 'missing')
    const lines = Object.entries(consequences).find(([name]) => name === action)?.[1]
    return {
      id: action,
      title: label,
      button: label,
      needs: ability.needs,
      danger: ability.irreversible,
      ...(ability.irreversible && Array.isArray(lines) ? { consequences: lines.map(String) } : {}),
      limit: ability.untilWords?.[language],
      initial: {
        handedBack,
        ...(missing.length > 0
          ? {
              items: missing.map(({ component, name, reason }) => ({
                component,
                what: name,
                reason: reason ?? '',
              })),
            }
          : {}),
      },
      send: async (values, options) => {
        const fields = ability.needs.map(({ field }) => field)
        const named = ({ form, edition }: PaperEntry): string => `${form} ${edition}`
        const before = new Set(dossier.papers.map(named))
        const after = await call(actOnDossier, { code, action, ...actBody(values, fields) }, options)
        client.setQueryData(keyOf(getDossier, { code }), after)
        const paper = after.papers.find((one) => !before.has(named(one)) && !ALWAYS.includes(one.form))
        if (paper) openPaper(code, paper)
        await finished(label)
      },
    }
  }

  const completeSheet = (): SheetAction | undefined =>
    task
      ? {
          id: `task-${task.id}`,
          title: `${task.label[language]}?`,
          button: task.label[language],
          needs: task.needs,
          send: async (values, { idempotencyKey }) => {
            const has = (field: string): boolean => task.needs.some((need) => need.field === field)
            await call(
              completeTask,
              {
                id: task.id,
                ...(values.opinion.trim() ? { opinion: values.opinion.trim() } : {}),
                ...(has('assignee') && values.assignee ? { assignee: values.assignee } : {}),
                ...(has('outcome') ? { outcome: values.outcome } : {}),
                ...(has('decision') && values.decision ? { decision: values.decision } : {}),
                ...(has('result') ? { result: resultOf(values) } : {}),
              },
              { idempotencyKey },
            )
            await finished(task.label[language])
          },
        }
      : undefined

  const sendBackSheet = (): SheetAction | undefined =>
    task
      ? {
          id: `back-${task.id}`,
          title: w.sendBackTitle,
          button: w.sendBackButton,
          limit: w.sendBackLine,
          needs: [
            ...(task.sendBackTo.length > 1 ? [{ field: 'toStep', required: false }] : []),
            { field: 'reason', required: true },
          ],
          initial: { toStep: task.sendBackTo.at(-1)?.step ?? '' },
          send: async (values, { idempotencyKey }) => {
            await call(
              sendTaskBack,
              {
                id: task.id,
                reason: values.reason.trim(),
                ...(values.toStep ? { toStep: values.toStep } : {}),
              },
              { idempotencyKey },
            )
            await finished(w.sendBack)
          },
        }
      : undefined

  const reassignSheet = (): SheetAction | undefined =>
    task
      ? {
          id: `reassign-${task.id}`,
          title: w.reassign,
          button: w.reassignButton,
          nextStep: false,
          needs: [
            { field: 'assignee', required: true },
            { field: 'reason', required: true },
          ],
          send: async (values) => {
            await call(reassignTask, {
              id: task.id,
              assignee: values.assignee,
              reason: values.reason.trim(),
            })
            await finished(w.reassign)
          },
        }
      : undefined

  const latenessSheet = (): SheetAction | undefined => {
    const { lateness } = dossier
    if (!lateness?.mayExplain) return undefined
    const given = lateness.explanation
    const label = given ? w.amendLateness : w.explainLateness
    return {
      id: `lateness-${lateness.due}-${given?.edition ?? 0}`,
      title: label,
      button: given ? w.amendButton : w.explainButton,
      limit: w.latenessLine,
      needs: [
        { field: 'latenessReason', required: true },
        { field: 'reason', required: true },
      ],
      initial: given ? { latenessReason: given.reason.code, reason: given.text } : {},
      send: async (values, { idempotencyKey }) => {
        const said = { reasonCode: values.latenessReason, explanation: values.reason.trim() }
        const amends = given ? { amends: given.edition } : {}
        const after = await call(explainLateness, { code, ...said, ...amends }, { idempotencyKey })
        client.setQueryData(keyOf(getDossier, { code }), after)
        await finished(label)
      },
    }
  }

  const release = async (): Promise<void> => {
    if (!task) return
    await call(releaseTask, { id: task.id })
    toast({ message: w.released })
    await refresh()
  }
  const claim = async (): Promise<void> => {
    if (!task) return
    await call(claimTask, { id: task.id })
    toast({ message: w.claimed, undo: () => void release() })
    await refresh()
  }
  return {
    ...{ actionSheet, completeSheet, sendBackSheet, reassignSheet, latenessSheet },
    ...{ claim, release, reload, refresh },
  }
}
