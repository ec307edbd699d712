import { CalendarPlus } from 'lucide-react'
import { useState } from 'react'
import {
  getProcedure,
  getProcedureAdministration,
  type ProcedureDetail,
  searchProcedures,
  setProcedureLimit,
} from '#modules/catalogue/contract.ts'
import { totalProcessHours } from '#modules/catalogue/rules.ts'
import type { Output } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, SelectField, TextField } from '../../ui/field/field.tsx'
import { formatDate, parseTypedDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { DURATION_UNITS, durationWords, isDurationUnit, unitWords } from '../administration/durations.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Card, DataTable } from '../administration/layout.tsx'
import { fieldError } from '../administration/problem.tsx'
import { catalogueWords } from './catalogue-words.ts'

const words = catalogue(
  {
    promised: 'Thời hạn đang hứa với người dân',
    case: 'Trường hợp',
    channel: 'Cách nộp',
    law: 'Luật định',
    promise: 'Hứa',
    cut: 'Cắt giảm',
    cutBy: (percent: number) => `Cắt ${percent}%`,
    none: 'Không',
    unknown: 'Chưa rõ',
    decisions: 'Thời hạn theo quyết định',
    kind: 'Loại',
    time: 'Thời hạn',
    decision: 'Quyết định',
    from: 'Áp dụng từ',
    to: 'Đến hết',
    running: 'đang áp dụng',
    always: 'từ trước',
    add: 'Thêm thời hạn',
    empty: 'Chưa có quyết định nào về thời hạn; trang dùng thời hạn của luật.',
    sheet: 'Thêm thời hạn theo quyết định',
    lead: 'Thời hạn cùng loại đang chạy kết thúc vào ngày thời hạn mới bắt đầu; lịch sử được giữ. Hồ sơ đã nhận giữ thời hạn của ngày nhận.',
    amount: 'Số',
    unit: 'Đơn vị',
    allCases: 'Mọi trường hợp',
    allChannels: 'Mọi cách nộp',
    number: 'Số quyết định',
    numberHint: 'Số, ký hiệu, cơ quan ban hành',
    signed: 'Ngày quyết định',
    effective: 'Áp dụng từ ngày',
    submit: 'Lưu thời hạn',
    saved: 'Đã lưu thời hạn.',
    fill: 'Nhập đủ số, số quyết định và hai ngày.',
  },
  {
    promised: 'What is promised to citizens now',
    case: 'Case',
    channel: 'Channel',
    law: 'By law',
    promise: 'Promised',
    cut: 'Cut',
    cutBy: (percent: number) => `Cut by ${percent}%`,
    none: 'None',
    unknown: 'Unknown',
    decisions: 'Limits by decision',
    kind: 'Kind',
    time: 'Limit',
    decision: 'Decision',
    from: 'From',
    to: 'Until the end of',
    running: 'in force',
    always: 'from before',
    add: 'Add a limit',
    empty: 'There is no decision on limits yet; the law’s limit is used.',
    sheet: 'Add a limit with its decision',
    lead: 'A running limit of the same kind ends the day the new one begins; history is kept. Dossiers already accepted keep the limit of their day.',
    amount: 'Amount',
    unit: 'Unit',
    allCases: 'All cases',
    allChannels: 'All channels',
    number: 'Number of the decision',
    numberHint: 'Number and issuer',
    signed: 'Date of the decision',
    effective: 'In force from',
    submit: 'Save the limit',
    saved: 'The limit is saved.',
    fill: 'Fill in the amount, the number of the decision and both dates.',
  },
)

const KINDS = ['LOCAL', 'ANNOUNCED', 'LEGAL', 'INTERNAL'] as const
const CHANNELS = ['direct', 'online', 'postal'] as const
type LimitRow = Output<typeof getProcedureAdministration>['limits'][number]

/** How much shorter the promise is than the law, in whole percent; 0 when it is not. */
const cutOf = (promised: Parameters<typeof totalProcessHours>[0], law: typeof promised | null): number => {
  const full = law ? totalProcessHours(law) : 0
  return full > 0 ? Math.max(0, Math.round((1 - totalProcessHours(promised) / full) * 100)) : 0
}

const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

export function LimitsTab({
  procedure,
  limits,
}: {
  procedure: ProcedureDetail
  limits: readonly LimitRow[]
}) {
  const w = useWords(words)
  const cw = useWords(catalogueWords)
  const { language } = useLanguage()
  const [adding, setAdding] = useState(false)
  const caseName = (id: string | null): string =>
    id === null ? w.allCases : (procedure.cases.find((one) => one.id === id)?.name ?? id)
  const promises = procedure.cases.flatMap((one) =>
    one.channels.map((channel) => ({ id: `${one.id} ${channel.channel}`, name: one.name, ...channel })),
  )
  return (
    <div className={styles.stack}>
      <Card title={w.promised}>
        <DataTable
          label={w.promised}
          items={promises}
          keyOf={({ id }) => id}
          columns={[
            { id: 'case', head: w.case, names: true, cell: ({ name }) => name },
            { id: 'channel', head: w.channel, cell: ({ channel }) => cw.channel[channel] },
            {
              id: 'law',
              head: w.law,
              cell: ({ duration }) =>
                duration?.statutory ? durationWords(duration.statutory, language) : w.unknown,
            },
            {
              id: 'promise',
              head: w.promise,
              cell: ({ duration }) =>
                duration ? (
                  <>
                    <strong>{durationWords(duration, language)}</strong>{' '}
                    <span className={styles.muted}>
                      {[cw.source[duration.source], duration.decisionNo].filter(Boolean).join(', ')}
                    </span>
                  </>
                ) : (
                  w.unknown
                ),
            },
            {
              id: 'cut',
              head: w.cut,
              cell: ({ duration }) => {
                const cut = duration ? cutOf(duration, duration.statutory) : 0
                return cut > 0 ? (
                  <span className={styles.keep}>
                    <Chip tone="ngoc">{w.cutBy(cut)}</Chip>
                  </span>
                ) : (
                  w.none
                )
              },
            },
          ]}
        />
      </Card>
      <Card
        title={w.decisions}
        actions={
          <Button icon={CalendarPlus} onClick={() => setAdding(true)}>
            {w.add}
          </Button>
        }
      >
        {limits.length === 0 ? (
          <EmptyState title={w.empty} />
        ) : (
          <DataTable
            label={w.decisions}
            items={limits}
            keyOf={({ id }) => id}
            dim={({ effectiveTo }) => effectiveTo !== null}
            columns={[
              { id: 'kind', head: w.kind, names: true, cell: ({ kind }) => cw.limitKind[kind] },
              { id: 'time', head: w.time, cell: (limit) => durationWords(limit, language) },
              {
                id: 'case',
                head: w.case,
                cell: (limit) =>
                  `${caseName(limit.case)}, ${limit.channel ? cw.channel[limit.channel] : w.allChannels.toLocaleLowerCase('vi')}`,
              },
              {
                id: 'decision',
                head: w.decision,
                cell: ({ decisionNo, decisionDate }) =>
                  [decisionNo, decisionDate && formatDate(decisionDate)].filter(Boolean).join(', '),
              },
              {
                id: 'from',
                head: w.from,
                cell: ({ effectiveFrom }) => (effectiveFrom ? formatDate(effectiveFrom) : w.always),
              },
              {
                id: 'to',
                head: w.to,
                cell: ({ effectiveTo }) => (effectiveTo ? formatDate(dayBefore(effectiveTo)) : w.running),
              },
            ]}
          />
        )}
      </Card>
      {adding ? <LimitSheet procedure={procedure} onClose={() => setAdding(false)} /> : null}
    </div>
  )
}

function LimitSheet({ procedure, onClose }: { procedure: ProcedureDetail; onClose: () => void }) {
  const w = useWords(words)
  const cw = useWords(catalogueWords)
  const { language } = useLanguage()
  const toast = useToast()
  const [kind, setKind] = useState<(typeof KINDS)[number]>('LOCAL')
  const [unit, setUnit] = useState<(typeof DURATION_UNITS)[number]>('WORKING_DAY')
  const [values, setValues] = useState({
    amount: '',
    case: '',
    channel: '',
    number: '',
    signed: '',
    from: '',
  })
  const set = (name: keyof typeof values) => (value: string) => setValues({ ...values, [name]: value })
  const command = useCommand(setProcedureLimit, {
    refresh: [getProcedure, getProcedureAdministration, searchProcedures],
    onDone: () => {
      toast({ message: w.saved })
      onClose()
    },
  })
  const amount = Number(values.amount.replace(',', '.'))
  const decisionDate = parseTypedDate(values.signed)
  const effectiveFrom = parseTypedDate(values.from)
  const ready = amount > 0 && values.number.trim().length >= 2 && decisionDate && effectiveFrom
  return (
    <FormSheet
      form="limit"
      title={w.sheet}
      lead={w.lead}
      submit={w.submit}
      blocked={ready ? undefined : w.fill}
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (decisionDate && effectiveFrom)
          void command.run({
            code: procedure.code,
            kind,
            case: values.case || null,
            channel: CHANNELS.find((channel) => channel === values.channel) ?? null,
            amount,
            unit,
            decisionNo: values.number,
            decisionDate,
            effectiveFrom,
          })
      }}
    >
      <SelectField
        id="limit-kind"
        label={w.kind}
        value={kind}
        options={KINDS.map((value) => ({ value, label: cw.limitKind[value] }))}
        onChange={(value) => setKind(KINDS.find((one) => one === value) ?? kind)}
      />
      <div className={styles.pair}>
        <TextField
          id="limit-amount"
          label={w.amount}
          inputMode="decimal"
          className="n"
          value={values.amount}
          onChange={set('amount')}
          error={fieldError(command.problem, 'amount', language)}
        />
        <SelectField
          id="limit-unit"
          label={w.unit}
          value={unit}
          options={DURATION_UNITS.map((value) => ({ value, label: unitWords(value, language) }))}
          onChange={(value) => isDurationUnit(value) && setUnit(value)}
        />
      </div>
      <SelectField
        id="limit-case"
        label={w.case}
        value={values.case}
        placeholder={w.allCases}
        options={procedure.cases.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={set('case')}
      />
      <SelectField
        id="limit-channel"
        label={w.channel}
        value={values.channel}
        placeholder={w.allChannels}
        options={CHANNELS.map((value) => ({ value, label: cw.channel[value] }))}
        onChange={set('channel')}
      />
      <TextField
        id="limit-decisionNo"
        label={w.number}
        hint={w.numberHint}
        value={values.number}
        onChange={set('number')}
        error={fieldError(command.problem, 'decisionNo', language)}
      />
      <div className={styles.pair}>
        <DateField id="limit-decisionDate" label={w.signed} value={values.signed} onChange={set('signed')} />
        <DateField id="limit-effectiveFrom" label={w.effective} value={values.from} onChange={set('from')} />
      </div>
    </FormSheet>
  )
}
