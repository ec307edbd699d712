import { useParams } from '@tanstack/react-router'
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { getProcedure } from '#modules/catalogue/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { CardChoice } from '../../ui/field/segmented-choice.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from './catalogue.module.css'
import {
  durationText,
  feeNotes,
  feeText,
  type Procedure,
  type ProcedureCase,
  type Words,
  words,
} from './words.ts'

export function ProcedurePage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const { code } = useParams({ from: '/portal/thu-tuc/$code' })
  const { data, error, refetch } = useOperation(getProcedure, { code }, { staleTime: 300_000 })
  return (
    <div className={styles.page}>
      {error ? (
        <ErrorSummary
          problems={[{ message: messageOf(error, language) }]}
          action={<Button onClick={() => void refetch()}>{w.again}</Button>}
        />
      ) : null}
      {data ? <ProcedureView key={data.code} procedure={data} w={w} /> : null}
      {!data && !error ? (
        <Loading>
          <SkeletonLines lines={8} />
        </Loading>
      ) : null}
    </div>
  )
}

/** Some sources name the month only. */
const asOfText = (asOf: string): string =>
  asOf.length === 7 ? `${asOf.slice(5)}/${asOf.slice(0, 4)}` : formatDate(asOf)

/** Case first, then the papers of that case only. */
function ProcedureView({ procedure, w }: { procedure: Procedure; w: Words }) {
  const [chosen, setChosen] = useState(procedure.cases[0]?.id)
  const one = procedure.cases.find((c) => c.id === chosen)
  return (
    <>
      <header>
        <p className={styles.small}>{procedure.field}</p>
        <h1>{procedure.plainName ?? procedure.name}</h1>
        <p className={styles.chips}>
          {procedure.online.offered ? (
            <Chip tone="cham" icon={MonitorSmartphone}>
              {w.online}
            </Chip>
          ) : null}
          <Chip>
            <span className="n">{w.code(procedure.code)}</span>
          </Chip>
        </p>
      </header>
      {procedure.cases.length > 1 ? (
        <CardChoice
          label={w.whichCase}
          value={chosen}
          onChange={setChosen}
          options={procedure.cases.map((c) => ({ value: c.id, label: c.name }))}
        />
      ) : null}
      {one ? <CaseView one={one} w={w} /> : null}
      <section>
        <h2>{w.who}</h2>
        <p>{procedure.competentAuthority ?? procedure.agency ?? w.notSaid}</p>
        {procedure.results.length > 0 ? (
          <p>
            {w.result}: {procedure.results.map((result) => result.name).join('; ')}
          </p>
        ) : null}
        {procedure.plainName && procedure.plainName !== procedure.name ? (
          <>
            <h3>{w.official}</h3>
            <p>{procedure.name}</p>
          </>
        ) : null}
        <details className={styles.basis}>
          <summary>
            {w.basis} ({procedure.legalBasis.length})
          </summary>
          <ul>
            {procedure.legalBasis.map((act) => (
              <li key={act}>{act}</li>
            ))}
          </ul>
        </details>
        <p className={styles.small}>
          {w.source}:{' '}
          {procedure.source.url ? (
            <a href={procedure.source.url}>{procedure.source.key}</a>
          ) : (
            procedure.source.key
          )}
          , {w.fixed(asOfText(procedure.source.asOf))}
        </p>
      </section>
    </>
  )
}

function CaseView({ one, w }: { one: ProcedureCase; w: Words }) {
  const notes = feeNotes(one.channels)
  return (
    <>
      <section>
        <div className={styles.head}>
          <h2>{w.papers}</h2>
          {one.components.length > 0 ? <Chip>{w.count(one.components.length)}</Chip> : null}
        </div>
        {one.components.length === 0 ? <p>{w.noPapers}</p> : null}
        <ol className={styles.papers}>
          {one.components.map((paper, index) => (
            <li key={paper.id}>
              <span className={styles.number} aria-hidden="true">
                {index + 1}
              </span>
              <div>
                <p>{paper.name}</p>
                <p className={styles.small}>
                  {[
                    paper.originals ? w.originals(paper.originals) : '',
                    paper.copies ? w.copies(paper.copies) : '',
                    paper.mandatory ? '' : w.optional,
                    paper.conditionText ?? '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
            </li>
          ))}
        </ol>
        {one.notes.map((note) => (
          <p key={note} className={styles.small}>
            {note}
          </p>
        ))}
      </section>
      {one.channels.length === 0 ? (
        <section>
          <h2>{w.how}</h2>
          <p>{w.noWays}</p>
          <p>
            <AppLink href="/trung-tam">{w.centres}</AppLink>
          </p>
        </section>
      ) : (
        <section>
          <h2 id="how">{w.how}</h2>
          <table className={styles.ways} aria-labelledby="how">
            <thead>
              <tr>
                <th scope="col">{w.channel}</th>
                <th scope="col">{w.time}</th>
                <th scope="col">{w.fee}</th>
              </tr>
            </thead>
            <tbody>
              {one.channels.map((way) => (
                <tr key={way.channel}>
                  <th scope="row">{w.channels[way.channel]}</th>
                  <td>{way.duration ? durationText(way.duration, w) : w.noTime}</td>
                  <td className="n">{feeText(way.fees, w)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {notes.length > 0 ? (
            <details className={styles.basis}>
              <summary>{w.feeNotes}</summary>
              <ul lang="vi">
                {notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </details>
          ) : null}
        </section>
      )}
    </>
  )
}
