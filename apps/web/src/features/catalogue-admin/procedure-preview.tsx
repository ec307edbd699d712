import { getProcedure } from '#modules/catalogue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { durationWords } from '../administration/durations.ts'
import { Facts } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { catalogueWords } from './catalogue-words.ts'

const words = catalogue(
  {
    official: 'Tên chính thức',
    field: 'Lĩnh vực',
    levels: 'Cấp',
    agency: 'Cơ quan',
    time: 'Thời hạn',
    decision: 'Quyết định',
    from: 'Hiệu lực từ',
    since: 'trước ngày đọc nguồn',
    papers: 'Trường hợp, giấy tờ',
    counts: (cases: number, papers: number) => `${cases} trường hợp, ${papers} giấy tờ`,
    synonyms: 'Cách gọi khác',
    flags: 'Chỗ cần xem lại',
    open: 'Mở để sửa',
  },
  {
    official: 'Official name',
    field: 'Field',
    levels: 'Level',
    agency: 'Agency',
    time: 'Limit',
    decision: 'Decision',
    from: 'In force from',
    since: 'before the source was read',
    papers: 'Cases, papers',
    counts: (cases: number, papers: number) => `${cases} cases, ${papers} papers`,
    synonyms: 'Also called',
    flags: 'To be reviewed',
    open: 'Open to edit',
  },
)

export function ProcedurePreview({ code, onOpen }: { code: string; onOpen: () => void }) {
  const w = useWords(words)
  const cw = useWords(catalogueWords)
  const { language } = useLanguage()
  const query = useOperation(getProcedure, { code }, { keep: true })
  return (
    <Loaded query={query} shape="lines">
      {(procedure) => {
        const first = procedure.cases[0]?.channels.find(({ channel }) => channel === 'direct')?.duration
        return (
          <div className={styles.stack}>
            <div className={styles.row}>
              <strong className="n">{procedure.code}</strong>
              <Chip tone={procedure.version.state === 'PUBLISHED' ? 'ngoc' : 'tro'}>
                {cw.state[procedure.version.state]}
              </Chip>
            </div>
            <h2 className={styles.title}>{procedure.plainName ?? procedure.name}</h2>
            <Facts
              facts={[
                procedure.plainName !== null && { label: w.official, value: procedure.name },
                { label: w.field, value: procedure.field },
                { label: w.levels, value: procedure.levels.map((level) => cw.level[level]).join(', ') },
                { label: w.agency, value: procedure.agency },
                { label: w.time, value: first ? durationWords(first, language) : null },
                {
                  label: w.papers,
                  value: w.counts(
                    procedure.cases.length,
                    procedure.cases.reduce((sum, { components }) => sum + components.length, 0),
                  ),
                },
                { label: w.synonyms, value: procedure.synonyms.join(', ') },
                { label: w.decision, value: procedure.version.decisionNo },
                {
                  label: w.from,
                  value: procedure.version.effectiveFrom
                    ? formatDate(procedure.version.effectiveFrom)
                    : w.since,
                },
                {
                  label: w.flags,
                  value: procedure.flags.map((flag) => cw.flag[flag] ?? flag).join('; '),
                },
              ]}
            />
            <Button look="main" wide shortcut="Enter" onClick={onOpen}>
              {w.open}
            </Button>
          </div>
        )
      }}
    </Loaded>
  )
}
