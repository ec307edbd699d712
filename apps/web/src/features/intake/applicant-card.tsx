import { ScanLine } from 'lucide-react'
import desk from '../../surfaces/desk/desk.module.css'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { AuthorisationFields } from './authorisation-fields.tsx'
import { type IntakeDraft, type PartyDraft, type RepresentativeDraft, withAuthorisation } from './draft.ts'
import styles from './intake.module.css'
import { PartyFields } from './party-fields.tsx'

const words = catalogue(
  {
    title: 'Người nộp',
    who: 'Ai nộp',
    person: 'Cá nhân',
    organisation: 'Tổ chức',
    behalf: 'Nộp thay',
    ownerName: 'Họ và tên chủ hồ sơ',
    owner: 'Chủ hồ sơ',
    ownerKind: 'Chủ hồ sơ là',
    representative: 'Người nộp thay',
    representativeName: 'Họ và tên người nộp thay',
    scan: 'Quét mã trên thẻ căn cước để điền nhanh',
    read: (name: string) => `Đã quét thẻ căn cước của ${name}`,
  },
  {
    title: 'Applicant',
    who: 'Who hands in',
    person: 'Person',
    organisation: 'Organisation',
    behalf: 'On behalf',
    ownerName: 'Full name of the owner',
    owner: 'Owner',
    ownerKind: 'The owner is',
    representative: 'Who hands in for them',
    representativeName: 'Full name of the representative',
    scan: 'Scan the code of the citizen card to fill this in',
    read: (name: string) => `Citizen card of ${name} was scanned`,
  },
)

type ApplicantCardProps = {
  draft: IntakeDraft
  onChange: (change: Partial<IntakeDraft>) => void
  errorOf: (path: string) => string | undefined
  /** Name on the card that was scanned last, or why a scan was not understood. */
  scanned: string | undefined
  scanProblem: string | undefined
}

export function ApplicantCard({ draft, onChange, errorOf, scanned, scanProblem }: ApplicantCardProps) {
  const w = useWords(words)
  const { owner, representative } = draft
  const changeOwner = (change: Partial<PartyDraft>): void => onChange({ owner: { ...owner, ...change } })
  const changeRepresentative = (change: Partial<RepresentativeDraft>): void =>
    onChange({ representative: { ...representative, ...change } })
  return (
    <section className={desk.card} aria-labelledby="applicant-title">
      <div className={desk.cardHead}>
        <h2 id="applicant-title">{w.title}</h2>
        <span className={styles.scan} role="status" data-problem={scanProblem !== undefined || undefined}>
          <ScanLine size={16} aria-hidden="true" />{' '}
          {scanProblem ?? (scanned === undefined ? w.scan : w.read(scanned))}
        </span>
        <SegmentedChoice
          label={w.who}
          hideLabel
          value={draft.who}
          options={[
            { value: 'person', label: w.person },
            { value: 'organisation', label: w.organisation },
            { value: 'behalf', label: w.behalf },
          ]}
          onChange={(who) =>
            onChange({
              who,
              owner: {
                ...owner,
                kind: who === 'behalf' ? owner.kind : who === 'person' ? 'person' : 'organisation',
              },
            })
          }
        />
      </div>
      {draft.who === 'behalf' ? (
        <div className={styles.subhead}>
          <h3>{w.owner}</h3>
          <SegmentedChoice
            label={w.ownerKind}
            hideLabel
            value={owner.kind}
            options={[
              { value: 'person', label: w.person },
              { value: 'organisation', label: w.organisation },
            ]}
            onChange={(kind) => changeOwner({ kind })}
          />
        </div>
      ) : null}
      <PartyFields
        path="owner"
        party={owner}
        onChange={changeOwner}
        errorOf={errorOf}
        nameLabel={w.ownerName}
      />
      {draft.who === 'behalf' ? (
        <>
          <div className={styles.subhead}>
            <h3>{w.representative}</h3>
          </div>
          <PartyFields
            path="representative"
            party={representative}
            onChange={changeRepresentative}
            errorOf={errorOf}
            nameLabel={w.representativeName}
          />
          <AuthorisationFields
            representative={representative}
            procedure={draft.procedure?.code}
            onChange={changeRepresentative}
            onUse={(kept) => {
              const { owner: known, representative: person } = withAuthorisation(draft, kept)
              onChange({ owner: known, representative: person })
            }}
            errorOf={errorOf}
          />
        </>
      ) : null}
    </section>
  )
}
