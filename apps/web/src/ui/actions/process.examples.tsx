import { CalendarPlus, FilePlus2, MessagesSquare, Send, Undo2 } from 'lucide-react'
import type { Examples } from '../example.ts'
import { StepStrip } from '../steps/step-strip.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { ActionPanel } from './action-panel.tsx'

const nothing = (): void => undefined

export const examples: Examples = {
  component: 'Process',
  surface: 'desk',
  examples: [
    {
      name: 'action panel',
      render: () => (
        <div style={{ maxWidth: 360 }}>
          <ActionPanel
            lead="Bước này cần ông/bà"
            title="Thẩm định hồ sơ"
            due={
              <>
                Hạn <strong>10:20 thứ Tư 29/4</strong>, còn 3 ngày làm việc
              </>
            }
            actions={[
              {
                id: 'submit',
                label: 'Trình lãnh đạo ký',
                icon: Send,
                shortcut: 'Ctrl+Enter',
                main: true,
                run: nothing,
              },
              {
                id: 'supplement',
                label: 'Yêu cầu bổ sung',
                icon: FilePlus2,
                shortcut: 'B',
                limit: 'Chỉ được yêu cầu đến 17:00 hôm nay',
                run: nothing,
              },
              {
                id: 'consult',
                label: 'Lấy ý kiến cơ quan khác',
                icon: MessagesSquare,
                shortcut: 'Y',
                run: nothing,
              },
              {
                id: 'back',
                label: 'Trả lại bước trước',
                icon: Undo2,
                shortcut: 'R',
                irreversible: {
                  consequences: [
                    'Bà Đỗ Thị Minh Họa nhận lại hồ sơ ngay.',
                    'Hạn trả người dân 08/05/2026 không đổi.',
                  ],
                },
                run: nothing,
              },
              {
                id: 'extend',
                label: 'Xin gia hạn (một lần)',
                icon: CalendarPlus,
                shortcut: 'G',
                blocked: 'Đã gia hạn ngày 22/4. Chỉ được một lần.',
                run: nothing,
              },
            ]}
          />
        </div>
      ),
    },
    {
      name: 'nothing to do here',
      render: () => (
        <ActionPanel
          title="Ký duyệt"
          actions={[]}
          waitingFor="Việc này thuộc bước Ký duyệt, đang ở bà Đỗ Thị Minh Họa."
        />
      ),
    },
    {
      name: 'step strip',
      render: () => (
        <StepStrip
          label="Quy trình, phiên bản 4"
          steps={[
            {
              id: '1',
              name: 'Tiếp nhận',
              who: 'Quầy 3, TP. Hạ Long',
              state: 'done',
              usedHours: 0.2,
              hours: 4,
              when: '21/4',
            },
            {
              id: '2',
              name: 'Chuyển, phân công',
              who: 'Văn thư Văn phòng Đăng ký đất đai',
              state: 'done',
              usedHours: 1.4,
              hours: 4,
              when: '21/4',
            },
            {
              id: '3',
              name: 'Thẩm định',
              who: 'Vũ Văn Thử',
              state: 'now',
              usedHours: 24,
              hours: 40,
              when: 'hạn 29/4',
            },
            {
              id: '4',
              name: 'Ký duyệt',
              who: 'Lãnh đạo Văn phòng Đăng ký đất đai',
              state: 'ahead',
              hours: 24,
              when: 'dự kiến 06/5',
            },
            {
              id: '5',
              name: 'Trả kết quả',
              who: 'TP. Hạ Long, quầy 9',
              state: 'ahead',
              hours: 8,
              when: '08/5',
            },
          ]}
        />
      ),
    },
    {
      name: 'step overdue',
      render: () => (
        <StepStrip
          label="Bước quá hạn"
          steps={[
            {
              id: '1',
              name: 'Thẩm định',
              who: 'Vũ Văn Thử',
              state: 'now',
              usedHours: 48,
              hours: 40,
              when: 'hạn 29/4',
              overdue: true,
            },
          ]}
        />
      ),
    },
    {
      name: 'timeline, with a delay explained where it happened',
      render: () => (
        <Timeline
          label="Hồ sơ đã qua những đâu"
          items={[
            {
              id: '1',
              title: 'Tiếp nhận',
              state: 'done',
              when: '21/4, 08:58',
              detail: 'Trung tâm Phục vụ hành chính công thành phố Hạ Long, quầy 3',
            },
            {
              id: '2',
              title: 'Chuyển cơ quan giải quyết',
              state: 'done',
              when: '21/4, 09:10',
              detail: 'Văn phòng Đăng ký đất đai',
            },
            {
              id: '3',
              title: 'Thẩm định hồ sơ',
              state: 'now',
              when: 'đang làm',
              detail: 'Phòng nghiệp vụ giữ hồ sơ từ 21/4, hạn bước này 29/4',
              delay: 'Chúng tôi xin lỗi: chậm 2 ngày vì chưa có kết quả đo đạc. Hẹn lại thứ Ba 12/5.',
            },
            { id: '4', title: 'Lãnh đạo ký duyệt', state: 'expected', when: 'dự kiến 06/5' },
            {
              id: '5',
              title: 'Trả kết quả',
              state: 'expected',
              when: 'chậm nhất 08/5',
              detail: 'Tại quầy trả kết quả, TP. Hạ Long',
            },
          ]}
        />
      ),
    },
  ],
}
