import { Search } from 'lucide-react'
import { searchProcedures } from '#modules/catalogue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useWords } from '../../ui/language/language.tsx'
import { ProcedureList } from './find-screen.tsx'
import styles from './kiosk.module.css'
import { GroupName } from './start-screen.tsx'
import type { KioskView } from './view.ts'
import { words } from './words.ts'

const OF_AGENCY = 30

/** The procedures of a service, or a number at once for who does not know. */
export function GroupScreen({ view: { act, groups, session } }: { view: KioskView }) {
  const w = useWords(words)
  const group = groups.find(({ id }) => id === session.group)
  const choose = (procedure: string | null) =>
    act({ does: 'go', to: 'papers', with: { group: session.group, procedure } })
  return (
    <>
      <h1 tabIndex={-1}>{group ? <GroupName group={group} /> : null}</h1>
      <p className={styles.lead}>{w.groupHint}</p>
      <Button look="main" wide onClick={() => choose(null)}>
        {w.unsure}
      </Button>
      <Button icon={Search} wide onClick={() => act({ does: 'go', to: 'find' })}>
        {w.find}
      </Button>
      {(group?.agencies ?? []).map((agency) => (
        <OfAgency key={agency.id} agency={agency} choose={choose} />
      ))}
    </>
  )
}

type OfAgencyProps = { agency: { id: string; name: string }; choose: (procedure: string) => void }

/** What people say in plain words comes first: those are the ones that most people come for. */
function OfAgency({ agency, choose }: OfAgencyProps) {
  const { data } = useOperation(
    searchProcedures,
    { agency: agency.id, limit: OF_AGENCY },
    { staleTime: 600_000 },
  )
  if (!data)
    return (
      <Loading>
        <SkeletonRows rows={3} height={100} />
      </Loading>
    )
  if (data.items.length === 0) return null
  const procedures = data.items.toSorted(
    (a, b) => Number(b.plainName !== null) - Number(a.plainName !== null),
  )
  return (
    <section className={styles.agency}>
      <h2 lang="vi">{agency.name}</h2>
      <ProcedureList procedures={procedures} choose={({ code }) => choose(code)} />
    </section>
  )
}
