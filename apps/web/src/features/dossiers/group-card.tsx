import { Ban, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import {
  type DossierView,
  dropMember,
  type GroupMember,
  getDossier,
  retryMember,
} from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { isText, useKept } from '../../surfaces/desk/kept.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { TextArea } from '../../ui/field/field.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip, StatusChip } from '../../ui/status/chip.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import type { Tone } from '../../ui/status/status-table.ts'
import styles from './rows-card.module.css'
import { RowsCard } from './rows-card.tsx'
import { useSend } from './use-send.ts'

const words = catalogue(
  {
    title: 'Nhóm thủ tục liên thông',
    expected: (at: string) => `Dự kiến xong ${at}`,
    beyond: 'Sau ngày hẹn trả',
    procedure: 'Thủ tục',
    dossier: 'Hồ sơ',
    unit: 'Cơ quan',
    due: 'Hẹn trả',
    state: 'Tình trạng',
    after: (names: string) => `Sau khi có kết quả: ${names}`,
    again: (n: number) => `lần ${n}`,
    result: (n: string) => `Kết quả số ${n}`,
    why: (reason: string) => `Lý do: ${reason}`,
    retry: 'Làm lại',
    drop: 'Không làm nữa',
    retryTitle: (name: string) => `Làm lại: ${name}`,
    dropTitle: (name: string) => `Không làm nữa: ${name}?`,
    retryLine: 'Thủ tục này được bắt đầu lại bằng một hồ sơ mới, hồ sơ trước được giữ.',
    dropLine: (names: string) =>
      names ? `Các thủ tục cần kết quả này cũng không làm: ${names}.` : 'Các thủ tục khác vẫn tiếp tục.',
    reason: 'Lý do',
    lack: 'Ghi rõ lý do, ít nhất 3 chữ.',
    keep: 'Giữ nguyên',
    retried: (name: string) => `Đã bắt đầu lại ${name}.`,
    dropped: (name: string) => `Không làm ${name} nữa.`,
    partOf: 'Thuộc nhóm liên thông',
  },
  {
    title: 'Group of procedures',
    expected: (at: string) => `Expected to be finished ${at}`,
    beyond: 'After the day promised',
    procedure: 'Procedure',
    dossier: 'Dossier',
    unit: 'Agency',
    due: 'Due',
    state: 'Status',
    after: (names: string) => `After the result of: ${names}`,
    again: (n: number) => `attempt ${n}`,
    result: (n: string) => `Result no. ${n}`,
    why: (reason: string) => `Reason: ${reason}`,
    retry: 'Begin anew',
    drop: 'Leave out',
    retryTitle: (name: string) => `Begin anew: ${name}`,
    dropTitle: (name: string) => `Leave out: ${name}?`,
    retryLine: 'It is begun anew with a dossier of its own; the former one is kept.',
    dropLine: (names: string) =>
      names ? `What needs its result is left out too: ${names}.` : 'The other procedures go on.',
    reason: 'Reason',
    lack: 'Give the reason, at least 3 letters.',
    keep: 'Keep as it is',
    retried: (name: string) => `${name} was begun anew.`,
    dropped: (name: string) => `${name} was left out.`,
    partOf: 'Part of a group',
  },
)

const TONES: Record<GroupMember['state'], Tone> = {
  waiting: 'tro',
  running: 'cham',
  done: 'ngoc',
  failed: 'son',
  dropped: 'tro',
}
type About = { kind: 'retry' | 'drop'; member: GroupMember }

/** The procedures of a group with their own dossiers; what failed is decided here. */
export function GroupCard({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [about, setAbout] = useState<About>()
  const { group } = dossier
  if (!group) return null
  const tone = group.status === 'BLOCKED' ? 'son' : group.status === 'WAITS_FOR_APPLICANT' ? 'sim' : 'cham'
  return (
    <RowsCard
      title={w.title}
      heads={[w.procedure, w.dossier, w.due, w.state]}
      standing={<Chip tone={group.status === 'FINISHED' ? 'ngoc' : tone}>{group.statusWords[language]}</Chip>}
      lines={
        group.expected ? (
          <p className={`${desk.small} n`}>
            {w.expected(formatMoment(group.expected))}{' '}
            {group.beyondDue ? <Chip tone="nghe">{w.beyond}</Chip> : null}
          </p>
        ) : null
      }
      after={
        <Dialog
          open={about !== undefined}
          onClose={() => setAbout(undefined)}
          look="sheet"
          title={
            about
              ? about.kind === 'retry'
                ? w.retryTitle(about.member.name)
                : w.dropTitle(about.member.name)
              : ''
          }
        >
          {about ? (
            <DecideForm code={dossier.code} about={about} onClose={() => setAbout(undefined)} />
          ) : null}
        </Dialog>
      }
    >
      {group.members.map((member) => (
        <tr key={member.key}>
          <th scope="row">
            {member.name}
            {member.attempts > 1 ? `, ${w.again(member.attempts)}` : ''}
            {member.after.length > 0 ? (
              <span className={desk.small}>{w.after(member.after.join(', '))}</span>
            ) : null}
            {member.reason ? <span className={desk.small}>{w.why(member.reason)}</span> : null}
          </th>
          <td>
            {member.dossier ? (
              <>
                <AppLink href={`/desk/ho-so/${member.dossier.code}`}>
                  <span className="n">{member.dossier.code}</span>
                </AppLink>
                <span className={desk.small}>{member.dossier.unit.name}</span>
                {member.dossier.result ? (
                  <span className={desk.small}>{w.result(member.dossier.result)}</span>
                ) : null}
              </>
            ) : null}
          </td>
          <td className="n">{member.dossier?.due ? formatMoment(member.dossier.due) : ''}</td>
          <td>
            <div className={styles.state}>
              {member.dossier && member.state === 'running' ? (
                <>
                  <StatusChip status={member.dossier.status} />
                  <PaceChip pace={member.dossier.pace} words={member.dossier.paceWords} />
                </>
              ) : (
                <Chip tone={TONES[member.state]}>{member.stateWords[language]}</Chip>
              )}
              {member.mayRetry ? (
                <Button icon={RotateCcw} onClick={() => setAbout({ kind: 'retry', member })}>
                  {w.retry}
                </Button>
              ) : null}
              {member.mayDrop ? (
                <Button icon={Ban} onClick={() => setAbout({ kind: 'drop', member })}>
                  {w.drop}
                </Button>
              ) : null}
            </div>
          </td>
        </tr>
      ))}
    </RowsCard>
  )
}

function DecideForm({ code, about, onClose }: { code: string; about: About; onClose: () => void }) {
  const w = useWords(words)
  const { kind, member } = about
  const [reason, keep] = useKept(`member.${code}.${member.key}.${kind}`, '', isText)
  const { send, busy, problems, setProblems } = useSend([getDossier], () => {
    keep('')
    onClose()
  })
  const operation = kind === 'retry' ? retryMember : dropMember
  const submit = (): void => {
    if (reason.trim().length < 3) {
      setProblems([{ field: 'member-reason', message: w.lack }])
      return
    }
    const input = { code, member: member.key, reason: reason.trim() }
    void send(
      (idempotencyKey) => call(operation, input, { idempotencyKey }),
      kind === 'retry' ? w.retried(member.name) : w.dropped(member.name),
    )
  }
  const label = kind === 'retry' ? w.retry : w.drop
  useShortcuts([{ keys: 'Ctrl+Enter', label, run: submit }])
  return (
    <div className={desk.form}>
      {problems.length > 0 ? <ErrorSummary problems={problems} /> : null}
      <p className={desk.hint}>{kind === 'retry' ? w.retryLine : w.dropLine(member.dependants.join(', '))}</p>
      <TextArea id="member-reason" label={w.reason} value={reason} onChange={keep} />
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button
          look={kind === 'retry' ? 'main' : 'danger'}
          shortcut="Ctrl+Enter"
          busy={busy}
          onClick={submit}
        >
          {label}
        </Button>
      </div>
    </div>
  )
}

/** On the page of one of its procedures: the way back to the group. */
export function ParentLink({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  if (!dossier.parent) return null
  return (
    <section className={desk.card}>
      <p>
        {w.partOf}{' '}
        <AppLink href={`/desk/ho-so/${dossier.parent.code}`}>
          <span className="n">{dossier.parent.code}</span>
        </AppLink>
        <span className={desk.small}> {dossier.parent.name}</span>
      </p>
    </section>
  )
}
