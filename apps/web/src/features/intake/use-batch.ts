import { useQueries } from '@tanstack/react-query'
import { getProcedure } from '#modules/catalogue/contract.ts'
import { call } from '../../api/call.ts'
import { keyOf } from '../../api/queries.ts'
import { type CaseView, type ComponentView, type IntakeDraft, toBatch } from './draft.ts'

/** How many dossiers one save makes, what a sibling still lacks, and the request. */
export type Batch = {
  count: number
  drafts: readonly IntakeDraft[]
  /** Name of a procedure whose case is not chosen, or of one that is not loaded yet. */
  unready: string | undefined
  request: () => ReturnType<typeof toBatch>
}

const caseOf = (draft: IntakeDraft, cases: readonly CaseView[]): CaseView | undefined =>
  cases.length === 1 ? cases[0] : cases.find(({ id }) => id === draft.caseId)

/**
 * The drafts of one applicant that are saved together: this one and its siblings that name a procedure. Undefined while there
 * is one dossier only.
 */
export function useBatch(
  draft: IntakeDraft,
  components: readonly ComponentView[] | undefined,
  siblings: readonly IntakeDraft[],
): Batch | undefined {
  const others = siblings.filter(({ procedure }) => procedure !== null)
  const details = useQueries({
    queries: others.map(({ procedure }) => ({
      queryKey: keyOf(getProcedure, { code: procedure?.code ?? '' }),
      queryFn: () => call(getProcedure, { code: procedure?.code ?? '' }),
      staleTime: 600_000,
    })),
  })
  const count = [draft, ...others].reduce((sum, { copies }) => sum + copies, 0)
  if (count < 2) return undefined
  const cases = others.map((other, i) => ({
    draft: other,
    chosen: caseOf(other, details[i]?.data?.cases ?? []),
  }))
  const unready = cases.find(({ chosen }) => chosen === undefined)?.draft.procedure?.name
  return {
    count,
    drafts: [draft, ...others],
    unready,
    request: () =>
      toBatch(draft, [
        { draft, components: components ?? [] },
        ...cases.map(({ draft: other, chosen }) => ({
          draft: { ...other, caseId: chosen?.id ?? other.caseId },
          components: chosen?.components ?? [],
        })),
      ]),
  }
}
