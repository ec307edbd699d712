import type { DossierView } from '#modules/dossiers/contract.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'

const words = catalogue(
  {
    title: 'Giải trình quá hạn',
    owed: 'Chưa giải trình',
    missed: (moment: string) => `Hẹn ${moment} đã qua.`,
    who: (unit: string) => `Chuyên viên hoặc lãnh đạo của ${unit} phải nêu lý do.`,
    edition: (n: number) => `lần sửa ${n - 1}`,
  },
  {
    title: 'Why it is late',
    owed: 'Not explained',
    missed: (moment: string) => `The promised moment, ${moment}, has gone by.`,
    who: (unit: string) => `A specialist or a head of ${unit} has to give the reason.`,
    edition: (n: number) => `amended ${n - 1} times`,
  },
)

/** Of a dossier past its date: the reason its agency gave, or that it is owed and by whom. */
export function LatenessCard({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { lateness } = dossier
  if (!lateness) return null
  const { explanation } = lateness
  return (
    <section className={desk.card} aria-labelledby="lateness-title">
      <div className={desk.cardHead}>
        <h2 id="lateness-title">{w.title}</h2>
        <Chip tone={explanation ? 'tro' : 'son'}>
          {explanation ? explanation.reason.name[language] : w.owed}
        </Chip>
      </div>
      <p className={`${desk.small} n`}>{w.missed(formatMoment(lateness.due))}</p>
      {explanation ? (
        <div className={desk.quote}>
          <strong>{explanation.by}</strong>
          <span className={desk.by}>
            <span className="n">{formatMoment(explanation.at)}</span>
            {explanation.edition > 1 ? ` · ${w.edition(explanation.edition)}` : ''}
          </span>
          {explanation.text}
        </div>
      ) : (
        <p>{w.who(dossier.resolvingUnit.name)}</p>
      )}
    </section>
  )
}
