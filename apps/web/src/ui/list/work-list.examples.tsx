import { CircleDot, ClockAlert, Inbox } from 'lucide-react'
import { useState } from 'react'
import type { Examples } from '../example.ts'
import { EmptyState } from '../feedback/empty-state.tsx'
import { DueChip } from '../status/due-chip.tsx'
import { type ListGroup, ListWithPreview, TwoLines, WorkList } from './work-list.tsx'

type Task = { code: string; name: string; owner: string; left: number }
const task = (n: number): Task => ({
  code: `260421-${String(n).padStart(4, '0')}`,
  name:
    n % 2
      ? 'Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp chuyển đổi, chuyển nhượng, thừa kế'
      : 'Cấp đổi Giấy chứng nhận',
  owner:
    ['Nguyễn Văn Mẫu', 'Công ty trách nhiệm hữu hạn một thành viên Ví Dụ Minh Họa', 'Hộ ông Đặng Văn Thử'][
      n % 3
    ] ?? '',
  left: n % 9,
})
const many: ListGroup<Task>[] = [
  {
    id: 'today',
    label: 'Đến hạn hôm nay',
    icon: ClockAlert,
    tone: 'nghe',
    items: Array.from({ length: 4 }, (_, i) => task(i + 1)),
  },
  {
    id: 'later',
    label: 'Sau đó',
    icon: CircleDot,
    tone: 'cham',
    items: Array.from({ length: 10_000 }, (_, i) => task(i + 5)),
  },
]

function Live({ groups }: { groups: readonly ListGroup<Task>[] }) {
  const [active, setActive] = useState<string | undefined>(groups[0]?.items[0]?.code)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const shown = groups.flatMap((g) => g.items).find((t) => t.code === active)
  return (
    <div style={{ height: 420 }}>
      <ListWithPreview
        list={
          <WorkList
            label={groups.length > 0 ? 'Việc của tôi' : 'Việc của tôi, trống'}
            groups={groups}
            keyOf={(t) => t.code}
            nameOf={(t) => `${t.code}, ${t.owner}`}
            active={active}
            onActive={setActive}
            selected={selected}
            onSelected={setSelected}
            onOpen={(t) => setActive(t.code)}
            columns={[
              {
                id: 'due',
                head: 'Tình trạng',
                width: '130px',
                cell: (t) => (
                  <DueChip
                    due={
                      t.left < 5
                        ? { kind: 'due-soon', left: { amount: t.left + 1, unit: 'HOUR' } }
                        : { kind: 'on-track' }
                    }
                  />
                ),
              },
              {
                id: 'name',
                head: 'Thủ tục, hồ sơ',
                width: 'minmax(0, 1fr)',
                cell: (t) => <TwoLines title={t.name} detail={`${t.code} · ${t.owner}`} />,
              },
              { id: 'held', head: 'Đã giữ', width: '70px', align: 'end', cell: (t) => `${t.left} ngày` },
            ]}
            empty={
              <EmptyState
                icon={Inbox}
                title="Không còn việc nào. Việc mới sẽ hiện ở đây ngay khi được giao."
              />
            }
          />
        }
        preview={
          shown ? (
            <>
              <p className="n">{shown.code}</p>
              <h4>{shown.name}</h4>
              <p>{shown.owner}</p>
            </>
          ) : (
            <p>Chọn một hồ sơ để xem trước.</p>
          )
        }
      />
    </div>
  )
}

export const examples: Examples = {
  component: 'List and preview',
  surface: 'desk',
  examples: [
    { name: 'ten thousand rows in groups', render: () => <Live groups={many} /> },
    { name: 'empty', render: () => <Live groups={[]} /> },
  ],
}
