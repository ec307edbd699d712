import { PencilLine } from 'lucide-react'
import { useState } from 'react'
import { listExceptions, setWorkingHours, showYear } from '#modules/calendar/contract.ts'
import type { Output, Request } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { SelectField, TextArea, TextField } from '../../ui/field/field.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { FormSheet } from '../administration/form-sheet.tsx'
import { Card, DataTable } from '../administration/layout.tsx'
import { fieldError } from '../administration/problem.tsx'
import { calendarWords } from './calendar-words.ts'
import { parseSessions, sessionsText } from './sessions.ts'

const words = catalogue(
  {
    title: 'Giờ làm việc trong tuần',
    day: {
      1: 'Thứ Hai',
      2: 'Thứ Ba',
      3: 'Thứ Tư',
      4: 'Thứ Năm',
      5: 'Thứ Sáu',
      6: 'Thứ Bảy',
      7: 'Chủ nhật',
    },
    weekday: 'Ngày trong tuần',
    work: 'Giờ làm việc',
    duty: 'Giờ trực',
    inherited: 'theo lịch cấp trên',
    rest: 'nghỉ',
    none: 'không',
    change: 'Sửa giờ làm việc',
    lead: 'Giờ trực là lúc có người tiếp dân ngoài ngày làm việc; hạn không tính giờ trực.',
    mode: { inherit: 'Theo cấp trên', rest: 'Nghỉ', own: 'Giờ riêng' },
    modeOf: (day: string) => `${day}: giờ làm việc`,
    hoursOf: (day: string) => `${day}: các buổi`,
    dutyOf: (day: string) => `${day}: giờ trực`,
    bad: 'Ghi như 07:30–11:30, 13:00–17:00.',
    fix: 'Sửa các giờ chưa đúng.',
    submit: 'Lưu giờ làm việc',
  },
  {
    title: 'Hours of the week',
    day: {
      1: 'Monday',
      2: 'Tuesday',
      3: 'Wednesday',
      4: 'Thursday',
      5: 'Friday',
      6: 'Saturday',
      7: 'Sunday',
    },
    weekday: 'Weekday',
    work: 'Working hours',
    duty: 'Duty hours',
    inherited: 'as in the higher calendar',
    rest: 'rest',
    none: 'none',
    change: 'Change the hours',
    lead: 'On duty somebody receives people outside working days; deadlines do not count it.',
    mode: { inherit: 'As above', rest: 'Rest', own: 'Own hours' },
    modeOf: (day: string) => `${day}: working hours`,
    hoursOf: (day: string) => `${day}: sessions`,
    dutyOf: (day: string) => `${day}: duty`,
    bad: 'Write them like 07:30–11:30, 13:00–17:00.',
    fix: 'Correct the hours that are not right.',
    submit: 'Save the hours',
  },
)

const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const
type Weekday = (typeof DAYS)[number]
const MODES = ['inherit', 'rest', 'own'] as const
type Mode = (typeof MODES)[number]
type Hours = Output<typeof listExceptions>['hours']
type HoursTabProps = { calendar: string; own: Output<typeof listExceptions> }

/** What this calendar itself says about each weekday. */
export function HoursTab({ calendar, own }: HoursTabProps) {
  const w = useWords(words)
  const [changing, setChanging] = useState(false)
  const shown = (sessions: Hours['weekly'][Weekday], missing: string): string =>
    sessions === undefined ? missing : sessions.length === 0 ? w.rest : sessionsText(sessions)
  return (
    <Card
      title={w.title}
      actions={
        own.mayChange ? (
          <Button icon={PencilLine} onClick={() => setChanging(true)}>
            {w.change}
          </Button>
        ) : null
      }
    >
      <DataTable<Weekday>
        label={w.title}
        items={DAYS}
        keyOf={(day) => day}
        columns={[
          { id: 'day', head: w.weekday, names: true, cell: (day) => w.day[day] },
          {
            id: 'work',
            head: w.work,
            cell: (day) => <span className="n">{shown(own.hours.weekly[day], w.inherited)}</span>,
          },
          {
            id: 'duty',
            head: w.duty,
            cell: (day) => <span className="n">{shown(own.hours.duty[day], w.none)}</span>,
          },
        ]}
      />
      {changing ? (
        <HoursSheet calendar={calendar} hours={own.hours} onClose={() => setChanging(false)} />
      ) : null}
    </Card>
  )
}

type Line = { mode: Mode; work: string; duty: string }

const lineOf = (hours: Hours, day: Weekday): Line => {
  const sessions = hours.weekly[day]
  return {
    mode: sessions === undefined ? 'inherit' : sessions.length === 0 ? 'rest' : 'own',
    work: sessions ? sessionsText(sessions) : '',
    duty: sessionsText(hours.duty[day] ?? []),
  }
}

function HoursSheet({ calendar, hours, onClose }: { calendar: string; hours: Hours; onClose: () => void }) {
  const w = useWords(words)
  const cw = useWords(calendarWords)
  const { language } = useLanguage()
  const toast = useToast()
  const [lines, setLines] = useState<Record<Weekday, Line>>({
    1: lineOf(hours, '1'),
    2: lineOf(hours, '2'),
    3: lineOf(hours, '3'),
    4: lineOf(hours, '4'),
    5: lineOf(hours, '5'),
    6: lineOf(hours, '6'),
    7: lineOf(hours, '7'),
  })
  const [basis, setBasis] = useState('')
  const [reason, setReason] = useState('')
  const command = useCommand(setWorkingHours, {
    refresh: [showYear, listExceptions],
    onDone: () => {
      toast({ message: cw.saved })
      onClose()
    },
  })
  const change = (day: Weekday, part: Partial<Line>): void =>
    setLines({ ...lines, [day]: { ...lines[day], ...part } })
  const badWork = ({ mode, work }: Line): boolean =>
    mode === 'own' && (parseSessions(work) ?? []).length === 0
  const badDuty = ({ duty }: Line): boolean => parseSessions(duty) === undefined
  const wrong = DAYS.some((day) => badWork(lines[day]) || badDuty(lines[day]))
  const submit = (): void => {
    const weekly: Request<typeof setWorkingHours>['weekly'] = {}
    const duty: Request<typeof setWorkingHours>['weekly'] = {}
    for (const day of DAYS) {
      const line = lines[day]
      if (line.mode === 'rest') weekly[day] = []
      if (line.mode === 'own') weekly[day] = parseSessions(line.work) ?? []
      const onDuty = parseSessions(line.duty) ?? []
      if (onDuty.length > 0) duty[day] = onDuty
    }
    void command.run({ calendar, weekly, duty, legalBasis: basis, reason })
  }
  return (
    <FormSheet
      form="hours"
      title={w.change}
      lead={w.lead}
      submit={w.submit}
      blocked={
        wrong ? w.fix : basis.trim().length >= 3 && reason.trim().length >= 3 ? undefined : cw.needBasis
      }
      command={command}
      onClose={onClose}
      onSubmit={submit}
    >
      {DAYS.map((day) => (
        <div key={day} className={styles.pair}>
          <SelectField
            id={`hours-mode-${day}`}
            label={w.modeOf(w.day[day])}
            value={lines[day].mode}
            options={MODES.map((value) => ({ value, label: w.mode[value] }))}
            onChange={(value) =>
              change(day, { mode: MODES.find((mode) => mode === value) ?? lines[day].mode })
            }
          />
          {lines[day].mode === 'own' ? (
            <TextField
              id={`hours-weekly.${day}`}
              label={w.hoursOf(w.day[day])}
              className="n"
              value={lines[day].work}
              onChange={(work) => change(day, { work })}
              error={badWork(lines[day]) ? w.bad : undefined}
            />
          ) : (
            <TextField
              id={`hours-duty.${day}`}
              label={w.dutyOf(w.day[day])}
              optional
              className="n"
              value={lines[day].duty}
              onChange={(duty) => change(day, { duty })}
              error={badDuty(lines[day]) ? w.bad : undefined}
            />
          )}
        </div>
      ))}
      <TextArea
        id="hours-legalBasis"
        label={cw.basis}
        hint={cw.basisHint}
        rows={2}
        value={basis}
        onChange={setBasis}
        error={fieldError(command.problem, 'legalBasis', language)}
      />
      <TextArea
        id="hours-reason"
        label={cw.reason}
        hint={cw.reasonHint}
        rows={2}
        value={reason}
        onChange={setReason}
        error={fieldError(command.problem, 'reason', language)}
      />
    </FormSheet>
  )
}
