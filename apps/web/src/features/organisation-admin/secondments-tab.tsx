import { CalendarX, UserPlus } from 'lucide-react'
import { useState } from 'react'
import {
  endSecondment,
  listCentreStaff,
  listSecondments,
  listUnitStaff,
  type SecondmentView,
  startSecondment,
} from '#modules/organisation/contract.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, SelectField, TextArea, TextField } from '../../ui/field/field.tsx'
import { formatDate, parseTypedDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Card, DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { fieldError } from '../administration/problem.tsx'
import { type PickedUnit, UnitPicker } from '../administration/unit-picker.tsx'
import { listOf, organisationWords } from './organisation-words.ts'

const words = catalogue(
  {
    title: 'Cán bộ được cử đến Trung tâm',
    empty: 'Chưa có lượt cử cán bộ nào.',
    name: 'Họ tên',
    from: 'Đơn vị cử',
    period: 'Thời gian',
    decision: 'Quyết định',
    state: 'Trạng thái',
    running: 'Đang làm việc',
    planned: 'Sắp đến',
    over: 'Đã hết',
    endedOn: (date: string) => `Kết thúc sớm ${date}`,
    backup: 'dự phòng',
    exception: 'ngoại lệ',
    actions: 'Việc làm được',
    end: 'Kết thúc',
    endOf: (name: string) => `Kết thúc lượt cử của ${name}`,
    start: 'Cử cán bộ',
    startLead:
      'Thời gian mỗi lượt theo Điều 11 Nghị định 118/2025; ngắn hoặc dài hơn thì ghi căn cứ ngoại lệ.',
    unit: 'Đơn vị cử cán bộ',
    person: 'Cán bộ',
    choose: 'Chọn cán bộ',
    nobody: 'Đơn vị này chưa có cán bộ trong danh sách.',
    begin: 'Từ ngày',
    finish: 'Đến ngày',
    number: 'Số quyết định',
    backupOf: 'Dự phòng cho',
    notBackup: 'Không phải dự phòng',
    basis: 'Căn cứ ngoại lệ',
    submit: 'Cử cán bộ',
    started: 'Đã ghi lượt cử cán bộ.',
    fill: 'Chọn cán bộ, hai ngày và số quyết định.',
    endTitle: (name: string) => `Kết thúc lượt cử: ${name}`,
    endLead: 'Cán bộ trở về đơn vị cử sau ngày này.',
    endDay: 'Ngày làm việc cuối cùng tại Trung tâm',
    reason: 'Lý do',
    ended: 'Đã kết thúc lượt cử.',
    fillEnd: 'Nhập ngày và lý do.',
  },
  {
    title: 'Officers sent to the centre',
    empty: 'Nobody has been sent yet.',
    name: 'Name',
    from: 'Sending unit',
    period: 'Period',
    decision: 'Decision',
    state: 'State',
    running: 'Serving',
    planned: 'To come',
    over: 'Over',
    endedOn: (date: string) => `Ended early ${date}`,
    backup: 'backup',
    exception: 'exception',
    actions: 'What can be done',
    end: 'End',
    endOf: (name: string) => `End the secondment of ${name}`,
    start: 'Send an officer',
    startLead:
      'How long a tour lasts is set by Article 11 of Decree 118/2025; a shorter or longer one needs its basis.',
    unit: 'Sending unit',
    person: 'Officer',
    choose: 'Choose an officer',
    nobody: 'This unit has no officers on the list.',
    begin: 'From',
    finish: 'To',
    number: 'Number of the decision',
    backupOf: 'Backup for',
    notBackup: 'Not a backup',
    basis: 'Basis of the exception',
    submit: 'Send the officer',
    started: 'The secondment is recorded.',
    fill: 'Choose the officer, both dates and the decision.',
    endTitle: (name: string) => `End the secondment: ${name}`,
    endLead: 'The officer returns to the sending unit after this day.',
    endDay: 'Last day at the centre',
    reason: 'Reason',
    ended: 'The secondment is ended.',
    fillEnd: 'Enter the day and the reason.',
  },
)

const READS = [listSecondments, listCentreStaff, listUnitStaff] as const

export function SecondmentsTab({ centre, mayChange }: { centre: string; mayChange: boolean }) {
  const w = useWords(words)
  const secondments = useOperation(listSecondments, { centre })
  const today = localDateOf(new Date())
  const [starting, setStarting] = useState(false)
  const [ending, setEnding] = useState<SecondmentView>()
  const isOver = ({ to, endedOn }: SecondmentView): boolean => (endedOn ?? to) < today
  const stateOf = (row: SecondmentView): string =>
    row.endedOn && row.endedOn < row.to
      ? w.endedOn(formatDate(row.endedOn))
      : isOver(row)
        ? w.over
        : row.from > today
          ? w.planned
          : w.running
  return (
    <Card
      title={w.title}
      actions={
        mayChange ? (
          <Button icon={UserPlus} onClick={() => setStarting(true)}>
            {w.start}
          </Button>
        ) : null
      }
    >
      <Loaded query={secondments}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <EmptyState icon={UserPlus} title={w.empty} />
            ) : (
              <DataTable
                label={w.title}
                items={items}
                keyOf={({ id }) => id}
                dim={isOver}
                columns={[
                  { id: 'name', head: w.name, names: true, cell: ({ name }) => name },
                  {
                    id: 'from',
                    head: w.from,
                    cell: ({ sendingUnit, fields }) => (
                      <>
                        {sendingUnit.name}
                        <div className={styles.muted}>{fields.join(', ')}</div>
                      </>
                    ),
                  },
                  {
                    id: 'period',
                    head: w.period,
                    cell: ({ from, to }) => (
                      <span className="n">
                        {formatDate(from)} – {formatDate(to)}
                      </span>
                    ),
                  },
                  {
                    id: 'decision',
                    head: w.decision,
                    cell: ({ decisionNo, exceptionBasis }) => (
                      <>
                        {decisionNo}
                        {exceptionBasis ? (
                          <div className={styles.muted}>
                            {w.exception}: {exceptionBasis}
                          </div>
                        ) : null}
                      </>
                    ),
                  },
                  {
                    id: 'state',
                    head: w.state,
                    keep: true,
                    cell: (row) => (
                      <Chip tone={isOver(row) ? 'tro' : 'ngoc'}>
                        {[stateOf(row), row.backupOf && w.backup].filter(Boolean).join(', ')}
                      </Chip>
                    ),
                  },
                  ...(mayChange
                    ? [
                        {
                          id: 'actions',
                          head: w.actions,
                          actions: true,
                          cell: (row: SecondmentView) =>
                            isOver(row) ? null : (
                              <Button
                                icon={CalendarX}
                                aria-label={w.endOf(row.name)}
                                onClick={() => setEnding(row)}
                              >
                                {w.end}
                              </Button>
                            ),
                        },
                      ]
                    : []),
                ]}
              />
            )}
            {starting ? (
              <StartSheet centre={centre} running={items} onClose={() => setStarting(false)} />
            ) : null}
          </>
        )}
      </Loaded>
      {ending ? <EndSheet row={ending} onClose={() => setEnding(undefined)} /> : null}
    </Card>
  )
}

function StartSheet({
  centre,
  running,
  onClose,
}: {
  centre: string
  running: readonly SecondmentView[]
  onClose: () => void
}) {
  const w = useWords(words)
  const ow = useWords(organisationWords)
  const { language } = useLanguage()
  const toast = useToast()
  const [unit, setUnit] = useState<PickedUnit | null>(null)
  const [values, setValues] = useState({
    staff: '',
    from: '',
    to: '',
    decisionNo: '',
    fields: '',
    backupOf: '',
    exceptionBasis: '',
  })
  const staff = useOperation(listUnitStaff, { unit: unit?.id ?? '' }, { enabled: unit !== null })
  const command = useCommand(startSecondment, {
    refresh: READS,
    onDone: () => {
      toast({ message: w.started })
      onClose()
    },
  })
  const field = (name: keyof typeof values) => ({
    id: `secondment-${name}`,
    value: values[name],
    onChange: (value: string) => setValues({ ...values, [name]: value }),
    error: fieldError(command.problem, name, language),
  })
  const from = parseTypedDate(values.from)
  const to = parseTypedDate(values.to)
  const ready = values.staff !== '' && from && to && values.decisionNo.trim() !== ''
  return (
    <FormSheet
      form="secondment"
      title={w.start}
      lead={w.startLead}
      submit={w.submit}
      blocked={ready ? undefined : w.fill}
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (from && to)
          void command.run({
            centre,
            staff: values.staff,
            from,
            to,
            decisionNo: values.decisionNo,
            fields: listOf(values.fields),
            backupOf: values.backupOf || null,
            exceptionBasis: values.exceptionBasis.trim() || null,
          })
      }}
    >
      <UnitPicker
        id="secondment-unit"
        label={w.unit}
        value={unit}
        onChange={(next) => {
          setUnit(next)
          setValues({ ...values, staff: '' })
        }}
      />
      {unit ? (
        <Loaded query={staff} shape="lines">
          {({ items }) =>
            items.length === 0 ? (
              <p className={styles.note}>{w.nobody}</p>
            ) : (
              <SelectField
                label={w.person}
                placeholder={w.choose}
                options={items.map(({ id, name, position }) => ({
                  value: id,
                  label: `${name}, ${position}`,
                }))}
                {...field('staff')}
              />
            )
          }
        </Loaded>
      ) : null}
      <div className={styles.pair}>
        <DateField label={w.begin} {...field('from')} />
        <DateField label={w.finish} {...field('to')} />
      </div>
      <TextField label={w.number} {...field('decisionNo')} />
      <TextField label={ow.fields} hint={ow.fieldsHint} optional {...field('fields')} />
      <SelectField
        label={w.backupOf}
        placeholder={w.notBackup}
        options={running
          .filter(({ backupOf, endedOn }) => backupOf === null && endedOn === null)
          .map(({ id, name }) => ({ value: id, label: name }))}
        {...field('backupOf')}
      />
      <TextArea label={w.basis} hint={ow.basisHint} optional rows={2} {...field('exceptionBasis')} />
    </FormSheet>
  )
}

function EndSheet({ row, onClose }: { row: SecondmentView; onClose: () => void }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const toast = useToast()
  const [day, setDay] = useState('')
  const [reason, setReason] = useState('')
  const command = useCommand(endSecondment, {
    refresh: READS,
    onDone: () => {
      toast({ message: w.ended })
      onClose()
    },
  })
  const endedOn = parseTypedDate(day)
  return (
    <FormSheet
      form="end"
      title={w.endTitle(row.name)}
      lead={w.endLead}
      submit={w.end}
      danger
      blocked={endedOn && reason.trim().length >= 3 ? undefined : w.fillEnd}
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (endedOn) void command.run({ secondment: row.id, endedOn, reason })
      }}
    >
      <DateField
        id="end-endedOn"
        label={w.endDay}
        value={day}
        onChange={setDay}
        error={fieldError(command.problem, 'endedOn', language)}
      />
      <TextArea
        id="end-reason"
        label={w.reason}
        value={reason}
        onChange={setReason}
        error={fieldError(command.problem, 'reason', language)}
      />
    </FormSheet>
  )
}
