import { FolderOpen, Hand } from 'lucide-react'
import type { TaskItem } from '#modules/dossiers/contract.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { StatusChip } from '../../ui/status/chip.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import { dueInFull } from './due-text.ts'

const words = catalogue(
  {
    owner: 'Chủ hồ sơ',
    received: 'Nhận tại',
    promised: 'Hẹn trả dân',
    step: 'Hạn bước',
    unit: 'Nơi làm',
    holder: 'Người giữ',
    used: (used: string, all: string) => `Đã dùng ${used} trên ${all} giờ của bước`,
    left: 'Bước trước để lại',
    nothing: 'Bước trước không ghi ý kiến.',
    open: (task: string) => `Mở để ${task}`,
    view: 'Mở xem hồ sơ',
    claim: 'Nhận việc',
  },
  {
    owner: 'Owner',
    received: 'Received at',
    promised: 'Promised',
    step: 'Step due',
    unit: 'Done by',
    holder: 'Held by',
    used: (used: string, all: string) => `${used} of ${all} hours of the step used`,
    left: 'Left by the former step',
    nothing: 'The former step left no opinion.',
    open: (task: string) => `Open: ${task}`,
    view: 'Open the dossier',
    claim: 'Take the task',
  },
)

const hours = (n: number): string => String(Math.round(n * 10) / 10).replace('.', ',')
const lowerFirst = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)

type TaskPreviewProps = {
  task: TaskItem
  busy: boolean
  onOpen: () => void
  /** Present where the task is free to take. */
  onClaim?: (() => void) | undefined
}

/** Everything the list already knows about a task; nothing more is loaded and no personal data is opened. */
export function TaskPreview({ task, busy, onOpen, onClaim }: TaskPreviewProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { dossier } = task
  const share = task.hours > 0 ? Math.min(100, (task.usedHours / task.hours) * 100) : 0
  return (
    <div className={desk.stack}>
      <div className={desk.cardHead}>
        <strong className="n">{dossier.code}</strong>
        <PaceChip pace={task.pace} words={task.paceWords} />
      </div>
      <h2 style={{ fontSize: '1.25rem' }}>{dossier.procedureName}</h2>
      <dl className={desk.facts}>
        <dt>{w.owner}</dt>
        <dd>{dossier.owner}</dd>
        <dt>{w.received}</dt>
        <dd>
          {dossier.receivingCentre}, <span className="n">{formatMoment(dossier.receivedAt)}</span>
        </dd>
        <dt>{w.promised}</dt>
        <dd className="n">{dueInFull(dossier.due, language)}</dd>
        <dt>{w.step}</dt>
        <dd className="n">{dueInFull(task.due, language)}</dd>
        <dt>{w.unit}</dt>
        <dd>{task.unit.name}</dd>
        {task.assignee ? (
          <>
            <dt>{w.holder}</dt>
            <dd>{task.assignee.name}</dd>
          </>
        ) : null}
      </dl>
      {dossier.state === 'PROCESSING' || dossier.state === 'ACCEPTED' ? null : (
        <div>
          <StatusChip status={dossier.status} />
        </div>
      )}
      {task.hours > 0 ? (
        <div>
          <strong>{w.used(hours(task.usedHours), hours(task.hours))}</strong>
          <span className={desk.meter} data-over={task.usedHours > task.hours} aria-hidden="true">
            <span style={{ width: `${share}%` }} />
          </span>
        </div>
      ) : null}
      <section>
        <h3 className={desk.section}>{w.left}</h3>
        {task.lastOpinion ? (
          <p className={desk.quote}>
            {task.lastOpinion.text}
            <span className={desk.by}>
              {task.lastOpinion.actor}, <span className="n">{formatMoment(task.lastOpinion.at)}</span>
            </span>
          </p>
        ) : (
          <p className={desk.muted}>{w.nothing}</p>
        )}
      </section>
      {onClaim ? (
        <div className={desk.stack}>
          <Button look="main" wide icon={Hand} shortcut="N" busy={busy} onClick={onClaim}>
            {w.claim}
          </Button>
          <Button wide icon={FolderOpen} shortcut="Enter" onClick={onOpen}>
            {w.view}
          </Button>
        </div>
      ) : (
        <Button look="main" wide shortcut="Enter" onClick={onOpen}>
          {w.open(language === 'vi' ? lowerFirst(task.name) : task.name)}
        </Button>
      )}
    </div>
  )
}
