import type { DossierView } from '#modules/dossiers/contract.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { useWords } from '../../ui/language/language.tsx'
import { Question } from './question.tsx'
import { consultationWords } from './words.ts'

/** What other agencies were asked about a dossier, the newest question first. */
export function ConsultationsCard({ dossier }: { dossier: DossierView }) {
  const w = useWords(consultationWords)
  if (dossier.consultations.length === 0) return null
  return (
    <section className={desk.card} aria-labelledby="consultations-title">
      <h2 id="consultations-title" className={desk.section}>
        {w.title}
      </h2>
      {dossier.consultations.toReversed().map((question) => (
        <Question key={question.id} code={dossier.code} question={question} />
      ))}
    </section>
  )
}
