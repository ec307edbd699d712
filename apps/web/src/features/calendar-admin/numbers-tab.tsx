import { Plus } from 'lucide-react'
import { useState } from 'react'
import {
  approveParameterValue,
  listParameters,
  type OwnValue,
  type ParameterView,
  proposeParameterValue,
  withdrawParameterValue,
} from '#modules/calendar/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, TextArea, TextField } from '../../ui/field/field.tsx'
import { formatDate, parseTypedDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Card, DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { CommandProblem } from '../administration/problem.tsx'

const words = catalogue(
  {
    title: 'Thời hạn, số lần theo quy định',
    what: 'Quy định',
    now: 'Hôm nay',
    basis: 'Căn cứ',
    over: 'Theo thời gian',
    own: 'Của tỉnh',
    none: 'không quy định',
    propose: 'Đề nghị giá trị của tỉnh',
    proposeFor: (name: string) => `Đề nghị giá trị của tỉnh: ${name}`,
    approve: 'Duyệt',
    withdraw: 'Rút',
    PROPOSED: 'chờ duyệt',
    APPROVED: 'đã duyệt',
    WITHDRAWN: 'đã rút',
    from: (day: string) => `từ ${day}`,
    until: (from: string, to: string) => `${from} đến ${to}`,
    value: 'Giá trị',
    fromDay: 'Có hiệu lực từ',
    legalBasis: 'Căn cứ, số quyết định',
    reason: 'Lý do',
    lead: 'Giá trị có hiệu lực khi một người khác duyệt. Hồ sơ nhận từ ngày đó tính theo giá trị này.',
    fill: 'Điền giá trị, ngày, căn cứ và lý do.',
    proposed: 'Đã đề nghị; chờ người khác duyệt.',
    unit: {
      HOUR: 'giờ',
      WORKING_HOUR: 'giờ làm việc',
      CALENDAR_DAY: 'ngày',
      WORKING_DAY: 'ngày làm việc',
      TIMES: 'lần',
      TIME_OF_DAY: '',
      YES_NO: '',
    },
    yes: 'có',
    no: 'không',
    design: 'quy ước',
    withdrawn: 'Không còn dùng, trở lại quy định chung',
  },
  {
    title: 'Limits and counts by law',
    what: 'Rule',
    now: 'Today',
    basis: 'Basis',
    over: 'Over time',
    own: 'The province’s own',
    none: 'no rule',
    propose: 'Propose a value of our own',
    proposeFor: (name: string) => `Propose a value of our own: ${name}`,
    approve: 'Approve',
    withdraw: 'Withdraw',
    PROPOSED: 'to be approved',
    APPROVED: 'approved',
    WITHDRAWN: 'withdrawn',
    from: (day: string) => `from ${day}`,
    until: (from: string, to: string) => `${from} to ${to}`,
    value: 'Value',
    fromDay: 'Counts from',
    legalBasis: 'Legal basis, number of the decision',
    reason: 'Reason',
    lead: 'It counts when somebody else approves it, for dossiers received from that day on.',
    fill: 'Fill in the value, the day, the basis and the reason.',
    proposed: 'Proposed; somebody else has to approve it.',
    unit: {
      HOUR: 'hours',
      WORKING_HOUR: 'working hours',
      CALENDAR_DAY: 'days',
      WORKING_DAY: 'working days',
      TIMES: 'times',
      TIME_OF_DAY: '',
      YES_NO: '',
    },
    yes: 'yes',
    no: 'no',
    design: 'convention',
    withdrawn: 'No longer used, the general rule counts again',
  },
)
type Words = (typeof words)['vi']

const valueText = (w: Words, unit: ParameterView['unit'], value: number | null): string => {
  if (value === null) return w.none
  if (unit === 'YES_NO') return value === 1 ? w.yes : w.no
  if (unit === 'TIME_OF_DAY')
    return `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`
  return `${value} ${w.unit[unit]}`
}
const spanText = (w: Words, from: string, to: string | null): string =>
  to ? w.until(formatDate(from), formatDate(to)) : w.from(formatDate(from))

/** The numbers by which dossiers are judged, with their basis; where the law leaves room, the province's own with two people. */
export function NumbersTab() {
  const w = useWords(words)
  const { language } = useLanguage()
  const query = useOperation(listParameters, {})
  const [open, setOpen] = useState<ParameterView>()
  return (
    <Loaded query={query}>
      {({ items, mayPropose }) => (
        <Card title={w.title}>
          <DataTable<ParameterView>
            label={w.title}
            items={items}
            keyOf={({ key }) => key}
            columns={[
              { id: 'what', head: w.what, names: true, cell: ({ name }) => name[language] },
              {
                id: 'now',
                head: w.now,
                keep: true,
                cell: ({ unit, current }) => <strong>{valueText(w, unit, current?.value ?? null)}</strong>,
              },
              { id: 'basis', head: w.basis, cell: ({ current }) => current?.legalBasis ?? '' },
              {
                id: 'over',
                head: w.over,
                cell: ({ unit, values }) =>
                  values.map(({ from, to, value, confidence }) => (
                    <div key={from} className={styles.muted}>
                      {valueText(w, unit, value)}, {spanText(w, from, to)}{' '}
                      {confidence === 'design' ? <Chip tone="nghe">{w.design}</Chip> : null}
                    </div>
                  )),
              },
              {
                id: 'own',
                head: w.own,
                cell: (item) => (
                  <>
                    {item.own.map((own) => (
                      <OwnRow key={own.id} own={own} unit={item.unit} mayWithdraw={mayPropose} />
                    ))}
                    {mayPropose && item.local !== 'NONE' ? (
                      <Button
                        icon={Plus}
                        aria-label={w.proposeFor(item.name[language])}
                        onClick={() => setOpen(item)}
                      >
                        {w.propose}
                      </Button>
                    ) : null}
                  </>
                ),
              },
            ]}
          />
          {open ? <ProposeSheet parameter={open} onClose={() => setOpen(undefined)} /> : null}
        </Card>
      )}
    </Loaded>
  )
}

type OwnRowProps = { own: OwnValue; unit: ParameterView['unit']; mayWithdraw: boolean }

function OwnRow({ own, unit, mayWithdraw }: OwnRowProps) {
  const w = useWords(words)
  const approve = useCommand(approveParameterValue, { refresh: [listParameters] })
  const withdraw = useCommand(withdrawParameterValue, { refresh: [listParameters] })
  return (
    <div className={styles.stack}>
      <div>
        <strong>{valueText(w, unit, own.value)}</strong>, {spanText(w, own.from, own.to)}{' '}
        <Chip tone={own.state === 'APPROVED' ? 'ngoc' : own.state === 'PROPOSED' ? 'nghe' : 'tro'}>
          {w[own.state]}
        </Chip>
        <div className={styles.muted}>
          {own.legalBasis} · {[own.proposedBy, own.decidedBy].filter(Boolean).join(', ')}
        </div>
      </div>
      {own.state === 'WITHDRAWN' || !mayWithdraw ? null : (
        <span className={styles.row}>
          {own.mayApprove ? (
            <Button busy={approve.busy} onClick={() => void approve.run({ id: own.id })}>
              {w.approve}
            </Button>
          ) : null}
          <Button
            look="quiet"
            busy={withdraw.busy}
            onClick={() => void withdraw.run({ id: own.id, reason: w.withdrawn })}
          >
            {w.withdraw}
          </Button>
        </span>
      )}
      <CommandProblem problem={approve.problem ?? withdraw.problem} form="own" />
    </div>
  )
}

function ProposeSheet({ parameter, onClose }: { parameter: ParameterView; onClose: () => void }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const toast = useToast()
  const [value, setValue] = useState('')
  const [from, setFrom] = useState('')
  const [legalBasis, setLegalBasis] = useState('')
  const [reason, setReason] = useState('')
  const command = useCommand(proposeParameterValue, {
    refresh: [listParameters],
    onDone: () => {
      toast({ message: w.proposed })
      onClose()
    },
  })
  const day = parseTypedDate(from)
  const ready =
    /^\d{1,4}$/.test(value.trim()) && day && legalBasis.trim().length >= 3 && reason.trim().length >= 3
  return (
    <FormSheet
      form="number"
      title={w.proposeFor(parameter.name[language])}
      lead={w.lead}
      submit={w.propose}
      blocked={ready ? undefined : w.fill}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        day && void command.run({ key: parameter.key, value: Number(value), from: day, legalBasis, reason })
      }
    >
      <TextField
        id="number-value"
        label={[w.value, w.unit[parameter.unit]].filter(Boolean).join(', ')}
        value={value}
        onChange={setValue}
      />
      <DateField id="number-from" label={w.fromDay} value={from} onChange={setFrom} />
      <TextField id="number-legalBasis" label={w.legalBasis} value={legalBasis} onChange={setLegalBasis} />
      <TextArea id="number-reason" label={w.reason} value={reason} onChange={setReason} />
    </FormSheet>
  )
}
