import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { listFields, searchProcedures } from '#modules/catalogue/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { SelectField } from '../../ui/field/field.tsx'
import { formatCount } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from './catalogue.module.css'
import { ProcedureSearch } from './procedure-search.tsx'
import { durationText, words } from './words.ts'

const LEVELS = ['province', 'district', 'commune'] as const
const PAGE = 20

export function ProceduresPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const navigate = useNavigate()
  const search = useSearch({ from: '/portal/thu-tuc' })
  const level = LEVELS.find((one) => one === search.level)
  const asked = { q: search.q, field: search.field, situation: search.situation, level, limit: PAGE }
  const found = useInfiniteQuery({
    queryKey: [searchProcedures.id, 'pages', asked],
    queryFn: ({ pageParam, signal }) => call(searchProcedures, { ...asked, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const fields = useOperation(listFields, {}, { staleTime: 600_000 })
  const refine = (change: Partial<typeof search>): void => {
    void navigate({ to: '/thu-tuc', search: { ...search, ...change } })
  }
  const items = found.data?.pages.flatMap((page) => page.items) ?? []
  const first = found.data?.pages[0]
  const near = first?.near ?? []
  return (
    <div className={styles.page}>
      <h1>{w.title}</h1>
      <ProcedureSearch key={search.q} initial={search.q} />
      <div className={styles.filters}>
        <SelectField
          label={w.level}
          value={level ?? ''}
          onChange={(to) => refine({ level: to || undefined })}
          placeholder={w.all}
          options={LEVELS.map((one) => ({ value: one, label: w.levels[one] }))}
        />
        <SelectField
          label={w.field}
          value={search.field ?? ''}
          onChange={(to) => refine({ field: to || undefined })}
          placeholder={w.all}
          options={(fields.data?.items ?? []).map((f) => ({ value: f.id, label: `${f.name} (${f.count})` }))}
        />
      </div>
      {found.error ? (
        <ErrorSummary
          problems={[{ message: messageOf(found.error, language) }]}
          action={<Button onClick={() => void found.refetch()}>{w.again}</Button>}
        />
      ) : null}
      {found.isPending ? (
        <Loading>
          <SkeletonRows rows={6} height={92} />
        </Loading>
      ) : null}
      {first ? (
        <p role="status" className={styles.small}>
          {w.found(formatCount(first.total))}
        </p>
      ) : null}
      {found.data && items.length === 0 ? (
        <EmptyState
          title={w.nothing}
          action={
            level || search.field || search.situation ? (
              <Button onClick={() => refine({ level: undefined, field: undefined, situation: undefined })}>
                {w.widen}
              </Button>
            ) : undefined
          }
        >
          {near.length > 0 ? w.near : null}
        </EmptyState>
      ) : null}
      <ul className={styles.results}>
        {[...items, ...near].map((procedure) => (
          <li key={procedure.code}>
            <AppLink href={`/thu-tuc/${procedure.code}`} className={styles.resultName}>
              {procedure.plainName ?? procedure.name}
            </AppLink>
            {procedure.plainName ? <p className={styles.small}>{procedure.name}</p> : null}
            <p className={styles.small}>
              {procedure.field} · <span className="n">{procedure.code}</span> ·{' '}
              {procedure.levels.map((one) => w.levels[one]).join(', ')} ·{' '}
              {durationText(procedure.duration, w)}
            </p>
            {procedure.online ? <Chip tone="cham">{w.online}</Chip> : null}
          </li>
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button wide busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {w.more}
        </Button>
      ) : null}
    </div>
  )
}
