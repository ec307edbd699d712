import type { AuthorisationView } from '#modules/dossiers/contract.ts'
import { SCOPE, SCOPE_WORDS } from '#modules/dossiers/rules.ts'
import { DateField, SelectField, TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { type RepresentativeDraft, withScope } from './draft.ts'
import styles from './intake.module.css'
import { KeptAuthorisations } from './kept-authorisations.tsx'

const words = catalogue(
  {
    paper: 'Nộp thay theo',
    authorisation: 'Giấy ủy quyền',
    introduction: 'Giấy giới thiệu',
    family: 'Quan hệ gia đình',
    law: 'Đại diện theo pháp luật',
    number: 'Số giấy',
    date: 'Ngày của giấy',
    from: 'Có hiệu lực từ',
    until: 'Có hiệu lực đến',
    scope: 'Giấy cho phép',
    procedures: 'Dùng cho',
    all: 'Mọi thủ tục của chủ hồ sơ',
    onlyThis: 'Chỉ thủ tục đang nộp',
  },
  {
    paper: 'Acting by',
    authorisation: 'Authorisation',
    introduction: 'Letter of introduction',
    family: 'Family relation',
    law: 'Legal representative',
    number: 'Number of the paper',
    date: 'Date of the paper',
    from: 'Valid from',
    until: 'Valid until',
    scope: 'The paper allows to',
    procedures: 'It is for',
    all: 'Whatever the owner asks for',
    onlyThis: 'This procedure only',
  },
)

const PAPERS = ['authorisation', 'introduction', 'family', 'law'] as const

type AuthorisationFieldsProps = {
  representative: RepresentativeDraft
  procedure: string | undefined
  onChange: (change: Partial<RepresentativeDraft>) => void
  onUse: (kept: AuthorisationView) => void
  errorOf: (path: string) => string | undefined
}

/** On what paper somebody acts for the owner: what it allows, for which procedures, from when to when. */
export function AuthorisationFields({
  representative,
  procedure,
  onChange,
  onUse,
  errorOf,
}: AuthorisationFieldsProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  return (
    <>
      <KeptAuthorisations number={representative.personalId} procedure={procedure} onUse={onUse} />
      <div className={styles.partyLine}>
        <SelectField
          id="representative.paper"
          label={w.paper}
          value={representative.paper}
          onChange={(value) => {
            const paper = PAPERS.find((one) => one === value)
            if (paper) onChange({ paper })
          }}
          options={PAPERS.map((value) => ({ value, label: w[value] }))}
        />
        <TextField
          id="representative.paperNumber"
          label={w.number}
          value={representative.paperNumber}
          onChange={(paperNumber) => onChange({ paperNumber })}
        />
        <DateField
          id="representative.paperDate"
          label={w.date}
          value={representative.paperDate}
          onChange={(paperDate) => onChange({ paperDate })}
          error={errorOf('representative.paperDate')}
        />
        <SelectField
          id="representative.procedures"
          label={w.procedures}
          value={representative.onlyThis ? 'this' : 'all'}
          onChange={(value) => onChange({ onlyThis: value === 'this' })}
          options={[
            { value: 'all', label: w.all },
            { value: 'this', label: w.onlyThis },
          ]}
          error={errorOf('representative.procedures')}
        />
      </div>
      <div className={styles.paperLine}>
        <DateField
          id="representative.validFrom"
          label={w.from}
          value={representative.validFrom}
          onChange={(validFrom) => onChange({ validFrom })}
          error={errorOf('representative.validFrom')}
        />
        <DateField
          id="representative.validUntil"
          label={w.until}
          value={representative.validUntil}
          onChange={(validUntil) => onChange({ validUntil })}
          error={errorOf('representative.validUntil')}
        />
        <fieldset className={styles.scope}>
          <legend>{w.scope}</legend>
          {SCOPE.map((part) => (
            <label key={part}>
              <input
                type="checkbox"
                checked={representative.scope.includes(part)}
                onChange={(event) =>
                  onChange({ scope: withScope(representative.scope, part, event.target.checked) })
                }
              />
              {SCOPE_WORDS[part][language]}
            </label>
          ))}
          {errorOf('representative.scope') ? (
            <p className={styles.scopeError}>{errorOf('representative.scope')}</p>
          ) : null}
        </fieldset>
      </div>
    </>
  )
}
