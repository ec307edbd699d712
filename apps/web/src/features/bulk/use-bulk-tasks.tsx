import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import {
  assignTasks,
  type BulkTasks,
  completeTasks,
  getDossier,
  listDossiers,
  listTasks,
  searchDossiers,
  urgeTasks,
} from '#modules/dossiers/contract.ts'
import type { Request } from '#platform/operation.ts'
import { call, newIdempotencyKey } from '../../api/call.ts'
import { canRetry } from '../../api/problem.ts'
import { invalidate } from '../../api/queries.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { BulkResult } from './bulk-result.tsx'

/** One intention with a list of steps, and how what remains of it is sent again. */
export type BulkJob =
  | { kind: 'assign'; title: string; finished: (n: number) => string; input: Request<typeof assignTasks> }
  | { kind: 'complete'; title: string; finished: (n: number) => string; input: Request<typeof completeTasks> }
  | { kind: 'urge'; title: string; finished: (n: number) => string; input: Request<typeof urgeTasks> }

const sendJob = (job: BulkJob, idempotencyKey: string): Promise<BulkTasks> => {
  if (job.kind === 'assign') return call(assignTasks, job.input, { idempotencyKey })
  if (job.kind === 'urge') return call(urgeTasks, job.input, { idempotencyKey })
  return call(completeTasks, job.input, { idempotencyKey })
}

const withOnly = (job: BulkJob, tasks: readonly string[]): BulkJob => {
  const kept = new Set(tasks)
  if (job.kind === 'urge')
    return { ...job, input: { ...job.input, tasks: job.input.tasks.filter((task) => kept.has(task)) } }
  return job.kind === 'assign'
    ? { ...job, input: { ...job.input, items: job.input.items.filter(({ task }) => kept.has(task)) } }
    : { ...job, input: { ...job.input, items: job.input.items.filter(({ task }) => kept.has(task)) } }
}

export type BulkTasksWork = {
  /** Rejects when the answer was lost or the whole list refused; a repeat of the same job is then safe. */
  send: (job: BulkJob) => Promise<void>
  /** The sheet of what was not done, while there is one. */
  result: ReactNode
}

/** Sends lists of steps; a repeat after a lost answer keeps its key, so that nothing is done twice. */
export function useBulkTasks(onDone: (answer: BulkTasks) => void): BulkTasksWork {
  const client = useQueryClient()
  const toast = useToast()
  const key = useRef<{ of: string; key: string }>(undefined)
  const [shown, setShown] = useState<{ job: BulkJob; answer: BulkTasks; done: number }>()
  const send = async (job: BulkJob, before = 0): Promise<void> => {
    const intention = JSON.stringify([job.kind, job.input])
    if (key.current?.of !== intention) key.current = { of: intention, key: newIdempotencyKey() }
    try {
      const answer = await sendJob(job, key.current.key)
      key.current = undefined
      onDone(answer)
      const done = before + answer.done.length
      if (answer.refused.length > 0) setShown({ job, answer, done })
      else {
        setShown(undefined)
        toast({ message: job.finished(done) })
      }
    } catch (error) {
      if (!canRetry(error)) key.current = undefined
      throw error
    } finally {
      void Promise.all(
        [listTasks, listDossiers, searchDossiers, getDossier].map((operation) =>
          invalidate(client, operation),
        ),
      )
    }
  }
  return {
    send: (job) => send(job),
    result: shown ? (
      <BulkResult
        title={shown.job.title}
        done={shown.done}
        refused={shown.answer.refused.map(({ task, code, refusal }) => ({ key: task, code, refusal }))}
        onClose={() => setShown(undefined)}
        onRest={(keys) => send(withOnly(shown.job, keys), shown.done)}
      />
    ) : null,
  }
}
