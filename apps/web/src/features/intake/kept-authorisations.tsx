import { FileCheck2, FileX2 } from 'lucide-react'
import { useState } from 'react'
import { type AuthorisationView, endAuthorisation, findAuthorisations } from '#modules/dossiers/contract.ts'
import { SCOPE_WORDS } from '#modules/dossiers/rules.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { ReasonSheet } from '../administration/reason-sheet.tsx'
import styles from './intake.module.css'

const words = catalogue(
  {
    kept: 'Giấy đã xuất trình trước đây, còn hiệu lực',
    of: (number: string, owner: string) => `Số ${number} của ${owner}`,
    till: (date: string) => `đến ${date}`,
    use: 'Dùng giấy này',
    named: (number: string) => `Dùng giấy số ${number}`,
    end: 'Thu hồi',
    endNamed: (number: string) => `Ghi thu hồi giấy số ${number}`,
    lead: (owner: string, name: string) =>
      `${owner} rút lại ủy quyền cho ${name}. Từ lúc ghi, không ai nộp, nhận thay theo giấy này được nữa; việc đã làm trước đó giữ nguyên.`,
    reason: 'Lý do, văn bản thu hồi',
    reasonHint: 'Ví dụ: Chủ hồ sơ có văn bản thu hồi ngày 20/11/2026',
    fill: 'Ghi lý do hoặc văn bản thu hồi.',
    ended: (number: string) => `Đã ghi thu hồi giấy số ${number}.`,
  },
  {
    kept: 'Papers shown before, still valid',
    of: (number: string, owner: string) => `No. ${number} of ${owner}`,
    till: (date: string) => `until ${date}`,
    use: 'Use this paper',
    named: (number: string) => `Use paper no. ${number}`,
    end: 'Take back',
    endNamed: (number: string) => `Record that paper no. ${number} is taken back`,
    lead: (owner: string, name: string) =>
      `${owner} takes the authorisation of ${name} back. From now on nobody hands in or receives by this paper; what was done before stays.`,
    reason: 'Reason, or the letter that takes it back',
    reasonHint: 'For example: letter of the owner of 20/11/2026',
    fill: 'Enter the reason or the letter.',
    ended: (number: string) => `Paper no. ${number} is recorded as taken back.`,
  },
)

/** Twelve digits are a person; until then nothing is asked for. */
const isWhole = (number: string): boolean => /^\d{12}$/.test(number.replace(/[\s.]/g, ''))

type KeptAuthorisationsProps = {
  number: string
  procedure: string | undefined
  onUse: (kept: AuthorisationView) => void
}

/** Papers that this representative has shown before: used again in one press, or taken back by their owner. */
export function KeptAuthorisations({ number, procedure, onUse }: KeptAuthorisationsProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [ending, setEnding] = useState<AuthorisationView>()
  const found = useOperation(
    findAuthorisations,
    { representative: number, ...(procedure ? { procedure } : {}) },
    { enabled: isWhole(number), staleTime: 60_000 },
  )
  const items = isWhole(number) ? (found.data?.items ?? []) : []
  if (items.length === 0) return null
  return (
    <section className={styles.kept} aria-label={w.kept}>
      <h4>{w.kept}</h4>
      <ul>
        {items.map((kept) => (
          <li key={kept.id}>
            <FileCheck2 size={16} aria-hidden="true" />
            <span>
              {[
                w.of(kept.paperNumber, kept.owner.name),
                kept.scope.map((part) => SCOPE_WORDS[part][language]).join(', '),
                ...(kept.validUntil ? [w.till(formatDate(kept.validUntil))] : []),
              ].join(' · ')}
            </span>
            <Button aria-label={w.named(kept.paperNumber)} onClick={() => onUse(kept)}>
              {w.use}
            </Button>
            <Button
              look="quiet"
              icon={FileX2}
              aria-label={w.endNamed(kept.paperNumber)}
              onClick={() => setEnding(kept)}
            >
              {w.end}
            </Button>
          </li>
        ))}
      </ul>
      {ending ? <EndSheet kept={ending} onClose={() => setEnding(undefined)} /> : null}
    </section>
  )
}

function EndSheet({ kept, onClose }: { kept: AuthorisationView; onClose: () => void }) {
  const w = useWords(words)
  return (
    <ReasonSheet
      form="end-authorisation"
      title={w.endNamed(kept.paperNumber)}
      lead={w.lead(kept.owner.name, kept.representative.name)}
      submit={w.end}
      danger
      words={w}
      operation={endAuthorisation}
      refresh={[findAuthorisations]}
      input={(reason) => ({ authorisation: kept.id, reason })}
      done={() => w.ended(kept.paperNumber)}
      onClose={onClose}
    />
  )
}
