import { FileCheck } from 'lucide-react'
import { useState } from 'react'
import type { Examples } from '../example.ts'
import { Checklist, ChecklistCounts, type ChecklistRow } from './checklist.tsx'

const rows: ChecklistRow[] = [
  {
    id: 'form',
    name: 'Đơn đăng ký biến động đất đai, tài sản gắn liền với đất theo Mẫu số 18',
    state: 'enough',
    originals: 1,
    copies: 0,
    trailing: (
      <>
        <FileCheck size={16} aria-hidden="true" /> Đã quét, 2 trang
      </>
    ),
  },
  { id: 'certificate', name: 'Bản gốc Giấy chứng nhận đã cấp', state: 'enough', originals: 1, copies: 1 },
  {
    id: 'map',
    name: 'Mảnh trích đo bản đồ địa chính thửa đất đối với trường hợp người sử dụng đất có nhu cầu đo đạc để xác định lại kích thước các cạnh, diện tích của thửa đất',
    state: 'enough',
    originals: 0,
    copies: 0,
    inStore: true,
  },
  {
    id: 'proof',
    name: 'Bản sao hoặc bản chính giấy tờ chứng minh về việc đổi tên, thay đổi thông tin của người sử dụng đất',
    state: 'missing',
    originals: 0,
    copies: 0,
  },
  {
    id: 'consent',
    name: 'Văn bản của cơ quan có thẩm quyền cho phép hoặc công nhận việc đổi tên đối với tổ chức, người gốc Việt Nam định cư ở nước ngoài',
    state: 'not-applicable',
    originals: 0,
    copies: 0,
    reason: 'Cá nhân',
  },
  {
    id: 'proxy',
    name: 'Văn bản về việc đại diện theo quy định của pháp luật về dân sự',
    state: 'not-applicable',
    originals: 0,
    copies: 0,
  },
]

function Live() {
  const [shown, setShown] = useState(rows)
  return (
    <>
      <ChecklistCounts rows={shown} />
      <Checklist
        label="Thành phần hồ sơ, thử được"
        rows={shown}
        onChange={(id, change) =>
          setShown((before) => before.map((row) => (row.id === id ? { ...row, ...change } : row)))
        }
      />
    </>
  )
}

export const examples: Examples = {
  component: 'Checklist',
  surface: 'desk',
  examples: [
    { name: 'live: space, K, numbers, arrows', render: () => <Live /> },
    {
      name: 'read only, three kinds of copies',
      render: () => (
        <Checklist
          label="Thành phần hồ sơ đã nhận"
          rows={rows}
          kinds={['originals', 'copies', 'certified']}
        />
      ),
    },
    { name: 'no papers', render: () => <Checklist label="Không có giấy tờ" rows={[]} /> },
  ],
}
