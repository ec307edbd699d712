import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Operation } from '#platform/operation.ts'
import { newIdempotencyKey } from '../../api/call.ts'
import { canRetry, messageOf } from '../../api/problem.ts'
import { invalidate } from '../../api/queries.ts'
import type { FieldProblem } from '../../ui/feedback/error-summary.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { useLanguage } from '../../ui/language/language.tsx'

/** One intention of a sheet: sent once, its key kept over a lost answer; what it changes is read again. */
export function useSend(changes: readonly Operation[], onDone: () => void) {
  const { language } = useLanguage()
  const client = useQueryClient()
  const toast = useToast()
  const key = useRef(newIdempotencyKey())
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const send = async (work: (idempotencyKey: string) => Promise<unknown>, done: string): Promise<void> => {
    if (busy) return
    setBusy(true)
    setProblems([])
    try {
      await work(key.current)
      key.current = newIdempotencyKey()
      toast({ message: done })
      await Promise.all(changes.map((one) => invalidate(client, one)))
      onDone()
    } catch (error) {
      // A refused intention is over; the corrected one is another.
      if (!canRetry(error)) key.current = newIdempotencyKey()
      setProblems([{ message: messageOf(error, language) }])
    } finally {
      setBusy(false)
    }
  }
  return { send, busy, problems, setProblems }
}
