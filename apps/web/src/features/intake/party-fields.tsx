import { useDeferredValue, useState } from 'react'
import { listAdminUnits } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { DateField, PersonIdField, PhoneField, SelectField, TextField } from '../../ui/field/field.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { SearchBox } from '../../ui/search/search-box.tsx'
import type { PartyDraft } from './draft.ts'
import styles from './intake.module.css'

const words = catalogue(
  {
    name: 'Họ và tên',
    organisation: 'Tên tổ chức',
    personalId: 'Số định danh cá nhân',
    taxCode: 'Mã số thuế',
    birthDate: 'Ngày sinh',
    gender: 'Giới tính',
    none: 'Không ghi',
    male: 'Nam',
    female: 'Nữ',
    other: 'Khác',
    phone: 'Điện thoại nhận tin',
    email: 'Thư điện tử',
    address: 'Địa chỉ',
    commune: 'Xã, phường',
    communeHint: 'Gõ tên xã, phường',
    change: 'Chọn nơi khác',
    more: 'Giới tính, địa chỉ, xã phường, thư điện tử',
  },
  {
    name: 'Full name',
    organisation: 'Name of the organisation',
    personalId: 'Personal number',
    taxCode: 'Tax code',
    birthDate: 'Date of birth',
    gender: 'Sex',
    none: 'Not stated',
    male: 'Male',
    female: 'Female',
    other: 'Other',
    phone: 'Phone for messages',
    email: 'E-mail',
    address: 'Address',
    commune: 'Commune',
    communeHint: 'Type the commune',
    change: 'Choose another',
    more: 'Sex, address, commune, e-mail',
  },
)

type PartyFieldsProps<P extends PartyDraft> = {
  /** Prefix of the controls' ids, the same as the server's paths: `owner`, `representative`. */
  path: 'owner' | 'representative'
  party: P
  onChange: (change: Partial<PartyDraft>) => void
  errorOf: (path: string) => string | undefined
  /** Labels the name: "Họ và tên chủ hồ sơ". */
  nameLabel?: string
  onLeft?: () => void
}

/** One line for what every dossier needs; the rest opens beneath and stays open once it holds something. */
export function PartyFields<P extends PartyDraft>({
  path,
  party,
  onChange,
  errorOf,
  nameLabel,
}: PartyFieldsProps<P>) {
  const w = useWords(words)
  const person = party.kind === 'person'
  const id = (field: string): string => `${path}.${field}`
  const genders = { male: w.male, female: w.female, other: w.other, '': '' }
  const rest = [genders[party.gender], party.address, party.email, party.commune?.name].filter(Boolean)
  return (
    <div className={styles.party}>
      <div className={styles.partyLine} data-organisation={!person || undefined}>
        <TextField
          id={id('name')}
          label={person ? (nameLabel ?? w.name) : w.organisation}
          value={party.name}
          onChange={(name) => onChange({ name })}
          error={errorOf(id('name'))}
          autoCapitalize="words"
          spellCheck={false}
        />
        {person ? (
          <>
            <PersonIdField
              id={id('personalId')}
              label={w.personalId}
              value={party.personalId}
              onChange={(personalId) => onChange({ personalId })}
              error={errorOf(id('personalId'))}
            />
            <DateField
              id={id('birthDate')}
              label={w.birthDate}
              value={party.birthDate}
              onChange={(birthDate) => onChange({ birthDate })}
              error={errorOf(id('birthDate'))}
            />
          </>
        ) : (
          <TextField
            id={id('personalId')}
            label={w.taxCode}
            className="n"
            inputMode="numeric"
            value={party.personalId}
            onChange={(text) => onChange({ personalId: text.replace(/\D/g, '').slice(0, 13) })}
            error={errorOf(id('personalId'))}
          />
        )}
        <PhoneField
          id={id('phone')}
          label={w.phone}
          value={party.phone}
          onChange={(phone) => onChange({ phone })}
          error={errorOf(id('phone'))}
        />
      </div>
      <details className={styles.more}>
        <summary>
          {w.more}
          {rest.length > 0 ? <span>: {rest.join(' · ')}</span> : null}
        </summary>
        <div className={styles.restLine} data-organisation={!person || undefined}>
          {person ? (
            <SelectField
              id={id('gender')}
              label={w.gender}
              value={party.gender}
              placeholder={w.none}
              onChange={(value) =>
                onChange({
                  gender: value === 'male' || value === 'female' || value === 'other' ? value : '',
                })
              }
              options={[
                { value: 'male', label: w.male },
                { value: 'female', label: w.female },
                { value: 'other', label: w.other },
              ]}
            />
          ) : null}
          <TextField
            id={id('address')}
            label={w.address}
            value={party.address}
            onChange={(address) => onChange({ address })}
            error={errorOf(id('address'))}
          />
          <TextField
            id={id('email')}
            label={w.email}
            type="email"
            value={party.email}
            onChange={(email) => onChange({ email })}
            error={errorOf(id('email'))}
          />
          <CommunePicker
            id={id('commune')}
            commune={party.commune}
            onChange={(commune) => onChange({ commune })}
          />
        </div>
      </details>
    </div>
  )
}

type CommunePickerProps = {
  id: string
  commune: PartyDraft['commune']
  onChange: (commune: PartyDraft['commune']) => void
}

/** Decides which commune resolves; names of the previous list find the place they became. */
function CommunePicker({ id, commune, onChange }: CommunePickerProps) {
  const w = useWords(words)
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const found = useOperation(
    listAdminUnits,
    { q: asked, limit: 8 },
    { enabled: asked.length >= 2, keep: true },
  )
  const places = found.data?.items.filter((place) => place.level === 'commune')
  return (
    <div className={styles.commune}>
      <span className={styles.label}>{w.commune}</span>
      {commune ? (
        <span className={styles.chosen}>
          {commune.name}{' '}
          <button type="button" className={styles.smallButton} onClick={() => onChange(null)}>
            {w.change}
          </button>
        </span>
      ) : (
        <SearchBox
          id={id}
          size="desk"
          label={w.commune}
          placeholder={w.communeHint}
          value={text}
          onChange={setText}
          suggestions={
            asked.length >= 2
              ? places?.map((place) => ({
                  id: place.code,
                  name: place.fullName,
                  detail: place.parentName ?? '',
                }))
              : undefined
          }
          onPick={(picked) => {
            setText('')
            onChange({ code: picked.id, name: picked.name })
          }}
        />
      )}
    </div>
  )
}
