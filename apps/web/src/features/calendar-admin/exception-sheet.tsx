import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  addException,
  changeException,
  type ExceptionView,
  listExceptions,
  showYear,
} from '#modules/calendar/contract.ts'
import { call } from '../../api/call.ts'
import { invalidate, isProblem } from '../../api/queries.ts'
import { ChangedMeanwhile, type Choice } from '../../ui/feedback/changed-meanwhile.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { DateField, SelectField, TextArea, TextField } from '../../ui/field/field.tsx'
import { formatDate, formatLongDate, parseTypedDate, partsOf } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { FormSheet } from '../administration/form-sheet.tsx'
import { fieldError } from '../administration/problem.tsx'
import { calendarWords } from './calendar-words.ts'
import { parseSessions, sessionsText } from './sessions.ts'

const words = catalogue(
  {
    add: 'Thêm ngày riêng',
    change: (date: string) => `Sửa ${date}`,
    lead: 'Mọi hạn tính sau khi lưu theo ngày này; hạn đã hẹn với người dân không tự đổi.',
    date: 'Ngày',
    type: 'Ngày này',
    sessions: 'Giờ',
    sessionsHint: 'Thí dụ 07:30–11:30, 13:00–16:00',
    badSessions: 'Giờ chưa đúng. Ghi như 07:30–11:30, 13:00–17:00.',
    vi: 'Tên ngày',
    en: 'Tên tiếng Anh',
    submit: 'Lưu ngày',
    fill: 'Nhập ngày, tên, căn cứ pháp lý và lý do.',
    fillSessions: 'Loại ngày này cần giờ làm việc.',
    other: 'Người quản lý lịch khác',
    about: (time: string) => `khoảng ${time}`,
  },
  {
    add: 'Add an own day',
    change: (date: string) => `Change ${date}`,
    lead: 'Every deadline computed after saving follows this day; dates already promised do not move.',
    date: 'Date',
    type: 'This day is',
    sessions: 'Hours',
    sessionsHint: 'For example 07:30–11:30, 13:00–16:00',
    badSessions: 'The hours are not right. Write them like 07:30–11:30, 13:00–17:00.',
    vi: 'Name of the day',
    en: 'English name',
    submit: 'Save the day',
    fill: 'Enter the date, the name, the legal basis and the reason.',
    fillSessions: 'A day of this kind needs hours.',
    other: 'Another keeper of the calendar',
    about: (time: string) => `about ${time}`,
  },
)

const TYPES = ['OFF', 'WORK', 'PARTIAL', 'DUTY'] as const
type Type = (typeof TYPES)[number]
type Draft = { type: Type; sessions: string; vi: string; en: string; basis: string; reason: string }

const draftOf = (row: ExceptionView | undefined): Draft => ({
  type: row?.type ?? 'OFF',
  sessions: row?.sessions ? sessionsText(row.sessions) : '',
  vi: row?.name.vi ?? '',
  en: row?.name.en ?? '',
  basis: row?.legalBasis ?? '',
  reason: '',
})

type ExceptionSheetProps = { calendar: string; date: string; row?: ExceptionView; onClose: () => void }

/** Adds a day to a calendar or changes one; a stale change is settled field by field. */
export function ExceptionSheet({ calendar, date, row, onClose }: ExceptionSheetProps) {
  const w = useWords(words)
  const cw = useWords(calendarWords)
  const { language } = useLanguage()
  const client = useQueryClient()
  const toast = useToast()
  const [day, setDay] = useState(formatDate(date))
  const [draft, setDraft] = useState<Draft>(() => draftOf(row))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [theirs, setTheirs] = useState<ExceptionView>()
  const set =
    (name: Exclude<keyof Draft, 'type'>) =>
    (value: string): void =>
      setDraft({ ...draft, [name]: value })
  const sessions = parseSessions(draft.sessions)
  const chosen = row ? row.date : parseTypedDate(day)
  const filled =
    chosen !== undefined &&
    draft.vi.trim() !== '' &&
    draft.basis.trim().length >= 3 &&
    draft.reason.trim().length >= 3
  const needsSessions = draft.type === 'PARTIAL' || draft.type === 'DUTY'
  const blocked =
    draft.type !== 'OFF' && sessions === undefined
      ? w.badSessions
      : !filled
        ? w.fill
        : needsSessions && sessions?.length === 0
          ? w.fillSessions
          : undefined

  const save = async (values: Draft, version: number | undefined): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    const hours = values.type === 'OFF' ? [] : (parseSessions(values.sessions) ?? [])
    const body = {
      type: values.type,
      ...(hours.length > 0 ? { sessions: hours } : {}),
      name: { vi: values.vi, en: values.en.trim() || values.vi },
      legalBasis: values.basis,
      reason: values.reason,
    }
    try {
      if (row && version !== undefined)
        await call(changeException, { exception: row.id, version, ...body }, { version })
      else await call(addException, { calendar, date: chosen ?? date, ...body })
      await Promise.all([invalidate(client, showYear), invalidate(client, listExceptions)])
      toast({ message: cw.saved })
      onClose()
    } catch (error) {
      if (isProblem(error) && error.kind === 'stale' && row) {
        const list = await call(listExceptions, { year: row.date.slice(0, 4), calendar: row.calendar })
        setTheirs(list.items.find(({ id }) => id === row.id))
      }
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const resolve = (choices: Readonly<Record<string, Choice>>): void => {
    if (!theirs) return
    const other = draftOf(theirs)
    const pick = (name: 'vi' | 'en' | 'basis' | 'sessions'): string =>
      choices[name] === 'theirs' ? other[name] : draft[name]
    const merged: Draft = {
      type: choices.type === 'theirs' ? other.type : draft.type,
      vi: pick('vi'),
      en: pick('en'),
      basis: pick('basis'),
      sessions: pick('sessions'),
      reason: draft.reason,
    }
    setDraft(merged)
    setTheirs(undefined)
    void save(merged, theirs.version)
  }
  const other = theirs && draftOf(theirs)
  return (
    <>
      <FormSheet
        form="day"
        title={row ? w.change(formatLongDate(row.date, language)) : w.add}
        lead={w.lead}
        submit={w.submit}
        blocked={blocked}
        command={{ busy, problem, reset: () => undefined }}
        onClose={onClose}
        onSubmit={() => void save(draft, row?.version)}
      >
        {row ? null : (
          <DateField
            id="day-date"
            label={w.date}
            value={day}
            onChange={setDay}
            error={fieldError(problem, 'date', language)}
          />
        )}
        <SelectField
          id="day-type"
          label={w.type}
          value={draft.type}
          options={TYPES.map((value) => ({ value, label: cw.type[value] }))}
          onChange={(value) => setDraft({ ...draft, type: TYPES.find((one) => one === value) ?? draft.type })}
        />
        {draft.type === 'OFF' ? null : (
          <TextField
            id="day-sessions"
            label={w.sessions}
            hint={w.sessionsHint}
            optional={draft.type === 'WORK'}
            className="n"
            value={draft.sessions}
            onChange={set('sessions')}
            error={sessions === undefined ? w.badSessions : fieldError(problem, 'sessions', language)}
          />
        )}
        <div className={styles.pair}>
          <TextField
            id="day-name.vi"
            label={w.vi}
            value={draft.vi}
            onChange={set('vi')}
            error={fieldError(problem, 'name.vi', language)}
          />
          <TextField id="day-name.en" label={w.en} optional value={draft.en} onChange={set('en')} />
        </div>
        <TextArea
          id="day-legalBasis"
          label={cw.basis}
          hint={cw.basisHint}
          rows={2}
          value={draft.basis}
          onChange={set('basis')}
          error={fieldError(problem, 'legalBasis', language)}
        />
        <TextArea
          id="day-reason"
          label={cw.reason}
          hint={cw.reasonHint}
          rows={2}
          value={draft.reason}
          onChange={set('reason')}
          error={fieldError(problem, 'reason', language)}
        />
      </FormSheet>
      <ChangedMeanwhile
        open={other !== undefined}
        who={w.other}
        when={w.about(partsOf(new Date().toISOString()).time)}
        fields={[
          {
            id: 'type',
            label: w.type,
            theirs: other ? cw.type[other.type] : '',
            mine: cw.type[draft.type],
          },
          { id: 'sessions', label: w.sessions, theirs: other?.sessions ?? '', mine: draft.sessions },
          { id: 'vi', label: w.vi, theirs: other?.vi ?? '', mine: draft.vi },
          { id: 'en', label: w.en, theirs: other?.en ?? '', mine: draft.en },
          { id: 'basis', label: cw.basis, theirs: other?.basis ?? '', mine: draft.basis },
        ]}
        onResolve={resolve}
        onClose={() => setTheirs(undefined)}
      />
    </>
  )
}
