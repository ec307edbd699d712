import { getLateHands } from '#modules/dossiers/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { formatCount } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { Loaded } from '../administration/loaded.tsx'
import own from './supervision.module.css'

const words = catalogue(
  {
    title: 'Chậm do khâu nào, hồ sơ nhận trong 30 ngày',
    over: (hours: string) => `hồ sơ, quá ${hours} giờ`,
    matrix: 'Nhận ngoài địa bàn (phi địa giới)',
    way: 'Nơi nhận → nơi giải quyết',
    received: 'Hồ sơ',
    late: 'Chậm',
    none: 'Không có hồ sơ nào nhận ngoài địa bàn.',
    capped: 'Nhiều hơn số được xem: tính trên hồ sơ mới nhất.',
  },
  {
    title: 'Whose part was late, received in 30 days',
    over: (hours: string) => `dossiers, ${hours} hours over`,
    matrix: 'Received outside the agency’s territory',
    way: 'Received at → decided by',
    received: 'Dossiers',
    late: 'Late',
    none: 'No dossier was received outside the territory.',
    capped: 'More than was looked at: the newest are counted.',
  },
)

const useFigures = (centre: string) =>
  useOperation(getLateHands, centre ? { centre } : {}, { staleTime: 120_000 })

/** Who made dossiers late, each by the own clock. */
export function LateHolders({ centre }: { centre: string }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const figures = useFigures(centre)
  if (!figures.data) return null
  const { holders, capped } = figures.data
  return (
    <section aria-labelledby="late-hands" className={own.hands}>
      <h2 id="late-hands" className={styles.label}>
        {w.title}
      </h2>
      <dl className={own.holders}>
        {holders.map(({ holder, words: who, dossiers, over }) => (
          <div key={holder ?? 'together'}>
            <dt>{who[language]}</dt>
            <dd className="n">
              {formatCount(dossiers)}
              {holder && over > 0 ? (
                <span className={styles.muted}> {w.over(String(over).replace('.', ','))}</span>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
      {capped ? <p className={styles.muted}>{w.capped}</p> : null}
    </section>
  )
}

/** Where dossiers from outside the territory were received, and who decides them. */
export function TerritoryMatrix({ centre }: { centre: string }) {
  const w = useWords(words)
  const figures = useFigures(centre)
  return (
    <section aria-labelledby="beyond-territory" className={own.matrix}>
      <h2 id="beyond-territory" className={styles.label}>
        {w.matrix}
      </h2>
      <Loaded query={figures} shape="lines">
        {({ matrix }) =>
          matrix.length === 0 ? (
            <p className={styles.muted}>{w.none}</p>
          ) : (
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{w.way}</th>
                  <th scope="col" className={own.figure}>
                    {w.received}
                  </th>
                  <th scope="col" className={own.figure}>
                    {w.late}
                  </th>
                </tr>
              </thead>
              <tbody>
                {matrix.slice(0, 12).map(({ receiving, resolving, dossiers, late }) => (
                  <tr key={`${receiving.id} ${resolving.id}`}>
                    <th scope="row">
                      {receiving.name} → {resolving.name}
                    </th>
                    <td className={`${own.figure} n`}>{formatCount(dossiers)}</td>
                    <td className={`${own.figure} n`}>{formatCount(late)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </section>
  )
}
