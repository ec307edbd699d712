import type { DossierView } from '../contract/dossier.ts'

type Words = { vi: string; en: string }
/** `attention` does not forbid the signature: it says where the reader should look. */
export type ApprovalCheck = { id: string; ok: boolean; words: Words; detail: Words | null }

type Facts = Pick<
  DossierView,
  'components' | 'process' | 'timeline' | 'opinions' | 'deadline' | 'task' | 'channel'
>

const check = (id: string, ok: boolean, words: Words, detail: Words | null = null): ApprovalCheck => ({
  id,
  ok,
  words,
  detail,
})

const papers = ({ components }: Facts): ApprovalCheck => {
  const present = components.filter(({ status }) => status !== 'not-applicable')
  const missing = components.filter(({ status }) => status === 'missing')
  if (present.length === 0)
    return check('papers', true, { vi: 'Không có giấy tờ phải nộp', en: 'No papers were required' })
  return missing.length === 0
    ? check('papers', true, {
        vi: `Đủ ${present.length} giấy tờ`,
        en: `All ${present.length} papers present`,
      })
    : check(
        'papers',
        false,
        { vi: `Thiếu ${missing.length} giấy tờ`, en: `${missing.length} papers missing` },
        {
          vi: missing.map(({ name }) => name).join('; '),
          en: missing.map(({ name }) => name).join('; '),
        },
      )
}

const files = ({ components, channel }: Facts): ApprovalCheck => {
  const count = components.reduce((sum, { files: some }) => sum + some.length, 0)
  // Uploads are opened and checked before they are kept, so that a file here is a file that opens.
  if (count > 0) return check('files', true, { vi: `${count} tệp mở được`, en: `${count} files open` })
  return check('files', channel !== 'online', {
    vi: channel === 'online' ? 'Hồ sơ trực tuyến không có tệp nào' : 'Chỉ có bản giấy',
    en: channel === 'online' ? 'An online dossier without files' : 'On paper only',
  })
}

const hours = (n: number): string => String(Math.round(n * 10) / 10)

const steps = ({ process }: Facts): ApprovalCheck[] => {
  const late = (process?.steps ?? []).filter(
    ({ state, hours: limit, usedHours }) => state !== 'expected' && limit > 0 && (usedHours ?? 0) > limit,
  )
  if (late.length === 0)
    return [
      check('steps', true, { vi: 'Các bước trước trong thời hạn', en: 'Earlier steps kept their time' }),
    ]
  const vietnamese = (n: number): string => hours(n).replace('.', ',')
  const vi = late.map(
    (step) => `${step.name}: ${vietnamese(step.usedHours ?? 0)} giờ, định mức ${vietnamese(step.hours)} giờ`,
  )
  const en = late.map((step) => `${step.name}: ${hours(step.usedHours ?? 0)} hours of ${hours(step.hours)}`)
  return [
    check(
      'steps',
      false,
      { vi: `${late.length} bước vượt giờ`, en: `${late.length} steps over their hours` },
      { vi: vi.join('\n'), en: en.join('\n') },
    ),
  ]
}

const due = ({ deadline }: Facts): ApprovalCheck =>
  check(
    'due',
    deadline.pace !== 'OVERDUE',
    deadline.pace === 'OVERDUE'
      ? { vi: 'Đã quá hẹn trả', en: 'The promised date has passed' }
      : { vi: 'Còn trong hạn hẹn trả', en: 'Within the promised date' },
    deadline.pace === 'OVERDUE' ? deadline.paceWords : null,
  )

const opinions = ({ opinions: said }: Facts): ApprovalCheck =>
  said.length > 0
    ? check('opinions', true, { vi: `Có ${said.length} ý kiến xử lý`, en: `${said.length} opinions written` })
    : check('opinions', false, { vi: 'Chưa ai ghi ý kiến xử lý', en: 'Nobody wrote an opinion' })

const returns = ({ timeline }: Facts): ApprovalCheck[] => {
  const back = timeline.filter(({ type }) => type === 'dossier-sent-back')
  const latest = back.toSorted((a, b) => b.at.localeCompare(a.at))[0]
  if (!latest) return []
  return [
    check(
      'returns',
      false,
      { vi: `Đã trả lại ${back.length} lần`, en: `Sent back ${back.length} times` },
      latest.detail ? { vi: latest.detail, en: latest.detail } : null,
    ),
  ]
}

const segregation = ({ task }: Facts): ApprovalCheck =>
  task?.blockedBy
    ? check('segregation', false, { vi: task.blockedBy.vi, en: task.blockedBy.en })
    : check('segregation', true, {
        vi: 'Người ký khác người tiếp nhận',
        en: 'The signer did not receive it',
      })

/** What a machine sees before a head signs, from the dossier that is on the screen anyway. */
export const approvalChecks = (dossier: Facts): ApprovalCheck[] => [
  papers(dossier),
  files(dossier),
  opinions(dossier),
  ...steps(dossier),
  due(dossier),
  segregation(dossier),
  ...returns(dossier),
]
