import { useState } from 'react'
import {
  getProcedureAdministration,
  importProcedures,
  listVersionsInPreparation,
} from '#modules/catalogue/contract.ts'
import type { Output } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { FieldFrame } from '../../ui/field/field.tsx'
import { formatCount } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { DataTable } from '../administration/layout.tsx'

const words = catalogue(
  {
    title: 'Nhập tệp danh mục',
    lead: 'Mỗi dòng của tệp là một thủ tục (JSON Lines). Dòng đúng thành bản nháp; dòng sai được nêu tên kèm lý do. Chưa có gì được công bố.',
    file: 'Tệp .jsonl',
    hint: 'Tối đa 48 MB, chữ UTF-8',
    submit: 'Nhập thành bản nháp',
    choose: 'Chọn tệp trước.',
    report: 'Kết quả nhập tệp',
    drafted: (n: string) => `${n} thủ tục thành bản nháp`,
    unchanged: (n: string) => `${n} thủ tục không đổi`,
    refused: (n: string) => `${n} dòng bị từ chối`,
    row: 'Dòng',
    code: 'Mã',
    reason: 'Lý do',
    NOT_JSON: 'Không phải JSON',
    INVALID: 'Sai hoặc thiếu nội dung',
    DUPLICATE_IN_FILE: 'Trùng mã trong tệp',
    fine: 'Không dòng nào bị từ chối.',
    close: 'Đóng',
    see: 'Xem bản nháp chờ kiểm tra',
  },
  {
    title: 'Import a file',
    lead: 'Each line of the file is one procedure (JSON Lines). Good lines become drafts; bad ones are named with their reason. Nothing is published.',
    file: '.jsonl file',
    hint: 'At most 48 MB, UTF-8',
    submit: 'Import as drafts',
    choose: 'Choose a file first.',
    report: 'Result of the import',
    drafted: (n: string) => `${n} procedures became drafts`,
    unchanged: (n: string) => `${n} procedures unchanged`,
    refused: (n: string) => `${n} lines refused`,
    row: 'Line',
    code: 'Code',
    reason: 'Reason',
    NOT_JSON: 'Not JSON',
    INVALID: 'Wrong or missing content',
    DUPLICATE_IN_FILE: 'Code twice in the file',
    fine: 'No line was refused.',
    close: 'Close',
    see: 'See the drafts that wait for a check',
  },
)

type Report = Output<typeof importProcedures>

/** A file of procedures goes in; its report names each refused line. */
export function ImportSheet({ onClose }: { onClose: () => void }) {
  const w = useWords(words)
  const [file, setFile] = useState<File>()
  const [report, setReport] = useState<Report>()
  const command = useCommand(importProcedures, {
    refresh: [listVersionsInPreparation, getProcedureAdministration],
    onDone: setReport,
  })
  if (report) return <ImportReport report={report} onClose={onClose} />
  return (
    <FormSheet
      form="import"
      title={w.title}
      lead={w.lead}
      submit={w.submit}
      blocked={file ? undefined : w.choose}
      command={command}
      onClose={onClose}
      onSubmit={() => file && void command.run({}, { files: { file } })}
    >
      <FieldFrame label={w.file} id="import-file" hint={w.hint}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".jsonl,.ndjson,.json,application/json"
            onChange={(event) => setFile(event.target.files?.[0])}
          />
        )}
      </FieldFrame>
    </FormSheet>
  )
}

function ImportReport({ report, onClose }: { report: Report; onClose: () => void }) {
  const w = useWords(words)
  const { language } = useLanguage()
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.report}
      look="sheet"
      actions={
        <Button look="main" onClick={onClose}>
          {w.close}
        </Button>
      }
    >
      <div className={styles.stack}>
        <ul>
          <li className={styles.strong}>{w.drafted(formatCount(report.drafted.length))}</li>
          <li>{w.unchanged(formatCount(report.unchanged.length))}</li>
          <li className={styles.strong}>{w.refused(formatCount(report.refused.length))}</li>
        </ul>
        {report.drafted.length > 0 ? <AppLink href="/desk/danh-muc/cho-cong-bo">{w.see}</AppLink> : null}
        {report.refused.length === 0 ? (
          <p>{w.fine}</p>
        ) : (
          <DataTable
            label={w.refused(formatCount(report.refused.length))}
            items={report.refused}
            keyOf={({ row }) => String(row)}
            columns={[
              { id: 'row', head: w.row, names: true, cell: ({ row }) => <span className="n">{row}</span> },
              { id: 'code', head: w.code, cell: ({ code }) => <span className="n">{code ?? '—'}</span> },
              {
                id: 'reason',
                head: w.reason,
                cell: ({ reason, fields }) => (
                  <>
                    {w[reason]}
                    {fields.map((field) => (
                      <div key={field.path} className={styles.muted}>
                        <code>{field.path}</code>: {field[language]}
                      </div>
                    ))}
                  </>
                ),
              },
            ]}
          />
        )}
      </div>
    </Dialog>
  )
}
