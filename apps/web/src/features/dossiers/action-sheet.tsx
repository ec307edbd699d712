import { useRef, useState } from 'react'
import type { DossierView } from '#modules/dossiers/contract.ts'
import { newIdempotencyKey } from '../../api/call.ts'
import { canRetry, messageOf, ProblemError } from '../../api/problem.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { useKept } from '../../surfaces/desk/kept.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ChangedMeanwhile } from '../../ui/feedback/changed-meanwhile.tsx'
import { ErrorSummary, type FieldProblem } from '../../ui/feedback/error-summary.tsx'
import { partsOf } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { itemProblems, itemWords } from '../intake/items-editor.tsx'
import { ActionFields, fieldWords } from './action-fields.tsx'
import { type ActionValues, emptyValues, isActionValues, lacks } from './action-values.ts'
import { changedSince } from './changed-since.ts'
import { newestFirst } from './newest-first.ts'

const words = catalogue(
  {
    keep: 'Giữ nguyên',
    happens: 'Việc này không hoàn tác được.',
    until: 'Hạn làm',
    uploading: 'Chờ tệp gửi xong.',
    mine: (action: string, reason: string) => (reason ? `${action}: ${reason}` : action),
    somebody: 'Một người khác',
  },
  {
    keep: 'Keep as it is',
    happens: 'This cannot be undone.',
    until: 'May be done until',
    uploading: 'Wait until the files are sent.',
    mine: (action: string, reason: string) => (reason ? `${action}: ${reason}` : action),
    somebody: 'Somebody else',
  },
)

/** One thing an officer does, as the sheet shows it; `send` carries it out. */
export type SheetAction = {
  /** Names the kept text: one per dossier and action. */
  id: string
  title: string
  button: string
  needs: readonly { field: string; required: boolean }[]
  danger?: boolean
  /** What happens, repeated before it does; the irreversible ones have it. */
  consequences?: readonly string[]
  limit?: string | undefined
  nextStep?: boolean
  initial?: Partial<ActionValues>
  send: (values: ActionValues, options: { version: number; idempotencyKey: string }) => Promise<void>
}

type ActionSheetProps = {
  action: SheetAction | undefined
  dossier: DossierView
  onClose: () => void
  /** Reads the dossier again; resolves with what it is now. */
  onReload: () => Promise<DossierView>
}

/** The fields follow what the server says the action needs; typed text stays until it was sent, also over a reload. */
export function ActionSheet({ action, ...rest }: ActionSheetProps) {
  return (
    <Dialog open={action !== undefined} onClose={rest.onClose} look="sheet" title={action?.title ?? ''}>
      {action ? <ActionForm key={action.id} action={action} {...rest} /> : null}
    </Dialog>
  )
}

function ActionForm({
  action,
  dossier,
  onClose,
  onReload,
}: Omit<ActionSheetProps, 'action'> & { action: SheetAction }) {
  const w = useWords(words)
  const fields = useWords(fieldWords)
  const forItems = useWords(itemWords)
  const { language } = useLanguage()
  const empty = { ...emptyValues(dossier), ...action.initial }
  const [values, keep] = useKept<ActionValues>(`form.${dossier.code}.${action.id}`, empty, isActionValues)
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const [busy, setBusy] = useState(false)
  const [uploading, setUploading] = useState(0)
  const [changed, setChanged] = useState<DossierView>()
  /**
   * As it stood when the sheet was opened, which is what the officer decides upon. The page behind it is read again meanwhile: to send
   * its newer version would pass over what somebody else did without a word.
   */
  const [seen] = useState(dossier)
  const key = useRef(newIdempotencyKey())
  const latest = useRef(values)
  latest.current = values
  const change = (next: Partial<ActionValues>): void => {
    latest.current = { ...latest.current, ...next }
    keep(latest.current)
  }

  const send = async (version: number): Promise<void> => {
    setBusy(true)
    setProblems([])
    try {
      await action.send(values, { version, idempotencyKey: key.current })
      keep(empty)
      onClose()
    } catch (error) {
      // A refused intention is over; the corrected one is another. A lost answer keeps its key, so that a repeat is safe.
      if (!canRetry(error)) key.current = newIdempotencyKey()
      if (error instanceof ProblemError && error.kind === 'stale') setChanged(await onReload())
      else if (error instanceof ProblemError && error.fields.length > 0)
        setProblems(error.fields.map((field) => ({ field: field.path, message: field[language] })))
      else {
        setProblems([{ message: messageOf(error, language) }])
        if (error instanceof ProblemError && error.kind === 'refused') void onReload()
      }
    } finally {
      setBusy(false)
    }
  }
  const submit = (): void => {
    if (busy) return
    const found: FieldProblem[] = [
      ...(uploading > 0 ? [{ message: w.uploading }] : []),
      ...lacks(values, action.needs).map((lack) => ({ field: lack, message: fields.lack[lack] })),
      ...(action.needs.some(({ field }) => field === 'items') ? itemProblems(values.items, forItems) : []),
    ]
    setProblems(found)
    if (found.length === 0) void send(seen.version)
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: action.button, run: submit }])
  const last = changed ? newestFirst(changed.timeline)[0] : undefined
  return (
    <div className={desk.form}>
      {problems.length > 0 ? <ErrorSummary problems={problems} /> : null}
      <p>
        <strong className="n">{dossier.code}</strong> · {dossier.owner}
        <span className={desk.by}>{dossier.procedure.name}</span>
      </p>
      {action.consequences ? (
        <div className={desk.hint}>
          <strong>{w.happens}</strong>
          <ul>
            {action.consequences.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {action.limit ? <p className={desk.hint}>{action.limit}</p> : null}
      <ActionFields
        needs={action.needs}
        values={values}
        onChange={change}
        dossier={dossier}
        task={dossier.task}
        nextStep={action.nextStep ?? true}
        onSending={(delta) => setUploading((count) => count + delta)}
      />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look={action.danger ? 'danger' : 'main'} shortcut="Ctrl+Enter" busy={busy} onClick={submit}>
          {action.button}
        </Button>
      </div>
      <ChangedMeanwhile
        open={changed !== undefined}
        who={last?.actor || w.somebody}
        when={last ? partsOf(last.at).time : ''}
        fields={
          changed
            ? changedSince(
                seen,
                changed,
                {
                  doing: w.mine(action.button, values.reason || values.opinion),
                  theirs: last?.title[language] ?? '',
                },
                language,
              )
            : []
        }
        onClose={() => setChanged(undefined)}
        onResolve={(choices) => {
          const version = changed?.version
          setChanged(undefined)
          // Whoever keeps anything of theirs has not decided for the own action; what was typed stays for another time.
          if (Object.values(choices).includes('theirs')) onClose()
          else if (version !== undefined) void send(version)
        }}
      />
    </div>
  )
}
