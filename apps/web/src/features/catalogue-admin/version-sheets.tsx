import { useState } from 'react'
import {
  checkVersion,
  getProcedure,
  getProcedureAdministration,
  listVersionsInPreparation,
  publishVersion,
  repealVersion,
  searchProcedures,
  type VersionRow,
} from '#modules/catalogue/contract.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, TextField } from '../../ui/field/field.tsx'
import { parseTypedDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { fieldError } from '../administration/problem.tsx'

const words = catalogue(
  {
    check: {
      title: 'Xác nhận bản nháp khớp với quyết định',
      lead: 'Sau bước này bản nháp chờ công bố, không sửa được nữa. Chỉ xác nhận khi đã đọc hết bản nháp và quyết định.',
      submit: 'Xác nhận đã kiểm tra',
      done: 'Đã kiểm tra. Phiên bản chờ công bố.',
    },
    publish: {
      title: 'Công bố phiên bản',
      lead: 'Bản đang hiệu lực kết thúc vào ngày trước ngày này. Hồ sơ đã nhận giữ phiên bản của ngày nhận.',
      submit: 'Công bố',
      done: 'Đã công bố.',
    },
    repeal: {
      title: 'Bãi bỏ thủ tục này',
      lead: 'Từ ngày này không nhận hồ sơ mới của thủ tục nữa; hồ sơ đã nhận vẫn giải quyết tiếp. Không lấy lại được.',
      submit: 'Bãi bỏ thủ tục',
      done: 'Đã bãi bỏ.',
    },
    from: 'Hiệu lực từ ngày',
    to: 'Ngày đầu tiên không còn hiệu lực',
    decision: 'Số quyết định bãi bỏ',
    fill: 'Nhập ngày trước.',
    fillRepeal: 'Nhập ngày và số quyết định.',
  },
  {
    check: {
      title: 'Confirm that the draft agrees with its decision',
      lead: 'The draft then waits for publication and cannot change any more. Confirm only after reading all of it.',
      submit: 'Confirm the check',
      done: 'Checked. The version waits for publication.',
    },
    publish: {
      title: 'Publish the version',
      lead: 'The version in force ends the day before. Accepted dossiers keep the version of their day.',
      submit: 'Publish',
      done: 'Published.',
    },
    repeal: {
      title: 'Repeal this procedure',
      lead: 'From this day no new dossier is accepted; accepted ones go on. This cannot be taken back.',
      submit: 'Repeal the procedure',
      done: 'Repealed.',
    },
    from: 'In force from',
    to: 'First day it is no longer in force',
    decision: 'Number of the repealing decision',
    fill: 'Enter the date first.',
    fillRepeal: 'Enter the date and the decision.',
  },
)

export type VersionStep = 'check' | 'publish' | 'repeal'

const AFTER = [getProcedure, getProcedureAdministration, listVersionsInPreparation, searchProcedures] as const

/** One sheet for the three steps of a version's life; each repeats what happens. */
export function VersionSheet({
  step,
  version,
  onClose,
}: {
  step: VersionStep
  version: VersionRow
  onClose: () => void
}) {
  const w = useWords(words)
  const { language } = useLanguage()
  const toast = useToast()
  const [day, setDay] = useState('')
  const [decision, setDecision] = useState('')
  const onDone = (): void => {
    toast({ message: w[step].done })
    onClose()
  }
  const check = useCommand(checkVersion, { refresh: AFTER, onDone })
  const publish = useCommand(publishVersion, { refresh: AFTER, onDone })
  const repeal = useCommand(repealVersion, { refresh: AFTER, onDone })
  const command = { check, publish, repeal }[step]
  const date = parseTypedDate(day)
  const blocked =
    step === 'check'
      ? undefined
      : step === 'publish'
        ? date
          ? undefined
          : w.fill
        : date && decision.trim().length >= 2
          ? undefined
          : w.fillRepeal
  const submit = (): void => {
    if (step === 'check') void check.run({ id: version.id })
    else if (date && step === 'publish') void publish.run({ id: version.id, effectiveFrom: date })
    else if (date) void repeal.run({ id: version.id, effectiveTo: date, decisionNo: decision })
  }
  return (
    <FormSheet
      form="version"
      title={w[step].title}
      lead={w[step].lead}
      submit={w[step].submit}
      danger={step === 'repeal'}
      blocked={blocked}
      command={command}
      onClose={onClose}
      onSubmit={submit}
    >
      <p className={styles.strong}>
        <span className="n">{version.code}</span> {version.name}
      </p>
      {step === 'check' ? null : (
        <DateField
          id={step === 'publish' ? 'version-effectiveFrom' : 'version-effectiveTo'}
          label={step === 'publish' ? w.from : w.to}
          value={day}
          onChange={setDay}
        />
      )}
      {step === 'repeal' ? (
        <TextField
          id="version-decisionNo"
          label={w.decision}
          value={decision}
          onChange={setDecision}
          error={fieldError(command.problem, 'decisionNo', language)}
        />
      ) : null}
    </FormSheet>
  )
}
