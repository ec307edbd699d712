import { FilePlus2, Printer } from 'lucide-react'
import { Button } from '../button/button.tsx'
import type { Examples } from '../example.ts'
import { KeyBar } from '../key/key-bar.tsx'
import { Mark } from '../mark/mark.tsx'
import { Chip } from '../status/chip.tsx'
import { FeeSection, MissingSection, SummaryPanel } from './summary-panel.tsx'

const nothing = (): void => undefined

export const examples: Examples = {
  component: 'Summary and frame',
  surface: 'desk',
  examples: [
    {
      name: 'intake: blocked with its reason',
      render: () => (
        <div style={{ maxWidth: 380 }}>
          <SummaryPanel
            label="Hệ quả của hồ sơ đang nhập"
            due={{
              lead: 'Hẹn trả kết quả',
              date: 'Thứ Sáu 08/05/2026',
              note: 'trước 17:00, nếu nhận đủ trong hôm nay 21/4',
              chip: <Chip tone="cham">10 ngày làm việc</Chip>,
            }}
            actions={
              <>
                <Button wide icon={FilePlus2} shortcut="F9" onClick={nothing}>
                  In phiếu bổ sung (Mẫu 02)
                </Button>
                <Button
                  wide
                  look="main"
                  icon={Printer}
                  shortcut="Ctrl+Enter"
                  blocked="Còn thiếu 1 giấy nên chưa lưu được."
                  onClick={nothing}
                >
                  Lưu và in giấy tiếp nhận
                </Button>
              </>
            }
          >
            <FeeSection
              total={5000}
              lines={[
                { label: 'Đổi thông tin trên sổ', amount: 0 },
                { label: 'Chứng thực bản sao, 3 trang', amount: 5000, arithmetic: '2.000 × 2 + 1.000 × 1' },
              ]}
            />
            <MissingSection papers={['Giấy tờ chứng minh việc đổi tên.']}>
              <p>
                Bổ sung ngay tại quầy, hoặc in một Phiếu yêu cầu bổ sung ghi đủ mọi giấy còn thiếu. Chỉ được
                yêu cầu một lần.
              </p>
            </MissingSection>
          </SummaryPanel>
        </div>
      ),
    },
    {
      name: 'key bar',
      render: () => (
        <KeyBar
          hints={[
            { keys: ['J', 'K'], label: 'lên, xuống' },
            { keys: ['Ctrl', 'K'], label: 'lệnh và tìm kiếm' },
            { keys: ['?'], label: 'mọi phím tắt' },
          ]}
        >
          Vũ Văn Thử · Phòng nghiệp vụ
        </KeyBar>
      ),
    },
    {
      name: 'mark',
      render: () => (
        <div style={{ display: 'flex', gap: 16, padding: 16, background: 'var(--do3)' }}>
          <Mark size={64} />
          <Mark size={24} />
          <span style={{ padding: 8, background: 'var(--cham9)' }}>
            <Mark size={64} on="dark" />
          </span>
        </div>
      ),
    },
    {
      name: 'figures line up',
      render: () => (
        <p className="n" style={{ whiteSpace: 'pre-line', fontSize: 24 }}>
          {'H49.05.12-260421-1111\nH49.05.12-260421-4444\n1.111.111 đ\n4.484.848 đ'}
        </p>
      ),
    },
  ],
}
