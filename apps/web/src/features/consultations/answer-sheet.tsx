import { useState } from 'react'
import { z } from 'zod'
import {
  answerConsultation,
  type ConsultationView,
  type ConsultedAgency,
  withdrawConsultation,
} from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { isText, useKept } from '../../surfaces/desk/kept.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { TextArea } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { Attachments } from '../intake/attachments.tsx'
import { useConsultationSheet } from './use-consultation-sheet.ts'
import { consultationWords } from './words.ts'

export type AboutAgency = { kind: 'answer' | 'withdraw'; question: ConsultationView; agency: ConsultedAgency }

/** What one side does about one agency of a question: answer for it, or ask it no longer. */
export function AgencySheet({ about, onClose }: { about: AboutAgency | undefined; onClose: () => void }) {
  const w = useWords(consultationWords)
  const title = about?.kind === 'withdraw' ? w.withdrawTitle(about.agency.unit.name) : w.answer
  return (
    <Dialog open={about !== undefined} onClose={onClose} look="sheet" title={title}>
      {about?.kind === 'answer' ? <AnswerForm {...about} onClose={onClose} /> : null}
      {about?.kind === 'withdraw' ? <WithdrawForm {...about} onClose={onClose} /> : null}
    </Dialog>
  )
}

const Typed = z.object({
  opinion: z.enum(['AGREES', 'CONDITIONS', 'DISAGREES']).optional(),
  text: z.string(),
  file: z.object({ id: z.string(), name: z.string() }).nullable(),
})
type Typed = z.infer<typeof Typed>
const isTyped = (value: unknown): value is Typed => Typed.safeParse(value).success
const EMPTY: Typed = { text: '', file: null }

type FormProps = AboutAgency & { onClose: () => void }

function AnswerForm({ question, agency, onClose }: FormProps) {
  const w = useWords(consultationWords)
  const [typed, keep] = useKept<Typed>(`answer.${question.id}.${agency.unit.id}`, EMPTY, isTyped)
  const { language } = useLanguage()
  const [uploading, setUploading] = useState(0)
  const { send, busy, problems, setProblems } = useConsultationSheet(() => {
    keep(EMPTY)
    onClose()
  })
  const change = (next: Partial<Typed>): void => keep({ ...typed, ...next })
  const submit = (): void => {
    const { opinion, text, file } = typed
    if (uploading > 0) {
      setProblems([{ message: w.uploading }])
      return
    }
    if (!opinion || text.trim().length < 3) {
      setProblems([{ field: 'answer-text', message: w.lack.text }])
      return
    }
    const input = {
      ...{ id: question.id, unit: agency.unit.id, opinion, answer: text.trim() },
      ...(file ? { file: file.id } : {}),
    }
    void send((idempotencyKey) => call(answerConsultation, input, { idempotencyKey }), w.given)
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.give, run: submit }])
  return (
    <div className={desk.form}>
      {problems.length > 0 ? <ErrorSummary problems={problems} /> : null}
      <p className={desk.quote}>{question.question}</p>
      <p className={desk.hint}>{question.silenceWords[language]}</p>
      <SegmentedChoice
        label={w.opinion}
        value={typed.opinion}
        options={(['AGREES', 'CONDITIONS', 'DISAGREES'] as const).map((value) => ({
          value,
          label: w[value],
        }))}
        onChange={(opinion) => change({ opinion })}
      />
      <TextArea
        id="answer-text"
        label={w.text}
        rows={6}
        value={typed.text}
        onChange={(text) => change({ text })}
      />
      <Attachments
        paper={w.answerFile}
        files={typed.file ? [typed.file] : []}
        onAdd={(file) => change({ file })}
        onRemove={() => change({ file: null })}
        onSending={(delta) => setUploading((count) => count + delta)}
      />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="main" shortcut="Ctrl+Enter" busy={busy} onClick={submit}>
          {w.give}
        </Button>
      </div>
    </div>
  )
}

function WithdrawForm({ question, agency, onClose }: FormProps) {
  const w = useWords(consultationWords)
  const [reason, keep] = useKept(`no-longer.${question.id}.${agency.unit.id}`, '', isText)
  const { send, busy, problems, setProblems } = useConsultationSheet(() => {
    keep('')
    onClose()
  })
  const submit = (): void => {
    if (reason.trim().length < 3) {
      setProblems([{ field: 'no-longer-reason', message: w.lack.reason }])
      return
    }
    const input = { id: question.id, unit: agency.unit.id, reason: reason.trim() }
    void send(
      (idempotencyKey) => call(withdrawConsultation, input, { idempotencyKey }),
      w.ended(agency.unit.name),
    )
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.withdraw, run: submit }])
  return (
    <div className={desk.form}>
      {problems.length > 0 ? <ErrorSummary problems={problems} /> : null}
      <TextArea id="no-longer-reason" label={w.reason} value={reason} onChange={keep} />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="danger" shortcut="Ctrl+Enter" busy={busy} onClick={submit}>
          {w.withdraw}
        </Button>
      </div>
    </div>
  )
}
