import { CalendarCheck, CalendarX } from 'lucide-react'
import { useState } from 'react'
import {
  adoptCandidate,
  type ExceptionView,
  listExceptions,
  publishYear,
  showYear,
} from '#modules/calendar/contract.ts'
import type { Output } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextArea } from '../../ui/field/field.tsx'
import { formatLongDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Card } from '../administration/layout.tsx'
import { fieldError } from '../administration/problem.tsx'
import { calendarWords } from './calendar-words.ts'

const words = catalogue(
  {
    year: (n: number) => `Lịch nghỉ năm ${n}`,
    official: 'Đã công bố: hạn rơi vào năm này là hạn chính thức.',
    provisional: 'Chưa công bố: hạn rơi vào năm này ghi “tạm tính”, theo luật và dự báo.',
    publish: 'Ghi nhận đã công bố',
    withdraw: 'Ghi nhận chưa công bố',
    candidate: 'Ngày dự kiến',
    adopted: 'Đang tính là ngày nghỉ',
    notAdopted: 'Đang tính là ngày làm việc',
    adopt: 'Bật: tính là ngày nghỉ',
    suspend: 'Tắt: tính là ngày làm việc',
    adoptTitle: (name: string) => `Bật ${name}`,
    suspendTitle: (name: string) => `Tắt ${name}`,
    adoptLead: 'Từ lúc lưu, mọi hạn mới không tính ngày này. Chỉ bật khi văn bản đã thành luật.',
    suspendLead: 'Từ lúc lưu, ngày này lại là ngày làm việc trong mọi hạn mới.',
    publishLead: 'Các hạn đi qua năm này thôi ghi “tạm tính”. Chỉ ghi nhận khi có văn bản công bố lịch nghỉ.',
    withdrawLead: 'Các hạn đi qua năm này lại ghi “tạm tính”.',
    submit: 'Lưu',
  },
  {
    year: (n: number) => `Days off of ${n}`,
    official: 'Announced: deadlines in this year are final.',
    provisional: 'Not announced: deadlines in this year are marked provisional, from the law and projection.',
    publish: 'Record the announcement',
    withdraw: 'Record that it is not announced',
    candidate: 'Candidate day',
    adopted: 'Counted as a day off',
    notAdopted: 'Counted as a working day',
    adopt: 'Switch on: a day off',
    suspend: 'Switch off: a working day',
    adoptTitle: (name: string) => `Switch on: ${name}`,
    suspendTitle: (name: string) => `Switch off: ${name}`,
    adoptLead: 'From saving on, no new deadline counts this day. Switch it on only when it has become law.',
    suspendLead: 'From saving on, the day is a working day again in every new deadline.',
    publishLead:
      'Deadlines through this year are no longer provisional. Record it only with the announcement.',
    withdrawLead: 'Deadlines through this year are provisional again.',
    submit: 'Save',
  },
)

type YearPanelProps = { data: Output<typeof showYear>; nation: Output<typeof listExceptions> }

/** Whether the year is announced, and the days that are planned and not yet law. */
export function YearPanel({ data, nation }: YearPanelProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [publishing, setPublishing] = useState(false)
  const [switching, setSwitching] = useState<ExceptionView>()
  const candidates = nation.items.filter(({ candidate }) => candidate)
  return (
    <>
      <Card title={w.year(data.year)}>
        <div className={styles.stack}>
          <p>{data.official ? w.official : w.provisional}</p>
          {nation.mayChange ? (
            <div>
              <Button icon={data.official ? CalendarX : CalendarCheck} onClick={() => setPublishing(true)}>
                {data.official ? w.withdraw : w.publish}
              </Button>
            </div>
          ) : null}
        </div>
      </Card>
      {candidates.map((row) => (
        <Card
          key={row.id}
          title={w.candidate}
          actions={<Chip tone={row.adopted ? 'ngoc' : 'nghe'}>{row.adopted ? w.adopted : w.notAdopted}</Chip>}
        >
          <div className={styles.stack}>
            <p>
              <strong>{row.name[language]}</strong>, {formatLongDate(row.date, language)}
            </p>
            <p className={styles.muted}>{row.legalBasis}</p>
            {nation.mayChange ? (
              <div>
                <Button onClick={() => setSwitching(row)}>{row.adopted ? w.suspend : w.adopt}</Button>
              </div>
            ) : null}
          </div>
        </Card>
      ))}
      {publishing ? (
        <PublishSheet year={data.year} official={!data.official} onClose={() => setPublishing(false)} />
      ) : null}
      {switching ? <CandidateSheet row={switching} onClose={() => setSwitching(undefined)} /> : null}
    </>
  )
}

type Why = { basis: string; reason: string }

function WhyFields({
  form,
  why,
  onChange,
  problem,
}: {
  form: string
  why: Why
  onChange: (why: Why) => void
  problem: unknown
}) {
  const cw = useWords(calendarWords)
  const { language } = useLanguage()
  return (
    <>
      <TextArea
        id={`${form}-legalBasis`}
        label={cw.basis}
        hint={cw.basisHint}
        rows={2}
        value={why.basis}
        onChange={(basis) => onChange({ ...why, basis })}
        error={fieldError(problem, 'legalBasis', language)}
      />
      <TextArea
        id={`${form}-reason`}
        label={cw.reason}
        hint={cw.reasonHint}
        rows={2}
        value={why.reason}
        onChange={(reason) => onChange({ ...why, reason })}
        error={fieldError(problem, 'reason', language)}
      />
    </>
  )
}

const complete = ({ basis, reason }: Why): boolean => basis.trim().length >= 3 && reason.trim().length >= 3

function PublishSheet({ year, official, onClose }: { year: number; official: boolean; onClose: () => void }) {
  const w = useWords(words)
  const cw = useWords(calendarWords)
  const toast = useToast()
  const [why, setWhy] = useState<Why>({ basis: '', reason: '' })
  const command = useCommand(publishYear, {
    refresh: [showYear, listExceptions],
    onDone: () => {
      toast({ message: cw.saved })
      onClose()
    },
  })
  return (
    <FormSheet
      form="publish"
      title={official ? w.publish : w.withdraw}
      lead={official ? w.publishLead : w.withdrawLead}
      submit={w.submit}
      blocked={complete(why) ? undefined : cw.needBasis}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ year, official, legalBasis: why.basis, reason: why.reason })}
    >
      <WhyFields form="publish" why={why} onChange={setWhy} problem={command.problem} />
    </FormSheet>
  )
}

function CandidateSheet({ row, onClose }: { row: ExceptionView; onClose: () => void }) {
  const w = useWords(words)
  const cw = useWords(calendarWords)
  const { language } = useLanguage()
  const toast = useToast()
  const [why, setWhy] = useState<Why>({ basis: row.legalBasis, reason: '' })
  const command = useCommand(adoptCandidate, {
    refresh: [showYear, listExceptions],
    onDone: () => {
      toast({ message: cw.saved })
      onClose()
    },
  })
  return (
    <FormSheet
      form="adopt"
      title={(row.adopted ? w.suspendTitle : w.adoptTitle)(row.name[language])}
      lead={row.adopted ? w.suspendLead : w.adoptLead}
      submit={w.submit}
      blocked={complete(why) ? undefined : cw.needBasis}
      command={command}
      onClose={onClose}
      onSubmit={() =>
        void command.run({
          exception: row.id,
          adopted: !row.adopted,
          legalBasis: why.basis,
          reason: why.reason,
        })
      }
    >
      <WhyFields form="adopt" why={why} onChange={setWhy} problem={command.problem} />
    </FormSheet>
  )
}
