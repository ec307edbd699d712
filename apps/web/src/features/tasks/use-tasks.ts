import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { listTasks } from '#modules/dossiers/contract.ts'
import type { Output, Request } from '#platform/operation.ts'
import { call } from '../../api/call.ts'

type Page = Output<typeof listTasks>
type Filter = Pick<
  Request<typeof listTasks>,
  'filter' | 'kind' | 'step' | 'officer' | 'unit' | 'dueBefore' | 'dueFrom'
>

/** Pages of the task list joined; `listTasks` invalidates them all. */
export function useTasks(filter: Filter) {
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | undefined>({
    queryKey: [listTasks.id, 'pages', filter],
    queryFn: ({ signal, pageParam }) =>
      call(listTasks, { ...filter, limit: 100, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 60_000,
  })
  const pages = query.data?.pages ?? []
  return { query, tasks: pages.flatMap((page) => page.items), counts: pages[0]?.counts }
}
