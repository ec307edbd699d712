import { useState } from 'react'
import {
  draftPaperTemplate,
  getPaperTemplate,
  listPaperTemplates,
  type PaperTemplateRow,
  type PaperTemplateVersion,
  publishPaperTemplate,
  withdrawPaperTemplate,
} from '#modules/documents/contract.ts'
import { isProblem } from '../../api/queries.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { FieldFrame, TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { DataTable } from '../administration/layout.tsx'
import { fieldError } from '../administration/problem.tsx'
import { PublishForm } from '../administration/publish-sheet.tsx'
import { ReasonSheet } from '../administration/reason-sheet.tsx'

const words = catalogue(
  {
    upload: 'Tải lên phiên bản mới',
    uploadLead:
      'Mẫu được in thử với giấy tờ ví dụ trước khi lưu thành bản nháp. Người khác kiểm tra rồi công bố.',
    file: 'Tệp mẫu (.typ)',
    fileHint: 'Tải mẫu đang dùng về, sửa rồi tải lên; tối đa 200 KB',
    document: 'Căn cứ ban hành',
    documentHint: 'Ví dụ: Quyết định số 12/2026/QĐ-UBND',
    wording: 'Lời văn theo',
    wordingHint: 'Văn bản có lời văn của mẫu này',
    uploadSubmit: 'In thử và lưu bản nháp',
    uploadFill: 'Chọn tệp, nhập căn cứ và nguồn lời văn.',
    uploaded: (n: number) => `Đã lưu phiên bản ${n} thành bản nháp.`,
    problems: 'Chỗ sai trong mẫu',
    line: 'Dòng',
    what: 'Nội dung',
    publish: (n: number) => `Công bố phiên bản ${n}`,
    publishLead:
      'Giấy tờ cấp từ ngày này in theo phiên bản mới. Giấy tờ đã cấp giữ nguyên mẫu lúc cấp, kể cả khi in lại.',
    decision: 'Số quyết định',
    from: 'Hiệu lực từ ngày',
    publishSubmit: 'Công bố',
    publishFill: 'Nhập số quyết định và ngày.',
    published: 'Đã công bố.',
    withdraw: (n: number) => `Thu hồi phiên bản ${n}`,
    withdrawLead:
      'Bản nháp được bỏ; phiên bản đã công bố nhường chỗ cho phiên bản trước. Giấy tờ đã cấp theo mẫu này giữ nguyên.',
    reason: 'Lý do',
    withdrawSubmit: 'Thu hồi',
    withdrawFill: 'Ghi lý do, ít nhất 3 ký tự.',
    withdrawn: 'Đã thu hồi.',
  },
  {
    upload: 'Upload a new version',
    uploadLead:
      'The template is printed with example papers before it is kept as a draft. Somebody else checks and publishes it.',
    file: 'Template file (.typ)',
    fileHint: 'Download the one in use, change it and upload it; at most 200 KB',
    document: 'Legal basis',
    documentHint: 'e.g. Decision 12/2026/QĐ-UBND',
    wording: 'Wording from',
    wordingHint: 'The document whose words this template has',
    uploadSubmit: 'Try it and keep the draft',
    uploadFill: 'Choose a file, enter the basis and where the words are from.',
    uploaded: (n: number) => `Version ${n} was kept as a draft.`,
    problems: 'What is wrong in the template',
    line: 'Line',
    what: 'Problem',
    publish: (n: number) => `Publish version ${n}`,
    publishLead:
      'Papers issued from this day are printed with it. Papers already issued keep their template, also when printed again.',
    decision: 'Number of the decision',
    from: 'In force from',
    publishSubmit: 'Publish',
    publishFill: 'Enter the decision and the date.',
    published: 'Published.',
    withdraw: (n: number) => `Withdraw version ${n}`,
    withdrawLead:
      'A draft is dropped; a published version gives way to the one before. Papers issued with it stay as they are.',
    reason: 'Reason',
    withdrawSubmit: 'Withdraw',
    withdrawFill: 'Give the reason, at least 3 characters.',
    withdrawn: 'Withdrawn.',
  },
)

const READS = [getPaperTemplate, listPaperTemplates] as const

type Mistake = { file: string; line: number | null; message: string }

/** What the refusal names, read with care: its details are not typed by the contract. */
const mistakesOf = (problem: unknown): Mistake[] => {
  const value = isProblem(problem) ? problem.details.problems : undefined
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null || !('message' in item)) return []
    const line = 'line' in item && typeof item.line === 'number' ? item.line : null
    const file = 'file' in item && typeof item.file === 'string' ? item.file : ''
    return [{ file, line, message: String(item.message) }]
  })
}

export function UploadSheet({ template, onClose }: { template: PaperTemplateRow; onClose: () => void }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const toast = useToast()
  const [source, setSource] = useState('')
  const [document, setDocument] = useState('')
  const [wordingFrom, setWording] = useState('')
  const command = useCommand(draftPaperTemplate, {
    refresh: READS,
    onDone: ({ version }) => {
      toast({ message: w.uploaded(version) })
      onClose()
    },
  })
  const mistakes = mistakesOf(command.problem)
  const complete = source !== '' && document.trim() !== '' && wordingFrom.trim() !== ''
  return (
    <FormSheet
      form="template"
      title={w.upload}
      lead={w.uploadLead}
      submit={w.uploadSubmit}
      blocked={complete ? undefined : w.uploadFill}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({ kind: template.kind, source, legalBasis: { document, wordingFrom } })
      }
    >
      <p className={styles.strong}>{template.title}</p>
      {mistakes.length > 0 ? (
        <DataTable
          label={w.problems}
          items={mistakes}
          keyOf={({ file, line, message }) => `${file} ${line} ${message}`}
          columns={[
            {
              id: 'line',
              head: w.line,
              keep: true,
              names: true,
              cell: ({ file, line }) => `${file === 'main.typ' ? '' : `${file}, `}${line ?? '—'}`,
            },
            { id: 'what', head: w.what, cell: ({ message }) => <code>{message}</code> },
          ]}
        />
      ) : null}
      <FieldFrame
        label={w.file}
        id="template-source"
        hint={w.fileHint}
        error={fieldError(command.problem, 'source', language)}
      >
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".typ,text/plain"
            onChange={(event) => {
              command.reset()
              void event.target.files?.[0]?.text().then(setSource)
            }}
          />
        )}
      </FieldFrame>
      <TextField
        id="template-legalBasis.document"
        label={w.document}
        hint={w.documentHint}
        value={document}
        onChange={setDocument}
        error={fieldError(command.problem, 'legalBasis.document', language)}
      />
      <TextField
        id="template-legalBasis.wordingFrom"
        label={w.wording}
        hint={w.wordingHint}
        value={wordingFrom}
        onChange={setWording}
        error={fieldError(command.problem, 'legalBasis.wordingFrom', language)}
      />
    </FormSheet>
  )
}

type VersionSheet = { version: PaperTemplateVersion; onClose: () => void }

export function PublishSheet({ version, onClose }: VersionSheet) {
  const w = useWords(words)
  const toast = useToast()
  const command = useCommand(publishPaperTemplate, {
    refresh: READS,
    onDone: () => {
      toast({ message: w.published })
      onClose()
    },
  })
  return (
    <PublishForm
      form="template-publish"
      title={w.publish(version.version)}
      lead={w.publishLead}
      submit={w.publishSubmit}
      about={version.title}
      words={{ decision: w.decision, from: w.from, fill: w.publishFill }}
      command={command}
      onClose={onClose}
      onSubmit={(decided) => void command.run({ kind: version.kind, version: version.version, ...decided })}
    />
  )
}

export function WithdrawSheet({ version, onClose }: VersionSheet) {
  const w = useWords(words)
  return (
    <ReasonSheet
      form="template-withdraw"
      title={w.withdraw(version.version)}
      lead={w.withdrawLead}
      submit={w.withdrawSubmit}
      danger
      words={{ reason: w.reason, fill: w.withdrawFill }}
      operation={withdrawPaperTemplate}
      refresh={READS}
      input={(reason) => ({ kind: version.kind, version: version.version, reason })}
      done={() => w.withdrawn}
      onClose={onClose}
    >
      <p className={styles.strong}>{version.title}</p>
    </ReasonSheet>
  )
}
