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

/** So many of the questions that a server turns away are asked again by themselves: screens add little to what it cannot bear. */
const SHARE_ASKED_AGAIN = 0.2
const isTurnedAway = (error: Error): error is ProblemError =>
  isProblem(error) && error.code === 'platform.overloaded'

/**
 * When a question is asked again by itself. One that was turned away comes back after the time that the server names and up to
 * as much again, so that the screens of a hall do not all come in the same second; what is asked at intervals comes anyway.
 */
export const createRetrying = (random = Math.random) => ({
  retry: (count: number, error: Error): boolean =>
    isTurnedAway(error) ? count === 0 && random() < SHARE_ASKED_AGAIN : count < 2 && canRetry(error),
  retryDelay: (count: number, error: Error): number =>
    isTurnedAway(error) ? Number(error.details.seconds ?? 2) * 1_000 * (1 + random()) : 1_000 * 2 ** count,
})

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        ...createRetrying(),
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
