import { Printer, QrCode } from 'lucide-react'
import type { Examples } from '../example.ts'
import { Button, IconButton } from './button.tsx'

const nothing = (): void => undefined

export const examples: Examples = {
  component: 'Button',
  surface: 'desk',
  examples: [
    {
      name: 'main, with its key',
      render: () => (
        <Button look="main" icon={Printer} shortcut="Ctrl+Enter" onClick={nothing}>
          Lưu và in giấy tiếp nhận
        </Button>
      ),
    },
    {
      name: 'outline',
      render: () => (
        <Button icon={QrCode} onClick={nothing}>
          Quét mã
        </Button>
      ),
    },
    {
      name: 'quiet',
      render: () => (
        <Button look="quiet" onClick={nothing}>
          Xem đủ tên
        </Button>
      ),
    },
    {
      name: 'danger',
      render: () => (
        <Button look="danger" shortcut="R" onClick={nothing}>
          Trả lại, ghi lý do
        </Button>
      ),
    },
    {
      name: 'blocked: says why and what unblocks it',
      render: () => (
        <Button
          look="main"
          blocked="Còn thiếu 1 giấy. Bổ sung ngay hoặc in phiếu yêu cầu bổ sung."
          onClick={nothing}
        >
          Lưu và in giấy tiếp nhận
        </Button>
      ),
    },
    {
      name: 'busy',
      render: () => (
        <Button look="main" busy onClick={nothing}>
          Đang lưu hồ sơ
        </Button>
      ),
    },
    {
      name: 'icon with an accessible word',
      render: () => <IconButton icon={Printer} label="In giấy tiếp nhận" onClick={nothing} />,
    },
  ],
}
