import {
  getProcess,
  getProcessVersion,
  listProcesses,
  type ProcessVersion,
  publishProcessVersion,
  withdrawProcessVersion,
} from '#modules/workflow/contract.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { ConfirmSheet } from '../administration/confirm-sheet.tsx'
import { PublishForm } from '../administration/publish-sheet.tsx'

const words = catalogue(
  {
    publish: (n: number) => `Ban hành bản ${n}`,
    publishLead:
      'Hồ sơ nhận từ ngày này đi theo bản mới; hồ sơ đang xử lý đi hết bản cũ (Nghị định 118/2025, Điều 38).',
    decision: 'Số quyết định phê duyệt',
    from: 'Hiệu lực từ ngày',
    publishSubmit: 'Ban hành',
    published: 'Đã ban hành.',
    fill: 'Nhập số quyết định và ngày.',
    withdraw: (n: number) => `Bãi bỏ bản ${n}`,
    withdrawLead:
      'Không hồ sơ mới nào bắt đầu theo bản này; hồ sơ đang xử lý vẫn đi hết. Không lấy lại được.',
    withdrawSubmit: 'Bãi bỏ bản này',
    withdrawn: 'Đã bãi bỏ.',
  },
  {
    publish: (n: number) => `Publish version ${n}`,
    publishLead:
      'Dossiers accepted from this day follow the new version; those under way finish on theirs (Decree 118/2025, Article 38).',
    decision: 'Number of the approving decision',
    from: 'In force from',
    publishSubmit: 'Publish',
    published: 'Published.',
    fill: 'Enter the decision and the date.',
    withdraw: (n: number) => `Withdraw version ${n}`,
    withdrawLead: 'No new dossier starts on it; those under way finish on it. This cannot be taken back.',
    withdrawSubmit: 'Withdraw this version',
    withdrawn: 'Withdrawn.',
  },
)

const READS = [getProcess, getProcessVersion, listProcesses] as const
type SheetProps = { version: ProcessVersion; onClose: () => void }

export function PublishSheet({ version, onClose }: SheetProps) {
  const w = useWords(words)
  const toast = useToast()
  const command = useCommand(publishProcessVersion, {
    refresh: READS,
    onDone: () => {
      toast({ message: w.published })
      onClose()
    },
  })
  return (
    <PublishForm
      form="process-publish"
      title={w.publish(version.version)}
      lead={w.publishLead}
      submit={w.publishSubmit}
      about={version.title}
      words={w}
      command={command}
      onClose={onClose}
      onSubmit={(decided) => void command.run({ id: version.id, ...decided })}
    />
  )
}

export function WithdrawSheet({ version, onClose }: SheetProps) {
  const w = useWords(words)
  const toast = useToast()
  return (
    <ConfirmSheet
      form="process-withdraw"
      title={w.withdraw(version.version)}
      lead={w.withdrawLead}
      submit={w.withdrawSubmit}
      danger
      operation={withdrawProcessVersion}
      refresh={READS}
      input={{ id: version.id }}
      onDone={() => {
        toast({ message: w.withdrawn })
        onClose()
      }}
      onClose={onClose}
    >
      <p className={styles.strong}>{version.title}</p>
    </ConfirmSheet>
  )
}
