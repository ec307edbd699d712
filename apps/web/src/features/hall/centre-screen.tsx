import type { ReactNode } from 'react'
import { listCentres } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Filter } from '../administration/layout.tsx'
import { useMe } from '../session/me.tsx'

const words = catalogue({ centre: 'Trung tâm' }, { centre: 'Centre' })

/** The centre that a screen of the desk is about: the one in its address, the officer's own, else the first. */
export function useChosenCentre(): string {
  const me = useMe()
  const [read] = useAddress()
  const centres = useOperation(listCentres, {}, { staleTime: 600_000 })
  return read('trung-tam') || me.centre || centres.data?.items[0]?.id || ''
}

type CentreScreenProps = { title: string; centre: string; actions: ReactNode; children: ReactNode }

/** A screen about one centre; who works at none chooses it beside the title. */
export function CentreScreen({ title, centre, actions, children }: CentreScreenProps) {
  const w = useWords(words)
  const me = useMe()
  const [, write] = useAddress()
  const centres = useOperation(listCentres, {}, { staleTime: 600_000 })
  return (
    <DeskScreen
      title={title}
      header={
        <div className={styles.header}>
          <h1 className={styles.title}>{title}</h1>
          {me.centre === null ? (
            <Filter
              label={w.centre}
              value={centre}
              options={(centres.data?.items ?? []).map(({ id, shortName }) => ({
                value: id,
                label: shortName,
              }))}
              onChange={(id) => write({ 'trung-tam': id })}
            />
          ) : null}
          <div className={styles.end}>{actions}</div>
        </div>
      }
    >
      {children}
    </DeskScreen>
  )
}
