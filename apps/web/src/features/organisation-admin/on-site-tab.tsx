import { MapPinCheck, Stamp } from 'lucide-react'
import { useState } from 'react'
import {
  decideOnSite,
  endOnSite,
  giveSealBack,
  keepSeal,
  listOnSite,
  type OnSiteView,
  type SealView,
} from '#modules/organisation/contract.ts'
import { ON_SITE_PARTS, type OnSitePart } from '#modules/organisation/rules.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { DateField, TextField } from '../../ui/field/field.tsx'
import { parseTypedDate } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Card } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { type PickedUnit, UnitPicker } from '../administration/unit-picker.tsx'
import { DecisionTable, useDecisionSheet } from './dated.tsx'
import { EndSheet } from './end-sheet.tsx'
import { OnSiteShare } from './on-site-share.tsx'
import own from './organisation.module.css'
import { signingWords } from './signing-words.ts'

const words = catalogue(
  {
    title: 'Thủ tục thực hiện tại Trung tâm',
    empty: 'Chưa có thủ tục nào được thẩm định, phê duyệt tại Trung tâm này.',
    procedure: 'Thủ tục',
    parts: 'Thực hiện tại Trung tâm',
    add: 'Ghi thủ tục',
    lead: 'Hồ sơ tiếp nhận từ ngày bắt đầu được thẩm định, phê duyệt ngay tại Trung tâm: giấy tờ không phải chuyển về cơ quan.',
    code: 'Mã thủ tục',
    codeHint: 'Ví dụ 1.000426',
    what: 'Việc làm tại Trung tâm',
    fill: 'Nhập mã thủ tục, chọn việc, ngày bắt đầu và số quyết định.',
    added: 'Đã ghi thủ tục thực hiện tại Trung tâm.',
    endOf: (code: string) => `Kết thúc thực hiện tại Trung tâm: ${code}`,
    endLead: 'Hồ sơ tiếp nhận sau ngày này chuyển về cơ quan như trước. Hồ sơ đã tiếp nhận giữ nguyên.',
    ended: 'Đã ghi ngày kết thúc.',
    seals: 'Con dấu thứ hai giữ tại Trung tâm',
    noSeals: 'Chưa có con dấu thứ hai nào giữ tại Trung tâm này.',
    seal: 'Con dấu',
    keeper: 'Người giữ',
    agency: 'Cơ quan có con dấu',
    keep: 'Nhận giữ con dấu',
    keepLead: 'Kết quả phê duyệt tại Trung tâm được đóng dấu này, không phải bàn giao từ cơ quan.',
    label: 'Tên trong sổ con dấu',
    labelHint: 'Ví dụ: Dấu thứ hai, số 02',
    fillSeal: 'Chọn cơ quan, nhập tên con dấu, người giữ, ngày và số quyết định.',
    kept: 'Đã ghi con dấu giữ tại Trung tâm.',
    back: 'Trả lại',
    backOf: (name: string) => `Trả lại con dấu: ${name}`,
    backLead: 'Sau ngày này kết quả được đóng dấu tại cơ quan.',
    givenBack: 'Đã ghi ngày trả con dấu.',
  },
  {
    title: 'Procedures done at the centre',
    empty: 'No procedure is appraised or approved at this centre yet.',
    procedure: 'Procedure',
    parts: 'Done at the centre',
    add: 'Record a procedure',
    lead: 'What is received from the first day on is appraised and approved at the centre; no paper travels to the agency.',
    code: 'Code of the procedure',
    codeHint: 'For example 1.000426',
    what: 'What is done at the centre',
    fill: 'Enter the code, what is done, the first day and the decision.',
    added: 'The procedure is recorded.',
    endOf: (code: string) => `End at the centre: ${code}`,
    endLead: 'What is received after this day goes to the agency as before. What was received stays.',
    ended: 'The last day is recorded.',
    seals: 'Second seals kept at the centre',
    noSeals: 'No second seal is kept at this centre yet.',
    seal: 'Seal',
    keeper: 'Keeper',
    agency: 'Agency of the seal',
    keep: 'Take a seal in',
    keepLead: 'Results approved at the centre carry this seal and are not handed over by the agency.',
    label: 'Name in the register of seals',
    labelHint: 'For example: Dấu thứ hai, số 02',
    fillSeal: 'Choose the agency, enter the seal, its keeper, the day and the decision.',
    kept: 'The seal is recorded.',
    back: 'Give back',
    backOf: (name: string) => `Give the seal back: ${name}`,
    backLead: 'After this day results are sealed at the agency.',
    givenBack: 'The last day is recorded.',
  },
)

const READS = [listOnSite] as const

/** What is appraised, approved and sealed at a centre, and the agencies' second seals that are kept there. */
export function OnSiteTab({ centre }: { centre: string }) {
  const onSite = useOperation(listOnSite, { centre, ended: 'true' })
  return (
    <Loaded query={onSite}>
      {({ procedures, seals, mayChange }) => (
        <div className={styles.panel}>
          <ProceduresCard centre={centre} items={procedures} mayChange={mayChange} />
          <SealsCard centre={centre} items={seals} mayChange={mayChange} />
          <OnSiteShare centre={centre} />
        </div>
      )}
    </Loaded>
  )
}

type CardProps<T> = { centre: string; items: readonly T[]; mayChange: boolean }

function ProceduresCard({ centre, items, mayChange }: CardProps<OnSiteView>) {
  const w = useWords(words)
  const sw = useWords(signingWords)
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<OnSiteView>()
  return (
    <Card
      title={w.title}
      actions={
        mayChange ? (
          <Button icon={MapPinCheck} onClick={() => setAdding(true)}>
            {w.add}
          </Button>
        ) : null
      }
    >
      {items.length === 0 ? (
        <EmptyState icon={MapPinCheck} title={w.empty} />
      ) : (
        <DecisionTable
          label={w.title}
          items={items}
          ending={
            mayChange
              ? {
                  label: sw.end,
                  of: ({ procedure }) => w.endOf(procedure),
                  may: ({ inForce }) => inForce,
                  open: setEnding,
                }
              : undefined
          }
          columns={[
            {
              id: 'procedure',
              head: w.procedure,
              names: true,
              cell: ({ procedure }) => <span className="n">{procedure}</span>,
            },
            { id: 'parts', head: w.parts, cell: ({ parts }) => parts.map((one) => sw.part[one]).join(', ') },
          ]}
        />
      )}
      {adding ? <DecideSheet centre={centre} onClose={() => setAdding(false)} /> : null}
      {ending ? (
        <EndSheet
          operation={endOnSite}
          refresh={READS}
          title={w.endOf(ending.procedure)}
          lead={w.endLead}
          dayLabel={sw.lastDay}
          dayField="to"
          done={w.ended}
          input={(to, reason) => ({ decision: ending.id, to, reason })}
          onClose={() => setEnding(undefined)}
        />
      ) : null}
    </Card>
  )
}

function DecideSheet({ centre, onClose }: { centre: string; onClose: () => void }) {
  const w = useWords(words)
  const sw = useWords(signingWords)
  const { values, command, field } = useDecisionSheet({
    ...{ operation: decideOnSite, refresh: READS, form: 'on-site', done: w.added, onClose },
    empty: { procedure: '', from: '', to: '', decisionNo: '' },
  })
  const [parts, setParts] = useState<readonly OnSitePart[]>(['appraise', 'approve'])
  const from = parseTypedDate(values.from)
  const ready =
    values.procedure.trim().length >= 3 && parts.length > 0 && from && values.decisionNo.trim() !== ''
  return (
    <FormSheet
      form="on-site"
      title={w.add}
      lead={w.lead}
      submit={w.add}
      blocked={ready ? undefined : w.fill}
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (from)
          void command.run({
            ...{ centre, procedure: values.procedure, parts: [...parts], from },
            to: parseTypedDate(values.to) ?? null,
            decisionNo: values.decisionNo,
          })
      }}
    >
      <TextField label={w.code} hint={w.codeHint} className="n" {...field('procedure')} />
      <fieldset>
        <legend className={styles.label}>{w.what}</legend>
        <div className={own.checks}>
          {ON_SITE_PARTS.map((part) => (
            <label key={part}>
              <input
                type="checkbox"
                checked={parts.includes(part)}
                onChange={(event) =>
                  setParts(event.target.checked ? [...parts, part] : parts.filter((other) => other !== part))
                }
              />
              {sw.part[part]}
            </label>
          ))}
        </div>
      </fieldset>
      <div className={styles.pair}>
        <DateField label={sw.begin} {...field('from')} />
        <DateField label={sw.finish} optional {...field('to')} />
      </div>
      <TextField label={sw.number} {...field('decisionNo')} />
    </FormSheet>
  )
}

function SealsCard({ centre, items, mayChange }: CardProps<SealView>) {
  const w = useWords(words)
  const sw = useWords(signingWords)
  const [keeping, setKeeping] = useState(false)
  const [returning, setReturning] = useState<SealView>()
  return (
    <Card
      title={w.seals}
      actions={
        mayChange ? (
          <Button icon={Stamp} onClick={() => setKeeping(true)}>
            {w.keep}
          </Button>
        ) : null
      }
    >
      {items.length === 0 ? (
        <EmptyState icon={Stamp} title={w.noSeals} />
      ) : (
        <DecisionTable
          label={w.seals}
          items={items}
          ending={
            mayChange
              ? {
                  label: w.back,
                  of: ({ label }) => w.backOf(label),
                  may: ({ inForce }) => inForce,
                  open: setReturning,
                }
              : undefined
          }
          columns={[
            {
              id: 'seal',
              head: w.seal,
              names: true,
              cell: ({ label, unit }) => (
                <>
                  {label}
                  <div className={styles.muted}>{unit.name}</div>
                </>
              ),
            },
            { id: 'keeper', head: w.keeper, cell: ({ keeper }) => keeper },
          ]}
        />
      )}
      {keeping ? <KeepSheet centre={centre} onClose={() => setKeeping(false)} /> : null}
      {returning ? (
        <EndSheet
          operation={giveSealBack}
          refresh={READS}
          title={w.backOf(returning.label)}
          lead={w.backLead}
          dayLabel={sw.lastDay}
          dayField="to"
          done={w.givenBack}
          input={(to, reason) => ({ seal: returning.id, to, reason })}
          onClose={() => setReturning(undefined)}
        />
      ) : null}
    </Card>
  )
}

function KeepSheet({ centre, onClose }: { centre: string; onClose: () => void }) {
  const w = useWords(words)
  const sw = useWords(signingWords)
  const { values, command, field } = useDecisionSheet({
    ...{ operation: keepSeal, refresh: READS, form: 'seal', done: w.kept, onClose },
    empty: { label: '', keeper: '', from: '', decisionNo: '' },
  })
  const [unit, setUnit] = useState<PickedUnit | null>(null)
  const from = parseTypedDate(values.from)
  const named = values.label.trim().length >= 2 && values.keeper.trim().length >= 2
  return (
    <FormSheet
      form="seal"
      title={w.keep}
      lead={w.keepLead}
      submit={w.keep}
      blocked={unit && named && from && values.decisionNo.trim() !== '' ? undefined : w.fillSeal}
      command={command}
      onClose={onClose}
      onSubmit={() => {
        if (unit && from)
          void command.run({
            ...{ centre, unit: unit.id, label: values.label, keeper: values.keeper, from, to: null },
            decisionNo: values.decisionNo,
          })
      }}
    >
      <UnitPicker id="seal-unit" label={w.agency} value={unit} onChange={setUnit} />
      <TextField label={w.label} hint={w.labelHint} {...field('label')} />
      <TextField label={w.keeper} {...field('keeper')} />
      <DateField label={sw.begin} {...field('from')} />
      <TextField label={sw.number} {...field('decisionNo')} />
    </FormSheet>
  )
}
