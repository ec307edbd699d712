import type { DossierView } from '#modules/dossiers/contract.ts'
import type { ChangedField } from '../../ui/feedback/changed-meanwhile.tsx'
import { formatDate, partsOf } from '../../ui/format/format.ts'
import type { Language } from '../../ui/language/language.tsx'
import { STATUS } from '../../ui/status/status-table.ts'

type Facts = Pick<
  DossierView,
  'state' | 'due' | 'current' | 'components' | 'result' | 'opinions' | 'handover' | 'returningCentre'
>

const LABELS = {
  vi: {
    state: 'Trạng thái hồ sơ',
    due: 'Hẹn trả',
    holder: 'Bước và người giữ',
    papers: 'Giấy tờ',
    opinion: 'Ý kiến mới nhất',
    result: 'Kết quả',
    returning: 'Nơi trả',
    nobody: 'chưa ai nhận',
    missing: (n: number) => (n === 0 ? 'Đủ giấy tờ' : `Thiếu ${n} giấy`),
    handed: (to: string) => `Đã trao cho ${to}`,
    number: (n: string, date: string) => `Số ${n}, ngày ${date}`,
  },
  en: {
    state: 'State of the dossier',
    due: 'Promised',
    holder: 'Step and holder',
    papers: 'Papers',
    opinion: 'Latest opinion',
    result: 'Result',
    returning: 'Returned at',
    nobody: 'nobody yet',
    missing: (n: number) => (n === 0 ? 'All papers present' : `${n} papers missing`),
    handed: (to: string) => `Handed to ${to}`,
    number: (n: string, date: string) => `No. ${n} of ${date}`,
  },
} as const

/** What a person reads of each field that two officers may have changed under one another. */
const readingOf = (dossier: Facts, language: Language) => {
  const w = LABELS[language]
  const due = dossier.due ? partsOf(dossier.due) : undefined
  const missing = dossier.components.filter(({ status }) => status === 'missing').length
  const latest = dossier.opinions.toSorted((a, b) => b.at.localeCompare(a.at))[0]
  const result = dossier.result ? w.number(dossier.result.number, formatDate(dossier.result.date)) : ''
  return {
    state: STATUS[dossier.state][language],
    due: due ? `${due.time} ${formatDate(due.date)}` : '',
    holder: dossier.current ? `${dossier.current.step} · ${dossier.current.assignee ?? w.nobody}` : '',
    papers: w.missing(missing),
    opinion: latest ? `${latest.text} (${latest.actor})` : '',
    result: [result, dossier.handover ? w.handed(dossier.handover.receiver) : ''].filter(Boolean).join(' · '),
    returning: dossier.returningCentre.name,
  }
}

const FIELDS = ['state', 'due', 'holder', 'papers', 'opinion', 'result', 'returning'] as const

/**
 * Field by field what the other officer left and what I had read; the state always stands first, with what I am about to do.
 * What did not change is not asked about.
 */
export function changedSince(
  seen: Facts,
  now: Facts,
  mine: { doing: string; theirs: string },
  language: Language,
): ChangedField[] {
  const before = readingOf(seen, language)
  const after = readingOf(now, language)
  const labels = LABELS[language]
  return FIELDS.flatMap((id): ChangedField[] => {
    if (id === 'state')
      return [
        {
          id,
          label: labels.state,
          theirs: [mine.theirs, after.state].filter(Boolean).join(' · '),
          mine: [mine.doing, before.state].filter(Boolean).join(' · '),
        },
      ]
    return before[id] === after[id] ? [] : [{ id, label: labels[id], theirs: after[id], mine: before[id] }]
  })
}
