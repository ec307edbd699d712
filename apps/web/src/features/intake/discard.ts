import { discardDraft } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import type { IntakeDraft } from './draft.ts'
import { forgetHere } from './draft-store.ts'

/** Throws an unfinished intake away, here and on the server; what the server never had is no failure. */
export async function discard(account: string, draft: IntakeDraft): Promise<void> {
  forgetHere(account, draft.id)
  await call(discardDraft, { id: draft.id }).catch(() => undefined)
}
