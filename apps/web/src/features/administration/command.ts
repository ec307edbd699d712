import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { Operation, Output, Request } from '#platform/operation.ts'
import { type CallOptions, call, newIdempotencyKey } from '../../api/call.ts'
import { invalidate } from '../../api/queries.ts'

type Options<O extends Operation> = {
  /** Reads that a success makes old. */
  refresh?: readonly Operation[]
  onDone?: (answer: Output<O>) => void
}

/** One change that a person makes: busy meanwhile, its problem afterwards, one idempotency key until it succeeds. */
export function useCommand<O extends Operation>(operation: O, { refresh = [], onDone }: Options<O> = {}) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const key = useRef<string>(undefined)
  const running = useRef(false)
  const run = async (
    input: Request<O>,
    options: Pick<CallOptions, 'version' | 'files'> = {},
  ): Promise<void> => {
    if (running.current) return
    running.current = true
    setBusy(true)
    setProblem(undefined)
    key.current ??= newIdempotencyKey()
    try {
      const answer = await call(operation, input, {
        ...options,
        ...(operation.idempotent ? { idempotencyKey: key.current } : {}),
      })
      key.current = undefined
      await Promise.all(refresh.map((read) => invalidate(client, read)))
      onDone?.(answer)
    } catch (error) {
      // What was refused may be sent again with other words, which is another intention.
      key.current = undefined
      setProblem(error)
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  const reset = useCallback(() => setProblem(undefined), [])
  return { run, busy, problem, reset }
}

export type Command = { busy: boolean; problem: unknown; reset: () => void }
