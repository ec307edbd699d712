import { type ReactNode, useId } from 'react'
import desk from '../../surfaces/desk/desk.module.css'
import styles from './rows-card.module.css'

type RowsCardProps = {
  title: string
  /** Beside the title: how it stands as a whole. */
  standing: ReactNode
  /** Between title and table. */
  lines?: ReactNode
  heads: readonly string[]
  /** The rows. */
  children: ReactNode
  /** After the table. */
  after?: ReactNode
}

/** A part of a dossier that is a few rows of its own. */
export function RowsCard({ title, standing, lines, heads, children, after }: RowsCardProps) {
  const heading = useId()
  return (
    <section className={desk.card} aria-labelledby={heading}>
      <div className={desk.cardHead}>
        <h2 id={heading}>{title}</h2>
        {standing}
      </div>
      {lines}
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {after}
    </section>
  )
}
