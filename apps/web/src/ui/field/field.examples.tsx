import { Building2, Mail, Smartphone } from 'lucide-react'
import { useState } from 'react'
import type { Examples } from '../example.ts'
import { MaskedNumber } from '../masked/masked-number.tsx'
import { SearchBox, type Suggestion } from '../search/search-box.tsx'
import { Tabs } from '../tabs/tabs.tsx'
import {
  DateField,
  MoneyField,
  PersonIdField,
  PhoneField,
  SelectField,
  TextArea,
  TextField,
} from './field.tsx'
import { CardChoice, SegmentedChoice } from './segmented-choice.tsx'

function Fields({ error }: { error?: string }) {
  const [name, setName] = useState('Nguyễn Văn Mẫu')
  const [id, setId] = useState('000000000001')
  const [birth, setBirth] = useState('01/01/1954')
  const [phone, setPhone] = useState('0900000001')
  const [money, setMoney] = useState('10000')
  const [note, setNote] = useState('')
  const [kind, setKind] = useState('')
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))', gap: 12 }}>
      <TextField label="Họ và tên chủ hồ sơ" value={name} onChange={setName} error={error} />
      <PersonIdField
        label="Số định danh cá nhân"
        id={error ? undefined : 'example-id'}
        value={id}
        onChange={setId}
        error={error}
      />
      <DateField label="Ngày sinh" value={birth} onChange={setBirth} error={error} />
      <PhoneField
        label="Điện thoại nhận tin"
        value={phone}
        onChange={setPhone}
        hint="Để chúng tôi nhắn khi có kết quả"
        error={error}
      />
      <MoneyField label="Số tiền nộp" value={money} onChange={setMoney} error={error} />
      <SelectField
        label="Loại giấy tờ"
        value={kind}
        onChange={setKind}
        placeholder="Chọn loại"
        options={[
          { value: 'card', label: 'Thẻ căn cước' },
          { value: 'passport', label: 'Hộ chiếu' },
        ]}
        error={error}
      />
      <TextArea label="Lý do" value={note} onChange={setNote} optional error={error} />
    </div>
  )
}
type Way = 'counter' | 'post' | 'digital'
function Choices() {
  const [way, setWay] = useState<Way>('counter')
  const [one, setOne] = useState<'person' | 'list'>('person')
  return (
    <div style={{ display: 'grid', gap: 20 }}>
      <SegmentedChoice<Way>
        label="Trả kết quả"
        value={way}
        onChange={setWay}
        options={[
          { value: 'counter', label: 'Tại quầy', icon: Building2 },
          { value: 'post', label: 'Bưu điện', icon: Mail },
          { value: 'digital', label: 'Bản điện tử', icon: Smartphone, disabled: true },
        ]}
      />
      <CardChoice
        label="Ông/bà thuộc trường hợp nào?"
        value={one}
        onChange={setOne}
        options={[
          { value: 'person', label: 'Cá nhân, hộ gia đình', detail: 'Ở nhà mình, nhà thuê, mượn, ở nhờ' },
          { value: 'list', label: 'Nhiều người theo danh sách' },
        ]}
      />
    </div>
  )
}
const found: Suggestion[] = [
  { id: '1', name: 'Đổi tên, đổi thông tin người sử dụng đất trên sổ', detail: 'Đất đai', code: '1.013833' },
  { id: '2', name: 'Đăng ký tạm trú', detail: 'Cư trú', code: '1.004194' },
]
function Search({ text, list, near }: { text: string; list: Suggestion[]; near?: boolean }) {
  const [value, setValue] = useState(text)
  return (
    <SearchBox
      label={`Tìm thủ tục (${text || 'trống'})`}
      placeholder="Thí dụ: sang tên sổ đỏ"
      value={value}
      onChange={setValue}
      suggestions={list}
      near={near}
      onPick={(s) => setValue(s.name)}
      help="Không thấy? Hỏi quầy hướng dẫn tại trung tâm."
    />
  )
}
type Part = 'all' | 'papers'
function TabExample() {
  const [tab, setTab] = useState<Part>('all')
  return (
    <Tabs<Part>
      label="Phần của hồ sơ"
      tabs={[
        { value: 'all', label: 'Tổng quan' },
        { value: 'papers', label: 'Thành phần', count: 6 },
      ]}
      value={tab}
      onChange={setTab}
    >
      <p>{tab === 'all' ? 'Tổng quan hồ sơ' : 'Sáu giấy tờ'}</p>
    </Tabs>
  )
}

export const examples: Examples = {
  component: 'Input',
  surface: 'desk',
  examples: [
    { name: 'fields', render: () => <Fields /> },
    { name: 'fields with errors', render: () => <Fields error="Ô này chưa đúng. Nhập theo giấy tờ." /> },
    { name: 'choices', render: () => <Choices /> },
    { name: 'tabs', render: () => <TabExample /> },
    {
      name: 'masked number',
      render: () => (
        <MaskedNumber
          what="số định danh"
          lastDigits="0001"
          length={12}
          reasons={['Đối chiếu giấy tờ khi tiếp nhận', 'Thẩm định hồ sơ']}
          onReveal={() => Promise.resolve('000000000001')}
        />
      ),
    },
    {
      name: 'masked, cannot be opened',
      render: () => <MaskedNumber what="điện thoại" lastDigits="001" length={10} reasons={[]} />,
    },
    { name: 'search, empty', render: () => <Search text="" list={[]} /> },
    { name: 'search, with suggestions (focus it)', render: () => <Search text="doi ten" list={found} /> },
    { name: 'search, near names only', render: () => <Search text="tam tru xx" list={found} near /> },
  ],
}
