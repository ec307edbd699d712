import {
  BadgeCheck,
  Ban,
  CalendarPlus,
  CircleX,
  FileCheck2,
  FilePen,
  FilePlus2,
  FileX2,
  FolderOpen,
  Hand,
  HandCoins,
  Inbox,
  type LucideIcon,
  MessageSquareText,
  MessagesSquare,
  OctagonPause,
  PencilLine,
  Send,
  Undo2,
  UserRoundCog,
  Wallet,
} from 'lucide-react'
import { useState } from 'react'
import type { Action, DossierView } from '#modules/dossiers/contract.ts'
import { messageOf } from '../../api/problem.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { ActionPanel, type PanelAction } from '../../ui/actions/action-panel.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { SelectField } from '../../ui/field/field.tsx'
import { formatDate, formatDayMonth, partsOf, weekdayName } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { useAddress } from '../administration/address.ts'
import { AskSheet } from '../consultations/ask-sheet.tsx'
import { ActionSheet, type SheetAction } from './action-sheet.tsx'
import { useDossierActions } from './use-actions.ts'

const words = catalogue(
  {
    lead: 'Bước này cần ông/bà',
    title: 'Việc với hồ sơ này',
    due: (time: string, day: string, left: string) => `Hạn ${time} ${day}, ${left}`,
    claim: 'Nhận việc',
    release: 'Trả việc về chỗ chờ nhận',
    sendBack: 'Trả lại bước trước',
    reassign: 'Chuyển người khác',
    askOpinions: 'Lấy ý kiến cơ quan khác',
    explainLateness: 'Giải trình quá hạn',
    amendLateness: 'Sửa giải trình quá hạn',
    owed: 'Bắt buộc khi hồ sơ quá hạn',
    held: (step: string, who: string, unit: string) => `Việc này thuộc bước ${step}, đang ở ${who}${unit}.`,
    waiting: (step: string, unit: string) => `Việc này thuộc bước ${step}, chờ người của ${unit} nhận.`,
    nothing: 'Hồ sơ đã kết thúc, không còn việc nào.',
    group: (status: string) => `${status}. Mở hồ sơ của từng thủ tục để làm việc.`,
    which: 'Bước đang làm',
    behalf: (name: string) => `Thay mặt ${name}`,
    signs: (lines: string) => `Ký: ${lines}`,
    by: (decision: string) => `theo ${decision}`,
    until: (date: string) => `đến ${date}`,
    undo: (step: string, what: string) => `Phải xử lý lại bước ${step}: ${what}`,
  },
  {
    lead: 'This step needs you',
    title: 'Work on this dossier',
    due: (time: string, day: string, left: string) => `Due ${time} ${day}, ${left}`,
    claim: 'Take the task',
    release: 'Put the task back',
    sendBack: 'Send back a step',
    reassign: 'Give to somebody else',
    askOpinions: 'Ask other agencies',
    explainLateness: 'Explain the lateness',
    amendLateness: 'Amend the explanation',
    owed: 'Owed for every late dossier',
    held: (step: string, who: string, unit: string) => `This is step ${step}, held by ${who}${unit}.`,
    waiting: (step: string, unit: string) => `This is step ${step}, waiting for somebody of ${unit}.`,
    nothing: 'The dossier has ended; nothing is left to do.',
    group: (status: string) => `${status}. Open the dossier of a procedure to work on it.`,
    which: 'Step in hand',
    behalf: (name: string) => `On behalf of ${name}`,
    signs: (lines: string) => `Signs: ${lines}`,
    by: (decision: string) => `by ${decision}`,
    until: (date: string) => `until ${date}`,
    undo: (step: string, what: string) => `To undo of step ${step}: ${what}`,
  },
)

const LOOKS: Record<Action, { icon: LucideIcon; shortcut?: string }> = {
  accept: { icon: Inbox },
  'request-intake-supplement': { icon: FilePlus2, shortcut: 'B' },
  resubmit: { icon: Inbox },
  'complete-intake': { icon: FileCheck2 },
  'refuse-intake': { icon: CircleX },
  reopen: { icon: FolderOpen },
  'request-supplement': { icon: FilePlus2, shortcut: 'B' },
  'request-late-supplement': { icon: FilePlus2 },
  'receive-supplement': { icon: FileCheck2 },
  'close-unsupplemented': { icon: OctagonPause },
  'request-payment': { icon: Wallet, shortcut: 'T' },
  'confirm-payment': { icon: HandCoins },
  withdraw: { icon: Undo2 },
  stop: { icon: Ban },
  extend: { icon: CalendarPlus, shortcut: 'G' },
  adjust: { icon: PencilLine },
  'report-lost-papers': { icon: FileX2 },
  'settle-lost-papers': { icon: FileCheck2 },
  return: { icon: BadgeCheck },
  'report-result-error': { icon: FilePen },
  'correct-result': { icon: FilePen },
}

/** The only place of action of the dossier's page: what the server offers this person now, and nothing else. */
export function ActionColumn(props: { dossier: DossierView; onDone?: () => void }) {
  const w = useWords(words)
  // Several agencies may work at once: then the officer says on which step.
  const [chosen, setChosen] = useState<string>()
  const { tasks } = props.dossier
  const dossier = { ...props.dossier, task: tasks.find(({ id }) => id === chosen) ?? props.dossier.task }
  const { onDone } = props
  const { language } = useLanguage()
  const actions = useDossierActions(dossier, onDone)
  // An alarm leads here with what it proposes; the sheet is open when the page is.
  const [read] = useAddress()
  const proposed = dossier.actions.find(({ action, allowed }) => allowed && action === read('lam'))
  const [sheet, setSheet] = useState<SheetAction | undefined>(() =>
    proposed ? actions.actionSheet(proposed.action) : undefined,
  )
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { task } = dossier
  const now = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      setProblem(messageOf(error, language))
      void actions.refresh()
    } finally {
      setBusy(false)
    }
  }
  const mainAction = dossier.actions.find((one) => one.main)
  const offered: PanelAction[] = []
  if (task?.mayComplete)
    offered.push({
      id: 'complete',
      label: task.label[language],
      icon: Send,
      shortcut: 'Ctrl+Enter',
      main: true,
      run: () => setSheet(actions.completeSheet()),
    })
  if (task?.mayClaim)
    offered.push({
      id: 'claim',
      label: w.claim,
      icon: Hand,
      shortcut: 'N',
      main: !task.mayComplete && !mainAction,
      run: () => void now(actions.claim),
    })
  for (const ability of dossier.actions) {
    const look = LOOKS[ability.action]
    const main = ability === mainAction && !task?.mayComplete
    offered.push({
      id: ability.action,
      label: ability.label[language],
      icon: look.icon,
      main,
      ...(main ? { shortcut: 'Ctrl+Enter' } : look.shortcut ? { shortcut: look.shortcut } : {}),
      ...(ability.untilWords ? { limit: ability.untilWords[language] } : {}),
      ...(ability.allowed ? {} : { blocked: ability.blockedBy?.[language] ?? '' }),
      run: () => setSheet(actions.actionSheet(ability.action)),
    })
  }
  if (dossier.lateness?.mayExplain)
    offered.push({
      id: 'explain-lateness',
      label: dossier.lateness.explanation ? w.amendLateness : w.explainLateness,
      icon: MessageSquareText,
      shortcut: 'L',
      ...(dossier.lateness.explanation ? {} : { limit: w.owed }),
      run: () => setSheet(actions.latenessSheet()),
    })
  if (dossier.mayAskOpinions)
    offered.push({
      id: 'ask-opinions',
      label: w.askOpinions,
      icon: MessagesSquare,
      shortcut: 'Y',
      run: () => setAsking(true),
    })
  if (task?.maySendBack)
    offered.push({
      id: 'send-back',
      label: w.sendBack,
      icon: Undo2,
      shortcut: 'R',
      run: () => setSheet(actions.sendBackSheet()),
    })
  if (task?.mayReassign)
    offered.push({
      id: 'reassign',
      label: w.reassign,
      icon: UserRoundCog,
      shortcut: 'C',
      run: () => setSheet(actions.reassignSheet()),
    })
  if (task?.assignee && task.mayComplete && !task.mayClaim)
    offered.push({ id: 'release', label: w.release, icon: Inbox, run: () => void now(actions.release) })
  const due = task?.due ? partsOf(task.due) : undefined
  const { current } = dossier
  const waitingFor = task?.blockedBy
    ? task.blockedBy[language]
    : current
      ? current.assignee
        ? w.held(current.step, current.assignee, current.unit ? `, ${current.unit}` : '')
        : w.waiting(current.step, current.unit)
      : dossier.group && dossier.group.status !== 'FINISHED'
        ? w.group(dossier.group.statusWords[language])
        : w.nothing
  return (
    <>
      {tasks.length > 1 && dossier.task ? (
        <SelectField
          id="step-in-hand"
          label={w.which}
          value={dossier.task.id}
          onChange={setChosen}
          options={tasks.map(({ id, name, unit }) => ({ value: id, label: `${name} · ${unit.name}` }))}
        />
      ) : null}
      {task?.onBehalfOf ? <p className={desk.small}>{w.behalf(task.onBehalfOf.name)}</p> : null}
      {task?.mayComplete && task.signs ? (
        <p className={desk.small}>
          {[
            w.signs(task.signs.lines.join(' / ')),
            ...(task.signs.decisionNo ? [w.by(task.signs.decisionNo)] : []),
            ...(task.signs.until ? [w.until(formatDate(task.signs.until))] : []),
          ].join(', ')}
        </p>
      ) : null}
      {task && task.compensations.length > 0 ? (
        <ul className={desk.small}>
          {task.compensations.map(({ name, text }) => (
            <li key={`${name} ${text}`}>{w.undo(name, text)}</li>
          ))}
        </ul>
      ) : null}
      {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
      <ActionPanel
        {...(task?.mayComplete || task?.mayClaim ? { lead: w.lead } : {})}
        title={task && (task.mayComplete || task.mayClaim) ? task.name : w.title}
        {...(due && task
          ? {
              due: (
                <span className="n">
                  {w.due(
                    due.time,
                    `${weekdayName(due.date, language)} ${formatDayMonth(due.date)}`,
                    task.paceWords[language].toLocaleLowerCase('vi'),
                  )}
                </span>
              ),
            }
          : {})}
        actions={offered}
        busy={busy}
        waitingFor={waitingFor}
      />
      {offered.length > 0 && !task?.mayComplete && !task?.mayClaim ? (
        <p className={desk.small}>{waitingFor}</p>
      ) : null}
      <AskSheet dossier={dossier} open={asking} onClose={() => setAsking(false)} />
      <ActionSheet
        action={sheet}
        dossier={dossier}
        onClose={() => setSheet(undefined)}
        onReload={actions.reload}
      />
    </>
  )
}
