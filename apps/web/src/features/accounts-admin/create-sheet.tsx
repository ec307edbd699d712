import { useState } from 'react'
import { createAccount, listAccounts } from '#modules/identity/contract.ts'
import { listCounters } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { SelectField, TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { fieldError } from '../administration/problem.tsx'
import { type PickedUnit, UnitPicker } from '../administration/unit-picker.tsx'
import { accountsWords } from './accounts-words.ts'
import { type OneTime, OneTimePassword } from './one-time-password.tsx'

const words = catalogue(
  {
    title: 'Mở tài khoản',
    lead: 'Tài khoản mở ra chưa có quyền nào; cấp quyền ở bước sau. Mật khẩu dùng một lần hiện đúng một lần.',
    usernameHint: '3 đến 60 ký tự: chữ không dấu, số, chấm, gạch',
    agencyHint: 'Cơ quan mà đơn vị thuộc về; thường là chính đơn vị',
    centre: 'Trung tâm nơi người này làm việc (nếu có)',
    noCounter: 'Chưa có quầy',
    submit: 'Mở tài khoản',
    fill: 'Nhập tên đăng nhập, họ tên, chức vụ và chọn đơn vị.',
  },
  {
    title: 'Open an account',
    lead: 'The account opens without any right; rights are given next. The one-time password is shown exactly once.',
    usernameHint: '3 to 60 characters: letters without accents, digits, dot, dash',
    agencyHint: 'The agency that the unit belongs to; often the unit itself',
    centre: 'Centre where the person serves (if any)',
    noCounter: 'No counter yet',
    submit: 'Open the account',
    fill: 'Enter user name, name and position, and choose the unit.',
  },
)

export function CreateSheet({ onClose }: { onClose: () => void }) {
  const w = useWords(words)
  const aw = useWords(accountsWords)
  const { language } = useLanguage()
  const [values, setValues] = useState({ username: '', name: '', position: '', counter: '' })
  const [unit, setUnit] = useState<PickedUnit | null>(null)
  const [agency, setAgency] = useState<PickedUnit | null>(null)
  const [centre, setCentre] = useState<PickedUnit | null>(null)
  const [secret, setSecret] = useState<OneTime>()
  const counters = useOperation(listCounters, { centre: centre?.id ?? '' }, { enabled: centre !== null })
  const command = useCommand(createAccount, { refresh: [listAccounts], onDone: setSecret })
  const field = (name: keyof typeof values) => ({
    id: `account-${name}`,
    value: values[name],
    onChange: (value: string) => setValues({ ...values, [name]: value }),
    error: fieldError(command.problem, name, language),
  })
  if (secret) return <OneTimePassword secret={secret} onClose={onClose} />
  const ready =
    /^[a-z0-9][a-z0-9._-]{2,59}$/i.test(values.username.trim()) &&
    values.name.trim().length >= 2 &&
    values.position.trim().length >= 2 &&
    unit !== null
  return (
    <FormSheet
      form="account"
      title={w.title}
      lead={w.lead}
      submit={w.submit}
      blocked={ready ? undefined : w.fill}
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (unit)
          void command.run({
            username: values.username,
            name: values.name,
            position: values.position,
            unit: unit.id,
            agency: (agency ?? unit).id,
            centre: centre?.id ?? null,
            counter: values.counter || null,
          })
      }}
    >
      <TextField label={aw.username} hint={w.usernameHint} spellCheck={false} {...field('username')} />
      <TextField label={aw.name} {...field('name')} />
      <TextField label={aw.position} {...field('position')} />
      <UnitPicker
        id="account-unit"
        label={aw.unit}
        value={unit}
        onChange={(next) => {
          setUnit(next)
          setAgency((before) => before ?? next)
        }}
        error={fieldError(command.problem, 'unit', language)}
      />
      <UnitPicker
        id="account-agency"
        label={`${aw.agency}. ${w.agencyHint}`}
        value={agency}
        onChange={setAgency}
        error={fieldError(command.problem, 'agency', language)}
      />
      <UnitPicker
        id="account-centre"
        label={w.centre}
        centres
        value={centre}
        onChange={(next) => {
          setCentre(next)
          setValues({ ...values, counter: '' })
        }}
        error={fieldError(command.problem, 'centre', language)}
      />
      {centre ? (
        <SelectField
          label={aw.counter}
          placeholder={w.noCounter}
          options={(counters.data?.items ?? [])
            .filter(({ closedOn }) => closedOn === null)
            .map(({ id, number, name }) => ({ value: id, label: `${number}. ${name}` }))}
          {...field('counter')}
        />
      ) : null}
    </FormSheet>
  )
}
