import { useQueryClient } from '@tanstack/react-query'
import { type CounterQueue, getCounterQueue, tieDossier } from '#modules/queue/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { keyOf } from '../../api/queries.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'

const words = catalogue(
  {
    failed: (code: string, number: string, why: string) =>
      `Hồ sơ ${code} đã lưu, nhưng chưa ghi được vào số ${number}: ${why}`,
  },
  {
    failed: (code: string, number: string, why: string) =>
      `Dossier ${code} is saved, but could not be tied to ticket ${number}: ${why}`,
  },
)

/** Ties a saved dossier to the visitor at this officer's counter, so that waiting and service count for its procedure. */
export function useTieDossier(): (code: string, procedure: string) => Promise<void> {
  const client = useQueryClient()
  const toast = useToast()
  const { language } = useLanguage()
  const w = useWords(words)
  return async (code, procedure) => {
    const strips = client.getQueriesData<CounterQueue>({ queryKey: [getCounterQueue.id] })
    const at = strips.map(([, data]) => data).find((data) => data?.current?.state === 'SERVING')
    if (!at?.current) return
    const on = { counter: at.counter.id, ticket: at.current.id }
    try {
      const answer = await call(tieDossier, { ...on, code, procedure })
      client.setQueryData(keyOf(getCounterQueue, { counter: on.counter }), answer)
    } catch (error) {
      toast({ message: w.failed(code, at.current.number, messageOf(error, language)) })
    }
  }
}
