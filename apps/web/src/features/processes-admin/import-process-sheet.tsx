import { useState } from 'react'
import { getProcess, importProcess, listProcesses } from '#modules/workflow/contract.ts'
import { isProblem } from '../../api/queries.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { FieldFrame, TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { DataTable } from '../administration/layout.tsx'
import { fieldError } from '../administration/problem.tsx'

const words = catalogue(
  {
    title: 'Nhập quy trình BPMN 2.0',
    lead: 'Tệp thành một bản dự thảo; người khác ban hành. Phần tử chưa hỗ trợ hoặc bước sai được nêu tên, chưa có gì được lưu.',
    file: 'Tệp .bpmn',
    hint: 'BPMN 2.0 XML, tối đa 1 MB',
    key: 'Mã quy trình',
    keyHint: 'Bỏ trống thì lấy mã trong tệp',
    submit: 'Nhập thành dự thảo',
    choose: 'Chọn tệp trước.',
    done: (n: number) => `Đã nhập bản ${n} ở dạng dự thảo.`,
    elements: 'Phần tử chưa hỗ trợ',
    problems: 'Chỗ sai trong tệp',
    type: 'Loại',
    name: 'Tên',
    id: 'Mã trong tệp',
    what: 'Nội dung',
  },
  {
    title: 'Import a BPMN 2.0 process',
    lead: 'The file becomes a draft that somebody else publishes. Unsupported elements and wrong steps are named, and nothing is stored then.',
    file: '.bpmn file',
    hint: 'BPMN 2.0 XML, at most 1 MB',
    key: 'Key of the process',
    keyHint: 'Left empty, the one in the file',
    submit: 'Import as a draft',
    choose: 'Choose a file first.',
    done: (n: number) => `Version ${n} was imported as a draft.`,
    elements: 'Elements that are not supported',
    problems: 'What is wrong in the file',
    type: 'Type',
    name: 'Name',
    id: 'Id in the file',
    what: 'Problem',
  },
)

type Named = { id: string; type: string; name: string; vi: string; en: string }

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What the refusal names, read with care: its details are not typed by the contract. */
const namedOf = (problem: unknown, list: 'elements' | 'problems'): Named[] => {
  const value = isProblem(problem) ? problem.details[list] : undefined
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null) return []
    const of = (name: string): unknown => Object.entries(item).find(([key]) => key === name)?.[1]
    const element = of('element')
    const inside = (name: string): string =>
      text(of(name)) ||
      (typeof element === 'object' && element !== null
        ? text(Object.entries(element).find(([key]) => key === name)?.[1])
        : '')
    return [
      {
        id: inside('id'),
        type: inside('type'),
        name: inside('name'),
        vi: text(of('vi')),
        en: text(of('en')),
      },
    ]
  })
}

type ImportProcessSheetProps = {
  /** The process that the file is a new version of. */
  processKey?: string
  onClose: () => void
  onImported: (version: { key: string }) => void
}

export function ImportProcessSheet({ processKey, onClose, onImported }: ImportProcessSheetProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const toast = useToast()
  const [xml, setXml] = useState('')
  const [key, setKey] = useState(processKey ?? '')
  const command = useCommand(importProcess, {
    refresh: [listProcesses, getProcess],
    onDone: (version) => {
      toast({ message: w.done(version.version) })
      onImported(version)
    },
  })
  const elements = namedOf(command.problem, 'elements')
  // The table names the unsupported elements already.
  const problems = namedOf(command.problem, 'problems').filter(
    ({ id }) => !elements.some((element) => element.id === id),
  )
  return (
    <FormSheet
      form="process"
      title={w.title}
      lead={w.lead}
      submit={w.submit}
      blocked={xml === '' ? w.choose : undefined}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ xml, ...(key.trim() ? { key: key.trim() } : {}) })}
    >
      {elements.length > 0 ? (
        <div>
          <p className={styles.label}>{w.elements}</p>
          <DataTable
            label={w.elements}
            items={elements}
            keyOf={({ id, type }) => `${type} ${id}`}
            columns={[
              { id: 'type', head: w.type, names: true, cell: ({ type }) => type },
              { id: 'name', head: w.name, cell: ({ name }) => name || '—' },
              { id: 'id', head: w.id, cell: ({ id }) => <code>{id}</code> },
            ]}
          />
        </div>
      ) : null}
      {problems.length > 0 ? (
        <div>
          <p className={styles.label}>{w.problems}</p>
          <ul className={styles.fields}>
            {problems.map((one) => (
              <li key={`${one.id} ${one.vi}`}>{one[language]}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <FieldFrame
        label={w.file}
        id="process-xml"
        hint={w.hint}
        error={fieldError(command.problem, 'xml', language)}
      >
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".bpmn,.xml,application/xml,text/xml"
            onChange={(event) => {
              command.reset()
              void event.target.files?.[0]?.text().then(setXml)
            }}
          />
        )}
      </FieldFrame>
      <TextField
        id="process-key"
        label={w.key}
        hint={w.keyHint}
        optional
        readOnly={processKey !== undefined}
        spellCheck={false}
        value={key}
        onChange={setKey}
        error={fieldError(command.problem, 'key', language)}
      />
    </FormSheet>
  )
}
