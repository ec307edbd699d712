import { useState } from 'react'
import {
  draftVersion,
  getProcedureAdministration,
  listVersionsInPreparation,
  type ProcedureDetail,
} from '#modules/catalogue/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, FieldFrame, TextArea, TextField } from '../../ui/field/field.tsx'
import { parseTypedDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { fieldError } from '../administration/problem.tsx'
import { recordFrom } from './record-from.ts'

const words = catalogue(
  {
    title: 'Soạn phiên bản mới',
    lead: 'Nội dung theo dạng của tệp nhập: một thủ tục, JSON. Bản nháp chờ người khác kiểm tra rồi công bố.',
    decision: 'Số quyết định công bố',
    date: 'Ngày quyết định',
    file: 'Lấy nội dung từ tệp',
    start: 'Bắt đầu từ bản đang hiệu lực',
    record: 'Nội dung (JSON)',
    bad: 'Nội dung chưa phải JSON của một thủ tục. Kiểm tra dấu phẩy và ngoặc.',
    fill: 'Nhập số, ngày quyết định và nội dung.',
    submit: 'Lưu bản nháp',
    saved: 'Đã lưu bản nháp. Nhờ một người quản trị danh mục khác kiểm tra.',
  },
  {
    title: 'Write a new version',
    lead: 'The content has the form of the import file: one procedure, JSON. The draft waits for somebody else to check and publish it.',
    decision: 'Number of the publishing decision',
    date: 'Date of the decision',
    file: 'Take the content from a file',
    start: 'Start from the version in force',
    record: 'Content (JSON)',
    bad: 'This is not the JSON of one procedure. Check commas and brackets.',
    fill: 'Enter the decision, its date and the content.',
    submit: 'Save the draft',
    saved: 'The draft is saved. Ask another catalogue administrator to check it.',
  },
)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parsed = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function DraftSheet({
  code,
  procedure,
  onClose,
}: {
  code: string
  procedure: ProcedureDetail | undefined
  onClose: () => void
}) {
  const w = useWords(words)
  const { language } = useLanguage()
  const toast = useToast()
  const [decision, setDecision] = useState('')
  const [date, setDate] = useState('')
  const [text, setText] = useState('')
  const command = useCommand(draftVersion, {
    refresh: [getProcedureAdministration, listVersionsInPreparation],
    onDone: () => {
      toast({ message: w.saved })
      onClose()
    },
  })
  const decisionDate = parseTypedDate(date)
  const record = parsed(text)
  const ready = decision.trim().length >= 2 && decisionDate !== undefined && text.trim() !== ''
  return (
    <FormSheet
      form="draft"
      title={w.title}
      lead={w.lead}
      submit={w.submit}
      blocked={!ready ? w.fill : record ? undefined : w.bad}
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (record && decisionDate) void command.run({ code, decisionNo: decision, decisionDate, record })
      }}
    >
      <TextField
        id="draft-decisionNo"
        label={w.decision}
        value={decision}
        onChange={setDecision}
        error={fieldError(command.problem, 'decisionNo', language)}
      />
      <DateField id="draft-decisionDate" label={w.date} value={date} onChange={setDate} />
      <div className={styles.row}>
        {procedure ? (
          <Button onClick={() => setText(JSON.stringify(recordFrom(procedure), null, 2))}>{w.start}</Button>
        ) : null}
      </div>
      <FieldFrame label={w.file} id="draft-file">
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".json,.jsonl,application/json"
            onChange={(event) =>
              void event.target.files?.[0]?.text().then((content) => setText(content.trim()))
            }
          />
        )}
      </FieldFrame>
      <TextArea
        id="draft-record"
        label={w.record}
        rows={14}
        spellCheck={false}
        value={text}
        onChange={setText}
        error={text.trim() !== '' && !record ? w.bad : undefined}
      />
    </FormSheet>
  )
}
