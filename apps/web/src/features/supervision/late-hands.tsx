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
    holder: 'Khâu',
    dossiers: 'Hồ sơ chậm',
    over: 'Quá hạn của khâu, giờ',
    matrix: 'Nhận ngoài địa bàn (phi địa giới)',
    receiving: 'Nơi nhận',
    resolving: 'Nơi giải quyết',
    received: 'Hồ sơ',
    late: 'Chậm',
    none: 'Không có hồ sơ nào nhận ngoài địa bàn.',
    capped: 'Nhiều hơn số được xem: tính trên hồ sơ mới nhất.',
  },
  {
    title: 'Whose part was late, received in 30 days',
    holder: 'Part',
    dossiers: 'Late dossiers',
    over: 'Hours over its own time',
    matrix: 'Received outside the agency’s territory',
    receiving: 'Received at',
    resolving: 'Decided by',
    received: 'Dossiers',
    late: 'Late',
    none: 'No dossier was received outside the territory.',
    capped: 'More than was looked at: the newest are counted.',
  },
)

/** Who made dossiers late, each by the own clock, and where dossiers from outside the territory go. */
export function LateHands({ centre }: { centre: string }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const figures = useOperation(getLateHands, centre ? { centre } : {}, { staleTime: 120_000 })
  return (
    <Loaded query={figures}>
      {({ holders, matrix, capped }) => (
        <div className={own.hands}>
          <section aria-labelledby="late-hands">
            <h2 id="late-hands" className={styles.label}>
              {w.title}
            </h2>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{w.holder}</th>
                  <th scope="col" className={own.figure}>
                    {w.dossiers}
                  </th>
                  <th scope="col" className={own.figure}>
                    {w.over}
                  </th>
                </tr>
              </thead>
              <tbody>
                {holders.map(({ holder, words: who, dossiers, over }) => (
                  <tr key={holder ?? 'together'}>
                    <th scope="row">{who[language]}</th>
                    <td className={`${own.figure} n`}>{formatCount(dossiers)}</td>
                    <td className={`${own.figure} n`}>{holder ? String(over).replace('.', ',') : ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {capped ? <p className={styles.muted}>{w.capped}</p> : null}
          </section>
          <section aria-labelledby="beyond-territory">
            <h2 id="beyond-territory" className={styles.label}>
              {w.matrix}
            </h2>
            {matrix.length === 0 ? (
              <p className={styles.muted}>{w.none}</p>
            ) : (
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">{w.receiving}</th>
                    <th scope="col">{w.resolving}</th>
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
                      <th scope="row">{receiving.name}</th>
                      <td>{resolving.name}</td>
                      <td className={`${own.figure} n`}>{formatCount(dossiers)}</td>
                      <td className={`${own.figure} n`}>{formatCount(late)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
        </div>
      )}
    </Loaded>
  )
}
