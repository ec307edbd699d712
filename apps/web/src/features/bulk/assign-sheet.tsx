import { Scale } from 'lucide-react'
import { useState } from 'react'
import { planAssignment, type TaskItem } from '#modules/dossiers/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { SelectField, TextArea } from '../../ui/field/field.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { TwoLines } from '../../ui/list/work-list.tsx'
import styles from './bulk.module.css'
import type { BulkJob } from './use-bulk-tasks.tsx'

const words = catalogue(
  {
    title: (n: number) => `Giao ${n} việc`,
    officers: 'Người nhận việc',
    officer: 'Người',
    takes: (name: string) => `Chia việc cho ${name}`,
    holding: 'Đang giữ',
    given: 'Giao thêm',
    after: 'Sau khi giao',
    even: 'Chia đều theo số việc đang giữ',
    all: 'Giao tất cả cho một người',
    choose: 'Chọn người',
    each: 'Từng việc',
    of: (code: string) => `Giao hồ sơ ${code} cho`,
    nobody: 'Chưa giao',
    none: 'Không có ai làm được các việc này. Kiểm tra lại phân quyền của đơn vị.',
    reason: 'Lý do hoặc lời giao việc',
    reasonLack: 'Ghi lý do giao việc, ít nhất 3 chữ.',
    nothing: 'Chọn người nhận cho ít nhất một việc.',
    refused: (n: number) => `${n} việc không giao được từ đây và được để lại.`,
    send: (n: number) => `Giao ${n} việc`,
    keep: 'Giữ nguyên',
    finished: (n: number) => `Đã giao ${n} việc.`,
    result: 'Kết quả giao việc',
    usual: 'Phân công theo số việc đang giữ',
  },
  {
    title: (n: number) => `Assign ${n} tasks`,
    officers: 'Who takes tasks',
    officer: 'Officer',
    takes: (name: string) => `Give tasks to ${name}`,
    holding: 'Holds',
    given: 'Gets',
    after: 'Then holds',
    even: 'Share evenly by what each holds',
    all: 'Give all to one person',
    choose: 'Choose a person',
    each: 'Task by task',
    of: (code: string) => `Give dossier ${code} to`,
    nobody: 'Nobody yet',
    none: 'Nobody may do these tasks. Check the roles of the unit.',
    reason: 'Reason or note',
    reasonLack: 'Give the reason, at least 3 letters.',
    nothing: 'Choose somebody for at least one task.',
    refused: (n: number) => `${n} tasks cannot be assigned from here and are left.`,
    send: (n: number) => `Assign ${n} tasks`,
    keep: 'Leave as it is',
    finished: (n: number) => `${n} tasks assigned.`,
    result: 'Assignment',
    usual: 'Assigned by load',
  },
)

type AssignSheetProps = {
  tasks: readonly TaskItem[]
  onClose: () => void
  onSend: (job: BulkJob) => Promise<void>
}

/** Many steps to officers: the even plan first, then by hand what should be otherwise. */
export function AssignSheet({ tasks, onClose, onSend }: AssignSheetProps) {
  const w = useWords(words)
  return (
    <Dialog open onClose={onClose} look="sheet" title={w.title(tasks.length)}>
      <AssignForm tasks={tasks} onClose={onClose} onSend={onSend} />
    </Dialog>
  )
}

function AssignForm({ tasks, onClose, onSend }: AssignSheetProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [officers, setOfficers] = useState<readonly string[]>()
  const [byHand, setByHand] = useState<Readonly<Record<string, string>>>({})
  const [reason, setReason] = useState(w.usual)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const plan = useOperation(
    planAssignment,
    { tasks: tasks.map(({ id }) => id), ...(officers ? { officers: [...officers] } : {}) },
    { keep: true, staleTime: 30_000 },
  )
  const taskOf = new Map(tasks.map((task) => [task.id, task]))
  const rows = (plan.data?.items ?? []).map((item) => ({
    ...item,
    to: byHand[item.task] ?? item.proposed ?? '',
  }))
  const chosen = rows.flatMap(({ task, to }) => (to ? [{ task, assignee: to }] : []))
  const submit = async (): Promise<void> => {
    if (busy) return
    const lack = chosen.length === 0 ? w.nothing : reason.trim().length < 3 ? w.reasonLack : undefined
    setProblem(lack)
    if (lack) return
    setBusy(true)
    try {
      const input = { items: chosen, reason: reason.trim() }
      await onSend({ kind: 'assign', title: w.result, finished: w.finished, input })
      onClose()
    } catch (error) {
      setProblem(messageOf(error, language))
    } finally {
      setBusy(false)
    }
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.title(tasks.length), run: () => void submit() }])
  if (plan.error) return <ErrorSummary problems={[{ message: messageOf(plan.error, language) }]} />
  if (!plan.data)
    return (
      <Loading>
        <SkeletonRows rows={6} />
      </Loading>
    )
  const people = plan.data.officers
  const given = (id: string): number => chosen.filter(({ assignee }) => assignee === id).length
  const takes = (id: string): boolean => officers?.includes(id) ?? true
  const toggle = (id: string): void => {
    const all = officers ?? people.map((one) => one.id)
    setByHand({})
    setOfficers(all.includes(id) ? all.filter((one) => one !== id) : [...all, id])
  }
  return (
    <div className={desk.form}>
      {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
      {plan.data.refused.length > 0 ? (
        <p className={desk.hint}>{w.refused(plan.data.refused.length)}</p>
      ) : null}
      {people.length === 0 ? <p className={desk.muted}>{w.none}</p> : null}
      {people.length > 0 ? (
        <>
          <table className={styles.officers}>
            <caption className="visually-hidden">{w.officers}</caption>
            <thead>
              <tr>
                <th scope="col">{w.officer}</th>
                <th scope="col" className={styles.number}>
                  {w.holding}
                </th>
                <th scope="col" className={styles.number}>
                  {w.given}
                </th>
                <th scope="col" className={styles.number}>
                  {w.after}
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((one) => (
                <tr key={one.id}>
                  <td>
                    <label className={styles.name}>
                      <input
                        type="checkbox"
                        checked={takes(one.id)}
                        aria-label={w.takes(one.name)}
                        onChange={() => toggle(one.id)}
                      />{' '}
                      {one.name}
                      <span className={styles.position}>{one.position}</span>
                    </label>
                  </td>
                  <td className={classes(styles.number, 'n')}>{one.holding}</td>
                  <td className={classes(styles.number, 'n')}>{given(one.id)}</td>
                  <td className={classes(styles.number, 'n')}>
                    <strong>{one.holding + given(one.id)}</strong>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Button
            icon={Scale}
            onClick={() => {
              setByHand({})
              setOfficers(undefined)
            }}
          >
            {w.even}
          </Button>
          <SelectField
            label={w.all}
            value=""
            placeholder={w.choose}
            onChange={(id) => {
              if (id) setByHand(Object.fromEntries(rows.map(({ task }) => [task, id])))
            }}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <section className={styles.rows} aria-label={w.each}>
            {rows.map(({ task, code, to, candidates }) => (
              <div key={task} className={styles.row}>
                <TwoLines title={taskOf.get(task)?.dossier.procedureName ?? code} detail={code} />
                <select
                  aria-label={w.of(code)}
                  value={to}
                  onChange={(event) => setByHand({ ...byHand, [task]: event.target.value })}
                >
                  <option value="">{w.nobody}</option>
                  {people
                    .filter(({ id }) => candidates.includes(id))
                    .map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name}
                      </option>
                    ))}
                </select>
              </div>
            ))}
          </section>
        </>
      ) : null}
      <TextArea id="assign-reason" label={w.reason} rows={2} value={reason} onChange={setReason} />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="main" shortcut="Ctrl+Enter" busy={busy} onClick={() => void submit()}>
          {w.send(chosen.length)}
        </Button>
      </div>
    </div>
  )
}
