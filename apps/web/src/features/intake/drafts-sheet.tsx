import { Pencil, Trash2 } from 'lucide-react'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { TwoLines } from '../../ui/list/work-list.tsx'
import type { IntakeDraft } from './draft.ts'
import styles from './intake.module.css'

const words = catalogue(
  {
    title: 'Hồ sơ đang nhập dở',
    none: 'Không có hồ sơ nào đang nhập dở.',
    resume: 'Nhập tiếp',
    discard: 'Bỏ',
    nobody: 'Chưa ghi tên',
    noProcedure: 'Chưa chọn thủ tục',
  },
  {
    title: 'Unfinished intakes',
    none: 'There is no unfinished intake.',
    resume: 'Go on',
    discard: 'Discard',
    nobody: 'No name yet',
    noProcedure: 'No procedure yet',
  },
)

type DraftsSheetProps = {
  open: boolean
  onClose: () => void
  drafts: readonly IntakeDraft[]
  onResume: (draft: IntakeDraft) => void
  onDiscard: (draft: IntakeDraft) => void
}

export function DraftsSheet({ open, onClose, drafts, onResume, onDiscard }: DraftsSheetProps) {
  const w = useWords(words)
  return (
    <Dialog open={open} onClose={onClose} look="sheet" title={w.title}>
      {drafts.length === 0 ? <EmptyState title={w.none} /> : null}
      <ul>
        {drafts.map((draft) => (
          <li key={draft.id} className={styles.draft}>
            <TwoLines
              title={draft.owner.name || w.nobody}
              detail={`${formatMoment(draft.savedAt)} · ${draft.procedure?.name ?? w.noProcedure}`}
            />
            <span className={styles.fileButtons}>
              <Button icon={Pencil} onClick={() => onResume(draft)}>
                {w.resume}
              </Button>
              <Button look="quiet" icon={Trash2} onClick={() => onDiscard(draft)}>
                {w.discard}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
