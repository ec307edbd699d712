import { useId } from 'react'
import { type DossierView, listAssignees, type TaskAbility } from '#modules/dossiers/contract.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { DateField, MoneyField, SelectField, TextArea, TextField } from '../../ui/field/field.tsx'
import { CardChoice, SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Attachments } from '../intake/attachments.tsx'
import { ItemsEditor } from '../intake/items-editor.tsx'
import { REASON_CODES, refusalWords } from '../intake/refuse-sheet.tsx'
import { ReceiverFields } from '../returns/receiver-fields.tsx'
import { OpinionField } from '../templates/opinion-field.tsx'
import type { ActionValues } from './action-values.ts'
import { BroughtPapers } from './brought-papers.tsx'
import { AdjustmentFields, FaultChoice, HandedBackField, LostFields } from './life-fields.tsx'

export const fieldWords = catalogue(
  {
    opinion: 'Ý kiến xử lý',
    toStep: 'Trả về bước',
    latenessReason: 'Vì sao quá hạn',
    chooseReason: 'Chọn lý do',
    reason: 'Lý do',
    legalBasis: 'Căn cứ pháp lý',
    newDue: 'Ngày hẹn lại',
    amount: 'Số tiền phải nộp',
    outcome: 'Kết luận',
    decision: 'Quyết định ở bước này',
    granted: 'Đồng ý giải quyết',
    refused: 'Từ chối giải quyết',
    refusedHint: 'Từ chối phải nêu lý do và căn cứ trong ý kiến xử lý.',
    assignee: 'Giao cho ai ở bước sau',
    nobody: 'Để chung, ai rảnh nhận',
    holding: (n: number) => `đang giữ ${n} việc`,
    noAssignees: 'Không có người nào để giao; việc sẽ ở chỗ chờ nhận của đơn vị.',
    resultNumber: 'Số văn bản kết quả',
    resultNumberHint: 'Để trống để lấy số tiếp theo trong sổ.',
    resultDate: 'Ngày văn bản',
    resultDateHint: 'Để trống là hôm nay.',
    resultSummary: 'Trích yếu',
    resultFile: 'Tệp kết quả',
    lack: {
      opinion: 'Ghi ý kiến xử lý.',
      reason: 'Ghi rõ lý do, ít nhất 3 chữ.',
      reasonCode: 'Chọn vì sao không tiếp nhận.',
      latenessReason: 'Chọn vì sao quá hạn.',
      rightAuthority: 'Ghi cơ quan có thẩm quyền.',
      legalBasis: 'Ghi căn cứ pháp lý.',
      newDue: 'Nhập ngày hẹn lại: ngày/tháng/năm.',
      amount: 'Nhập số tiền phải nộp.',
      assignee: 'Chọn người được giao.',
      decision: 'Chọn một quyết định.',
      resultDate: 'Sửa ngày văn bản: ngày/tháng/năm.',
      receiverName: 'Ghi họ tên người nhận.',
      components: 'Đánh dấu ít nhất một giấy vừa nộp.',
      adjustment: 'Ghi điều người nộp đề nghị điều chỉnh.',
      lost: 'Nêu từng giấy tờ bị mất và ai làm lại.',
      handedBack: 'Ghi tên từng giấy tờ trả lại, mỗi giấy một dòng.',
    },
  },
  {
    opinion: 'Opinion',
    toStep: 'Send back to',
    latenessReason: 'Why it is late',
    chooseReason: 'Choose a reason',
    reason: 'Reason',
    legalBasis: 'Legal basis',
    newDue: 'New due date',
    amount: 'Amount to pay',
    outcome: 'Conclusion',
    decision: 'What is decided at this step',
    granted: 'Grant',
    refused: 'Refuse',
    refusedHint: 'A refusal needs its reason and legal basis in the opinion.',
    assignee: 'Who takes the next step',
    nobody: 'Leave it to the section',
    holding: (n: number) => `holds ${n} tasks`,
    noAssignees: 'There is nobody to choose; the task will wait in the section.',
    resultNumber: 'Number of the result',
    resultNumberHint: 'Leave empty for the next number of the register.',
    resultDate: 'Date of the document',
    resultDateHint: 'Empty means today.',
    resultSummary: 'Summary',
    resultFile: 'File of the result',
    lack: {
      opinion: 'Write the opinion.',
      reason: 'Give the reason, at least 3 letters.',
      reasonCode: 'Choose why it is not received.',
      latenessReason: 'Choose why it is late.',
      rightAuthority: 'Name the competent authority.',
      legalBasis: 'Give the legal basis.',
      newDue: 'Enter the new date: day/month/year.',
      amount: 'Enter the amount.',
      assignee: 'Choose a person.',
      decision: 'Choose what is decided.',
      resultDate: 'Correct the date: day/month/year.',
      receiverName: 'Enter who receives it.',
      components: 'Mark at least one paper.',
      adjustment: 'Enter what the applicant asks to adjust.',
      lost: 'Name each lost paper and who makes it again.',
      handedBack: 'Name each paper handed back, one a line.',
    },
  },
)

type FieldsProps = {
  needs: readonly { field: string; required: boolean }[]
  values: ActionValues
  onChange: (change: Partial<ActionValues>) => void
  dossier: DossierView
  task: Pick<TaskAbility, 'id'> | null
  /** Assignees of the next step, or (reassigning) of this one. */
  nextStep: boolean
  onSending: (delta: 1 | -1) => void
}

/** The fields an action or a step needs, in the order a person thinks: conclusion, words, then details. */
export function ActionFields({ needs, values, onChange, dossier, task, nextStep, onSending }: FieldsProps) {
  const w = useWords(fieldWords)
  const refusal = useWords(refusalWords)
  const { language } = useLanguage()
  const need = (field: string) => needs.find((one) => one.field === field)
  const decisions = dossier.tasks.find(({ id }) => id === task?.id)?.decisions ?? []
  const optional = (field: string): boolean => need(field)?.required !== true
  return (
    <>
      {need('outcome') ? (
        <SegmentedChoice
          label={w.outcome}
          value={values.outcome}
          options={[
            { value: 'GRANTED', label: w.granted },
            { value: 'REFUSED', label: w.refused },
          ]}
          onChange={(outcome) => onChange({ outcome })}
        />
      ) : null}
      {need('decision') && decisions.length > 0 ? (
        <CardChoice
          label={w.decision}
          value={values.decision === '' ? undefined : values.decision}
          onChange={(decision) => onChange({ decision })}
          options={decisions.map(({ value, label }) => ({ value, label }))}
        />
      ) : null}
      {need('opinion') ? (
        <OpinionField
          id="opinion"
          dossier={dossier}
          label={w.opinion}
          rows={5}
          optional={optional('opinion') && values.outcome === 'GRANTED'}
          hint={values.outcome === 'REFUSED' ? w.refusedHint : undefined}
          value={values.opinion}
          onChange={(opinion) => onChange({ opinion })}
        />
      ) : null}
      {need('reasonCode') ? (
        <CardChoice
          label={refusal.reasonCode}
          value={values.reasonCode === '' ? undefined : values.reasonCode}
          onChange={(reasonCode) => onChange({ reasonCode })}
          options={REASON_CODES.map((value) => ({ value, label: refusal[value] }))}
        />
      ) : null}
      {need('items') ? <ItemsEditor items={values.items} onChange={(items) => onChange({ items })} /> : null}
      {need('components') ? (
        <BroughtPapers
          dossier={dossier}
          papers={values.papers}
          onChange={(papers) => onChange({ papers })}
          onSending={onSending}
        />
      ) : null}
      {need('adjustment') ? (
        <AdjustmentFields values={values.adjustment} onChange={(adjustment) => onChange({ adjustment })} />
      ) : null}
      {need('lost') ? <LostFields lost={values.lost} onChange={(lost) => onChange({ lost })} /> : null}
      {need('newDue') ? (
        <DateField
          id="newDue"
          label={w.newDue}
          value={values.newDue}
          onChange={(newDue) => onChange({ newDue })}
        />
      ) : null}
      {need('amount') ? (
        <MoneyField
          id="amount"
          label={w.amount}
          value={values.amount}
          onChange={(amount) => onChange({ amount })}
        />
      ) : null}
      {need('result') ? <ResultFields values={values} onChange={onChange} onSending={onSending} /> : null}
      {need('receiver') ? <ReceiverFields values={values} onChange={onChange} dossier={dossier} /> : null}
      {need('toStep') && dossier.task ? (
        <SelectField
          id="toStep"
          label={w.toStep}
          value={values.toStep}
          onChange={(toStep) => onChange({ toStep })}
          options={dossier.task.sendBackTo.map(({ step, name }) => ({ value: step, label: name }))}
        />
      ) : null}
      {need('latenessReason') ? (
        <SelectField
          id="latenessReason"
          label={w.latenessReason}
          value={values.latenessReason}
          placeholder={w.chooseReason}
          onChange={(latenessReason) => onChange({ latenessReason })}
          options={(dossier.lateness?.reasons ?? []).map(({ code, name }) => ({
            value: code,
            label: name[language],
          }))}
        />
      ) : null}
      {need('reason') ? (
        <TextArea
          id="reason"
          label={w.reason}
          rows={4}
          optional={optional('reason')}
          value={values.reason}
          onChange={(reason) => onChange({ reason })}
        />
      ) : null}
      {need('rightAuthority') ? (
        <TextField
          id="rightAuthority"
          label={refusal.authority}
          optional={values.reasonCode !== 'WRONG_AUTHORITY'}
          value={values.rightAuthority}
          onChange={(rightAuthority) => onChange({ rightAuthority })}
        />
      ) : null}
      {need('legalBasis') ? (
        <TextField
          id="legalBasis"
          label={w.legalBasis}
          optional={optional('legalBasis')}
          value={values.legalBasis}
          onChange={(legalBasis) => onChange({ legalBasis })}
        />
      ) : null}
      {need('applicantFault') ? (
        <FaultChoice
          value={values.applicantFault}
          onChange={(applicantFault) => onChange({ applicantFault })}
        />
      ) : null}
      {need('handedBack') ? (
        <HandedBackField value={values.handedBack} onChange={(handedBack) => onChange({ handedBack })} />
      ) : null}
      {need('assignee') && task ? (
        <Assignees
          task={task.id}
          next={nextStep}
          optional={optional('assignee')}
          value={values.assignee}
          onChange={(assignee) => onChange({ assignee })}
        />
      ) : null}
    </>
  )
}

type PartProps = {
  values: ActionValues
  onChange: (change: Partial<ActionValues>) => void
  onSending: (delta: 1 | -1) => void
}

function ResultFields({ values, onChange, onSending }: PartProps) {
  const w = useWords(fieldWords)
  return (
    <>
      <TextField
        id="resultNumber"
        label={w.resultNumber}
        hint={w.resultNumberHint}
        optional
        value={values.resultNumber}
        onChange={(resultNumber) => onChange({ resultNumber })}
      />
      <DateField
        id="resultDate"
        label={w.resultDate}
        hint={w.resultDateHint}
        optional
        value={values.resultDate}
        onChange={(resultDate) => onChange({ resultDate })}
      />
      <TextField
        id="resultSummary"
        label={w.resultSummary}
        optional
        value={values.resultSummary}
        onChange={(resultSummary) => onChange({ resultSummary })}
      />
      <Attachments
        paper={w.resultFile}
        files={values.resultFile ? [values.resultFile] : []}
        onAdd={(resultFile) => onChange({ resultFile })}
        onRemove={() => onChange({ resultFile: null })}
        onSending={onSending}
      />
    </>
  )
}

type AssigneesProps = {
  task: string
  next: boolean
  optional: boolean
  value: string
  onChange: (assignee: string) => void
}

function Assignees({ task, next, optional, value, onChange }: AssigneesProps) {
  const w = useWords(fieldWords)
  const name = useId()
  const people = useOperation(listAssignees, next ? { id: task, next: true } : { id: task })
  if (!people.data)
    return (
      <Loading>
        <SkeletonLines />
      </Loading>
    )
  if (people.data.items.length === 0) return <p className={desk.muted}>{w.noAssignees}</p>
  return (
    <div id={name}>
      <CardChoice
        label={w.assignee}
        value={value}
        onChange={onChange}
        options={[
          ...(optional ? [{ value: '', label: w.nobody }] : []),
          ...people.data.items.map((person) => ({
            value: person.id,
            label: person.name,
            detail: `${person.position} · ${w.holding(person.holding)}`,
          })),
        ]}
      />
    </div>
  )
}
