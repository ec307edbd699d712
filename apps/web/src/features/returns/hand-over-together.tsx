import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import {
  type DossierView,
  getDossier,
  listTasks,
  listUncollected,
  returnResults,
  type UncollectedItem,
} from '#modules/dossiers/contract.ts'
import { call, newIdempotencyKey } from '../../api/call.ts'
import { canRetry, messageOf } from '../../api/problem.ts'
import { invalidate } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary, type FieldProblem } from '../../ui/feedback/error-summary.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { TwoLines } from '../../ui/list/work-list.tsx'
import { BulkResult, type Refused } from '../bulk/bulk-result.tsx'
import { fieldWords } from '../dossiers/action-fields.tsx'
import { type ActionValues, actBody, emptyValues, lacks } from '../dossiers/action-values.ts'
import { openPaper } from '../dossiers/use-actions.ts'
import { ReceiverFields } from './receiver-fields.tsx'
import styles from './returns.module.css'

const words = catalogue(
  {
    title: (n: number) => `Trao ${n} kết quả cùng lúc`,
    lead: (name: string) => `${name} còn kết quả khác đang chờ ở đây. Trao luôn một lần:`,
    choose: 'Kết quả trao lần này',
    none: 'Chọn ít nhất một kết quả.',
    later: 'Để sau',
    hand: (n: number) => `Trao ${n} kết quả`,
    done: (n: number) => `Đã trao ${n} kết quả.`,
    result: 'Kết quả trao',
    days: (n: number) => `chờ ${n} ngày`,
  },
  {
    title: (n: number) => `Hand ${n} results over at once`,
    lead: (name: string) => `${name} has other results waiting here. Hand them over together:`,
    choose: 'Results handed over now',
    none: 'Choose at least one result.',
    later: 'Later',
    hand: (n: number) => `Hand ${n} results over`,
    done: (n: number) => `${n} results handed over.`,
    result: 'Handed over',
    days: (n: number) => `${n} days`,
  },
)

const NEEDS = [
  { field: 'receiver', required: true },
  { field: 'way', required: false },
]

type TogetherProps = { dossier: DossierView; items: readonly UncollectedItem[]; onClose: () => void }

/** One receiver, several results: entered once, each handed over or refused alone. */
export function HandOverTogether(props: TogetherProps) {
  const w = useWords(words)
  const [over, setOver] = useState<{ done: number; refused: readonly Refused[] }>()
  const again = useRef<(codes: readonly string[]) => Promise<void>>(async () => undefined)
  if (over)
    return (
      <BulkResult
        title={w.result}
        done={over.done}
        refused={over.refused}
        onClose={props.onClose}
        onRest={(codes) => again.current(codes)}
      />
    )
  return (
    <Dialog open onClose={props.onClose} look="sheet" title={w.title(props.items.length)}>
      <TogetherForm
        {...props}
        onUnfinished={(done, refused, rest) => {
          again.current = rest
          setOver({ done, refused })
        }}
      />
    </Dialog>
  )
}

type Rest = (codes: readonly string[]) => Promise<void>

function TogetherForm({
  dossier,
  items,
  onClose,
  onUnfinished,
}: TogetherProps & { onUnfinished: (done: number, refused: readonly Refused[], rest: Rest) => void }) {
  const w = useWords(words)
  const fields = useWords(fieldWords)
  const { language } = useLanguage()
  const client = useQueryClient()
  const toast = useToast()
  const [values, setValues] = useState<ActionValues>(() => emptyValues(dossier))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(items.map(({ code }) => code)))
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const [busy, setBusy] = useState(false)
  const key = useRef<string>(undefined)
  const hand = async (codes: readonly string[], before = 0): Promise<void> => {
    key.current ??= newIdempotencyKey()
    const { receiver, way } = actBody(
      values,
      NEEDS.map(({ field }) => field),
    )
    if (!receiver) return
    try {
      const body = {
        items: items
          .filter(({ code }) => codes.includes(code))
          .map(({ code, version }) => ({ code, version })),
        receiver,
        ...(way ? { way } : {}),
      }
      const { done, refused } = await call(returnResults, body, { idempotencyKey: key.current })
      key.current = undefined
      const count = before + done.length
      const [first] = done
      if (first && count === 1) openPaper(first.code, { form: 'handover' })
      if (refused.length === 0) {
        toast({ message: w.done(count) })
        onClose()
      } else
        onUnfinished(
          count,
          refused.map(({ code, refusal }) => ({ key: code, code, refusal })),
          (rest) => hand(rest, count),
        )
    } catch (error) {
      if (!canRetry(error)) key.current = undefined
      throw error
    } finally {
      for (const operation of [listTasks, listUncollected, getDossier]) void invalidate(client, operation)
    }
  }
  const submit = async (): Promise<void> => {
    if (busy) return
    const lack = lacks(values, NEEDS).map((name) => ({ field: name, message: fields.lack[name] }))
    const found = chosen.size === 0 ? [{ message: w.none }] : lack
    setProblems(found)
    if (found.length > 0) return
    setBusy(true)
    try {
      await hand([...chosen])
    } catch (error) {
      setProblems([{ message: messageOf(error, language) }])
    } finally {
      setBusy(false)
    }
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.hand(chosen.size), run: () => void submit() }])
  return (
    <div className={desk.form}>
      {problems.length > 0 ? <ErrorSummary problems={problems} /> : null}
      <p>{w.lead(dossier.owner)}</p>
      <fieldset className={styles.together}>
        <legend className="visually-hidden">{w.choose}</legend>
        {items.map((item) => (
          <label key={item.code}>
            <input
              type="checkbox"
              checked={chosen.has(item.code)}
              onChange={(event) => {
                const next = new Set(chosen)
                if (event.target.checked) next.add(item.code)
                else next.delete(item.code)
                setChosen(next)
              }}
            />
            <TwoLines title={item.procedure} detail={`${item.code} · ${w.days(item.days)}`} />
          </label>
        ))}
      </fieldset>
      <ReceiverFields
        values={values}
        onChange={(change) => setValues({ ...values, ...change })}
        dossier={dossier}
      />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.later}</Button>
        <Button look="main" shortcut="Ctrl+Enter" busy={busy} onClick={() => void submit()}>
          {w.hand(chosen.size)}
        </Button>
      </div>
    </div>
  )
}
