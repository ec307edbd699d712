import { useState } from 'react'
import { listAssignees } from '#modules/dossiers/contract.ts'
import {
  type DispatchItem,
  deliverStuckMessage,
  listDispatch,
  reassignStuckTask,
  releaseStuckTask,
  retryStuckWait,
} from '#modules/workflow/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { MoneyField, SelectField, TextArea } from '../../ui/field/field.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { type PickedUnit, UnitPicker } from '../administration/unit-picker.tsx'
import { dispatchWords } from './dispatch-words.ts'

export type DispatchDeed = 'reassign' | 'release' | 'retry' | 'deliver'
type SheetProps = { item: DispatchItem; onClose: () => void }

const hasReason = (reason: string): boolean => reason.trim().length >= 3

/** What all deeds share: which one it is about, the reason, and that the list is read again. */
function useDeed(onClose: () => void) {
  const w = useWords(dispatchWords)
  const toast = useToast()
  const [reason, setReason] = useState('')
  const onDone = (): void => {
    toast({ message: w.done })
    onClose()
  }
  const field = (
    <TextArea id="dispatch-reason" label={w.reason} rows={3} value={reason} onChange={setReason} />
  )
  return { w, reason: reason.trim(), field, options: { refresh: [listDispatch], onDone } }
}

function About({ item }: { item: DispatchItem }) {
  const { language } = useLanguage()
  return (
    <div>
      <p className={styles.strong}>{[item.code, item.name, item.unit.name].filter(Boolean).join(' · ')}</p>
      <p className={styles.muted}>{item.why[language]}</p>
      {item.error ? <p className={styles.muted}>{item.error}</p> : null}
    </div>
  )
}

export function ReassignSheet({ item, onClose }: SheetProps) {
  const { w, reason, field, options } = useDeed(onClose)
  const command = useCommand(reassignStuckTask, options)
  const [unit, setUnit] = useState<PickedUnit | null>(item.kind === 'assignee-gone' ? item.unit : null)
  const [officer, setOfficer] = useState('')
  const here = unit?.id === item.unit.id
  const officers = useOperation(listAssignees, { id: item.id }, { enabled: here })
  return (
    <FormSheet
      form="dispatch-reassign"
      title={w.reassignTitle}
      lead={w.reassignLead}
      submit={w.reassign}
      blocked={unit && hasReason(reason) ? undefined : w.needTarget}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({
          id: item.id,
          reason,
          ...(unit ? { unit: unit.id } : {}),
          ...(here && officer ? { assignee: officer } : {}),
        })
      }
    >
      <About item={item} />
      <UnitPicker id="dispatch-unit" label={w.toUnit} value={unit} onChange={setUnit} />
      {here && officers.data ? (
        <SelectField
          id="dispatch-officer"
          label={w.toOfficer}
          value={officer}
          onChange={setOfficer}
          options={[
            { value: '', label: w.anybody },
            ...officers.data.items.map(({ id, name, position }) => ({
              value: id,
              label: `${name} · ${position}`,
            })),
          ]}
        />
      ) : null}
      {field}
    </FormSheet>
  )
}

export function ReleaseSheet({ item, onClose }: SheetProps) {
  const { w, reason, field, options } = useDeed(onClose)
  const command = useCommand(releaseStuckTask, options)
  return (
    <FormSheet
      form="dispatch-release"
      title={w.releaseTitle}
      lead={w.releaseLead}
      submit={w.release}
      blocked={hasReason(reason) ? undefined : w.needReason}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ id: item.id, reason })}
    >
      <About item={item} />
      {field}
    </FormSheet>
  )
}

export function RetrySheet({ item, onClose }: SheetProps) {
  const { w, reason, field, options } = useDeed(onClose)
  const command = useCommand(retryStuckWait, options)
  return (
    <FormSheet
      form="dispatch-retry"
      title={w.retryTitle}
      lead={w.retryLead}
      submit={w.retry}
      blocked={hasReason(reason) ? undefined : w.needReason}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ id: item.id, reason })}
    >
      <About item={item} />
      {field}
    </FormSheet>
  )
}

export function DeliverSheet({ item, onClose }: SheetProps) {
  const { w, reason, field, options } = useDeed(onClose)
  const command = useCommand(deliverStuckMessage, options)
  const [amount, setAmount] = useState('')
  return (
    <FormSheet
      form="dispatch-deliver"
      title={w.deliverTitle}
      lead={w.deliverLead}
      submit={w.deliver}
      blocked={hasReason(reason) ? undefined : w.needReason}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({
          id: item.id,
          reason,
          payload: amount === '' ? {} : { obligation: Number(amount) },
        })
      }
    >
      <About item={item} />
      <MoneyField id="dispatch-amount" label={w.amount} value={amount} onChange={setAmount} />
      {field}
    </FormSheet>
  )
}
