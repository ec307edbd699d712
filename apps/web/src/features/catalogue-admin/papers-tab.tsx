import { PencilLine } from 'lucide-react'
import { useState } from 'react'
import {
  getProcedure,
  getProcedureAdministration,
  markComponent,
  type ProcedureDetail,
} from '#modules/catalogue/contract.ts'
import type { Output } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { Card, DataTable } from '../administration/layout.tsx'
import { ReasonSheet } from '../administration/reason-sheet.tsx'

const words = catalogue(
  {
    empty: 'Nguồn không ghi giấy tờ nào cho thủ tục này.',
    paper: 'Giấy tờ',
    copies: 'Bản chính, bản sao',
    mark: 'Bắt buộc?',
    yes: 'Bắt buộc',
    no: 'Khi có',
    derived: 'suy từ chữ của nguồn',
    edited: 'quản trị quyết định',
    change: 'Đổi',
    changeOf: (name: string) => `Đổi việc bắt buộc của: ${name}`,
    sheet: 'Giấy tờ này có bắt buộc không?',
    lead: 'Quầy tiếp nhận dùng ngay cho hồ sơ mới; hồ sơ đã nhận không đổi. Lý do được ghi vào nhật ký.',
    choice: 'Khi nộp tại quầy',
    reason: 'Lý do',
    reasonHint: 'Thí dụ: Điều 18 khoản 1 Luật Hộ tịch yêu cầu mọi trường hợp.',
    submit: 'Lưu quyết định',
    saved: 'Đã lưu.',
    fill: 'Ghi lý do, ít nhất 3 ký tự.',
    form: (code: string) => `Mẫu ${code}`,
  },
  {
    empty: 'The source names no papers for this procedure.',
    paper: 'Paper',
    copies: 'Originals, copies',
    mark: 'Mandatory?',
    yes: 'Mandatory',
    no: 'If it applies',
    derived: 'from the source’s words',
    edited: 'decided by an administrator',
    change: 'Change',
    changeOf: (name: string) => `Change the mark of: ${name}`,
    sheet: 'Is this paper mandatory?',
    lead: 'Counters use it at once for new dossiers; accepted ones do not change. The reason goes into the log.',
    choice: 'When handed in at a counter',
    reason: 'Reason',
    reasonHint: 'For example the article that asks for it in every case.',
    submit: 'Save the decision',
    saved: 'Saved.',
    fill: 'Give the reason, at least 3 characters.',
    form: (code: string) => `Form ${code}`,
  },
)

type Paper = ProcedureDetail['cases'][number]['components'][number]
type Mark = Output<typeof getProcedureAdministration>['marks'][number]

const count = (n: number | null): string => (n === null ? '?' : String(n))

export function PapersTab({ procedure, marks }: { procedure: ProcedureDetail; marks: readonly Mark[] }) {
  const w = useWords(words)
  const [changing, setChanging] = useState<Paper>()
  const papers = procedure.cases.reduce((sum, one) => sum + one.components.length, 0)
  if (papers === 0) return <EmptyState title={w.empty} />
  return (
    <div className={styles.stack}>
      {procedure.cases.map((one) => (
        <Card key={one.id} title={one.name}>
          <DataTable
            label={one.name}
            items={one.components}
            keyOf={({ id }) => id}
            columns={[
              {
                id: 'paper',
                head: w.paper,
                cell: (paper) => (
                  <>
                    {paper.name}
                    {paper.form?.code ? (
                      <span className={styles.muted}> · {w.form(paper.form.code)}</span>
                    ) : null}
                    {paper.conditionText ? <div className={styles.muted}>{paper.conditionText}</div> : null}
                  </>
                ),
              },
              {
                id: 'copies',
                head: w.copies,
                cell: ({ originals, copies }) => (
                  <span className="n">
                    {count(originals)}, {count(copies)}
                  </span>
                ),
              },
              {
                id: 'mark',
                head: w.mark,
                cell: ({ id, mandatory, mandatorySource }) => {
                  const mark = marks.find(({ component }) => component === id)
                  return (
                    <>
                      <Chip tone={mandatory ? 'cham' : 'tro'}>{mandatory ? w.yes : w.no}</Chip>
                      <div className={styles.muted}>
                        {mark ? `${mark.reason} (${formatMoment(mark.decidedAt)})` : w[mandatorySource]}
                      </div>
                    </>
                  )
                },
              },
              {
                id: 'change',
                head: w.change,
                actions: true,
                cell: (paper) => (
                  <Button
                    icon={PencilLine}
                    aria-label={w.changeOf(paper.name)}
                    onClick={() => setChanging(paper)}
                  >
                    {w.change}
                  </Button>
                ),
              },
            ]}
          />
        </Card>
      ))}
      {changing ? (
        <MarkSheet code={procedure.code} paper={changing} onClose={() => setChanging(undefined)} />
      ) : null}
    </div>
  )
}

function MarkSheet({ code, paper, onClose }: { code: string; paper: Paper; onClose: () => void }) {
  const w = useWords(words)
  const [choice, setChoice] = useState<'yes' | 'no'>(paper.mandatory ? 'no' : 'yes')
  return (
    <ReasonSheet
      form="mark"
      title={w.sheet}
      lead={w.lead}
      submit={w.submit}
      words={w}
      operation={markComponent}
      refresh={[getProcedure, getProcedureAdministration]}
      input={(reason) => ({ code, component: paper.id, mandatory: choice === 'yes', reason })}
      done={() => w.saved}
      onClose={onClose}
    >
      <p className={styles.strong}>{paper.name}</p>
      <SegmentedChoice
        label={w.choice}
        value={choice}
        options={[
          { value: 'yes', label: w.yes },
          { value: 'no', label: w.no },
        ]}
        onChange={setChoice}
      />
    </ReasonSheet>
  )
}
