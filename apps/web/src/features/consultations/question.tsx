import { Bell, FileText, MessageSquareReply, MessageSquareX } from 'lucide-react'
import { useState } from 'react'
import {
  type ConsultationView,
  type ConsultedAgency,
  getDossierFile,
  remindConsulted,
} from '#modules/dossiers/contract.ts'
import { addressOf, call } from '../../api/call.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import type { Tone } from '../../ui/status/status-table.ts'
import { type AboutAgency, AgencySheet } from './answer-sheet.tsx'
import styles from './consultations.module.css'
import { useConsultationSheet } from './use-consultation-sheet.ts'
import { consultationWords } from './words.ts'

const toneOf = ({ state, opinion }: ConsultedAgency): Tone => {
  if (state === 'asked') return 'cham'
  if (state === 'silent') return 'son'
  if (state === 'withdrawn') return 'tro'
  return opinion === 'DISAGREES' ? 'son' : opinion === 'CONDITIONS' ? 'nghe' : 'ngoc'
}

type QuestionProps = { code: string; question: ConsultationView }

/** One question with its clock, what silence means, and what each agency said; both sides act here. */
export function Question({ code, question }: QuestionProps) {
  const w = useWords(consultationWords)
  const { language } = useLanguage()
  const [about, setAbout] = useState<AboutAgency>()
  const { send, busy, problems } = useConsultationSheet(() => undefined)
  const remind = ({ unit }: ConsultedAgency): void =>
    void send(
      (idempotencyKey) => call(remindConsulted, { id: question.id, unit: unit.id }, { idempotencyKey }),
      w.reminded(unit.name),
    )
  return (
    <div className={styles.question}>
      <div className={styles.line}>
        <strong>
          {w.asked(question.number)} · {question.from.name}
        </strong>
        <PaceChip pace={question.pace} words={question.paceWords} />
      </div>
      <p>{question.question}</p>
      <Files code={code} files={question.files} />
      <p className={`${desk.small} n`}>
        {w.by(question.askedBy, formatMoment(question.askedAt))} · {w.due(formatMoment(question.due))}
      </p>
      <p className={desk.small}>
        {question.silenceWords[language]}
        {question.silenceBasis ? ` ${w.basis(question.silenceBasis)}` : ''}
      </p>
      {question.beyondDue ? <Chip tone="nghe">{w.beyond}</Chip> : null}
      {problems.length > 0 ? <ErrorSummary problems={problems} /> : null}
      <ul className={styles.agencies}>
        {question.agencies.map((agency) => (
          <li key={agency.unit.id}>
            <div className={styles.line}>
              <strong>{agency.unit.name}</strong>
              <Chip tone={toneOf(agency)}>{(agency.opinionWords ?? agency.stateWords)[language]}</Chip>
            </div>
            <Said code={code} agency={agency} />
            <div className={styles.buttons}>
              {agency.mayAnswer ? (
                <Button
                  look="main"
                  icon={MessageSquareReply}
                  onClick={() => setAbout({ kind: 'answer', question, agency })}
                >
                  {w.answer}
                </Button>
              ) : null}
              {question.mayFollow && isOpen(question, agency) ? (
                <>
                  <Button icon={Bell} busy={busy} onClick={() => remind(agency)}>
                    {w.remind}
                  </Button>
                  <Button
                    icon={MessageSquareX}
                    onClick={() => setAbout({ kind: 'withdraw', question, agency })}
                  >
                    {w.withdraw}
                  </Button>
                </>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      <AgencySheet about={about} onClose={() => setAbout(undefined)} />
    </div>
  )
}

const isOpen = ({ silence }: ConsultationView, { state }: ConsultedAgency): boolean =>
  state === 'asked' || (state === 'silent' && silence === 'ESCALATION')

function Said({ code, agency }: { code: string; agency: ConsultedAgency }) {
  const w = useWords(consultationWords)
  const { answeredAt, silentAt, remindedAt } = agency
  return (
    <>
      {answeredAt ? (
        <div className={desk.quote}>
          <span className={desk.by}>
            {w.answered(agency.answeredBy ?? '', formatMoment(answeredAt))}
            {agency.late ? ` · ${w.late}` : ''}
          </span>
          {agency.answer}
          {agency.file ? <Files code={code} files={[agency.file]} /> : null}
        </div>
      ) : null}
      {silentAt ? <p className={`${desk.small} n`}>{w.silentAt(formatMoment(silentAt))}</p> : null}
      {remindedAt && !answeredAt ? (
        <p className={`${desk.small} n`}>{w.reminders(agency.reminders, formatMoment(remindedAt))}</p>
      ) : null}
      {agency.withdrawnReason ? <p className={desk.small}>{w.withdrawn(agency.withdrawnReason)}</p> : null}
    </>
  )
}

function Files({ code, files }: { code: string; files: readonly { id: string; name: string }[] }) {
  if (files.length === 0) return null
  return (
    <ul className={styles.files}>
      {files.map(({ id, name }) => (
        <li key={id}>
          <a href={addressOf(getDossierFile, { code, file: id })} target="_blank" rel="noopener">
            <FileText size={15} aria-hidden="true" /> {name}
          </a>
        </li>
      ))}
    </ul>
  )
}
