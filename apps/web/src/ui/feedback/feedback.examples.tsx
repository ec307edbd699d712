import { CalendarCheck } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../button/button.tsx'
import type { Examples } from '../example.ts'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { EmptyState } from './empty-state.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { Loading, SkeletonLines, SkeletonRows } from './loading.tsx'
import { OfflineStrip, SavedIndicator, StaleNote } from './saved.tsx'
import { ToastCard, useToast } from './toast.tsx'

const nothing = (): void => undefined

function ToastButton() {
  const toast = useToast()
  return (
    <Button
      onClick={() =>
        toast({
          message: 'Đã giao hồ sơ cho ông Vũ Văn Thử.',
          undo: () => toast({ message: 'Đã hoàn tác.' }),
        })
      }
    >
      Giao hồ sơ
    </Button>
  )
}
function Changed() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Lưu thay đổi</Button>
      <ChangedMeanwhile
        open={open}
        who="bà Đỗ Thị Minh Họa"
        when="10:05"
        onClose={() => setOpen(false)}
        onResolve={() => setOpen(false)}
        fields={[
          {
            id: 'address',
            label: 'Nơi trả kết quả',
            theirs: 'Trung tâm Phục vụ hành chính công thành phố Hạ Long, quầy 9',
            mine: 'Qua bưu điện',
          },
          { id: 'phone', label: 'Điện thoại', theirs: '', mine: '0900 000 001' },
        ]}
      />
    </>
  )
}

export const examples: Examples = {
  component: 'Feedback',
  surface: 'desk',
  examples: [
    {
      name: 'empty: why, and one way on',
      render: () => (
        <EmptyState
          icon={CalendarCheck}
          title="Không còn việc nào đến hạn hôm nay. Còn 5 việc sau đó."
          action={<Button onClick={nothing}>Xem 5 việc sau đó</Button>}
        />
      ),
    },
    {
      name: 'error summary',
      render: () => (
        <ErrorSummary
          problems={[
            { field: 'example-id', message: 'Số định danh phải có 12 chữ số.' },
            { message: 'Ngày sinh ở sau hôm nay. Nhập lại theo thẻ.' },
          ]}
          code="7f3a"
        />
      ),
    },
    {
      name: 'skeleton of a list',
      render: () => (
        <Loading after={0}>
          <SkeletonRows rows={3} />
        </Loading>
      ),
    },
    {
      name: 'skeleton of text, slow network',
      render: () => (
        <Loading after={0} slowAfter={0}>
          <SkeletonLines />
        </Loading>
      ),
    },
    {
      name: 'saved',
      render: () => <SavedIndicator state={{ kind: 'saved', at: '2026-04-21T08:51:00+07:00' }} />,
    },
    { name: 'saving', render: () => <SavedIndicator state={{ kind: 'saving' }} /> },
    {
      name: 'saved on this device',
      render: () => <SavedIndicator state={{ kind: 'this-device', at: '2026-04-21T08:51:00+07:00' }} />,
    },
    { name: 'not saved', render: () => <SavedIndicator state={{ kind: 'failed' }} /> },
    { name: 'offline', render: () => <OfflineStrip pending={2} /> },
    { name: 'stale', render: () => <StaleNote minutes={6} /> },
    {
      name: 'toast',
      render: () => (
        <ToastCard
          toast={{ message: 'Đã chuyển 3 hồ sơ sang Phòng nghiệp vụ.', undo: nothing }}
          onClose={nothing}
          onUndo={nothing}
        />
      ),
    },
    { name: 'toast, live', render: () => <ToastButton /> },
    { name: 'changed meanwhile', render: () => <Changed /> },
  ],
}
