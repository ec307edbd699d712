import { PenLine } from 'lucide-react'
import { useState } from 'react'
import {
  endMandate,
  giveMandate,
  listCentres,
  listMandates,
  listUnitStaff,
  type MandateView,
} from '#modules/organisation/contract.ts'
import { CAPACITIES } from '#modules/organisation/rules.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { DateField, SelectField, TextField } from '../../ui/field/field.tsx'
import { parseTypedDate } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Card } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { DecisionTable, useDecisionSheet } from './dated.tsx'
import { EndSheet } from './end-sheet.tsx'
import { listOf } from './organisation-words.ts'
import { signingWords } from './signing-words.ts'

const words = catalogue(
  {
    title: 'Người được giao ký',
    empty: 'Chưa ghi ai được giao ký thay thủ trưởng cơ quan này.',
    name: 'Họ tên',
    signs: 'Ký',
    what: 'Phạm vi',
    all: 'Mọi thủ tục của cơ quan',
    atCentre: (name: string) => `phê duyệt tại ${name}`,
    give: 'Giao ký',
    lead: 'Ghi theo quyết định hoặc quy chế của thủ trưởng (Điều 13 Nghị định 30/2020/NĐ-CP). Thừa ủy quyền phải có ngày kết thúc và thủ tục cụ thể; người được ủy quyền không ủy quyền lại.',
    person: 'Người ký',
    choose: 'Chọn người',
    capacity: 'Hình thức ký',
    principal: 'Chức vụ người được ký thay',
    principalHint: 'Ví dụ: Giám đốc, Chủ tịch',
    own: 'Chức vụ người ký',
    ownHint: 'Ví dụ: Phó Giám đốc, Trưởng phòng',
    centre: 'Chỉ với hồ sơ phê duyệt tại',
    anywhere: 'Mọi nơi trong cơ quan',
    allHint: 'Bỏ trống là mọi thủ tục. Cách nhau bằng dấu phẩy, ví dụ 1.000426, 2.000815',
    fill: 'Chọn người, nhập hai chức vụ, ngày bắt đầu và số quyết định.',
    fillLimited: 'Thừa ủy quyền phải có ngày kết thúc và mã thủ tục.',
    given: 'Đã ghi việc giao ký.',
    endOf: (name: string) => `Kết thúc việc giao ký của ${name}`,
    endLead: 'Từ ngày này người đó không ký theo việc giao này nữa. Văn bản đã ký giữ nguyên.',
    endDay: 'Ngày đầu tiên không còn ký',
    ended: 'Đã kết thúc việc giao ký.',
  },
  {
    title: 'Who signs for the head',
    empty: 'Nobody is recorded to sign for the head of this agency yet.',
    name: 'Name',
    signs: 'Signs as',
    what: 'Reach',
    all: 'Every procedure of the agency',
    atCentre: (name: string) => `approved at ${name}`,
    give: 'Record a mandate',
    lead: 'As the head decided (Article 13, Decree 30/2020). Signing by authority has a last day and named procedures, and is not handed on.',
    person: 'Who signs',
    choose: 'Choose somebody',
    capacity: 'Way of signing',
    principal: 'Office of whom is signed for',
    principalHint: 'For example: Giám đốc, Chủ tịch',
    own: 'Office of who signs',
    ownHint: 'For example: Phó Giám đốc, Trưởng phòng',
    centre: 'Only for what is approved at',
    anywhere: 'Anywhere in the agency',
    allHint: 'Empty for all. Separated by commas, e.g. 1.000426, 2.000815',
    fill: 'Choose somebody, enter both offices, the first day and the decision.',
    fillLimited: 'Signing by authority needs a last day and codes of procedures.',
    given: 'The mandate is recorded.',
    endOf: (name: string) => `End the mandate of ${name}`,
    endLead: 'From this day on nothing is signed by this mandate. What was signed stays.',
    endDay: 'First day without it',
    ended: 'The mandate is ended.',
  },
)

const READS = [listMandates] as const

/** Who signs for an agency: as what, which procedures, from when to when, by which decision. */
export function MandatesTab({ unit }: { unit: string }) {
  const w = useWords(words)
  const sw = useWords(signingWords)
  const mandates = useOperation(listMandates, { unit, ended: 'true' })
  const [giving, setGiving] = useState(false)
  const [ending, setEnding] = useState<MandateView>()
  const mayGive = mandates.data?.mayGive ?? false
  return (
    <Card
      title={w.title}
      actions={
        mayGive ? (
          <Button icon={PenLine} onClick={() => setGiving(true)}>
            {w.give}
          </Button>
        ) : null
      }
    >
      <Loaded query={mandates}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={PenLine} title={w.empty} />
          ) : (
            <DecisionTable
              label={w.title}
              items={items}
              ending={
                mayGive
                  ? {
                      label: sw.end,
                      of: ({ name }) => w.endOf(name),
                      may: ({ endedOn, inForce }) => endedOn === null && inForce,
                      open: setEnding,
                    }
                  : undefined
              }
              columns={[
                { id: 'name', head: w.name, names: true, cell: ({ name }) => name },
                {
                  id: 'signs',
                  head: w.signs,
                  cell: ({ lines, capacity }) => (
                    <>
                      {lines.map((line) => (
                        <div key={line}>{line}</div>
                      ))}
                      <div className={styles.muted}>{sw.capacity[capacity]}</div>
                    </>
                  ),
                },
                {
                  id: 'what',
                  head: w.what,
                  cell: ({ unit: agency, procedures, centre }) => (
                    <>
                      {agency.name}
                      <div className={styles.muted}>
                        {[
                          procedures.length === 0 ? w.all : procedures.join(', '),
                          ...(centre ? [w.atCentre(centre.name)] : []),
                        ].join('; ')}
                      </div>
                    </>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {giving ? <GiveSheet unit={unit} onClose={() => setGiving(false)} /> : null}
      {ending ? (
        <EndSheet
          operation={endMandate}
          refresh={READS}
          title={w.endOf(ending.name)}
          lead={w.endLead}
          dayLabel={w.endDay}
          dayField="endedOn"
          done={w.ended}
          input={(endedOn, reason) => ({ mandate: ending.id, endedOn, reason })}
          onClose={() => setEnding(undefined)}
        />
      ) : null}
    </Card>
  )
}

const EMPTY = {
  staff: '',
  capacity: 'KT',
  principalTitle: '',
  signerTitle: '',
  centre: '',
  procedures: '',
  from: '',
  to: '',
  decisionNo: '',
}

function GiveSheet({ unit, onClose }: { unit: string; onClose: () => void }) {
  const w = useWords(words)
  const sw = useWords(signingWords)
  const { values, command, field } = useDecisionSheet({
    ...{ operation: giveMandate, refresh: READS, form: 'mandate', empty: EMPTY, done: w.given, onClose },
  })
  const staff = useOperation(listUnitStaff, { unit })
  const centres = useOperation(listCentres, {})
  const capacity = CAPACITIES.find((one) => one === values.capacity) ?? 'KT'
  const from = parseTypedDate(values.from)
  const to = parseTypedDate(values.to)
  const procedures = listOf(values.procedures)
  const filled =
    values.staff !== '' &&
    values.principalTitle.trim().length >= 2 &&
    values.signerTitle.trim().length >= 2 &&
    values.decisionNo.trim() !== '' &&
    (values.to.trim() === '' || to !== undefined)
  const limited = capacity !== 'TUQ' || (to !== undefined && procedures.length > 0)
  return (
    <FormSheet
      form="mandate"
      title={w.give}
      lead={w.lead}
      submit={w.give}
      blocked={!filled || !from ? w.fill : limited ? undefined : w.fillLimited}
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (from)
          void command.run({
            ...{ unit, staff: values.staff, capacity, from, to: to ?? null, procedures },
            principalTitle: values.principalTitle,
            signerTitle: values.signerTitle,
            centre: values.centre || null,
            decisionNo: values.decisionNo,
          })
      }}
    >
      <Loaded query={staff} shape="lines">
        {({ items }) => (
          <SelectField
            label={w.person}
            placeholder={w.choose}
            options={items.map(({ id, name, position }) => ({ value: id, label: `${name}, ${position}` }))}
            {...field('staff')}
          />
        )}
      </Loaded>
      <SelectField
        label={w.capacity}
        options={CAPACITIES.map((value) => ({ value, label: sw.capacity[value] }))}
        {...field('capacity')}
      />
      <div className={styles.pair}>
        <TextField label={w.principal} hint={w.principalHint} {...field('principalTitle')} />
        <TextField label={w.own} hint={w.ownHint} {...field('signerTitle')} />
      </div>
      <TextField
        label={sw.codes}
        hint={capacity === 'TUQ' ? sw.codesHint : w.allHint}
        optional={capacity !== 'TUQ'}
        {...field('procedures')}
      />
      <SelectField
        label={w.centre}
        placeholder={w.anywhere}
        options={(centres.data?.items ?? []).map(({ id, shortName }) => ({ value: id, label: shortName }))}
        {...field('centre')}
      />
      <div className={styles.pair}>
        <DateField label={sw.begin} {...field('from')} />
        <DateField label={sw.finish} optional={capacity !== 'TUQ'} {...field('to')} />
      </div>
      <TextField label={sw.number} {...field('decisionNo')} />
    </FormSheet>
  )
}
