import { useQueries } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { type ProcedureSummary, searchProcedures } from '#modules/catalogue/contract.ts'
import { call } from '../../api/call.ts'
import { keyOf } from '../../api/queries.ts'
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
  const lists = useQueries({
    queries: (group?.agencies ?? []).map(({ id }) => {
      const input = { agency: id, limit: OF_AGENCY }
      return {
        queryKey: keyOf(searchProcedures, input),
        queryFn: ({ signal }: { signal: AbortSignal }) => call(searchProcedures, input, { signal }),
        staleTime: 600_000,
      }
    }),
  })
  const found = new Map<string, ProcedureSummary>(
    lists.flatMap(({ data }) => (data?.items ?? []).map((one) => [one.code, one] as const)),
  )
  // What people say in plain words comes first: those are the ones that most people come for.
  const procedures = [...found.values()].toSorted(
    (a, b) => Number(b.plainName !== null) - Number(a.plainName !== null),
  )
  return (
    <>
      <h1 tabIndex={-1}>{group ? <GroupName group={group} /> : null}</h1>
      <p className={styles.lead}>{w.groupHint}</p>
      <Button
        look="main"
        wide
        onClick={() => act({ does: 'go', to: 'papers', with: { group: session.group, procedure: null } })}
      >
        {w.unsure}
      </Button>
      <Button icon={Search} wide onClick={() => act({ does: 'go', to: 'find' })}>
        {w.find}
      </Button>
      {lists.some(({ isPending }) => isPending) ? (
        <Loading>
          <SkeletonRows rows={5} height={100} />
        </Loading>
      ) : null}
      <ProcedureList
        procedures={procedures}
        choose={({ code }) =>
          act({ does: 'go', to: 'papers', with: { group: session.group, procedure: code } })
        }
      />
    </>
  )
}
