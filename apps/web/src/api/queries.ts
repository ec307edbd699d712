import {
  keepPreviousData,
  QueryClient,
  type QueryKey,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query'
import type { Operation, Output, Request } from '#platform/operation.ts'
import { call } from './call.ts'
import { canRetry, ProblemError } from './problem.ts'

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 2 && canRetry(error),
        staleTime: 15_000,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  })

export const keyOf = <O extends Operation>(operation: O, input: Request<O>): QueryKey => [operation.id, input]

type AskOptions<T> = {
  enabled?: boolean /** Shows the former answer while the next one loads: lists and previews. */
  keep?: boolean
  staleTime?: number
  refetchInterval?: number
  initialData?: T
}

/** Reads an operation; the key is its id and input, so that `invalidate(client, operation)` finds all of them. */
export function useOperation<O extends Operation>(
  operation: O,
  input: Request<O>,
  options: AskOptions<Output<O>> = {},
): UseQueryResult<Output<O>, Error> {
  return useQuery<Output<O>, Error>({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => call(operation, input, { signal }),
    enabled: options.enabled ?? true,
    staleTime: options.staleTime,
    refetchInterval: options.refetchInterval,
    placeholderData: options.keep ? keepPreviousData : undefined,
  })
}

export const invalidate = (client: QueryClient, operation: Operation): Promise<void> =>
  client.invalidateQueries({ queryKey: [operation.id] })

export const isProblem = (error: unknown): error is ProblemError => error instanceof ProblemError
