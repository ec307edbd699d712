import { FileText, Printer } from 'lucide-react'
import { type DossierView, getDossierFile, type StepView } from '#modules/dossiers/contract.ts'
import { addressOf } from '../../api/call.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatDayMonth, formatMoment, partsOf } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { type Step, StepStrip } from '../../ui/steps/step-strip.tsx'
import { Timeline } from '../../ui/timeline/timeline.tsx'
import styles from './dossier.module.css'
import { newestFirst } from './newest-first.ts'
import { openPaper } from './use-actions.ts'

const words = catalogue(
  {
    process: 'Quy trình',
    used: (used: string, all: string) => `Đã dùng ${used} trên ${all} giờ làm việc`,
    until: (day: string) => `hạn ${day}`,
    expected: 'chưa tới',
    papers: 'Thành phần hồ sơ',
    enough: 'Đủ',
    missing: (n: number) => `Thiếu ${n}`,
    paper: 'Giấy tờ',
    copies: 'Bản giấy',
    file: 'Tệp',
    originals: (n: number) => `${n} chính`,
    plain: (n: number) => `${n} sao`,
    certified: (n: number) => `${n} chứng thực`,
    'in-database': 'Kho dữ liệu',
    'not-applicable': 'Không áp dụng',
    isMissing: 'Thiếu',
    noFile: 'chưa có tệp',
    noFiles: 'Chưa có giấy nào được số hóa thành tệp.',
    leftOut: (n: number) => `${n} giấy không áp dụng.`,
    timeline: 'Diễn biến',
    opinions: 'Ý kiến xử lý',
    noOpinions: 'Chưa có ý kiến nào. Ý kiến ghi ở từng bước sẽ hiện ở đây.',
    prints: 'Giấy in',
    issued: (at: string) => `cấp ${at}`,
    noPrints: 'Hồ sơ này chưa có giấy nào để in.',
    print: 'In',
    result: 'Kết quả',
    number: (n: string, date: string) => `Số ${n}, ngày ${date}`,
    signed: (office: string, who: string) => `${office}: ${who}`,
    sealed: (seal: string) => `Đóng dấu tại Trung tâm: ${seal}`,
    handed: (who: string, when: string, by: string) => `Đã trao cho ${who}, ${when}, người trao ${by}.`,
  },
  {
    process: 'Process',
    used: (used: string, all: string) => `${used} of ${all} working hours used`,
    until: (day: string) => `due ${day}`,
    expected: 'ahead',
    papers: 'Papers of the dossier',
    enough: 'Complete',
    missing: (n: number) => `${n} missing`,
    paper: 'Paper',
    copies: 'On paper',
    file: 'File',
    originals: (n: number) => `${n} original`,
    plain: (n: number) => `${n} copy`,
    certified: (n: number) => `${n} certified`,
    'in-database': 'Data store',
    'not-applicable': 'Not applicable',
    isMissing: 'Missing',
    noFile: 'no file yet',
    noFiles: 'No paper has been scanned to a file yet.',
    leftOut: (n: number) => `${n} papers do not apply.`,
    timeline: 'History',
    opinions: 'Opinions',
    noOpinions: 'There is no opinion yet. Opinions of the steps appear here.',
    prints: 'Forms',
    issued: (at: string) => `issued ${at}`,
    noPrints: 'There is no form to print yet.',
    print: 'Print',
    result: 'Result',
    number: (n: string, date: string) => `No. ${n} of ${date}`,
    signed: (office: string, who: string) => `${office}: ${who}`,
    sealed: (seal: string) => `Sealed at the centre: ${seal}`,
    handed: (who: string, when: string, by: string) => `Handed to ${who}, ${when}, by ${by}.`,
  },
)

const hours = (n: number): string => String(Math.round(n * 10) / 10).replace('.', ',')

export function ProcessCard({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  const { process } = dossier
  // A group has no steps of its own but the hand-over: its procedures say where it stands.
  if (!process || dossier.group) return null
  const toStep = (step: StepView): Step => ({
    id: step.step,
    name: step.name,
    who: step.assignee ?? step.unit?.name ?? '',
    state: step.state === 'current' ? 'now' : step.state === 'done' ? 'done' : 'ahead',
    hours: step.hours,
    ...(step.usedHours === null ? {} : { usedHours: step.usedHours }),
    when: step.doneAt
      ? formatDayMonth(partsOf(step.doneAt).date)
      : step.due
        ? w.until(formatDayMonth(partsOf(step.due).date))
        : w.expected,
    overdue: step.state === 'current' && step.hours > 0 && (step.usedHours ?? 0) > step.hours,
  })
  const used = process.steps.reduce((sum, step) => sum + (step.usedHours ?? 0), 0)
  return (
    <section className={desk.card} aria-labelledby="process-title">
      <div className={desk.cardHead}>
        <h2 id="process-title">{w.process}</h2>
        <span className={desk.small}>{w.used(hours(used), hours(process.totalHours))}</span>
      </div>
      <StepStrip label={w.process} steps={process.steps.map(toStep)} />
    </section>
  )
}

/** On the overview only what lies there or lacks; `whole` shows every row. */
export function PapersTable({ dossier, whole }: { dossier: DossierView; whole: boolean }) {
  const w = useWords(words)
  const missing = dossier.components.filter(({ status }) => status === 'missing').length
  const left = dossier.components.filter(({ status }) => status === 'not-applicable').length
  // What does not apply is read last, if at all.
  const asked = dossier.components.filter(({ status }) => status !== 'not-applicable')
  const rows = whole
    ? [...asked, ...dossier.components.filter(({ status }) => status === 'not-applicable')]
    : asked
  const scanned = rows.some(({ files }) => files.length > 0)
  return (
    <section className={desk.card} aria-labelledby="dossier-papers">
      <div className={desk.cardHead}>
        <h2 id="dossier-papers">{w.papers}</h2>
        <Chip tone={missing > 0 ? 'son' : 'ngoc'}>{missing > 0 ? w.missing(missing) : w.enough}</Chip>
      </div>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{w.paper}</th>
            <th scope="col">{w.copies}</th>
            {scanned ? <th scope="col">{w.file}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.component} data-status={row.status}>
              <td>
                {row.name}
                {row.reason && row.status !== 'present' ? (
                  <span className={desk.by}>{row.reason}</span>
                ) : null}
              </td>
              <td className="n">
                {row.status === 'missing' ? (
                  <strong className={styles.missing}>{w.isMissing}</strong>
                ) : row.status === 'present' ? (
                  [
                    row.originals && w.originals(row.originals),
                    row.copies && w.plain(row.copies),
                    row.certifiedCopies && w.certified(row.certifiedCopies),
                  ]
                    .filter(Boolean)
                    .join(', ')
                ) : (
                  w[row.status]
                )}
              </td>
              {scanned ? (
                <td>
                  {row.files.length === 0 && row.status === 'present' ? (
                    <span className={desk.small}>{w.noFile}</span>
                  ) : null}
                  {row.files.map((file) => (
                    <a
                      key={file.id}
                      className={styles.file}
                      target="_blank"
                      rel="noopener"
                      href={addressOf(getDossierFile, { code: dossier.code, file: file.id })}
                    >
                      <FileText size={16} aria-hidden="true" /> {file.name}
                    </a>
                  ))}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      {scanned ? null : <p className={desk.small}>{w.noFiles}</p>}
      {!whole && left > 0 ? <p className={desk.small}>{w.leftOut(left)}</p> : null}
    </section>
  )
}

export function TimelineCard({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  const { language } = useLanguage()
  return (
    <section className={desk.card} aria-labelledby="timeline-title">
      <div className={desk.cardHead}>
        <h2 id="timeline-title">{w.timeline}</h2>
      </div>
      <Timeline
        label={w.timeline}
        items={newestFirst(dossier.timeline).map((entry, index) => ({
          id: `${entry.at}-${index}`,
          title: entry.title[language],
          state: 'done',
          when: formatMoment(entry.at),
          detail: [entry.actor, entry.detail].filter(Boolean).join(' · '),
        }))}
      />
    </section>
  )
}

export function OpinionsCard({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  return (
    <section className={desk.card} aria-labelledby="opinions-title">
      <div className={desk.cardHead}>
        <h2 id="opinions-title">{w.opinions}</h2>
      </div>
      {dossier.opinions.length === 0 ? <p className={desk.muted}>{w.noOpinions}</p> : null}
      <div className={desk.stack}>
        {newestFirst(dossier.opinions).map((opinion) => (
          <div key={opinion.at + opinion.step} className={desk.quote}>
            <strong>{opinion.actor}</strong>
            <span className={desk.by}>
              {opinion.step} · <span className="n">{formatMoment(opinion.at)}</span>
            </span>
            {opinion.text}
          </div>
        ))}
      </div>
    </section>
  )
}

export function ResultCard({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  const { result, handover } = dossier
  if (!result) return null
  return (
    <section className={desk.card} aria-labelledby="result-title">
      <div className={desk.cardHead}>
        <h2 id="result-title">{w.result}</h2>
        <Chip tone={result.outcome === 'GRANTED' ? 'ngoc' : 'son'}>
          <span className="n">
            {w.number(result.number, `${formatDayMonth(result.date)}/${result.date.slice(0, 4)}`)}
          </span>
        </Chip>
      </div>
      {result.summary ? <p>{result.summary}</p> : null}
      {result.signer && result.signedAs.length > 0 ? (
        <p className={desk.small}>{w.signed(result.signedAs.join(' / '), result.signer)}</p>
      ) : null}
      {result.seal ? <p className={desk.small}>{w.sealed(result.seal)}</p> : null}
      {result.file ? (
        <a
          className={styles.file}
          target="_blank"
          rel="noopener"
          href={addressOf(getDossierFile, { code: dossier.code, file: result.file.id })}
        >
          <FileText size={16} aria-hidden="true" /> {result.file.name}
        </a>
      ) : null}
      {handover ? (
        <p className={desk.small}>{w.handed(handover.receiver, formatMoment(handover.at), handover.by)}</p>
      ) : null}
    </section>
  )
}

export function PrintsCard({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  if (dossier.papers.length === 0) return <EmptyState icon={Printer} title={w.noPrints} />
  return (
    <section className={desk.card} aria-labelledby="prints-title">
      <div className={desk.cardHead}>
        <h2 id="prints-title">{w.prints}</h2>
      </div>
      <ul className={desk.stack}>
        {dossier.papers.map((paper) => (
          <li key={`${paper.form} ${paper.edition}`} className={styles.print}>
            <span>
              {paper.title}
              {paper.issuedAt ? (
                <span className={desk.small}> · {w.issued(formatMoment(paper.issuedAt))}</span>
              ) : null}
            </span>
            <Button icon={Printer} onClick={() => openPaper(dossier.code, paper)}>
              {w.print}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
