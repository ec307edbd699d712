import { Plus, Trash2 } from 'lucide-react'
import { Button } from '../../ui/button/button.tsx'
import { SelectField, TextArea, TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import type { ActionValues } from './action-values.ts'

const words = catalogue(
  {
    phone: 'Số điện thoại mới',
    email: 'Thư điện tử mới',
    address: 'Địa chỉ mới',
    note: 'Nội dung đề nghị điều chỉnh',
    returnWay: 'Cách nhận kết quả',
    unchanged: 'Giữ như cũ',
    counter: 'Tại trung tâm',
    postal: 'Qua bưu chính',
    electronic: 'Bản điện tử',
    returnAddress: 'Địa chỉ nhận kết quả',
    fault: 'Vì sao phải bổ sung thêm',
    ours: 'Cơ quan hướng dẫn chưa đủ',
    theirs: 'Người nộp không làm theo hướng dẫn',
    lost: (n: number) => `${n}. Giấy tờ bị mất`,
    remadeBy: 'Ai làm lại',
    add: 'Thêm giấy tờ',
    remove: (n: number) => `Bỏ giấy tờ ${n}`,
    handedBack: 'Giấy tờ trả lại người nộp',
    handedBackHint: 'Mỗi giấy một dòng.',
  },
  {
    phone: 'New phone number',
    email: 'New e-mail',
    address: 'New address',
    note: 'What is asked to be adjusted',
    returnWay: 'Way of return',
    unchanged: 'As before',
    counter: 'At the centre',
    postal: 'By post',
    electronic: 'Electronically',
    returnAddress: 'Address of return',
    fault: 'Why papers are needed again',
    ours: 'Our guidance was not complete',
    theirs: 'The applicant did not follow the guidance',
    lost: (n: number) => `${n}. Lost paper`,
    remadeBy: 'Who makes it again',
    add: 'Add a paper',
    remove: (n: number) => `Remove paper ${n}`,
    handedBack: 'Papers handed back',
    handedBackHint: 'One paper a line.',
  },
)

type Adjustment = ActionValues['adjustment']
type AdjustmentProps = { values: Adjustment; onChange: (values: Adjustment) => void }

/** What the applicant asks to change; an empty field stays as it was. */
export function AdjustmentFields({ values, onChange }: AdjustmentProps) {
  const w = useWords(words)
  const text = (field: 'phone' | 'email' | 'address' | 'returnAddress', label: string) => (
    <TextField
      id={field === 'phone' ? 'adjustment' : field}
      label={label}
      optional
      value={values[field]}
      onChange={(value) => onChange({ ...values, [field]: value })}
    />
  )
  return (
    <>
      {text('phone', w.phone)}
      {text('email', w.email)}
      {text('address', w.address)}
      <TextArea
        id="note"
        label={w.note}
        rows={3}
        optional
        value={values.note}
        onChange={(note) => onChange({ ...values, note })}
      />
      <SelectField
        id="returnWay"
        label={w.returnWay}
        value={values.returnWay}
        onChange={(chosen) => onChange({ ...values, returnWay: WAYS.find((way) => way === chosen) ?? '' })}
        options={[{ value: '', label: w.unchanged }, ...WAYS.map((way) => ({ value: way, label: w[way] }))]}
      />
      {text('returnAddress', w.returnAddress)}
    </>
  )
}
const WAYS = ['counter', 'postal', 'electronic'] as const

export function FaultChoice({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const w = useWords(words)
  return (
    <SegmentedChoice
      label={w.fault}
      value={value ? 'theirs' : 'ours'}
      options={[
        { value: 'ours', label: w.ours },
        { value: 'theirs', label: w.theirs },
      ]}
      onChange={(chosen) => onChange(chosen === 'theirs')}
    />
  )
}

type LostProps = { lost: ActionValues['lost']; onChange: (lost: ActionValues['lost']) => void }

/** Each paper that was lost, and who makes it again: the applicant is not sent for it. */
export function LostFields({ lost, onChange }: LostProps) {
  const w = useWords(words)
  const change = (at: number, next: Partial<ActionValues['lost'][number]>): void =>
    onChange(lost.map((one, index) => (index === at ? { ...one, ...next } : one)))
  return (
    <>
      {lost.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: papers have no identity but their place
        <div key={index}>
          <TextField
            id={index === 0 ? 'lost' : `lost-${index}`}
            label={w.lost(index + 1)}
            value={one.what}
            onChange={(what) => change(index, { what })}
          />
          <TextField
            id={`remade-${index}`}
            label={w.remadeBy}
            value={one.remadeBy}
            onChange={(remadeBy) => change(index, { remadeBy })}
          />
          {lost.length > 1 ? (
            <Button
              look="quiet"
              icon={Trash2}
              onClick={() => onChange(lost.filter((_, other) => other !== index))}
            >
              {w.remove(index + 1)}
            </Button>
          ) : null}
        </div>
      ))}
      <Button icon={Plus} onClick={() => onChange([...lost, { what: '', remadeBy: '' }])}>
        {w.add}
      </Button>
    </>
  )
}

export function HandedBackField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const w = useWords(words)
  return (
    <TextArea
      id="handedBack"
      label={w.handedBack}
      hint={w.handedBackHint}
      rows={3}
      optional
      value={value}
      onChange={onChange}
    />
  )
}
