import { X } from 'lucide-react'
import { useRef, useState } from 'react'
import { z } from 'zod'
import { askOpinions, type DossierView } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { useKept } from '../../surfaces/desk/kept.ts'
import { Button, IconButton } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary, type FieldProblem } from '../../ui/feedback/error-summary.tsx'
import { TextArea, TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { useWords } from '../../ui/language/language.tsx'
import { UnitPicker } from '../administration/unit-picker.tsx'
import { Attachments } from '../intake/attachments.tsx'
import styles from './consultations.module.css'
import { useConsultationSheet } from './use-consultation-sheet.ts'
import { consultationWords } from './words.ts'

const Named = z.object({ id: z.string(), name: z.string() })
const Typed = z.object({
  agencies: z.array(Named),
  question: z.string(),
  days: z.string(),
  silence: z.enum(['AGREEMENT', 'ESCALATION']),
  basis: z.string(),
  files: z.array(Named),
})
type Typed = z.infer<typeof Typed>
const isTyped = (value: unknown): value is Typed => Typed.safeParse(value).success
const EMPTY: Typed = { agencies: [], question: '', days: '3', silence: 'ESCALATION', basis: '', files: [] }

type AskSheetProps = { dossier: DossierView; open: boolean; onClose: () => void }

/** A question to several agencies at once; what silence means is chosen before it is sent, and said to both sides. */
export function AskSheet({ dossier, open, onClose }: AskSheetProps) {
  const w = useWords(consultationWords)
  return (
    <Dialog open={open} onClose={onClose} look="sheet" title={w.title}>
      {open ? <AskForm dossier={dossier} onClose={onClose} /> : null}
    </Dialog>
  )
}

function AskForm({ dossier, onClose }: Omit<AskSheetProps, 'open'>) {
  const w = useWords(consultationWords)
  const [typed, keep] = useKept<Typed>(`ask.${dossier.code}`, EMPTY, isTyped)
  const [uploading, setUploading] = useState(0)
  const { send, busy, problems, setProblems } = useConsultationSheet(() => {
    keep(EMPTY)
    onClose()
  })
  const latest = useRef(typed)
  latest.current = typed
  const change = (next: Partial<Typed>): void => {
    latest.current = { ...latest.current, ...next }
    keep(latest.current)
  }
  const days = Number(typed.days)
  const submit = (): void => {
    const found: FieldProblem[] = [
      ...(uploading > 0 ? [{ message: w.uploading }] : []),
      ...(typed.agencies.length === 0 ? [{ field: 'ask-agency', message: w.lack.agencies }] : []),
      ...(typed.question.trim().length < 10 ? [{ field: 'ask-question', message: w.lack.question }] : []),
      ...(Number.isInteger(days) && days >= 1 && days <= 60
        ? []
        : [{ field: 'ask-days', message: w.lack.days }]),
      ...(typed.silence === 'AGREEMENT' && typed.basis.trim().length < 3
        ? [{ field: 'ask-basis', message: w.lack.basis }]
        : []),
    ]
    setProblems(found)
    if (found.length > 0) return
    const input = {
      code: dossier.code,
      agencies: typed.agencies.map(({ id }) => id),
      question: typed.question.trim(),
      workingDays: days,
      silence: typed.silence,
      ...(typed.silence === 'AGREEMENT' ? { silenceBasis: typed.basis.trim() } : {}),
      files: typed.files.map(({ id }) => id),
    }
    void send((idempotencyKey) => call(askOpinions, input, { idempotencyKey }), w.sent)
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.send, run: submit }])
  return (
    <div className={desk.form}>
      {problems.length > 0 ? <ErrorSummary problems={problems} /> : null}
      {typed.agencies.length > 0 ? (
        <ul className={styles.picked} aria-label={w.agencies}>
          {typed.agencies.map(({ id, name }) => (
            <li key={id}>
              {name}
              <IconButton
                icon={X}
                label={w.remove(name)}
                onClick={() => change({ agencies: typed.agencies.filter((one) => one.id !== id) })}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <UnitPicker
        id="ask-agency"
        label={typed.agencies.length > 0 ? w.addAgency : w.agencies}
        value={null}
        onChange={(unit) => {
          if (unit && !typed.agencies.some(({ id }) => id === unit.id))
            change({ agencies: [...typed.agencies, unit] })
        }}
      />
      <TextArea
        id="ask-question"
        label={w.question}
        hint={w.questionHint}
        rows={4}
        value={typed.question}
        onChange={(question) => change({ question })}
      />
      <TextField
        id="ask-days"
        label={w.days}
        inputMode="numeric"
        value={typed.days}
        onChange={(text) => change({ days: text.replace(/\D/g, '').slice(0, 2) })}
      />
      <SegmentedChoice
        label={w.silence}
        value={typed.silence}
        options={[
          { value: 'ESCALATION', label: w.ESCALATION },
          { value: 'AGREEMENT', label: w.AGREEMENT },
        ]}
        onChange={(silence) => change({ silence })}
      />
      {typed.silence === 'AGREEMENT' ? (
        <TextField
          id="ask-basis"
          label={w.silenceBasis}
          value={typed.basis}
          onChange={(basis) => change({ basis })}
        />
      ) : null}
      <Attachments
        paper={w.files}
        files={typed.files}
        onAdd={(file) => change({ files: [...latest.current.files, file] })}
        onRemove={(id) => change({ files: typed.files.filter((one) => one.id !== id) })}
        onSending={(delta) => setUploading((count) => count + delta)}
      />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="main" shortcut="Ctrl+Enter" busy={busy} onClick={submit}>
          {w.send}
        </Button>
      </div>
    </div>
  )
}
