import type { DossierView, LegView } from '#modules/dossiers/contract.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from './rows-card.module.css'
import { RowsCard } from './rows-card.tsx'

const words = catalogue(
  {
    title: 'Hồ sơ ở ai, bao lâu',
    supervised: (centre: string) => `${centre} theo dõi vì hồ sơ nhận ngoài địa bàn của cơ quan giải quyết.`,
    who: 'Ai giữ',
    what: 'Khâu',
    from: 'Từ',
    used: 'Đã dùng / được phép',
    hours: (n: string) => `${n} giờ`,
    of: (used: string, allowed: string) => `${used} / ${allowed} giờ`,
    over: (n: string) => `Quá ${n} giờ`,
    inTime: 'Trong hạn',
    open: 'đang giữ',
    lateBy: (who: string) => `Chậm do: ${who}`,
    shares: (list: string) => `Phần vượt của mỗi bên, không tính lúc cơ quan chưa có hồ sơ giấy: ${list}.`,
  },
  {
    title: 'In whose hands, how long',
    supervised: (centre: string) => `${centre} watches: received outside the agency’s territory.`,
    who: 'Held by',
    what: 'Part of the way',
    from: 'Since',
    used: 'Used / allowed',
    hours: (n: string) => `${n} hours`,
    of: (used: string, allowed: string) => `${used} / ${allowed} hours`,
    over: (n: string) => `${n} hours over`,
    inTime: 'In time',
    open: 'still',
    lateBy: (who: string) => `Late because of: ${who}`,
    shares: (list: string) => `Beyond the own time, without that in which the agency had no paper: ${list}.`,
  },
)

const number = (n: number): string => String(n).replace('.', ',')

/** Centre, courier and agency, each with a clock of its own; of a late dossier, who went beyond theirs. */
export function HandsCard({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { legs, late, supervisedBy } = dossier.hands
  if (legs.length === 0) return null
  const usedOf = ({ used, allowed }: LegView): string =>
    allowed === null ? w.hours(number(used)) : w.of(number(used), number(allowed))
  return (
    <RowsCard
      title={w.title}
      heads={[w.who, w.what, w.from, w.used]}
      standing={late ? <Chip tone="son">{w.lateBy(late.words[language])}</Chip> : null}
      lines={
        <>
          {supervisedBy ? <p className={desk.small}>{w.supervised(supervisedBy.name)}</p> : null}
          {late && late.shares.length > 0 ? (
            <p className={desk.small}>
              {w.shares(
                late.shares
                  .map(({ words: who, over }) => `${who[language]} ${w.hours(number(over))}`)
                  .join(', '),
              )}
            </p>
          ) : null}
        </>
      }
    >
      {legs.map((leg) => (
        <tr key={`${leg.kind} ${leg.from} ${leg.unit?.id ?? ''}`}>
          <th scope="row">
            {leg.holderWords[language]}
            {leg.unit ? <span className={desk.small}>{leg.unit.name}</span> : null}
          </th>
          <td>{leg.words[language]}</td>
          <td className="n">
            {formatMoment(leg.from)}
            <span className={desk.small}>{leg.to ? formatMoment(leg.to) : w.open}</span>
          </td>
          <td>
            <div className={styles.state}>
              <span className="n">{usedOf(leg)}</span>
              {leg.over > 0 ? (
                <Chip tone="son">{w.over(number(leg.over))}</Chip>
              ) : leg.allowed !== null && leg.to ? (
                <Chip tone="ngoc">{w.inTime}</Chip>
              ) : null}
            </div>
          </td>
        </tr>
      ))}
    </RowsCard>
  )
}
