import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { getProcedure } from '#modules/catalogue/contract.ts'
import { previewIntake } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import type { FieldError } from '../../api/problem.ts'
import { isProblem, useOperation } from '../../api/queries.ts'
import { type IntakeDraft, toIntake } from './draft.ts'

/** The value as it was when the hands last rested. */
function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(value), ms)
    return () => window.clearTimeout(timer)
  }, [value, ms])
  return rested
}

/** The procedure with its papers, and what the server says about the intake while it is typed. */
export function usePreview(draft: IntakeDraft) {
  const code = draft.procedure?.code ?? ''
  const detail = useOperation(getProcedure, { code }, { enabled: code !== '', staleTime: 600_000 })
  const cases = detail.data?.cases ?? []
  const chosen = cases.length === 1 ? cases[0] : cases.find((one) => one.id === draft.caseId)
  const components = chosen?.components
  // Only what the server weighs: the id, the key and the time of saving change nothing.
  const body = useMemo(() => {
    const { owner, submitter, ...rest } = toIntake(
      { ...draft, caseId: chosen?.id ?? draft.caseId },
      components ?? [],
    )
    const named = owner.name.length >= 2
    return JSON.stringify({
      ...rest,
      ...(named ? { owner } : {}),
      ...(submitter && submitter.name.length >= 2 ? { submitter } : { representative: undefined }),
    })
  }, [draft, chosen, components])
  const rested = useRested(body, 300)
  const ready = code !== '' && draft.centre !== '' && components !== undefined
  const preview = useQuery({
    queryKey: [previewIntake.id, rested],
    queryFn: ({ signal }) => call(previewIntake, JSON.parse(rested), { signal }),
    // Nothing is asked for a state that is already typed over.
    enabled: ready && rested === body,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const refused = isProblem(preview.error) ? preview.error : undefined
  const fields: readonly FieldError[] = [...(preview.data?.problems ?? []), ...(refused?.fields ?? [])]
  return {
    detail: detail.data,
    detailError: detail.error,
    chosen,
    components,
    preview: ready ? preview.data : undefined,
    /** The answer is for what stands on the screen now. */
    settled: ready && rested === body && !preview.isFetching && !preview.isPlaceholderData,
    refused,
    fields,
  }
}
