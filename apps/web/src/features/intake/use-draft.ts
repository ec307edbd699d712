import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { listDrafts, saveDraft } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import { invalidate } from '../../api/queries.ts'
import type { SavedState } from '../../ui/feedback/saved.tsx'
import { discard } from './discard.ts'
import { type IntakeDraft, isBlank } from './draft.ts'
import { keepHere } from './draft-store.ts'

const QUIET_MS = 900

/**
 * Keeps the draft at every change: at once on this machine, and on the server after a pause. Without a network the
 * server's copy waits for it; one write is under way at a time, and the last state always follows.
 */
export function useAutosave(account: string, draft: IntakeDraft) {
  const client = useQueryClient()
  const [saved, setSaved] = useState<SavedState>()
  const latest = useRef(draft)
  const sent = useRef(draft)
  const running = useRef(false)
  const dropped = useRef(new Set<string>())

  const flush = useCallback(async (): Promise<void> => {
    if (running.current) return
    running.current = true
    try {
      while (sent.current !== latest.current && !dropped.current.has(latest.current.id)) {
        const content = latest.current
        const answer = await call(saveDraft, { id: content.id, content })
        sent.current = content
        setSaved({ kind: 'saved', at: answer.savedAt })
      }
    } catch {
      // Kept on this machine meanwhile; the next change or the network's return tries again.
    } finally {
      running.current = false
    }
  }, [])

  useEffect(() => {
    if (latest.current === draft) return
    const switched = latest.current.id !== draft.id
    latest.current = draft
    if (switched || isBlank(draft)) {
      sent.current = draft
      setSaved(undefined)
      return
    }
    const here = keepHere(account, draft)
    setSaved(here ? { kind: 'this-device', at: draft.savedAt } : { kind: 'failed' })
    const timer = window.setTimeout(() => void flush(), QUIET_MS)
    return () => window.clearTimeout(timer)
  }, [account, draft, flush])

  useEffect(() => {
    const retry = (): void => void flush()
    window.addEventListener('online', retry)
    return () => window.removeEventListener('online', retry)
  }, [flush])

  /** The draft became a dossier or was thrown away. */
  const drop = useCallback(
    async (draft: IntakeDraft): Promise<void> => {
      dropped.current.add(draft.id)
      await discard(account, draft)
      await invalidate(client, listDrafts)
    },
    [account, client],
  )
  return { saved, drop }
}
