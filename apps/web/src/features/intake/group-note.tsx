import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import type { Preview } from './consequences.tsx'
import styles from './intake.module.css'

const words = catalogue(
  {
    chip: 'Nhóm liên thông',
    title: (n: number) => `Nhận một lần cho ${n} thủ tục, mỗi thủ tục thành một hồ sơ riêng`,
    open: 'cơ quan giải quyết tùy nơi ở của người nộp',
    after: (names: string) => `bắt đầu khi có kết quả ${names}`,
  },
  {
    chip: 'Group of procedures',
    title: (n: number) => `Received once for ${n} procedures, each a dossier of its own`,
    open: 'agency depends on where the applicant lives',
    after: (names: string) => `begins with the result of ${names}`,
  },
)

type Group = NonNullable<Preview['group']>

/** Said before anything is saved: which procedures one receipt begins, who decides each, and which waits for which. */
export function GroupNote({ group }: { group: Group }) {
  const w = useWords(words)
  const { language } = useLanguage()
  return (
    <div className={styles.group}>
      <p className={styles.groupTitle}>
        <Chip tone="cham">{w.chip}</Chip>
        <strong>{w.title(group.members.length)}</strong>
      </p>
      <ol>
        {group.members.map(({ key, name, unit, after }) => (
          <li key={key}>
            {name[language]}
            <span className={styles.groupDetail}>
              {[
                unit ?? w.open,
                ...(after.length > 0 ? [w.after(after.map((one) => one[language]).join(', '))] : []),
              ].join('; ')}
            </span>
          </li>
        ))}
      </ol>
      <p className={styles.groupDetail}>{group.legalBasis}</p>
    </div>
  )
}
