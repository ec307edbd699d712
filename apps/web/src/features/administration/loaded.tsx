import type { UseQueryResult } from '@tanstack/react-query'
import { Lock, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { messageOf } from '../../api/problem.ts'
import { isProblem } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'

const words = catalogue(
  {
    retry: 'Tải lại',
    failed: 'Chưa tải được nội dung này',
    refused: 'Tài khoản này không xem được nội dung ở đây',
  },
  {
    retry: 'Load again',
    failed: 'This could not be loaded',
    refused: 'This account cannot see what is here',
  },
)

type LoadedProps<T> = {
  query: Pick<UseQueryResult<T, Error>, 'data' | 'error' | 'refetch'>
  shape?: 'rows' | 'lines'
  children: (data: T) => ReactNode
}

/** A read with its four faces: loading, refused, failed with a way to repeat, and there. */
export function Loaded<T>({ query, shape = 'rows', children }: LoadedProps<T>) {
  const w = useWords(words)
  const { language } = useLanguage()
  if (query.data !== undefined) return children(query.data)
  if (query.error) {
    const message = messageOf(query.error, language)
    if (isProblem(query.error) && query.error.kind === 'refused')
      return (
        <EmptyState icon={Lock} title={w.refused}>
          {message}
        </EmptyState>
      )
    if (isProblem(query.error) && query.error.kind === 'not-found')
      return <EmptyState icon={SearchX} title={message} />
    return (
      <ErrorSummary
        title={w.failed}
        problems={[{ message }]}
        action={<Button onClick={() => void query.refetch()}>{w.retry}</Button>}
      />
    )
  }
  return <Loading>{shape === 'rows' ? <SkeletonRows /> : <SkeletonLines lines={5} />}</Loading>
}
